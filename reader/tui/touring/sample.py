"""Brings the tour to the sample article, wherever one is. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import assets
from reader.domain.errors import ReaderError
from reader.services.capturing.adding import add_file
from reader.tui.opening import open_article
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def take_tour(app: ReaderApp) -> None:
    """Open the sample article, adding it if it is not there yet, and begin the tour on it."""
    screen = app.screen
    annotator = app.annotator_uid
    try:
        if isinstance(screen, ReadingScreen) and not (
            screen.can_leave() and await screen.settled()
        ):
            return
        uid = await app.database.run(
            lambda library: add_file(library, assets.sample_article(), annotator).article.uid
        )
        if not isinstance(screen, ReadingScreen):
            app.tour_wanted = True
            await open_article(app, uid)
            return
        if screen.session.opened.article.uid != uid:
            screen.show_other(await app.load_session(uid))
        screen.start_tour()
    except ReaderError as error:
        app.show_error(error)
