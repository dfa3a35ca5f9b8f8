"""What is being typed, notes and forms: kept until it has become operations, or was given up.

Local: no operations, never exchanged. Each window has its own, also on the same words; those of a
window that is no more are offered to the next one that opens a note there.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.errors import StorageError
from reader.domain.records import dataclass
from reader.storage.connection import worded
from reader.storage.windows import close_window, is_open, open_window

Where = tuple[str, str, int, int]
"""Annotator, version, first code point and one past the last."""

NOTE = "note"
"""The kind of a draft that is a note; forms have others, and texts of their own making."""

_AT = 'annotator_uid = ? AND version_uid = ? AND start = ? AND "end" = ? AND kind = ?'


@dataclass(frozen=True, slots=True)
class Begun:
    """A note that was being typed, or another draft.

    Attributes:
        text: As far as it was kept.
        base: The note that was there when it was begun; None is not known.
    """

    text: str
    base: str | None


class Drafts:
    """The notes that are being typed in one library, as one window sees them.

    Whether there are any in an article, ``Articles.begun_notes`` tells as well, at less cost.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._window = open_window()

    def close(self) -> None:
        """Let other windows know that this one types no more."""
        close_window(self._window)

    def begun(self, annotator_uid: str, version_uid: str) -> list[tuple[int, int]]:
        """Return stretches with a note that this window or one that is no more has begun."""
        rows = self._connection.execute(
            'SELECT DISTINCT start, "end", "window" FROM draft WHERE annotator_uid = ?'
            ' AND version_uid = ? AND "end" > start AND kind = ? ORDER BY start, "end"',
            (annotator_uid, version_uid, NOTE),
        ).fetchall()
        found = ((start, end) for start, end, window in rows if self._is_mine_now(window))
        return list(dict.fromkeys(found))

    def _is_mine_now(self, window: str) -> bool:
        return window == self._window or not is_open(window)

    def get(self, *where: str | int) -> str | None:
        """Return the note that is to be gone on with on a stretch, or None; see :meth:`take`."""
        begun = self.take(*where)
        return begun.text if begun else None

    def take(self, *where: str | int, kind: str = NOTE) -> Begun | None:
        """Return the note, or the draft of another kind, that is to be gone on with on a stretch.

        None if there is none. It is this window's, or the latest of one that is no more, which
        becomes this one's. What a window that is open types is its own.
        """
        rows = self._connection.execute(
            f'SELECT "window", text, base FROM draft WHERE {_AT} ORDER BY updated_at DESC',  # noqa: S608 - own names
            (*where, kind),
        ).fetchall()
        own = next((row for row in rows if row[0] == self._window), None)
        found = own or next((row for row in rows if not is_open(row[0])), None)
        if found is None:
            return None
        window, text, base = found
        if found is not own:
            self._adopt((*where, kind), window)
        return Begun(text, base)

    def _adopt(self, where: tuple[str | int, ...], window: str) -> None:
        try:
            with worded(self._path):
                self._connection.execute(
                    f'UPDATE draft SET "window" = ? WHERE {_AT} AND "window" = ?',  # noqa: S608 - own names
                    (self._window, *where, window),
                )
        except StorageError:  # it is offered all the same, and once more later
            return

    def kept(self, *where: str | int, kind: str = NOTE) -> list[tuple[str, str]]:
        """Return text and time of all drafts of a kind that windows have begun on a stretch."""
        return self._connection.execute(
            f"SELECT text, updated_at FROM draft WHERE {_AT}",  # noqa: S608 - own names
            (*where, kind),
        ).fetchall()

    def keep(
        self,
        annotator_uid: str,
        version_uid: str,
        start: int,
        end: int,
        text: str,
        at: str,
        base: str | None = None,
        window: str | None = None,
        kind: str = NOTE,
    ) -> None:
        """Remember what is being typed in this window. Local: no operation.

        Args:
            annotator_uid: Whose.
            version_uid: The version it is typed on.
            start: Code points.
            end: One past the last.
            text: What was typed so far.
            at: When.
            base: The note that was there when it was begun; None is not known.
            window: Which window types it; this one if none is named.
            kind: What is typed: a note, or a form.
        """
        with worded(self._path):
            self._connection.execute(
                "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (annotator_uid,"
                ' version_uid, start, "end", kind, "window") DO UPDATE SET text = excluded.text,'
                " updated_at = excluded.updated_at, base = coalesce(excluded.base, base)",
                (
                    annotator_uid,
                    version_uid,
                    start,
                    end,
                    text,
                    at,
                    window or self._window,
                    base,
                    kind,
                ),
            )

    def drop(
        self,
        annotator_uid: str,
        version_uid: str,
        start: int,
        end: int,
        text: str = "",
        kind: str = NOTE,
    ) -> None:
        """Forget this window's draft: its note has become an operation, or was given up.

        Args:
            annotator_uid: Whose.
            version_uid: The version it was typed on.
            start: Code points.
            end: One past the last.
            text: What was kept last; it is found by that if it was carried to another version.
            kind: What was typed.
        """
        with worded(self._path):
            self._connection.execute(
                'DELETE FROM draft WHERE annotator_uid = ? AND "window" = ? AND kind = ?'
                ' AND (version_uid = ? AND start = ? AND "end" = ?'
                " OR text = ? AND text <> '' AND version_uid IN (SELECT uid FROM"
                " article_version WHERE article_uid ="
                " (SELECT article_uid FROM article_version WHERE uid = ?)))",
                (annotator_uid, self._window, kind, version_uid, start, end, text, version_uid),
            )
