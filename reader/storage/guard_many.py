"""Looks at once whether very many changes find what they were made from; see `guard`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from reader.domain.operation import Change, Fields
from reader.storage.guard import SPOT, is_as_before, is_as_known, judged_on
from reader.storage.state import ENTITIES


def all_fit(connection: sqlite3.Connection, changes: Sequence[Change]) -> bool:
    """Whether all of some changes surely find what they were made from.

    What one of them does to another is not followed: if it may matter, the answer is False, and
    they have to be checked and applied one after the other.
    """
    entities = {change.entity for change in changes}
    if not entities <= {"highlight", "judgement"} or _meet(changes):
        return False
    owners: set[str | None] = set()
    gone: dict[str, tuple[dict[str, Any], Fields]] = {}
    made = {change.uid for change in changes if change.entity == "highlight"}
    for entity in entities:
        own = [change for change in changes if change.entity == entity]
        stored = rows_of(connection, ENTITIES[entity].table, [change.uid for change in own])
        for change in own:
            row = stored.get(change.uid)
            if change.before is None:
                fits = row is None or row["deleted_at"] is not None
            else:
                fits = row is not None and is_as_before(row, change)
            if not fits:
                return False
            if row is not None and change.knows is not None:
                gone[change.uid] = row, change.knows
            if entity == "judgement":
                owners.add((row or {}).get("highlight_uid") or change.patch.get("highlight_uid"))
    known = not gone or _all_known(connection, gone)
    return known and _all_stand(connection, owners - made) and _all_free(connection, changes)


def _all_known(
    connection: sqlite3.Connection, gone: Mapping[str, tuple[dict[str, Any], Fields]]
) -> bool:
    """Whether all that is removed has nothing on it that was not seen."""
    there = judged_on(connection, list(gone))
    return all(is_as_known(row, there.get(uid, {}), knows) for uid, (row, knows) in gone.items())


def _meet(changes: Sequence[Change]) -> bool:
    """Whether changes may bear on each other: highlights that move, or go while tags change."""
    changed = [item for item in changes if item.entity == "highlight" and item.before is not None]
    told = {name for item in changed for name in item.patch}
    judged = any(item.entity == "judgement" for item in changes)
    return bool(told & {"start", "end", "version_uid"}) or (judged and "deleted_at" in told)


def rows_of(
    connection: sqlite3.Connection, table: str, uids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return the rows of some entities, by uid."""
    query = f"SELECT * FROM {table} WHERE uid IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
    cursor = connection.execute(query, (json.dumps(uids),))
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return {row["uid"]: row for row in rows}


def _all_stand(connection: sqlite3.Connection, uids: set[str | None]) -> bool:
    """Whether all of some highlights are there; None stands for something else, or nothing."""
    query = (
        "SELECT count(*) FROM highlight WHERE deleted_at IS NULL"
        " AND uid IN (SELECT value FROM json_each(?))"
    )
    (live,) = connection.execute(query, (json.dumps(list(uids)),)).fetchone()
    return bool(live == len(uids))


def _all_free(connection: sqlite3.Connection, changes: Sequence[Change]) -> bool:
    """Whether no new highlight is on words that are marked already, and no two on the same."""
    spots = [
        [change.patch.get(name) for name in SPOT]
        for change in changes
        if change.entity == "highlight"
        and change.before is None
        and not change.patch.get("extra_spans")
    ]
    query = (
        "SELECT 1 FROM json_each(?) AS new JOIN highlight"
        " ON version_uid = json_extract(new.value, '$[0]')"
        " AND annotator_uid = json_extract(new.value, '$[1]')"
        " AND start = json_extract(new.value, '$[2]')"
        " AND \"end\" = json_extract(new.value, '$[3]')"
        " WHERE deleted_at IS NULL LIMIT 1"
    )
    if len({tuple(spot) for spot in spots}) < len(spots):
        return False
    return connection.execute(query, (json.dumps(spots),)).fetchone() is None
