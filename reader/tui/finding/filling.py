"""Brings an index of the library up to date while somebody looks at what it finds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from reader.services.care.indexes import Index
from reader.storage.library import Library
from reader.tui.saving.database import Database


async def filled(
    database: Database, index: Callable[[Library], Index], characters: int
) -> AsyncIterator[int]:
    """Fill an index in slices between which others work.

    Args:
        database: Where it is.
        index: Which index.
        characters: Code points of a slice.

    Yields:
        How much is left: before the first slice, and after each.

    Raises:
        StorageError: It cannot be written; what was taken in before stays.
    """
    left = await database.run(lambda library: index(library).behind())
    yield left
    while left:
        done = await database.run(lambda library: index(library).take_in(characters))
        left = max(0, left - done) if done else 0
        yield left
        await asyncio.sleep(0)
