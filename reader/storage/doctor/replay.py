"""The check of the log against the tables: both are read as streams and compared row by row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from reader.domain.errors import ReaderError
from reader.storage import state
from reader.storage.doctor.subject import Subject
from reader.storage.log import Log
from reader.storage.replay import Replay
from reader.storage.schema import tables as schema

_CLOCK = re.compile(r"\d{15}-\d{5}-.+", re.DOTALL)


def log(subject: Subject) -> Iterator[str]:
    """Yield operations that cannot be, and rows that are not what the log says."""
    scratch = sqlite3.connect("", isolation_level=None)  # on the disk if it grows
    try:
        scratch.execute("PRAGMA synchronous=off")
        scratch.execute("BEGIN")
        schema.migrate(scratch)
        yield from _replay(subject, scratch)
        for entity in state.ENTITIES.values():
            yield from _differences(entity.table, subject.ask, scratch.execute)
    finally:
        scratch.close()


def _replay(subject: Subject, scratch: sqlite3.Connection) -> Iterator[str]:
    log = Log(subject.connection, subject.path)
    replay = Replay(scratch, subject.connection, complete=True)
    for count, op in enumerate(log.operations(everything=True), 1):
        if not _CLOCK.fullmatch(op.clock):
            yield f"Operation {op.uid} has a clock that is none: {op.clock}."
            continue
        try:
            replay.apply(op)
        except (ReaderError, sqlite3.Error, ValueError, TypeError, AttributeError) as error:
            said = getattr(error, "message", None) or str(error)
            yield f"Operation {op.uid} cannot be applied: {said}"
        subject.reached("log", count)


Ask = Callable[[str], sqlite3.Cursor]


def _differences(table: str, there: Ask, wanted: Ask) -> Iterator[str]:
    """Yield the rows in which a table is not what the log says, both read in the order of uid."""
    query = f"SELECT * FROM {table} ORDER BY uid"  # noqa: S608 - own names
    left, right = _rows(there(query)), _rows(wanted(query))
    stored, said = next(left, None), next(right, None)
    while stored is not None or said is not None:
        if said is None or (stored is not None and stored["uid"] < said["uid"]):
            yield f"The {table} {stored['uid'] if stored else ''} is not in the log."
            stored = next(left, None)
        elif stored is None or said["uid"] < stored["uid"]:
            yield f"The {table} {said['uid']} is in the log, but not in its table."
            said = next(right, None)
        else:
            fields = [name for name, value in said.items() if stored.get(name) != value]
            if fields:
                yield f"The {table} {said['uid']} differs from the log in {', '.join(fields)}."
            stored, said = next(left, None), next(right, None)


def _rows(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """Yield rows by column, without the ids that are local to the file."""
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield {name: value for name, value in zip(names, row, strict=True) if name != "id"}
