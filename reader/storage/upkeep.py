"""Puts off the upkeep of indexes while very much is written. Import late: only imports need it.

To keep an index in order row by row costs several times what it costs to sort everything once, if
the rows come in another order than the index's: the pages of it that do not fit into memory are
written and read again and again. A trigger costs more than what it does: SQLite then keeps a copy
of every page that a row changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reader.storage.connection import LARGE_CACHE
from reader.storage.many_rows import insert

_TRIGGERS = ("search_highlight_new", "search_judgement_new")
"""What notes that something is to be indexed for the search."""

_OF_THE_LOG = "op_entity"
"""The index of the log that new operations come to in no order; the others grow at one end."""

_OF_JUDGEMENTS = "judgement_highlight"
"""The index of judgements that cannot be in order when their ids are, which are derived."""

_SAYING = "codebook, facet, codebook_version, code, confidence, likelihood, reason"
"""What a judgement says; those of one kind share it while they wait."""

_WAITING = (
    "CREATE TABLE temp.saying (number INTEGER PRIMARY KEY, codebook TEXT, facet TEXT,"
    " codebook_version INTEGER, code TEXT, confidence TEXT, likelihood INTEGER, reason TEXT)",
    "CREATE TABLE temp.waiting (uid TEXT, highlight_uid TEXT, saying INTEGER, at TEXT)",
)
"""Where new judgements wait until they can be written in the order of their ids."""

# "OR ROLLBACK" spares SQLite to keep a copy of all that a statement changes.
_WRITTEN = f"""
    INSERT OR ROLLBACK INTO judgement
        (uid, highlight_uid, {_SAYING}, created_at, updated_at, rev)
    SELECT uid, highlight_uid, {_SAYING}, at, at, 1
    FROM (SELECT * FROM temp.waiting ORDER BY uid) CROSS JOIN temp.saying ON number = saying
"""  # noqa: S608 - own names

_CACHE = 24 * 1024
"""Memory for pages while all that is written grows at one end, KiB; to sort takes as much again."""


class PutOff:
    """The upkeep that waits, from when it is made to :meth:`end`, inside one transaction.

    Attributes:
        waits: Whether new judgements on highlights are to be given to :meth:`take`.

    Args:
        connection: The writing connection.
        rows: About how many operations there will be. Indexes of a log that is longer than that
            are kept as always: to sort the old with the new would cost more.
    """

    def __init__(self, connection: sqlite3.Connection, rows: int) -> None:
        self._connection = connection
        self._sayings = 0
        (self._last,) = connection.execute("SELECT coalesce(max(id), 0) FROM highlight").fetchone()
        (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()
        self._made = [self._forget(name) for name in _TRIGGERS]
        self.waits = rows > before
        if self.waits:
            self._made.append(self._forget(_OF_THE_LOG))
            self._indexed = self._forget(_OF_JUDGEMENTS)
            connection.execute(f"PRAGMA cache_size={-_CACHE:d}")
            for statement in _WAITING:
                connection.execute(statement)

    def take(
        self, sayings: Sequence[tuple[Any, ...]], judgements: Sequence[tuple[str, str, int, str]]
    ) -> None:
        """Let judgements wait.

        Args:
            sayings: What they say: codebook, facet, version, code, confidence, likelihood, reason.
            judgements: Uid, highlight, place in ``sayings``, and time.
        """
        first = self._sayings
        self._sayings += len(sayings)
        numbered = [(number, *saying) for number, saying in enumerate(sayings, first)]
        marks = ", ".join("?" * 8)
        insert(self._connection, "temp.saying", f"number, {_SAYING}", marks, numbered)
        columns = "uid, highlight_uid, saying, at"
        insert(self._connection, "temp.waiting", columns, f"?, ?, ? + {first:d}, ?", judgements)

    def settle(self) -> None:
        """Write the judgements that wait, and let none wait from here on.

        Do so before a judgement on a highlight is read or changed.
        """
        if self.waits:
            self._write_waiting()
            self._connection.execute(f"PRAGMA cache_size={-LARGE_CACHE:d}")

    def _write_waiting(self) -> None:
        self.waits = False
        for statement in (_WRITTEN, "DROP TABLE temp.waiting", "DROP TABLE temp.saying"):
            self._connection.execute(statement)
        self._connection.execute(self._indexed)

    def end(self) -> None:
        """Do what was put off."""
        if self.waits:
            self._write_waiting()
        self._connection.execute(
            "INSERT INTO search_todo (kind, id) SELECT 'highlight', id FROM highlight WHERE id > ?"
            " ON CONFLICT DO NOTHING",  # who said one may have been noted
            (self._last,),
        )
        for statement in self._made:
            self._connection.execute(statement)

    def _forget(self, name: str) -> str:
        """Drop an index or a trigger and return the statement that makes it again."""
        query = "SELECT type, sql FROM sqlite_schema WHERE name = ?"
        kind, statement = self._connection.execute(query, (name,)).fetchone()
        self._connection.execute(f"DROP {kind} {name}")
        return str(statement)


@contextmanager
def put_off(connection: sqlite3.Connection, rows: int) -> Iterator[PutOff]:
    """Have new highlights noted for the search, and indexes made, at the end of the block.

    Use it inside a transaction: if it fails, everything is as it was. In the block highlights and
    judgements on them may be made, not changed; nothing may be undone. See :class:`PutOff`.
    """
    waiting = PutOff(connection, rows)
    yield waiting
    waiting.end()
