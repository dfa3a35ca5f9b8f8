"""Very many objects at once, without holding up keys: how they come to be, and how they go.

Python looks for garbage among all objects when many were made, and frees at one go what hangs
together: each holds up everything for a tenth of a second and more with 100,000 highlights.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.domain.highlight import STEP
from reader.tui.asking import rest

if TYPE_CHECKING:
    from reader.services.annotating.bulk import Bulk, Gathering
    from reader.tui.reading.base import ReadingBase
    from reader.tui.saving.saver import Saver

SLICE_S = 0.004
"""How long a slice of gathering may hold up a key."""

_FEW = 10_000
"""New objects among which garbage may be looked for."""

_under_way = 0


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Do not look for garbage meanwhile, nor afterwards among very many objects that were made."""
    global _under_way
    _under_way += 1
    gc.disable()
    try:
        yield
    finally:
        _under_way -= 1
        if not _under_way:
            if gc.get_count()[0] > _FEW:
                gc.freeze()
            gc.enable()


async def do_the_rest(
    screen: ReadingBase, gathering: Gathering, tell: Callable[[ReadingBase, Bulk], None]
) -> None:
    """Gather the rest in slices, do all of it, and end the turn that was begun for it.

    Whatever is pressed meanwhile waits for its turn.

    Args:
        screen: The screen.
        gathering: What has been begun.
        tell: Says what was done.
    """
    try:
        with no_search_for_garbage():
            while gathering.work_for(SLICE_S):
                await rest(0)
            if screen.may_change():
                bulk = gathering.bulk()
                await screen.perform_in_slices(bulk)
                tell(screen, bulk)
    finally:
        screen.turns.end()


async def let_go_of(saver: Saver, *held: Sequence[Any]) -> None:
    """Hold what somebody else will let go of when it is saved, and free it piece by piece."""
    lists = [list(items) for items in held]
    del held
    await saver.settled()
    await rest(1.0)  # then nobody else has them
    for items in lists:
        while items:
            del items[-STEP:]
            await rest(0)
