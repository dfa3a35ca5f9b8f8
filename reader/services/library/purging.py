"""Takes an article out of the library for good, after a backup."""

from __future__ import annotations

from pathlib import Path

from reader.storage.library import Library
from reader.storage.purging import Belongings, Purging

__all__ = ["Belongings", "belongings", "purge"]


def belongings(library: Library, uid: str) -> Belongings:
    """Return what would go with an article, of all annotators.

    Raises:
        StorageError: It cannot be read.
    """
    return Purging(library.connection, library.path).belongings(uid)


def purge(library: Library, uid: str) -> Path:
    """Make a backup, and delete an article with all that belongs to it; return the backup.

    Raises:
        StorageError: Nothing was deleted.
    """
    kept = library.keep_copy()
    Purging(library.connection, library.path).purge(uid)
    return kept
