"""Copies of the library: on demand, before a migration, and once a day.

A copy is made by ``VACUUM INTO`` under a temporary name, flushed, checked, and only then renamed:
a file with a backup's name is a whole backup. The daily one is made by a thread of its own with a
connection of its own, some seconds after the first write: a reader does not hold up writers in WAL
mode, and SQLite works outside the interpreter's lock.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from reader.domain.errors import StorageError
from reader.domain.half_written import beside
from reader.domain.operation import now
from reader.storage.connection import reading_connection, worded
from reader.storage.progress import Told, megabytes, quiet, telling

KEPT = 5
"""How many backups of each kind are kept."""

DELAY_SECONDS = 3.0
"""Pause between the first write and the daily backup, so that the screen is there before it."""


def folder_of(path: Path) -> Path:
    """Return where the backups of a library lie."""
    return path.with_name("backups")


def backups_of(path: Path) -> list[Path]:
    """Return the backups of a library that were made by themselves, oldest first."""
    pattern = re.compile(
        re.escape(path.stem) + r"-\d{8}-\d{9}Z(-before-schema-\d+)?" + re.escape(path.suffix)
    )
    try:
        names = [entry for entry in folder_of(path).iterdir() if pattern.fullmatch(entry.name)]
    except OSError:
        return []
    return sorted(names)


def way_back(path: Path) -> str:
    """Return what to do to go back to the newest backup of a library, or that there is none."""
    found = backups_of(path)
    if not found:
        return f"There is no backup in {folder_of(path)}."
    beside = [f"{path.name}{end}" for end in ("", "-wal", "-shm") if Path(f"{path}{end}").exists()]
    return (
        f"The newest backup is {found[-1]} (`reader --db … doctor` says whether it is whole). To "
        f"go back to it, move {', '.join(beside) or path.name} away, and copy it to {path}."
    )


def copy_to(connection: sqlite3.Connection, source: Path, target: Path, told: Told = quiet) -> None:
    """Write a whole, checked copy of the library; a file of that name is replaced.

    Args:
        connection: A connection to the library that is in no transaction.
        source: The library's file, for messages.
        target: The copy.
        told: Is told how far it is, if that takes long.

    Raises:
        StorageError: No copy was made; what was there is as it was.
    """
    temporary = beside(target)
    try:
        whole = megabytes(source)
        with (
            worded(source),
            telling(connection, told, lambda: f"backup, {megabytes(temporary)} of {whole}"),
        ):
            _vacuum_into(connection, temporary)
        _flush(temporary)
        _check(temporary, told)
        temporary.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise StorageError(
            f"The backup {target} cannot be written: {error.strerror or error}.",
            "See that the folder can be written and has room.",
        ) from error
    finally:
        for leftover in (temporary, Path(f"{temporary}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _vacuum_into(connection: sqlite3.Connection, copy: Path) -> None:
    """Write the copy, also from a connection that is for reading only."""
    (read_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=off")
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.execute(f"PRAGMA query_only={read_only}")


def _check(copy: Path, told: Told) -> None:
    """See that the copy can be read from the first page to the last.

    Raises:
        StorageError: It cannot.
    """
    connection = reading_connection(copy)
    try:
        with worded(copy), telling(connection, told, lambda: "the backup is checked"):
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        connection.close()
    if said != "ok":
        raise StorageError(
            f"The copy is damaged ({said}).", "Run `reader doctor` on the library, and try again."
        )


def _flush(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():  # some file systems cannot flush a folder, and need not
            raise
    finally:
        os.close(descriptor)


def keep(connection: sqlite3.Connection, path: Path, mark: str = "", told: Told = quiet) -> Path:
    """Make a backup in the library's own folder for them, and let the oldest go.

    Args:
        connection: A connection to the library that is in no transaction.
        path: The library's file.
        mark: Put behind the time in the name, such as ``-before-schema-2``.
        told: Is told how far it is, if that takes long.

    Raises:
        StorageError: No backup was made.
    """
    folder = folder_of(path)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} for backups cannot be made: {error.strerror}.",
            "See that the library's folder can be written and has room.",
        ) from error
    stamp = re.sub(r"[-:.]", "", now()).replace("T", "-")
    target = folder / f"{path.stem}-{stamp}{mark}{path.suffix}"
    copy_to(connection, path, target, told)
    _let_go(path, target, marked=bool(mark))
    return target


def _let_go(path: Path, new: Path, *, marked: bool) -> None:
    """Delete all but the newest backups of one kind.

    The one just made stays, even if the clock was set back and its name says that it is the oldest.
    """
    same = [item for item in backups_of(path) if ("-before-" in item.stem[-20:]) is marked]
    others = [item for item in same if item != new]
    with suppress(OSError):
        for old in others[: 1 - KEPT]:
            old.unlink(missing_ok=True)


def is_due(path: Path) -> bool:
    """Return whether no daily backup has been made today (UTC)."""
    today = f"{path.stem}-{now()[:10].replace('-', '')}-"
    return not any(
        item.name.startswith(today) and "-before-" not in item.name for item in backups_of(path)
    )


class Daily:
    """Makes the backup of the day behind whatever else is done.

    Args:
        path: The library's file.
        notices: Where a failure is told; it stops nothing.
    """

    def __init__(self, path: Path, notices: list[str]) -> None:
        self._path = path
        self._notices = notices
        self._hurry = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked = False

    def after_write(self) -> None:
        """Start the backup after the first write, if there is none of today."""
        if self._asked:
            return
        self._asked = True
        if is_due(self._path):
            self._thread = threading.Thread(target=self._work, name="backup", daemon=True)
            self._thread.start()

    def before_much(self) -> None:
        """Have the backup made by now, before much is written: a way back, and a small copy."""
        if self._thread is not None:
            self.finish()
        elif not self._asked:
            self._asked = True
            if is_due(self._path):
                self._hurry.set()
                self._work()

    def finish(self) -> None:
        """See the backup through, if one has begun."""
        if self._thread is not None:
            self._hurry.set()
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        self._hurry.wait(DELAY_SECONDS)
        try:
            connection = reading_connection(self._path)
            try:
                keep(connection, self._path)
            finally:
                connection.close()
        except StorageError as error:
            self._notices.append(f"Today's backup was not made: {error.message} {error.hint}")
