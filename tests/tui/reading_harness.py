"""Starts the app without a terminal, presses keys, and looks at the screen and the library."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from reader.domain.highlight import Highlight
from reader.domain.text import Span
from reader.services.reading.beginning import begin
from reader.services.settings.fields import Settings
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.commands.command import write_arrows
from reader.tui.ledger.entries import EntryList
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from tests.tui.idling import DRAWING, CountedDatabase, idle, under_way

T = TypeVar("T")

REST_S = 10.0
"""How long something may go on after a key."""

LOOK_S = 0.002
"""Pause before one looks again whether it goes on."""

ARTICLE = """\
A headline that says little

First comes a plain statement. Second comes "a quoted one", he said. Third is short.

Fourth opens the next paragraph. Fifth closes it, after a comma.

Sixth stands alone.

A caption under a picture. Photograph: Ann Example
"""


def article(folder: Path, text: str = ARTICLE, name: str = "article.txt") -> Path:
    """Write an article and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


EDITED = (
    ARTICLE.replace("a plain statement", "a plainer statement")
    .replace(" Third is short.", "")
    .replace("Sixth stands alone.", "Before it, something new.\n\nSixth stands alone.")
)


def edit(path: Path, text: str = EDITED) -> None:
    """Write an article anew, as whoever keeps the page would; its time is another one."""
    path.write_text(text, "utf-8")
    os.utime(path, (1, 1))


def key_event(key: str) -> events.Key:
    """Return what a terminal sends for a key, named as Textual names it or by its character."""
    names = {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}
    character = key if len(key) == 1 else names.get(key)
    return events.Key(_character_to_key(key) if len(key) == 1 else key, character)


class Reader:
    """An app under test."""

    def __init__(self, pilot: Pilot[None], database: CountedDatabase) -> None:
        self.pilot, self.database = pilot, database

    @property
    def app(self) -> ReaderApp:
        app = self.pilot.app
        assert isinstance(app, ReaderApp)
        return app

    @property
    def screen(self) -> ReadingScreen:
        screen = self.app.screen
        assert isinstance(screen, ReadingScreen), screen
        return screen

    @property
    def library_screen(self) -> LibraryScreen:
        screen = self.app.screen
        assert isinstance(screen, LibraryScreen), screen
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and let everything come to rest."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self.rest()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", "\n": "enter"}
        for character in text:
            self.app.post_message(key_event(names.get(character, character)))
            await idle(self.app)
        await self.rest()

    async def burst(self, *keys: str) -> None:
        """Press keys without waiting for anything in between, as a paste or a slow line does."""
        for key in keys:
            self.app.post_message(key_event(key))
        await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is left to do, neither now nor soon, here or in another thread."""
        quiet, why = 0, "messages"
        try:
            async with asyncio.timeout(REST_S):
                while quiet < 2:
                    await idle(self.app)
                    if isinstance(self.app.screen, ReadingScreen):
                        await self.app.screen.settled()
                    quiet += 1
                    while why := self._busy():
                        quiet = 0
                        if why == DRAWING:
                            break
                        await asyncio.sleep(LOOK_S)
        except TimeoutError as error:
            raise TimeoutError(f"this goes on and on: {why}") from error

    def _busy(self) -> str:
        """Say what goes on; empty if nothing does."""
        works = getattr(self.app.screen, "works", False)
        if not (works or self.app.key_queue.at_rest):
            return "keys"
        return under_way(self.app, self.database)

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(10):
            while not true():
                await asyncio.sleep(0.002)

    # ------------------------------------------------------------------ what is seen

    @property
    def lines(self) -> list[str]:
        """The screen, one line per row."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def said(self) -> list[str]:
        """What the messages on show say, oldest first."""
        return [str(item.message) for item in self.app._notifications]

    @property
    def here(self) -> str:
        """The statement under the cursor."""
        cursor = self.screen.cursor
        return "" if cursor is None else self.words(cursor)

    def words(self, span: Span | Highlight) -> str:
        """The words of a stretch."""
        start, end = (span.start, span.end)
        return " ".join(self.screen.session.document.text[start:end].split())

    @property
    def status(self) -> str:
        """The last line of the screen."""
        return self.lines[-1]

    # ------------------------------------------------------------------ what is stored

    async def run(self, job: Callable[[Library], T]) -> T:
        return await self.database.run(job)

    async def stored(self) -> list[Highlight]:
        """The annotator's highlights in the library, in document order."""
        session = self.screen.session
        where = (session.opened.version.uid, session.annotations.annotator_uid)
        return await self.run(
            lambda library: [item for page in library.highlights.pages(*where) for item in page]
        )

    async def tags(self) -> dict[str, list[str]]:
        """The codes of stored judgements by the words that they stand on."""
        return {
            self.words(item): [judgement.code for judgement in item.judgements]
            for item in await self.stored()
        }

    async def groups(self) -> list[tuple[str, str]]:
        """Kind and summary of each group in the article's log, oldest first."""
        uid = self.screen.session.opened.article.uid
        found = await self.run(lambda library: list(library.log.operations(uid)))
        groups: dict[str, tuple[str, str]] = {}
        for op in found:
            groups.setdefault(op.group_uid, (op.kind, op.summary))
        return [group for group in groups.values() if group[0] != "capture"]

    async def consistent(self) -> None:
        """Assert that memory, panel, library and log agree."""
        session, screen = self.screen.session, self.screen
        stored = await self.stored()
        assert [plain(item) for item in session.annotations.index] == [
            plain(item) for item in stored
        ]
        statements = list(session.document.statements())
        judged = sum(
            any(
                each.codebook == session.codebook.id and item.span.overlaps(span)
                for item in stored
                for each in item.judgements
            )
            for span in statements
        )
        await self.until(lambda: session.tally.complete)  # it is counted between keys
        assert session.tally.judged == judged
        assert screen.panel.entry_count() == len(screen.entries)
        if screen.entries.view is None:  # else it is filtered or sorted
            assert len(screen.entries) == len(stored)
        for tag in session.facet.tags:
            given = [
                judgement
                for item in stored
                for judgement in item.judgements_of(session.codebook.id, session.facet.id)
                if judgement.code == tag.code
            ]
            assert session.tally.count(session.codebook.id, session.facet.id, tag.code) == len(
                given
            )
        roles = await self.run(lambda library: library.articles.version(session.opened.version.uid))
        assert roles is not None
        assert dict(roles.roles) == session.roles


def plain(highlight: Highlight) -> tuple[Any, ...]:
    """What must be the same in memory and in the library."""
    return (
        highlight.uid, highlight.start, highlight.end, highlight.note, highlight.flag,
        highlight.implicit,
        tuple((j.uid, j.code, j.confidence, j.likelihood, j.reason) for j in highlight.judgements),
    )  # fmt: skip


@asynccontextmanager
async def reading(
    db: Path,
    *targets: Path | str,
    size: tuple[int, int] = (120, 40),
    annotator: str = "ana",
    codebook: str = "credibility-7",
    busy_ms: int | None = None,
    settings: Settings | None = None,
    suggestions: bool = False,
) -> AsyncIterator[Reader]:
    """Run the app on a library file; opened again on the same file it is a restart.

    Args:
        db: The library's file.
        targets: Articles named on the command line; none opens the list.
        size: Columns and rows.
        annotator: Who.
        codebook: Which.
        busy_ms: How long to wait for another program's lock.
        settings: What the settings file says.
        suggestions: Whether anything is suggested: it comes a while after the first paint.
    """
    database = CountedDatabase(db)
    try:
        if busy_ms is not None:
            await database.run(
                lambda library: library.connection.execute(f"PRAGMA busy_timeout={busy_ms}")
            )
        names = [str(target) for target in targets]
        beginning = await database.run(
            lambda library: begin(library, annotator, codebook, names, later=database.now)
        )
        settings = settings or Settings()
        settings.suggestions = suggestions
        app = ReaderApp(database, beginning, settings=settings)
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(pilot, database)
            await reader.rest()
            yield reader
        app.finish()
    finally:
        write_arrows(in_words=False)
        await asyncio.to_thread(database.close)


def state_tables(library: Library) -> dict[str, Sequence[Any]]:
    """Return the state tables without local ids and revisions."""
    tables = (
        *("annotator", "article", "block", "highlight", "judgement"), "article_note", "label",
        *("source", "attribution", "relation", "evidence", "evidence_link"),
    )  # fmt: skip
    found = {}
    for table in tables:
        rows = library.connection.execute(f"SELECT * FROM {table} ORDER BY uid")
        names = [column[0] for column in rows.description]
        found[table] = [
            {name: value for name, value in zip(names, row, strict=True) if name != "id"}
            for row in rows
        ]
    return found


def shown(r: Reader) -> list[str]:
    """The entries of a screen of the ledger, line by line."""
    entries = r.app.screen.query_one(EntryList).region
    return [line.strip() for line in r.lines[entries.y : entries.bottom] if line.strip()]


def marked(r: Reader) -> list[str]:
    """What is drawn as a hit, piece by piece."""
    strips = r.screen.pane.lines()
    return [
        segment.text for strip in strips for segment in strip
        if segment.style and segment.style.reverse and segment.text.strip()
    ]  # fmt: skip
