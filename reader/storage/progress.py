"""Tells how far SQLite is with a statement that takes long, and lets Ctrl-C end it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Told = Callable[[str], None]
"""Takes a few words on how far something is; empty ones when it has ended."""

_PAUSE_S = 0.25
"""Pause between two tellings; what takes less is not told at all."""

_STEPS = 20_000
"""Instructions of SQLite between two looks at the clock: a few ms."""


def quiet(words: str) -> None:
    """Tell nobody."""


@contextmanager
def telling(connection: sqlite3.Connection, told: Told, words: Callable[[], str]) -> Iterator[None]:
    """Tell how far the statements in the block are, again and again.

    Args:
        connection: What runs them, in this thread.
        told: Is told.
        words: Says how far it is now.

    Raises:
        sqlite3.OperationalError: ``told`` raised something, or Ctrl-C was pressed: the statement is
            taken back. Where errors are worded, that is a KeyboardInterrupt.
    """
    last = time.monotonic()

    def look() -> None:
        """Tell it when it is time; what is raised in here ends the statement."""
        nonlocal last
        if time.monotonic() - last > _PAUSE_S:
            told(words())
            last = time.monotonic()

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def megabytes(path: Path) -> str:
    """Return the size of a file, ``347 MB``; nothing is 0."""
    try:
        return f"{path.stat().st_size / 1e6:,.0f} MB"
    except OSError:
        return "0 MB"
