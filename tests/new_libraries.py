"""Has new libraries copied from one that was made, instead of each made by all migrations.

The migrations make and change a hundred tables: that took forty times as long as to open what they
made, in each of a thousand and more tests that want a library of their own, and each examination
of one made another two to compare it with. What begins as an earlier version is still brought up
to date by them, programs that are started make their libraries themselves, and the tests of how
they are made have them made (``MADE_THERE`` in :mod:`tests.conftest`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reader.domain.operation import new_uid
from reader.storage.library import Library
from reader.storage.schema import tables
from tests import terminal

OF_ITS_OWN = ("library_uid", "device_uid")
"""What no two libraries have in common."""

_migrate = tables.migrate


class Pattern:
    """A library without anything in it.

    Args:
        path: Its file; made when it is wanted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made = False

    def migrate(self, connection: sqlite3.Connection) -> None:
        """Do as :func:`tables.migrate`."""
        (there,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if there or not self._is_made():
            _migrate(connection)
            return
        begun = connection.in_transaction
        if begun:  # it cannot be copied into one
            connection.execute("COMMIT")
        with closing(sqlite3.connect(self.path)) as pattern:
            pattern.backup(connection)
        if begun:
            connection.execute("BEGIN IMMEDIATE")
        for key in OF_ITS_OWN:
            connection.execute("UPDATE meta SET value = ? WHERE key = ?", (new_uid(), key))

    def _is_made(self) -> bool:
        """Have it made; return whether that is done, and not being done."""
        if not self._made:
            if self.path.exists():
                return False  # it is what is being made
            Library(self.path).close()
            self._made = True
        return True

    @contextmanager
    def copied(self) -> Iterator[None]:
        """Have new libraries be copies of it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "migrate", self.migrate)
            patch.setattr(terminal, "prepare", make)
            yield


def make(path: Path) -> None:
    """Make a library for a program that will be started, unless it is there.

    A program that makes it itself takes five times as long to start.
    """
    if path.parent.is_dir() and not path.exists():
        Library(path).close()
