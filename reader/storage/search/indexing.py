"""Brings the index of the search up to what the library holds, in slices that may be short."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.storage.articles import CURRENT
from reader.storage.connection import transaction, worded
from reader.storage.search.schema import ALL_TO_DO, FULL_TEXT, MERGED_DEPTH, WORD_COLUMNS

SLICE_CHARACTERS = 250_000
"""Text that one slice takes in: about 30 ms."""

_SLICE_ROWS = 500
"""The most articles or highlights that one slice takes in."""


class Index:
    """The index of one library.

    Args:
        connection: A connection that may write, to change something.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._ask = connection.execute
        self._path = path

    def behind(self) -> int:
        """Return how many articles and highlights have changed since they were indexed."""
        with worded(self._path):
            count: int = self._ask("SELECT count(*) FROM search_todo").fetchone()[0]
        return count

    def take_in(self, characters: int = SLICE_CHARACTERS) -> int:
        """Index some of what has changed, the newest articles first, and return how many.

        Args:
            characters: About how much text at most, in code points; one article at least.

        Raises:
            StorageError: It cannot be written.
        """
        with transaction(self._connection, self._path):
            articles = self._next("article", _SLICE_ROWS)
            taken = self._articles(articles, characters)
            if len(taken) < len(articles):
                return len(taken)
            highlights = self._next("highlight", _SLICE_ROWS - len(taken))
            self._highlights(highlights)
            return len(taken) + len(highlights)

    def forget(self) -> None:
        """Empty the index, so that all of it is made anew.

        Raises:
            StorageError: It cannot be written.
        """
        with transaction(self._connection, self._path):
            for table in FULL_TEXT:  # as new: a damaged one may not even let itself be emptied
                self._ask(f"DROP TABLE IF EXISTS {table}")
            for statement in ("DELETE FROM search_version", "DELETE FROM search_todo"):
                self._ask(statement)
            for statement in (*FULL_TEXT.values(), *ALL_TO_DO):
                self._ask(statement)

    def _next(self, kind: str, most: int) -> list[int]:
        rows = self._ask(
            "SELECT id FROM search_todo WHERE kind = ? ORDER BY id DESC LIMIT ?", (kind, most)
        )
        return [number for (number,) in rows]

    def _done(self, kind: str, ids: Sequence[int]) -> None:
        remove = "DELETE FROM search_todo WHERE kind = ? AND id = ?"
        self._connection.executemany(remove, ((kind, number) for number in ids))

    # ------------------------------------------------------------------ articles

    def _articles(self, ids: Sequence[int], characters: int) -> list[int]:
        """Index articles until there is enough of them; return those that were."""
        taken: list[int] = []
        for number in ids:
            taken.append(number)
            characters -= self._text(number)
            if characters <= 0:
                break
        self._ask(f"DELETE FROM search_words WHERE rowid IN ({_list(id << 31 for id in taken)})")  # noqa: S608 - own names
        self._ask(f"{_WORDS_OF_ARTICLES} AND article.id IN ({_list(taken)})")
        self._done("article", taken)
        return taken

    def _text(self, article: int) -> int:
        """Index an article's current text, if another one or none is; return its code points."""
        current = self._ask(_CURRENT, (article,)).fetchone()
        version, characters = current or (None, 0)
        rows = self._ask("SELECT version_id FROM search_version WHERE article_id = ?", (article,))
        indexed = [number for (number,) in rows]
        if indexed == [version]:
            return 0
        for other in indexed:
            if other != version:
                self._leave_out(other)
        if version is None or version in indexed:
            return 0
        known = self._ask("SELECT 1 FROM search_version WHERE version_id = ?", (version,))
        if known.fetchone() is not None:  # under a number that its article had before
            move = "UPDATE search_version SET article_id = ? WHERE version_id = ?"
            self._ask(move, (article, version))
            return 0
        self._ask("INSERT INTO search_version VALUES (?, ?)", (version, article))
        put = (
            "INSERT INTO search_text (rowid, text) SELECT id, text FROM search_source WHERE id = ?"
        )
        self._ask(put, (version,))
        return int(characters)

    def _leave_out(self, version: int) -> None:
        self._ask(
            "INSERT INTO search_text (search_text, rowid, text)"
            " SELECT 'delete', id, text FROM search_source WHERE id = ?",
            (version,),
        )
        self._ask("DELETE FROM search_version WHERE version_id = ?", (version,))

    # ------------------------------------------------------------------ highlights

    def _highlights(self, ids: Sequence[int]) -> None:
        rows = self._ask(f"{_NUMBERS_OF_HIGHLIGHTS} WHERE highlight.id IN ({_list(ids)})")
        numbers = [number for (number,) in rows]
        self._ask(f"DELETE FROM search_words WHERE rowid IN ({_list(numbers)})")  # noqa: S608 - own names
        self._ask(f"{_WORDS_OF_HIGHLIGHTS} AND highlight.id IN ({_list(ids)})")
        self._done("highlight", ids)

    # ------------------------------------------------------------------ examining

    def differences(self) -> Iterator[str]:
        """Yield where the index holds other words than the library, what is noted left out.

        The full-text tables know only themselves; this compares them with what they are made from.
        """
        with worded(self._path):
            for number, title in self._ask(_WRONG_WORDS):
                yield f"Other words are indexed of {title or 'a highlight'} (row {number})."
            for (uid,) in self._ask(_WRONG_TEXTS):
                yield f"The text of the article {uid} is not indexed."


def _list(numbers: Iterator[int] | Sequence[int]) -> str:
    return ",".join(str(int(number)) for number in numbers)


_CURRENT = (
    "SELECT article_version.id, characters FROM article JOIN article_version"  # noqa: S608 - own names
    f" ON article_version.uid = {CURRENT} WHERE article.deleted_at IS NULL AND article.id = ?"
)

_TAG = "label || CASE lower(tag.code) WHEN lower(label) THEN '' ELSE ' ' || tag.code END"
_TAGS = (
    f"(SELECT group_concat({_TAG}, char(10)) FROM judgement JOIN tag"  # noqa: S608 - own names
    " ON tag.codebook = judgement.codebook AND tag.codebook_version = judgement.codebook_version"
    " AND tag.facet = judgement.facet AND tag.code = judgement.code"
    " WHERE judgement.deleted_at IS NULL AND judgement.{of})"
)
_REASONS = (
    "(SELECT group_concat(reason, char(10)) FROM judgement"
    " WHERE judgement.deleted_at IS NULL AND judgement.{of})"
)
_ENDS = ", ".join(f"s{step}.uid" for step in range(MERGED_DEPTH + 1))
_SPEAKERS = (
    "SELECT {what} FROM attribution JOIN hop ON attribution_uid = attribution.uid"  # noqa: S608 - own names
    " JOIN source AS s0 ON s0.uid = hop.source_uid"
    + "".join(
        f" LEFT JOIN source AS s{step} ON s{step}.uid = s{step - 1}.merged_into"
        for step in range(1, MERGED_DEPTH + 1)
    )
    + " {join} WHERE attribution.highlight_uid = highlight.uid AND attribution.deleted_at IS NULL"
)
_NAMED = _SPEAKERS.format(
    what="named.name AS name", join=f"JOIN source AS named ON named.uid IN ({_ENDS})"
)
_CALLED = _SPEAKERS.format(
    what="source_alias.name AS name",
    join=f"JOIN source_alias ON source_alias.source_uid IN ({_ENDS})"
    " AND source_alias.deleted_at IS NULL",
)
_SOURCES = f"(SELECT group_concat(name, char(10)) FROM ({_NAMED} UNION {_CALLED} ORDER BY name))"  # noqa: S608 - own names
_EVIDENCE = (
    "(SELECT group_concat(said, char(10)) FROM (SELECT coalesce(citation, '') || char(10) ||"
    " coalesce(excerpt, '') AS said FROM evidence_link JOIN evidence ON evidence.uid = evidence_uid"
    " WHERE evidence_link.highlight_uid = highlight.uid AND evidence_link.deleted_at IS NULL"
    " AND evidence.deleted_at IS NULL ORDER BY evidence.uid))"
)
_OF_ARTICLE = "article_uid = article.uid"
_OF_HIGHLIGHT = "highlight_uid = highlight.uid"

_SELECT_ARTICLES = (
    "SELECT article.id << 31 AS number, title,"  # noqa: S608 - own names
    " nullif(coalesce(byline, '') || CASE WHEN byline IS NULL OR outlet IS NULL THEN ''"
    "  ELSE char(10) END || coalesce(outlet, ''), '') AS byline,"
    " (SELECT group_concat(name, char(10)) FROM label"
    f"  WHERE label.deleted_at IS NULL AND label.{_OF_ARTICLE}) AS label, NULL AS quote,"
    " (SELECT group_concat(note, char(10)) FROM article_note"
    f"  WHERE article_note.deleted_at IS NULL AND article_note.{_OF_ARTICLE}) AS note,"
    f" {_REASONS.format(of=_OF_ARTICLE)} AS reason, {_TAGS.format(of=_OF_ARTICLE)} AS tag,"
    " NULL AS source, NULL AS evidence"
    " FROM article WHERE article.deleted_at IS NULL"
)

_NUMBERS_OF_HIGHLIGHTS = (
    "SELECT (article.id << 31) + highlight.id FROM highlight"
    " JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_version.article_uid"
)
_SELECT_HIGHLIGHTS = (
    "SELECT (article.id << 31) + highlight.id AS number, NULL AS title, NULL AS byline,"  # noqa: S608 - own names
    " NULL AS label, exact AS quote, highlight.note AS note,"
    f" {_REASONS.format(of=_OF_HIGHLIGHT)} AS reason, {_TAGS.format(of=_OF_HIGHLIGHT)} AS tag,"
    f" {_SOURCES} AS source, {_EVIDENCE} AS evidence"
    " FROM highlight JOIN article_version ON article_version.uid = highlight.version_uid"
    " JOIN article ON article.uid = article_version.article_uid"
    " WHERE highlight.deleted_at IS NULL AND article.deleted_at IS NULL"
)

_COLUMNS = ", ".join(WORD_COLUMNS)
_INTO = f"INSERT INTO search_words (rowid, {_COLUMNS})"
_WORDS_OF_ARTICLES = f"{_INTO} {_SELECT_ARTICLES}"
_WORDS_OF_HIGHLIGHTS = f"{_INTO} {_SELECT_HIGHLIGHTS}"

_INDEXED = f"SELECT rowid AS number, {_COLUMNS} FROM search_words"  # noqa: S608 - own names
_NOTED = (
    "SELECT id << 31 FROM search_todo WHERE kind = 'article' UNION"  # noqa: S608 - own names
    f" {_NUMBERS_OF_HIGHLIGHTS}"
    " WHERE highlight.id IN (SELECT id FROM search_todo WHERE kind = 'highlight')"
)
_WRONG_WORDS = (
    "SELECT DISTINCT number, title FROM ("  # noqa: S608 - own names
    f" SELECT * FROM ({_INDEXED} EXCEPT SELECT * FROM ({_SELECT_ARTICLES}"
    f" UNION ALL {_SELECT_HIGHLIGHTS})) UNION ALL"
    f" SELECT * FROM (SELECT * FROM ({_SELECT_ARTICLES} UNION ALL {_SELECT_HIGHLIGHTS})"
    f" EXCEPT {_INDEXED}))"
    f" WHERE number NOT IN ({_NOTED})"
)
_WRONG_TEXTS = (
    "SELECT article.uid FROM article JOIN article_version"  # noqa: S608 - own names
    f" ON article_version.uid = {CURRENT} WHERE article.deleted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM search_version WHERE version_id = article_version.id"
    " AND article_id = article.id)"
    " AND article.id NOT IN (SELECT id FROM search_todo WHERE kind = 'article')"
)
