"""Very many objects at once, without holding up keys: how they come to be, and how they go.

Python looks for garbage among all objects when many were made, and frees at one go what hangs
together: each holds up everything for a tenth of a second and more with 100,000 highlights.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.domain.highlight import STEP
from reader.tui.asking import rest

if TYPE_CHECKING:
    from reader.tui.saving.saver import Saver

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
