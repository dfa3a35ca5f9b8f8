"""Opens a library file for reading only, wherever it lies and whoever may write there.

SQLite wants to write beside a database in WAL mode even to read it. Where it may not, the file is
read as it stands if no log lies beside it; if one does, both are copied to a private folder, for
without the log the newest work would be missing. So it is with the journal of an import that was
killed: without it the file would hold part of that.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import NotADatabase, StorageError
from reader.domain.records import dataclass
from reader.storage.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    check_file,
    reading_connection,
    worded,
)

if TYPE_CHECKING:
    import tempfile  # late: only a copy needs it


_BESIDE = ("-wal", "-journal")
"""What the files are called that a file cannot be read without."""

_NOTHING_BESIDE = (
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),  # the folder cannot be written
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),  # the disk has no room
)
"""Errors of a file beside which SQLite cannot make what it needs."""


@dataclass
class Reading:
    """A library file that is open for reading only.

    Attributes:
        connection: The connection.
        schema: The version of its tables; may be newer than this program's.
        folder: The private folder, if a copy is read.
    """

    connection: sqlite3.Connection
    schema: int
    folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the file and let the copy go. Harmless when repeated."""
        self.connection.close()
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None


def open_reading(path: Path, *, of_any_version: bool = False) -> Reading:
    """Open a library file for reading only.

    Args:
        path: The file.
        of_any_version: Open one as well whose tables are of an older version.

    Raises:
        StorageError: It is not there, is no library, or cannot be read.
    """
    if not os.path.exists(path):  # noqa: PTH110 - the folder may be closed
        raise StorageError(f"There is no library {path}.", "Name another with --db or READER_DB.")
    check_file(path)
    connection, folder = _connected(path)
    reading = Reading(connection, 0, folder)
    try:
        with worded(path):
            reading.schema = _identified(connection, path)
            if reading.schema < SCHEMA_VERSION and not of_any_version:
                raise StorageError(
                    f"{path} was written by an older version of reader and has to be brought up to "
                    "date.",
                    "Where file and folder can be written, `reader --db … list` does that, and "
                    "makes a backup before. Else copy it to where you may write.",
                )
            connection.execute("PRAGMA query_only=on")  # a copy could be written, to no avail
    except BaseException:
        reading.close()
        raise
    return reading


def _connected(path: Path) -> tuple[sqlite3.Connection, tempfile.TemporaryDirectory[str] | None]:
    connection = reading_connection(path)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema")
    except (sqlite3.Error, UnicodeDecodeError) as error:  # damaged names need not be UTF-8
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _NOTHING_BESIDE:
            return connection, None  # it can be reached; what is wrong with it is found out later
        connection.close()
    else:
        return connection, None
    with suppress(OSError):
        real = path.resolve()  # the log lies beside the file itself, not beside a link to it
        for end in _BESIDE:
            beside = Path(f"{real}{end}")
            if beside.exists() and beside.stat().st_size:
                return _copied(real, end)
    return reading_connection(path, immutable=True), None


def _copied(path: Path, end: str) -> tuple[sqlite3.Connection, tempfile.TemporaryDirectory[str]]:
    """Copy file and log, or journal, to a private folder and open the copy."""
    import shutil
    import tempfile

    folder = tempfile.TemporaryDirectory(prefix="reader-")
    copy = Path(folder.name) / "library.db"
    try:
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    except OSError as error:
        folder.cleanup()
        raise StorageError(
            f"{path} cannot be read: {error.strerror or error}.",
            "See that you may read it and the files beside it, and that there is room in "
            f"{folder.name}.",
        ) from error
    return sqlite3.connect(copy, isolation_level=None), folder


def _identified(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version of what is a library.

    Raises:
        StorageError: It is none.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        what = "a database of another program" if tables or application else "empty"
        raise NotADatabase(f"{path} is {what}.", "Name another file with --db or READER_DB.")
    return int(version)
