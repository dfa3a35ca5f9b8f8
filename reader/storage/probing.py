"""Finds out why SQLite could not write: it tells of a failing disk, and not in what way it fails.

Import late: only an error needs it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from reader.domain.errors import DatabaseReadOnly, DiskFull, StorageError

_LEAST_ROOM = 64 * 1024
"""Bytes: there is no less in what SQLite makes beside a database."""


def why_not_written(path: Path, *, is_full: bool) -> StorageError | None:
    """Return why nothing can be written beside a library, or None if something can.

    Args:
        path: The library's file.
        is_full: Whether it is known that there is no room.
    """
    found = _written_beside(path)
    if found == errno.EDQUOT:
        return DiskFull(
            f"Your share of the disk that holds {path} is used up (a quota is set).",
            "Make room among your files, or have the quota raised, and try again.",
        )
    if is_full or found == errno.ENOSPC:
        return DiskFull(f"The disk that holds {path} is full.", "Make room and try again.")
    if found == errno.EROFS:
        return DatabaseReadOnly(
            f"{path} cannot be written: its disk has become read-only.",
            "A disk that fails is made so: see that it is sound, and mount it for writing again.",
        )
    return None


def _written_beside(path: Path) -> int:
    """Write something beside a file and delete it; return the number of the error, 0 for none."""
    try:
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as file:
            file.write(bytes(_LEAST_ROOM))
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno or 0
    return 0
