"""The operation log: commits groups of changes, takes them back, lists them, replays them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.late import Late
from reader.domain.operation import (
    NOT_UNDONE,
    SCHEMA,
    Change,
    Group,
    Operation,
    clock_time,
    free_in_parts,
    inverse,
    new_uid,
    now,
    now_ms,
    tick,
)
from reader.storage import codebooks, state
from reader.storage.annotators import Annotators
from reader.storage.connection import decoded, transaction, worded

if TYPE_CHECKING:
    import json

    from reader.storage.new_highlights import NewHighlight
else:
    json = Late("json")

COLUMNS = (
    *("uid", "group_uid", "article_uid", "clock", "actor", "device", "kind", "entity"),
    *("entity_uid", "patch", "before", "undoes", "summary", "schema"),
)
"""The log's columns, in the order of an operation's fields."""

MANY = 50
"""Changes from which on a group is written by the page."""

_COLUMNS = ", ".join(COLUMNS)
_APPEND = f"INSERT INTO op ({_COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - own names


class Log:
    """The log of one library.

    Args:
        connection: The writing connection.
        path: The file, for messages.
        written: Called after each commit.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        written: Callable[[], None] = lambda: None,
    ) -> None:
        self._connection = connection
        self._path = path
        self._written = written
        row = connection.execute("SELECT value FROM meta WHERE key = 'device_uid'").fetchone()
        with decoded(path):  # a damaged library may not find it
            self._device: str = row[0]

    # ------------------------------------------------------------------ writing

    def commit(self, *groups: Group, guarded: bool = False) -> str:
        """Write groups and what they change, all in one transaction.

        Args:
            groups: What was done.
            guarded: Whether to refuse what was decided on a state that has changed since.

        Returns:
            The time of the last operation. When the call returns, it is on the disk.

        Raises:
            ChangedMeanwhile: It was guarded and has changed; nothing was written.
            StorageError: Nothing was written.
        """
        many = any(len(group.changes) >= MANY for group in groups)
        with self._room() if many else nullcontext(), transaction(self._connection, self._path):
            at = self.write(groups, guarded=guarded)
        self._written()
        return at

    def _room(self) -> AbstractContextManager[None]:
        """Return what a transaction with very many changes is to be in."""
        from reader.storage.many_changes import with_room  # late: seldom so many

        return with_room(self._connection)

    def write(self, groups: Sequence[Group], *, guarded: bool = False) -> str:
        """Do what :meth:`commit` does, inside the caller's transaction."""
        last: str | None = self._connection.execute("SELECT max(clock) FROM op").fetchone()[0]
        if last is not None:
            with decoded(self._path):
                tick(last, self._device, 0)  # what it says makes sense
        if guarded:
            from reader.storage import guard  # late: not before the first save
        for group in groups:
            if group.codebook is not None:
                codebooks.keep(self._connection, group.codebook)
            if len(group.changes) >= MANY:
                from reader.storage.many_changes import write_many  # late: seldom so many

                writing = (self._connection, self._device, group, last, _to_json)
                last = write_many(*writing, guarded=guarded)
                continue
            for change in group.changes:
                if guarded:
                    guard.check(self._connection, change)
                last = tick(last, self._device, now_ms())
                self._append(group, change, last)
        return clock_time(last) if last else now()

    def write_new(self, group: Group, highlights: Sequence[NewHighlight]) -> None:
        """Write many new highlights as part of a group, inside the caller's transaction.

        Args:
            group: What they belong to; its own changes are not looked at.
            highlights: The highlights; the codebooks of their judgements must be kept already.
        """
        from reader.storage.new_highlights import write_new  # late: only imports need it

        write_new(self._connection, self._device, group, highlights)

    def _append(self, group: Group, change: Change, clock: str) -> None:
        """Write one operation and apply it."""
        self._connection.execute(
            _APPEND,
            (
                new_uid(),
                group.uid,
                group.article_uid,
                clock,
                group.actor,
                self._device,
                group.kind,
                change.entity,
                change.uid,
                _to_json(change.patch),
                None if change.before is None else _to_json(change.before),
                group.undoes,
                group.summary,
                SCHEMA,
            ),
        )
        at = clock_time(clock)
        makes = change.before is None
        state.apply(self._connection, change.entity, change.uid, change.patch, makes=makes, at=at)

    # ------------------------------------------------------------------ undo and redo

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
            self._written()
        return reverse

    def _take_back(self, kind: str, article_uid: str | None, actor: str) -> Group | None:
        with self._room(), transaction(self._connection, self._path):
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
        return [] if target is None else self._of_group(target)

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
        with self._room(), transaction(self._connection, self._path):
            reverse = self._reversed(kind, None, actor, operations, uid, summary)
        self._written()
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
        self.write([reverse])
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

    # ------------------------------------------------------------------ reading

    def _of_group(self, group_uid: str) -> list[Operation]:
        return self._select("WHERE group_uid = ? ORDER BY clock, uid", (group_uid,))

    def has_group(self, group_uid: str) -> bool:
        """Return whether a group is in the log."""
        with worded(self._path):
            query = "SELECT 1 FROM op WHERE group_uid = ? LIMIT 1"
            return self._connection.execute(query, (group_uid,)).fetchone() is not None

    def newest(self) -> int:
        """Return a number that every operation written from now on lies above."""
        with worded(self._path):
            row = self._connection.execute("SELECT max(id) FROM op").fetchone()
        return row[0] or 0

    def since(
        self, number: int, article_uid: str, limit: int = 500
    ) -> tuple[int, list[Operation], bool]:
        """Return what was written in an article, or on the library as a whole, after a number.

        Returns:
            The number to go on from, the operations, and whether there may be more.
        """
        newest = self.newest()
        # The plus keeps SQLite from going through all that was ever done in the article.
        where = (
            "WHERE id > ? AND id <= ? AND (+article_uid = ? OR +article_uid IS NULL)"
            " ORDER BY id LIMIT ?"
        )
        found = self._select(where, (number, newest, article_uid, limit))
        if len(found) < limit:
            return newest, found, False
        query = "SELECT id FROM op WHERE uid = ?"
        last = self._connection.execute(query, (found[-1].uid,)).fetchone()[0]
        return last, found, True

    def of_entities(self, uids: Sequence[str]) -> list[Operation]:
        """Return the operations on some entities, oldest first."""
        marks = ",".join("?" * len(uids))
        return self._select(f"WHERE entity_uid IN ({marks}) ORDER BY clock, uid", tuple(uids))

    def operations(
        self, article_uid: str | None = None, *, everything: bool = False
    ) -> Iterator[Operation]:
        """Yield operations, oldest first: an article's, the library's own, or all of them."""
        where, values = ("", ()) if everything else ("WHERE article_uid IS ?", (article_uid,))
        with worded(self._path):
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM op {where} ORDER BY clock, uid",  # noqa: S608 - own names
                values,
            )
            for row in rows:
                yield operation_from_row(row, self._path)

    def _select(self, where: str, values: tuple[Any, ...]) -> list[Operation]:
        with worded(self._path):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM op {where}", values)  # noqa: S608 - own names
            return [operation_from_row(row, self._path) for row in rows]

    def rebuild(self) -> None:
        """Make every state table anew from the log and the content.

        Raises:
            StorageError: The log does not add up; the tables stay as they were.
        """
        with transaction(self._connection, self._path):
            state.clear(self._connection)
            for op in list(self.operations(everything=True)):
                state.apply_operation(self._connection, op)


def _to_json(fields: Any) -> str:
    return _encode()(fields)


@lru_cache(maxsize=1)
def _encode() -> Callable[[Any], str]:
    """Return what writes JSON, made once instead of for each operation."""
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return encoder.encode


def row_of(op: Operation) -> dict[str, Any]:
    """Return an operation as a row of the log, by column."""
    row = {name: getattr(op, name) for name in COLUMNS}
    row["patch"] = _to_json(op.patch)
    row["before"] = None if op.before is None else _to_json(op.before)
    return row


def operation_from_row(row: Sequence[Any], path: Path) -> Operation:
    """Return the operation that a row of the log holds.

    Raises:
        DatabaseDamaged: The row is damaged.
    """
    fields: list[Any] = list(row)
    with decoded(path):
        fields[9] = json.loads(row[9])
        fields[10] = None if row[10] is None else json.loads(row[10])
    return Operation(*fields)
