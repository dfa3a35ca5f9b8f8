"""The twentieth migration: what libraries made twice is as persons have said it to be.

When a library had taken another one in, what came with capturing an article there stood over what
had been corrected here. It is in the log; see :mod:`reader.storage.replay`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.log import COLUMNS, operation_from_row
from reader.storage.replay import Replay
from reader.storage.standing import FOUND


def say_again(connection: sqlite3.Connection) -> None:
    """Make what was made more than once anew from the log, inside the caller's transaction."""
    for table in FOUND:
        twice = [
            uid
            for (uid,) in connection.execute(
                "SELECT entity_uid FROM operation WHERE before IS NULL"  # noqa: S608 - own names
                f" AND entity_uid IN (SELECT uid FROM {table})"
                " GROUP BY entity_uid HAVING count(*) > 1"
            )
        ]
        if not twice:
            continue
        # A temporary table stands in front of the real one.
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")  # noqa: S608 - own names
        connection.execute(f"CREATE UNIQUE INDEX temp.scratch_{table} ON {table}(uid)")
        for uid in twice:
            _replay(connection, uid)
        _put(connection, table)
        connection.execute(f"DROP TABLE temp.{table}")


def _replay(connection: sqlite3.Connection, uid: str) -> None:
    query = f"SELECT {', '.join(COLUMNS)} FROM op WHERE entity_uid = ? ORDER BY clock, uid"  # noqa: S608 - own names
    replay = Replay(connection)
    for row in connection.execute(query, (uid,)).fetchall():
        replay.apply(operation_from_row(row, Path("the library")))


def _put(connection: sqlite3.Connection, table: str) -> None:
    """Write what was made anew over what is there."""
    cursor = connection.execute(f"SELECT * FROM temp.{table}")  # noqa: S608 - own names
    names = [f'"{column[0]}"' for column in cursor.description if column[0] not in ("id", "uid")]
    columns = ", ".join(names)
    connection.execute(
        f"UPDATE main.{table} AS there SET ({columns}) ="  # noqa: S608 - own names
        f" (SELECT {columns} FROM temp.{table} AS anew WHERE anew.uid = there.uid)"
        f" WHERE uid IN (SELECT uid FROM temp.{table})"
    )
