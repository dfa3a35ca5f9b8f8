"""Opens a marked statement in its place, in the open article or above it in another one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.relation import Place
from reader.domain.text import Span
from reader.tui.commands import key_for
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def follow(app: ReaderApp, place: Place) -> ReadingScreen | None:
    """Go to a statement; from another article, back returns to where one was.

    Args:
        app: The app.
        place: The statement.

    Returns:
        The screen that shows it; None if what was done before cannot be saved.

    Raises:
        ReaderError: It cannot be read.
    """
    below = app.screen
    if isinstance(below, ReadingScreen):
        if below.session.annotations.version_uid == place.version_uid:
            below.leaving()
            below.leave_panel()
            _go_to(below, place)
            return below
        if not await below.settled():
            return None
        below.keep_place()
    session = await app.load_session(place.article_uid)
    if session.annotations.version_uid != place.version_uid:
        session = await app.load_session(place.article_uid, place.version_uid)
    screen = app.screen_for(session)
    await app.push_screen(screen)
    there = asyncio.Event()

    def go() -> None:
        _go_to(screen, place)
        there.set()

    screen.after_layout(go)
    await there.wait()
    screen.say(f"{key_for('back')} goes back to where you were.")
    return screen


def _go_to(screen: ReadingScreen, place: Place) -> None:
    """Go to a statement in the article that is open; another annotator's is only brought up."""
    own = screen.session.annotations.index.get(place.highlight_uid)
    if own is not None:
        screen.go_to_highlight(own)
        return
    span = Span(place.start, place.end)
    screen.go(screen.session.document.statement_at(place.start), reveal=False)
    screen.pane.reveal(span)
