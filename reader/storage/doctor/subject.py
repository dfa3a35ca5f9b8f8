"""The library file under examination, as the checks see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from reader.storage.reading import Reading, open_reading

STEP = 500

Progress = Callable[[str, int], None]
"""Called with the name of a check and how much it has gone through."""


class Subject:
    """One library file that is only read; close it afterwards.

    Attributes:
        path: The file.
        counts: How much each check has gone through.
        deleted: How many of the highlights gone through are deleted.

    Args:
        path: The file.
        progress: Told how far each check is.

    Raises:
        StorageError: The file cannot be opened, or is no library.
    """

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path = path
        self.counts: dict[str, int] = {}
        self.deleted = 0
        self._reading: Reading = open_reading(path, of_any_version=True)
        self._progress = progress
        self.ask = self._reading.connection.execute

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection; nothing can be written with it."""
        return self._reading.connection

    @property
    def schema(self) -> int:
        """The version of the file's tables."""
        return self._reading.schema

    def reached(self, check: str, count: int) -> None:
        """Note how much a check has gone through, and tell it now and then."""
        self.counts[check] = count
        if count % STEP == 0:
            self._progress(check, count)

    def close(self) -> None:
        """Close the file."""
        self._reading.close()
