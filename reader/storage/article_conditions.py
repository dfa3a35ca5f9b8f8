"""Puts what a list of articles is asked for into SQL; see `reader.domain.finding.article_query`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reader.domain.finding.article_query import ArticleQuery, Condition, Wish
from reader.domain.overall import folded
from reader.storage.articles import CURRENT
from reader.storage.search.spoken import BESIDE, FIELDS, spoken

OPENED = (
    " LEFT JOIN reading ON reading.article_uid = article.uid AND reading.annotator_uid = :reader"
)
"""Joins where the annotator is in the articles; wants the parameter ``reader``."""

_STATUS = (
    "(CASE WHEN archived_at IS NOT NULL THEN 'archived'"
    " WHEN status IN ('reading', 'done') THEN status"
    " WHEN status = 'unread' AND coalesce(last_at, '') <= article.updated_at THEN 'unread'"
    " WHEN last_at IS NOT NULL OR {marked} THEN 'reading' ELSE 'unread' END)"
)
STATUS = _STATUS.format(
    marked="article.uid IN (SELECT article_uid FROM article_version WHERE uid IN"
    " (SELECT version_uid FROM highlight WHERE annotator_uid = :reader AND deleted_at IS NULL))"
)
"""The status of an article, for the annotator ``reader``: what was said of it; else ``reading``
once that one has opened it or marked something in it. For all articles at once."""
STATUS_OF_ONE = _STATUS.format(
    marked="EXISTS (SELECT 1 FROM article_version AS own JOIN highlight ON version_uid = own.uid"
    " WHERE own.article_uid = article.uid AND highlight.annotator_uid = :reader"
    " AND highlight.deleted_at IS NULL)"
)
"""The same, for a few articles."""

NAME = (
    "coalesce(title, (SELECT substr(text, 1, 240) FROM article_version"
    f" WHERE article_version.uid = {CURRENT}))"
)
"""What an article is called: its title, else its first words."""

_LABELLED = "SELECT article_uid FROM label WHERE deleted_at IS NULL"

_HAS = {
    "url": "url IS NOT NULL",
    "title": "title IS NOT NULL",
    "byline": "byline IS NOT NULL",
    "outlet": "outlet IS NOT NULL",
    "date": "published_at IS NOT NULL",
    "language": "language IS NOT NULL",
    "label": f"article.uid IN ({_LABELLED})",
    "warning": (
        "article.uid IN (SELECT article_uid FROM article_version WHERE warnings <> '[]'"
        " OR uid IN (SELECT version_uid FROM capture_details WHERE quality <> ''))"
    ),
}
"""What an article itself can have."""


class Conditions:
    """The condition and its values that a query comes to.

    Attributes:
        sql: A condition on ``article`` joined with :data:`OPENED`.
        values: Its parameters by name.
    """

    def __init__(self, query: ArticleQuery) -> None:
        self.values: dict[str, object] = {"reader": query.reader}
        self._whose = f"({', '.join(self._put(uid) for uid in query.whose)})"
        self.sql = " AND ".join(map(self._wish, query.wishes)) or "1"

    def _put(self, value: object) -> str:
        """Return the name under which a value is given."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _wish(self, wish: Wish) -> str:
        either = " OR ".join(map(self._condition, wish.either))
        return f"NOT ({either})" if wish.negated else f"({either})"

    def _condition(self, it: Condition) -> str:
        if it.field in ("added", "read", "published"):
            return self._when(it)
        make: dict[str, Callable[[str], str]] = {
            "words": lambda value: self._in_any(value, NAME, "byline", "outlet", "url", "labels"),
            "outlet": lambda value: self._in_any(value, "outlet"),
            "byline": lambda value: self._in_any(value, "byline"),
            "url": lambda value: f"({self._in_any(value, 'url')} OR {self._origin(value)})",
            "language": lambda value: f"language LIKE {self._put(_like(value))} || '%' ESCAPE '\\'",
            "status": lambda value: f"{STATUS} = {self._put(value)}",
            "label": self._label,
            "tag": self._tag,
            "verdict": self._verdict,
            "by": self._by,
            **{name: partial(self._spoken, name) for name in FIELDS},
            "has": self._has,
        }
        return f"coalesce({make[it.field](it.value)}, 0)"

    # ------------------------------------------------------------------ text and time

    def _in_any(self, value: str, *columns: str) -> str:
        """Return whether a text is in one of some columns, whatever the case.

        SQLite itself knows upper and lower case of ASCII only, but much quicker.
        """
        return "(" + " OR ".join(self._in(value, column) for column in columns) + ")"

    def _in(self, value: str, column: str) -> str:
        if column == "labels":
            found = self._in(value, "name")
            return f"article.uid IN ({_LABELLED} AND {found})"
        if value.isascii():
            return f"{column} LIKE {self._put(f'%{_like(value)}%')} ESCAPE '\\'"
        return f"instr(folded({column}), {self._put(folded(value))}) > 0"

    def _origin(self, value: str) -> str:
        found = self._in(value, "origin")
        return f"article.uid IN (SELECT article_uid FROM article_version WHERE {found})"

    def _when(self, it: Condition) -> str:
        column = {"added": "article.created_at", "read": "last_at", "published": "published_at"}
        name = column[it.field]
        parts = [f"{name} IS NOT NULL"]
        if it.value:
            parts.append(f"{name} >= {self._put(it.value)}")
        if it.until:
            parts.append(f"{name} < {self._put(it.until)}")
        return f"({' AND '.join(parts)})"

    # ------------------------------------------------------------------ what was said of it

    def _begins(self, column: str, value: str) -> str:
        return f"substr(folded({column}), 1, {len(folded(value))}) = {self._put(folded(value))}"

    def _label(self, value: str) -> str:
        begins = self._begins("name", value) if value else "1"
        return (
            f"article.uid IN (SELECT article_uid FROM label WHERE deleted_at IS NULL AND {begins})"
        )

    def _tags(self, value: str) -> str:
        """Return the condition that a judgement gives a tag: by code, label or symbol."""
        if not value:
            return "1"
        return (
            "(codebook, codebook_version, facet, code) IN (SELECT codebook, codebook_version,"
            f" facet, code FROM tag WHERE {self._begins('code', value)}"
            f" OR {self._begins('label', value)} OR symbol = {self._put(value)})"
        )

    def _tag(self, value: str) -> str:
        return self._highlights(
            "uid IN (SELECT highlight_uid FROM judgement WHERE deleted_at IS NULL"
            f" AND {self._tags(value)})"
        )

    def _spoken(self, field: str, value: str) -> str:
        """Return whether a highlight was said by that source, in that voice, and so on."""
        sql, value = spoken(field, value, f"p{len(self.values)}", "folded")
        self._put(value)
        return self._highlights(f"uid IN ({sql})")

    def _verdict(self, value: str) -> str:
        return (
            "article.uid IN (SELECT article_uid FROM judgement WHERE deleted_at IS NULL"
            f" AND article_uid IS NOT NULL AND annotator_uid IN {self._whose}"
            f" AND {self._tags(value)})"
        )

    def _highlights(self, condition: str) -> str:
        """Return whether the annotators asked for have such a highlight in the article."""
        return (
            "article.uid IN (SELECT article_uid FROM article_version WHERE uid IN"
            f" (SELECT version_uid FROM highlight WHERE deleted_at IS NULL AND {condition}"
            f" AND annotator_uid IN {self._whose}))"
        )

    def _by(self, uid: str) -> str:
        who = self._put(uid)
        return (
            "(article.uid IN (SELECT article_uid FROM article_version WHERE uid IN"
            " (SELECT version_uid FROM highlight WHERE deleted_at IS NULL"
            f" AND annotator_uid = {who}))"
            " OR article.uid IN (SELECT article_uid FROM article_note WHERE deleted_at IS NULL"
            f" AND annotator_uid = {who})"
            " OR article.uid IN (SELECT article_uid FROM judgement WHERE deleted_at IS NULL"
            f" AND article_uid IS NOT NULL AND annotator_uid = {who}))"
        )

    def _has(self, what: str) -> str:
        if what in _HAS:
            return _HAS[what]
        if what == "note":
            own = (
                "article.uid IN (SELECT article_uid FROM article_note WHERE deleted_at IS NULL"
                f" AND note IS NOT NULL AND annotator_uid IN {self._whose})"
            )
            return f"({self._highlights('note IS NOT NULL')} OR {own})"
        given: dict[str, Callable[[], str]] = {
            "highlight": lambda: self._highlights("1"),
            "flag": lambda: self._highlights("flag"),
            **{name: partial(self._highlights, f"uid IN ({sql})") for name, sql in BESIDE.items()},
            "tag": lambda: self._tag(""),
            "verdict": lambda: self._verdict(""),
        }
        return given[what]()


def _like(value: str) -> str:
    """Return a text as LIKE takes it literally."""
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
