"""For which highlights there is evidence, a relation, a source."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from reader.domain.beside import Beside
from reader.storage.connection import worded

_EVIDENCE = (
    "SELECT highlight_uid FROM evidence_link JOIN evidence ON evidence.uid = evidence_uid"
    " AND evidence.deleted_at IS NULL WHERE evidence_link.deleted_at IS NULL"
    " AND highlight_uid IN ({among})"
)
_RELATION = (
    "SELECT {this}_uid FROM relation JOIN highlight ON highlight.uid = {other}_uid"
    " AND highlight.deleted_at IS NULL WHERE relation.deleted_at IS NULL"
    " AND {this}_uid IN ({among})"
)
_SOURCE = (
    "SELECT highlight_uid FROM attribution WHERE deleted_at IS NULL AND EXISTS (SELECT 1 FROM hop"
    " WHERE attribution_uid = attribution.uid AND source_uid IS NOT NULL)"
    " AND highlight_uid IN ({among})"
)
_ON = "SELECT uid FROM highlight WHERE version_uid = :value AND deleted_at IS NULL"
_THESE = "SELECT value FROM json_each(:value)"


class Besides:
    """What stands beside the highlights of one library, whoever put it there.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def on(self, version_uid: str) -> Beside:
        """Return what stands beside the live highlights on a version."""
        return self._among(_ON, version_uid)

    def any(self) -> bool:
        """Whether anything was ever put beside any highlight."""
        tables = ("attribution", "relation", "evidence_link")
        query = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608
        with worded(self._path):
            row = self._ask(f"SELECT {query}").fetchone()
        return bool(row[0])

    def of(self, highlight_uids: Iterable[str]) -> Beside:
        """Return what stands beside some highlights."""
        return self._among(_THESE, json.dumps(list(highlight_uids)))

    def _among(self, among: str, value: str) -> Beside:
        from_here = _RELATION.format(this="from", other="to", among=among)
        to_here = _RELATION.format(this="to", other="from", among=among)
        with worded(self._path):
            return Beside(
                evidence=self._uids(_EVIDENCE.format(among=among), value),
                relation=self._uids(f"{from_here} UNION {to_here}", value),
                source=self._uids(_SOURCE.format(among=among), value),
            )

    def _uids(self, query: str, value: str) -> set[str]:
        return {uid for (uid,) in self._ask(query, {"value": value})}
