"""Which of what is taken back others have done something to as well; see `standing`."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from reader.domain.operation import Operation

_ALL = """
    SELECT id, entity_uid, group_uid, kind, undoes, device FROM op
    WHERE entity_uid IN (SELECT value FROM json_each(?)) AND (undoes IS NULL OR patch <> '{}')
    ORDER BY clock, uid
"""


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
    did: dict[str, int] = {}
    actions: dict[tuple[str, str], _Action] = {}
    about: dict[tuple[str, str], str] = {}
    for number, uid, own, kind, undoes, where in connection.execute(
        _ALL, (json.dumps(list(times)),)
    ):
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
