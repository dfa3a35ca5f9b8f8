"""What imports made, and which of their operations made nothing: it was there before.

Somebody imports in one library what was made in another one, and the two meet: what an import finds
there goes on as it is (see :mod:`reader.storage.replay`), also when the import is taken back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reader.domain.operation import IMPORTED, Operation
from reader.storage.annotators import Annotators
from reader.storage.state import comes_once


def as_they_did(
    connection: sqlite3.Connection, operations: Sequence[Operation]
) -> Sequence[Operation]:
    """Return operations of one group, those of an import that made nothing without effect.

    Args:
        connection: A connection.
        operations: Operations that are to be taken back.
    """
    made = [op for op in operations if op.kind == "import" and op.before is None]
    if not made:
        return operations
    known = _also_said_elsewhere(connection, made)
    void = {op.uid for op in made if op.entity_uid in known and _was_there(connection, op)}
    return [replace(op, patch={}, before={}) if op.uid in void else op for op in operations]


def _also_said_elsewhere(connection: sqlite3.Connection, made: Sequence[Operation]) -> set[str]:
    """Return the entities that other groups have done something to as well."""
    query = (
        "SELECT DISTINCT entity_uid FROM op WHERE group_uid IS NOT ?"
        " AND entity_uid IN (SELECT value FROM json_each(?))"
    )
    wanted = json.dumps([op.entity_uid for op in made])
    return {uid for (uid,) in connection.execute(query, (made[0].group_uid, wanted))}


def _was_there(connection: sqlite3.Connection, op: Operation) -> bool:
    """Whether what an operation makes was there when it came."""
    earlier = connection.execute(
        "SELECT patch FROM op WHERE entity_uid = ? AND group_uid IS NOT ?"
        " AND (clock, uid) < (?, ?) ORDER BY clock DESC, uid DESC",
        (op.entity_uid, op.group_uid, op.clock, op.uid),
    )
    patches = [json.loads(patch) for (patch,) in earlier]
    if comes_once(op):
        return bool(patches)
    removed = next((patch["deleted_at"] for patch in patches if "deleted_at" in patch), None)
    return bool(patches) and removed is None


def in_words(connection: sqlite3.Connection, group: str, summary: str) -> str:
    """Return what is taken back, or done again, in words: of an import how much it is, and whose.

    Args:
        connection: A connection.
        group: The group that is taken back, or the one that does it.
        summary: What it is in a few words.
    """
    if summary != IMPORTED:
        return summary
    rows = connection.execute(
        "SELECT coalesce(json_extract(patch, '$.annotator_uid'),"
        " json_extract(before, '$.annotator_uid')) AS whose, count(*) FROM op"
        " WHERE group_uid = ? AND entity = 'highlight' GROUP BY whose HAVING whose IS NOT NULL",
        (group,),
    )
    handles = Annotators(connection, Path()).handles()
    said = [
        f"{count:,} highlight{'' if count == 1 else 's'} by {handles.get(uid, '?')}"
        for uid, count in rows
    ]
    return f"{summary} ({', '.join(sorted(said))})" if said else summary
