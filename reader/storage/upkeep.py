"""Puts off the upkeep of indexes while very much is written. Import late: only imports need it.

To keep an index in order row by row costs several times what it costs to sort everything once. A
trigger costs more than what it does: SQLite then keeps a copy of every page that a row changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_INDEXES = ("op_scope", "op_entity", "op_group")
"""Indexes of the log that no new operation needs to be written."""

_TRIGGERS = ("search_highlight_new", "search_judgement_new")
"""What notes that something is to be indexed for the search."""


@contextmanager
def put_off(connection: sqlite3.Connection, rows: int) -> Iterator[None]:
    """Have new highlights noted for the search, and the log's indexes made, at the end.

    Use it inside a transaction: if it fails, everything is as it was. In the block highlights and
    judgements on them may be made, not changed; nothing may be undone.

    Args:
        connection: The writing connection.
        rows: About how many operations there will be. Indexes of a log that is longer than that
            are kept as always: to sort the old with the new would cost more.
    """
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM highlight").fetchone()
    (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM op").fetchone()
    waiting = [*_TRIGGERS, *(_INDEXES if rows > before else ())]
    made = [_forget(connection, name) for name in waiting]
    yield
    connection.execute(
        "INSERT INTO search_todo (kind, id) SELECT 'highlight', id FROM highlight WHERE id > ?"
        " ON CONFLICT DO NOTHING",  # who said one may have been noted
        (last,),
    )
    for statement in made:
        connection.execute(statement)


def _forget(connection: sqlite3.Connection, name: str) -> str:
    """Drop an index or a trigger and return the statement that makes it again."""
    query = "SELECT type, sql FROM sqlite_schema WHERE name = ?"
    kind, statement = connection.execute(query, (name,)).fetchone()
    connection.execute(f"DROP {kind} {name}")
    return str(statement)
