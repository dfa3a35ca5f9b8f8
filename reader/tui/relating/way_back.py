"""Leads back to where a relation was begun, from another article or from the list. Import late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.tui.reading import others
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.library.screen import LibraryScreen
    from reader.tui.relating.pending import Pending


async def leave_elsewhere(screen: ReadingScreen, pending: Pending) -> None:
    """Relate nothing, and go from another article back to where it began.

    It has to run beside the app, not beside the screen, which it may take away.
    """
    try:
        if await screen.settled():
            _begin_anew(await go_back(screen, pending), pending)
    except ReaderError as error:
        screen.say_error(error)


async def leave_list(screen: LibraryScreen, pending: Pending) -> None:
    """Relate nothing, and go from the list back to where it began."""
    await screen.open_article(pending.article_uid)
    back = screen.app.screen
    if isinstance(back, ReadingScreen):
        there = asyncio.Event()

        def go() -> None:
            _begin_anew(back, pending)
            there.set()

        back.after_layout(go)
        await there.wait()


async def go_back(screen: ReadingScreen, pending: Pending) -> ReadingScreen:
    """Show the article where a relation began, with what was done to it meanwhile.

    Raises:
        ReaderError: It cannot be read.
    """
    app: ReaderApp = screen.app
    below = [item for item in app.reading_screens() if has(item, pending)]
    screen.keep_place()
    if not below:
        screen.show_other(await app.load_session(pending.article_uid))
        return screen
    while app.screen is not below[-1] and len(app.screen_stack) > 1:
        await app.pop_screen()
    app.saver = below[-1].saver
    below[-1].set_mode("READ")
    await others.take_news(below[-1])
    return below[-1]


def has(screen: ReadingScreen, pending: Pending) -> bool:
    """Whether a screen shows what a relation was begun in."""
    if pending.orphan is not None:  # it is to be placed in the version that is the current one
        opened = screen.session.opened
        return opened.article.uid == pending.article_uid and not opened.older
    return screen.session.annotations.version_uid == pending.version_uid


def show(screen: ReadingScreen, pending: Pending, uid: str | None) -> None:
    """Go to a highlight, or else to the words where the relation began."""
    highlight = screen.session.annotations.index.get(uid) if uid else None
    if highlight is not None:
        screen.go_to_highlight(highlight)
    elif pending.is_in(screen.session.annotations.version_uid):
        screen.go(screen.session.document.statement_at(pending.span.start))


def _begin_anew(screen: ReadingScreen, pending: Pending) -> None:
    show(screen, pending, pending.highlight_uid)
    screen.refresh_tag_bar()
    screen.say("It stays an orphan." if pending.orphan else "Nothing is related.")
