"""The marks that an annotator has set in an article. Local: no operations, never exchanged."""

from __future__ import annotations

from reader.storage.connection import worded
from reader.storage.library import Library


def all_of(library: Library, annotator_uid: str, version_uid: str) -> dict[str, int]:
    """Return the marks in a version, by letter: the offset of each.

    Raises:
        StorageError: They cannot be read.
    """
    with worded(library.path):
        rows = library.connection.execute(
            "SELECT letter, offset FROM bookmark WHERE annotator_uid = ? AND version_uid = ?"
            " ORDER BY offset, letter",
            (annotator_uid, version_uid),
        )
        return {letter: offset for letter, offset in rows}  # noqa: C416 - the types are told so


def keep(library: Library, annotator_uid: str, version_uid: str, letter: str, offset: int) -> None:
    """Set a mark, in the place of the one of that letter.

    Raises:
        StorageError: It cannot be kept.
    """
    with worded(library.path):
        library.connection.execute(
            "INSERT INTO bookmark VALUES (?, ?, ?, ?) ON CONFLICT (annotator_uid, version_uid,"
            " letter) DO UPDATE SET offset = excluded.offset",
            (annotator_uid, version_uid, letter, offset),
        )
