"""Takes groups of the log back, and does them again: which one is next, and what that writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.operation import (
    NOT_UNDONE,
    Change,
    Group,
    Operation,
    free_in_parts,
    inverse,
    now,
)
from reader.storage.annotators import Annotators
from reader.storage.connection import transaction

if TYPE_CHECKING:
    from reader.storage.log import Log


class Undoing:
    """Undo and redo in the log of one library.

    Args:
        connection: The writing connection.
        path: The file, for messages.
        log: The log, which writes what takes something back.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, log: Log) -> None:
        self._connection = connection
        self._path = path
        self._log = log

    def undo(self, article_uid: str | None, actor: str) -> Group | None:
        """Take back the newest group of an annotator's own, and return what that changed.

        Args:
            article_uid: The article whose groups count; None for the library's own.
            actor: The annotator's uid.

        Returns:
            The group that was written (its summary names what was undone), or None if there is
            nothing to take back.
        """
        return self._reverse("undo", article_uid, actor)

    def redo(self, article_uid: str | None, actor: str) -> Group | None:
        """Do again what the last undo took back; see :meth:`undo`."""
        return self._reverse("redo", article_uid, actor)

    def _reverse(self, kind: str, article_uid: str | None, actor: str) -> Group | None:
        reverse = self._take_back(kind, article_uid, actor)
        if reverse is not None:
            self._log.written()
        return reverse

    def _take_back(self, kind: str, article_uid: str | None, actor: str) -> Group | None:
        with self._log.room(), transaction(self._connection, self._path):
            operations = self.to_reverse(kind, article_uid, actor)
            if not operations:
                return None
            reverse = self._reversed(kind, article_uid, actor, operations)
            free_in_parts(operations)
            return reverse

    def to_reverse(self, kind: str, article_uid: str | None, actor: str) -> list[Operation]:
        """Return what an ``undo`` or ``redo`` takes back now, oldest first; nothing is written."""
        find = self._to_undo if kind == "undo" else self._to_redo
        target = find(article_uid, actor)
        return [] if target is None else self._log.of_group(target)

    def reverse_some(
        self, kind: str, actor: str, operations: Sequence[Operation], uid: str, summary: str
    ) -> Group:
        """Take back some operations of a group of the library's own, as a part of one group.

        Args:
            kind: ``undo`` or ``redo``.
            actor: Who does it.
            operations: Some that :meth:`to_reverse` gave, the last ones first.
            uid: The uid of the group that all parts make up.
            summary: What all parts take back, in a few words.

        Raises:
            StorageError: Nothing was written.
        """
        with self._log.room(), transaction(self._connection, self._path):
            reverse = self._reversed(kind, None, actor, operations, uid, summary)
        self._log.written()
        return reverse

    def _reversed(
        self,
        kind: str,
        article_uid: str | None,
        actor: str,
        operations: Sequence[Operation],
        uid: str = "",
        summary: str = "",
    ) -> Group:
        """Write what takes operations of one group back, inside the caller's transaction."""
        last = operations[-1]
        if article_uid is None:
            began = self._began(last.undoes or last.group_uid)
            operations = [self._where_it_stands(op, began) for op in operations]
        changes = [Change(op.entity, op.entity_uid, op.patch, op.before) for op in operations]
        reverse = Group(
            kind=kind,
            actor=actor,
            article_uid=article_uid,
            changes=inverse(changes, now()),
            undoes=last.group_uid,
            summary=summary or last.summary,
            uid=uid,
        )
        self._log.write([reverse])
        free_in_parts(changes)
        return reverse

    def _where_it_stands(self, op: Operation, began: str) -> Operation:
        """Return an operation of the library's own, without effect if what it set was set anew.

        A source that is named by now stays. What it touched lies in articles, where work has gone
        on: a value that somebody has changed
        since must not be taken back with it. What was done since and taken back does not count, nor
        what was done before and again.
        """
        if op.entity == "source" and op.before is None and self._says_something(op):
            return replace(op, patch={}, before={})
        own = op.undoes or op.group_uid
        later = self._connection.execute(
            "SELECT group_uid, kind, undoes, patch FROM op"
            " WHERE entity_uid = ? AND (clock, uid) > (?, ?) ORDER BY clock, uid",
            (op.entity_uid, op.clock, op.uid),
        )
        standing: dict[str | None, set[str]] = {}
        for group, kind, undoes, patch in later:
            if kind == "undo":
                standing.pop(undoes, None)
                continue
            root = self._root(kind, undoes) if undoes else group
            if root != own and (undoes is None or self._began(root) > began):
                standing[root] = set(json.loads(patch))
        if any(not fields.isdisjoint(op.patch) for fields in standing.values()):
            return replace(op, patch={}, before={})
        return op

    def _says_something(self, op: Operation) -> bool:
        """Whether a source is named by an attribution that its making did not touch as well."""
        query = (
            "SELECT 1 FROM hop WHERE source_uid = ? AND attribution_uid NOT IN"
            " (SELECT entity_uid FROM op WHERE group_uid = ?) LIMIT 1"
        )
        found = self._connection.execute(query, (op.entity_uid, op.group_uid)).fetchone()
        return found is not None

    def _began(self, group: str | None) -> str:
        """Return the clock at which a group was done first."""
        query = "SELECT min(clock) FROM op WHERE group_uid = ?"
        clock: str | None = self._connection.execute(query, (group,)).fetchone()[0]
        return clock or ""

    def _to_undo(self, article_uid: str | None, actor: str) -> str | None:
        """Return the newest group that stands: made by no undo or redo, and not taken back.

        What was last done to a group counts: two machines may have taken it back both, and one of
        them done it again.
        """
        newest: dict[str | None, str] = {}
        for uid, kind, undoes in self._newest_groups(article_uid, actor):
            if kind in NOT_UNDONE:
                continue
            if undoes is not None:
                newest.setdefault(self._root(kind, undoes), kind)
            elif newest.get(uid) != "undo":
                return uid
        return None

    def _to_redo(self, article_uid: str | None, actor: str) -> str | None:
        """Return the newest undo that stands, unless something new was done after it."""
        seen: set[str | None] = set()
        for uid, kind, undoes in self._newest_groups(article_uid, actor):
            if kind in NOT_UNDONE:
                continue
            if undoes is None:
                return None
            root = self._root(kind, undoes)
            if kind == "undo" and root not in seen:
                return uid
            seen.add(root)
        return None

    def _root(self, kind: str, undoes: str) -> str | None:
        """Return the group that an undo takes back, or that a redo does again."""
        if kind == "undo":
            return undoes
        query = "SELECT undoes FROM op WHERE group_uid = ? LIMIT 1"
        row = self._connection.execute(query, (undoes,)).fetchone()
        return row[0] if row else None

    def _newest_groups(
        self, article_uid: str | None, actor: str
    ) -> Iterator[tuple[str, str, str | None]]:
        """Yield uid, kind and undone group of an annotator's groups, newest first, as needed."""
        persons = Annotators(self._connection, self._path).persons(actor)
        marks = ", ".join("?" * len(persons))
        rows = self._connection.execute(
            f"SELECT group_uid, kind, undoes FROM op WHERE article_uid IS ? AND actor IN ({marks})"  # noqa: S608
            " ORDER BY clock DESC, uid DESC",
            (article_uid, *persons),
        )
        last = None
        for uid, kind, undoes in rows:
            if uid != last:
                yield uid, kind, undoes
            last = uid
