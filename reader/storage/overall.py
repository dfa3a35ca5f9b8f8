"""What is said of articles as a whole: notes, verdicts, labels."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.highlight import Judgement
from reader.domain.overall import Overall, folded
from reader.storage.connection import worded

_JUDGEMENT = (
    "judgement.uid, codebook, codebook_version, facet, code, confidence, likelihood, reason,"
    " judgement.rev"
)


class Overalls:
    """What is said of the articles of one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    def get(self, article_uid: str, annotator_uid: str) -> Overall:
        """Return what an annotator says of an article, with its labels."""
        with worded(self._path):
            note = self._ask(
                "SELECT note FROM article_note WHERE article_uid = ? AND annotator_uid = ?"
                " AND deleted_at IS NULL",
                (article_uid, annotator_uid),
            ).fetchone()
            verdicts = self._ask(
                f"SELECT {_JUDGEMENT} FROM judgement WHERE article_uid = ? AND annotator_uid = ?"  # noqa: S608 - own names
                " AND deleted_at IS NULL ORDER BY codebook, facet, code",
                (article_uid, annotator_uid),
            ).fetchall()
        return Overall(
            note[0] if note else None,
            tuple(Judgement(*row) for row in verdicts),
            self.labels(article_uid),
        )

    def annotators(self, article_uid: str) -> dict[str, str]:
        """Return who says something of an article: handles by uid, in alphabetical order."""
        with worded(self._path):
            return dict(
                self._ask(
                    "SELECT uid, handle FROM annotator WHERE uid IN"
                    " (SELECT annotator_uid FROM article_note WHERE article_uid = ?1"
                    " AND deleted_at IS NULL AND note IS NOT NULL"
                    " UNION SELECT annotator_uid FROM judgement WHERE article_uid = ?1"
                    " AND deleted_at IS NULL) ORDER BY handle, uid",
                    (article_uid,),
                )
            )

    def by_annotator(self, article_uid: str) -> list[tuple[str, Overall]]:
        """Return what each annotator says of an article, with the handle, in alphabetical order."""
        found = self.annotators(article_uid)
        return [(handle, self.get(article_uid, uid)) for uid, handle in found.items()]

    # ------------------------------------------------------------------ labels

    def labels(self, article_uid: str) -> tuple[str, ...]:
        """Return an article's labels in alphabetical order."""
        with worded(self._path):
            rows = self._ask(
                "SELECT name FROM label WHERE article_uid = ? AND deleted_at IS NULL",
                (article_uid,),
            ).fetchall()
        return tuple(sorted((name for (name,) in rows), key=folded))

    def labels_by_article(self) -> dict[str, tuple[str, ...]]:
        """Return the labels of all articles that have any, by the article's uid."""
        found: dict[str, list[str]] = {}
        with worded(self._path):
            rows = self._ask("SELECT article_uid, name FROM label WHERE deleted_at IS NULL")
            for uid, name in rows:
                found.setdefault(uid, []).append(name)
        return {uid: tuple(sorted(names, key=folded)) for uid, names in found.items()}

    def label_counts(self) -> dict[str, int]:
        """Return on how many articles each label stands, in alphabetical order."""
        counts: dict[str, tuple[str, int]] = {}
        for names in self.labels_by_article().values():
            for name in names:
                shown, count = counts.get(folded(name), (name, 0))
                counts[folded(name)] = (shown, count + 1)
        return dict(counts[key] for key in sorted(counts))
