"""Where a search is found in a text: looked for window by window, known as far as one has looked.

Each window is searched by itself, from its beginning, so that what is found in it does not depend
on the order in which windows are looked at: marks, counts and steps agree. A window ends behind a
line break where there is one nearby. A hit belongs to the window that it begins in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reader.domain.finding.search import LONGEST_HIT
from reader.domain.text import Span

WINDOW = 65_536
"""Code points of a window, about: it takes a millisecond to search it for a phrase."""

MOST_HITS = 1_000_000
"""More are not kept: who searches for a letter in a library wants none of them."""

_NEAR = 4_096
"""Code points in which a window's end looks for a line break."""


class Hits:
    """The hits of one search in one text.

    Args:
        text: Where is searched.

    Attributes:
        total: Hits known so far.
        capped: Whether there are more than are kept.
    """

    def __init__(self, text: str) -> None:
        self._cuts = _cuts(text)
        self._starts: list[array[int] | None] = [None] * (len(self._cuts) - 1)
        self._ends: list[array[int] | None] = list(self._starts)
        self._unknown = len(self._starts)
        self._before: list[int] = []
        self.total = 0
        self.capped = False

    # ------------------------------------------------------------------ windows

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return len(self._starts)

    def bounds(self, window: int) -> Span:
        """Return the stretch of text that a window is."""
        return Span(self._cuts[window], self._cuts[window + 1])

    def window_at(self, offset: int) -> int:
        """Return the window that an offset is in (clamped to the text)."""
        return min(max(0, bisect_right(self._cuts, offset) - 1), self.windows - 1)

    def knows(self, window: int) -> bool:
        """Whether a window has been looked at."""
        return self._starts[window] is not None

    @property
    def room(self) -> int:
        """How many more hits would be kept."""
        return MOST_HITS - self.total

    @property
    def known(self) -> float:
        """How much of the text has been looked at, 0 to 1."""
        return 1 - self._unknown / self.windows

    @property
    def complete(self) -> bool:
        """Whether every window has been looked at, so that numbers are exact."""
        return not self._unknown

    def put(self, window: int, starts: array[int], ends: array[int]) -> None:
        """Take in what was found in a window."""
        if self.knows(window):
            return
        if len(starts) > self.room:
            self.capped = True
            starts, ends = starts[: self.room], ends[: self.room]
        self._starts[window], self._ends[window] = starts, ends
        self._unknown -= 1
        self._before = []
        self.total += len(starts)

    def unknown(self, first: int = 0) -> Iterator[int]:
        """Yield the windows not looked at yet, from one on and round."""
        for number in range(self.windows):
            window = (first + number) % self.windows
            if not self.knows(window):
                yield window

    def over(self, start: int, end: int) -> range:
        """Return the windows in which hits may begin that lie on a stretch of text."""
        return range(self.window_at(start - LONGEST_HIT), self.window_at(max(start, end - 1)) + 1)

    # ------------------------------------------------------------------ hits

    def between(self, start: int, end: int) -> list[Span]:
        """Return the known hits that share a character with a stretch, in order."""
        found: list[Span] = []
        for window in self.over(start, end):
            starts, ends = self._starts[window], self._ends[window]
            if starts is None or ends is None:
                continue
            for index in range(bisect_left(starts, start - LONGEST_HIT), bisect_left(starts, end)):
                if ends[index] > start:
                    found.append(Span(starts[index], ends[index]))
        return found

    def missing(self, offset: int, *, forward: bool) -> int | None:
        """Return the window to look at before :meth:`nearest` can tell; None if it can."""
        for window, low, high in self._round(offset, forward=forward):
            if not self.knows(window):
                return window
            if self._in_window(window, low, high):
                return None
        return None

    def nearest(self, offset: int, *, forward: bool) -> Span | None:
        """Return the nearest known hit, going round at the ends, or None if there is none.

        Forward, hits that begin at the offset or later come first; backward, those that begin
        before it, nearest first.
        """
        for window, low, high in self._round(offset, forward=forward):
            found = self._in_window(window, low, high)
            if found:
                return self._hit(window, found[0] if forward else found[-1])
        return None

    def _round(self, offset: int, *, forward: bool) -> Iterator[tuple[int, int, int]]:
        """Yield windows with the part of each in which hits count, in the order of a search."""
        here, end = self.window_at(offset), self._cuts[-1]
        after = [(here, offset, end), *((w, 0, end) for w in range(here + 1, self.windows))]
        before = [*((w, 0, end) for w in range(here)), (here, 0, offset)]
        yield from after + before if forward else reversed(after + before)

    def _in_window(self, window: int, low: int, high: int) -> range:
        starts = self._starts[window]
        if starts is None:
            return range(0)
        return range(bisect_left(starts, low), bisect_left(starts, high))

    def _hit(self, window: int, index: int) -> Span:
        starts, ends = self._starts[window], self._ends[window]
        assert starts is not None and ends is not None  # noqa: S101, PT018 - callers know it
        return Span(starts[index], ends[index])

    # ------------------------------------------------------------------ numbers

    def position(self, hit: Span) -> int | None:
        """Return a hit's place among all, from 0; None while windows before it are unknown."""
        window = self.window_at(hit.start)
        before = 0
        for number in range(window):
            starts = self._starts[number]
            if starts is None:
                return None
            before += len(starts)
        here = self._starts[window]
        return None if here is None else before + bisect_left(here, hit.start)

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, position: int) -> Span:
        """Return a known hit by its place among those known."""
        if not self._before:
            self._before = [0]
            for starts in self._starts:
                self._before.append(self._before[-1] + (len(starts) if starts else 0))
        if not 0 <= position < self.total:
            raise IndexError(position)
        window = bisect_right(self._before, position) - 1
        return self._hit(window, position - self._before[window])


def _cuts(text: str) -> list[int]:
    """Return where windows begin, and the end of the text."""
    cuts = [0]
    for at in range(WINDOW, len(text), WINDOW):
        low = max(cuts[-1], at - _NEAR)
        found = text.rfind("\n", low, at)
        if found < low:
            found = text.rfind(" ", low, at)
        cuts.append(found + 1 if found >= low else at)
    cuts.append(len(text))
    return cuts
