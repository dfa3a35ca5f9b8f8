"""Takes groups of the log back, and does them again: what that writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.operation import (
    Change,
    Group,
    Operation,
    free_in_parts,
    inverse,
    now,
)
from reader.storage import undoing_imports, undoing_made, undoing_others, undoing_some
from reader.storage.connection import transaction, worded
from reader.storage.replay import Replay
from reader.storage.state import ENTITIES
from reader.storage.undoing_next import NextToReverse, ToReverse

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
        self._next = NextToReverse(connection, path)

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
            target = self.next(kind, article_uid, actor)
            if target is None:
                return None
            operations = self.left(target)
            if article_uid is not None:
                by = (actor, self._log.device)
                operations = undoing_some.not_under_others(self._connection, operations, *by)
            reverse = self._reversed(kind, article_uid, actor, operations, target.by)
            free_in_parts(operations)
            return reverse

    def left(self, target: ToReverse) -> list[Operation]:
        """Return the operations of a group that were not taken back yet, oldest first."""
        operations = self._log.of_group(target.group)
        if target.by:
            done = {op.entity_uid for op in self._log.of_group(target.by)}
            operations = [op for op in operations if op.entity_uid not in done]
        return operations

    def numbers(self, target: ToReverse) -> list[int]:
        """Return the numbers of the operations that :meth:`left` returns, at less cost."""
        query = "SELECT id FROM op WHERE group_uid = ? ORDER BY clock, uid"
        found = [number for (number,) in self._connection.execute(query, (target.group,))]
        if not target.by:
            return found
        query = (
            "SELECT id FROM op WHERE group_uid = ? AND entity_uid IN"
            " (SELECT entity_uid FROM op WHERE group_uid = ?)"
        )
        done = {number for (number,) in self._connection.execute(query, (target.group, target.by))}
        return [number for number in found if number not in done]

    def count(self, group: str) -> int:
        """Return of how many operations a group is."""
        return self._next.count(group)

    def is_of(self, target: ToReverse, entities: Sequence[str]) -> bool:
        """Whether a group changed nothing but some kinds of entities."""
        marks = ", ".join("?" * len(entities))
        query = f"SELECT 1 FROM op WHERE group_uid = ? AND entity NOT IN ({marks}) LIMIT 1"  # noqa: S608 - own names
        return self._connection.execute(query, (target.group, *entities)).fetchone() is None

    def reverse_some(
        self,
        kind: str,
        scope: tuple[str | None, str],
        operations: Sequence[Operation],
        uid: str,
        summary: str,
    ) -> Group:
        """Take back some operations of a group, as a part of one group.

        What was done meanwhile to what they touched stays.

        Args:
            kind: ``undo`` or ``redo``.
            scope: The article, or None for the library's own groups, and who does it.
            operations: Some that are left of a group, the last ones first.
            uid: The uid of the group that all parts make up.
            summary: What all parts take back, in a few words.

        Raises:
            StorageError: Nothing was written.
        """
        article_uid, actor = scope
        with self._log.room(), transaction(self._connection, self._path):
            if article_uid is not None:
                operations = undoing_some.unchanged(self._connection, operations)
            reverse = self._reversed(kind, article_uid, actor, operations, uid, summary)
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
            operations = [self._unless_named(op) for op in operations]
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
        shared = undoing_others.also_of_others(self._connection, operations, self._log.device)
        self._write(reverse, shared)
        if article_uid is not None:
            self._bring_along(reverse)
        free_in_parts(changes)
        return reverse

    def _bring_along(self, reverse: Group) -> None:
        """Make again what stands under something that has come back, inside the transaction."""
        for group in undoing_made.unmade(self._connection, reverse.changes):
            self._reversed("redo", None, reverse.actor, self._log.of_group(group))

    def _write(self, reverse: Group, shared: set[str]) -> None:
        """Write a group that takes another one back, inside the caller's transaction.

        Args:
            reverse: The group.
            shared: The entities that other actions have done something to, which may stand.
        """
        alone = tuple(change for change in reverse.changes if change.uid not in shared)
        both = tuple(change for change in reverse.changes if change.uid in shared)
        if alone:
            self._log.write([replace(reverse, changes=alone)])
        if both:
            worked_out = Replay(self._connection).apply
            self._log.write([replace(reverse, changes=both)], apply=worked_out)

    def _unless_named(self, op: Operation) -> Operation:
        """Return an operation, without effect if it made a source that is named by now."""
        if op.entity == "source" and op.before is None and self._says_something(op):
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

    def next(self, kind: str, article_uid: str | None, actor: str) -> ToReverse | None:
        """Return what an ``undo`` or ``redo`` takes back now, or None; nothing is written."""
        return self._next.find(kind, article_uid, actor)

    def done_since(self, number: int, article_uid: str | None, actor: str) -> str:
        """Return the group that an undo takes back now, if it was begun after a number, or empty.

        Args:
            number: What `Log.newest` gave.
            article_uid: The article, or None for the library's own groups.
            actor: The annotator's uid.
        """
        with worded(self._path):
            found = self._next.find("undo", article_uid, actor)
            query = "SELECT min(id) FROM operation WHERE group_uid = ?"
            group = found.group if found else ""
            (first,) = self._connection.execute(query, (group,)).fetchone()
        return group if first is not None and first > number else ""

    def in_words(self, group: str, summary: str) -> str:
        """Return what a group takes back, or is; see :func:`undoing_imports.in_words`."""
        with worded(self._path):
            return undoing_imports.in_words(self._connection, group, summary)

    def leaves_something(self, reverse: Group) -> bool:
        """Whether something that a group took back stands: others have done it, or go on with it.

        Args:
            reverse: A group that took something back.
        """
        if reverse.kind != "undo":
            return False
        uids: dict[str, list[str]] = {}
        for change in reverse.changes:
            if change.patch.get("deleted_at") or (
                change.entity == "highlight" and not change.patch
            ):
                uids.setdefault(change.entity, []).append(change.uid)
        with worded(self._path):
            return any(self._is_any_live(entity, of) for entity, of in uids.items())

    def _is_any_live(self, entity: str, uids: Sequence[str]) -> bool:
        query = (
            f"SELECT 1 FROM {ENTITIES[entity].table} WHERE deleted_at IS NULL"  # noqa: S608 - own names
            " AND uid IN (SELECT value FROM json_each(?)) LIMIT 1"
        )
        return self._connection.execute(query, (json.dumps(uids),)).fetchone() is not None
