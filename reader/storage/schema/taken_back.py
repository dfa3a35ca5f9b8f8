"""The twenty-first migration: what was taken back here stands where others had done it, too.

An undo took away what another machine had made as well, or had gone on with, and a note on an
article hid the one from another machine. All of it is in the log.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.log import COLUMNS, operation_from_row
from reader.storage.replay import Replay
from reader.storage.state import ENTITIES

_TOGETHER = """
    SELECT entity, entity_uid FROM op
    WHERE entity_uid IN (SELECT entity_uid FROM op WHERE undoes IS NOT NULL)
        OR (entity = 'article_note' AND entity_uid IN
            (SELECT entity_uid FROM op WHERE entity = 'article_note' AND before IS NULL
             GROUP BY entity_uid HAVING count(*) > 1))
    GROUP BY entity_uid
    HAVING count(DISTINCT CASE WHEN undoes IS NULL THEN group_uid END) > 1 ORDER BY entity_uid
"""
"""What was taken back at some time, and touched by other actions as well; and notes made twice."""


def stand_again(connection: sqlite3.Connection) -> None:
    """Make what was taken back and touched by others anew from the log, inside a transaction."""
    found = connection.execute(_TOGETHER).fetchall()
    if not found:
        return
    for entity in ENTITIES.values():
        # A temporary table stands in front of the real one.
        connection.execute(
            f"CREATE TEMP TABLE {entity.table} AS SELECT * FROM main.{entity.table} WHERE 0"  # noqa: S608 - own names
        )
        connection.execute(f"CREATE UNIQUE INDEX temp.anew_{entity.table} ON {entity.table}(uid)")
    for entity, uid in found:
        if entity in ENTITIES:
            _make_anew(connection, uid)
    for entity in ENTITIES.values():
        _put(connection, entity.table)
        connection.execute(f"DROP TABLE temp.{entity.table}")


def _make_anew(connection: sqlite3.Connection, uid: str) -> None:
    query = f"SELECT {', '.join(COLUMNS)} FROM op WHERE entity_uid = ? ORDER BY clock, uid"  # noqa: S608 - own names
    replay = Replay(connection)
    for row in connection.execute(query, (uid,)).fetchall():
        replay.apply(operation_from_row(row, Path("the library")))


def _put(connection: sqlite3.Connection, table: str) -> None:
    """Write what differs over what is there; how often a thing was changed stays."""
    cursor = connection.execute(f"SELECT * FROM temp.{table}")  # noqa: S608 - own names
    kept = ("id", "uid", "rev", "created_at", "updated_at")
    columns = ", ".join(f'"{item[0]}"' for item in cursor.description if item[0] not in kept)
    connection.execute(
        f"UPDATE main.{table} AS there SET ({columns}) ="  # noqa: S608 - own names
        f" (SELECT {columns} FROM temp.{table} AS anew WHERE anew.uid = there.uid)"
        f" WHERE uid IN (SELECT anew.uid FROM temp.{table} AS anew"
        f" JOIN main.{table} AS old ON old.uid = anew.uid"
        f" WHERE ({_each('anew', columns)}) IS NOT ({_each('old', columns)}))"
    )


def _each(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name}" for name in columns.split(", "))
