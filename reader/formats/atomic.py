"""Writes to a stream, or to a file that is replaced as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, TextIO

from reader.domain.errors import FileError, UsageError
from reader.domain.half_written import beside


class Writable(Protocol):
    """What is written to; in text mode, UTF-8, newlines left alone."""

    def write(self, text: str, /) -> object:
        """Write a piece of text."""


@contextmanager
def written_to(target: Path | Writable, *, force: bool = False) -> Iterator[Writable]:
    """Give what to write to: a stream as it is, or a file as :func:`replacing` does.

    Raises:
        FileError: The file cannot be written.
    """
    if isinstance(target, Path):
        with replacing(target, force=force) as file:
            yield file
    else:
        yield target


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Give a UTF-8 text file to write; when the block ends well it stands in the place of ``path``.

    It is written beside the old file, flushed to the disk, and renamed. If anything fails, the old
    file is as it was and nothing is left behind. A link is followed; a device or pipe is written
    to directly.

    Args:
        path: The file.
        force: Whether a file that is there may be replaced.

    Raises:
        UsageError: There is one already, or no such folder.
        FileError: It may not be written there, or the disk refuses.
    """
    target = Path(os.path.realpath(path))
    try:
        _check(target, path, force)
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="") as device:
                yield device
            return
        yield from _beside(target, path, force)
    except OSError as error:
        raise FileError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Name another place, or make room and see who may write there. The old file, if there"
            " was one, is as it was.",
        ) from error


def _check(target: Path, path: Path, force: bool) -> None:
    if target.is_dir():
        raise UsageError(f"{path} is a folder.", "Name a file in it.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", "Make it first.")
    if target.is_file() and not force:
        raise UsageError(f"{path} is there already.", "Use --force to replace it.")


def _beside(target: Path, path: Path, force: bool) -> Iterator[TextIO]:
    temporary = beside(target)
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
            os.fsync(file.fileno())
        _check(target, path, force)  # unless somebody made one meanwhile
        temporary.replace(target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Flush the rename itself; some file systems cannot, and need not."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
