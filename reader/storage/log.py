"""The operation log: commits groups of changes, lists them, replays them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.late import Late
from reader.domain.operation import (
    Change,
    Group,
    Operation,
    clock_time,
    new_uid,
    now,
    now_ms,
    tick,
)
from reader.storage import codebooks, state
from reader.storage.connection import decoded, transaction, worded

if TYPE_CHECKING:
    import json

    from reader.storage import operations
    from reader.storage.new_highlights import NewHighlight, PlainHighlights
    from reader.storage.undoing import Undoing
else:
    json = Late("json")
    operations = Late("reader.storage.operations")

COLUMNS = (
    *("uid", "group_uid", "article_uid", "clock", "actor", "device", "kind", "entity"),
    *("entity_uid", "patch", "before", "undoes", "summary", "schema"),
)
"""The log's columns, in the order of an operation's fields."""

MANY = 50
"""Changes from which on a group is written by the page."""

_COLUMNS = ", ".join(COLUMNS)

_SORTED = (
    f"SELECT {_COLUMNS} FROM (SELECT id AS number FROM operation ORDER BY clock, uid LIMIT -1)"  # noqa: S608 - own names
    " CROSS JOIN op ON op.id = number"
)
"""All operations in order. Their numbers are sorted, not all that they hold; without the limit
SQLite might think that nobody minds the order."""


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
        self.written = written
        row = connection.execute("SELECT value FROM meta WHERE key = 'device_uid'").fetchone()
        with decoded(path):  # a damaged library may not find it
            self.device: str = row[0]
            """The device that this library is on."""

    def is_empty(self) -> bool:
        """Return whether nothing was ever done in this library."""
        with worded(self._path):
            found = self._connection.execute("SELECT 1 FROM operation LIMIT 1").fetchone()
        return found is None

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
        with self.room() if many else nullcontext(), transaction(self._connection, self._path):
            at = self.write(groups, guarded=guarded)
        self.written()
        return at

    def room(self) -> AbstractContextManager[None]:
        """Return what a transaction with very many changes is to be in."""
        from reader.storage.many_changes import with_room  # late: seldom so many

        return with_room(self._connection)

    def write(
        self,
        groups: Sequence[Group],
        *,
        guarded: bool = False,
        apply: Callable[[Operation], None] | None = None,
    ) -> str:
        """Do what :meth:`commit` does, inside the caller's transaction.

        Args:
            groups: What was done.
            guarded: Whether to refuse what was decided on a state that has changed since.
            apply: Applies each operation, if it is not to be applied to the letter.
        """
        number, last = operations.newest(self._connection)
        if last is not None:
            with decoded(self._path):
                tick(last, self.device, 0)  # what it says makes sense
        if guarded:
            from reader.storage import guard  # late: not before the first save
        for group in groups:
            if group.codebook is not None:
                codebooks.keep(self._connection, group.codebook)
            if len(group.changes) >= MANY and apply is None:
                from reader.storage.many_changes import write_many  # late: seldom so many

                writing = (self._connection, self.device, group, (number, last), _to_json)
                number, last = write_many(*writing, guarded=guarded)
                continue
            part = number + 1
            for number, change in enumerate(group.changes, part):
                if guarded:
                    guard.check(self._connection, change)
                last = tick(last, self.device, now_ms())
                self._append(group, (part, number), change, last, apply)
        return clock_time(last) if last else now()

    def write_new(self, group: Group, highlights: Sequence[NewHighlight]) -> None:
        """Write many new highlights as part of a group, inside the caller's transaction.

        Args:
            group: What they belong to; its own changes are not looked at.
            highlights: The highlights; the codebooks of their judgements must be kept already.
        """
        from reader.storage.new_highlights import write_new  # late: only imports need it

        write_new(self._connection, self.device, group, highlights)

    def write_plain(self, group: Group, highlights: PlainHighlights) -> None:
        """Do what :meth:`write_new` does with highlights that are given in columns."""
        from reader.storage.new_highlights import write_plain  # late: only imports need it

        write_plain(self._connection, self.device, group, highlights)

    def _append(
        self,
        group: Group,
        place: tuple[int, int],
        change: Change,
        clock: str,
        apply: Callable[[Operation], None] | None,
    ) -> None:
        """Write one operation, of a part and with an id, and apply it."""
        part, number = place
        before = None if change.before is None else _to_json(change.before)
        own = (new_uid(), clock, change.entity, change.uid, _to_json(change.patch), before)
        if number == part:
            common = operations.common_of(group, self.device)
            operations.begin_part(self._connection, part, len(group.changes), common, own)
        else:
            operations.go_on(self._connection, number, part, own)
        if apply is not None:
            apply(*self.numbered([number]))
            return
        at = clock_time(clock)
        makes = change.before is None
        state.apply(self._connection, change.entity, change.uid, change.patch, makes=makes, at=at)

    # ------------------------------------------------------------------ undo and redo

    @cached_property
    def undoing(self) -> Undoing:
        """What takes groups of this log back."""
        from reader.storage.undoing import Undoing  # late: not before the first undo

        return Undoing(self._connection, self._path, self)

    def undo(self, article_uid: str | None, actor: str) -> Group | None:
        """Take back the newest group of an annotator's own; see :meth:`Undoing.undo`."""
        return self.undoing.undo(article_uid, actor)

    def redo(self, article_uid: str | None, actor: str) -> Group | None:
        """Do again what the last undo took back; see :meth:`Undoing.redo`."""
        return self.undoing.redo(article_uid, actor)

    # ------------------------------------------------------------------ reading

    def of_group(self, group_uid: str) -> list[Operation]:
        """Return the operations of a group, oldest first."""
        return self._select("WHERE group_uid = ? ORDER BY clock, uid", (group_uid,))

    def numbered(self, numbers: Sequence[int]) -> list[Operation]:
        """Return the operations of some numbers, oldest first."""
        where = "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY clock, uid"
        return self._select(where, (json.dumps(numbers),))

    def has(self, group: Group) -> bool:
        """Return whether a group, or this part of a group that is written in parts, is in the log.

        A group changes an entity once at most.
        """
        with worded(self._path):
            query = "SELECT 1 FROM op WHERE entity_uid = ? AND group_uid = ? LIMIT 1"
            found = self._connection.execute(query, (group.changes[0].uid, group.uid))
            return found.fetchone() is not None

    def newest(self) -> int:
        """Return a number that every operation written from now on lies above."""
        with worded(self._path):
            row = self._connection.execute("SELECT max(id) FROM operation").fetchone()
        return row[0] or 0

    def captured_since(self, number: int, actor: str) -> list[str]:
        """Return the uids of the articles that an annotator added after a number, in order."""
        query = (
            "SELECT entity_uid FROM op WHERE id > ? AND kind = 'capture' AND before IS NULL"
            " AND actor = ? ORDER BY id"
        )
        with worded(self._path):
            return [uid for (uid,) in self._connection.execute(query, (number, actor))]

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
        query = "SELECT id FROM operation WHERE uid = ?"
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
        with worded(self._path):
            if not everything:
                query = f"SELECT {_COLUMNS} FROM op WHERE article_uid IS ? ORDER BY clock, uid"  # noqa: S608 - own names
                rows = self._connection.execute(query, (article_uid,))
            elif operations.in_clock_order(self._connection):
                rows = self._connection.execute(f"SELECT {_COLUMNS} FROM op ORDER BY id")  # noqa: S608 - own names
            else:
                rows = self._connection.execute(_SORTED)
            for row in rows:
                yield operation_from_row(row, self._path)

    def concerning(self, article_uid: str) -> Iterator[Operation]:
        """Yield the operations that concern an article, wherever they were done, oldest first."""
        from reader.storage import concerning  # late: seldom asked for

        with worded(self._path):
            for row in concerning.rows(self._connection, article_uid, COLUMNS):
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
        from reader.storage.replay import Replay  # late: seldom needed

        with transaction(self._connection, self._path):
            state.clear(self._connection)
            replay = Replay(self._connection, complete=True)
            for op in list(self.operations(everything=True)):
                replay.apply(op)


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
