"""Makes the tables of a new library, and brings those of an older version up to date."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from reader.domain.errors import DiskFull
from reader.storage import backup, connection
from reader.storage.progress import Told, megabytes, telling
from reader.storage.schema import tables


def make_tables(one: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or change them to what this version expects, in one transaction.

    Args:
        one: The writing connection.
        path: The library's file.

    Raises:
        StorageError: Nothing was changed.
    """
    with connection.transaction(one, path):
        (found,) = one.execute("PRAGMA user_version").fetchone()
        if found != connection.SCHEMA_VERSION:  # unless another program just did it
            tables.migrate(one)


def bring_up_to_date(one: sqlite3.Connection, path: Path, told: Told) -> str:
    """Make a backup, then change the tables of an older version.

    Args:
        one: The writing connection.
        path: The library's file.
        told: Is told how far it is; empty words are the end.

    Returns:
        What the user should know of it.

    Raises:
        StorageError: There is no backup, or the tables cannot be changed; they are as they were.
        KeyboardInterrupt: The user wants no more of it; the same.
    """
    begun = time.monotonic()
    what = f"Bringing {path.name} up to date ({megabytes(path)}): "
    told(f"{what}backup")
    mark = f"-before-schema-{connection.SCHEMA_VERSION}"
    try:
        kept = backup.keep(one, path, mark, lambda words: told(f"{what}{words}"))
        with telling(one, told, lambda: f"{what}tables, {time.monotonic() - begun:.0f} s so far"):
            make_tables(one, path)
            _into_the_file(one)
    except DiskFull as error:
        raise DiskFull(
            f"{error.message} Before {path.name} is brought up to date for this version of reader, "
            f"a backup of it is made ({megabytes(path)}).",
            "Make room for about twice as much, and start again. Nothing was changed.",
        ) from error
    finally:
        told("")
    return (
        f"{path} was brought up to date for this version of reader. As it was before, it is kept "
        f"in {kept}."
    )


def _into_the_file(one: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which holds all that was changed: each start would read it.

    It may be as large as the library. What does not fit into the file stays in the log.
    """
    with suppress(sqlite3.Error):
        one.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
