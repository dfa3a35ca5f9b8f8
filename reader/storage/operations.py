"""How operations lie in the log's table: what those of one action have in common stands there once.

Operations of a group that were written together make up a part: rows whose ids follow each other.
The first of them, its head, has the id as ``part``, the id of the last as ``until``, and all that
they have in common: the group, article, actor, device, kind, what it undoes, summary and schema.
In the others these are NULL. The view ``op`` shows every operation whole: read that.

Clocks rise within a part. So do they with the ids of all that is written here; only what comes in
from other libraries may be older than what is here already. Then ``meta`` has the newest clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from reader.domain.operation import SCHEMA, Group

COMMON = ("group_uid", "article_uid", "actor", "device", "kind", "undoes", "summary", "schema")
"""Columns of what the operations of a part have in common."""

OWN = "uid, part, clock, entity, entity_uid, patch, before"
"""Columns of what differs."""

_HEAD = f"id, {OWN}, until, {', '.join(COMMON)}"
_BEGIN = f"INSERT INTO operation ({_HEAD}) VALUES ({', '.join('?' * 17)})"  # noqa: S608 - own names
_GO_ON = f"INSERT INTO operation (id, {OWN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - own names

_NEWEST = """
    SELECT id, max(clock, coalesce((SELECT value FROM meta WHERE key = 'newest_clock'), ''))
    FROM operation ORDER BY id DESC LIMIT 1
"""
_KEEP_NEWEST = """
    INSERT INTO meta (key, value) VALUES ('newest_clock', ?)
    ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)
"""

Own = tuple[str, str, str, str, str, str | None]
"""Uid, clock, entity, its uid, patch, and before, of one operation."""


def newest(connection: sqlite3.Connection) -> tuple[int, str | None]:
    """Return the id of the operation written last, or 0, and the newest clock of all, or None."""
    found: tuple[int, str] | None = connection.execute(_NEWEST).fetchone()
    return found or (0, None)


def in_clock_order(connection: sqlite3.Connection) -> bool:
    """Whether all operations were written in the order of their clocks."""
    query = "SELECT 1 FROM meta WHERE key = 'newest_clock'"
    return connection.execute(query).fetchone() is None


def common_of(group: Group, device: str) -> tuple[Any, ...]:
    """Return what the operations of a group have in common, in the order of :data:`COMMON`."""
    return (
        *(group.uid, group.article_uid, group.actor, device),
        *(group.kind, group.undoes, group.summary, SCHEMA),
    )


def begin_part(
    connection: sqlite3.Connection, first: int, count: int, common: Sequence[Any], own: Own
) -> None:
    """Write the first operation of a part, inside the caller's transaction.

    Args:
        connection: The writing connection.
        first: Its id: the one behind the id of the operation written last.
        count: Of how many operations the part is; the others are to follow at once.
        common: What they have in common.
        own: What this one is.
    """
    uid, *rest = own
    connection.execute(_BEGIN, (first, uid, first, *rest, first + count - 1, *common))


def go_on(connection: sqlite3.Connection, number: int, part: int, own: Own) -> None:
    """Write the next operation of a part.

    Args:
        connection: The writing connection.
        number: Its id.
        part: The id of the part's first operation.
        own: What it is.
    """
    uid, *rest = own
    connection.execute(_GO_ON, (number, uid, part, *rest))


def write_whole(connection: sqlite3.Connection, own: Own, common: Sequence[Any]) -> None:
    """Write an operation whose clock was given to it elsewhere, as a part of its own."""
    number, clock = newest(connection)
    begin_part(connection, number + 1, 1, common, own)
    connection.execute(_KEEP_NEWEST, (max(clock or "", own[1]),))


def take_in(connection: sqlite3.Connection, source: str) -> None:
    """Write operations that came in, in the order of their clocks.

    Args:
        connection: The writing connection, in a transaction.
        source: The table that has them, with all columns of the view, and a condition.
    """
    number, clock = newest(connection)
    connection.execute("DROP TABLE IF EXISTS temp.place")
    connection.execute(_PLACE.format(source=source), (number,))
    connection.execute(_TAKEN.format(table=source.split()[0]))
    connection.execute("DROP TABLE temp.place")
    last = "SELECT max(clock) FROM operation WHERE id > ?"
    (came,) = connection.execute(last, (number,)).fetchone()
    if came is not None:
        connection.execute(_KEEP_NEWEST, (max(clock or "", came),))


def behead(connection: sqlite3.Connection, going: str) -> None:
    """Let operations whose part begins with one that is to go be parts of their own.

    Args:
        connection: The writing connection, in a transaction in which the log may change.
        going: A table of the ids of those that are to go.
    """
    heads = ", ".join(f"head.{name}" for name in COMMON)
    connection.execute(
        f"UPDATE operation SET part = id, until = id, ({', '.join(COMMON)}) ="  # noqa: S608 - own names
        f" (SELECT {heads} FROM operation AS head WHERE head.id = operation.part)"
        f" WHERE part <> id AND part IN {going} AND id NOT IN {going}"
    )


_PLACE = f"""
    CREATE TEMP TABLE place AS
    WITH same AS (
        SELECT rowid AS number, clock, uid, json_array({", ".join(COMMON)}) AS common
        FROM {{source}}
    ), ordered AS (
        SELECT number, row_number() OVER behind + ? AS id,
            common IS NOT lag(common) OVER behind AS begins
        FROM same WINDOW behind AS (ORDER BY clock, uid)
    ), parted AS (
        SELECT number, id, max(CASE WHEN begins THEN id END) OVER (ORDER BY id) AS part
        FROM ordered
    )
    SELECT number, id, part, max(id) OVER (PARTITION BY part) AS until FROM parted
"""  # noqa: S608 - own names
"""Which ids they get, and where parts begin and end."""

_TAKEN = f"""
    INSERT INTO main.operation ({_HEAD})
    SELECT place.id, uid, part, clock, entity, entity_uid, patch, before,
        {", ".join(f"CASE part WHEN place.id THEN {name} END" for name in ("until", *COMMON))}
    FROM temp.place JOIN {{table}} AS came ON came.rowid = place.number ORDER BY place.id
"""  # noqa: S608 - own names
