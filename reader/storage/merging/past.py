"""What state and log say of what was joined: all that is carried over is worked out from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.domain.operation import Operation
from reader.storage.log import COLUMNS, operation_from_row
from reader.storage.said_unseen import is_said_unseen
from reader.storage.standing import given, is_only_unmade, own

JOINS = ("join", "annotators")
"""Kinds of group that join: after a merge, and when two annotators are said to be one."""

Row = dict[str, Any]

ON_THE_SAME = """
    SELECT twin.uid, twin.deleted_at FROM highlight AS gone JOIN highlight AS twin
        ON twin.version_uid = gone.version_uid AND twin.annotator_uid = gone.annotator_uid
        AND twin.start = gone.start AND twin."end" = gone."end"
        AND twin.extra_spans = gone.extra_spans AND twin.uid <> gone.uid
    WHERE gone.uid = ?
"""
"""The highlights of one annotator on the same words as one of them."""

_ON_HIGHLIGHTS = """
    WITH highlights(uid) AS (SELECT value FROM json_each(?1)),
        attributions(uid) AS (SELECT uid FROM attribution WHERE highlight_uid IN highlights)
    SELECT uid FROM judgement WHERE highlight_uid IN highlights
    UNION ALL SELECT uid FROM attributions
    UNION ALL SELECT uid FROM judgement WHERE attribution_uid IN attributions
    UNION ALL SELECT uid FROM evidence_link WHERE highlight_uid IN highlights
    UNION ALL SELECT uid FROM relation WHERE from_uid IN highlights
    UNION ALL SELECT uid FROM relation WHERE to_uid IN highlights
"""
"""The uids of all that was ever said on some highlights, the list of which is the first value."""

_ON_ENTITIES = (
    f"SELECT {', '.join(COLUMNS)} FROM op"  # noqa: S608 - own names
    " WHERE entity_uid IN (SELECT value FROM json_each(?)) ORDER BY clock, uid"
)


class Past:
    """State and log of a library.

    Args:
        connection: A connection to it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query gives, by the names of its columns."""
        cursor = self._connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, query: str, *values: object) -> Row | None:
        """Return the first of what a query gives, or None."""
        return next(iter(self.rows(query, *values)), None)

    def operations(self, uids: Sequence[str]) -> dict[str, list[Operation]]:
        """Return all that was done to some entities, oldest first, by their uids."""
        rows = self._connection.execute(_ON_ENTITIES, (json.dumps(uids),))
        found: dict[str, list[Operation]] = {uid: [] for uid in uids}
        for row in rows:
            op = operation_from_row(row, Path("the library"))
            found[op.entity_uid].append(op)
        return found

    def of_highlights(self, *uids: str) -> list[str]:
        """Return the uids of highlights and of all that was ever said on them."""
        rows = self.rows(_ON_HIGHLIGHTS, json.dumps(uids))
        return [*uids, *(row["uid"] for row in rows)]

    def gone_from(self, highlight: str) -> list[str]:
        """Return the uids of the highlights on the same words that have gone, however."""
        rows = self.rows(f"{ON_THE_SAME} AND twin.deleted_at IS NOT NULL", highlight)
        return [row["uid"] for row in rows]

    def late_since(self, uid: str) -> str:
        """Return when an entity went by being joined, if something was said of it after that.

        Returns:
            The clock, or an empty string: it is there, went otherwise, or nothing came later.
        """
        since = self.gone_since(uid)
        if not since:
            return ""
        query = (
            "SELECT 1 AS found FROM op WHERE clock > ?2 AND kind NOT IN ('join', 'annotators')"
            " AND (entity_uid IN (SELECT value FROM json_each(?1)) OR entity_uid IN ({}))"
            " LIMIT 1"
        )
        late = self.row(query.format(_ON_HIGHLIGHTS), json.dumps([uid]), since)
        return since if late else ""

    def is_only_unmade(self, uid: str) -> bool:
        """Whether an entity is not there because its making was undone, and nobody deleted it."""
        return is_only_unmade(self.operations([uid])[uid])

    def deleted_unseen(self, highlight: str, joined: str) -> bool:
        """Whether whoever deleted a highlight did not know what was joined into it.

        Args:
            highlight: Its uid.
            joined: The clock of when something was.
        """
        op = deletion(self.operations([highlight])[highlight])
        if op is None:
            return False
        query = "SELECT entity_uid FROM op WHERE group_uid = ? AND entity = 'judgement'"
        judged = [row["entity_uid"] for row in self.rows(query, op.group_uid)]
        return op.clock < joined or any(
            one.group_uid == op.group_uid and not saw(one, stands[:at])
            for stands in map(own, self.operations(judged).values())
            for at, one in enumerate(stands)
        )

    def first_joined(self, uid: str) -> str:
        """Return the clock of the first operation by which an entity was joined into another."""
        return min(
            op.clock
            for op in self.operations([uid])[uid]
            if op.kind in JOINS and op.patch.get("deleted_at")
        )

    def is_said_unseen(self, uid: str) -> bool:
        """Whether something stands on a highlight of which whoever unmade it did not know."""
        unmade = self.row(
            "SELECT actor, device, clock FROM op WHERE entity_uid = ? AND undoes IS NOT NULL"
            " ORDER BY clock DESC, uid DESC LIMIT 1",
            uid,
        )
        return unmade is not None and is_said_unseen(self._connection, uid, *unmade.values())

    def gone_since(self, uid: str) -> str:
        """Return the clock of the operation by which an entity was joined into another."""
        last = self.row(
            "SELECT clock, group_uid, patch FROM op WHERE entity_uid = ?"
            " AND json_type(patch, '$.deleted_at') IS NOT NULL ORDER BY clock DESC, uid DESC"
            " LIMIT 1",
            uid,
        )
        if last is None or not json.loads(last["patch"])["deleted_at"]:
            return ""
        return str(last["clock"]) if self._joins(last["group_uid"]) else ""

    def _joins(self, group: str | None) -> bool:
        """Whether a group joins, or is the redoing of one that does."""
        while group is not None:
            row = self.row("SELECT kind, undoes FROM operation WHERE group_uid = ? LIMIT 1", group)
            if row is None:
                return False
            if row["kind"] in JOINS:
                return True
            group = row["undoes"]
        return False

    def touched(self, gone: Row, since: str) -> set[str] | None:
        """Return the fields of a highlight that a joining did not know; None stands for all.

        Args:
            gone: Its row.
            since: The clock of when it went; empty if it goes now.
        """
        if not since:
            return None
        rows = self.rows(
            "SELECT patch FROM op WHERE entity_uid = ? AND clock > ?"
            " AND kind NOT IN ('join', 'annotators')",
            gone["uid"],
            since,
        )
        late = {name for row in rows for name in json.loads(row["patch"])}
        removed = self.removed_by_joining(gone["uid"]) or {}
        says = {"note": gone["note"], "flag": bool(gone["flag"])}
        return late | {name for name in says if removed.get(name, says[name]) != says[name]}

    def removed_by_joining(self, uid: str) -> Row | None:
        """Return what an entity said when a joining removed it, as far as that is in the log."""
        row = self._removal(uid)
        return json.loads(row["before"]) if row else None

    def names_all(self, uid: str, since: str) -> bool:
        """Whether the joining that removed a highlight at a clock removed all that it carried."""
        query = "SELECT before FROM op WHERE entity_uid = ? AND clock = ?"
        row = self.row(query, uid, since)
        return row is not None and "note" in json.loads(row["before"] or "{}")

    def _removal(self, uid: str) -> Row | None:
        return self.row(
            "SELECT before FROM op WHERE entity_uid = ? AND kind IN ('join', 'annotators')"
            " AND json_type(patch, '$.deleted_at') = 'text' ORDER BY clock DESC, uid DESC LIMIT 1",
            uid,
        )

    def last(self, uid: str) -> str:
        """Return the clock of the newest operation on an entity, but for what joined it."""
        row = self.row(
            "SELECT max(clock) AS clock FROM op WHERE entity_uid = ?"
            " AND kind NOT IN ('join', 'annotators')",
            uid,
        )
        return str(row["clock"]) if row and row["clock"] else ""


def deletion(operations: Sequence[Operation]) -> Operation | None:
    """Return by what somebody deleted an entity, other than by joining it; None if nobody did.

    Args:
        operations: All that was done to it, oldest first.
    """
    found = None
    for op in own(operations):
        if op.kind not in JOINS and (op.before is None or "deleted_at" in op.patch):
            found = op if op.patch.get("deleted_at") else None
    return found


def saw(op: Operation, earlier: Sequence[Operation]) -> bool:
    """Whether an operation was written by somebody who saw what others gave together.

    Args:
        op: The operation.
        earlier: What stands of those before it, oldest first.
    """
    there = given([one for one in earlier if not removes(one)]).fields
    return all(
        plain(value) == plain(there.get(name))
        for name, value in (op.before or {}).items()
        if name != "deleted_at"
    )


def removes(op: Operation) -> bool:
    """Whether an operation removes what it joins."""
    return op.kind in JOINS and bool(op.patch.get("deleted_at"))


def plain(value: Any) -> Any:
    """Return a value without what it leaves open."""
    if not isinstance(value, dict):
        return value
    return {name: part for name, part in value.items() if part is not None}
