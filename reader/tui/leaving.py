"""Leaves an article, and the program, when everything is saved. Import late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.domain.late import Late
from reader.tui.asking import run_beside
from reader.tui.reading.screen import ReadingScreen
from reader.tui.undocumented import replace_screen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.library import screen as articles
else:
    articles = Late("reader.tui.library.screen")


def go_back(app: ReaderApp) -> None:
    """Leave the article: to the list, or out when the program was started on a file."""
    screen = app.screen
    if isinstance(screen, ReadingScreen):
        if not screen.can_leave():
            return
        if len(app.screen_stack) > 1:
            run_beside(app, partial(_pop, app, screen), "leave", exclusive=True)
            return
    leave(app)


async def _pop(app: ReaderApp, screen: ReadingScreen) -> None:
    if await screen.settled() and app.screen is screen:
        below = app.screen_stack[-2]
        if isinstance(below, articles.LibraryScreen):
            below.came_from(screen.session.opened.article.uid)
        elif isinstance(below, ReadingScreen):
            below.come_back()
        await app.pop_screen()


def go_to_library(app: ReaderApp) -> None:
    """Leave the article for the list, also when the program was started on a file."""
    screen = app.screen
    if len(app.screen_stack) > 1:
        go_back(app)
    elif isinstance(screen, ReadingScreen) and screen.can_leave():
        run_beside(app, partial(_replace, app, screen), "leave", exclusive=True)


async def _replace(app: ReaderApp, screen: ReadingScreen) -> None:
    """Put the list in the place of an article."""
    if await screen.settled() and app.screen is screen:
        library = articles.LibraryScreen(app.database)
        library.came_from(screen.session.opened.article.uid)
        await replace_screen(app, library)


def leave(app: ReaderApp) -> None:
    """Leave when everything is saved; what cannot be saved keeps the program open."""
    run_beside(app, partial(_leave, app), "leave", exclusive=True)


async def _leave(app: ReaderApp) -> None:
    for screen in app.reading_screens():
        if not await screen.settled():
            return
    await app.kept()
    app.exit()
