"""Relations between highlights, seen from either end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from reader.domain.article import name_from
from reader.domain.relation import JOINING, Place, Relation
from reader.storage.connection import worded

_COLUMNS = (
    "relation.uid, from_uid, to_uid, relation.annotator_uid, type, relation.note,"
    " relation.created_at, relation.rev"
)
_LIVE = (
    " FROM relation JOIN highlight AS one ON one.uid = from_uid AND one.deleted_at IS NULL"
    " JOIN highlight AS other ON other.uid = to_uid AND other.deleted_at IS NULL"
    " WHERE relation.deleted_at IS NULL"
)
"""A relation is there as long as both its ends are; with an end that is brought back it returns."""

_UIDS = "(SELECT value FROM json_each(:uids))"
_OF = (
    f"SELECT {_COLUMNS}{_LIVE} AND from_uid IN {_UIDS}"
    f" UNION SELECT {_COLUMNS}{_LIVE} AND to_uid IN {_UIDS} ORDER BY 7, 1"
)
_PLACES = (
    'SELECT highlight.uid, annotator_uid, highlight.version_uid, start, "end", exact, article.uid,'  # noqa: S608 - own names
    " title, substr(text, 1, 240), outlet, published_at"
    " FROM highlight JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_uid"
    f" WHERE highlight.uid IN {_UIDS} AND highlight.deleted_at IS NULL"
)


class Relations:
    """The relations of one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def get(self, uid: str) -> Relation | None:
        """Return a relation that is there, or None."""
        with worded(self._path):
            row = self._ask(f"SELECT {_COLUMNS}{_LIVE} AND relation.uid = ?", (uid,)).fetchone()
        return Relation(*row) if row else None

    def beginning_with(self, uid: str) -> list[str]:
        """Return the uids that begin so of relations that are there; two are enough to tell."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT relation.uid{_LIVE} AND substr(relation.uid, 1, ?) = ? LIMIT 2",
                (len(uid), uid),
            ).fetchall()
        return [row[0] for row in rows]

    def of(self, highlight_uids: Iterable[str]) -> list[Relation]:
        """Return the relations of some highlights to whatever else, from both ends, oldest first.

        It is one question however many highlights there are.
        """
        with worded(self._path):
            rows = self._ask(_OF, {"uids": json.dumps(list(highlight_uids))}).fetchall()
        return [Relation(*row) for row in rows]

    def by_highlight(self, highlight_uids: Sequence[str]) -> dict[str, list[Relation]]:
        """Return the relations of each of some highlights; those without any are left out."""
        wanted, found = set(highlight_uids), dict[str, list[Relation]]()
        for relation in self.of(highlight_uids):
            for uid in (relation.from_uid, relation.to_uid):
                if uid in wanted:
                    found.setdefault(uid, []).append(relation)
        return found

    def counts(self, highlight_uids: Sequence[str]) -> dict[str, int]:
        """Return how many relations each of some highlights has; those without any are left out."""
        return {uid: len(found) for uid, found in self.by_highlight(highlight_uids).items()}

    def between(self, from_uid: str, to_uid: str, annotator_uid: str) -> list[Relation]:
        """Return what an annotator says that one highlight does to another."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_COLUMNS}{_LIVE} AND from_uid = ? AND to_uid = ?"
                " AND relation.annotator_uid = ? ORDER BY relation.uid",
                (from_uid, to_uid, annotator_uid),
            ).fetchall()
        return [Relation(*row) for row in rows]

    def of_judgement(self, judgement_uid: str) -> str | None:
        """Return the uid of the relation that a judgement, live or not, is on; None if on none."""
        with worded(self._path):
            row = self._ask(
                "SELECT relation_uid FROM judgement WHERE uid = ?", (judgement_uid,)
            ).fetchone()
        return row[0] if row else None

    def ends(self, uids: Iterable[str]) -> set[str]:
        """Return the highlights at the ends of some relations, live or not."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT from_uid, to_uid FROM relation WHERE uid IN {_UIDS}",  # noqa: S608 - own names
                {"uids": json.dumps(list(uids))},
            ).fetchall()
        return {uid for row in rows for uid in row}

    def ever(self, highlight_uid: str) -> list[tuple[str, str, str, str]]:
        """Return all relations that a highlight ever had: uid, from, type, the other's words."""
        with worded(self._path):
            return self._ask(
                "SELECT relation.uid, from_uid, type, exact FROM relation JOIN highlight"
                " ON highlight.uid = iif(from_uid = ?1, to_uid, from_uid)"
                " WHERE from_uid = ?1 OR to_uid = ?1 ORDER BY relation.id",
                (highlight_uid,),
            ).fetchall()

    def all_ends(self) -> list[str]:
        """Return the highlights that are related to others, by article and place."""
        with worded(self._path):
            rows = self._ask(
                f"WITH ends(uid) AS (SELECT from_uid{_LIVE} UNION SELECT to_uid{_LIVE})"  # noqa: S608 - own names
                " SELECT highlight.uid FROM highlight JOIN ends USING (uid)"
                ' ORDER BY version_uid, start, "end", highlight.uid'
            ).fetchall()
        return [uid for (uid,) in rows]

    def partners(self, highlight_uids: Iterable[str]) -> set[str]:
        """Return the highlights that some are related to, and these; live or not."""
        uids = list(highlight_uids)
        with worded(self._path):
            rows = self._ask(
                "SELECT from_uid, to_uid FROM relation WHERE deleted_at IS NULL"  # noqa: S608 - own names
                f" AND (from_uid IN {_UIDS} OR to_uid IN {_UIDS})",
                {"uids": json.dumps(uids)},
            ).fetchall()
        return {*uids, *(uid for row in rows for uid in row)}

    # ------------------------------------------------------------------ what stands at the ends

    def places(self, highlight_uids: Iterable[str]) -> dict[str, Place]:
        """Return where live ones among some highlights stand, in whichever article, by uid."""
        with worded(self._path):
            rows = self._ask(_PLACES, {"uids": json.dumps(list(highlight_uids))}).fetchall()
        return {row[0]: _place(*row) for row in rows}

    # ------------------------------------------------------------------ claims

    def joined(self, highlight_uid: str) -> set[str]:
        """Return the highlights that are one claim with a highlight, itself among them."""
        found, fresh = {highlight_uid}, {highlight_uid}
        while fresh:
            ends = {
                uid
                for relation in self.of(fresh)
                if relation.type in JOINING
                for uid in (relation.from_uid, relation.to_uid)
            }
            fresh = ends - found
            found |= fresh
        return found

    def joining(self, article_uid: str | None = None) -> list[tuple[str, str]]:
        """Return the pairs of highlights that are one claim, of the whole library.

        Args:
            article_uid: Only pairs of which one end is in that article; None for all.
        """
        where, values = "", {"types": json.dumps(sorted(JOINING)), "article": article_uid}
        if article_uid is not None:
            there = "(SELECT uid FROM article_version WHERE article_uid = :article)"
            where = f" AND (one.version_uid IN {there} OR other.version_uid IN {there})"
        with worded(self._path):
            return self._ask(
                f"SELECT from_uid, to_uid{_LIVE}"  # noqa: S608 - own names
                " AND type IN (SELECT value FROM json_each(:types))"
                f"{where} ORDER BY relation.id",
                values,
            ).fetchall()


def _place(
    uid: str, annotator: str, version: str, start: int, end: int, exact: str, article: str,
    title: str | None, beginning: str, outlet: str | None, published_at: str | None,
) -> Place:  # fmt: skip
    name = title or name_from(beginning)
    return Place(uid, annotator, version, start, end, exact, article, name, outlet, published_at)
