"""An annotator's highlights on an article in document order: a key costs no more with very many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from heapq import merge
from itertools import accumulate, chain, islice
from operator import attrgetter

from reader.domain.highlight import Highlight, in_parts

PART = 4096
"""So many highlights stand in one list at first; one that has become twice as long is halved."""

Key = tuple[int, int, str]
"""What says where a highlight stands in document order: start, end and uid."""

_key = attrgetter("start", "end", "uid")
_start = attrgetter("start")


def length_class(length: int) -> int:
    """Return the class of a span's length: spans of one class are at most 16 times as long.

    Class ``c`` holds lengths up to ``16 ** (c + 2)``. An overlap query looks, in each class, only
    so far to the left as that class is long; a few document-long spans then cost nothing.
    """
    return max(0, (max(length, 1) - 1).bit_length() + 3 - 8) // 4


def class_reach(number: int) -> int:
    """Return the greatest length that :func:`length_class` puts into a class."""
    return int(16 ** (number + 2))


class _Ordered:
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

    def copy(self) -> _Ordered:
        """Return another one of the same highlights."""
        other = _Ordered()
        other._parts = [part.copy() for part in self._parts]
        other._firsts = self._firsts.copy()
        return other

    def _place(self, key: Key) -> tuple[int, int]:
        """Return the part that a key belongs to, and how many stand before it there."""
        if not self._parts:
            return 0, 0
        part = max(bisect_right(self._firsts, key) - 1, 0)
        return part, bisect_left(self._parts[part], key, key=_key)

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
        part, at = self._place(_key(highlight))
        if not self._parts:
            self._parts.append([])
        items = self._parts[part]
        items.insert(at, highlight)
        self._put(part, part + 1, [items] if len(items) < 2 * PART else _cut(items))

    def remove(self, highlight: Highlight) -> None:
        """Remove a highlight that is there."""
        part, at = self._place(_key(highlight))
        items = self._parts[part]
        del items[at]
        self._put(part, part + 1, [items] if items else [])

    def replace(self, old: Highlight, new: Highlight) -> None:
        """Put a highlight in the place of one that stands where it stands."""
        part, at = self._place(_key(old))
        self._parts[part][at] = new

    def exchange(self, gone: Sequence[Highlight], fresh: Sequence[Highlight]) -> None:
        """Remove some, and add others; what lies between the first and the last is sorted."""
        keys = [_key(item) for item in (*gone, *fresh)]
        if not keys:
            return
        lowest, highest = min(keys), max(keys)
        first, at = self._place(lowest)
        last = max(bisect_right(self._firsts, highest) - 1, 0)
        items = [*chain.from_iterable(self._parts[first : last + 1])]
        until = bisect_right(items, highest, at, key=_key)
        out = {item.uid for item in gone}
        between = [item for item in items[at:until] if item.uid not in out]
        items[at:until] = sorted([*between, *fresh], key=_key)
        self._put(first, last + 1, _cut(items))

    def go_on(self, items: Sequence[Highlight]) -> None:
        """Add highlights that stand behind all others, in order."""
        if not self._parts or len(self._parts[-1]) + len(items) > PART:
            self._parts.append([])
            self._firsts.append(_key(items[0]))
        self._parts[-1].extend(items)
        self._numbers = None

    def _put(self, first: int, last: int, parts: list[list[Highlight]]) -> None:
        """Put parts in the place of others."""
        self._parts[first:last] = parts
        self._firsts[first:last] = [_key(items[0]) for items in parts]
        self._numbers = None


def _cut(items: list[Highlight]) -> list[list[Highlight]]:
    """Return the parts of a long list."""
    return [items[at : at + PART] for at in range(0, len(items), PART)]


class HighlightIndex:
    """Highlights in document order, with overlap queries that do not grow with their number."""

    def __init__(self, highlights: Iterable[Highlight] = ()) -> None:
        self._by_uid: dict[str, Highlight] = {}
        self._ordered = _Ordered()
        self._classes: dict[int, _Ordered] = {}
        self.edition = 0
        """Grows with each change."""
        self.extend(highlights)

    def __len__(self) -> int:
        return len(self._ordered)

    def __iter__(self) -> Iterator[Highlight]:
        return iter(self._ordered)

    def __getitem__(self, position: int) -> Highlight:
        return self._ordered[position]

    def get(self, uid: str) -> Highlight | None:
        """Return the highlight of that uid, or None."""
        return self._by_uid.get(uid)

    def known(self, uids: Set[str]) -> set[str]:
        """Return those of some uids of which there is a highlight."""
        return self._by_uid.keys() & uids

    def extend(self, highlights: Iterable[Highlight]) -> None:
        """Add many at once; cheaper than one by one. A uid already there is replaced."""
        fresh = [item for item in highlights if item.uid not in self._by_uid]
        self.edition += 1
        self._by_uid.update((item.uid, item) for item in fresh)
        self._exchange((), fresh)

    def put(self, highlight: Highlight) -> None:
        """Add a highlight, or put it in the place of the one with its uid."""
        old = self._by_uid.get(highlight.uid)
        same_place = old is not None and _key(old) == _key(highlight)
        if not same_place:
            self.discard(highlight.uid)
        self.edition += 1
        self._by_uid[highlight.uid] = highlight
        for items in (self._ordered, self._like(highlight)):
            if old is not None and same_place:
                items.replace(old, highlight)
            else:
                items.add(highlight)

    def _like(self, highlight: Highlight) -> _Ordered:
        """Return the highlights of its length's class."""
        return self._classes.setdefault(length_class(highlight.end - highlight.start), _Ordered())

    def put_all(self, changed: Mapping[str, Highlight | None]) -> None:
        """Put many at once, by uid; None removes.

        It costs as much as sorting what lies between the first and the last of them.
        """
        self.edition += 1
        gone = [old for uid in changed if (old := self._by_uid.pop(uid, None))]
        fresh = [item for item in changed.values() if item]
        self._by_uid.update((item.uid, item) for item in fresh)
        self._exchange(gone, fresh)

    def _exchange(self, gone: Sequence[Highlight], fresh: Sequence[Highlight]) -> None:
        self._ordered.exchange(gone, fresh)
        out, into = _by_class(gone), _by_class(fresh)
        for number in out.keys() | into.keys():
            items = self._classes.setdefault(number, _Ordered())
            items.exchange(out.get(number, ()), into.get(number, ()))

    def put_in_steps(
        self, changed: Mapping[str, Highlight | None]
    ) -> Generator[None, None, Mapping[str, Highlight]]:
        """Do what :meth:`put_all` does, with a pause now and then.

        Nothing of it is seen before the end, when all of it is there at once. If something else was
        put meanwhile, it begins anew.

        Returns:
            What was there before, by uid.
        """
        while True:
            edition, made = self.edition, HighlightIndex()
            yield from made._make_of(self, changed)
            if edition == self.edition:
                break
        before = self._by_uid
        self._by_uid, self._ordered, self._classes = made._by_uid, made._ordered, made._classes
        self.edition += 1
        return before

    def _make_of(
        self, other: HighlightIndex, changed: Mapping[str, Highlight | None]
    ) -> Iterator[None]:
        """Become another index with some highlights put into it."""
        self._by_uid = other._by_uid.copy()
        kept: list[Highlight] = []
        for part in in_parts(other._ordered.copy()):
            kept.extend(item for item in part if item.uid not in changed)
            yield
        runs: list[list[Highlight]] = []
        for uids in in_parts(changed):
            for uid in uids:
                item = changed[uid]
                if item is None:
                    self._by_uid.pop(uid, None)
                else:
                    self._by_uid[uid] = item
            _add_run(runs, sorted(filter(None, map(changed.get, uids)), key=_key))
            yield
        for part in in_parts(merge(kept, *runs, key=_key)):
            self._ordered.go_on(part)
            for number, items in _by_class(part).items():
                self._classes.setdefault(number, _Ordered()).go_on(items)
            yield

    def discard(self, uid: str) -> None:
        """Remove the highlight of that uid, if it is there."""
        old = self._by_uid.pop(uid, None)
        if old is None:
            return
        self.edition += 1
        self._ordered.remove(old)
        self._like(old).remove(old)

    def position(self, uid: str) -> int | None:
        """Return the position of a highlight in document order, or None."""
        item = self._by_uid.get(uid)
        return None if item is None else self._ordered.position(_key(item))

    def position_from(self, offset: int) -> int:
        """Return the position of the first highlight that starts at or after an offset."""
        return self._ordered.before(offset)

    def overlapping(self, start: int, end: int) -> list[Highlight]:
        """Return the highlights that share a character with a stretch, in document order."""
        found: list[Highlight] = []
        for number, items in self._classes.items():
            near = items.starting(start - class_reach(number), end)
            found.extend([item for item in near if item.end > start])
        found.sort(key=_key)
        return found

    def with_span(self, start: int, end: int) -> Highlight | None:
        """Return the oldest highlight of exactly this stretch, or None."""
        found = self._ordered.first_from((start, end, ""))
        return found if found is not None and found.span == (start, end) else None


def _by_class(highlights: Iterable[Highlight]) -> dict[int, list[Highlight]]:
    """Return highlights by the classes of their lengths."""
    found: dict[int, list[Highlight]] = {}
    for item in highlights:
        found.setdefault(length_class(item.end - item.start), []).append(item)
    return found


def _add_run(runs: list[list[Highlight]], run: list[Highlight]) -> None:
    """Add sorted highlights to the sorted runs; they go on with the last one where they can."""
    if runs and run and _key(runs[-1][-1]) < _key(run[0]):
        runs[-1].extend(run)
    elif run:
        runs.append(run)
