"""Puts off the upkeep of indexes while very much is written. Import late: only imports need it.

To keep an index in order row by row costs several times what it costs to sort everything once, if
the rows come in another order than the index's: the pages of it that do not fit into memory are
written and read again and again. A trigger costs more than what it does: SQLite then keeps a copy
of every page that a row changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reader.storage.connection import LARGE_CACHE

_TRIGGERS = ("search_highlight_new", "search_judgement_new")
"""What notes that something is to be indexed for the search."""

_OF_THE_LOG = "op_entity"
"""The index of the log that new operations come to in no order; the others grow at one end."""

_OF_JUDGEMENTS = ("judgement_uid", "judgement_highlight")
"""The indexes of judgements: that of their ids, which are derived, and one that is asked for none
of those that are being written."""

_CACHE = 24 * 1024
"""Memory for pages while all that is written grows at one end, KiB."""

_SORTING = 8 * 1024
"""Memory for pages while indexes are made, KiB: to sort takes as much again, once there are about
100,000 rows, and no more for a million."""


class PutOff:
    """The upkeep that waits, from when it is made to :meth:`end`, inside one transaction.

    Attributes:
        waits: Whether judgements cannot be looked up until :meth:`settle`.

    Args:
        connection: The writing connection.
        rows: About how many operations there will be. Indexes of a log that is longer than that
            are kept as always: to sort the old with the new would cost more.
    """

    def __init__(self, connection: sqlite3.Connection, rows: int) -> None:
        self._connection = connection
        (self._last,) = connection.execute("SELECT coalesce(max(id), 0) FROM highlight").fetchone()
        (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()
        self._made = [self._forget(name) for name in _TRIGGERS]
        self.waits = rows > before
        if self.waits:
            self._made.append(self._forget(_OF_THE_LOG))
            self._indexes = [self._forget(name) for name in _OF_JUDGEMENTS]
            connection.execute(f"PRAGMA cache_size={-_CACHE:d}")

    def settle(self) -> None:
        """Make the indexes of judgements, and keep them from here on.

        Do so before a judgement on a highlight is read or changed.
        """
        if self.waits:
            self._index_judgements()
            self._connection.execute(f"PRAGMA cache_size={-LARGE_CACHE:d}")

    def _index_judgements(self) -> None:
        self.waits = False
        self._connection.execute(f"PRAGMA cache_size={-_SORTING:d}")
        for statement in self._indexes:
            self._connection.execute(statement)

    def end(self) -> None:
        """Do what was put off."""
        if self.waits:
            self._index_judgements()
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
