"""What the parts of the reading screen share: its state, and how a change gets on the screen."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.screen import Screen

from reader.domain.errors import ReaderError, StorageError
from reader.domain.highlight import Highlight
from reader.domain.operation import Group, now
from reader.domain.text import Span
from reader.domain.untrusted import safe
from reader.services import history
from reader.services.annotations import Target
from reader.services.edits import Edit
from reader.services.selection import Selection
from reader.services.session import Session
from reader.storage.articles import Place as ReadingPlace
from reader.tui.database import Database
from reader.tui.saver import Saver, SaveState
from reader.tui.sources import (
    SessionEntries,
    SessionMarks,
    count_items,
    history_facts,
    tag_items,
    tag_keys,
)
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.counts import Counts
from reader.tui.widgets.panel import AnnotationPanel
from reader.tui.widgets.statusbar import Mode, Place, StatusBar
from reader.tui.widgets.tagbar import TagBar
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

IDLE_SECONDS = 0.15
"""Pause after the last key before background counting goes on."""

PLACE_SECONDS = 2.0
"""Pause after the last move before the place is remembered."""

LONGEST_LOOK_MS = 120_000
"""A longer pause between two keys does not count as reading time."""


class ReadingBase(Screen[None]):
    """State of the reading screen and the few ways in which it changes.

    Everything that moves the cursor ends in :meth:`go`, everything that edits in :meth:`perform`.
    """

    app: ReaderApp

    def __init__(self, database: Database, session: Session, annotator_name: str) -> None:
        super().__init__(id="reading")
        self.pane = ArticlePane(id="article")
        self.panel = AnnotationPanel(id="entries")
        self.counts = Counts()
        self.tag_bar = TagBar()
        self.title_bar = TitleBar()
        self.status_bar = StatusBar()
        self.database = database
        self.session = session
        self.annotator_name = annotator_name
        self.cursor: Span | None = None
        """The statement under the cursor; None in an article without statements."""
        self.target_uid: str | None = None
        """The highlight that the cursor was moved to."""
        self.selection: Selection | None = None
        """What is selected in SELECT."""
        self.mode: Mode = "READ"
        self.saver = Saver(database, self._save_state, self._save_refused)
        self._take_place_from(session)
        self._worked = 0.0
        self._place_due = False
        self._facts_due: str | None = None

    def show_session(self) -> None:
        """Put the session on all widgets, at the place where the annotator left off."""
        session = self.session
        self.cursor, self.target_uid, self.selection = session.first_statement(), None, None
        meta = session.opened.article.metadata
        self.title_bar.set_title(session.opened.name, meta.outlet or "", meta.published_at or "")
        self.title_bar.set_annotator(self.annotator_name)
        self.title_bar.set_save_state("saved")
        start = self._view_start()
        self.pane.show(session.document, SessionMarks(session), start)
        self.pane.move_cursor(self.cursor)
        self.panel.show(SessionEntries(session))
        self.set_mode("READ")
        self.refresh_panel()
        self.after_move()

    def _take_place_from(self, session: Session) -> None:
        self._furthest = session.opened.place.furthest
        self._spent_ms = session.opened.place.ms_spent
        self._looked = time.monotonic()

    def _view_start(self) -> int:
        """Return the offset for the top of the view: the beginning, or near the cursor."""
        if self.cursor is None or self.session.document.previous_statement(self.cursor) is None:
            return 0
        block = self.session.document.block_at(self.cursor.start)
        return block.start if block else self.cursor.start

    # ------------------------------------------------------------------ moving

    def go(self, span: Span | None, uid: str | None = None, *, reveal: bool = True) -> None:
        """Put the cursor on a statement, and on a highlight if its uid is given."""
        if span is None:
            return
        self.cursor, self.target_uid = span, uid
        self.pane.set_target(uid)
        self.pane.move_cursor(span, reveal=reveal)
        self.after_move()

    def go_to_highlight(self, highlight: Highlight) -> None:
        """Put the cursor on a highlight."""
        statement = self.session.document.statement_at(highlight.start)
        self.go(statement or highlight.span, highlight.uid, reveal=False)
        self.pane.reveal(highlight.span)

    def target(self) -> Target | None:
        """Return what a key acts on: the selection, the highlight moved to, the statement."""
        if self.selection is not None:
            return self.session.annotations.target(self.selected_span())
        if self.mode == "PANEL":
            highlight = self.current_entry()
            return Target(highlight.span, highlight) if highlight else None
        if self.cursor is None:
            return None
        return self.session.annotations.target(self.cursor, self.target_uid)

    def selected_span(self) -> Span:
        """Return what the selection marks when it is used."""
        raise NotImplementedError

    def current_entry(self) -> Highlight | None:
        """Return the highlight that is current in the panel."""
        position = self.panel.current
        index = self.session.annotations.index
        return index[position] if position is not None and position < len(index) else None

    def after_move(self) -> None:
        """Bring status line, tag bar and panel to where the cursor is."""
        self._note_time()
        self._show_place()
        self.refresh_tag_bar()
        if self.mode != "PANEL":
            self.panel.set_current(self._entry_here())
        self._ask_for_facts()

    def _entry_here(self) -> int | None:
        """Return the panel position of the highlight that the cursor is on."""
        target = self.target()
        if target is None:
            return None
        index = self.session.annotations.index
        if target.highlight is not None:
            return index.position(target.highlight.uid)
        over = index.overlapping(*target.span)
        return index.position(over[0].uid) if over else None

    def _show_place(self) -> None:
        if self.cursor is None:
            self.status_bar.set_info("no statements")
            return
        document = self.session.document
        number = document.number_of(self.cursor)
        done = self.cursor.start / max(1, len(document.text))
        total = document.total()
        self.status_bar.set_place(
            Place(
                statement=number or round(done * total) + 1,
                total=total,
                percent=self.session.percent(self.cursor),
                minutes=self.session.minutes_left(self.cursor.start),
                estimated=number is None or not document.counted,
            )
        )

    def refresh_tag_bar(self) -> None:
        """Show the active facet's tags, with those set here underlined."""
        session = self.session
        target = self.target()
        facets = session.codebook.statement_facets
        place = f"{facets.index(session.facet) + 1}/{len(facets)}" if len(facets) > 1 else ""
        keys = session.keys_set(target) if target else frozenset()
        self.tag_bar.show(session.facet.title, tag_items(session), keys, place)

    def set_mode(self, mode: Mode) -> None:
        """Say what keys mean now."""
        self.mode = mode
        self.status_bar.set_mode(mode, tag_keys(self.session))

    # ------------------------------------------------------------------ editing

    def perform(self, edit: Edit) -> None:
        """Show an edit at once and have it saved."""
        if not edit.group.changes:
            return
        self.session.apply(edit)
        self.saver.save(edit.group)
        if self.target_uid == edit.uid and edit.after is None:
            self.target_uid = None
            self.pane.set_target(None)
        either = edit.after or edit.before
        if either is not None:
            self.pane.refresh_marks(either.start, either.end)
        self.refresh_panel()
        self.after_move()

    def refresh_panel(self) -> None:
        """Show the panel's entries and counts as they are now."""
        session = self.session
        self.panel.refresh_entries()
        self.counts.set_counts(session.tally.judged, session.document.total(), count_items(session))

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a short message at the bottom right."""
        if error:
            self.app.notify(safe(text), severity="error", timeout=8, markup=False)
            return
        self.app.clear_notifications()  # what was said before is over
        self.app.notify(safe(text), timeout=3, markup=False)

    def say_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        self.say(f"{error.message} {error.hint}".strip(), error=True)

    # ------------------------------------------------------------------ saving

    def _save_state(self, state: SaveState, error: StorageError | None) -> None:
        self.title_bar.set_save_state(state.value)
        if error is not None:
            self.say_error(error)
        elif state is SaveState.SAVED:
            self._facts_due = None
            self._ask_for_facts()

    def _save_refused(self, group: Group, error: ReaderError) -> None:
        """Bring back what the library has, because it refused a group for good."""
        self.say_error(error)
        uids = [change.uid for change in group.changes if change.entity == "highlight"]
        uids += [
            change.patch["highlight_uid"]
            for change in group.changes
            if change.entity == "judgement" and "highlight_uid" in change.patch
        ]
        self.run_worker(self._reload(uids))

    async def _reload(self, uids: list[str]) -> None:
        for uid in uids:
            self.session.tally.put(uid, await self._stored(uid))
        self.pane.refresh_marks()
        self.refresh_panel()

    async def _stored(self, uid: str) -> Highlight | None:
        return await self.database.run(lambda library: library.highlights.get(uid))

    # ------------------------------------------------------------------ later work

    def _note_time(self) -> None:
        """Count the time since the last move as reading, and remember the place soon."""
        now_s = time.monotonic()
        self._spent_ms += min(int((now_s - self._looked) * 1000), LONGEST_LOOK_MS)
        self._looked = now_s
        if self.cursor is not None:
            self._furthest = max(self._furthest, self.cursor.end)
        if not self._place_due:
            self._place_due = True
            self.set_timer(PLACE_SECONDS, self._remember_place)

    def _remember_place(self) -> None:
        self._place_due = False
        self.keep_place()

    def keep_place(self) -> None:
        """Have the reading place remembered; losing it would be no loss of work."""
        if self.cursor is None:
            return
        place = ReadingPlace(self.cursor.start, self._furthest, self._spent_ms, now())
        article, annotator = self.session.opened.article.uid, self.session.annotations.annotator_uid
        self.database.submit(lambda library: library.articles.keep_place(article, annotator, place))

    def start_background_work(self) -> None:
        """Load the other highlights, then count statements while no key is pressed."""
        self.run_worker(self._load_rest(), exclusive=True, group="load")

    async def _load_rest(self) -> None:
        """Take in all highlights by the page; the widgets are brought up to date at the end."""
        session = self.session
        after: tuple[int, int, str] | None = (-1, -1, "")
        while after is not None:
            page, after = await self._page(session, after)
            session.take_in(page)
        if session is self.session:
            self.pane.refresh_marks()
            await self._count_rest(session)

    async def _page(
        self, session: Session, after: tuple[int, int, str]
    ) -> tuple[list[Highlight], tuple[int, int, str] | None]:
        version, annotator = session.opened.version.uid, session.annotations.annotator_uid
        return await self.database.run(
            lambda library: library.highlights.page(version, annotator, after)
        )

    async def _count_rest(self, session: Session) -> None:
        """Count in slices, resting while keys come in."""
        while session is self.session and session.work_some():
            self._refresh_counts()
            quiet = time.monotonic() - self._looked
            await asyncio.sleep(IDLE_SECONDS if quiet < IDLE_SECONDS else 0.002)
        self._refresh_counts()

    def _refresh_counts(self) -> None:
        now_s = time.monotonic()
        document = self.session.document
        if document.counted or now_s - self._worked > 0.5:
            self._worked = now_s
            self.refresh_panel()
            self._show_place()
            self.panel.set_current(self._entry_here())

    def _ask_for_facts(self) -> None:
        """Have the history of the open entry read from the log, when the cursor rests on it."""
        highlight = self.current_entry()
        uid = highlight.uid if highlight else None
        if highlight is not None and uid != self._facts_due:
            self.run_worker(self._load_facts(highlight), exclusive=True, group="facts")
        self._facts_due = uid

    async def _load_facts(self, highlight: Highlight) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        name = self.session.tag_name
        try:
            events = await self.database.run(
                lambda library: history.of_highlight(library, highlight, name)
            )
        except ReaderError:
            return  # a history that cannot be read is not worth a message at each move
        self.panel.set_facts(highlight.uid, history_facts(events))

    # ------------------------------------------------------------------ the app's own commands

    def action_annotator(self) -> None:
        """Say who annotates."""
        self.app.change_annotator()

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()
