"""An annotator's highlights on an article in document order: a key costs no more with very many."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from heapq import merge

from reader.domain.highlight import Highlight, in_parts
from reader.domain.ordered_highlights import OrderedHighlights, key_of


def length_class(length: int) -> int:
    """Return the class of a span's length: spans of one class are at most 16 times as long.

    Class ``c`` holds lengths up to ``16 ** (c + 2)``. An overlap query looks, in each class, only
    so far to the left as that class is long; a few document-long spans then cost nothing.
    """
    return max(0, (max(length, 1) - 1).bit_length() + 3 - 8) // 4


def class_reach(number: int) -> int:
    """Return the greatest length that :func:`length_class` puts into a class."""
    return int(16 ** (number + 2))


class HighlightIndex:
    """Highlights in document order, with overlap queries that do not grow with their number."""

    def __init__(self, highlights: Iterable[Highlight] = ()) -> None:
        self._by_uid: dict[str, Highlight] = {}
        self._ordered = OrderedHighlights()
        self._classes: dict[int, OrderedHighlights] = {}
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
        same_place = old is not None and key_of(old) == key_of(highlight)
        if not same_place:
            self.discard(highlight.uid)
        self.edition += 1
        self._by_uid[highlight.uid] = highlight
        for items in (self._ordered, self._like(highlight)):
            if old is not None and same_place:
                items.replace(old, highlight)
            else:
                items.add(highlight)

    def _like(self, highlight: Highlight) -> OrderedHighlights:
        """Return the highlights of its length's class."""
        return self._classes.setdefault(
            length_class(highlight.end - highlight.start), OrderedHighlights()
        )

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
            items = self._classes.setdefault(number, OrderedHighlights())
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
            _add_run(runs, sorted(filter(None, map(changed.get, uids)), key=key_of))
            yield
        for part in in_parts(merge(kept, *runs, key=key_of)):
            self._ordered.go_on(part)
            for number, items in _by_class(part).items():
                self._classes.setdefault(number, OrderedHighlights()).go_on(items)
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
        return None if item is None else self._ordered.position(key_of(item))

    def position_from(self, offset: int) -> int:
        """Return the position of the first highlight that starts at or after an offset."""
        return self._ordered.before(offset)

    def overlapping(self, start: int, end: int) -> list[Highlight]:
        """Return the highlights that share a character with a stretch, in document order."""
        found: list[Highlight] = []
        for number, items in self._classes.items():
            near = items.starting(start - class_reach(number), end)
            found.extend([item for item in near if item.end > start])
        found.sort(key=key_of)
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
    if runs and run and key_of(runs[-1][-1]) < key_of(run[0]):
        runs[-1].extend(run)
    elif run:
        runs.append(run)
