"""What the parts of the reading screen share: its state, its widgets, and what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.codebook import Facet
from reader.domain.highlight import Highlight
from reader.domain.text import Span
from reader.services.annotating.annotations import Target
from reader.services.reading.session import Session
from reader.tui.asking import AskingScreen, Turns
from reader.tui.commands import key_for
from reader.tui.reading.sources import SessionEntries, count_items, tag_items, tag_keys
from reader.tui.saving.database import Database
from reader.tui.saving.saver import READ_ONLY
from reader.tui.widgets.article.pane import ArticlePane
from reader.tui.widgets.counts import Counts
from reader.tui.widgets.hints import Mode
from reader.tui.widgets.panel import AnnotationPanel
from reader.tui.widgets.statusbar import Place, StatusBar
from reader.tui.widgets.tagbar import TagBar, TagItem
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from reader.services.reading.selection import Selection
    from reader.tui.app import ReaderApp

DAMAGED = (
    "The text of this article is damaged: it is not what was captured. Nothing can be changed in "
    "it. `reader doctor` says more; the newest good backup is in the folder `backups`."
)
"""Why keys that change something do nothing in such an article."""

OLDER = "This is an earlier version of the article: it is here to be looked at, not to be changed."
"""Why they do nothing there."""


class ReadingState(AskingScreen):
    """The session, the place in it, the mode, and the widgets that show them."""

    app: ReaderApp

    def __init__(self, database: Database, session: Session, annotator_name: str) -> None:
        super().__init__()
        self.pane = ArticlePane(id="article")
        self.panel = AnnotationPanel(id="entries")
        self.counts = Counts()
        self.tag_bar = TagBar()
        self.title_bar = TitleBar()
        self.status_bar = StatusBar()
        self.database = database
        self.session = session
        self.entries = SessionEntries(session)
        """What the panel lists."""
        self.annotator_name = annotator_name
        self.cursor: Span | None = None
        """The statement under the cursor; None in an article without statements."""
        self.target_uid: str | None = None
        """The highlight that the cursor was moved to."""
        self.entry_uid: str | None = None
        """The highlight whose entry was current in the panel last."""
        self.selection: Selection | None = None
        """What is selected in SELECT."""
        self.mode: Mode = "READ"
        self.turns = Turns()
        """Lets edits wait for an undo that is under way."""
        self._tags_of: Facet | None = None
        self._tag_items: tuple[TagItem, ...] = ()
        self._was_shown = False

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Keep Textual from styling all widgets again when they are first shown.

        They were styled a moment ago, when they were mounted.
        """
        if not self._was_shown:
            self._was_shown = True
            event.refresh_styles = False

    @property
    def between_modes(self) -> bool:
        """Whether keys shall be text, and there is not yet, or no longer, a field for it."""
        return self.mode in ("NOTE", "SEARCH", "FILTER") and self.focused in (
            None,
            self.pane,
            self.panel,
        )

    def take_turn_holding_keys(self, step: Callable[[], None]) -> None:
        """Do in its turn what changes what keys mean: those pressed on the way wait for it."""

        def taken() -> None:
            try:
                step()
            finally:
                self.app.let_keys_go(taken)

        self.app.hold_keys(taken)
        self.turns.take(taken)

    # ------------------------------------------------------------------ what can be changed

    @property
    def unchangeable(self) -> str:
        """Why nothing can be changed here, in words; empty if it can."""
        if self.database.read_only:
            return f"{READ_ONLY} {key_for('saved')} says why."
        if self.session.opened.older:
            return OLDER
        return DAMAGED if self.session.damaged else ""

    def may_change(self) -> bool:
        """Whether something can be changed here; says why not."""
        if self.unchangeable:
            self.say(self.unchangeable)
        return not self.unchangeable

    # ------------------------------------------------------------------ what a key acts on

    def target(self) -> Target | None:
        """Return what a key acts on: the selection, the highlight moved to, the statement."""
        if self.selection is not None:
            return self.session.annotations.target(self.selected_span())
        if self.mode == "PANEL":
            highlight = self.current_entry()
            own = highlight is not None and not self.entries.whose(highlight)
            return Target(highlight.span, highlight) if highlight and own else None
        if self.cursor is None:
            return self._target_without_cursor()
        return self.session.annotations.target(self.cursor, self.target_uid)

    def _target_without_cursor(self) -> Target | None:
        """Return the highlight moved to in an article without statements, or None."""
        highlight = self.session.annotations.index.get(self.target_uid or "")
        return Target(highlight.span, highlight) if highlight else None

    def selected_span(self) -> Span:
        """Return what the selection marks when it is used."""
        raise NotImplementedError

    def current_entry(self) -> Highlight | None:
        """Return the highlight that is current in the panel."""
        return self.entries.highlight(self.panel.current)

    def entry_here(self) -> int | None:
        """Return the panel position of the highlight that the cursor is on."""
        target = self.target()
        if target is None:
            return None
        if target.highlight is not None:
            return self.entries.position(target.highlight.uid)
        return self.entries.first_of(self.session.annotations.index.overlapping(*target.span))

    # ------------------------------------------------------------------ what the widgets show

    def show_place(self) -> None:
        """Show number of statement, per cent and minutes left."""
        if self.cursor is None:
            self.status_bar.set_info("no statements")
            return
        document = self.session.document
        number = document.number_of(self.cursor)
        done = self.cursor.start / max(1, document.length)
        total = document.total()
        self.status_bar.set_place(
            Place(
                statement=number or round(done * total) + 1,
                total=total,
                percent=self.session.percent(self.cursor),
                minutes=self.session.minutes_left(self.cursor.start),
                estimated=number is None or not document.counted,
                hits=self.hits_in_words(),
                page=self.session.page_in_words(self.cursor.start, of_all=True),
            )
        )

    def hits_in_words(self) -> str:
        """Return what is to be said of a search: ``hit 3/12``; nothing without one."""
        return ""

    def refresh_tag_bar(self) -> None:
        """Show the active facet's tags, with those set here underlined."""
        session = self.session
        target = self.target()
        facets = session.codebook.statement_facets
        place = f"{facets.index(session.facet) + 1}/{len(facets)}" if len(facets) > 1 else ""
        keys = session.keys_set(target) if target else frozenset()
        if self._tags_of is not session.facet:
            self._tags_of, self._tag_items = session.facet, tag_items(session)
        self.tag_bar.show(session.facet.title, self._tag_items, keys, place)

    def refresh_panel(self) -> None:
        """Show the panel's entries and counts as they are now; the current entry stays that one."""
        self.panel.refresh_entries()
        if self.mode == "PANEL" and self.entry_uid is not None:
            position = self.entries.position(self.entry_uid)
            if position is not None:
                self.panel.set_current(position)
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Show in the panel's head how far the work has come."""
        session, tally = self.session, self.session.tally
        self.counts.set_counts(
            tally.judged, session.document.total(), count_items(session), tally.judged_otherwise
        )

    def keys_changed(self) -> None:
        """Say anew which keys do what."""
        self._tags_of = None
        self.refresh_tag_bar()
        self.set_mode(self.mode)

    def set_mode(self, mode: Mode) -> None:
        """Say what keys mean now; READ is RELATE or PLACE on the way to a statement."""
        pending = self.app.relating
        if mode == "READ" and pending is not None:
            mode = "PLACE" if pending.orphan is not None else "RELATE"
        here = pending is not None and pending.version_uid == self.session.annotations.version_uid
        beginning = pending.span if pending is not None and here else None
        if beginning != self.session.beginning:
            self.session.beginning = beginning
            self.pane.refresh_marks()
        self.mode = mode
        keys = tag_keys(self.session)
        self.status_bar.set_mode(mode, keys)
        self.panel.EMPTY = (
            f"No annotations yet. Press {keys} to tag the statement under the cursor."
        )
