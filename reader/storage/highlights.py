"""Highlights with their live judgements, read in pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.highlight import Earlier, Fate, Highlight, Judgement
from reader.domain.late import Late
from reader.domain.text import Span
from reader.storage.articles import CURRENT
from reader.storage.connection import decoded, worded
from reader.storage.glance import NEAR

if TYPE_CHECKING:
    import json

    from reader.storage.anchored import AnchoredHighlight
else:
    json = Late("json")

PAGE = 1_000
"""Highlights read at a time."""

COLUMNS = (
    'highlight.uid, version_uid, annotator_uid, start, "end", extra_spans, note, flag, implicit,'
    " origin, highlight.created_at, highlight.updated_at, highlight.rev, fate, was"
)
"""What a highlight is read from; see :func:`highlight_from`."""

_ASTRAY = f"""
SELECT EXISTS (
    SELECT 1 FROM article JOIN article_version AS version ON version.article_uid = article.uid
    WHERE article.uid = ?1 AND version.uid <> {CURRENT} AND EXISTS (
        SELECT 1 FROM highlight WHERE version_uid = version.uid AND deleted_at IS NULL
        AND (fate IS NULL OR fate <> 'orphaned'))
) OR EXISTS (
    SELECT 1 FROM article JOIN highlight ON highlight.version_uid = {CURRENT}
    WHERE article.uid = ?1 AND fate = 'orphaned' AND highlight.deleted_at IS NULL
)
"""  # noqa: S608 - own names
_JUDGEMENT = (
    "highlight_uid, uid, codebook, codebook_version, facet, code, confidence, likelihood, reason,"
    " rev, because"
)


class Highlights:
    """The highlights of one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def pages(self, version_uid: str, annotator_uid: str) -> Iterator[list[Highlight]]:
        """Yield an annotator's live highlights on a version in document order, by the page.

        Other work may be done between two pages; what it adds is in a later page or known to
        whoever did it.
        """
        after: tuple[int, int, str] | None = (-1, -1, "")
        while after is not None:
            page, after = self.page(version_uid, annotator_uid, after)
            if page:
                yield page

    def page(
        self, version_uid: str, annotator_uid: str, after: tuple[int, int, str]
    ) -> tuple[list[Highlight], tuple[int, int, str] | None]:
        """Return the next page after a (start, end, uid), and where to go on, or None."""
        found = self._select(
            'version_uid = ? AND annotator_uid = ? AND (start, "end", uid) > (?, ?, ?)',
            (version_uid, annotator_uid, *after),
            f"LIMIT {PAGE}",
        )
        if len(found) < PAGE:
            return found, None
        last = found[-1]
        return found, (last.start, last.end, last.uid)

    def overlapping(
        self, version_uid: str, annotator_uid: str, start: int, end: int
    ) -> list[Highlight]:
        """Return an annotator's live highlights that share a character with a stretch."""
        return self._select(
            f"uid IN ({NEAR}) AND annotator_uid = ?2",
            (version_uid, annotator_uid, start, end),
        )

    def get(self, uid: str) -> Highlight | None:
        """Return a live highlight by its uid, or None."""
        return next(iter(self._select("uid = ?", (uid,))), None)

    def all_of(self, uids: Sequence[str]) -> dict[str, Highlight]:
        """Return the live ones among some highlights, by uid."""
        found: dict[str, Highlight] = {}
        for first in range(0, len(uids), PAGE):
            page = json.dumps(uids[first : first + PAGE])
            rows = self._select("uid IN (SELECT value FROM json_each(?))", (page,))
            found.update((item.uid, item) for item in rows)
        return found

    def with_span(
        self, version_uid: str, annotator_uid: str, start: int, end: int
    ) -> Highlight | None:
        """Return an annotator's oldest live highlight of exactly this stretch, or None."""
        found = self._select(
            'version_uid = ? AND annotator_uid = ? AND start = ? AND "end" = ?',
            (version_uid, annotator_uid, start, end),
        )
        return found[0] if found else None

    def made(self, uids: Sequence[str]) -> dict[str, bool]:
        """Return which of some highlights were ever made, by uid: True for live ones."""
        among = "SELECT 1 FROM highlight WHERE uid BETWEEN ? AND ? LIMIT 1"
        if not uids or not self._connection.execute(among, (min(uids), max(uids))).fetchone():
            return {}
        rows = self._connection.execute(
            "SELECT uid, deleted_at IS NULL FROM highlight"
            " WHERE uid IN (SELECT value FROM json_each(?))",
            (json.dumps(uids),),
        )
        return {uid: bool(live) for uid, live in rows}

    def starting_at(
        self, version_uid: str, starts: Sequence[int]
    ) -> Iterator[tuple[str, int, int, str]]:
        """Yield annotator, start, end and uid of a version's live highlights that start there.

        Args:
            version_uid: The version.
            starts: Offsets; at least one.

        Yields:
            In document order; of the same stretch the oldest first.
        """
        between = (version_uid, min(starts), max(starts))
        where = "version_uid = ? AND start BETWEEN ? AND ?"
        query = f"SELECT 1 FROM highlight WHERE {where} LIMIT 1"  # noqa: S608 - own names
        if self._connection.execute(query, between).fetchone() is None:
            return
        yield from self._connection.execute(
            'SELECT annotator_uid, start, "end", uid FROM highlight WHERE version_uid = ?'
            " AND start IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL"
            ' ORDER BY start, "end", uid',
            (version_uid, json.dumps(starts)),
        )

    def any(self) -> bool:
        """Whether anybody has marked anything in the library."""
        return self._connection.execute("SELECT 1 FROM highlight LIMIT 1").fetchone() is not None

    def any_on(self, version_uid: str) -> bool:
        """Whether anybody's live highlight is on a version."""
        query = "SELECT 1 FROM highlight WHERE version_uid = ? AND deleted_at IS NULL LIMIT 1"
        return self._connection.execute(query, (version_uid,)).fetchone() is not None

    def exists(self, uid: str) -> bool:
        """Return whether a highlight of that uid was ever made, live or deleted."""
        row = self._connection.execute("SELECT 1 FROM highlight WHERE uid = ?", (uid,)).fetchone()
        return row is not None

    def _select(self, where: str, values: tuple[Any, ...], tail: str = "") -> list[Highlight]:
        with worded(self._path):
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM highlight WHERE deleted_at IS NULL AND {where}"  # noqa: S608 - own names
                f' ORDER BY start, "end", uid {tail}',
                values,
            ).fetchall()
            judgements = self.judgements_on([row[0] for row in rows])
        with decoded(self._path):
            return [highlight_from(row, judgements.get(row[0], ())) for row in rows]

    def judgements_on(self, uids: Sequence[str]) -> dict[str, tuple[Judgement, ...]]:
        """Return the live judgements of some highlights, by highlight."""
        found: dict[str, list[Judgement]] = {}
        if not uids:
            return {}
        rows = self._connection.execute(
            f"SELECT {_JUDGEMENT} FROM judgement WHERE deleted_at IS NULL"  # noqa: S608 - own names
            " AND highlight_uid IN (SELECT value FROM json_each(?))"
            " ORDER BY codebook, facet, code",
            (_as_list(uids),),
        )
        for highlight_uid, *fields in rows:
            found.setdefault(highlight_uid, []).append(stored_judgement(*fields))
        return {uid: tuple(items) for uid, items in found.items()}

    def count(self, version_uids: Sequence[str]) -> int:
        """Return how many highlights there are on some versions."""
        query = (
            "SELECT count(*) FROM highlight WHERE deleted_at IS NULL"
            " AND version_uid IN (SELECT value FROM json_each(?))"
        )
        with worded(self._path):
            count: int = self._connection.execute(query, (json.dumps(version_uids),)).fetchone()[0]
        return count

    def astray(self, article_uid: str) -> bool:
        """Whether live highlights are on another version than the current one, and no orphans."""
        with worded(self._path):
            row = self._connection.execute(_ASTRAY, (article_uid,)).fetchone()
        return bool(row[0])

    def articles_astray(self) -> list[str]:
        """Return the uids of all articles of which that is so."""
        with worded(self._path):
            several = self._connection.execute(
                "SELECT article_uid FROM article_version GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
            ).fetchall()
        return [uid for (uid,) in several if self.astray(uid)]

    def orphans(self, article_uid: str, annotator_uid: str) -> list[tuple[Highlight, str]]:
        """Return an annotator's live highlights that no version has but an earlier one.

        Returns:
            Each with its words, in the order of the text that they stand in.
        """
        orphaned = (
            "fate = 'orphaned' AND annotator_uid = ? AND version_uid IN"
            " (SELECT uid FROM article_version WHERE article_uid = ?)"
        )
        found = self._select(orphaned, (annotator_uid, article_uid))
        if not found:
            return []
        uids = json.dumps([item.uid for item in found])
        rows = self._connection.execute(
            "SELECT uid, exact FROM highlight WHERE uid IN (SELECT value FROM json_each(?))",
            (uids,),
        )
        words = dict(rows.fetchall())
        return [(item, words[item.uid]) for item in found]

    def anchored(
        self, version_uid: str, by: Collection[str] | None = None
    ) -> Iterator[AnchoredHighlight]:
        """Yield the live highlights on a version, in document order, by the page.

        Args:
            version_uid: The version.
            by: Uids of the annotators whose highlights are wanted; None is all.
        """
        from reader.storage.anchored import anchored  # late: no start needs it

        return anchored(self, self._connection, self._path, version_uid, by)

    def for_export(
        self, version_uid: str, by: Collection[str] | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the same as plain tuples, see :func:`reader.storage.export_rows.export_rows`."""
        from reader.storage.export_rows import export_rows  # late: no start needs it

        with worded(self._path):
            return export_rows(self._connection, self._path, version_uid, by)


def stored_judgement(*row: Any) -> Judgement:
    """Return a judgement from its row: its fields in order, ``because`` as it is stored."""
    uid, codebook, version, facet, code, confidence, likelihood, reason, rev, because = row
    evidence = tuple(json.loads(because)) if because else ()
    return Judgement(
        uid, codebook, version, facet, code, confidence, likelihood, reason, rev, evidence
    )


def of_annotators(by: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Return a condition on highlights, and its value: whose they are. None is everybody's."""
    if by is None:
        return "", ()
    where = "AND highlight.annotator_uid IN (SELECT value FROM json_each(?))"
    return where, (_as_list(sorted(by)),)


def _as_list(uids: Sequence[str]) -> str:
    """Return uids as JSON, for SQLite; the module for it is not needed to write plain ones."""
    joined = "".join(uids)
    if joined.isascii() and joined.replace("-", "").isalnum():
        return '["' + '","'.join(uids) + '"]'
    return json.dumps(uids)


def highlight_from(row: Sequence[Any], judgements: tuple[Judgement, ...]) -> Highlight:
    """Return a highlight from the values of :data:`COLUMNS` and its live judgements."""
    return Highlight(
        uid=row[0],
        version_uid=row[1],
        annotator_uid=row[2],
        start=row[3],
        end=row[4],
        extra_spans=() if row[5] == "[]" else tuple(Span(*span) for span in json.loads(row[5])),
        note=row[6],
        flag=bool(row[7]),
        implicit=bool(row[8]),
        origin=row[9],
        created_at=row[10],
        updated_at=row[11],
        rev=row[12],
        judgements=judgements,
        fate=None if row[13] is None else Fate(row[13]),
        was=None if row[14] is None else _earlier(json.loads(row[14])),
    )


def _earlier(fields: dict[str, Any]) -> Earlier:
    extra = tuple(Span(*span) for span in fields.pop("extra_spans"))
    return Earlier(**fields, extra_spans=extra)
