"""Lists the judgements that lack what their codebook wants beside them, across the library."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.domain.codebook import REQUIREMENTS, kind_of
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.storage.connection import worded
from reader.storage.given_at import GIVEN_AT
from reader.storage.search.highlights import ListedHighlight

WANTS = tuple(REQUIREMENTS)
"""What a tag can want beside it; the position is the bit in a debt's mask."""


@dataclass(frozen=True, slots=True)
class DebtList:
    """Judgements that lack something, the oldest first.

    Attributes:
        ids: Their local ids.
        masks: What each lacks: a bit for each of :data:`WANTS`.
    """

    ids: array[int]
    masks: bytes

    def lacking(self, want: str | None) -> array[int]:
        """Return the ids of those that lack one kind of thing; None is anything."""
        if want is None:
            return self.ids
        bits = _bits(want)
        pairs = zip(self.ids, self.masks, strict=True)
        return array("q", (number for number, mask in pairs if mask & bits))

    def count(self, want: str) -> int:
        """Return how many lack one kind of thing."""
        bits = _bits(want)
        return sum(1 for mask in self.masks if mask & bits)


def _bits(kind: str) -> int:
    return sum(1 << bit for bit, want in enumerate(WANTS) if kind_of(want) == kind)


@dataclass(frozen=True, slots=True)
class ListedDebt:
    """A judgement that lacks something.

    Attributes:
        uid: The judgement's uid.
        highlight: The highlight that it is on, with the judgement's tag alone.
        wants: What it lacks, some of :data:`WANTS`.
        since: When it was given this code; likelihood, confidence and reason came when they did:
            UTC, ISO 8601.
    """

    uid: str
    highlight: ListedHighlight
    wants: tuple[str, ...]
    since: str


class Debts:
    """The debts of one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def all(self, annotators: Sequence[str]) -> DebtList:
        """Return the judgements of some annotators on highlights that lack something.

        Args:
            annotators: Their uids.
        """
        with worded(self._path):
            rows = self._ask(_ALL, {"by": json.dumps(list(annotators))}).fetchall()
        ids = array("q", (number for number, _ in rows))
        return DebtList(ids, bytes(mask for _, mask in rows))

    def rows(self, ids: Sequence[int]) -> list[ListedDebt]:
        """Return some of these judgements as they are now, in the order of the ids."""
        with worded(self._path):
            found = self._ask(_ROWS, {"ids": json.dumps(list(ids))}).fetchall()
        listed = {row[0]: _listed(row) for row in found}
        return [listed[number] for number in ids if number in listed]


def _listed(row: Sequence[Any]) -> ListedDebt:
    mask = row[2]
    tag = (row[4], row[5], row[6], row[7])
    highlight = ListedHighlight(
        uid=row[8],
        article_id=row[9],
        version_uid=row[10],
        start=row[11],
        end=row[12],
        exact=row[13],
        note=row[14],
        flag=bool(row[15]),
        annotator=row[16],
        annotator_uid=row[17],
        updated_at=row[18],
        tags=(tag,),
        fate=Fate(row[19]) if row[19] else None,
    )
    wants = tuple(want for bit, want in enumerate(WANTS) if mask & 1 << bit)
    return ListedDebt(row[1], highlight, wants, row[3])


_WANTING = (
    "WITH wanting AS MATERIALIZED (SELECT codebook, codebook_version, facet, code, rank, "  # noqa: S608 - own names
    + ", ".join(f'instr(requires, \'"{want}"\') > 0 AS "wants {want}"' for want in WANTS)
    + " FROM tag WHERE requires NOT IN ('', '[]'))"
)
_NO_EVIDENCE = (
    "NOT EXISTS (SELECT 1 FROM evidence_link JOIN evidence"
    " ON evidence.uid = evidence_uid AND evidence.deleted_at IS NULL"
    " WHERE evidence_link.highlight_uid = highlight.uid AND evidence_link.deleted_at IS NULL"
    " AND ({}))"
)
_MISSING = {
    "note": "coalesce(highlight.note, '') = '' AND coalesce(reason, '') = ''",
    # as in reader.domain.codebook.missing
    "evidence": _NO_EVIDENCE.format(
        "stance IN ('supports', 'refutes') OR (stance = 'insufficient' AND wanting.rank IS NULL)"
    ),
    "evidence:supports": _NO_EVIDENCE.format("stance = 'supports'"),
    "evidence:refutes": _NO_EVIDENCE.format("stance = 'refutes'"),
    "relation": "NOT EXISTS (SELECT 1 FROM relation JOIN highlight AS other ON other.uid = to_uid"
    " AND other.deleted_at IS NULL WHERE from_uid = highlight.uid"
    " AND relation.deleted_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM relation JOIN highlight AS other ON other.uid = from_uid"
    " AND other.deleted_at IS NULL WHERE to_uid = highlight.uid AND relation.deleted_at IS NULL)",
    "source": "NOT EXISTS (SELECT 1 FROM attribution JOIN hop ON attribution_uid = attribution.uid"
    " AND hop.source_uid IS NOT NULL WHERE attribution.highlight_uid = highlight.uid"
    " AND attribution.deleted_at IS NULL)",
}
_MASK = " + ".join(
    f'(CASE WHEN "wants {want}" AND {_MISSING[want]} THEN {1 << bit} ELSE 0 END)'
    for bit, want in enumerate(WANTS)
)
_JUDGED = (
    " FROM judgement JOIN wanting ON wanting.codebook = judgement.codebook"
    " AND wanting.codebook_version = judgement.codebook_version"
    " AND wanting.facet = judgement.facet AND wanting.code = judgement.code"
    " JOIN highlight ON highlight.uid = judgement.highlight_uid AND highlight.deleted_at IS NULL"
)
_ALL = (
    f"{_WANTING} SELECT id, mask FROM (SELECT judgement.id AS id, {GIVEN_AT} AS since,"  # noqa: S608 - own names
    f" {_MASK} AS mask {_JUDGED} WHERE judgement.deleted_at IS NULL"
    " AND highlight.annotator_uid IN (SELECT value FROM json_each(:by)))"
    " WHERE mask ORDER BY since, id"
)
_ROWS = (
    f"{_WANTING} SELECT judgement.id, judgement.uid, {_MASK}, {GIVEN_AT},"  # noqa: S608 - own names
    " judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code,"
    ' highlight.uid, article.id, highlight.version_uid, start, highlight."end", exact,'
    " highlight.note, flag, annotator.handle, highlight.annotator_uid, highlight.updated_at, fate"
    f" {_JUDGED} JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_version.article_uid"
    " JOIN annotator ON annotator.uid = highlight.annotator_uid"
    " WHERE judgement.deleted_at IS NULL"
    " AND judgement.id IN (SELECT value FROM json_each(:ids))"
)
