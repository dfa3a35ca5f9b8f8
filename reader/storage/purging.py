"""Takes an article out of the library for good: the one thing that the log does not keep.

Everything else is a tombstone. Who must get rid of a text, because it is not theirs to keep, wants
it gone from the file: its versions, all that was said of it, and the operations that said it. What
stays is the article's id in a list of this library's own, so that a merge does not bring it back
unasked. Other libraries lose nothing: a purge is no operation and is never exchanged.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.operation import now
from reader.domain.records import dataclass
from reader.storage.connection import transaction, worded
from reader.storage.operations import behead

_VERSIONS = "SELECT uid FROM article_version WHERE article_uid = :uid"
_HIGHLIGHTS = f"SELECT uid FROM highlight WHERE version_uid IN ({_VERSIONS})"  # noqa: S608 - own names

_ATTRIBUTIONS = f"SELECT uid FROM attribution WHERE highlight_uid IN ({_HIGHLIGHTS})"  # noqa: S608 - own names
_ALONE = (
    f"uid IN (SELECT evidence_uid FROM evidence_link WHERE highlight_uid IN ({_HIGHLIGHTS}))"  # noqa: S608 - own names
    f" AND uid NOT IN (SELECT evidence_uid FROM evidence_link"
    f" WHERE highlight_uid NOT IN ({_HIGHLIGHTS}))"
)
"""Evidence that speaks, and ever spoke, of nothing else; what speaks elsewhere as well stays."""
_RELATION = f"from_uid IN ({_HIGHLIGHTS}) OR to_uid IN ({_HIGHLIGHTS})"

_WHERE = {
    "judgement": f"highlight_uid IN ({_HIGHLIGHTS}) OR article_uid = :uid"  # noqa: S608 - own names
    f" OR attribution_uid IN ({_ATTRIBUTIONS})"
    f" OR relation_uid IN (SELECT uid FROM relation WHERE {_RELATION})",
    "attribution": f"highlight_uid IN ({_HIGHLIGHTS})",
    "relation": _RELATION,
    "evidence": _ALONE,
    "evidence_link": f"highlight_uid IN ({_HIGHLIGHTS})",
    "suggestion": f"version_uid IN ({_VERSIONS})",
    "article_note": "article_uid = :uid",
    "label": "article_uid = :uid",
    "block": f"version_uid IN ({_VERSIONS})",
    "highlight": f"version_uid IN ({_VERSIONS})",
}
"""Which rows of each entity are an article's; those that refer before those referred to."""

_LOCAL = {
    "reading": "article_uid = :uid",
    "draft": f"version_uid IN ({_VERSIONS})",
    "bookmark": f"version_uid IN ({_VERSIONS})",
    "capture_details": f"version_uid IN ({_VERSIONS})",
}


@dataclass(frozen=True, slots=True)
class Belongings:
    """What goes with an article, of all annotators.

    Attributes:
        versions: Captures.
        highlights: Live highlights.
        judgements: Live judgements, on highlights and on the whole.
        notes: Notes on live highlights and on the whole.
        labels: Labels.
        operations: Operations of the log.
    """

    versions: int
    highlights: int
    judgements: int
    notes: int
    labels: int
    operations: int


class Purging:
    """Purges articles of one library.

    Args:
        connection: The writing connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._connection = connection
        self._path = path

    def belongings(self, uid: str) -> Belongings:
        """Return what would go with an article."""
        live = "AND deleted_at IS NULL"
        with worded(self._path):
            return Belongings(
                versions=self._count(f"({_VERSIONS})", uid),
                highlights=self._count(f"({_HIGHLIGHTS} {live})", uid),
                judgements=self._count(
                    f"(SELECT 1 FROM judgement WHERE ({_WHERE['judgement']}) {live})",  # noqa: S608 - own names
                    uid,
                ),
                notes=self._count(
                    f"({_HIGHLIGHTS} AND note IS NOT NULL {live} UNION ALL SELECT uid"  # noqa: S608 - own names
                    f" FROM article_note WHERE article_uid = :uid {live})",
                    uid,
                ),
                labels=self._count(
                    f"(SELECT 1 FROM label WHERE article_uid = :uid {live})",  # noqa: S608 - own names
                    uid,
                ),
                operations=self._count(
                    f"(SELECT 1 FROM op WHERE {_FORGOTTEN})",  # noqa: S608 - own names
                    uid,
                ),
            )

    def _count(self, query: str, uid: str) -> int:
        row = self._ask(f"SELECT count(*) FROM {query}", {"uid": uid}).fetchone()  # noqa: S608 - own names
        return int(row[0])

    def purge(self, uid: str) -> None:
        """Delete an article with all that belongs to it, and what the log says of them.

        What was deleted is overwritten in the file, and the log of the database emptied.

        Raises:
            StorageError: Nothing was deleted.
        """
        given = {"uid": uid}
        with worded(self._path):
            self._ask("PRAGMA secure_delete=on")
        with transaction(self._connection, self._path):
            self._ask("PRAGMA defer_foreign_keys=on")
            self._forget_operations(given)
            for table, where in {**_WHERE, **_LOCAL}.items():
                self._ask(f"DELETE FROM {table} WHERE {where}", given)  # noqa: S608 - own names
            self._ask("DELETE FROM article_version WHERE article_uid = :uid", given)
            self._ask("DELETE FROM article WHERE uid = :uid", given)
            self._ask("INSERT OR REPLACE INTO purged VALUES (:uid, :at)", {**given, "at": now()})
        with worded(self._path):
            for table in ("search_text", "search_words"):  # only this lets go of deleted words
                self._ask(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - own names
            self._ask("PRAGMA wal_checkpoint(TRUNCATE)")

    def _forget_operations(self, given: dict[str, str]) -> None:
        """Delete operations, which a trigger refuses to everybody else."""
        query = "SELECT name, sql FROM sqlite_schema WHERE name IN (?, ?)"
        made = self._connection.execute(query, ("op_no_delete", "op_no_update")).fetchall()
        for name, _ in made:
            self._ask(f"DROP TRIGGER {name}")
        self._ask(f"CREATE TEMP TABLE forgotten AS SELECT id FROM op WHERE {_FORGOTTEN}", given)  # noqa: S608 - own names
        self._ask("CREATE UNIQUE INDEX temp.forgotten_id ON forgotten(id)")
        behead(self._connection, "temp.forgotten")
        self._ask("DELETE FROM operation WHERE id IN temp.forgotten")
        self._ask("DROP TABLE temp.forgotten")
        # What was done there to evidence that stays is the library's own.
        self._ask("UPDATE operation SET article_uid = NULL WHERE article_uid = :uid", given)
        for _, statement in made:
            self._ask(statement)


_GOING = " UNION ALL ".join(
    [
        "SELECT :uid",
        *(f"SELECT uid FROM {table} WHERE {where}" for table, where in _WHERE.items()),  # noqa: S608 - own names
    ]
)
"""The uids of all that goes."""
_FORGOTTEN = (
    f"entity_uid IN ({_GOING}) OR (article_uid = :uid AND entity NOT IN ('evidence', 'source',"
    " 'source_alias', 'source_role'))"
)
"""Which operations go: those in the article, but for what they say of things that stay."""


def left_out(connection: sqlite3.Connection) -> int:
    """Take what came in of purged articles out of ``temp.incoming``; return how much it was.

    An operation on the library as a whole loses only what it says of them.
    """
    if connection.execute("SELECT 1 FROM main.purged LIMIT 1").fetchone() is None:
        return 0
    done = connection.execute(
        "DELETE FROM temp.incoming WHERE article_uid IN (SELECT article_uid FROM main.purged)"
        " OR entity_uid IN (SELECT entity_uid FROM temp.incoming"
        "  WHERE article_uid IN (SELECT article_uid FROM main.purged)"
        "  OR entity_uid IN (SELECT article_uid FROM main.purged)"
        "  OR json_extract(patch, '$.article_uid') IN (SELECT article_uid FROM main.purged))"
        " OR json_extract(patch, '$.from_uid') IN (SELECT entity_uid FROM temp.incoming"
        "  WHERE article_uid IN (SELECT article_uid FROM main.purged))"
        " OR json_extract(patch, '$.to_uid') IN (SELECT entity_uid FROM temp.incoming"
        "  WHERE article_uid IN (SELECT article_uid FROM main.purged))"
    )
    return done.rowcount
