"""Has new libraries copied from one that was made, instead of each made by all migrations.

The migrations make and change a hundred tables: that took forty times as long as to open what they
made, in each of a thousand and more tests that want a library of their own. What begins as an
earlier version is still brought up to date by them, and the tests of the storage have them make
their libraries too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reader.domain.operation import new_uid
from reader.storage.library import Library
from reader.storage.schema import migrating

OF_ITS_OWN = ("library_uid", "device_uid")
"""What no two libraries have in common."""

_make_tables = migrating.make_tables


class Pattern:
    """A library without anything in it.

    Args:
        path: Its file; made when it is wanted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def make_tables(self, one: sqlite3.Connection, path: Path) -> None:
        """Do as :func:`migrating.make_tables`."""
        (tables,) = one.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables or path == self.path:
            _make_tables(one, path)
            return
        if not self.path.exists():
            Library(self.path).close()
        with closing(sqlite3.connect(self.path)) as pattern:
            pattern.backup(one)
        for key in OF_ITS_OWN:
            one.execute("UPDATE meta SET value = ? WHERE key = ?", (new_uid(), key))

    @contextmanager
    def copied(self) -> Iterator[None]:
        """Have new libraries be copies of it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrating, "make_tables", self.make_tables)
            yield
