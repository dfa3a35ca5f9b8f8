"""The examination of a library file: every check, one after the other, from one state of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.domain.errors import ReaderError
from reader.domain.records import dataclass
from reader.storage.connection import SCHEMA_VERSION, worded
from reader.storage.doctor import content, replay, structure
from reader.storage.doctor.subject import Progress, Subject

SHOWN = 20
"""Findings of one kind that are listed; more are only counted."""

Check = Callable[[Subject], Iterator[str]]
"""Goes through a file and yields what is wrong, one sentence each."""

CHECKS: dict[str, Check] = {
    "pages": structure.pages,
    "tables": structure.tables,
    "references": structure.references,
    "orphans": structure.orphans,
    "search": structure.search,
    "overlap": structure.overlap,
    "articles": content.articles,
    "roles": content.roles,
    "anchors": content.anchors,
    "codebooks": content.codebooks,
    "log": replay.log,
}
"""Every check, in the order in which they are made; ``schema`` comes before all of them."""

_OF_ANY_SCHEMA = ("pages", "references", "search")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be.

    Attributes:
        check: Which check found it: a key of :data:`CHECKS`, ``schema``, or ``room`` for one that
            could not be made, ``older`` for tables that opening the library brings up to date.
        message: What is wrong, one sentence.
    """

    check: str
    message: str


def _lacks_room(error: Exception) -> bool:
    """Return whether it is the examination that lacks room; nothing is wrong with the file then."""
    code = getattr(error.__cause__ or error, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_FULL


class Examination:
    """One library file under examination; close it afterwards.

    Args:
        path: The file.
        progress: Told how far each check is.

    Raises:
        StorageError: The file cannot be opened, or is no library.
    """

    def __init__(self, path: Path, progress: Progress = lambda name, count: None) -> None:
        self._subject = Subject(path, progress)

    @property
    def counts(self) -> dict[str, int]:
        """How much each check has gone through."""
        return self._subject.counts

    @property
    def deleted(self) -> int:
        """How many of the highlights are deleted."""
        return self._subject.deleted

    @property
    def schema(self) -> int:
        """The version of the file's tables."""
        return self._subject.schema

    def close(self) -> None:
        """Close the file."""
        self._subject.close()

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong, check by check, from one state of the file.

        Raises:
            StorageError: The file is locked.
        """
        with worded(self._subject.path):
            self._subject.ask("BEGIN")
        if self.schema > SCHEMA_VERSION:
            yield Fault("schema", f"The tables are of version {self.schema}, which is newer.")
        elif self.schema < SCHEMA_VERSION:
            yield Fault("older", f"The tables are of version {self.schema}, which is older.")
        for name, check in CHECKS.items():
            if self.schema == SCHEMA_VERSION or name in _OF_ANY_SCHEMA:
                yield from self._limited(name, check)

    def _limited(self, name: str, check: Check) -> Iterator[Fault]:
        """Yield the first faults of one check, and how many more there are."""
        count = 0
        self._subject.reached(name, 0)
        try:
            for count, message in enumerate(check(self._subject), 1):
                if count <= SHOWN:
                    yield Fault(name, message)
        except (sqlite3.Error, ReaderError, ValueError, KeyError, TypeError) as error:
            if _lacks_room(error):
                yield Fault("room", f"The check “{name}” could not be made: a disk is full.")
                return
            yield Fault(name, f"It could not be examined to the end: {_said(error)}")
        if count > SHOWN:
            yield Fault(name, f"… and {count - SHOWN} more of this kind.")


def _said(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):  # SQLite's own message, with a damaged name in it
        return "text that is no UTF-8"
    return getattr(error, "message", None) or str(error) or type(error).__name__
