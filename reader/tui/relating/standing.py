"""Keeps which highlights of the open article have evidence, a relation, a source.

Import late: nothing of it is drawn first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from reader.domain.errors import ReaderError
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.domain.beside import Beside
    from reader.services.annotating.edits import Edit
    from reader.tui.reading.later import Later
    from reader.tui.reading.reasons import Reasons
    from reader.tui.reading.screen import ReadingScreen

MANY = 500
"""So many highlights from which on it costs less to read what stands beside all."""


async def read(screen: Later) -> None:
    """Read what stands beside the highlights of the open article, and show what tags want."""
    session = screen.session
    uid = session.opened.version.uid
    try:
        found = await screen.database.run(lambda library: library.beside.on(uid))
    except ReaderError:
        return  # whoever asks for it is told
    if session.beside is not None:
        found.edition = session.beside.edition + 1
    session.beside = found
    if session is screen.session and len(session.annotations.index):
        _show(screen)


async def ask_when_known(screen: Reasons, edit: Edit) -> None:
    """Ask for what the first tag of all wants, unless the cursor has moved on."""
    await read(screen)
    here = screen.target()
    there = here.highlight.uid if here and here.highlight else None
    if screen.session.beside is not None and there == edit.uid:
        screen.ask_for_more(edit)


async def read_anew(screen: Later, uids: Collection[str]) -> None:
    """Read what stands beside some highlights, and those that they are related to, once more."""
    session = screen.session
    await screen.saver.tried()
    if session.beside is None or len(uids) > MANY:
        await read(screen)
        return
    try:
        touched, fresh = await screen.database.run(lambda library: _anew(library, uids))
    except ReaderError:
        return
    session.beside.take(touched, fresh)
    if session is screen.session:
        _show(screen)
        screen.facts_changed()


def _show(screen: Later) -> None:
    """Show what tags and verdicts want now."""
    screen.refresh_panel()
    overall = screen.session.overall
    if overall is not None and overall.verdicts:
        cast("ReadingScreen", screen).show_overall()


def _anew(library: Library, uids: Collection[str]) -> tuple[set[str], Beside]:
    touched = library.relations.partners(uids)
    return touched, library.beside.of(touched)
