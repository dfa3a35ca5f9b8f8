"""The panel beside the article: where it stands, and how focus and place go between the two."""

from __future__ import annotations

from textual import events

from reader.tui.commands import key_for
from reader.tui.screens.reading_hits import Hits
from reader.tui.screens.reading_notes import Notes
from reader.tui.widgets.panel import AnnotationPanel

_PLACES = ("side", "bottom", "hidden")
_NARROW = 100
_TINY = 60
_TALL = 30


class Panels(Notes, Hits):
    """The panel and the focus."""

    @property
    def panel_place(self) -> str:
        """Where the user wants the panel; ``auto`` for where there is room."""
        return self.app.settings.panel

    def action_focus_switch(self) -> None:
        """Go from the article to the panel or back."""
        if self.mode == "PANEL":
            self.action_panel_leave()
        elif self.query_one("#panel").display:
            self.set_focus(self.panel)
            self._enter_panel()
            if self.panel.current is None and len(self.session.annotations.index):
                # The article stays where it is until the user moves in the panel.
                self.panel.set_current(self._nearest_entry())
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
        self.leave_select()
        self.set_mode("PANEL")

    def _nearest_entry(self) -> int:
        """Return the position of the first highlight from the cursor on, else of the last."""
        index = self.session.annotations.index
        return min(index.position_from(self.cursor.start if self.cursor else 0), len(index) - 1)

    def on_annotation_panel_moved(self, message: AnnotationPanel.Moved) -> None:
        """Let the article follow the panel."""
        self.follow_panel()

    def on_annotation_panel_jumped(self, message: AnnotationPanel.Jumped) -> None:
        """Go to the chosen entry's place in the article."""
        self.follow_panel()
        self.leave_panel()

    def action_panel_place(self) -> None:
        """Put the panel at the side, at the bottom, or away."""
        width = self.size.width
        place = _PLACES[(_PLACES.index(self._place(width)) + 1) % len(_PLACES)]
        # Where it would stand by itself, it goes on standing where there is room.
        self.app.keep("panel", "auto" if place == _place_by(width) else place)
        self.place_panel(*self.size)
        self.after_layout(self.keep_cursor_in_view)
        self.say(f"Panel: {place}")

    def _place(self, width: int) -> str:
        if self.panel_place != "auto":
            return self.panel_place
        return _place_by(width)

    def place_panel(self, width: int, height: int) -> None:
        """Place the panel as the user wants, or as the width allows."""
        place = self._place(width)
        self.set_class(height >= _TALL, "-tall")
        self.set_class(place == "bottom", "-panel-bottom")
        self.set_class(place == "hidden", "-panel-hidden")
        if place == "hidden":
            self.leave_panel()

    def on_resize(self, event: events.Resize) -> None:
        """Place the panel as the new width allows."""
        self.place_panel(*event.size)
        self.after_layout(self.keep_cursor_in_view)


def _place_by(width: int) -> str:
    """Return where the panel stands unless the user says otherwise."""
    return "hidden" if width < _TINY else "bottom" if width < _NARROW else "side"
