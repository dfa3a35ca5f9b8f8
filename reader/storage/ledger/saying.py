"""Reads who says what, for the ledger: one query of each table, whatever the number of sources."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.domain.records import dataclass
from reader.storage.connection import worded


@dataclass(frozen=True, slots=True)
class Scope:
    """Which highlights the ledger is about: all of the library's, unless it is narrowed.

    Attributes:
        annotators: Uids of whose highlights.
        articles: Uids of the articles that they are in; None is all.
        highlights: Uids of the highlights themselves; None is all.
    """

    annotators: tuple[str, ...]
    articles: tuple[str, ...] | None = None
    highlights: tuple[str, ...] | None = None


class Said(NamedTuple):
    """One hop of the chain of a highlight.

    Attributes:
        highlight_id: Local id of the highlight.
        attribution_uid: Its attribution.
        position: 0 is the origin.
        source_uid: Who it is; None is not known.
        voice: How it is told, or None.
    """

    highlight_id: int
    attribution_uid: str
    position: int
    source_uid: str | None
    voice: str | None


class Sayings:
    """Who says what in one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def highlights(self, scope: Scope) -> list[int]:
        """Return the local ids of the live highlights, by article (newest first) and place."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT highlight.id {_FROM} WHERE {_where(scope)}"
                " ORDER BY article.id DESC, highlight.version_uid, start,"
                ' highlight."end", highlight.id',
                _values(scope),
            )
            return [number for (number,) in rows]

    def hops(self, scope: Scope) -> Iterator[Said]:
        """Yield the hops of the chains of these highlights, origin first in each."""
        with worded(self._path):
            for row in self._ask(
                "SELECT highlight.id, attribution.uid, position, source_uid, voice"
                # CROSS: by way of the highlights, in their order, takes a fifth of the time.
                f" {_FROM} CROSS JOIN attribution ON attribution.highlight_uid = highlight.uid"
                " AND attribution.deleted_at IS NULL"
                " CROSS JOIN hop ON hop.attribution_uid = attribution.uid"
                f" WHERE {_where(scope)}",
                _values(scope),
            ):
                yield Said._make(row)

    def tags(self, scope: Scope, codebook: str, facet: str) -> dict[int, list[tuple[int, str]]]:
        """Return the tags of one facet by highlight: codebook's version and code."""
        found: dict[int, list[tuple[int, str]]] = {}
        with worded(self._path):
            for number, version, code in self._ask(
                "SELECT highlight.id, codebook_version, code"
                f" {_FROM} JOIN judgement ON judgement.highlight_uid = highlight.uid"
                f" WHERE {_where(scope)} AND judgement.deleted_at IS NULL"
                " AND codebook = :codebook AND facet = :facet",
                {**_values(scope), "codebook": codebook, "facet": facet},
            ):
                found.setdefault(number, []).append((version, code))
        return found

    def judged(self, scope: Scope) -> set[int]:
        """Return the highlights that have a judgement of any facet."""
        with worded(self._path):
            rows = self._ask(
                f"SELECT highlight.id {_FROM} WHERE {_where(scope)}"  # noqa: S608 - own names
                " AND EXISTS (SELECT 1 FROM judgement WHERE highlight_uid = highlight.uid"
                " AND judgement.deleted_at IS NULL)",
                _values(scope),
            )
            return {number for (number,) in rows}

    def judged_attributions(self, scope: Scope) -> set[str]:
        """Return the attributions on which there is a judgement: whether it was said."""
        with worded(self._path):
            rows = self._ask(
                "SELECT DISTINCT attribution_uid FROM judgement WHERE deleted_at IS NULL"
                " AND attribution_uid IS NOT NULL"
                " AND annotator_uid IN (SELECT value FROM json_each(:by))",
                {"by": json.dumps(scope.annotators)},
            )
            return {uid for (uid,) in rows}


_FROM = (
    "FROM highlight JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_version.article_uid AND article.deleted_at IS NULL"
)


def _where(scope: Scope) -> str:
    tests = [
        "highlight.deleted_at IS NULL",
        "highlight.annotator_uid IN (SELECT value FROM json_each(:by))",
    ]
    if scope.articles is not None:
        tests.append(
            "highlight.version_uid IN (SELECT uid FROM article_version"
            " WHERE article_uid IN (SELECT value FROM json_each(:articles)))"
        )
    if scope.highlights is not None:
        tests.append("highlight.uid IN (SELECT value FROM json_each(:highlights))")
    return " AND ".join(tests)


def _values(scope: Scope) -> dict[str, str]:
    given: dict[str, Sequence[str] | None] = {
        "by": scope.annotators,
        "articles": scope.articles,
        "highlights": scope.highlights,
    }
    return {name: json.dumps(list(value)) for name, value in given.items() if value is not None}
