"""What SQLite's errors mean, and what to do about them. Import late: only an error needs it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from reader.domain.errors import (
    ChangeRefused,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseReadOnly,
    NotADatabase,
    StorageError,
)
from reader.storage.backup import backups_of, way_back
from reader.storage.probing import why_not_written


def damaged(path: Path, error: Exception | str) -> StorageError:
    """Return the error for what was read and makes no sense."""
    return DatabaseDamaged(
        f"Something stored in {path} makes no sense ({error}).", _damaged_hint(path)
    )


def _damaged_hint(path: Path) -> str:
    return f"Keep the file. `reader doctor` says what is wrong. {way_back(path)}"


def is_locked(error: sqlite3.Error) -> bool:
    """Whether another program's lock was waited for in vain."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def in_words(error: sqlite3.Error, path: Path) -> StorageError:
    """Return the program's own error for one of SQLite's, with what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if is_locked(error):
        return DatabaseLocked(
            f"{path} is locked by another program.",
            "Close the other program, or wait until it has finished, and try again.",
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        why = why_not_written(path, is_full=code == sqlite3.SQLITE_FULL)
        if why is not None:
            return why
    said = _WORDED.get(code)
    return said(error, path) if said else _unexpected(error, code, path)


def _cannot_open(path: Path) -> StorageError:
    if path.parent.is_dir() and not os.access(path.parent, os.X_OK):
        return StorageError(
            f"{path} cannot be opened: its folder may not be looked into.",
            "Change the permissions of the folder, or name another file with --db or READER_DB.",
        )
    if not os.access(path.parent, os.W_OK):
        if path.is_file() and os.access(path, os.R_OK):
            return DatabaseReadOnly(
                f"{path} cannot be written: its folder is read-only.",
                "Change the permissions of the folder, or name another file with --db.",
            )
        if not path.exists():
            return StorageError(
                f"There is no {path}, and none can be made: its folder cannot be written.",
                "Name another place with --db or READER_DB.",
            )
    return StorageError(
        f"{path} cannot be opened.",
        "See that it is a file that you may read and write, or name another with --db.",
    )


_WORDED: dict[int, Callable[[sqlite3.Error, Path], StorageError]] = {
    sqlite3.SQLITE_READONLY: lambda error, path: DatabaseReadOnly(
        f"{path} cannot be written.",
        "Change the permissions of the file and its folder, or name another with --db.",
    ),
    sqlite3.SQLITE_NOTADB: lambda error, path: NotADatabase(
        f"{path} is not a database.", _another_hint(path)
    ),
    sqlite3.SQLITE_CORRUPT: lambda error, path: DatabaseDamaged(
        f"{path} is damaged or cut short ({error}).", _damaged_hint(path)
    ),
    sqlite3.SQLITE_IOERR: lambda error, path: StorageError(
        f"The disk fails to read or write {path} ({error}).",
        "See that it has room, is connected, and that no limit is set on the size of files.",
    ),
    sqlite3.SQLITE_CANTOPEN: lambda error, path: _cannot_open(path),
    sqlite3.SQLITE_CONSTRAINT: lambda error, path: ChangeRefused(
        f"The library refused the change: {error}.",
        "Run `reader doctor`; if it finds nothing wrong, please report it.",
    ),
}
"""What each of SQLite's errors is told as, by its code."""


def _another_hint(path: Path) -> str:
    """Return what to do about a file that is no library, and may have been one."""
    hint = "Name another file with --db or READER_DB."
    return f"It may have been a library. {way_back(path)}" if backups_of(path) else hint


def _unexpected(error: sqlite3.Error, code: int, path: Path) -> StorageError:
    """Return what a whole library would not give."""
    if code == sqlite3.SQLITE_ERROR:
        return DatabaseDamaged(
            f"The tables of {path} are not what this version of reader expects ({error}).",
            "If a newer version has written to it, update reader. Otherwise: "
            f"{_damaged_hint(path)}",
        )
    said = "text that is no UTF-8" if "decode to UTF-8" in str(error) else str(error)[:200]
    return damaged(path, said)
