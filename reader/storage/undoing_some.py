"""Which operations of a group can be taken back while others go on with their work.

An undo of very many is written in slices, and keys are answered between them. What was changed
since its key was pressed was changed by somebody who saw it as it was: it stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.domain.operation import Change, Operation, now
from reader.storage.guard import SPOT, is_as_before
from reader.storage.guard_many import rows_of
from reader.storage.said_unseen import is_said_unseen
from reader.storage.state import ENTITIES

_ON_HIGHLIGHTS = {
    "judgement": ("highlight_uid",),
    "attribution": ("highlight_uid",),
    "relation": ("from_uid", "to_uid"),
    "evidence_link": ("highlight_uid",),
}
"""What may stand on a highlight, and by which fields."""


def unchanged(connection: sqlite3.Connection, operations: Sequence[Operation]) -> list[Operation]:
    """Return operations, those without effect that would take back more than they did.

    Read inside the caller's transaction, in which they are taken back.

    Args:
        connection: The writing connection.
        operations: Operations of one group, an entity one at most each.
    """
    at = now()
    changes = {op.entity_uid: _inverse(op, at) for op in operations}
    stay = _changed(connection, changes.values())
    stay |= _carrying(connection, operations, stay) | _without_room(connection, changes, stay)
    stay |= _on_nothing(connection, changes, stay)
    return [replace(op, patch={}, before={}) if op.entity_uid in stay else op for op in operations]


def not_under_others(
    connection: sqlite3.Connection, operations: Sequence[Operation], actor: str, device: str
) -> list[Operation]:
    """Return operations, those without effect that made a highlight on which others said something.

    Args:
        connection: The writing connection.
        operations: Operations of one group.
        actor: Who takes them back.
        device: On which machine.
    """
    carrying = _carrying(connection, operations, set())
    stay = {uid for uid in carrying if is_said_unseen(connection, uid, actor, device)}
    if not stay:
        return list(operations)
    return [replace(op, patch={}, before={}) if op.entity_uid in stay else op for op in operations]


def _inverse(op: Operation, at: str) -> Change:
    return Change(op.entity, op.entity_uid, op.patch, op.before).inverse(at)


def _made_it(op: Operation) -> bool:
    """Whether what an operation is about is not there without it."""
    return op.before is None or bool(op.before.get("deleted_at"))


def _changed(connection: sqlite3.Connection, changes: Iterable[Change]) -> set[str]:
    """Return the entities that are not as the changes expect them."""
    by_entity: dict[str, list[Change]] = {}
    for change in changes:
        by_entity.setdefault(change.entity, []).append(change)
    found = set()
    for entity, own in by_entity.items():
        stored = rows_of(connection, ENTITIES[entity].table, [change.uid for change in own])
        for change in own:
            row = stored.get(change.uid)
            if row is None or not is_as_before(row, change):
                found.add(change.uid)
    return found


def _carrying(
    connection: sqlite3.Connection, operations: Sequence[Operation], stay: set[str]
) -> set[str]:
    """Return the highlights that would be removed under something that stays on them."""
    gone = [op for op in operations if _made_it(op)]
    removed = [op.entity_uid for op in gone if op.entity == "highlight"]
    going = {op.entity_uid for op in gone} - stay
    found: set[str] = set()
    wanted = json.dumps(removed)
    for table, fields in _ON_HIGHLIGHTS.items() if removed else ():
        for name in fields:
            query = (
                f"SELECT {name}, uid FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - own names
                f" AND {name} IN (SELECT value FROM json_each(?))"
            )
            rows = connection.execute(query, (wanted,))
            found.update(highlight for highlight, uid in rows if uid not in going)
    return found


def _without_room(
    connection: sqlite3.Connection, changes: dict[str, Change], stay: set[str]
) -> set[str]:
    """Return the highlights whose words are marked by another one since."""
    back = [
        uid for uid, change in changes.items()
        if change.entity == "highlight" and uid not in stay
        and (change.before or {}).get("deleted_at")
    ]  # fmt: skip
    same = " AND ".join(f'here."{name}" = there."{name}"' for name in SPOT)
    query = (
        f"SELECT here.uid FROM highlight AS here JOIN highlight AS there ON {same}"  # noqa: S608 - own names
        " AND here.uid <> there.uid AND there.deleted_at IS NULL"
        " WHERE here.uid IN (SELECT value FROM json_each(?))"
    )
    return {uid for (uid,) in connection.execute(query, (json.dumps(back),))} if back else set()


def _on_nothing(
    connection: sqlite3.Connection, changes: dict[str, Change], stay: set[str]
) -> set[str]:
    """Return what would come back on a highlight that does not."""
    on = {
        uid: change.patch["highlight_uid"] for uid, change in changes.items()
        if "highlight_uid" in change.patch and (change.before or {}).get("deleted_at")
    }  # fmt: skip
    stored = rows_of(connection, "highlight", list(on.values()))
    live = {uid for uid, row in stored.items() if row["deleted_at"] is None}
    live |= changes.keys() - stay
    return {uid for uid, highlight in on.items() if highlight not in live}
