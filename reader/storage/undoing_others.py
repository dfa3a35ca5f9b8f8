"""Which of what is taken back others have done something to as well; see `standing`."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from reader.domain.operation import Operation

_ALL = """
    SELECT id, entity_uid, group_uid, kind, undoes, device FROM op
    WHERE entity_uid IN (SELECT value FROM json_each(?)) ORDER BY clock, uid
"""


def also_of_others(
    connection: sqlite3.Connection, taken_back: Sequence[Operation], device: str
) -> set[str]:
    """Return the entities of which it has to be worked out what stands of them.

    Taking an operation back gives what was there before it, unless another action did something to
    the same entity of which the one who did it did not know: it came into this library later. What
    one action did in two steps, such as a label that is written in another way, is worked out too.

    Args:
        connection: The writing connection.
        taken_back: Operations of one group.
        device: The device that this library is on.
    """
    group = taken_back[0].undoes or taken_back[0].group_uid
    did: dict[str, int] = {}
    others: list[tuple[str, int]] = []
    about: dict[tuple[str, str], str] = {}
    times = Counter(op.entity_uid for op in taken_back)
    wanted = json.dumps(list(times))
    for number, uid, own, kind, undoes, where in connection.execute(_ALL, (wanted,)):
        root = undoes or own
        if kind == "redo":
            root = about.get((uid, root), root)
        about[uid, own] = root
        if root != group:
            others.append((uid, number))
        elif own == group and where == device:
            did[uid] = number
    return {uid for uid, number in others if number > did.get(uid, 0) or times[uid] > 1}
