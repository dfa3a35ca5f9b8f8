"""Which action an undo or a redo takes back next: the newest that stands, of whoever asks.

The library's own pass over the making of what something else stands on; see `undoing_made`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from reader.domain.operation import NOT_UNDONE
from reader.domain.records import dataclass
from reader.storage.annotators import Annotators
from reader.storage.undoing_made import NOT_STOOD_ON

_Named = tuple[str, str, str | None]
"""A group's uid, its kind, and what it takes back."""


@dataclass(frozen=True, slots=True)
class ToReverse:
    """What an undo or redo takes back.

    Attributes:
        group: The group.
        by: The group that has taken back a part of it and was stopped; empty if there is none.
    """

    group: str
    by: str = ""


class NextToReverse:
    """What undo and redo take back in one library, in turn; nothing is written.

    Args:
        connection: The writing connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def find(self, kind: str, article_uid: str | None, actor: str) -> ToReverse | None:
        """Return what an ``undo`` or ``redo`` takes back now, or None.

        Args:
            kind: ``undo`` or ``redo``.
            article_uid: The article whose groups count; None for the library's own.
            actor: The annotator's uid.
        """
        find = self._to_undo if kind == "undo" else self._to_redo
        return find(article_uid, actor)

    def _to_undo(self, article_uid: str | None, actor: str) -> ToReverse | None:
        """Return the newest group that stands: made by no undo or redo, and not taken back.

        What was last done to a group counts: two machines may have taken it back both, and one of
        them done it again. One that was taken back in part only, because the program was stopped
        meanwhile, is taken back to its end.
        """
        newest: dict[str | None, tuple[str, str]] = {}
        for uid, kind, undoes in self._newest_groups(article_uid, actor):
            if kind in NOT_UNDONE:
                continue
            if undoes is not None:
                newest.setdefault(self._root(kind, undoes), (kind, uid))
                continue
            last, by = newest.get(uid, ("", ""))
            if last != "undo":
                return ToReverse(uid)
            if self._is_part(by, uid):
                return ToReverse(uid, by)
        return None

    def _to_redo(self, article_uid: str | None, actor: str) -> ToReverse | None:
        """Return the newest undo that stands, unless something new was done after it."""
        seen: dict[str | None, str] = {}
        for uid, kind, undoes in self._newest_groups(article_uid, actor):
            if kind in NOT_UNDONE:
                continue
            if undoes is None:
                return None
            root = self._root(kind, undoes)
            if kind == "undo" and root not in seen:
                return ToReverse(uid)
            if kind == "redo" and root not in seen and self._is_part(uid, undoes):
                return ToReverse(undoes, uid)
            seen.setdefault(root, uid)
        return None

    def _is_part(self, reverse: str, of: str) -> bool:
        """Whether a group takes back only some of another's operations."""
        return self.count(reverse) < self.count(of)

    def count(self, group: str) -> int:
        """Return of how many operations a group is."""
        query = "SELECT count(*) FROM op WHERE group_uid = ?"
        count: int = self._connection.execute(query, (group,)).fetchone()[0]
        return count

    def _root(self, kind: str, undoes: str) -> str | None:
        """Return the group that an undo takes back, or that a redo does again."""
        if kind == "undo":
            return undoes
        query = "SELECT undoes FROM operation WHERE group_uid = ? LIMIT 1"
        row = self._connection.execute(query, (undoes,)).fetchone()
        return row[0] if row else None

    def _began(self, group: str | None) -> str:
        """Return the clock at which a group was done first."""
        query = "SELECT min(clock) FROM operation WHERE group_uid = ?"  # of the heads of its parts
        clock: str | None = self._connection.execute(query, (group,)).fetchone()[0]
        return clock or ""

    def _newest_groups(self, article_uid: str | None, actor: str) -> Iterator[_Named]:
        """Yield an annotator's groups, the one that was begun last first, as needed.

        What is written in slices takes its time, and other things are done in between: that they
        were begun later makes them newer.
        """
        persons = Annotators(self._connection, self._path).persons(actor)
        scope = (article_uid, *persons)
        marks = ", ".join("?" * len(persons))
        # The heads of parts say it all: a group was begun with one of them.
        where = f"group_uid IS NOT NULL AND article_uid IS ? AND actor IN ({marks})"
        where += "" if article_uid else f" AND {NOT_STOOD_ON}"
        rows = self._connection.execute(
            f"SELECT group_uid, kind, undoes, clock FROM operation WHERE {where}"  # noqa: S608 - own names
            " ORDER BY clock DESC, uid DESC",
            scope,
        )
        done: set[str] = set()
        for uid, kind, undoes, clock in rows:
            if uid in done:
                continue
            began = self._began(uid)
            if began == clock:
                done.add(uid)
                yield uid, kind, undoes
                continue
            for group in self._interlaced(where, scope, began, clock):
                if group[0] not in done:
                    done.add(group[0])
                    yield group

    def _interlaced(
        self, where: str, scope: tuple[str | None, ...], began: str, ended: str
    ) -> list[_Named]:
        """Return what was begun or gone on with in a time, the one that was begun last first."""
        query = (
            f"SELECT group_uid, kind, undoes FROM operation WHERE {where}"  # noqa: S608 - own names
            " AND clock BETWEEN ? AND ? GROUP BY group_uid"
        )
        while True:
            found: list[_Named] = self._connection.execute(query, (*scope, began, ended)).fetchall()
            beginnings = {group[0]: self._began(group[0]) for group in found}
            first = min(beginnings.values())
            if first >= began:
                return sorted(found, key=lambda group: beginnings[group[0]], reverse=True)
            began = first
