"""Highlights in document order, in lists of some thousands: one more moves few of the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from operator import attrgetter

from reader.domain.highlight import Highlight

PART = 4096
"""So many highlights stand in one list at first; one that has become twice as long is halved."""

Key = tuple[int, int, str]
"""What says where a highlight stands in document order: start, end and uid."""

key_of = attrgetter("start", "end", "uid")
"""Where a highlight stands: its :data:`Key`."""

_start = attrgetter("start")


class OrderedHighlights:
    """Highlights in document order, in several lists: one more moves only what stands in its own.

    In a single list it would move all that stand behind it: of 100,000 most of a megabyte.
    """

    def __init__(self) -> None:
        self._parts: list[list[Highlight]] = []
        self._firsts: list[Key | tuple[int]] = []
        """Where the first of each part stands."""
        self._numbers: list[int] | None = None
        """How many stand before each part, and in all; None where that has changed."""

    def __len__(self) -> int:
        return self._counted()[-1]

    def __iter__(self) -> Iterator[Highlight]:
        return chain.from_iterable(self._parts)

    def __getitem__(self, position: int) -> Highlight:
        numbers = self._counted()
        if not 0 <= position < numbers[-1]:
            raise IndexError(position)
        part = bisect_right(numbers, position) - 1
        return self._parts[part][position - numbers[part]]

    def _counted(self) -> list[int]:
        if self._numbers is None:
            self._numbers = [0, *accumulate(map(len, self._parts))]
        return self._numbers

    def copy(self) -> OrderedHighlights:
        """Return another one of the same highlights."""
        other = OrderedHighlights()
        other._parts = [part.copy() for part in self._parts]
        other._firsts = self._firsts.copy()
        return other

    def _place(self, key: Key) -> tuple[int, int]:
        """Return the part that a key belongs to, and how many stand before it there."""
        if not self._parts:
            return 0, 0
        part = max(bisect_right(self._firsts, key) - 1, 0)
        return part, bisect_left(self._parts[part], key, key=key_of)

    def position(self, key: Key) -> int:
        """Return how many highlights stand before a key."""
        part, at = self._place(key)
        return self._counted()[part] + at

    def first_from(self, key: Key) -> Highlight | None:
        """Return the first highlight that does not stand before a key, or None."""
        part, at = self._place(key)
        for items in self._parts[part : part + 2]:
            if at < len(items):
                return items[at]
            at = 0
        return None

    def starting(self, start: int, end: int) -> list[Highlight]:
        """Return the highlights that start in a stretch."""
        part, at = self._from(start)
        found: list[Highlight] = []
        for items in islice(self._parts, part, None):
            until = bisect_left(items, end, at, key=_start)
            found += items[at:until]
            if until < len(items):
                break
            at = 0
        return found

    def before(self, start: int) -> int:
        """Return how many highlights start before an offset."""
        part, at = self._from(start)
        return self._counted()[part] + at

    def _from(self, start: int) -> tuple[int, int]:
        """Return the part of the first one that starts at an offset or later, and its place."""
        if not self._parts:
            return 0, 0
        part = max(bisect_left(self._firsts, (start,)) - 1, 0)
        return part, bisect_left(self._parts[part], start, key=_start)

    def add(self, highlight: Highlight) -> None:
        """Add a highlight."""
        part, at = self._place(key_of(highlight))
        if not self._parts:
            self._parts.append([])
        items = self._parts[part]
        items.insert(at, highlight)
        self._put(part, part + 1, [items] if len(items) < 2 * PART else _cut(items))

    def remove(self, highlight: Highlight) -> None:
        """Remove a highlight that is there."""
        part, at = self._place(key_of(highlight))
        items = self._parts[part]
        del items[at]
        self._put(part, part + 1, [items] if items else [])

    def replace(self, old: Highlight, new: Highlight) -> None:
        """Put a highlight in the place of one that stands where it stands."""
        part, at = self._place(key_of(old))
        self._parts[part][at] = new

    def exchange(self, gone: Sequence[Highlight], fresh: Sequence[Highlight]) -> None:
        """Remove some, and add others; what lies between the first and the last is sorted."""
        keys = [key_of(item) for item in (*gone, *fresh)]
        if not keys:
            return
        lowest, highest = min(keys), max(keys)
        first, at = self._place(lowest)
        last = max(bisect_right(self._firsts, highest) - 1, 0)
        items = [*chain.from_iterable(self._parts[first : last + 1])]
        until = bisect_right(items, highest, at, key=key_of)
        out = {item.uid for item in gone}
        between = [item for item in items[at:until] if item.uid not in out]
        items[at:until] = sorted([*between, *fresh], key=key_of)
        self._put(first, last + 1, _cut(items))

    def go_on(self, items: Sequence[Highlight]) -> None:
        """Add highlights that stand behind all others, in order."""
        if not self._parts or len(self._parts[-1]) + len(items) > PART:
            self._parts.append([])
            self._firsts.append(key_of(items[0]))
        self._parts[-1].extend(items)
        self._numbers = None

    def _put(self, first: int, last: int, parts: list[list[Highlight]]) -> None:
        """Put parts in the place of others."""
        self._parts[first:last] = parts
        self._firsts[first:last] = [key_of(items[0]) for items in parts]
        self._numbers = None


def _cut(items: list[Highlight]) -> list[list[Highlight]]:
    """Return the parts of a long list."""
    return [items[at : at + PART] for at in range(0, len(items), PART)]
