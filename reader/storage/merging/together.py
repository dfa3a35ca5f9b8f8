"""Works out what highlights that were joined say together, of one thing: a facet, who said it.

It is what the highlights say on their own, the later over the earlier, whatever the joinings knew
of it when they carried it over: what comes in late counts as if it had been known. So the order in
which libraries meet makes no difference, nor how many highlights are joined. What was said of the
highlight that stays after a joining was said by somebody who saw what it had carried over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from reader.domain.operation import Operation
from reader.domain.records import dataclass
from reader.storage.merging.past import JOINS, Past, deletion, plain, removes, saw
from reader.storage.standing import given, own

Says = dict[str, Any]
"""What is said of one thing, by field, as operations hold it."""

Fold = Callable[[Says, Mapping[str, Any]], Says]
"""Says what an earlier and a later saying give together."""


@dataclass(slots=True)
class _Said:
    """What was said of one thing of one highlight, but for what joinings carried there.

    Attributes:
        clock: When last; empty if never, or if that was taken back.
        live: Whether it is there, and was not taken off.
        saw: Whether whoever said it saw what was carried there before.
        fields: What it says.
        joinings: Clock and group of the joinings that knew it when they carried it over.
        groups: All joinings that did something to it.
    """

    clock: str = ""
    live: bool = False
    saw: bool = True
    fields: Says = field(default_factory=dict)
    joinings: list[tuple[str, str]] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the log says of a highlight that was joined into another one.

    Attributes:
        groups: The joinings in which it went, or by which something of it was carried later.
        older: Clock and group of those that an earlier version wrote: what they carried over is
            only known by their clock.
        deleted: When somebody deleted it; empty if nobody did.
    """

    groups: set[str]
    older: list[tuple[str, str]]
    deleted: str


class Together:
    """What some highlights say together, the first of which stays.

    Args:
        past: State and log of the library.
        others: The uids of the highlights that were joined into it, or are now.
    """

    def __init__(self, past: Past, others: Sequence[str]) -> None:
        self._past, self.others = past, others
        operations = past.operations(others)
        self._marks = {uid: _mark(operations[uid]) for uid in others}

    def says(self, uids: Sequence[str], fold: Fold) -> Says | None:
        """Return what they say of one thing; None if nothing of that is to be there.

        Args:
            uids: What it is called: on the highlight that stays, then on each of the others.
            fold: Says what an earlier and a later saying give together.
        """
        operations = self._past.operations(uids)
        kept = _said(operations[uids[0]])
        others = [
            self._of_other(operations[uid], mark)
            for uid, mark in zip(uids[1:], self._marks.values(), strict=True)
        ]
        counts = [said for said in others if said.live and not _is_superseded(said, kept, others)]
        counts += self._from_elsewhere(operations[uids[0]], kept)
        counts += [kept] if kept.live else []
        counts.sort(key=lambda said: said.clock)
        together: Says | None = None
        for said in counts:
            together = said.fields if together is None else fold(together, said.fields)
        return together

    def _of_other(self, operations: Sequence[Operation], mark: _Mark) -> _Said:
        said = _said(operations)
        said.joinings += [joining for joining in mark.older if joining[0] > said.clock]
        if said.clock < mark.deleted:
            said.live, said.clock = False, mark.deleted
        return said

    def _from_elsewhere(self, operations: Sequence[Operation], kept: _Said) -> Iterator[_Said]:
        """Yield what was carried over from highlights that are on other words by now."""
        known = set[str]().union(*(mark.groups for mark in self._marks.values()))
        for op in own(operations):
            carried = op.kind in JOINS and not removes(op) and op.clock > kept.clock
            if carried and op.group_uid not in known:
                yield _Said(op.clock, live=True, fields=dict(op.patch))


def _said(operations: Sequence[Operation]) -> _Said:
    """Return what was said of one thing, of all that was done to it, oldest first."""
    stands = own(operations)
    said = [op for op in stands if op.kind not in JOINS]
    joined = [op for op in stands if op.kind in JOINS]
    groups = {op.group_uid for op in joined}
    if not said:
        return _Said(groups=groups)
    last = said[-1]
    at = stands.index(last)
    fields = given([op for op in stands[: at + 1] if not removes(op)]).fields
    joinings = [
        (op.clock, op.group_uid) for op in joined
        if removes(op) and op.clock > last.clock and _names(op, fields)
    ]  # fmt: skip
    live = not last.patch.get("deleted_at")
    return _Said(last.clock, live, saw(last, stands[:at]), fields, joinings, groups)


def _names(op: Operation, fields: Mapping[str, Any]) -> bool:
    """Whether what removes something knew what it says."""
    before = op.before or {}
    return all(plain(before.get(name, value)) == plain(value) for name, value in fields.items())


def _mark(operations: Sequence[Operation]) -> _Mark:
    joined = [op for op in operations if op.kind in JOINS]
    older = [
        (op.clock, op.group_uid) for op in joined
        if removes(op) and "note" not in (op.before or {})
    ]  # fmt: skip
    gone = deletion(operations)
    return _Mark({op.group_uid for op in joined}, older, gone.clock if gone else "")


def _is_superseded(said: _Said, kept: _Said, others: Sequence[_Said]) -> bool:
    """Whether somebody said something else who saw it where it had been carried to."""
    return any(
        said.clock < joined < after.clock and after.saw and (after is kept or group in after.groups)
        for joined, group in said.joinings
        for after in (kept, *others)
    )
