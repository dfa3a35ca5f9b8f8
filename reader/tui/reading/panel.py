"""The panel beside the article: where it stands, and how focus and place go between the two."""

from __future__ import annotations

from textual import events

from reader.tui import panes
from reader.tui.commands import key_for
from reader.tui.reading.notes import Notes
from reader.tui.reading.search import Searching
from reader.tui.widgets.counts import STRIP_FROM, Counts
from reader.tui.widgets.panel import AnnotationPanel

_PLACES = ("side", "bottom", "hidden")


class Panels(Notes, Searching):
    """The panel and the focus."""

    @property
    def panel_place(self) -> str:
        """Where the user wants the panel; ``auto`` for where there is room."""
        return self.app.settings.panel

    def show_session(self) -> None:
        """Show another article; if it is the same one read anew, the panel stays on its entry."""
        uid = self.entry_uid
        super().show_session()
        at = self.entries.position(uid) if uid and self.mode == "PANEL" else None
        if at is not None:
            self.panel.set_current(at)
            self.follow_panel()

    def action_focus_switch(self) -> None:
        """Go from the article to the panel or back."""
        if self.mode == "PANEL":
            self.leave_panel()  # filter and marks stay
        elif self.query_one("#panel").display:
            self.set_focus(self.panel)
            self._enter_panel()
            self.choose_entry()
            self.refresh_tag_bar()
        else:
            self.say(f"The panel is hidden. {key_for('panel.place')} shows it.")

    def action_panel_leave(self) -> None:
        """Go back to the article."""
        self.leave_panel()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let keys mean what they mean where the focus is; what was being typed is kept."""
        if event.widget not in (self.pane, self.panel) or event.widget is not self.focused:
            return
        self.close_note()
        if self.mode == "SEARCH":
            self.close_search()
        if event.widget is self.pane:
            self.leave_panel()
        elif self.mode != "PANEL":
            self._enter_panel()

    def _enter_panel(self) -> None:
        self.leaving()  # the article follows what is chosen there
        self.leave_select()
        self.set_mode("PANEL")

    def choose_entry(self) -> None:
        """Have a current entry, if there is any; the article stays where it is."""
        if self.panel.current is None and len(self.entries):
            self.panel.set_current(self.entries.nearest(self.cursor.start if self.cursor else 0))
            entry = self.current_entry()
            self.entry_uid = entry.uid if entry else None

    def on_annotation_panel_moved(self, message: AnnotationPanel.Moved) -> None:
        """Let the article follow the panel."""
        self.follow_panel()

    def on_annotation_panel_jumped(self, message: AnnotationPanel.Jumped) -> None:
        """Go to the chosen entry's place in the article."""
        self.follow_panel()
        self.leave_panel()

    def on_counts_pointed(self, message: Counts.Pointed) -> None:
        """Go to the place in the article that was clicked on in the strip."""
        statement = self.session.document.statement_at(message.offset)
        if statement is None or self.is_typing:
            return
        self.leave_select()
        self.leave_panel()
        self.leaving()
        self.pane.scroll_to_offset(message.offset)
        self.go(statement, reveal=False)
        self.pane.reveal(statement)

    @property
    def is_typing(self) -> bool:
        """Whether something is being typed, which a click elsewhere shall not end."""
        return self.mode not in ("READ", "SELECT", "PANEL", "RELATE", "PLACE")

    def action_panel_place(self) -> None:
        """Put the panel at the side, at the bottom, or away."""
        width = self.size.width
        place = _PLACES[(_PLACES.index(self._place(width)) + 1) % len(_PLACES)]
        # Where it would stand by itself, it goes on standing where there is room.
        self.app.keep("panel", "auto" if place == self._place_by_itself(width) else place)
        self.place_panel(*self.size)
        self.say(f"Panel: {place}")

    def _place(self, width: int) -> str:
        return panes.panel_place(self.panel_place, width, plain=self.app.plain)

    def _place_by_itself(self, width: int) -> str:
        """Return where the panel stands unless the user says otherwise."""
        return panes.panel_place("auto", width, plain=self.app.plain)

    def place_panel(self, width: int, height: int) -> None:
        """Place the panel as the user wants, or as the width allows."""
        place = self._place(width)
        self.set_class(height >= panes.TALL, "-tall")
        self.set_class(height < panes.LOW, "-low")
        self.set_class(place == "bottom", "-panel-bottom")
        self.set_class(place == "hidden", "-panel-hidden")
        low = place == "bottom" and not self.app.plain and STRIP_FROM <= height < panes.TALL
        self.set_class(low, "-strip")
        self.counts.set_in_one_row(low)
        if place == "hidden":
            self.leave_panel()

    def on_resize(self, event: events.Resize) -> None:
        """Place the panel as the new width allows."""
        self.place_panel(*event.size)

    def on_article_pane_resized(self) -> None:
        """Bring the cursor back onto the screen: window, panel or a line below took rows."""
        self.keep_cursor_in_view()
