"""Who annotates, and who was said to be one and the same."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.records import dataclass
from reader.storage.connection import worded


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who annotates.

    Attributes:
        uid: Random; two of the same handle are two people until they are joined.
        handle: The short name.
        joined_into: Uid of the annotator this one was joined into, or None.
        highlights: Live highlights.
        actions: Operations that are this one's.
        last_at: When the last of them was, or None.
    """

    uid: str
    handle: str
    joined_into: str | None
    highlights: int
    actions: int
    last_at: str | None


class Annotators:
    """The annotators of one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def find(self, handle: str) -> str | None:
        """Return the uid of who has that handle, or whom that one was joined into, or None."""
        with worded(self._path):
            row = self._connection.execute(
                "SELECT uid, joined_into FROM annotator WHERE handle = ? AND deleted_at IS NULL"
                " ORDER BY joined_into IS NOT NULL, id",
                (handle,),
            ).fetchone()
        if row is None:
            return None
        return self.joined().get(row[0], row[0]) if row[1] else str(row[0])

    def handles(self) -> dict[str, str]:
        """Return all annotators' handles by uid."""
        with worded(self._path):
            return dict(self._connection.execute("SELECT uid, handle FROM annotator"))

    def everybody(self) -> set[str]:
        """Return the uids of all annotators but those who were joined into another one."""
        return self.handles().keys() - self.joined().keys()

    def joined(self) -> dict[str, str]:
        """Return whom each joined annotator is one with, to the end of the chain.

        Two libraries may have joined the same two the other way round: then the older uid counts.
        """
        rows = self._connection.execute(
            "SELECT uid, joined_into FROM annotator WHERE joined_into IS NOT NULL"
        )
        into: dict[str, str] = dict(rows.fetchall())
        found = {uid: _end(uid, into) for uid in into}
        return {uid: end for uid, end in found.items() if uid != end}

    def persons(self, uid: str) -> tuple[str, ...]:
        """Return the uids of all annotators who are one with this one, this one first."""
        joined = self.joined()
        end = joined.get(uid, uid)
        others = sorted({other for other, into in joined.items() if into == end} - {uid})
        return (uid, *others, *(() if end == uid else (end,)))

    def all(self) -> list[Annotator]:
        """Return all annotators, by handle."""
        with worded(self._path):
            rows = self._connection.execute(
                "SELECT annotator.uid, handle, joined_into,"
                " (SELECT count(*) FROM highlight WHERE annotator_uid = annotator.uid"
                "  AND deleted_at IS NULL),"
                " coalesce(actions, 0), last FROM annotator LEFT JOIN"
                " (SELECT actor, count(*) AS actions, max(clock) AS last FROM op GROUP BY actor)"
                " ON actor = annotator.uid WHERE annotator.deleted_at IS NULL"
                " ORDER BY handle, annotator.uid"
            ).fetchall()
        return [_annotator(*row) for row in rows]


def _annotator(
    uid: str, handle: str, into: str | None, highlights: int, actions: int, clock: str | None
) -> Annotator:
    from reader.domain.operation import clock_time

    return Annotator(uid, handle, into, highlights, actions, clock_time(clock) if clock else None)


def _end(uid: str, into: dict[str, str]) -> str:
    """Return the end of a chain; of a ring, the oldest in it."""
    seen: list[str] = []
    while uid in into and uid not in seen:
        seen.append(uid)
        uid = into[uid]
    return min(seen[seen.index(uid) :]) if uid in seen else uid
