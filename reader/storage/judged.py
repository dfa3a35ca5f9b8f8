"""What was judged of highlights, and when: what the judgements themselves do not say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path

from reader.storage.connection import worded
from reader.storage.given_at import SAID_AT
from reader.storage.highlights import of_annotators


class Judged:
    """The judgements on highlights of one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def highlight_of(self, judgement_uid: str) -> str | None:
        """Return the uid of the highlight that a judgement, live or not, is on.

        One on who said it counts as one on the highlight.
        """
        return self._first(
            "SELECT coalesce(highlight_uid, (SELECT highlight_uid FROM attribution"
            " WHERE uid = attribution_uid)) FROM judgement WHERE uid = ?",
            judgement_uid,
        )

    def ever_on(self, highlight_uid: str) -> list[tuple[str, str, str]]:
        """Return uid, codebook and facet of all judgements ever made on a highlight."""
        with worded(self._path):
            return self._connection.execute(
                "SELECT uid, codebook, facet FROM judgement WHERE highlight_uid = ? ORDER BY id",
                (highlight_uid,),
            ).fetchall()

    def tags_in(
        self, article_uids: Sequence[str], by: Collection[str] | None = None
    ) -> list[tuple[str, str, str, int]]:
        """Return which tags live highlights of articles have, in whichever version of the text.

        Args:
            article_uids: The articles.
            by: Uids of the annotators whose highlights count; None is all.

        Returns:
            Ids of codebook and facet, the code, and the newest version of the codebook used for it.
        """
        whose, uids = of_annotators(by)
        with worded(self._path):
            return self._connection.execute(
                "SELECT codebook, facet, code, max(codebook_version) FROM article_version"  # noqa: S608 - own names
                " JOIN highlight ON version_uid = article_version.uid"
                " AND highlight.deleted_at IS NULL"
                " JOIN judgement ON highlight_uid = highlight.uid AND judgement.deleted_at IS NULL"
                " WHERE article_version.article_uid IN (SELECT value FROM json_each(?))"
                f" {whose} GROUP BY codebook, facet, code",
                (json.dumps(list(article_uids)), *uids),
            ).fetchall()

    def annotators_in(
        self, article_uids: Sequence[str], by: Collection[str] | None = None
    ) -> dict[str, list[str]]:
        """Return who has live highlights in articles, in whichever version of the text.

        Args:
            article_uids: The articles.
            by: Uids of the annotators who are asked for; None is all.

        Returns:
            Uids of annotators by article, in the order of their handles.
        """
        whose, uids = of_annotators(by)
        with worded(self._path):
            rows = self._connection.execute(
                "SELECT article_version.article_uid, annotator.uid FROM article_version"  # noqa: S608 - own names
                " JOIN highlight ON version_uid = article_version.uid"
                " AND highlight.deleted_at IS NULL"
                " JOIN annotator ON annotator.uid = annotator_uid"
                " WHERE article_version.article_uid IN (SELECT value FROM json_each(?))"
                f" {whose} GROUP BY 1, 2 ORDER BY handle, annotator.uid",
                (json.dumps(list(article_uids)), *uids),
            ).fetchall()
        found: dict[str, list[str]] = {}
        for article, annotator in rows:
            found.setdefault(article, []).append(annotator)
        return found

    def last_on(self, highlight_uid: str) -> str | None:
        """Return when the newest of its live judgements was made or changed, or None.

        That is not when the highlight was changed last: a new version of the text carries it on.
        An undo gives a judgement back with its time.
        """
        return self._first(
            f"SELECT max({SAID_AT}) FROM judgement WHERE highlight_uid = ?"  # noqa: S608 - own names
            " AND deleted_at IS NULL",
            highlight_uid,
        )

    def last_in(self, version_uid: str, by: Collection[str] | None = None) -> str | None:
        """Return when the newest live judgement on a version was made or changed, or None.

        Args:
            version_uid: The version.
            by: Uids of the annotators whose judgements count; None is all.
        """
        whose, uids = of_annotators(by)
        return self._first(
            f"SELECT max({SAID_AT}) FROM highlight JOIN judgement"  # noqa: S608 - own names
            " ON highlight_uid = highlight.uid AND judgement.deleted_at IS NULL"
            f" WHERE version_uid = ? AND highlight.deleted_at IS NULL {whose}",
            version_uid,
            *uids,
        )

    def _first(self, query: str, *values: str) -> str | None:
        with worded(self._path):
            row = self._connection.execute(query, values).fetchone()
        return row[0] if row else None
