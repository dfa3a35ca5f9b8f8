"""Highlights and the judgements on them: what a reader has said of a stretch of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.domain.uids import derived_uid

STEP = 256
"""So many highlights of very many are worked on at a time, between two keys."""

CONTEXT = 32
"""Characters of the text kept on each side of a highlight, to find it again."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a highlight and of its surroundings."""

    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Anchor:
        """Return the anchor of a stretch of canonical text."""
        return cls(text[start:end], *around(text, start, end))


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a stretch of canonical text: prefix and suffix."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


class Fate(StrEnum):
    """How a highlight came to the version that it is on; one that was made on it has none."""

    KEPT = "kept"
    """The same words in the same place."""
    REWORDED = "reworded"
    """The same place, but its words were changed."""
    MOVED = "moved"
    """Its words stand elsewhere now."""
    CHECK = "check"
    """What was found may be another statement: a person has to look."""
    CONFIRMED = "confirmed"
    """A person has looked, and it stands where it should."""
    ORPHANED = "orphaned"
    """It was not found again, and stays on the version that it was on."""


UNCONFIRMED = frozenset({Fate.REWORDED, Fate.MOVED, Fate.CHECK})
"""What is marked until a person has confirmed it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The place of a highlight in the version from which it was carried over.

    Attributes:
        version_uid: That version.
        start: First code point in it.
        end: One past the last one.
        extra_spans: Further stretches.
        exact: Its words there.
        prefix: What stood before them.
        suffix: What stood behind them.
    """

    version_uid: str
    start: int
    end: int
    extra_spans: tuple[Span, ...]
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A tag from a codebook on a highlight.

    Attributes:
        uid: Derived from target, codebook and facet, see :func:`judgement_uid`.
        codebook: Id of the codebook.
        codebook_version: Its version.
        facet: Id of the facet.
        code: The tag's code.
        confidence: ``low``, ``moderate``, ``high`` or None.
        likelihood: Per cent, 0-100, or None.
        reason: Why, or None.
        rev: Number of operations on it so far.
        because: Uids of the evidence that it was given because of.
    """

    uid: str
    codebook: str
    codebook_version: int
    facet: str
    code: str
    confidence: str | None = None
    likelihood: int | None = None
    reason: str | None = None
    rev: int = 1
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked stretch of a version, with its live judgements.

    Attributes:
        uid: Random (version 7), leaves the database.
        version_uid: The article version it points into.
        annotator_uid: Whose it is.
        start: First code point.
        end: One past the last code point.
        extra_spans: Further stretches, for a quotation split by "he said".
        note: Free text or None.
        flag: Marked to check later.
        implicit: Made by a tag or a note, and gone with the last of them.
        origin: ``manual``, ``import:<format>`` or ``suggestion:…``.
        created_at: UTC, ISO 8601 with milliseconds and ``Z``.
        updated_at: The same, of the newest operation on it or its judgements.
        rev: Number of operations on it so far.
        judgements: Live judgements, ordered by codebook, facet, code.
        fate: How it came to its version; None if it was made on it.
        was: Where it was before that, or None.
    """

    uid: str
    version_uid: str
    annotator_uid: str
    start: int
    end: int
    extra_spans: tuple[Span, ...] = ()
    note: str | None = None
    flag: bool = False
    implicit: bool = True
    origin: str = "manual"
    created_at: str = ""
    updated_at: str = ""
    rev: int = 1
    judgements: tuple[Judgement, ...] = field(default=())
    fate: Fate | None = None
    was: Earlier | None = None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a person has to look at how it was carried over."""
        return self.fate in UNCONFIRMED

    @property
    def span(self) -> Span:
        """The main stretch."""
        return Span(self.start, self.end)

    def judgement(self, codebook: str, facet: str) -> Judgement | None:
        """Return the first live judgement of a facet, or None."""
        return next(iter(self.judgements_of(codebook, facet)), None)

    def judgements_of(self, codebook: str, facet: str) -> list[Judgement]:
        """Return the live judgements of a facet (several where it takes many)."""
        return [j for j in self.judgements if j.codebook == codebook and j.facet == facet]


@lru_cache(maxsize=16)
def judgement_uid(target_uid: str, codebook: str, facet: str, code: str | None) -> str:
    """Return the id under which a judgement meets itself after a merge.

    Args:
        target_uid: The highlight's uid.
        codebook: The codebook's id (not its version).
        facet: The facet's id.
        code: The tag's code if the facet takes many tags, else None.
    """
    return named_judgement_uid(target_uid, judgement_name(codebook, facet, code))


def judgement_name(codebook: str, facet: str, code: str | None) -> str:
    """Return what tells a judgement from others of a target; see :func:`judgement_uid`."""
    return f"{codebook}\n{facet}" if code is None else f"{codebook}\n{facet}\n{code}"


def named_judgement_uid(target_uid: str, name: str) -> str:
    """Return the id of a judgement of which the name was worked out already."""
    return derived_uid(f"judgement\n{target_uid}\n{name}")


def length_class(length: int) -> int:
    """Return the class of a span's length: spans of one class are at most 16 times as long.

    Class ``c`` holds lengths up to ``16 ** (c + 2)``. An overlap query looks, in each class, only
    so far to the left as that class is long; a few document-long spans then cost nothing.
    """
    return max(0, (max(length, 1) - 1).bit_length() + 3 - 8) // 4


def class_reach(number: int) -> int:
    """Return the greatest length that :func:`length_class` puts into a class."""
    return int(16 ** (number + 2))


_order = attrgetter("start", "end", "uid")


class HighlightIndex:
    """Highlights in document order, with overlap queries that do not grow with their number."""

    def __init__(self, highlights: Iterable[Highlight] = ()) -> None:
        self._by_uid: dict[str, Highlight] = {}
        self._ordered: list[Highlight] = []
        self._classes: dict[int, list[Highlight]] = {}
        self._edition = 0
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
        self._edition += 1
        self._by_uid.update((item.uid, item) for item in fresh)
        _exchange(self._ordered, (), fresh)
        by_class: dict[int, list[Highlight]] = {}
        for item in fresh:
            by_class.setdefault(length_class(item.end - item.start), []).append(item)
        for number, items in by_class.items():
            _exchange(self._classes.setdefault(number, []), (), items)

    def put(self, highlight: Highlight) -> None:
        """Add a highlight, or put it in the place of the one with its uid."""
        old = self._by_uid.get(highlight.uid)
        if old is not None and _order(old) == _order(highlight):
            self._replace(old, highlight)
            return
        self.discard(highlight.uid)
        self._edition += 1
        self._by_uid[highlight.uid] = highlight
        insort(self._ordered, highlight, key=_order)
        number = length_class(highlight.end - highlight.start)
        insort(self._classes.setdefault(number, []), highlight, key=_order)

    def _replace(self, old: Highlight, new: Highlight) -> None:
        """Put a highlight in the place of another one that stands where it stands.

        To remove one and add the other would move all that stand behind it, twice.
        """
        self._edition += 1
        self._by_uid[new.uid] = new
        for items in (self._ordered, self._classes[length_class(old.end - old.start)]):
            items[bisect_left(items, _order(old), key=_order)] = new

    def put_all(self, changed: Mapping[str, Highlight | None]) -> None:
        """Put many at once, by uid; None removes.

        It costs as much as sorting what lies between the first and the last of them.
        """
        self._edition += 1
        gone = [old for uid in changed if (old := self._by_uid.pop(uid, None))]
        fresh = [item for item in changed.values() if item]
        self._by_uid.update((item.uid, item) for item in fresh)
        _exchange(self._ordered, gone, fresh)
        by_class: dict[int, tuple[list[Highlight], list[Highlight]]] = {}
        for items, which in ((gone, 0), (fresh, 1)):
            for item in items:
                number = length_class(item.end - item.start)
                by_class.setdefault(number, ([], []))[which].append(item)
        for number, (out, into) in by_class.items():
            _exchange(self._classes.setdefault(number, []), out, into)

    def put_in_steps(
        self, changed: Mapping[str, Highlight | None]
    ) -> Generator[None, None, Mapping[str, Highlight]]:
        """Do what :meth:`put_all` does, with a pause after each `STEP` highlights.

        Nothing of it is seen before the end, when all of it is there at once. If something else was
        put meanwhile, it begins anew.

        Returns:
            What was there before, by uid.
        """
        while True:
            edition, made = self._edition, HighlightIndex()
            yield from made._make_of(self, changed)
            if edition == self._edition:
                break
        before = self._by_uid
        self._by_uid, self._ordered, self._classes = made._by_uid, made._ordered, made._classes
        self._edition += 1
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
            _add_run(runs, sorted(filter(None, map(changed.get, uids)), key=_order))
            yield
        for part in in_parts(merge(kept, *runs, key=_order)):
            self._ordered.extend(part)
            for item in part:
                self._classes.setdefault(length_class(item.end - item.start), []).append(item)
            yield

    def discard(self, uid: str) -> None:
        """Remove the highlight of that uid, if it is there."""
        old = self._by_uid.pop(uid, None)
        if old is None:
            return
        self._edition += 1
        del self._ordered[bisect_left(self._ordered, _order(old), key=_order)]
        same = self._classes[length_class(old.end - old.start)]
        del same[bisect_left(same, _order(old), key=_order)]

    def position(self, uid: str) -> int | None:
        """Return the position of a highlight in document order, or None."""
        item = self._by_uid.get(uid)
        return None if item is None else bisect_left(self._ordered, _order(item), key=_order)

    def position_from(self, offset: int) -> int:
        """Return the position of the first highlight that starts at or after an offset."""
        return bisect_left(self._ordered, offset, key=lambda item: item.start)

    def overlapping(self, start: int, end: int) -> list[Highlight]:
        """Return the highlights that share a character with a stretch, in document order."""
        found: list[Highlight] = []
        for number, items in self._classes.items():
            first = bisect_left(items, start - class_reach(number), key=lambda item: item.start)
            for position in range(first, len(items)):
                item = items[position]
                if item.start >= end:
                    break
                if item.end > start:
                    found.append(item)
        found.sort(key=_order)
        return found

    def with_span(self, start: int, end: int) -> Highlight | None:
        """Return the oldest highlight of exactly this stretch, or None."""
        first = bisect_left(self._ordered, (start, end, ""), key=_order)
        if first < len(self._ordered) and self._ordered[first].span == (start, end):
            return self._ordered[first]
        return None


Item = TypeVar("Item")


def in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what there is in lists of `STEP`."""
    left = iter(items)
    while part := list(islice(left, STEP)):
        yield part


def _exchange(
    ordered: list[Highlight], gone: Sequence[Highlight], fresh: Sequence[Highlight]
) -> None:
    """Take highlights out of an ordered list, and put others in."""
    keys = [_order(item) for item in (*gone, *fresh)]
    if not keys:
        return
    first = bisect_left(ordered, min(keys), key=_order)
    last = bisect_right(ordered, max(keys), key=_order)
    out = {item.uid for item in gone}
    part = [item for item in ordered[first:last] if item.uid not in out]
    part.extend(fresh)
    part.sort(key=_order)
    ordered[first:last] = part


def _add_run(runs: list[list[Highlight]], run: list[Highlight]) -> None:
    """Add sorted highlights to the sorted runs; they go on with the last one where they can."""
    if runs and run and _order(runs[-1][-1]) < _order(run[0]):
        runs[-1].extend(run)
    elif run:
        runs.append(run)
