"""The files of a folder that can be articles: found in all folders below it, in a steady order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from reader.domain.errors import InputError, UsageError

PATTERNS = (
    "*.txt", "*.text", "*.md", "*.markdown", "*.html", "*.htm", "*.xhtml", "*.mhtml", "*.mht",
    "*.pdf", "*.epub", "*.docx",
)  # fmt: skip
"""What is taken from a folder when no pattern is given."""

Skipped = Callable[[InputError], None]
"""Told of a folder that cannot be looked into."""


def files_in(
    folder: str, patterns: Sequence[str] = (), skipped: Skipped = lambda error: None
) -> Iterator[str]:
    """Yield the files below a folder whose names fit a pattern; hidden ones are left out.

    Links to folders are followed, but no folder is looked into twice.

    Args:
        folder: As the user named it; the files' names begin with it.
        patterns: Such as ``*.pdf``, in which upper case means lower case as well; one with a slash
            is held against the path below the folder. By default :data:`PATTERNS`.
        skipped: Told of folders that cannot be looked into.

    Raises:
        InputError: The folder itself cannot be looked into.
        UsageError: A pattern is empty.
    """
    wanted = [pattern.lower() for pattern in patterns or PATTERNS]
    if not all(wanted):
        raise UsageError("A pattern is empty.", "Such as --pattern '*.pdf'.")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise _cannot(folder, error) from error
    return _below(folder, wanted, skipped)


def _below(folder: str, patterns: Sequence[str], skipped: Skipped) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    walk = os.walk(folder, followlinks=True, onerror=lambda e: skipped(_cannot(e.filename, e)))
    for here, folders, files in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if _is_known(here, seen):
            folders.clear()
            continue
        for name in sorted(files):
            path = os.path.join(here, name)  # noqa: PTH118 - as the user wrote it: no ./ is lost
            below = os.path.relpath(path, folder)
            if not name.startswith(".") and _fits(name.lower(), below.lower(), patterns):
                yield path


def _fits(name: str, below: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(below if "/" in pattern else name, pattern) for pattern in patterns)


def _is_known(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder was met before, by way of a link."""
    try:
        status = Path(folder).stat()
    except OSError:
        return True
    identity = (status.st_dev, status.st_ino)
    known = identity in seen
    seen.add(identity)
    return known


def _cannot(folder: str, error: OSError) -> InputError:
    reason = (error.strerror or str(error)).lower()
    return InputError(f"{folder} cannot be looked into: {reason}.", "Check the folder's rights.")
