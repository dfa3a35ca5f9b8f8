"""The log's arithmetic: changes, groups, their inverse, and the clock that orders them.

Every user action is one group of changes. A change says which fields of which entity get which
values, and which they had. State is what applying all changes in clock order gives.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from reader.domain.codebook import Codebook
from reader.domain.records import dataclass

SCHEMA = 1
"""Version of the operations' own format, stored with each."""

Fields = Mapping[str, Any]
"""Field names and JSON values."""

NOT_UNDONE = frozenset({"capture", "annotator", "settle"})
"""Kinds of group that undo passes over: an article is archived, not un-captured, and what was
carried over to the current version follows from which version that is."""

IMPORTED = "import from CSV"
"""What an import is in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """New values for some fields of one entity.

    Attributes:
        entity: ``annotator``, ``article``, ``block``, ``highlight``, ``judgement``,
            ``article_note`` or ``label``.
        uid: The entity's uid.
        patch: New values of the fields that change.
        before: Their old values; None if the change makes the entity.
        knows: What whoever removes the entity has seen on it, to be refused if something else is
            there by now; not kept in the log.
    """

    entity: str
    uid: str
    patch: Fields
    before: Fields | None = None
    knows: Fields | None = None

    def inverse(self, at: str) -> Change:
        """Return the change that takes this one back; ``at`` dates the removal of what it made.

        ``before`` of the result holds every field that was set, so that the inverse of the inverse
        brings all of them back, whatever happened to the entity while it was gone.
        """
        if self.before is None:
            return Change(
                self.entity, self.uid, {"deleted_at": at}, {**self.patch, "deleted_at": None}
            )
        return Change(self.entity, self.uid, dict(self.before), dict(self.patch))


@dataclass(frozen=True, slots=True)
class Group:
    """One user action.

    Attributes:
        kind: The action: ``tag``, ``untag``, ``note``, ``delete``, ``capture``, ``undo`` …
        actor: Uid of the annotator who acts.
        article_uid: The article it belongs to, or None for the library's own.
        changes: What it changes, in order; an entity occurs at most once.
        undoes: Uid of the group that this one takes back.
        summary: A few words for messages: ``+ plausible``.
        codebook: The codebook a judgement in it is from, to be kept with the first use.
        uid: Random, ordered by time.
    """

    kind: str
    actor: str
    article_uid: str | None
    changes: tuple[Change, ...]
    undoes: str | None = None
    summary: str = ""
    codebook: Codebook | None = None
    uid: str = ""

    def __post_init__(self) -> None:
        if not self.uid:
            object.__setattr__(self, "uid", new_uid())


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the log."""

    uid: str
    group_uid: str
    article_uid: str | None
    clock: str
    actor: str
    device: str
    kind: str
    entity: str
    entity_uid: str
    patch: Fields
    before: Fields | None
    undoes: str | None
    summary: str = ""
    schema: int = SCHEMA

    @property
    def at(self) -> str:
        """When it happened, from its clock."""
        return clock_time(self.clock)


def free_in_parts(held: list[Any]) -> None:
    """Empty a list whose objects nobody else has: to free them at once holds up all threads."""
    while held:
        del held[-1000:]


def inverse(changes: Sequence[Change], at: str) -> tuple[Change, ...]:
    """Return the changes that take a group back, last first."""
    return tuple(change.inverse(at) for change in reversed(changes))


# ---------------------------------------------------------------------- time and ids

TICKS = 100_000
"""Values of the clock within a millisecond."""


def tick(last: str | None, device: str, now_ms: int) -> str:
    """Return the next value of the hybrid logical clock: later than ``last``, whatever the time.

    Shape: ``milliseconds(15 digits)-counter(5 digits)-device``, which sorts as text. (Kulkarni et
    al., "Logical Physical Clocks", 2014.)
    """
    last_ms, counter = (int(part) for part in last.split("-")[:2]) if last else (0, -1)
    if now_ms > last_ms:
        return f"{now_ms:015d}-{0:05d}-{device}"
    if counter >= TICKS - 1:
        return f"{last_ms + 1:015d}-{0:05d}-{device}"
    return f"{last_ms:015d}-{counter + 1:05d}-{device}"


def ticks(last: str | None, device: str, now_ms: int) -> Iterator[tuple[str, str]]:
    """Yield one value of the clock after the other, as :func:`tick` gives them, with its time."""
    clock = tick(last, device, now_ms)
    ms, counter = (int(part) for part in clock.split("-")[:2])
    while True:
        at, head = iso_time(ms), f"{ms:015d}-"
        for number in range(counter, TICKS):
            yield f"{head}{number:05d}-{device}", at
        ms, counter = ms + 1, 0


def ticks_at_once(last: str | None, device: str, now_ms: int, count: int) -> tuple[list[str], str]:
    """Return so many values of the clock, all of one millisecond, and its time.

    Args:
        last: The newest value so far; what comes is later.
        device: Of the log.
        now_ms: Milliseconds since 1970.
        count: How many; at most :data:`TICKS`.
    """
    ms, counter = (int(part) for part in tick(last, device, now_ms).split("-")[:2])
    if counter + count > TICKS:
        ms, counter = ms + 1, 0
    head = f"{ms:015d}-"
    return [f"{head}{number:05d}-{device}" for number in range(counter, counter + count)], iso_time(
        ms
    )


def clock_time(clock: str) -> str:
    """Return the time of a clock value as UTC ISO 8601 with milliseconds and ``Z``."""
    return iso_time(int(clock[:15]))


def iso_time(ms: int) -> str:
    """Return milliseconds since 1970 as UTC ISO 8601 with milliseconds and ``Z``."""
    return f"{_iso_second(ms // 1000)}.{ms % 1000:03d}Z"


@lru_cache(maxsize=8)
def _iso_second(seconds: int) -> str:
    """Return a second as text; one is asked for many times while it lasts."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"


def now_ms() -> int:
    """Return milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def now() -> str:
    """Return the present time as UTC ISO 8601 with milliseconds and ``Z``."""
    return iso_time(now_ms())


def new_uid() -> str:
    """Return a random id that sorts by time: UUID version 7 (RFC 9562, section 5.7)."""
    value = (now_ms() & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    written = f"{value:032x}"
    return "-".join((written[:8], written[8:12], written[12:16], written[16:20], written[20:]))


def new_uids(count: int) -> list[str]:
    """Return so many random ids at once, in order, each of the kind that :func:`new_uid` makes.

    They count in the twelve bits behind the time, and the time goes on when these are used up
    (RFC 9562, section 6.2, methods 1 and 4): an index of them then grows at its end only. What is
    random behind them is drawn once for those that count together.
    """
    begun = now_ms()
    uids: list[str] = []
    for first in range(0, count, len(_counted())):
        head, tail = _around(begun)
        begun += 1
        uids += [f"{head}{number}{tail}" for number in _counted()[: count - first]]
    return uids


def _around(ms: int) -> tuple[str, str]:
    """Return what stands before and behind the twelve bits in which ids count."""
    uid = f"{ms & (2**48 - 1):012x}"
    drawn = f"{0x2 << 62 | int.from_bytes(os.urandom(8), 'big') >> 2:016x}"
    return f"{uid[:8]}-{uid[8:]}-7", f"-{drawn[:4]}-{drawn[4:]}"


@lru_cache(maxsize=1)
def _counted() -> list[str]:
    """Return all numbers of twelve bits, in hexadecimal digits."""
    return [f"{number:03x}" for number in range(2**12)]
