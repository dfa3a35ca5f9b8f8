"""Lists articles: which, in which order, and what a list shows of some of them.

A list of any length is an array of local ids; what is shown of an article is read when its row is
seen. So 100,000 articles cost one pass over the table of articles, which holds no texts.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reader.domain.article import name_from
from reader.domain.finding.article_query import ArticleQuery
from reader.domain.overall import folded
from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.storage.article_conditions import NAME, OPENED, STATUS, STATUS_OF_ONE, Conditions
from reader.storage.articles import CURRENT
from reader.storage.connection import worded

Tally = tuple[str, int, str, str, int]
"""Codebook, its version, facet, code, and how often that tag is given."""


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list shows it.

    Attributes:
        id: Local id.
        uid: Its uid.
        name: Title or first words.
        byline: Who wrote it.
        outlet: Where it appeared.
        url: Where it can be found.
        published_at: When.
        added_at: When it was added.
        last_at: When it was last read, or None.
        status: One of ``ALL_STATUSES``.
        characters: Code points.
        furthest: The furthest code point read.
        origin: The file it was added from.
        version_uid: Its newest capture.
    """

    id: int
    uid: str
    name: str
    byline: str | None
    outlet: str | None
    url: str | None
    published_at: str | None
    added_at: str
    last_at: str | None
    status: str
    characters: int
    furthest: int
    origin: str
    version_uid: str

    @property
    def progress_pct(self) -> int:
        """How far it was read, 0-100."""
        return per_cent(self.furthest, self.characters)


_ARCHIVED = "article.deleted_at IS NULL AND article.archived_at IS NOT NULL"


class ArticleLists:
    """Lists the articles of one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        connection.create_function("folded", 1, _folded, deterministic=True)
        connection.create_function("sorting", 1, _sorting, deterministic=True)

    def ids(self, query: ArticleQuery) -> array[int]:
        """Return the local ids of the articles that a query asks for, in its order."""
        conditions = Conditions(query)
        way = _way(query)
        sql = (
            f"SELECT article.id FROM article {OPENED} WHERE article.deleted_at IS NULL"
            f" AND {conditions.sql} ORDER BY {way}"
        )
        with worded(self._path):
            rows = self._connection.execute(sql, conditions.values)
            return array("q", (number for (number,) in rows))

    def rows(self, ids: Iterable[int], reader: str) -> list[ListedArticle]:
        """Return what a list shows of some articles, in the order of their ids given.

        Args:
            ids: Local ids; those that are gone are left out.
            reader: Uid of the annotator whose progress counts.
        """
        wanted = list(ids)
        sql = (
            "SELECT article.id, article.uid, title, byline, outlet, url, published_at,"
            f" article.created_at, last_at, {STATUS_OF_ONE}, characters,"
            " coalesce(furthest, 0), origin, article_version.uid,"
            " CASE WHEN title IS NULL THEN substr(text, 1, 240) END"
            f" FROM article JOIN article_version ON article_version.uid = {CURRENT} {OPENED}"
            f" WHERE article.deleted_at IS NULL AND article.id IN ({_marks(wanted)})"
        )
        found: dict[int, ListedArticle] = {}
        with worded(self._path):
            for row in self._connection.execute(sql, {"reader": reader, **_numbered(wanted)}):
                name = row[2] or name_from(row[14] or "")
                found[row[0]] = ListedArticle(row[0], row[1], name, *row[3:14])
        return [found[number] for number in wanted if number in found]

    def labels(self, article_uids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the labels of some articles that have any, in alphabetical order."""
        found: dict[str, list[str]] = {}
        with worded(self._path):
            rows = self._connection.execute(
                "SELECT article_uid, name FROM label WHERE deleted_at IS NULL"
                f" AND article_uid IN ({_marks(article_uids)})",
                _numbered(article_uids),
            )
            for uid, name in rows:
                found.setdefault(uid, []).append(name)
        return {uid: tuple(sorted(names, key=folded)) for uid, names in found.items()}

    def verdicts(
        self, article_uids: Sequence[str], annotator: str
    ) -> list[tuple[str, str, int, str, str]]:
        """Return an annotator's verdicts on some articles as a whole.

        Returns:
            Article, codebook, version, facet and code of each.
        """
        given = {"annotator": annotator, **_numbered(article_uids)}
        with worded(self._path):
            return self._connection.execute(
                "SELECT article_uid, codebook, codebook_version, facet, code FROM judgement"
                " WHERE deleted_at IS NULL AND annotator_uid = :annotator"
                f" AND article_uid IN ({_marks(article_uids)}) ORDER BY codebook, facet, code",
                given,
            ).fetchall()

    def tallies(
        self, version_uids: Sequence[str], annotator: str
    ) -> dict[str, tuple[int, list[Tally]]]:
        """Return an annotator's live highlights on some captures, and the tags that they bear."""
        given = {"annotator": annotator, **_numbered(version_uids)}
        where = (
            f"highlight.version_uid IN ({_marks(version_uids)}) AND highlight.deleted_at IS NULL"
            " AND highlight.annotator_uid = :annotator"
        )
        found: dict[str, tuple[int, list[Tally]]] = {}
        with worded(self._path):
            for uid, count in self._connection.execute(
                f"SELECT version_uid, count(*) FROM highlight WHERE {where} GROUP BY 1",
                given,
            ):
                found[uid] = (count, [])
            for uid, *tally in self._connection.execute(
                "SELECT version_uid, codebook, codebook_version, facet, code, count(*)"
                " FROM highlight JOIN judgement ON judgement.highlight_uid = highlight.uid"
                f" WHERE judgement.deleted_at IS NULL AND {where} GROUP BY 1, 2, 3, 4, 5",
                given,
            ):
                found[uid][1].append((tally[0], tally[1], tally[2], tally[3], tally[4]))
        return found

    def count(self) -> int:
        """Return how many articles there are."""
        return self._number("SELECT count(*) FROM article WHERE deleted_at IS NULL")

    def archived(self) -> int:
        """Return how many articles are archived."""
        return self._number(f"SELECT count(*) FROM article WHERE {_ARCHIVED}")

    def highlights(self, annotator: str) -> int:
        """Return how many live highlights of an annotator there are in articles not archived."""
        live = "SELECT count(*) FROM highlight WHERE annotator_uid = ? AND deleted_at IS NULL"
        count = self._number(live, annotator)
        if not self.archived():
            return count
        away = (
            "SELECT article_version.uid FROM article_version"
            f" JOIN article ON article.uid = article_version.article_uid WHERE {_ARCHIVED}"
        )
        return count - self._number(f"{live} AND version_uid IN ({away})", annotator)

    def _number(self, query: str, *values: str) -> int:
        with worded(self._path):
            found: int = self._connection.execute(query, values).fetchone()[0]
        return found

    def uids(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the uids of articles by their local ids; those that are gone are left out."""
        wanted = list(ids)
        found: dict[int, str] = {}
        with worded(self._path):
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                found.update(
                    self._connection.execute(
                        "SELECT id, uid FROM article WHERE deleted_at IS NULL"
                        f" AND id IN ({_marks(part)})",
                        _numbered(part),
                    ).fetchall()
                )
        return found

    def given(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Return the statuses that somebody has given to articles, by their local ids.

        It is ``archived`` where one is, and None where nobody has given any.
        """
        query = (
            "SELECT id, CASE WHEN archived_at IS NULL THEN status ELSE 'archived' END"
            " FROM article WHERE id IN (SELECT value FROM json_each(?))"
        )
        wanted = f"[{','.join(map(str, ids))}]"
        with worded(self._path):
            return dict(self._connection.execute(query, (wanted,)).fetchall())

    def id_of(self, uid: str) -> int | None:
        """Return the local id of an article, or None."""
        with worded(self._path):
            row = self._connection.execute(
                "SELECT id FROM article WHERE uid = ? AND deleted_at IS NULL", (uid,)
            ).fetchone()
        return row[0] if row else None


_AT_ONCE = 500
"""Ids that one statement takes."""

_PROGRESS = (
    "(CASE WHEN furthest > 0 THEN min(1.0, furthest * 1.0 / (SELECT max(1, characters)"
    f" FROM article_version WHERE article_version.uid = {CURRENT})) ELSE 0 END)"
)

_STATUS_PLACE = (
    f"(CASE {STATUS} WHEN 'reading' THEN 0 WHEN 'unread' THEN 1 WHEN 'done' THEN 2 ELSE 3 END)"
)

_WAYS: dict[str, tuple[str, ...]] = {
    "read": ("last_at IS NULL", "last_at DESC", "article.id DESC"),
    "added": ("article.id DESC",),
    "published": ("published_at IS NULL", "published_at DESC", "article.id DESC"),
    "title": (f"sorting({NAME})", "article.id DESC"),
    "outlet": ("outlet IS NULL", "sorting(outlet)", "article.id DESC"),
    "progress": (f"{_PROGRESS} DESC", "article.id DESC"),
    "status": (_STATUS_PLACE, "last_at DESC", "article.id DESC"),
}
"""What the orders go by; what an article lacks comes last, also when the order is turned round."""


def _way(query: ArticleQuery) -> str:
    terms = _WAYS[query.order]
    if not query.backwards:
        return ", ".join(terms)
    return ", ".join(term if term.endswith(" IS NULL") else _turned(term) for term in terms)


def _turned(term: str) -> str:
    return term.removesuffix(" DESC") if term.endswith(" DESC") else f"{term} DESC"


def _marks(values: Sequence[object]) -> str:
    return ", ".join(f":v{number}" for number in range(len(values)))


def _numbered(values: Sequence[object]) -> dict[str, object]:
    return {f"v{number}": value for number, value in enumerate(values)}


def _folded(text: Any) -> str:
    return folded(str(text or ""))


def _sorting(text: Any) -> str:
    """Return a text as it is sorted: without case, accents, and leading signs."""
    plain = str(text or "")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.casefold().lstrip("\"'“”„«»‘’([ \t\n").split())
