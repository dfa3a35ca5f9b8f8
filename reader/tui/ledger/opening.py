"""Opens the screens of the ledger over whatever is on the screen, and places from them. Late."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.domain.errors import ReaderError, UsageError
from reader.domain.text import Span
from reader.services.finding.found_search import FoundSearch
from reader.services.ledger.sources import Scope
from reader.tui.opening import lay_over
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.ledger.screen import LedgerScreen


async def open_ledger(app: ReaderApp, what: str) -> None:
    """Open a screen of the ledger.

    Args:
        app: The app.
        what: ``overlap``, ``debt``, or ``sources``: who says what.
    """
    try:
        if isinstance(app.screen, ReadingScreen) and not await app.screen.settled():
            raise UsageError("The last changes are NOT SAVED yet.", "They are tried again.")
        screen = await _MADE[what](app)
        await lay_over(app, screen, lambda: screen.opened_any)
    except ReaderError as error:
        app.show_error(error)


async def _overlap(app: ReaderApp) -> LedgerScreen[Any]:
    from reader.tui.ledger.overlap import OverlapScreen

    below = app.screen
    if isinstance(below, ReadingScreen):
        cursor, version = below.cursor, below.session.opened
        at = cursor.start if cursor is not None and not version.older else None
        return OverlapScreen(version.article.uid, version.name, at)
    uid, name = await _current_article(app)
    return OverlapScreen(uid, name)


async def _current_article(app: ReaderApp) -> tuple[str, str]:
    """Return uid and title of the article that is current in the list.

    Raises:
        UsageError: There is none.
    """
    from reader.tui.library.screen import LibraryScreen

    number = app.screen.articles.current_id if isinstance(app.screen, LibraryScreen) else None
    if number is None:
        raise UsageError("There is no article here.", "Add one first.")
    rows = await app.database.run(lambda library: library.lists.rows([number], ""))
    if not rows:
        raise UsageError("The article is not in the library any more.", "")
    return rows[0].uid, rows[0].name


async def _debt(app: ReaderApp) -> LedgerScreen[Any]:
    del app
    from reader.tui.ledger.debt import DebtScreen

    return DebtScreen()


async def _sources(app: ReaderApp) -> LedgerScreen[Any]:
    from reader.tui.ledger.sources import Choice, SourcesScreen

    me, below = (app.annotator_uid,), app.screen
    codebook = app.codebook
    facet = next(iter(codebook.statement_facets), codebook.facets[0])
    choices: list[Choice] = []
    if isinstance(below, ReadingScreen):
        codebook, facet = below.session.codebook, below.session.facet
        uids = _selected(below)
        if uids is not None:
            choices.append(Choice(_counted(len(uids), "statement"), Scope(me, highlights=uids)))
        article = below.session.opened.article.uid
        choices.append(Choice("this article", Scope(me, articles=(article,))))
    elif articles := await _marked(app):
        choices.append(Choice(_counted(len(articles), "article"), Scope(me, articles=articles)))
    choices.append(Choice("the library", Scope(me)))
    return SourcesScreen(choices, codebook, facet)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _selected(screen: ReadingScreen) -> tuple[str, ...] | None:
    """Return the highlights that are marked in the panel or selected in the text, or None."""
    several = screen.several()
    if several:
        return tuple(target.highlight.uid for target in several if target.highlight)
    if screen.selection is None:
        return None
    span = screen.selection.span
    screen.leave_select()
    return tuple(item.uid for item in screen.session.annotations.index.overlapping(*span))


async def _marked(app: ReaderApp) -> tuple[str, ...]:
    """Return the uids of the articles that are marked in the list."""
    from reader.tui.library.screen import LibraryScreen

    marked = sorted(app.screen.articles.marked) if isinstance(app.screen, LibraryScreen) else []
    found = await app.database.run(lambda library: library.lists.uids(marked)) if marked else {}
    return tuple(found.values())


_MADE = {"overlap": _overlap, "debt": _debt, "sources": _sources}


async def open_place(
    app: ReaderApp,
    article_uid: str,
    version_uid: str,
    place: Span,
    *,
    highlight_uid: str | None = None,
    marked: Sequence[Span] = (),
) -> ReadingScreen:
    """Open an article at a place in it; what only an earlier version has is shown in that one.

    Args:
        app: The app.
        article_uid: The article.
        version_uid: The version that the place is in.
        place: Where.
        highlight_uid: A highlight that is there, to be chosen.
        marked: What else is marked like hits of a search, in order.

    Raises:
        ReaderError: It cannot be read.
    """
    session = await app.load_session(article_uid)
    if session.opened.version.uid != version_uid:
        session = await app.load_session(article_uid, version_uid)
    screen = app.screen_for(session)
    await app.push_screen(screen)
    there = asyncio.Event()

    def go() -> None:
        own = session.annotations.index.get(highlight_uid) if highlight_uid else None
        if marked:
            screen.take_results(FoundSearch(session.document.text, "", marked))
        if session.opened.older:
            screen.say("This is in an earlier version of the text, which is shown.")
        if own is not None:
            screen.leaving()
            screen.go_to_highlight(own)
        else:
            screen.go_to_hit(place)
        there.set()

    screen.after_layout(go)
    await there.wait()
    return screen
