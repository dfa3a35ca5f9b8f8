"""What comes after an article's first screen: the other highlights, the counts, the page itself.

All of it goes on beside the keys, in slices, and none of it is needed to read or to tag.
"""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.services import articles
from reader.tui.asking import rest
from reader.tui.reading import later
from reader.tui.reading.state import DAMAGED

if TYPE_CHECKING:
    from reader.domain.highlight import Highlight
    from reader.services.reading.session import Session
    from reader.tui.reading.later import Later

MANY_AT_FIRST = 100
"""Highlights near the first screen from which on there are thousands in all."""

SHOW_SECONDS = 0.5
"""Pause between two times that the counts are shown while there is more to count."""


async def load_rest(screen: Later, session: Session) -> None:
    """Take in all highlights by the page; the widgets are brought up to date at the end."""
    if len(session.annotations.index) > MANY_AT_FIRST:
        await rest(later.SETTLE_SECONDS)  # the first keys come before thousands of highlights
    screen.follow_density()
    after: tuple[int, int, str] | None = (-1, -1, "")
    first = True
    while after is not None:
        page, after = await _page(screen, session, after)
        session.take_in(page)
        if first and after is not None:
            await rest(later.SETTLE_SECONDS)  # the first keys come before thousands of highlights
        first = False
    if len(session.annotations.index):
        from reader.tui.relating import standing  # late: not where nothing is marked

        await standing.read(screen)
    gc.freeze()  # else looking for garbage would look through all of them, in a quarter second
    if session is screen.session:
        screen.pane.refresh_marks()
        await count_rest(screen, session)


async def _page(
    screen: Later, session: Session, after: tuple[int, int, str]
) -> tuple[list[Highlight], tuple[int, int, str] | None]:
    version, annotator = session.opened.version.uid, session.annotations.annotator_uid
    return await screen.database.run(
        lambda library: library.highlights.page(version, annotator, after)
    )


async def count_rest(screen: Later, session: Session) -> None:
    """Count in slices, resting while keys come in; the first keys come before all of it."""
    if not session.document.counted:
        await rest(later.SETTLE_SECONDS)
    if not session.document.is_read:
        await asyncio.to_thread(lambda: session.document.text)
    shown = 0.0
    while session is screen.session:
        while screen.keys_are_coming:
            await rest(later.IDLE_SECONDS)
        if not session.work_some():
            break
        if session.document.counted or time.monotonic() - shown > SHOW_SECONDS:
            shown = time.monotonic()
            _show_counts(screen)
        await rest(later.SLICE_SECONDS)
    if session.document.counted:
        _show_counts(screen)


def _show_counts(screen: Later) -> None:
    screen.refresh_panel()
    screen.show_place()
    screen.panel.follow(screen.entry_here())
    screen.show_head()


async def check_text(screen: Later, session: Session) -> None:
    """See that the text is the one that was captured; a damaged one is shown and told."""
    await rest(later.SETTLE_SECONDS)
    try:
        if await asyncio.to_thread(articles.text_is_whole, session.opened.version):
            return
    except ReaderError as error:
        screen.say(f"{error.message} {error.hint}".strip(), error=True)
    session.damaged = True
    if session is screen.session:
        screen.say(DAMAGED, error=True)
        screen.show_save_state()


async def load_capture(screen: Later, session: Session) -> None:
    """Load what is known of the capture besides its text, and show the page."""
    uid = session.opened.version.uid
    try:
        session.capture = await screen.database.run(lambda library: library.articles.details(uid))
    except ReaderError:
        return  # the text can be read without it; `reader doctor` tells what is damaged
    if session is screen.session:
        screen.show_place()
