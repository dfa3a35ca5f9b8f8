"""Evidence, and the statements that it speaks of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from reader.domain.evidence import Evidence, EvidenceLink
from reader.domain.records import dataclass
from reader.storage.connection import worded

_COLUMNS = (
    "evidence.uid, evidence.annotator_uid, kind, citation, url, archive_url, accessed_at,"
    " excerpt, evidence.rev"
)
_LINK = "evidence_link.uid, evidence_uid, highlight_uid, stance, evidence_link.rev"
_LINKED = (
    " FROM evidence_link JOIN evidence ON evidence.uid = evidence_uid"
    " WHERE evidence_link.deleted_at IS NULL AND evidence.deleted_at IS NULL"
)
_UIDS = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of evidence, and what it says of one statement."""

    link: EvidenceLink
    evidence: Evidence


class EvidenceStore:
    """The evidence of one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def get(self, uid: str) -> Evidence | None:
        """Return a piece of evidence that is there, or None."""
        return self.all_of([uid]).get(uid)

    def all_of(self, uids: Iterable[str], *, gone_too: bool = False) -> dict[str, Evidence]:
        """Return those of some pieces of evidence that are there, by uid, or were ever."""
        live = "" if gone_too else " AND deleted_at IS NULL"
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_COLUMNS} FROM evidence WHERE uid IN {_UIDS}{live}",  # noqa: S608 - own names
                (json.dumps(list(uids)),),
            ).fetchall()
        return {row[0]: _evidence(row) for row in rows}

    def all(self) -> list[tuple[Evidence, int]]:
        """Return all evidence, the newest first, each with how many statements it speaks of."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_COLUMNS}, (SELECT count(*) FROM evidence_link"  # noqa: S608 - own names
                " JOIN highlight ON highlight.uid = highlight_uid"
                " AND highlight.deleted_at IS NULL WHERE evidence_uid = evidence.uid"
                " AND evidence_link.deleted_at IS NULL)"
                " FROM evidence WHERE deleted_at IS NULL ORDER BY updated_at DESC, uid DESC"
            ).fetchall()
        return [(_evidence(row[:-1]), row[-1]) for row in rows]

    def of(self, highlight_uids: Sequence[str]) -> dict[str, list[Linked]]:
        """Return the evidence for each of some highlights, oldest first; one question for all."""
        found: dict[str, list[Linked]] = {}
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_LINK}, {_COLUMNS}{_LINKED} AND highlight_uid IN {_UIDS}"
                " ORDER BY evidence_link.created_at, evidence_link.uid",
                (json.dumps(list(highlight_uids)),),
            ).fetchall()
        for row in rows:
            link = EvidenceLink(*row[:5])
            found.setdefault(link.highlight_uid, []).append(Linked(link, _evidence(row[5:])))
        return found

    def counts(self, highlight_uids: Sequence[str]) -> dict[str, int]:
        """Return how much evidence each of some highlights has; those without are left out."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT highlight_uid, count(*){_LINKED} AND highlight_uid IN {_UIDS} GROUP BY 1",
                (json.dumps(list(highlight_uids)),),
            ).fetchall()
        return dict(rows)

    def links(self, evidence_uid: str) -> list[EvidenceLink]:
        """Return what a piece of evidence says of live highlights, in whichever article."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_LINK}{_LINKED} AND evidence_uid = ? AND highlight_uid IN"  # noqa: S608 - own names
                " (SELECT uid FROM highlight WHERE deleted_at IS NULL)"
                " ORDER BY evidence_link.created_at, evidence_link.uid",
                (evidence_uid,),
            ).fetchall()
        return [EvidenceLink(*row) for row in rows]

    def spoken_of(self, uid: str) -> set[str]:
        """Return the highlights that a piece of evidence, or one link, is about, live or not."""
        with worded(self._path):
            rows = self._ask(
                "SELECT highlight_uid FROM evidence_link WHERE evidence_uid = ?1 OR uid = ?1",
                (uid,),
            ).fetchall()
        return {row[0] for row in rows}

    def ever(self, highlight_uid: str) -> dict[str, tuple[str, str]]:
        """Return all links that a highlight ever had: stance and name of the evidence, by uid."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT evidence_link.uid, stance, {_COLUMNS} FROM evidence_link"  # noqa: S608 - own names
                " JOIN evidence ON evidence.uid = evidence_uid WHERE highlight_uid = ?"
                " ORDER BY evidence_link.id",
                (highlight_uid,),
            ).fetchall()
        return {row[0]: (row[1], _evidence(row[2:]).name) for row in rows}

    def beginning_with(self, uid: str) -> list[str]:
        """Return the uids that begin so of evidence that is there; two are enough to tell."""
        with worded(self._path):
            rows = self._ask(
                "SELECT uid FROM evidence WHERE deleted_at IS NULL AND substr(uid, 1, ?) = ?"
                " LIMIT 2",
                (len(uid), uid),
            ).fetchall()
        return [row[0] for row in rows]


def _evidence(row: Sequence[object]) -> Evidence:
    uid, annotator, kind, citation, *rest = row
    return Evidence(uid, annotator, kind or "", citation or "", *rest)  # type: ignore[arg-type] # a row of the table
