"""Copies a library whose file is gone, while it is open. Import late: that is seldom."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reader.domain.errors import StorageError
from reader.services.care.rescue_folders import folders, is_ours
from reader.storage.library import Library


def copy_of_gone(library: Library, places: Sequence[Path] | None = None) -> Path:
    """Copy a library whose file was deleted or replaced, while it can still be read.

    It goes to the folder for backups, or, if that is gone with the library's own, to where rescue
    files lie.

    Args:
        library: The library; the file that was opened is read, whatever has its name now.
        places: Folders to try in turn; those for rescue files by default.

    Returns:
        The copy.

    Raises:
        StorageError: There is no place for one.
    """
    try:
        return library.keep_copy()
    except StorageError as error:
        for folder in folders() if places is None else places:
            with suppress(OSError, StorageError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if is_ours(folder):
                    path = folder / f"{library.path.stem}-copy-{os.getpid()}{library.path.suffix}"
                    library.back_up(path)
                    return path
        raise StorageError(error.message, error.hint) from error
