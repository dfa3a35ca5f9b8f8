"""Keeps the order of what the user does while an undo is under way in the library."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable


class Turns:
    """Steps that wait until the one before has ended.

    An edit is worked out from the memory, which an undo changes only when the library has done it:
    a tag pressed right after ``u`` must see what the undo left.
    """

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._free = asyncio.Event()
        self._free.set()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return not self._free.is_set()

    def take(self, step: Callable[[], None]) -> None:
        """Do a step now, or after the ones that wait."""
        if self._free.is_set():
            step()
        else:
            self._waiting.append(step)

    def begin(self) -> None:
        """Let everything from now on wait."""
        self._free.clear()

    def end(self) -> None:
        """Do what has waited, until one of the steps begins to wait itself."""
        self._free.set()
        while self._waiting and self._free.is_set():
            self._waiting.popleft()()

    async def ended(self) -> None:
        """Wait until nothing is under way."""
        while not self._free.is_set():
            await self._free.wait()
