"""Writes groups of very many changes by the page. Import late: few actions are of so many.

The rows are those that :meth:`reader.storage.log.Log.write` would write for each of them, in the
log and in the tables, made with less ado: a test holds the two together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from reader.domain.operation import Change, Group, new_uids, now_ms, ticks
from reader.storage import guard, guard_many, state
from reader.storage.connection import LARGE_CACHE
from reader.storage.operations import OWN, begin_part, common_of

PAGE = 1_000
"""Changes that are looked at and written together."""

_OPERATION = f"INSERT INTO operation ({OWN}) VALUES (?, {{part}}, ?, ?, ?, ?, ?)"  # noqa: S608 - own names

ToJson = Callable[[Any], str]


@contextmanager
def with_room(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a transaction in the block have memory for the pages of several large indexes.

    It keeps there, too, what a statement that fails has changed: SQLite copies each page that a
    statement with a trigger changes, and after the first few does so into a file, for each of very
    many statements.
    """
    (stored,) = connection.execute("PRAGMA temp_store").fetchone()
    (cache,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA temp_store=memory")
    connection.execute(f"PRAGMA cache_size={-LARGE_CACHE:d}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size={cache:d}")
        connection.execute(f"PRAGMA temp_store={stored:d}")


def write_many(
    connection: sqlite3.Connection,
    device: str,
    group: Group,
    newest: tuple[int, str | None],
    to_json: ToJson,
    *,
    guarded: bool,
) -> tuple[int, str | None]:
    """Write the changes of a group inside the caller's transaction.

    Args:
        connection: The writing connection.
        device: Of the log.
        group: What was done.
        newest: The id of the log's last operation and the newest clock value.
        to_json: Writes fields as the log holds them.
        guarded: Whether to refuse what was decided on a state that has changed since.

    Returns:
        The same as ``newest``, afterwards.

    Raises:
        ChangedMeanwhile: It was guarded and has changed.
        ChangeRefused: A change does not fit its entity, or there is no such entity.
        ValueError: The last clock value makes no sense.
    """
    common = common_of(group, device)
    number, last = newest
    for start in range(0, len(group.changes), PAGE):
        page = group.changes[start : start + PAGE]
        one_by_one = guarded and not guard_many.all_fit(connection, page)
        clocks = list(islice(ticks(last, device, now_ms()), len(page)))
        at = clocks[0][1]
        rows = [
            (uid, clock, change.entity, change.uid, to_json(change.patch), _before(change, to_json))
            for uid, (clock, _), change in zip(new_uids(len(page)), clocks, page, strict=True)
        ]
        begin_part(connection, number + 1, len(rows), common, rows[0])
        connection.executemany(_OPERATION.format(part=number + 1), rows[1:])
        number += len(rows)
        if one_by_one or at != clocks[-1][1]:
            _apply(connection, page, [time for _, time in clocks], guarded=guarded)
        else:
            state.apply_all(connection, page, at)
        last = clocks[-1][0]
    return number, last


def _before(change: Change, to_json: ToJson) -> str | None:
    return None if change.before is None else to_json(change.before)


def _apply(
    connection: sqlite3.Connection, page: Sequence[Change], times: Sequence[str], *, guarded: bool
) -> None:
    for change, at in zip(page, times, strict=True):
        if guarded:
            guard.check(connection, change)
        makes = change.before is None
        state.apply(connection, change.entity, change.uid, change.patch, makes=makes, at=at)
