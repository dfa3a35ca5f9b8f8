"""Brings what is made from a library up to it: the index of the search, the prints of texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from reader.domain.errors import DatabaseDamaged, ReaderError, StorageError
from reader.storage.library import Library

Progress = Callable[[int, int], None]
"""Is told how many are done, of how many."""


class Index(Protocol):
    """What is made from a library, and lies in it."""

    def behind(self) -> int:
        """Return how many articles, or other things, are not in it yet."""

    def take_in(self, characters: int) -> int:
        """Take in some of them, about so much text; return how many."""

    def forget(self) -> None:
        """Empty it, so that all of it is made anew."""


def quiet(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def catch_up(library: Library, index: Index, characters: int, progress: Progress = quiet) -> None:
    """Bring an index to what the library holds, as far as it can be written.

    Who looks for something on a full disk, or in a library that another program holds, finds what
    is in the index; ``behind`` tells how much is not.

    Args:
        library: The library.
        index: What is made from it.
        characters: About how much text is taken in at a time, in code points.
        progress: Is told how far it is.

    Raises:
        DatabaseDamaged: What is read for it, or the index itself, makes no sense.
    """
    if library.read_only:
        return
    total, done = index.behind(), 0
    try:
        while total and (taken := index.take_in(characters)):
            done += taken
            progress(done, total)
    except DatabaseDamaged:
        raise
    except StorageError:
        return


def rebuild(library: Library, index: Index, characters: int, progress: Progress = quiet) -> None:
    """Make an index anew; see :func:`catch_up`.

    Raises:
        ReaderError: The library cannot be written.
    """
    if library.read_only:
        raise ReaderError(
            f"{library.path} cannot be written.",
            "Make file and folder writable; the index lies in the library.",
        )
    index.forget()
    catch_up(library, index, characters, progress)
