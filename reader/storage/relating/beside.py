"""For which highlights there is evidence, a relation, a source."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from reader.domain.beside import Beside
from reader.domain.evidence import STANCES
from reader.storage.connection import worded

# What was said by hand is little beside the highlights that an article can have: begin with it.
_EVIDENCE = (
    "SELECT here.uid FROM {begin}evidence_link CROSS JOIN highlight AS here"
    " ON here.uid = highlight_uid AND here.deleted_at IS NULL"
    " CROSS JOIN evidence ON evidence.uid = evidence_uid AND evidence.deleted_at IS NULL"
    " WHERE evidence_link.deleted_at IS NULL AND stance IN ({stances}) AND {here}"
)
_RELATION = (
    "SELECT here.uid FROM {begin}relation CROSS JOIN highlight AS here"
    " ON here.uid = {this}_uid AND here.deleted_at IS NULL"
    " CROSS JOIN highlight AS there ON there.uid = {other}_uid AND there.deleted_at IS NULL"
    " WHERE relation.deleted_at IS NULL AND {here}"
)
_SOURCE = (
    "SELECT here.uid FROM {begin}attribution CROSS JOIN highlight AS here"
    " ON here.uid = highlight_uid AND here.deleted_at IS NULL"
    " WHERE attribution.deleted_at IS NULL AND EXISTS (SELECT 1 FROM hop"
    " WHERE attribution_uid = attribution.uid AND source_uid IS NOT NULL) AND {here}"
)
_WANTED = "json_each(:value) AS wanted CROSS JOIN "


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
        return self._among("", "here.version_uid = :value", version_uid)

    def any(self) -> bool:
        """Whether anything was ever put beside any highlight."""
        tables = ("attribution", "relation", "evidence_link")
        query = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608 - own names
        with worded(self._path):
            row = self._ask(f"SELECT {query}").fetchone()
        return bool(row[0])

    def of(self, highlight_uids: Iterable[str]) -> Beside:
        """Return what stands beside some highlights."""
        wanted = json.dumps(list(highlight_uids))
        return self._among(_WANTED, "{column} = wanted.value", wanted)

    def _among(self, begin: str, here: str, value: str) -> Beside:
        def uids(query: str, column: str, **ends: str) -> set[str]:
            sql = query.format(begin=begin, here=here.format(column=column), **ends)
            return {uid for (uid,) in self._ask(sql, {"value": value})}

        with worded(self._path):
            return Beside(
                evidence=uids(_EVIDENCE, "highlight_uid", stances=_quoted(STANCES)),
                supported=uids(_EVIDENCE, "highlight_uid", stances="'supports'"),
                refuted=uids(_EVIDENCE, "highlight_uid", stances="'refutes'"),
                undecided=uids(_EVIDENCE, "highlight_uid", stances="'insufficient'"),
                relation=uids(_RELATION, "from_uid", this="from", other="to")
                | uids(_RELATION, "to_uid", this="to", other="from"),
                source=uids(_SOURCE, "highlight_uid"),
            )


def _quoted(stances: Iterable[str]) -> str:
    return ", ".join(f"'{stance}'" for stance in stances)
