"""Brings an index of the library up to date while somebody looks at what it finds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from reader.domain.errors import ReaderError
from reader.services.care.indexes import Index
from reader.storage.library import Library
from reader.tui.saving.database import Database

SLICE = 250_000
"""Code points that are indexed at a time while somebody waits for it."""

AGAIN_S = 1.0
"""While the index is being brought up to date, what was found is looked for anew so often."""

TELL_S = 0.2
"""And it is told so often how far that is."""


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


class Filling:
    """Brings the index of what is searched up to what the library holds, behind a search.

    Attributes:
        ended: Whether there is no more to come.
        left: How much is not in the index yet, in code points.
        slow: Whether it takes so long that nobody should wait for it.

    Args:
        database: Where the index is.
        look_again: Called when what is found may be more than it was.
        tell: Called when it is to be told how far it is.
    """

    def __init__(
        self, database: Database, look_again: Callable[[], None], tell: Callable[[], None]
    ) -> None:
        self._database, self._look_again, self._tell = database, look_again, tell
        self.ended, self.slow = False, False
        self.left = self._most = 0

    @property
    def told(self) -> str:
        """How far it is, in words; empty if nothing is left."""
        return f"indexing, {self.left:,} of {self._most:,} to go" if self.left else ""

    async def run(self) -> None:
        """Bring the index up to date in slices between which others work; call it again at will."""
        self.ended, self.slow, self._most = False, False, 0
        if not self._database.read_only:
            with suppress(ReaderError):  # it cannot be written now: what is indexed is searched
                await self._catch_up()
        self.ended = True

    async def _catch_up(self) -> None:
        looked = told = time.monotonic()
        async for left in filled(self._database, lambda library: library.search.index, SLICE):
            self.left, self._most = left, max(left, self._most)
            if not self._most:
                return
            now = time.monotonic()
            if now - looked > AGAIN_S or not left:
                looked, self.slow = now, left > 0
                self._look_again()
            elif now - told > TELL_S:
                told = now
                self._tell()
