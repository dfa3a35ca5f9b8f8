"""What waits until the user pauses: it would hold up the keys, or be drawn in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class AtRest:
    """Does something once nobody has asked for it any more for a while.

    Textual's own timer is a task. Here asking once more, as each key does, only notes a later time:
    the timer that is under way looks at it when it ends.

    Args:
        act: What is done, with what it was asked for with last.
    """

    def __init__(self, act: Callable[..., None]) -> None:
        self._act = act
        self._given: tuple[object, ...] = ()
        self._due = 0.0
        self._coming: asyncio.TimerHandle | None = None

    @property
    def coming(self) -> bool:
        """Whether it is still to be done."""
        return self._coming is not None

    def soon(self, seconds: float, *given: object) -> None:
        """Ask for it: it is done after so many seconds, unless it is asked for again."""
        loop = asyncio.get_running_loop()
        self._given, self._due = given, loop.time() + seconds
        if self._coming is not None:
            if self._coming.when() <= self._due:
                return
            self._coming.cancel()
        self._coming = loop.call_at(self._due, self._go)

    def cancel(self) -> None:
        """Leave it undone."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming, self._given = None, ()

    def _go(self) -> None:
        if self._coming is not None and self._coming.when() < self._due:
            self._coming = asyncio.get_running_loop().call_at(self._due, self._go)
            return
        self._coming = None
        given, self._given = self._given, ()
        self._act(*given)
