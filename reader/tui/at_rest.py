"""What waits until the user pauses: it would hold up the keys, or be drawn in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class AtRest:
    """Does something once nobody has asked for it any more for a while.

    Textual's own timer is a task; this is made and unmade with each key.

    Args:
        act: What is done, with what it was asked for with last.
    """

    def __init__(self, act: Callable[..., None]) -> None:
        self._act = act
        self._coming: asyncio.TimerHandle | None = None

    @property
    def coming(self) -> bool:
        """Whether it is still to be done."""
        return self._coming is not None

    def soon(self, seconds: float, *given: object) -> None:
        """Ask for it: it is done after so many seconds, unless it is asked for again."""
        if self._coming is not None:
            self._coming.cancel()
        self._coming = asyncio.get_running_loop().call_later(seconds, self._go, *given)

    def cancel(self) -> None:
        """Leave it undone."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _go(self, *given: object) -> None:
        self._coming = None
        self._act(*given)
