"""Judgements on sources and attributions, by annotator."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.storage.connection import worded

Rated = Literal["attribution", "source", "relation"]
"""What is judged."""

_COLUMNS = "uid, codebook, codebook_version, facet, code, confidence, likelihood, reason, rev"


@dataclass(frozen=True, slots=True)
class Rating:
    """A judgement on a source, an attribution or a relation.

    Attributes:
        target_uid: What is judged.
        annotator_uid: By whom.
        judgement: The tag.
    """

    target_uid: str
    annotator_uid: str
    judgement: Judgement


class Ratings:
    """The judgements of one library that stand on something else than a statement."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def on(
        self, what: Rated, uids: Iterable[str], annotator_uid: str | None = None
    ) -> dict[str, list[Rating]]:
        """Return live judgements by what they are on, ordered by codebook, facet, annotator, code.

        Args:
            what: What the uids are of.
            uids: Of merged sources all that are one; each is answered for itself.
            annotator_uid: Whose; None is everybody's.
        """
        with worded(self._path):
            rows = self._ask(
                f"SELECT {what}_uid, annotator_uid, {_COLUMNS} FROM judgement"  # noqa: S608 - own names
                f" WHERE {what}_uid IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL"
                " AND (?2 IS NULL OR annotator_uid = ?2)"
                " ORDER BY codebook, facet, annotator_uid, code",
                (json.dumps(list(uids)), annotator_uid),
            ).fetchall()
        found: dict[str, list[Rating]] = {}
        for target, annotator, *rest in rows:
            found.setdefault(target, []).append(Rating(target, annotator, Judgement(*rest)))
        return found

    def ever(self, what: Rated, uid: str) -> dict[str, tuple[str, str]]:
        """Return codebook and facet of all judgements ever made on something, by their uid."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT uid, codebook, facet FROM judgement WHERE {what}_uid = ? ORDER BY id",  # noqa: S608 - own names
                (uid,),
            ).fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}
