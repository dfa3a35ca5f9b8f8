"""Opens the database file as every rule of durability wants it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import (
    CodebookError,
    DatabaseGone,
    DatabaseNewer,
    NotADatabase,
    StorageError,
)
from reader.domain.late import Late

if TYPE_CHECKING:
    from reader.storage import backup, wording
else:
    backup = Late("reader.storage.backup")
    wording = Late("reader.storage.wording")

APPLICATION_ID = 0x72656164
"""Marks the file as a library of this program ("read" in ASCII)."""

SCHEMA_VERSION = 21
"""``user_version`` of a library whose migrations are all done."""

PAGE_BYTES = 8192
"""Size of the pages of a new library. What is written very much of at once takes a fifth less than
with pages of half the size; a tag takes 0.06 ms more, with pages of twice the size another 0.15."""

LARGE_CACHE = 64 * 1024
"""Memory for the pages of a large transaction, KiB."""

BUSY_MS = 5_000
"""How long a statement waits for another program's lock, in ms."""

TOLD_MS = 1_000
"""How long of that it waits before somebody is told, if anybody wants to be."""

Waits = Callable[[str], object]
"""Is told in a sentence what is waited for."""

_BESIDE = ("-wal", "-shm")
"""What the files are called that SQLite makes beside a database."""


class Connection(sqlite3.Connection):
    """A writing connection that knows which file it has open."""

    file: tuple[int, int] | None = None
    """Device and inode of the database."""
    log: tuple[int, int] | None = None
    """The same of the log beside it, once something was written."""
    waits: Waits | None = None
    """Is told when another program's lock is waited for; None tells nobody."""
    busy_ms = BUSY_MS
    """How long that is waited for."""
    _left = ""
    """What the names of the log and its index end with since their file is gone."""

    def patiently(self, statement: str, path: Path) -> None:
        """Execute a statement that may have to wait for another program's lock, and tell of it.

        Raises:
            sqlite3.Error: The database refused, or the other program did not let go.
        """
        if self.waits is None or self.busy_ms <= TOLD_MS:
            self.execute(statement)
            return
        self.execute(f"PRAGMA busy_timeout={TOLD_MS:d}")
        try:
            self.execute(statement)
        except sqlite3.OperationalError as error:
            if not wording.is_locked(error):
                raise
            left = self.busy_ms - TOLD_MS
            self.waits(f"{path} is locked by another program; waiting {left // 1000} s for it …")
            self.execute(f"PRAGMA busy_timeout={left:d}")
            self.execute(statement)
        finally:
            self.execute(f"PRAGMA busy_timeout={self.busy_ms:d}")

    def see_that_it_is_there(self, path: Path) -> None:
        """See that a commit goes to the file of that name, inside a transaction.

        SQLite goes on writing to a file that was deleted or replaced, and all of it would be lost.

        Raises:
            DatabaseGone: It would not.
        """
        file, log = _identity(path), _identity(f"{path}-wal")
        if file is None:
            self._see_that_it_can_be_seen(path)
        if self.file == file:
            if log is None and self._left:
                log = self._take_log_back(path)
            self.log = self.log or log
        if self.file != file or self.log != log:
            if file is not None:
                self.leave_log(path)
            raise DatabaseGone(
                f"{path} was deleted, moved or replaced while it was open.",
                "Put it back with the files beside it, or leave, put the copy in its place, and "
                "start again: what is not saved is then offered.",
            )

    def _see_that_it_can_be_seen(self, path: Path) -> None:
        """See that the folder may be looked into.

        Raises:
            StorageError: It may not, and it cannot be known whether the file is there.
        """
        try:
            os.stat(path)  # noqa: PTH116 - as above
        except PermissionError as error:
            raise StorageError(
                f"{path} cannot be looked at any more: the permissions of its folder were changed.",
                "Allow it again: what waits is saved then.",
            ) from error
        except OSError:
            return

    def leave_log(self, path: Path) -> None:
        """Rename the log of a file that is gone, lest SQLite takes it for that of another file.

        It would write the pages in it into whatever has the name now, and damage that. Harmless
        while the file is there.
        """
        log = _identity(f"{path}-wal")
        if log is None or log != self.log or self.file == _identity(path):
            return
        left = f"-left-by-{log[1]}"
        with suppress(OSError):
            for end in _BESIDE:
                os.rename(f"{path}{end}", f"{path}{end}{left}")  # noqa: PTH104 - as above
            self._left = left

    def _take_log_back(self, path: Path) -> tuple[int, int] | None:
        """Give the log its name again, because its file was put back."""
        with suppress(OSError):
            for end in _BESIDE:
                os.rename(f"{path}{end}{self._left}", f"{path}{end}")  # noqa: PTH104 - there is no path object here
            self._left = ""
        return _identity(f"{path}-wal")


def _identity(path: Path | str) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)  # noqa: PTH116 - twice a save: no object is made for it
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def connect(
    path: Path, *, busy_ms: int = BUSY_MS, waits: Waits | None = None
) -> sqlite3.Connection:
    """Open (or create) a library file for writing.

    ``synchronous=full`` is what makes a save in WAL mode survive a power cut; NORMAL does not.
    EXTRA is the same there, and makes it survive one also where there is no log beside the file:
    on a disk that knows none, and after a large import while somebody still reads (see
    :mod:`reader.storage.written_once`). Else the journal of a change that was saved may come back.

    Raises:
        StorageError: The file cannot be opened, is no library, is newer, or is locked.
    """
    with worded(path):
        _make_folder(path)
        check_file(path)
        connection = sqlite3.connect(
            path, timeout=busy_ms / 1000, isolation_level=None, factory=Connection
        )
        connection.waits, connection.busy_ms = waits, busy_ms
        try:
            if waits is not None:
                connection.patiently("PRAGMA user_version", path)  # the first look into the file
            _check_identity(connection, path)
            connection.execute(f"PRAGMA page_size={PAGE_BYTES:d}")  # of a new file; else no effect
            connection.execute("PRAGMA journal_mode=wal")
            connection.file = _identity(path)
            connection.execute("PRAGMA synchronous=extra")
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


def check_file(path: Path) -> None:
    """Refuse what must not be opened, because SQLite would take it for a new database.

    Raises:
        StorageError: The file is empty, or not there, though there was something in it.
    """
    try:
        if os.path.getsize(path) or not path.is_file():  # noqa: PTH202 - at each start
            return
        what = "is empty"
    except OSError:
        what = "is not there"
    log = Path(f"{path}-wal")
    if os.path.exists(log) and log.stat().st_size:  # noqa: PTH110 - the folder may be closed
        raise NotADatabase(
            f"{path} {what}, but the log of a library lies beside it.",
            f"{backup.way_back(path)} To begin a new library, move {log} away.",
        )
    if what == "is empty" and backup.backups_of(path):
        raise NotADatabase(
            f"{path} is empty, but there are backups of it.",
            f"{backup.way_back(path)} To begin a new library, delete it.",
        )


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
def worded(path: Path, *, others_too: bool = False) -> Iterator[None]:
    """Turn the errors of SQLite into the program's own, with what to do.

    Args:
        path: The file, for the messages.
        others_too: The block does other things than read this file; what is no error of SQLite
            is then left as it is.

    Raises:
        StorageError: In place of any ``sqlite3.Error``.
        KeyboardInterrupt: The user wants no more of it.
    """
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from None  # only progress.py interrupts
        raise wording.in_words(error, path) from error
    except UnicodeDecodeError as error:
        if others_too and not _of_storage(error):
            raise
        raise wording.damaged(path, "text that is no UTF-8") from error


def _of_storage(error: UnicodeDecodeError) -> bool:
    """Whether SQLite raised an error: what it says of damaged names need not be UTF-8."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at is not None and at.tb_frame.f_globals["__name__"].startswith("reader.storage")


@contextmanager
def decoded(path: Path) -> Iterator[None]:
    """Say that the file is damaged where what was read from it makes no sense.

    Raises:
        DatabaseDamaged: In place of the error.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError, CodebookError) as error:
        raise wording.damaged(path, error) from error


@contextmanager
def transaction(
    connection: sqlite3.Connection, path: Path, *, alone: bool = False
) -> Iterator[None]:
    """Run a unit of work: all of it is on disk when the block has ended, or none of it.

    It begins IMMEDIATE, so that a writer in another process makes it wait instead of fail.

    Args:
        connection: The writing connection.
        path: The file, for the messages.
        alone: Let nobody read either; without effect in WAL mode.

    Raises:
        StorageError: The database refused.
    """
    with worded(path, others_too=True):
        begin = "BEGIN EXCLUSIVE" if alone else "BEGIN IMMEDIATE"
        if isinstance(connection, Connection):
            connection.patiently(begin, path)
        else:
            connection.execute(begin)
        try:
            yield
            if isinstance(connection, Connection):
                connection.see_that_it_is_there(path)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
