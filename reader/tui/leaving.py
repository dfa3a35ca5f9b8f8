"""Leaves an article, and the program, when everything is saved. Import late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import first_words
from reader.domain.late import Late
from reader.tui.asking import AskingScreen, Work, run_beside
from reader.tui.commands import key_for
from reader.tui.reading.screen import ReadingScreen
from reader.tui.undocumented import replace_screen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.library import screen as articles
    from reader.tui.screens.dialogs import choice
else:
    articles = Late("reader.tui.library.screen")
    choice = Late("reader.tui.screens.dialogs.choice")


def go_back(app: ReaderApp) -> None:
    """Leave the article: to the list, or out when the program was started on a file."""
    screen = app.screen
    if isinstance(screen, ReadingScreen):
        if not screen.can_leave():
            return
        if len(app.screen_stack) > 1:
            _beside_keys(app, partial(_pop, app, screen), holds_keys=_is_soon(screen))
            return
    leave(app)


async def _pop(app: ReaderApp, screen: ReadingScreen) -> None:
    await screen.leave_tour()
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
        _beside_keys(app, partial(_replace, app, screen), holds_keys=_is_soon(screen))


def _is_soon(screen: ReadingScreen) -> bool:
    """Whether an article is left at once, or asks, so that keys are for what comes then."""
    return screen.under_way is None or screen.tour is not None


async def _replace(app: ReaderApp, screen: ReadingScreen) -> None:
    """Put the list in the place of an article."""
    await screen.leave_tour()
    if await screen.settled() and app.screen is screen:
        library = articles.LibraryScreen(app.database)
        library.came_from(screen.session.opened.article.uid)
        await replace_screen(app, library)


def leave(app: ReaderApp) -> None:
    """Leave when everything is saved; what cannot be saved keeps the program open.

    What would be lost without a word is asked about: a relation that was only begun, and whether
    what was marked in the tour is to stay.
    """
    on_tour = any(screen.tour is not None for screen in app.reading_screens())
    _beside_keys(app, partial(_leave, app), holds_keys=on_tour or _is_relating(app))


def _beside_keys(app: ReaderApp, work: Work, *, holds_keys: bool) -> None:
    run_beside(app, work, "leave", exclusive=True, holds_keys=holds_keys)


async def _leave(app: ReaderApp) -> None:
    if _is_relating(app) and not await _gives_relation_up(app):
        return
    for screen in app.reading_screens():
        await screen.leave_tour()
        if not await screen.settled():
            return
    await app.kept()
    app.exit()


def _is_relating(app: ReaderApp) -> bool:
    """Whether a relation was begun, which is in no library before it is made."""
    return app.relating is not None and app.relating.orphan is None


async def _gives_relation_up(app: ReaderApp) -> bool:
    """Ask whether to leave without the relation that was begun; over a dialog it is not asked."""
    pending, screen = app.relating, app.screen
    if pending is None or not isinstance(screen, AskingScreen):
        return True
    waits = f"“{first_words(pending.words)}” waits for the other statement:"
    keys = f"{key_for('relate.here')} on it relates, {key_for('relate.leave')} gives it up."
    choices = [
        choice.Choice("stay", "go on relating", f"{waits} {keys}"),
        choice.Choice("leave", "leave without it", "Everything else is saved."),
    ]
    return (
        await screen.ask(choice.ChoiceDialog("A relation is begun, not made", choices)) == "leave"
    )
