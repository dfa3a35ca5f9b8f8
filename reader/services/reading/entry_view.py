"""Which highlights the panel lists, and in which order: kept right by every change.

A view is made in slices, so that 100,000 highlights hold up no key; afterwards each change costs
the search for one place in it.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from heapq import merge
from typing import Any

from reader.domain.codebook import Facet
from reader.domain.finding.filters import Test
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.services.annotating.annotations import Annotations, Changed

_RUN = 1024
"""Highlights that are sorted at a time."""

_MANY = 256
"""Changes from which on it costs less to make the view anew."""

Key = tuple[Any, ...]
"""What a highlight is ordered by; ends with start, end and uid, so that no two are the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the panel's list.

    Attributes:
        id: Its name.
        title: How it is called in the panel's head.
        by_tag: Whether it depends on the facet that is active.
    """

    id: str
    title: str
    by_tag: bool = False


ORDERS: tuple[Order, ...] = (
    Order("document", "document order"),
    Order("tag", "by tag", by_tag=True),
    Order("newest", "newest change first"),
    Order("longest", "longest first"),
)
"""The orders, as the key goes through them; the first is the usual one."""


def order_key(order: Order, codebook: str, facet: Facet) -> Callable[[Highlight], Key]:
    """Return what a highlight is ordered by.

    Args:
        order: The order.
        codebook: Id of the active codebook.
        facet: Its active facet, whose tags make an order in the order of their keys.
    """
    places = {tag.code: number for number, tag in enumerate(facet.tags)}

    def tag(item: Highlight) -> int:
        found = (places.get(j.code, len(places)) for j in item.judgements_of(codebook, facet.id))
        return min(found, default=len(places) + 1)

    first: dict[str, Callable[[Highlight], int]] = {
        "tag": tag,
        "newest": lambda item: -_digits(item.updated_at),
        "longest": lambda item: item.start - item.end,
    }
    of = first.get(order.id)
    if of is None:
        return lambda item: (item.start, item.end, item.uid)
    return lambda item: (of(item), item.start, item.end, item.uid)


def _digits(at: str) -> int:
    """Return an ISO time as a number that grows with it."""
    return int("".join(filter(str.isdecimal, at)) or "0")


class EntryView:
    """The highlights that fit a filter, in an order.

    Watch the annotations with :meth:`changed`. Call :meth:`work_for` until it says that nothing is
    left; before that, :attr:`ready` is False and what is listed is what was known before.

    Args:
        annotations: All highlights.
        test: Whether a highlight is listed; None lists all.
        order: The order.
        codebook: Id of the active codebook.
        facet: Its active facet.
        others: Highlights of other annotators that are looked through as well, as they are now.
    """

    def __init__(
        self,
        annotations: Annotations,
        test: Test[Highlight] | None,
        order: Order,
        codebook: str,
        facet: Facet,
        others: Sequence[Highlight] = (),
    ) -> None:
        self._index = annotations.index
        self._others = others
        self._test = test
        self._order = order
        self._key = order_key(order, codebook, facet)
        self._keys: list[Key] = []
        self._listed: list[Highlight] = []
        self._key_of: dict[str, Key] = {}
        self._begin()

    # ------------------------------------------------------------------ the list

    def __len__(self) -> int:
        return len(self._listed)

    def __contains__(self, uid: object) -> bool:
        return uid in self._key_of

    def known(self, uids: Set[str]) -> set[str]:
        """Return those of some uids that are listed."""
        return self._key_of.keys() & uids

    def __getitem__(self, position: int) -> Highlight:
        return self._listed[position]

    def position(self, uid: str) -> int | None:
        """Return where a highlight stands in the list, or None if it is not in it."""
        key = self._key_of.get(uid)
        return None if key is None else bisect_left(self._keys, key)

    def nearest(self, offset: int) -> int:
        """Return where the first highlight from an offset on stands; 0 in any other order."""
        if self._order.id != "document":
            return 0
        return max(min(bisect_left(self._keys, (offset,)), len(self._keys) - 1), 0)

    # ------------------------------------------------------------------ making it

    @property
    def ready(self) -> bool:
        """Whether the list is what it should be."""
        return self._work is None

    def _begin(self) -> None:
        self._dirty: set[str] = set()
        self._work: Iterator[None] | None = self._made()

    def work_for(self, seconds: float) -> bool:
        """Go on making the list for a while; False when it is ready."""
        until = time.perf_counter() + seconds
        while self._work is not None:
            if next(self._work, self) is self:
                self._work = None
                for uid in self._dirty:
                    self._put(uid, self._index.get(uid))
                self._dirty.clear()
            elif time.perf_counter() >= until:
                return self._work is not None
        return False

    def _made(self) -> Iterator[None]:
        """Make the list, with a pause now and then; at the end it takes the old one's place."""
        runs: list[list[tuple[Key, Highlight]]] = []
        everything = [*self._index, *self._others]
        for start in range(0, len(everything), _RUN):
            fitting = (item for item in everything[start : start + _RUN] if self._fits(item))
            runs.append(sorted((self._key(item), item) for item in fitting))
            yield
        keys: list[Key] = []
        listed: list[Highlight] = []
        for number, (key, item) in enumerate(merge(*runs)):
            keys.append(key)
            listed.append(item)
            if not number % _RUN:
                yield
        key_of: dict[str, Key] = {}
        for start in range(0, len(listed), 8 * _RUN):
            part = slice(start, start + 8 * _RUN)
            key_of.update(zip((item.uid for item in listed[part]), keys[part], strict=True))
            yield
        self._keys, self._listed, self._key_of = keys, listed, key_of

    def _fits(self, item: Highlight) -> bool:
        return self._test is None or self._test(item)

    # ------------------------------------------------------------------ changes

    def changed(self, changes: Sequence[Changed]) -> None:
        """Take in that highlights were made, changed or removed."""
        if len(changes) > _MANY:
            self._keep(self._index.get(item.uid) or item for item in self._listed)
            self._begin()
            return
        self._put_each(changes)

    def changed_in_steps(self, changes: Sequence[Changed]) -> Iterator[None]:
        """Take in very many changes, with pauses; the list is made anew after them."""
        old, keys, listed = self._listed, list[Key](), list[Highlight]()
        for start in range(0, len(old), _RUN):
            part = slice(start, start + _RUN)
            for key, item in zip(self._keys[part], old[part], strict=True):
                now = self._index.get(item.uid)
                if now is not None:
                    keys.append(key)
                    listed.append(now)
            yield
        if self._listed is old:  # else a new one came meanwhile, perhaps of what was before
            self._keys, self._listed = keys, listed
            self._key_of = dict(zip((item.uid for item in listed), keys, strict=True))
        self._begin()

    def _put_each(self, changes: Sequence[Changed]) -> None:
        for before, after in changes:
            either = after or before
            if either is not None:
                if not self.ready:
                    self._dirty.add(either.uid)
                self._put(either.uid, after)

    def _put(self, uid: str, after: Highlight | None) -> None:
        old = self._key_of.pop(uid, None)
        if old is not None:
            at = bisect_left(self._keys, old)
            if after is not None and self._key(after) == old and self._fits(after):
                self._key_of[uid], self._listed[at] = old, after
                return
            del self._keys[at], self._listed[at]
        if after is not None and self._fits(after):
            key = self._key_of[uid] = self._key(after)
            at = bisect_left(self._keys, key)
            self._keys.insert(at, key)
            self._listed.insert(at, after)

    def _keep(self, items: Iterable[Highlight]) -> None:
        """Go on with what is left of the list, each as it is now, until the new one is made."""
        now = [
            (key, item)
            for key, item in zip(self._keys, items, strict=True)
            if self._index.get(item.uid) is not None
        ]
        self._keys = [key for key, _ in now]
        self._listed = [item for _, item in now]
        self._key_of = {item.uid: key for key, item in now}
