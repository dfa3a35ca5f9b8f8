"""Applies the operations of a log to the state tables, as they count once libraries have met.

Two libraries may each make the same thing on their own: the article that both captured, the source
of what nobody is said to have said. One may take back what the other one has made as well, or has
gone on with. See :mod:`reader.storage.standing`.
"""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path

from reader.domain.operation import Operation
from reader.storage import standing
from reader.storage.log import COLUMNS, operation_from_row
from reader.storage.operations import in_clock_order
from reader.storage.state import ENTITIES, apply, comes_once
from reader.storage.undoing_others import root_of, touched_otherwise

_SO_FAR = (
    f"SELECT {', '.join(COLUMNS)} FROM main.op"  # noqa: S608 - own names
    " WHERE entity_uid = ? AND (clock, uid) <= (?, ?) ORDER BY clock, uid"
)
_GROUPS_SO_FAR = (
    "SELECT group_uid, kind, undoes FROM main.op"
    " WHERE entity_uid = ? AND (clock, uid) <= (?, ?) ORDER BY clock, uid"
)
_OF_GROUP = "SELECT entity_uid FROM op WHERE group_uid = ?"


class Replay:
    """Applies operations, which have to come in the order of their clocks.

    Args:
        connection: The writing connection, in a transaction.
        log: A connection to the library whose log it is, if that is another one.
        goes_on: Whether other operations were applied before.
        complete: Whether the log has all operations by now, also those that are still to be
            applied.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: sqlite3.Connection | None = None,
        *,
        goes_on: bool = False,
        complete: bool = False,
    ) -> None:
        self._connection = connection
        self._log = log or connection
        self._complete = complete
        self._mixed_of: dict[str, set[str]] = {}
        """Of a group that takes something back: what other groups did something to as well."""
        self._chosen: set[str] = set()
        """Articles of which somebody has said which version is the current one."""
        self._taken_back = goes_on
        """Whether something may have been taken back so far."""

    def apply(self, op: Operation) -> None:
        """Apply one operation.

        Raises:
            ChangeRefused: It does not fit its entity, or there is no such entity.
        """
        if op.entity == "article_note" and self._live(op) is not None:
            self._write_note(op)
            return
        if op.before is not None:
            if standing.chooses(op):
                self._chosen.add(op.entity_uid)
            if standing.reverses(op) or self._goes_on(op):
                self._taken_back = True
                self._work_out(op)
                return
        elif op.kind == "import" and op.entity in ENTITIES:
            # An import makes only what is not there. It may have done so in another library, of
            # what this one had and exported: that goes on as it is, with its owner.
            live = self._live(op)
            if live is not None and (live or comes_once(op)):
                return
        elif op.entity in standing.FOUND and self._live(op):
            patch = standing.made_again(op, chosen=op.entity_uid in self._chosen)
            if patch:
                apply(self._connection, op.entity, op.entity_uid, patch, makes=False, at=op.at)
            return
        self._literally(op)

    def _literally(self, op: Operation) -> None:
        makes = op.before is None
        apply(self._connection, op.entity, op.entity_uid, op.patch, makes=makes, at=op.at)

    def _goes_on(self, op: Operation) -> bool:
        """Whether somebody says something of what somebody else had taken back by then."""
        return self._taken_back and standing.says_more(op) and self._live(op) is False

    def _work_out(self, op: Operation) -> None:
        """Let an entity be what stands of it after an operation."""
        if self._follows_at_once(op):
            self._literally(op)
            return
        so_far = self._so_far(op)
        if standing.of_a_copy(op, so_far):
            return
        here = standing.as_it_stands(so_far)
        if here.live:
            patch = {**op.patch, **here.fields, "deleted_at": None}
        elif op.undoes is None:  # it was deleted, not taken back
            patch = dict(op.patch)
        else:
            patch = {"deleted_at": op.patch.get("deleted_at") or here.removed_at or op.at}
        apply(self._connection, op.entity, op.entity_uid, patch, makes=False, at=op.at)

    def _follows_at_once(self, op: Operation) -> bool:
        """Whether an undo or redo is about the last thing that was done to an entity.

        Then it says itself what is there now, unless something has come in from elsewhere.
        """
        if op.undoes is None:
            return False
        if self._complete and op.entity_uid not in self._mixed(op):
            return True
        place = (op.entity_uid, op.clock, op.uid)
        groups = self._log.execute(_GROUPS_SO_FAR, place).fetchall()
        about = standing.roots(groups)
        root = about[op.group_uid]
        if {*about.values()} == {root}:
            return True
        in_steps = sum(group == root for group, _, _ in groups) > 1
        own = [about[group] == root for group, _, _ in groups]
        return self._in_order and not in_steps and all(own[own.index(True) :])

    def _mixed(self, op: Operation) -> set[str]:
        """Return of what the group of an undo or redo is about other groups did something to, too.

        It is found out at one go: the next operations are about the same group, most likely.
        """
        if op.group_uid not in self._mixed_of:
            uids = [uid for (uid,) in self._log.execute(_OF_GROUP, (op.group_uid,))]
            root = root_of(self._log, op.group_uid, op.kind, op.undoes)
            self._mixed_of[op.group_uid] = set(touched_otherwise(self._log, root, uids))
        return self._mixed_of[op.group_uid]

    @cached_property
    def _in_order(self) -> bool:
        """Whether nothing has come into the log from another library."""
        return in_clock_order(self._log)

    def _write_note(self, op: Operation) -> None:
        """Let a note on an article say what several machines have written, after an operation."""
        from reader.storage.merging.notes import note_of  # late: few articles have two

        so_far = self._so_far(op)
        note = note_of(so_far)
        patch = {**op.patch, "note": note, "deleted_at": None}
        if note is None:
            gone = [one.patch["deleted_at"] for one in so_far if one.patch.get("deleted_at")]
            patch = {"deleted_at": gone[-1] if gone else op.at}
        makes = op.before is None and note is not None
        apply(self._connection, op.entity, op.entity_uid, patch, makes=makes, at=op.at)

    def _so_far(self, op: Operation) -> list[Operation]:
        """Return all operations on the same entity up to one, oldest first."""
        rows = self._log.execute(_SO_FAR, (op.entity_uid, op.clock, op.uid))
        return [operation_from_row(row, Path("the library")) for row in rows]

    def _live(self, op: Operation) -> bool | None:
        """Whether what an operation makes is there; None if it never was."""
        table = ENTITIES[op.entity].table
        query = f"SELECT deleted_at IS NULL FROM {table} WHERE uid = ?"  # noqa: S608 - own names
        found = self._connection.execute(query, (op.entity_uid,)).fetchone()
        return None if found is None else bool(found[0])
