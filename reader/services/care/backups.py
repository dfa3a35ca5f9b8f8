"""Makes a copy of the library where the user wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.domain.errors import FileError, UsageError
from reader.domain.records import dataclass
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made.

    Attributes:
        path: The file.
        size: Its bytes.
    """

    path: Path
    size: int


def back_up(
    library: Library,
    path: Path,
    *,
    force: bool = False,
    told: Callable[[str], None] = lambda words: None,
) -> BackedUp:
    """Write a whole, checked copy of the library that opens like any library.

    Args:
        library: The library.
        path: The copy.
        force: Whether a file that is there may be replaced.
        told: Is told how far it is, if that takes long.

    Raises:
        UsageError: There is a file already, no such folder, or it is the library itself.
        FileError: That place cannot be looked into.
        StorageError: The copy cannot be made; what was there is as it was.
    """
    target = path.expanduser().absolute()
    try:
        _check(library, target, path, force=force)
    except OSError as error:
        raise FileError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Name another place, or see who may write there.",
        ) from error
    library.back_up(target, told)
    return BackedUp(target, target.stat().st_size)


def _check(library: Library, target: Path, path: Path, *, force: bool) -> None:
    if target.is_dir():
        raise UsageError(f"{path} is a folder.", "Name a file in it.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", "Make it first.")
    if target.exists() and target.samefile(library.path):
        raise UsageError(f"{path} is the library itself.", "Name another file.")
    if target.exists() and not force:
        raise UsageError(f"{path} is there already.", "Use --force to replace it.")
