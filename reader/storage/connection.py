"""Opens the database file as every rule of durability wants it, and words its errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.domain.errors import (
    ChangeRefused,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseReadOnly,
    NotADatabase,
    StorageError,
)

APPLICATION_ID = 0x72656164
"""Marks the file as a library of this program ("read" in ASCII)."""

SCHEMA_VERSION = 1
"""``user_version`` of a library whose migrations are all done."""

BUSY_MS = 5_000
"""How long a statement waits for another program's lock, in ms."""


def connect(path: Path, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Open (or create) a library file for writing.

    ``synchronous=full`` is what makes a save in WAL mode survive a power cut; NORMAL does not.

    Raises:
        StorageError: The file cannot be opened, is no library, is newer, or is locked.
    """
    with worded(path):
        _make_folder(path)
        connection = sqlite3.connect(path, timeout=busy_ms / 1000, isolation_level=None)
        try:
            _check_identity(connection, path)
            connection.execute("PRAGMA journal_mode=wal")
            connection.execute("PRAGMA synchronous=full")
            connection.execute("PRAGMA foreign_keys=on")
            connection.execute("PRAGMA recursive_triggers=on")
        except BaseException:
            connection.close()
            raise
        return connection


def reading_connection(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open a database file for reading only, without looking at what it is.

    Args:
        path: The file; it must be there.
        immutable: Promise that nobody writes to it: no lock and no log beside it are looked at.

    Raises:
        StorageError: It cannot be opened.
    """
    tail = "mode=ro&immutable=1" if immutable else "mode=ro"
    with worded(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{tail}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
        )
        connection.execute("PRAGMA temp_store=file")
        return connection


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be made: {error.strerror}.",
            "Name another place with --db or READER_DB.",
        ) from error


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database of another program, or one of a newer version of this one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (tables or application):
        raise NotADatabase(
            f"{path} is a database of another program.",
            "Name another file with --db or READER_DB.",
        )
    if version > SCHEMA_VERSION:
        raise DatabaseNewer(
            f"{path} was written by a newer version of reader "
            f"(schema {version}, this one knows {SCHEMA_VERSION}).",
            "Update reader. Nothing in the file was changed.",
        )


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into the program's own, with what to do.

    Raises:
        StorageError: In place of any ``sqlite3.Error``.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(error, path) from error


def _in_words(error: sqlite3.Error, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseLocked(
            f"{path} is locked by another program.",
            "Close the other program, or wait until it has finished, and try again.",
        )
    if code == sqlite3.SQLITE_READONLY:
        return DatabaseReadOnly(
            f"{path} cannot be written.",
            "Change the permissions of the file and its folder, or name another with --db.",
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotADatabase(
            f"{path} is not a database.", "Name another file with --db or READER_DB."
        )
    if code == sqlite3.SQLITE_FULL:
        return StorageError(f"The disk that holds {path} is full.", "Make room and try again.")
    if code == sqlite3.SQLITE_CORRUPT:
        return StorageError(f"{path} is damaged ({error}).", "Restore a backup.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StorageError(
            f"{path} cannot be opened.",
            "See that it is a file that you may read and write, or name another with --db.",
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return ChangeRefused(f"The library refused the change: {error}.", "Please report it.")
    return StorageError(f"{path}: {error}.", "")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run a unit of work: all of it is on disk when the block has ended, or none of it.

    It begins IMMEDIATE, so that a writer in another process makes it wait instead of fail.

    Raises:
        StorageError: The database refused.
    """
    with worded(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
