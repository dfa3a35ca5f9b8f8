"""Notes that are being typed: kept until they have become operations, or were given up.

Local: no operations, never exchanged.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.connection import worded


class Drafts:
    """The notes that are being typed in one library.

    On which stretches there are any, ``Articles.begun_notes`` tells.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def get(self, annotator_uid: str, version_uid: str, start: int, end: int) -> str | None:
        """Return the note that was being typed on a stretch when the program ended, or None."""
        row = self._connection.execute(
            "SELECT text FROM draft WHERE annotator_uid = ? AND version_uid = ? AND start = ?"
            ' AND "end" = ?',
            (annotator_uid, version_uid, start, end),
        ).fetchone()
        return row[0] if row else None

    def kept_at(self, annotator_uid: str, version_uid: str, start: int, end: int) -> str | None:
        """Return when the note that was being typed on a stretch was last kept, or None."""
        row = self._connection.execute(
            "SELECT updated_at FROM draft WHERE annotator_uid = ? AND version_uid = ? AND start = ?"
            ' AND "end" = ?',
            (annotator_uid, version_uid, start, end),
        ).fetchone()
        return row[0] if row else None

    def keep(
        self, annotator_uid: str, version_uid: str, start: int, end: int, text: str, at: str
    ) -> None:
        """Remember what is being typed. Local: no operation."""
        with worded(self._path):
            self._connection.execute(
                "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (annotator_uid,"
                ' version_uid, start, "end") DO UPDATE SET text = excluded.text,'
                " updated_at = excluded.updated_at",
                (annotator_uid, version_uid, start, end, text, at),
            )

    def drop(
        self, annotator_uid: str, version_uid: str, start: int, end: int, text: str = ""
    ) -> None:
        """Forget a draft: its note has become an operation, or was given up.

        Args:
            annotator_uid: Whose.
            version_uid: The version it was typed on.
            start: Code points.
            end: One past the last.
            text: What was kept last; it is found by that if it was carried to another version.
        """
        with worded(self._path):
            self._connection.execute(
                "DELETE FROM draft WHERE annotator_uid = ? AND (version_uid = ? AND start = ? AND"
                " \"end\" = ? OR text = ? AND text <> '' AND version_uid IN (SELECT uid FROM"
                " article_version WHERE article_uid ="
                " (SELECT article_uid FROM article_version WHERE uid = ?)))",
                (annotator_uid, version_uid, start, end, text, version_uid),
            )
