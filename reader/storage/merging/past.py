"""What state and log say of what was joined: all that is carried over is worked out from them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from reader.storage.log import COLUMNS, operation_from_row
from reader.storage.said_unseen import is_said_unseen
from reader.storage.standing import is_only_unmade

JOINS = ("join", "annotators")
"""Kinds of group that join: after a merge, and when two annotators are said to be one."""

Row = dict[str, Any]

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

    def of_highlights(self, *uids: str) -> list[str]:
        """Return the uids of highlights and of all that was ever said on them."""
        rows = self.rows(_ON_HIGHLIGHTS, json.dumps(uids))
        return [*uids, *(row["uid"] for row in rows)]

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
        query = f"SELECT {', '.join(COLUMNS)} FROM op WHERE entity_uid = ? ORDER BY clock, uid"  # noqa: S608 - own names
        rows = self._connection.execute(query, (uid,))
        return is_only_unmade([operation_from_row(row, Path("the library")) for row in rows])

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
