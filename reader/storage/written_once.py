"""Lets very much be written into the file itself: not first into the log beside it. Import late.

In WAL mode all that is written goes into the log, with a checksum for each page, and is read and
written once more when the log is taken into the file. In an import of a million rows that is a
seventh of all work. With a rollback journal the new pages, nearly all there are, are written once,
and what the few others held is kept beside the file: after a crash whoever opens it next puts that
back. But nobody else can have the file open meanwhile, so it is done only if nobody has, and only
for what is large, and larger than what is there already: of that many pages would have to be kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reader.storage.connection import Connection

FEWEST = 100_000
"""Operations from which on it is worth it; so many take a few seconds: others wait as long."""


def is_large(connection: sqlite3.Connection, operations: int) -> bool:
    """Whether so many operations are many, and more than there are already."""
    (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()
    return bool(operations >= max(FEWEST, before))


@contextmanager
def written_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Have the block's one transaction written into the file itself, if nobody else has it open.

    Use it outside the transaction, which is to begin EXCLUSIVE: a reader who came meanwhile would
    keep all that is written in memory.

    Args:
        connection: The writing connection.
    """
    if not _changed_to("delete", connection):
        yield
        return
    try:
        yield
    finally:
        _changed_to("wal", connection)  # if somebody has it open: whoever opens it next does it


def _changed_to(mode: str, connection: sqlite3.Connection) -> bool:
    """Change how changes are kept safe; False if others have the file open."""
    (busy_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        (now,) = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={busy_ms:d}")
    if isinstance(connection, Connection):
        connection.log = None  # the file of that name is gone, or another
    return bool(now == mode)
