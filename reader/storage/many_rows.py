"""Writes very many rows fast: many with each statement, and looked at together, not one by one.

To begin and end a statement costs as much as to write a row, and so do the checks that a table has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from reader.domain.errors import ChangeRefused

AT_ONCE = 50
"""Rows that one statement writes; times their columns fewer than the 999 values it may have."""

_TO_LOOK_AT = {"highlight": "false", "judgement": "new.highlight_uid IS NULL"}
"""Which new rows of a table are looked at; those of others all. Highlights and judgements on them
are written in such a transaction by :mod:`reader.storage.new_highlights`, which looks itself."""

Reference = tuple[str, list[tuple[str, str]]]
"""Another table, and the pairs of a column here and the one there that it refers to."""


def insert(
    connection: sqlite3.Connection,
    table: str,
    shared: Mapping[str, Any],
    own: Sequence[str],
    rows: Sequence[Any],
) -> None:
    """Insert rows inside the caller's transaction; if it fails, that is rolled back.

    To bind a value costs as much as to write it, so what all rows have is bound once for many.

    Args:
        connection: The writing connection.
        table: Where to.
        shared: The columns in which all rows have one value, with it; at least one.
        own: The other columns.
        rows: The values of these, of one row after the other.
    """
    one, many = _statements(table, tuple(shared), tuple(own))
    same, step = list(shared.values()), len(own) * AT_ONCE
    whole = len(rows) // step * step
    if whole:
        connection.executemany(
            many, ([*same, *rows[at : at + step]] for at in range(0, whole, step))
        )
    left = range(whole, len(rows), len(own))
    connection.executemany(one, ([*same, *rows[at : at + len(own)]] for at in left))


@lru_cache(maxsize=16)
def _statements(table: str, shared: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, str]:
    """Return what inserts one row, and what inserts many.

    Numbers of shared values go down: a mark without a number gets one more than the largest so far.
    """
    columns = ", ".join((*reversed(shared), *own))
    numbered = [f"?{number}" for number in range(len(shared), 0, -1)]
    values = f"({', '.join([*numbered, *('?' * len(own))])})"
    # "OR ROLLBACK" spares SQLite to keep a copy of all that a statement changes.
    head = f"INSERT OR ROLLBACK INTO {table} ({columns}) VALUES "  # noqa: S608 - own names
    return head + values, head + ", ".join([values] * AT_ONCE)


@contextmanager
def unchecked(connection: sqlite3.Connection) -> Iterator[None]:
    """Do not look at the CHECKs of tables in the block; the caller has looked at every value."""
    connection.execute("PRAGMA ignore_check_constraints=on")
    try:
        yield
    finally:
        connection.execute("PRAGMA ignore_check_constraints=off")


@contextmanager
def referring_later(connection: sqlite3.Connection) -> Iterator[None]:
    """Do not look with each row whether what it refers to is there.

    Use it outside a transaction, and :func:`checked_together` inside the one in it.
    """
    connection.execute("PRAGMA foreign_keys=off")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys=on")


@contextmanager
def checked_together(connection: sqlite3.Connection) -> Iterator[None]:
    """See at the end of the block that all that new rows in it refer to is there.

    Use it inside a transaction in which rows are made, and no reference is changed.

    Raises:
        ChangeRefused: Something is not.
    """
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    before = {}
    for (table,) in names:
        references = _references(connection, table)
        if references:
            before[table] = (references, _last(connection, table))
    yield
    for table, (references, last) in before.items():
        if _last(connection, table) > last and _leads_nowhere(connection, table, last, references):
            raise ChangeRefused(
                f"The library refused the change: a new {table} refers to what is not there.",
                "Run `reader doctor`; if it finds nothing wrong, please report it.",
            )


def _last(connection: sqlite3.Connection, table: str) -> int:
    query = f"SELECT coalesce(max(rowid), 0) FROM {table}"  # noqa: S608 - own names
    last: int = connection.execute(query).fetchone()[0]
    return last


def _references(connection: sqlite3.Connection, table: str) -> list[Reference]:
    """Return what a table refers to."""
    found: dict[int, Reference] = {}
    for number, _, parent, here, there, *_ in connection.execute(
        f"PRAGMA foreign_key_list({table})"
    ):
        found.setdefault(number, (parent, []))[1].append((here, there))
    return list(found.values())


def _leads_nowhere(
    connection: sqlite3.Connection, table: str, last: int, references: Sequence[Reference]
) -> bool:
    """Whether a row that is newer than ``last`` refers to something that is not there."""
    broken = []
    for parent, columns in references:
        given = " AND ".join(f"new.{here} IS NOT NULL" for here, _ in columns)
        same = " AND ".join(f"old.{there} = new.{here}" for here, there in columns)
        broken.append(f"({given} AND NOT EXISTS (SELECT 1 FROM {parent} AS old WHERE {same}))")  # noqa: S608 - own names
    those = f"new.rowid > ? AND {_TO_LOOK_AT.get(table, 'true')}"
    query = f"SELECT 1 FROM {table} AS new WHERE {those} AND ({' OR '.join(broken)}) LIMIT 1"  # noqa: S608 - own names
    return connection.execute(query, (last,)).fetchone() is not None
