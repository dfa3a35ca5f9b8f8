"""What waits until the user pauses: it would hold up the keys, or be drawn in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class AtRest:
    """Does something once nobody has asked for it any more for a while.

    Textual's own timer is a task. Here all that wait have one timer: asking once more, as each key
    does for several of them, only notes a later time.

    Args:
        act: What is done, with what it was asked for with last.
    """

    def __init__(self, act: Callable[..., None]) -> None:
        self._act = act
        self._given: tuple[object, ...] = ()
        self._clock: Clock | None = None
        self.due = 0.0
        """When it is to be done, by the loop's clock."""

    @property
    def coming(self) -> bool:
        """Whether it is still to be done."""
        return self._clock is not None and self in self._clock.waiting

    def soon(self, seconds: float, *given: object) -> None:
        """Ask for it: it is done after so many seconds, unless it is asked for again."""
        clock = self._clock
        if clock is None:
            clock = self._clock = _clock_of(asyncio.get_running_loop())
        self._given = given
        self.due = clock.time() + seconds
        clock.wake(self)

    def cancel(self) -> None:
        """Leave it undone."""
        if self._clock is not None:
            self._clock.forget(self)
        self._given = ()

    def act(self) -> None:
        """Do it."""
        given, self._given = self._given, ()
        self._act(*given)


class Clock:
    """The timer of all that wait in one event loop.

    Attributes:
        time: Tells the time.
        waiting: What waits, in the order in which it was first asked for.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.time = loop.time
        self.waiting: dict[AtRest, None] = {}
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self._at = 0.0

    def wake(self, who: AtRest) -> None:
        """See to it that somebody is done when that is due."""
        self.waiting[who] = None
        if self._timer is None or who.due < self._at:
            self._set(who.due)

    def forget(self, who: AtRest) -> None:
        """Let somebody wait no more."""
        self.waiting.pop(who, None)
        if self._timer is not None and not self.waiting:
            self._timer.cancel()
            self._timer = None

    def _set(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._at = at
        self._timer = self._loop.call_at(at, self._ring)

    def _ring(self) -> None:
        """Have done what is due, each by itself, and wait for the rest."""
        at, self._timer = self._at, None
        later = [who.due for who in self.waiting if who.due > at]
        for who in self.waiting:
            if who.due <= at:
                self._loop.call_soon(self._do, who, at)
        if later:
            self._set(min(later))

    def _do(self, who: AtRest, at: float) -> None:
        """Do what was due, unless it was cancelled or asked for anew meanwhile."""
        if who in self.waiting and who.due <= at:
            del self.waiting[who]
            who.act()


def _clock_of(loop: asyncio.AbstractEventLoop) -> Clock:
    clock: Clock | None = getattr(loop, _CLOCK, None)
    if clock is None:
        clock = Clock(loop)
        setattr(loop, _CLOCK, clock)
    return clock


_CLOCK = "_clock_of_what_is_at_rest"
"""Where a loop keeps its clock: with it, and no longer."""
