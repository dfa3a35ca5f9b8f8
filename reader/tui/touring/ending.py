"""Ends the tour: asks whether what was marked in it is to stay. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.commands import key_for
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen

_ASKED = "Keep what you marked in the tour?"
_BACK, _KEEP = "back", "keep"


async def end(screen: ReadingScreen) -> None:
    """End the tour; if something was marked in it, ask whether that is to stay, and do so.

    Raises:
        StorageError: The library cannot be read.
    """
    since = screen.tour_since
    screen.end_tour()
    if not await screen.saver.tried() or not await _marked(screen, since):
        return
    if await screen.ask(ChoiceDialog(_ASKED, _choices())) == _BACK:
        await _take_back(screen, since)


def _choices() -> list[Choice]:
    back, keep = (key_for(name) for name in ("redo", "undo"))
    return [
        Choice(_BACK, "take it back", f"The article is as it was before. {back} brings it back."),
        Choice(_KEEP, "keep it", f"It stays as all that you mark; {keep} takes it back later."),
    ]


async def _marked(screen: ReadingScreen, since: int) -> str:
    """Return the newest action that stands and was done since a number of the log, or empty."""
    known = screen.session.annotations
    scope = (known.article_uid, known.annotator_uid)
    return await screen.database.run(lambda library: library.log.undoing.done_since(since, *scope))


async def _take_back(screen: ReadingScreen, since: int) -> None:
    """Take back one action after the other, until one stays."""
    before = ""
    while (group := await _marked(screen, since)) and group != before:
        await screen.undone()
        before = group
    if not group:
        screen.say(f"What you marked in the tour is taken back. {key_for('redo')} brings it back.")
