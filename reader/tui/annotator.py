"""Asks who annotates, and goes on as that one. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.services.places import check_handle
from reader.tui.opening import reload
from reader.tui.reading.screen import ReadingScreen
from reader.tui.screens.dialogs.prompt import PromptDialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def change_annotator(app: ReaderApp) -> None:
    """Ask for a name; another one has the article, or the list, shown as that annotator's.

    Raises:
        ReaderError: The library cannot be read or written.
    """
    asked = PromptDialog("Who annotates?", "Name", app.annotator, _problem)
    handle = await app.ask(asked)
    if handle is None or check_handle(handle) == app.annotator:
        return
    screen, name = app.screen, check_handle(handle)
    if isinstance(screen, ReadingScreen) and not (screen.can_leave() and await screen.settled()):
        return
    app.annotator_uid = await app.database.run(lambda library: library.annotator(name))
    app.annotator, app.listed = name, None
    if isinstance(screen, ReadingScreen):
        screen.show_other(await app.load_session(screen.session.opened.article.uid))
    else:
        await reload(app)


def _problem(handle: str) -> str:
    """Return what is wrong with a name, or an empty string."""
    try:
        check_handle(handle)
    except ReaderError as error:
        return error.message
    return ""
