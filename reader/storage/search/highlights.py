"""Lists highlights across the library: which, and what a list shows of some of them.

Like a list of articles it is an array of local ids, however long; a highlight is read when its row
is seen.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.domain.finding.found import Word
from reader.domain.highlight import Fate
from reader.domain.overall import folded
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.storage.connection import worded
from reader.storage.search.spoken import BESIDE, FIELDS, spoken
from reader.storage.search.words import Stems, expression

Tag = tuple[str, int, str, str]
"""Codebook, its version, facet, code."""


@dataclass(frozen=True, slots=True)
class HighlightWish:
    """One thing that a highlight is asked.

    Attributes:
        field: ``tag`` (code, label or sign begins so), ``by`` (annotators' uids, separated by
            spaces), ``has`` (one of :data:`HAS`), ``confidence``, ``fate``, ``source`` (see
            :func:`~reader.storage.search.spoken.spoken`), ``naming``, ``voice``, ``act``, or
            ``words``.
        values: Any of these will do.
        negated: Whether none of them must be so.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ListedHighlight:
    """A highlight as a list shows it.

    Attributes:
        uid: Its uid.
        article_id: Local id of its article.
        version_uid: The version that it is on.
        start: First code point in that.
        end: One past the last one.
        exact: Its words.
        note: Its note, or None.
        flag: Whether it is flagged.
        annotator: The handle of whose it is.
        annotator_uid: That one's uid.
        updated_at: UTC, ISO 8601.
        tags: Its tags.
        fate: What became of it when the page changed, or None.
    """

    uid: str
    article_id: int
    version_uid: str
    start: int
    end: int
    exact: str
    note: str | None
    flag: bool
    annotator: str
    annotator_uid: str
    updated_at: str
    tags: tuple[Tag, ...]
    fate: Fate | None = None


class HighlightLists:
    """Lists the highlights of one library.

    Args:
        connection: The library's connection.
        path: The file, for messages.
        stems: Takes words apart.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, stems: Stems) -> None:
        self._ask = connection.execute
        self._path = path
        self._stems = stems
        connection.create_function(_FOLD, 1, folded, deterministic=True)

    def ids(self, wishes: Sequence[HighlightWish], articles: Sequence[int]) -> array[int]:
        """Return the local ids of highlights in some articles, by article (newest first) and place.

        Args:
            wishes: All of them must be so.
            articles: Local ids of the articles.
        """
        values: dict[str, object] = {"articles": json.dumps(list(articles))}
        tests = [self._wish(wish, values) for wish in wishes]
        sql = " AND ".join([_IDS, *tests])
        with worded(self._path):
            rows = self._ask(f"{sql} {_ORDER}", values)
            return array("q", (number for (number,) in rows))

    def such_on(self, version_uid: str, wish: HighlightWish) -> frozenset[str]:
        """Return the uids of all annotators' live highlights on a version that are so."""
        values: dict[str, object] = {"version": version_uid}
        test = self._wish(wish, values)
        with worded(self._path):
            rows = self._ask(f"{_ON} AND {test}", values)
            return frozenset(uid for (uid,) in rows)

    def rows(self, ids: Sequence[int]) -> list[ListedHighlight]:
        """Return what a list shows of some highlights, in the order of their ids."""
        with worded(self._path):
            found = self._ask(_ROWS, (json.dumps(list(ids)),)).fetchall()
            tags = self._tags([row[1] for row in found])
        rows = {row[0]: _listed(row, tags.get(row[1], ())) for row in found}
        return [rows[number] for number in ids if number in rows]

    def places(self, version_uid: str, ids: Sequence[int]) -> list[Span]:
        """Return where those of some highlights that are on a version stand, in order."""
        wanted = frozenset(ids)
        with worded(self._path):
            rows = self._ask(_PLACES, (version_uid,)).fetchall()
        return [Span(start, end) for number, start, end in rows if number in wanted]

    def tag_counts(self, annotator: str) -> list[tuple[Tag, int]]:
        """Return the tags that an annotator has given to highlights, the most frequent first."""
        with worded(self._path):
            rows = self._ask(_COUNTS, (annotator,)).fetchall()
        return [((row[0], row[1], row[2], row[3]), row[4]) for row in rows]

    def counts_by_article(self, annotator: str) -> dict[str, int]:
        """Return how many highlights an annotator has in which articles, but for archived ones."""
        with worded(self._path):
            return dict(self._ask(_BY_ARTICLE, (annotator,)).fetchall())

    def _tags(self, uids: Sequence[str]) -> dict[str, tuple[Tag, ...]]:
        found: dict[str, tuple[Tag, ...]] = {}
        for uid, *tag in self._ask(_TAGS, (json.dumps(uids),)):
            found[uid] = (*found.get(uid, ()), tuple(tag))
        return found

    # ------------------------------------------------------------------ conditions

    def _wish(self, wish: HighlightWish, values: dict[str, object]) -> str:
        either = " OR ".join(self._one(wish.field, value, values) for value in wish.values)
        return f"NOT ({either})" if wish.negated else f"({either})"

    def _one(self, field: str, value: str, values: dict[str, object]) -> str:
        name = f"p{len(values)}"
        if field == "has":
            return _HAS[value]
        values[name] = value
        if field in FIELDS:
            sql, values[name] = spoken(field, value, name, _FOLD)
            return f"highlight.uid IN ({sql})"
        if field == "by":
            return _BY.format(name=name)
        if field == "fate":
            return f"fate = :{name}"
        if field == "confidence":
            return f"{_JUDGED} AND confidence = :{name})"
        if field == "tag":
            values[name] = json.dumps(list(self._tags_called(value)))
            return _TAGGED.format(name=name)
        asked = expression(Word(value.rstrip("*"), prefix=value.endswith("*")), self._stems)
        if asked is None:
            return f"(instr(exact, :{name}) OR instr(coalesce(note, ''), :{name}))"
        values[name] = f"{{quote note reason tag source evidence}} : ({asked})"
        return _WORDED.format(name=name)

    def knows_tag(self, value: str) -> bool:
        """Whether ``tag:`` with that value means a tag of a codebook that was used."""
        with worded(self._path):
            return any(True for _ in self._tags_called(value))

    def knows_source(self, value: str) -> bool:
        """Whether ``source:`` with that value means a source, by one of its names or its uid."""
        begins = f" {folded(value)}"
        with worded(self._path):
            rows = self._ask(f"SELECT uid, name FROM source UNION {_ALIASES}")  # noqa: S608 - own names
            return any(uid == value or begins in f" {folded(name)}" for uid, name in rows)

    def source_names(self) -> list[str]:
        """Return all names of the sources that stand for themselves, in alphabetical order."""
        with worded(self._path):
            rows = self._ask(
                "SELECT name FROM (SELECT uid, name FROM source WHERE deleted_at IS NULL"  # noqa: S608 - own names
                f" UNION {_ALIASES}) ORDER BY name"
            )
            return [name for (name,) in rows]

    def _tags_called(self, value: str) -> Iterator[Tag]:
        """Yield the tags whose code or label begins so, or that have that sign."""
        begins = folded(value)
        for *tag, label, symbol in self._ask(
            "SELECT codebook, codebook_version, facet, code, label, symbol FROM tag"
        ):
            if symbol == value or any(folded(name).startswith(begins) for name in (tag[3], label)):
                codebook, version, facet, code = tag
                yield codebook, version, facet, code


_ALIASES = "SELECT source_uid, name FROM source_alias WHERE deleted_at IS NULL"


def _listed(row: Sequence[Any], tags: tuple[Tag, ...]) -> ListedHighlight:
    return ListedHighlight(
        uid=row[1],
        article_id=row[2],
        version_uid=row[3],
        start=row[4],
        end=row[5],
        exact=row[6],
        note=row[7],
        flag=bool(row[8]),
        annotator=row[9],
        annotator_uid=row[10],
        updated_at=row[11],
        tags=tags,
        fate=Fate(row[12]) if row[12] else None,
    )


_FROM = (
    " FROM highlight JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_version.article_uid"
)
_CURRENT = "SELECT version_uid FROM article WHERE version_uid IS NOT NULL"
# The rows of versions hold the texts: only those are looked at that no article calls its own.
_IDS = (
    "SELECT highlight.id FROM (SELECT version_uid AS uid, id AS article_id FROM article"  # noqa: S608 - own names
    " WHERE version_uid IS NOT NULL UNION ALL SELECT article_version.uid, article.id"
    " FROM article_version JOIN article ON article.uid = article_version.article_uid"
    " WHERE article_version.uid IN (SELECT version_uid FROM highlight"
    f" WHERE version_uid NOT IN ({_CURRENT}))) AS place"
    " CROSS JOIN highlight ON highlight.version_uid = place.uid"
    " WHERE highlight.deleted_at IS NULL"
    " AND place.article_id IN (SELECT value FROM json_each(:articles))"
)
_ON = "SELECT uid FROM highlight WHERE version_uid = :version AND deleted_at IS NULL"
_FOLD = "folded_name"
_ORDER = 'ORDER BY place.article_id DESC, version_uid, start, highlight."end", highlight.id'
_ROWS = (
    "SELECT highlight.id, highlight.uid, article.id, highlight.version_uid, start,"  # noqa: S608 - own names
    f' highlight."end", exact, highlight.note, flag, annotator.handle,'
    f" highlight.annotator_uid, highlight.updated_at, fate{_FROM}"
    " JOIN annotator ON annotator.uid = highlight.annotator_uid"
    " WHERE highlight.id IN (SELECT value FROM json_each(?))"
)
_PLACES = (
    'SELECT id, start, "end" FROM highlight WHERE version_uid = ? AND deleted_at IS NULL'
    ' ORDER BY start, "end"'
)
_COUNTS = (
    "SELECT codebook, max(codebook_version), facet, code, count(*) AS given FROM judgement"
    " JOIN highlight ON highlight.uid = highlight_uid AND highlight.deleted_at IS NULL"
    " WHERE judgement.deleted_at IS NULL AND highlight.annotator_uid = ?"
    " GROUP BY codebook, facet, code ORDER BY given DESC, code"
)
_BY_ARTICLE = (
    "SELECT article.uid, count(*) FROM highlight"
    " JOIN article_version AS version ON version.uid = highlight.version_uid"
    " JOIN article ON article.uid = version.article_uid AND article.archived_at IS NULL"
    " WHERE highlight.annotator_uid = ? AND highlight.deleted_at IS NULL GROUP BY 1"
)
_TAGS = (
    "SELECT highlight_uid, codebook, codebook_version, facet, code FROM judgement"
    " WHERE deleted_at IS NULL AND highlight_uid IN (SELECT value FROM json_each(?))"
    " ORDER BY codebook, facet, code"
)
_BY = "highlight.annotator_uid IN (SELECT value FROM json_each(:{name}))"
_WORDED = "highlight.id IN (SELECT rowid & 2147483647 FROM search_words(:{name}))"
_JUDGED = "highlight.uid IN (SELECT highlight_uid FROM judgement WHERE judgement.deleted_at IS NULL"
_TAGGED = (
    _JUDGED + " AND (codebook, codebook_version, facet, code) IN (SELECT"
    " json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),"
    " json_extract(value, '$[3]') FROM json_each(:{name})))"
)
_HAS = {
    "note": "highlight.note IS NOT NULL",
    "tag": f"{_JUDGED})",
    "flag": "flag",
    "reason": f"{_JUDGED} AND reason IS NOT NULL)",
    "confidence": f"{_JUDGED} AND confidence IS NOT NULL)",
    "likelihood": f"{_JUDGED} AND likelihood IS NOT NULL)",
    **{name: f"highlight.uid IN ({sql})" for name, sql in BESIDE.items()},
}
HAS = tuple(_HAS)
"""What a highlight can be asked to have."""
