"""Which of what is taken back others have done something to as well; see `standing`."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from reader.domain.operation import Operation

_ALL = """
    SELECT id, entity_uid, group_uid, kind, undoes, device FROM op
    WHERE entity_uid IN (SELECT value FROM json_each(?)) AND (undoes IS NULL OR patch <> '{}')
    ORDER BY clock, uid
"""

_NUMBERS = """
    SELECT id FROM operation WHERE entity_uid IN (SELECT value FROM json_each(?))
"""
_ENTITIES = """
    SELECT DISTINCT entity_uid FROM operation WHERE id IN (SELECT value FROM json_each(?))
"""
_BEGUN = """
    SELECT min(id), max(device <> ? OR kind = 'import') FROM operation WHERE group_uid = ?
"""
"""Where a group begins, and whether some of it was done on another device, or may be a copy."""

_PART = """
    SELECT head.until, head.group_uid, head.kind, head.undoes
    FROM operation AS own JOIN operation AS head ON head.id = own.part WHERE own.id = ?
"""
_UNDOES = "SELECT undoes FROM operation WHERE group_uid = ? LIMIT 1"


def also_of_others(
    connection: sqlite3.Connection, taken_back: Sequence[Operation], device: str
) -> set[str]:
    """Return the entities of which it has to be worked out what stands of them.

    Taking an operation back gives what was there before it, unless another action did something to
    the same entity of which the one who did it did not know: it came into this library later. What
    was done after it and taken back does not count. What one action did in two steps, such as a
    label that is written in another way, is worked out too.

    Args:
        connection: The writing connection.
        taken_back: Operations of one group.
        device: The device that this library is on.
    """
    group = taken_back[0].undoes or taken_back[0].group_uid
    times = Counter(op.entity_uid for op in taken_back)
    others = _numbers_of_others(connection, group, times)
    begun, elsewhere = connection.execute(_BEGUN, (device, group)).fetchone()
    if elsewhere == 0 and max(times.values()) == 1:
        # What others did before is what was there.
        others = [number for number in others if number > begun]
    return _found(connection, group, device, times, _entities(connection, others))


def touched_otherwise(connection: sqlite3.Connection, group: str, uids: Iterable[str]) -> list[str]:
    """Return the entities to which something was done that is not about a group, in any order.

    Args:
        connection: A connection to the library.
        group: The group.
        uids: The entities that are asked for.
    """
    return _entities(connection, _numbers_of_others(connection, group, uids))


def _numbers_of_others(
    connection: sqlite3.Connection, group: str, uids: Iterable[str]
) -> list[int]:
    """Return the numbers of what was done to entities and is not about a group.

    Of very many entities, only the numbers of what was done to them are read: they lie in an index.
    What all operations of a part have in common is asked for once.
    """
    rows = connection.execute(_NUMBERS, (json.dumps(list(uids)),))
    numbers = sorted(number for (number,) in rows)
    others: list[int] = []
    at = 0
    while at < len(numbers):
        until, about = _part_of(connection, numbers[at])
        end = bisect_right(numbers, until, at)
        if about != group:
            others += numbers[at:end]
        at = end
    return others


def _entities(connection: sqlite3.Connection, numbers: list[int]) -> list[str]:
    if not numbers:
        return []
    return [uid for (uid,) in connection.execute(_ENTITIES, (json.dumps(numbers),))]


def _part_of(connection: sqlite3.Connection, number: int) -> tuple[int, str]:
    """Return up to which number a part goes that an operation is in, and the group it is about."""
    until, *group = connection.execute(_PART, (number,)).fetchone()
    return until, root_of(connection, *group)


def root_of(connection: sqlite3.Connection, group: str, kind: str, undoes: str | None) -> str:
    """Return the group that a group is about: what it takes back or does again, or itself."""
    if kind == "redo":
        undone = connection.execute(_UNDOES, (undoes,)).fetchone()
        undoes = (undone and undone[0]) or undoes
    return undoes or group


def _found(
    connection: sqlite3.Connection,
    group: str,
    device: str,
    times: Counter[str],
    touched: list[str],
) -> set[str]:
    """Return which entities it has to be worked out for, of those that others have touched."""
    did: dict[str, int] = {}
    actions: dict[tuple[str, str], _Action] = {}
    about: dict[tuple[str, str], str] = {}
    for number, uid, own, kind, undoes, where in connection.execute(_ALL, (json.dumps(touched),)):
        root = undoes or own
        if kind == "redo":
            root = about.get((uid, root), root)
        about[uid, own] = root
        if root != group:
            action = actions.setdefault((uid, root), _Action(number))
            action.last, action.stands = max(action.last, number), kind != "undo"
        elif own == group and where == device and kind != "import":  # which may be a copy
            did[uid] = number
    return {
        uid for (uid, _), action in actions.items()
        if times[uid] > 1 or uid not in did or action.matters_after(did[uid])
    }  # fmt: skip


class _Action:
    """What another action did to an entity.

    Args:
        first: The number of what it did first.

    Attributes:
        last: The number of what was done last: by it, or by what took it back or did it again.
        stands: Whether it was not taken back.
    """

    def __init__(self, first: int) -> None:
        self._first = self.last = first
        self.stands = True

    def matters_after(self, number: int) -> bool:
        """Whether what stands may be other than it was before an operation of some number."""
        return self.last > number and (self.stands or self._first < number)
