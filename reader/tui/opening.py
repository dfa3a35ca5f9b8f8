"""Opens articles and other screens over what is there, and shows anew what has changed meanwhile.

Import late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.tui.asking import run_beside
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.library import screen as articles
else:
    articles = Late("reader.tui.library.screen")


async def open_article(app: ReaderApp, article_uid: str) -> None:
    """Open an article over the list."""
    try:
        session = await app.load_session(article_uid)
    except ReaderError as error:
        app.show_error(error)
        return
    await app.push_screen(app.screen_for(session))


async def fetch_named(app: ReaderApp, targets: Sequence[str], *, opens: bool) -> None:
    """Fetch the pages that were named on the command line, and open the first if that was asked."""
    from reader.tui.capturing.adding import add_target

    found = [await add_target(app, target) for target in targets]
    fetched = dict(zip(targets, found, strict=True))
    order = [fetched.get(item, item) for item in app.named]  # of those that are not there, None
    app.named = tuple(dict.fromkeys(filter(None, order)))
    await reload(app)
    if opens and found[0] is not None:
        await open_article(app, found[0])


async def reload(app: ReaderApp) -> None:
    """Show what the library holds now, after something was taken in."""
    screen = app.screen
    if isinstance(screen, ReadingScreen):
        screen.keep_place()
        screen.show_other(await app.load_session(screen.session.opened.article.uid))
    elif isinstance(screen, articles.LibraryScreen):
        await screen.load()


async def is_settled(app: ReaderApp) -> bool:
    """Return whether all that was done on the screen is saved."""
    screen = app.screen
    return not isinstance(screen, ReadingScreen) or await screen.settled()


async def lay_over(app: ReaderApp, screen: Screen[None], changed: Callable[[], bool]) -> None:
    """Open a screen over whatever is there.

    Args:
        app: The app.
        screen: The screen.
        changed: Whether what is in the article below may have been changed in it; asked when it
            is left.
    """
    below = app.screen

    def come_back(_: None) -> None:
        if isinstance(below, ReadingScreen) and changed():
            app.saver = below.saver
            run_beside(app, partial(reload, app), "load")

    await app.push_screen(screen, come_back)
