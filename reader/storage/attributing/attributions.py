"""Attributions: of one highlight, of many at once, of all that name a source."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.domain.attributed import Attribution, hops_from_fields
from reader.storage.connection import decoded, worded

PAGE = 1_000
"""Attributions read at a time."""

_COLUMNS = (
    "attribution.uid, highlight_uid, voice, act, scope_certain, attribution.origin, hops,"
    " attribution.rev"
)


class Attributions:
    """The attributions of one library.

    Sources in their chains are as they were entered; see ``Sources.all_of`` for what they are.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def of(self, highlight_uid: str) -> Attribution | None:
        """Return the live attribution of a highlight, or None."""
        return self.of_all([highlight_uid]).get(highlight_uid)

    def of_all(self, highlight_uids: Iterable[str]) -> dict[str, Attribution]:
        """Return the live attributions of many highlights, by the highlight's uid."""
        return self._by(list(highlight_uids), "highlight_uid")

    def all_of(self, uids: Iterable[str]) -> dict[str, Attribution]:
        """Return the live ones among some attributions, by the highlight's uid."""
        return self._by(list(uids), "attribution.uid")

    def _by(self, uids: Sequence[str], column: str) -> dict[str, Attribution]:
        found: dict[str, Attribution] = {}
        for start in range(0, len(uids), PAGE):
            page = json.dumps(uids[start : start + PAGE])
            listed = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
            where = f"attribution.deleted_at IS NULL AND {listed}"
            found.update((item.highlight_uid, item) for item in self._select("", where, (page,)))
        return found

    def any(self) -> bool:
        """Whether anybody has attributed anything in the library."""
        with worded(self._path):
            return self._ask("SELECT 1 FROM attribution LIMIT 1").fetchone() is not None

    def naming(self, source_uids: Sequence[str]) -> Iterator[Attribution]:
        """Yield the attributions of live highlights whose chain names one of some sources.

        Args:
            source_uids: Their uids; of merged sources all that are one.

        Yields:
            By article and place.
        """
        yield from self._select(
            "JOIN highlight ON highlight.uid = highlight_uid"
            " JOIN article_version AS version ON version.uid = highlight.version_uid",
            "attribution.deleted_at IS NULL AND highlight.deleted_at IS NULL"
            " AND attribution.uid IN (SELECT attribution_uid FROM hop"
            "  WHERE source_uid IN (SELECT value FROM json_each(?)))"
            ' ORDER BY version.article_uid, start, "end", highlight.uid',
            (json.dumps(list(source_uids)),),
        )

    def recent(self, article_uid: str, most: int = 20) -> list[Attribution]:
        """Return the attributions in an article that were changed last, the newest first."""
        return self._select(
            "JOIN highlight ON highlight.uid = highlight_uid"
            " JOIN article_version AS version ON version.uid = highlight.version_uid",
            "attribution.deleted_at IS NULL AND highlight.deleted_at IS NULL"
            " AND version.article_uid = ? ORDER BY attribution.updated_at DESC LIMIT ?",
            (article_uid, most),
        )

    def places(self, highlight_uids: Sequence[str]) -> dict[str, tuple[str, str, str, str]]:
        """Return words, article's uid, article's title and annotator's handle, by highlight."""
        with worded(self._path):
            rows = self._ask(
                "SELECT highlight.uid, exact, article.uid, coalesce(title, version.origin, ''),"
                " handle FROM highlight"
                " JOIN article_version AS version ON version.uid = highlight.version_uid"
                " JOIN article ON article.uid = version.article_uid"
                " JOIN annotator ON annotator.uid = annotator_uid"
                " WHERE highlight.uid IN (SELECT value FROM json_each(?))",
                (json.dumps(list(highlight_uids)),),
            )
            return {uid: (words, article, title, who) for uid, words, article, title, who in rows}

    def holds(self, highlight_uid: str) -> bool:
        """Whether a highlight has relations or evidence, for which it stays."""
        with worded(self._path):
            row = self._ask(
                "SELECT EXISTS (SELECT 1 FROM relation WHERE deleted_at IS NULL"
                "  AND (from_uid = ?1 OR to_uid = ?1))"
                " OR EXISTS (SELECT 1 FROM evidence_link WHERE deleted_at IS NULL"
                "  AND highlight_uid = ?1)",
                (highlight_uid,),
            ).fetchone()
        return bool(row[0])

    def owner(self, uid: str) -> str | None:
        """Return the uid of the highlight that an attribution, live or not, is on."""
        with worded(self._path):
            query = "SELECT highlight_uid FROM attribution WHERE uid = ?"
            row = self._ask(query, (uid,)).fetchone()
        return row[0] if row else None

    def _select(self, join: str, where: str, values: tuple[Any, ...]) -> list[Attribution]:
        with worded(self._path):
            rows = self._ask(
                f"SELECT {_COLUMNS} FROM attribution {join} WHERE {where}",  # noqa: S608 - own names
                values,
            ).fetchall()
        with decoded(self._path):
            return [_attribution(row) for row in rows]


def _attribution(row: Sequence[Any]) -> Attribution:
    uid, highlight, voice, act, certain, origin, hops, rev = row
    scope = None if certain is None else bool(certain)
    chain = hops_from_fields(json.loads(hops))
    return Attribution(uid, highlight, voice, act, scope, origin, chain, rev)
