"""Keeps what is being typed in the library, or in the rescue file while that cannot be written.

Import late: nothing is typed on the first screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.operation import now
from reader.storage.drafts import NOTE

if TYPE_CHECKING:
    from reader.storage.drafts import Where
    from reader.tui.saving.database import Database
    from reader.tui.saving.saver import Saver


def _always() -> bool:
    return True


async def keep(
    database: Database,
    saver: Saver,
    where: Where,
    text: str,
    *,
    kind: str = NOTE,
    base: str | None = None,
    still: Callable[[], bool] = _always,
) -> None:
    """Keep what is typed so far.

    Args:
        database: The library.
        saver: Has the rescue file.
        where: What it is typed on.
        text: What was typed.
        kind: What is typed: a note, or a form.
        base: The note that was there when it was begun; None is not known.
        still: Whether it is still being typed; else it has become an action, or was given up.
    """
    if not still():
        return
    if saver.failing:
        saver.rescue.keep_draft(where, text, kind)
    try:
        await database.run(
            lambda library: library.drafts.keep(*where, text, now(), base, kind=kind)
        )
    except ReaderError:
        if still():
            saver.rescue.keep_draft(where, text, kind)
    else:
        saver.drop_draft(where, kind)
