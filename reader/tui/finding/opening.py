"""Opens the search over whatever is on the screen, and what it finds in its place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.text import Span
from reader.services.finding.found_search import FoundSearch
from reader.services.finding.rows import Row
from reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.finding.screen import FindingScreen

EVERYTHING = "words  “a phrase”  begin*  -not  outlet:  tag:  label:  status:  added:  has:"


async def find_everywhere(app: ReaderApp) -> None:
    """Search titles, texts, notes and all else."""
    from reader.services.finding.rows import ask_articles
    from reader.tui.finding.screen import FindingScreen

    told = (
        "Titles, texts, quotations, notes, reasons, tags, labels: type three letters or more. "
        "All words must be in an article, wherever."
    )
    screen = FindingScreen(ask_articles, title="Search", placeholder=EVERYTHING, told=told)
    await open_over(app, screen)


async def open_over(app: ReaderApp, screen: FindingScreen) -> None:
    """Open a search over whatever is on the screen, when all that was done there is saved."""
    below = app.screen
    if isinstance(below, ReadingScreen) and not await below.settled():
        app.let_keys_go()
        return

    def come_back(_: None) -> None:
        if screen.opened_any and isinstance(below, ReadingScreen):
            app.saver = below.saver
            app.run_worker(app.reload(), group="load")  # it may have been changed meanwhile

    await app.push_screen(screen, come_back)


async def open_found(app: ReaderApp, row: Row, marked: tuple[str, list[Span]], query: str) -> None:
    """Open an article at a place in it.

    Args:
        app: The app.
        row: The place; the article itself is opened where one left off.
        marked: A version, and what in its text is to be marked as found.
        query: What was searched for.

    Raises:
        ReaderError: It cannot be read.
    """
    session = await app.load_session(row.article.uid)
    screen = ReadingScreen(app.database, session, app.annotator)
    await app.push_screen(screen)
    there = asyncio.Event()
    version, spans = marked
    text = session.document.text

    def go() -> None:
        search = FoundSearch(text, query, spans if version == session.opened.version.uid else [])
        screen.take_results(search)
        _go_to(screen, row)
        there.set()

    screen.after_layout(go)
    await there.wait()


def _go_to(screen: ReadingScreen, row: Row) -> None:
    hit, session = row.hit, screen.session
    if hit is None or not hit.end:
        return
    if hit.version_uid != session.opened.version.uid:
        screen.say("This was marked in an earlier version of the text.")
        return
    own = session.annotations.index.get(hit.highlight_uid or "")
    if hit.kind in ("text", "quote") or own is None:
        screen.go_to_hit(Span(hit.start, hit.end))
    else:
        screen.leaving()
        screen.go_to_highlight(own)
