"""What became of what detectors proposed: accepted, edited, dismissed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.storage.connection import worded


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal that an annotator has decided on.

    Attributes:
        uid: Derived from version, annotator and place.
        here: Whether it was decided on the version that was asked for, and not on another one.
        start: First code point of what was proposed, in its version.
        end: One past its last.
        payload: What was proposed, as it was stored.
        decision: ``accepted``, ``edited`` or ``dismissed``.
        detector_version: That of the detector which proposed it.
    """

    uid: str
    here: bool
    start: int
    end: int
    payload: dict[str, Any]
    decision: str
    detector_version: str


@dataclass(frozen=True, slots=True)
class Attributed:
    """A stretch of which an annotator has said who says it.

    Attributes:
        start: Its first code point.
        end: One past its last.
        source: Uid of the one who says it first, as entered; None if that is not known.
    """

    start: int
    end: int
    source: str | None


@dataclass(frozen=True, slots=True)
class Rate:
    """How often the proposals of a detector were taken.

    Attributes:
        detector: Its name.
        version: Its version.
        accepted: Taken as they were.
        edited: Taken with something changed.
        dismissed: Not taken.
        rate_pct: Accepted or edited of decided ones, in per cent.
    """

    detector: str
    version: str
    accepted: int
    edited: int
    dismissed: int
    rate_pct: int


class Suggestions:
    """The decided proposals of one library; others are not stored.

    Args:
        connection: The library's connection.
        path: Its file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def decided(self, version_uid: str, annotator_uid: str) -> list[Decided]:
        """Return an annotator's live decisions on all versions of a version's article.

        Raises:
            StorageError: They cannot be read.
        """
        with worded(self._path):
            rows = self._ask(
                'SELECT uid, version_uid = ?1, start, "end", payload, decision,'
                " detector_version FROM suggestion"
                " WHERE annotator_uid = ?2 AND deleted_at IS NULL AND version_uid IN ("
                " SELECT other.uid FROM article_version AS other JOIN article_version AS one"
                " ON one.article_uid = other.article_uid WHERE one.uid = ?1)",
                (version_uid, annotator_uid),
            ).fetchall()
        return [
            Decided(uid, bool(here), start, end, json.loads(payload), decision, version)
            for uid, here, start, end, payload, decision, version in rows
        ]

    def attributed(
        self, version_uid: str, annotator_uid: str, start: int, end: int
    ) -> list[Attributed]:
        """Return where, in a stretch, an annotator has said who says it, and who does.

        Raises:
            StorageError: They cannot be read.
        """
        with worded(self._path):
            rows = self._ask(
                'SELECT start, "end", source_uid FROM highlight JOIN attribution'
                " ON attribution.highlight_uid = highlight.uid AND attribution.deleted_at IS NULL"
                " LEFT JOIN hop ON hop.attribution_uid = attribution.uid AND position = 0"
                " WHERE version_uid = ? AND annotator_uid = ? AND highlight.deleted_at IS NULL"
                ' AND start < ? AND "end" > ?',
                (version_uid, annotator_uid, end, start),
            ).fetchall()
        return [Attributed(*row) for row in rows]

    def rates(self, annotator_uid: str) -> list[Rate]:
        """Return how often an annotator took what each detector proposed, by its name and version.

        Raises:
            StorageError: They cannot be read.
        """
        with worded(self._path):
            rows = self._ask(
                "SELECT detector, detector_version, sum(decision = 'accepted'),"
                " sum(decision = 'edited'), sum(decision = 'dismissed') FROM suggestion"
                " WHERE annotator_uid = ? AND deleted_at IS NULL"
                " GROUP BY detector, detector_version ORDER BY detector, detector_version",
                (annotator_uid,),
            ).fetchall()
        return [
            Rate(
                name, version, taken, edited, left, per_cent(taken + edited, taken + edited + left)
            )
            for name, version, taken, edited, left in rows
        ]
