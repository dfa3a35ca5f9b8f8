"""The library: the one class of this package that services see."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.domain.errors import DatabaseNewer, DatabaseReadOnly, DiskFull, StorageError
from reader.domain.operation import Change, Group, new_uid
from reader.storage.connection import (
    BUSY_MS,
    LARGE_CACHE,
    SCHEMA_VERSION,
    Connection,
    Waits,
    connect,
    transaction,
    worded,
)
from reader.storage.log import Log
from reader.storage.mounts import network_warning
from reader.storage.readers import Readers

if TYPE_CHECKING:
    from reader.storage.backup import Daily
    from reader.storage.merging.contents import Contents
    from reader.storage.merging.merge import Merge, Settling
    from reader.storage.progress import Told
    from reader.storage.reading import Reading
    from reader.storage.upkeep import PutOff


class Library(Readers):
    """One database file, open for writing. Use it from the thread that opened it.

    What it holds is read through what :class:`Readers` hands out, and changed through the log.

    Attributes:
        path: The file.
        log: The operation log: the only way to change what the library holds.
        notices: Sentences for the user on how the library lies or was kept; may grow.

    Args:
        path: The file; it and its folder are made if they are not there.
        busy_ms: How long to wait for another program's lock, in ms.
        read_only: Open it for reading only; it must be there, and may be of a newer version.
        told: Is told how far bringing an older library up to date is; empty words are the end.
        waits: Is told when another program's lock is waited for, now and later.

    Raises:
        StorageError: It cannot be opened; each reason has its own message.
    """

    def __init__(
        self,
        path: Path,
        *,
        busy_ms: int = BUSY_MS,
        read_only: bool = False,
        told: Told = lambda words: None,
        waits: Waits | None = None,
    ) -> None:
        self.read_only = read_only
        self.notices: list[str] = []
        self._daily: Daily | None = None
        self._made_now = False
        self._reading: Reading | None = None
        was_empty = _is_empty_file(path)
        if read_only:
            from reader.storage.reading import open_reading  # late: seldom needed

            self._reading = open_reading(path)
            connection: sqlite3.Connection = self._reading.connection
        else:
            connection = connect(path, busy_ms=busy_ms, waits=waits)
        super().__init__(connection, path)
        try:
            with worded(path):
                if not read_only:
                    self._migrate_if_needed(told)
                self.log = Log(self._connection, path, self._written)
        except BaseException:
            self.close()
            raise
        self._look_around(was_empty=was_empty)

    @classmethod
    def for_reading(
        cls, path: Path, *, told: Told = lambda words: None, waits: Waits | None = None
    ) -> Self:
        """Open a library that will only be read: for writing if that is possible, else as it is.

        What keeps it from being written is told in ``notices``.

        Args:
            path: The file.
            told: As for the class.
            waits: The same.

        Raises:
            StorageError: It cannot be read either.
        """
        there = os.path.isfile(path)  # noqa: PTH113 - also where the folder is closed
        if there and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            library = cls(path, read_only=True)
            library.notices.append(
                f"{path} cannot be written; it is opened for reading only. To change something in "
                "it, make the file and its folder writable."
            )
            return library
        try:
            return cls(path, told=told, waits=waits)
        except (DatabaseNewer, DatabaseReadOnly, DiskFull) as error:
            try:
                library = cls(path, read_only=True)
            except StorageError:
                if isinstance(error, DiskFull):
                    raise error from None
                raise
            library.notices.append(f"{error.message} It is opened for reading only. {error.hint}")
            return library

    def _look_around(self, *, was_empty: bool) -> None:
        """Notice what the user should know of how the library lies."""
        if was_empty:
            self.notices.append(f"{self.path} was an empty file; it is a new library now.")
        if self._made_now:
            from reader.storage.backup import backups_of, way_back  # late: once

            if backups_of(self.path):
                self.notices.append(f"{self.path} is a new library. {way_back(self.path)}")
        if network := network_warning(self.path):
            self.notices.append(network)

    def _migrate_if_needed(self, told: Told) -> None:
        before = self._schema_version()
        if before == SCHEMA_VERSION:
            return
        self._made_now = not before
        from reader.storage.schema import migrating  # late: it costs as much as half the start

        if before:
            notice = migrating.bring_up_to_date(self._connection, self.path, told)
            self.notices.append(notice)
        else:
            migrating.make_tables(self._connection, self.path)

    def _schema_version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    @property
    def is_newer(self) -> bool:
        """Whether the tables are of a newer version than this program knows."""
        return self._schema_version() > SCHEMA_VERSION

    def _written(self) -> None:
        """Have the backup of the day made; a library that was made just now has none to lose."""
        if not self._made_now:
            self._backup_of_the_day().after_write()

    def _backup_of_the_day(self) -> Daily:
        if self._daily is None:
            from reader.storage.backup import Daily  # late: after the first screen

            self._daily = Daily(self.path, self.notices)
        return self._daily

    def back_up(self, target: Path, told: Told = lambda words: None) -> None:
        """Write a whole, checked copy of the library; a file of that name is replaced.

        Args:
            target: The copy.
            told: Is told how far it is, if that takes long.

        Raises:
            StorageError: No copy was made.
        """
        from reader.storage.backup import copy_to

        copy_to(self._connection, self.path, target, told)

    def keep_copy(self) -> Path:
        """Make a backup of what is open, even if the file itself was deleted or replaced.

        Raises:
            StorageError: None was made.
        """
        from reader.storage.backup import keep

        return keep(self._connection, self.path)

    def wait_for_locks(self, ms: int) -> None:
        """Wait so long for another program's lock from now on, in ms."""
        self._connection.execute(f"PRAGMA busy_timeout={ms:d}")

    def close(self) -> None:
        """Close the file, once the backup of the day is through. Harmless when repeated."""
        if self._daily is not None:
            self._daily.finish()
        if self._reading is not None:
            self._reading.close()
        if "search" in self.__dict__:
            self.search.close()
        if "drafts" in self.__dict__:
            self.drafts.close()
        self._connection.close()
        if isinstance(self._connection, Connection):
            self._connection.leave_log(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ annotators

    def annotator(self, handle: str) -> str:
        """Return the uid of the annotator with that handle; made at the first mention.

        Raises:
            StorageError: It cannot be written.
        """
        known = self.annotators.find(handle)
        if known:
            return known
        uid = new_uid()
        fields = {"handle": handle, "name": None, "kind": "human"}
        self.log.commit(
            Group("annotator", uid, None, (Change("annotator", uid, fields),), summary=handle)
        )
        return uid

    # ------------------------------------------------------------------ units of work

    @contextmanager
    def unit_of_work(self) -> Iterator[None]:
        """Let all writes to the log inside the block happen, or none; use ``log.write`` in it.

        Raises:
            StorageError: Nothing was written.
        """
        with transaction(self._connection, self.path):
            yield
        self._written()

    @contextmanager
    def large_unit_of_work(self, rows: int) -> Iterator[PutOff]:
        """Do what :meth:`unit_of_work` does, for very many new highlights and nothing else.

        Args:
            rows: About how many operations there will be.

        Yields:
            What is put off; it is to be settled before a judgement on a highlight is read.

        Raises:
            StorageError: Nothing was written.
        """
        from reader.storage.many_rows import checked_together, referring_later
        from reader.storage.upkeep import put_off  # late: only imports need it
        from reader.storage.written_once import is_large, written_once

        one = self._connection
        large = is_large(one, rows)
        if large and not self._made_now:
            self._backup_of_the_day().before_much()
        (before,) = one.execute("PRAGMA cache_size").fetchone()
        one.execute(f"PRAGMA cache_size={-LARGE_CACHE:d}")
        try:
            with (
                written_once(one) if large else nullcontext(),
                referring_later(one),
                transaction(one, self.path, alone=True),
                checked_together(one),
                put_off(one, rows) as waiting,
            ):
                yield waiting
        finally:
            one.execute(f"PRAGMA cache_size={before:d}")
        self._written()

    @contextmanager
    def merging(self, settling: Settling) -> Iterator[Merge]:
        """Take another library's operations and content in: all that adds up, in one transaction.

        Args:
            settling: Says what has to be changed in an article that was captured again in one
                library, and marked meanwhile in the other.

        Raises:
            StorageError: Nothing was written.
        """
        from reader.storage.merging.merge import Merge  # late: seldom needed

        with self.unit_of_work():
            yield Merge(self._connection, self.path, settling)

    def contents(self) -> Contents:
        """Return what another library needs of this one to take it in."""
        from reader.storage.merging.contents import Contents

        return Contents(self._connection, self.path)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads inside the block see one state of the library."""
        with worded(self.path, others_too=True):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def data_version(self) -> int:
        """Return a number that changes when another program has written to the file."""
        value: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return value


def _is_empty_file(path: Path) -> bool:
    """Return whether there is a file without anything in it."""
    try:
        return os.path.getsize(path) == 0  # noqa: PTH202 - at each start
    except OSError:
        return False
