"""Opens the search over whatever is on the screen, and what it finds in its place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.text import Span
from reader.services.finding.found_search import FoundSearch
from reader.services.finding.rows import Row
from reader.tui.opening import is_settled, lay_over
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.finding.screen import FindingScreen

HIGHLIGHTS = "words  tag:  by:  has:  flag:  label:  outlet:  status:  added:  -not"
EVERYTHING = "words  “a phrase”  begin*  -not  outlet:  tag:  label:  status:  added:  has:"


async def find_everywhere(app: ReaderApp) -> None:
    """Search titles, texts, notes and all else."""
    from reader.services.finding.rows import ask_articles
    from reader.tui.finding.screen import FindingScreen

    told = (
        "Titles, texts, notes, reasons, tags, labels, sources, evidence: type three letters or"
        " more. All words must be in an article, wherever."
    )
    screen = FindingScreen(ask_articles, title="Search", placeholder=EVERYTHING, told=told)
    await open_over(app, screen)


async def find_highlights(app: ReaderApp) -> None:
    """List highlights across the library: those with the tag that one is at, or that one chooses.

    In an article the list begins with the tag of the highlight under the cursor; in the list of
    articles one chooses among the tags and labels that are given. The filter can be changed.
    """
    from reader.services.finding.highlights import ask_highlights
    from reader.tui.finding.screen import FindingScreen

    below = app.screen
    try:
        if isinstance(below, ReadingScreen):
            entry = below.current_entry()
            text = f"tag:{entry.judgements[0].code} " if entry and entry.judgements else ""
        else:
            chosen = await _choose(app)
            if chosen is None:
                return
            text = chosen
    except ReaderError as error:
        app.show_error(error)
        return
    screen = FindingScreen(
        ask_highlights, title="Highlights", text=text, placeholder=HIGHLIGHTS, at_once=True
    )
    await open_over(app, screen)


async def _choose(app: ReaderApp) -> str | None:
    """Ask which highlights; return a filter, or None if nothing was chosen."""
    from reader.services.finding.profile import profile
    from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

    annotator = app.annotator_uid
    given = await app.database.run(lambda library: profile(library, annotator))
    choices = [Choice(" ", "all of them")]
    choices += [
        Choice(
            f"{item.filter} ",
            f"label {item.name}" if item.is_label else item.name,
            symbol=item.tag.symbol if item.tag else "",
            color=item.tag.color if item.tag else "",
            note=f"{item.count:,}",
        )
        for item in given
    ]
    return await app.ask(ChoiceDialog("Which highlights?", choices))


async def open_over(app: ReaderApp, screen: FindingScreen) -> None:
    """Open a search over whatever is on the screen, when all that was done there is saved."""
    if await is_settled(app):
        await lay_over(app, screen, lambda: screen.opened_any)


async def open_found(app: ReaderApp, row: Row, marked: tuple[str, list[Span]], query: str) -> None:
    """Open an article at a place in it; what only an earlier version has is shown in that one.

    Args:
        app: The app.
        row: The place; an article without one is opened where one left off.
        marked: A version, and what in its text is to be marked as found.
        query: What was searched for.

    Raises:
        ReaderError: It cannot be read.
    """
    hit = row.hit
    there_only = hit is not None and hit.end and hit.version_uid != row.article.version_uid
    earlier = hit.version_uid if hit is not None and there_only else None
    session = await app.load_session(row.article.uid, earlier)
    screen = app.screen_for(session)
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
    if hit is None:
        return
    if not hit.end:  # a title, a byline, a label: it is about the beginning
        screen.action_text_top()
        return
    if session.opened.older:
        screen.say("This was marked in an earlier version of the text, which is shown.")
    if hit.version_uid != session.opened.version.uid:
        return  # another window has made another version the current one meanwhile
    own = session.annotations.index.get(hit.highlight_uid or "")
    if own is None or (hit.kind in ("text", "quote") and hit.marks):
        screen.go_to_hit(Span(hit.start, hit.end))
    else:
        screen.leaving()
        screen.go_to_highlight(own)
