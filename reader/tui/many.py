"""Very many objects at once, without holding up keys.

Python looks for garbage among all objects when many were made, which holds up everything for a
tenth of a second and more with 100,000 highlights.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

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
