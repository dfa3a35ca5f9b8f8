"""The reading screen: the article, the panel, and the keys that work on them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from reader.domain.errors import ReaderError
from reader.services import articles
from reader.services.session import Session
from reader.tui.commands import COMMANDS, Command, Context
from reader.tui.screens.reading_moves import Moves
from reader.tui.screens.reading_notes import Notes
from reader.tui.screens.reading_search import Searching
from reader.tui.screens.reading_select import Selecting
from reader.tui.widgets.article import READING_WIDTH
from reader.tui.widgets.panel import AnnotationPanel

_CONTEXT: dict[str, Context] = {"READ": "read", "SELECT": "select", "PANEL": "panel"}
_PLACES = ("side", "bottom", "hidden")
_NARROW = 100
_TINY = 60
_TALL = 30
_WIDTHS = (24, 160)
_STEP = 4


def _bindings() -> list[BindingType]:
    """Return the keys of article, selection and panel; `check_action` knows which are valid."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.title,
            show=False,
            id=command.id,
            tooltip=command.tooltip,
        )
        for command in COMMANDS
        if command.keys and set(command.contexts) & {"read", "select", "panel"}
    ]


def _actions(context: Context) -> frozenset[str]:
    return frozenset(
        command.action.partition("(")[0] for command in COMMANDS if context in command.contexts
    )


class ReadingScreen(Moves, Selecting, Notes, Searching):
    """Reading one article."""

    AUTO_FOCUS = "#article"
    BINDINGS: ClassVar[list[BindingType]] = _bindings()
    _VALID: ClassVar[dict[Context, frozenset[str]]] = {
        context: _actions(context) for context in ("read", "select", "panel")
    }
    _OWN: ClassVar[frozenset[str]] = frozenset().union(*_VALID.values())

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        with Container(id="panes"):
            yield self.pane
            with Vertical(id="panel"):
                yield self.counts
                yield self.panel
        yield self.tag_bar
        yield self.status_bar

    def on_mount(self) -> None:
        """Show the article."""
        self.panel_place: str | None = None
        self.pane.set_reading_width(self.app.reading_width)
        self.place_panel(*self.app.size)
        self.show_session()
        self.call_after_refresh(self.start_background_work)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through where its command is valid: reading, selecting, or in the panel."""
        if action not in self._OWN:
            return True
        context = _CONTEXT.get(self.mode)
        return context is not None and action in self._VALID[context]

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers now."""
        context = _CONTEXT.get(self.mode, "read")
        return [item for item in COMMANDS if item.palette and context in item.contexts]

    # ------------------------------------------------------------------ paragraphs, in two modes

    def action_paragraph_next(self) -> None:
        """Go to the next paragraph, or select up to it."""
        if self.selection is not None:
            self.select_paragraphs(1)
        else:
            super().action_paragraph_next()

    def action_paragraph_previous(self) -> None:
        """Go to the previous paragraph, or select back to it."""
        if self.selection is not None:
            self.select_paragraphs(-1)
        else:
            super().action_paragraph_previous()

    # ------------------------------------------------------------------ panel

    def action_focus_switch(self) -> None:
        """Go from the article to the panel or back."""
        if self.mode == "PANEL":
            self.action_panel_leave()
        elif self.panel.display and self.query_one("#panel").display:
            self.panel.focus()
        else:
            self.say("The panel is hidden. z shows it.")

    def action_panel_leave(self) -> None:
        """Go back to the article."""
        self.pane.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let keys mean what they mean where the focus is."""
        if event.widget is self.panel and self.mode == "READ":
            self.set_mode("PANEL")
            if self.panel.current is None and len(self.session.annotations.index):
                self.panel.set_current(0)
                self._follow_panel()
        elif event.widget is self.pane and self.mode == "PANEL":
            self.set_mode("READ")

    def on_annotation_panel_moved(self, message: AnnotationPanel.Moved) -> None:
        """Let the article follow the panel."""
        self._follow_panel()

    def on_annotation_panel_jumped(self, message: AnnotationPanel.Jumped) -> None:
        """Go to the chosen entry's place in the article."""
        self._follow_panel()
        self.pane.focus()

    def _follow_panel(self) -> None:
        highlight = self.current_entry()
        if highlight is not None:
            self.go_to_highlight(highlight)

    def action_panel_place(self) -> None:
        """Put the panel at the side, at the bottom, or away."""
        here = self._place(self.size.width)
        self.panel_place = _PLACES[(_PLACES.index(here) + 1) % len(_PLACES)]
        if self.panel_place == "hidden" and self.mode == "PANEL":
            self.pane.focus()
        self.place_panel(*self.size)
        self.say(f"Panel: {self.panel_place}")

    def _place(self, width: int) -> str:
        if self.panel_place is not None:
            return self.panel_place
        return "hidden" if width < _TINY else "bottom" if width < _NARROW else "side"

    def place_panel(self, width: int, height: int) -> None:
        """Place the panel as the user wants, or as the width allows."""
        place = self._place(width)
        self.set_class(height >= _TALL, "-tall")
        self.set_class(place == "bottom", "-panel-bottom")
        self.set_class(place == "hidden", "-panel-hidden")

    def on_resize(self, event: events.Resize) -> None:
        """Place the panel as the new width allows."""
        self.place_panel(*event.size)

    # ------------------------------------------------------------------ view

    def action_width_wider(self) -> None:
        """Make the lines longer."""
        self._set_width(self.pane.reading_width + _STEP)

    def action_width_narrower(self) -> None:
        """Make the lines shorter."""
        self._set_width(self.pane.reading_width - _STEP)

    def action_width_reset(self) -> None:
        """Make the lines as long as usual."""
        self._set_width(READING_WIDTH)

    def _set_width(self, columns: int) -> None:
        self.app.reading_width = max(_WIDTHS[0], min(_WIDTHS[1], columns))
        self.pane.set_reading_width(self.app.reading_width)
        self.say(f"Text width {self.app.reading_width}")

    def action_contents(self) -> None:
        """List the headings and go to one."""
        self.run_worker(self._contents(), exclusive=True, group="dialog")

    async def _contents(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        document = self.session.document
        choices = [
            Choice(
                str(block.start),
                "  " * max(0, block.level - 1)
                + " ".join(document.text[block.start : min(block.end, block.start + 200)].split()),
            )
            for block in document.headings()
        ]
        if not choices:
            self.say("The article has no headings.")
            return
        chosen = await self.app.push_screen_wait(ChoiceDialog("Contents", choices))
        if chosen is not None:
            self.pane.scroll_to_offset(int(chosen))
            self.go(document.statement_at(int(chosen)))

    def action_saved(self) -> None:
        """Say when the last change was saved."""
        if self.saver.pending:
            self.say(f"{self.saver.pending} changes are not saved yet.", error=True)
            self.saver.retry_now()
        elif self.saver.last_saved is None:
            self.say("Nothing has been changed since the article was opened.")
        else:
            self.say(f"Everything is saved; last at {self.saver.local_time()}.")

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog, LegendItem

        facet = self.session.facet
        legend = [
            LegendItem(tag.key, tag.symbol, tag.label, tag.definition, tag.color)
            for tag in facet.tags
        ]
        self.app.push_screen(HelpDialog(_CONTEXT.get(self.mode, "read"), facet.title, legend))

    def action_export(self) -> None:
        """Write the highlights to a CSV file."""
        self.app.export(self.session.opened.article.uid, self.session.opened.name, self.saver)

    # ------------------------------------------------------------------ other articles, leaving

    def action_article_next(self) -> None:
        """Open the next article of the library."""
        self._open_neighbour(1)

    def action_article_previous(self) -> None:
        """Open the previous article of the library."""
        self._open_neighbour(-1)

    def _open_neighbour(self, step: int) -> None:
        self.run_worker(self._neighbour(step), exclusive=True, group="open")

    async def _neighbour(self, step: int) -> None:
        here = self.session.opened.article.uid
        try:
            uid = await self.database.run(lambda library: articles.neighbour(library, here, step))
            if uid is None:
                self.say(f"This is the {'last' if step > 0 else 'first'} article.")
                return
            await self.leave()
            self.show_other(await self.app.load_session(uid))
        except ReaderError as error:
            self.say_error(error)

    def show_other(self, session: Session) -> None:
        """Show another article, or this one as another annotator has it."""
        self.session = session
        self.annotator_name = self.app.annotator
        self._take_place_from(session)
        self.show_session()
        self.start_background_work()

    async def leave(self) -> None:
        """Bring everything into the library before the article is left."""
        self.close_note()
        self.leave_select()
        self.keep_place()
        await self.saver.settled()

    def action_back(self) -> None:
        """Go back to the list, or out when the program was started on a file."""
        self.app.go_back()

    def can_leave(self) -> bool:
        """Whether everything is saved; says so if it is not."""
        self.close_note()
        self.leave_select()
        self.keep_place()
        if self.saver.failing:
            self.say(
                f"{self.saver.pending} changes are NOT SAVED. They are tried again; "
                "Ctrl-Q again leaves without them.",
                error=True,
            )
            return False
        return True
