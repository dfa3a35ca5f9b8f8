"""The reading screen: the article, the panel, and the keys that work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.domain.operation import Group
from reader.services.reading.session import Session
from reader.tui.asking import rest
from reader.tui.commands import COMMANDS, Command, Context, in_palette
from reader.tui.reading.later import SETTLE_SECONDS
from reader.tui.reading.moves import Moves
from reader.tui.reading.overall import Overall
from reader.tui.reading.panel_keys import Listing
from reader.tui.reading.select import Selecting
from reader.tui.reading.sources import tag_press
from reader.tui.reading.touring import Touring
from reader.tui.reading.undo import Undoing
from reader.tui.saving.database import Database
from reader.tui.self_painted import ground
from reader.tui.widgets.article.pane import READING_WIDTH
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in

if TYPE_CHECKING:
    from reader.tui.changes import opening as changes
    from reader.tui.changes.screen import LeftAt
    from reader.tui.library import neighbours
    from reader.tui.reading import contents, others, roles, saved
    from reader.tui.suggesting import keys as suggesting
    from reader.tui.widgets.plain_lines import PlainLines
else:
    changes = Late("reader.tui.changes.opening")
    contents = Late("reader.tui.reading.contents")
    neighbours = Late("reader.tui.library.neighbours")
    others = Late("reader.tui.reading.others")
    roles = Late("reader.tui.reading.roles")
    saved = Late("reader.tui.reading.saved")
    suggesting = Late("reader.tui.suggesting.keys")

_CONTEXT: dict[str, Context] = {
    "READ": "read", "SELECT": "select", "PANEL": "panel", "RELATE": "relate",
    "PLACE": "relate",
}  # fmt: skip
_CONTEXTS: tuple[Context, ...] = ("read", "select", "panel", "relate")
_WIDTHS = (24, 160)
_STEP = 4


def _actions(context: Context) -> frozenset[str]:
    return frozenset(
        command.action.partition("(")[0] for command in COMMANDS if context in command.contexts
    )


class Panes(Container):
    """Holds the article and the panel."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return its ground, which they cover."""
        return ground(self, crop)


class ReadingScreen(Touring, Moves, Selecting, Listing, Undoing, Overall):
    """Reading one article."""

    AUTO_FOCUS = "#article"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in(*_CONTEXTS))
    """The keys of all modes; `check_action` knows which are valid."""
    _VALID: ClassVar[dict[Context, frozenset[str]]] = {
        context: _actions(context) for context in _CONTEXTS
    }
    _OWN: ClassVar[frozenset[str]] = frozenset().union(*_VALID.values())
    plain_lines: PlainLines | None = None
    """Where all is told in words, in plain mode."""
    left_changes_at: LeftAt | None = None
    """Where the Changes screen was left for the article; the way back leads there once."""

    def __init__(self, database: Database, session: Session, annotator_name: str) -> None:
        super().__init__(database, session, annotator_name)
        take_own_keys(self, valid_in(*_CONTEXTS))

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        self.place_panel(*self.app.size)  # before they are there: they are styled once
        yield self.title_bar
        with Panes(id="panes"):
            yield self.pane
            with Vertical(id="panel"):
                yield self.counts
                yield self.panel
        yield self.tag_bar
        if self.plain_lines is not None:
            yield self.plain_lines
        yield self.status_bar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the ground that is seen between the widgets."""
        return ground(self, crop)

    def on_mount(self) -> None:
        """Show the article."""
        self.app.saver = self.saver
        self.pane.set_reading_width(self.app.reading_width)
        self.pane.set_mark_style(self.app.settings.highlight_style)
        self.show_session()
        self.after_layout(self.start_background_work)
        self.after_layout(self.offer_draft)
        self.after_layout(self.begin_tour)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through where its command is valid: reading, selecting, or in the panel."""
        if action not in self._OWN:
            return True
        context = _CONTEXT.get(self.mode)
        return context is not None and action in self._VALID[context]

    def commanded(self) -> Widget | None:
        """Return the widget in which each key is a command, and nothing else; None for none."""
        focused = self.focused
        commands = focused is self.pane or focused is self.panel
        return focused if commands and self.mode in _CONTEXT and self.tour is None else None

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers now."""
        context = _CONTEXT.get(self.mode, "read")
        return [item for item in COMMANDS if in_palette(item) and context in item.contexts]

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
        self.app.keep("width", self.app.reading_width)
        self.keep_cursor_in_view()
        self.say(f"Text width {self.app.reading_width}")

    def action_contents(self) -> None:
        """List the headings and go to one."""
        self.work_holding_keys(lambda: contents.go_to_heading(self), "dialog")

    def action_saved(self) -> None:
        """Say when the last change was saved, or why nothing can be."""
        saved.say_how_it_stands(self)

    def action_block_role(self) -> None:
        """Say what the paragraph under the cursor is."""
        if self.may_change():
            self.work_holding_keys(lambda: roles.choose_role(self), "dialog")

    def action_changes(self) -> None:
        """Show what changed since the version before, and what became of the marks."""
        self.work_holding_keys(lambda: changes.show_changes(self), "dialog")

    def action_orphan_place(self) -> None:
        """Choose where the words of the orphan that is current in the panel stand now."""
        self.work_holding_keys(lambda: changes.place_current(self), "dialog")

    def action_versions(self) -> None:
        """Choose a version of the article to look at."""
        self.work_holding_keys(lambda: changes.choose_version(self), "dialog")

    def action_refresh(self) -> None:
        """Capture the article again."""
        from reader.tui.changes.refreshing import refresh_open

        self.work(lambda: refresh_open(self), "refresh")

    def action_suggestion(self) -> None:
        """Accept, change or dismiss what is suggested for this statement."""
        suggesting.decide_here(self)

    def action_suggestions(self) -> None:
        """Show or hide what is suggested."""
        suggesting.toggle(self)

    def action_quotations(self) -> None:
        """List short quotations that differ from a longer one in the article."""
        suggesting.compare_quotations(self)

    async def suggest(self) -> None:
        """Look for what can be suggested, when the first keys have been answered."""
        session = self.session
        await rest(SETTLE_SECONDS)
        if session is self.session and self.app.settings.suggestions:
            await suggesting.begin(self)

    def action_others(self) -> None:
        """List what other annotators have marked here."""
        self.work_holding_keys(lambda: others.list_highlights(self), "dialog")

    def save_refused(self, group: Group, error: ReaderError) -> None:
        """Bring back what the library has, because it refused a group for good."""
        if self.under_way is not None and self.under_way.group == group.uid:
            self.under_way.refused.append(group)
            return
        others.refused(self, group, error)

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog
        from reader.tui.screens.dialogs.help_text import LegendItem

        facet = self.session.facet
        legend = [
            LegendItem(tag_press(tag.key), tag.symbol, tag.label, tag.definition, tag.color)
            for tag in facet.tags
        ]
        self.app.push_screen(HelpDialog(_CONTEXT.get(self.mode, "read"), facet.title, legend))

    def action_export(self) -> None:
        """Write the highlights to a CSV file."""
        self.app.export(self.session.opened.article.uid, self.session.opened.name, self.saver)

    # ------------------------------------------------------------------ other articles, leaving

    def action_article_next(self) -> None:
        """Open the next article in the order of the list."""
        self._go_on(1)

    def action_article_previous(self) -> None:
        """Open the previous article in the order of the list."""
        self._go_on(-1)

    def _go_on(self, step: int) -> None:
        """Open an article beside this one; keys do not wait for what is under way to end."""

        def begin() -> None:
            work = self.work_holding_keys if self.under_way is None else self.work
            work(lambda: neighbours.go_on(self, step), "open")

        self.take_turn_holding_keys(begin)

    def action_library_list(self) -> None:
        """Go to the list of articles."""
        self.take_turn_holding_keys(self.app.go_to_library)

    def show_other(self, session: Session) -> None:
        """Show another article, or this one as another annotator has it."""
        session.go_on_from(self.session)
        if session.opened.article.uid != self.session.opened.article.uid:
            self.left_changes_at = None
        self.end_tour()
        self.session = session
        self.annotator_name = self.app.annotator
        self.take_place_from(session)
        self.clear_search()
        self.trail = None
        self.show_session()
        self.start_background_work()
        self.after_layout(self.offer_draft)

    def action_back(self) -> None:
        """Go back to the list, or out when the program was started on a file."""
        if self.session.opened.older or self.left_changes_at is not None:
            self.work_holding_keys(lambda: changes.go_back(self), "dialog")
        else:
            self.take_turn_holding_keys(self.app.go_back)

    def can_leave(self) -> bool:
        """Whether everything is saved; says so if it is not."""
        if self.under_way is not None:
            self.say("It is left when what is under way has ended. Esc stops that.")
        self.close_note()
        self.leave_select()
        self.keep_place()
        if self.saver.failing:
            saved.say_that_it_stays(self)
            return False
        return True
