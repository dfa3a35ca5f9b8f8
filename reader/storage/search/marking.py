"""Marks what FTS5 finds in single texts, notes and so on.

The beginning of a word is the union of all words that begin so: asked of the index it costs the
same for one article as for all of them, so that a page of results would cost twenty searches. What
is shown is put into a small index in memory instead, and asked there.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from reader.storage.search.excerpts import MARK, UNMARK
from reader.storage.search.schema import ARTICLE_BITS, TOKENIZE, WORD_COLUMNS

_LONGEST = 200_000
"""Code points; a longer text is dearer to take in than to ask the library's index for."""

_MOST_ROWS = 200
"""The same of titles, notes and so on of one article."""


class Marking:
    """Tells where in a text, or in what is short, something stands.

    Args:
        connection: A connection to the library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._ask = connection.execute
        self._small = sqlite3.connect(":memory:", isolation_level=None)
        for table, columns in (("search_text", "text"), ("search_words", _COLUMNS)):
            make = f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize='{TOKENIZE}')"
            self._small.execute(make)

    def close(self) -> None:
        """Give back what it holds."""
        self._small.close()

    def text(self, version_id: int, asked: str) -> str | None:
        """Return a version's text with marks around what is asked for; None if it is not there."""
        ask = self._ask
        if "*" in asked:
            row = ask(_TEXT, (version_id, _LONGEST)).fetchone()
            if row is not None:
                ask = self._small.execute
                ask("INSERT INTO search_text (rowid, text) VALUES (?, ?)", (version_id, row[0]))
        found = ask(_MARKED_TEXT, (MARK, UNMARK, asked, version_id)).fetchone()
        self._small.execute("DELETE FROM search_text")
        return None if found is None else str(found[0])

    def short(self, article_id: int, asked: str, most: int) -> list[tuple[Any, ...]]:
        """Return number and columns of what is short and has it, with marks around it.

        Args:
            article_id: The article's local id.
            asked: What FTS5 is asked.
            most: The most rows to return.
        """
        low, high = article_id << ARTICLE_BITS, (article_id + 1) << ARTICLE_BITS
        ask = self._ask
        if "*" in asked:
            rows = ask(_ROWS, (low, high, _MOST_ROWS + 1)).fetchall()
            if len(rows) <= _MOST_ROWS:
                ask = self._small.execute
                self._small.executemany(_PUT, rows)
        found = ask(_MARKED_SHORT, (MARK, UNMARK, asked, low, high, most)).fetchall()
        self._small.execute("DELETE FROM search_words")
        return found


_COLUMNS = ", ".join(WORD_COLUMNS)
_TEXT = "SELECT text FROM article_version WHERE id = ? AND characters <= ?"
_MARKED_TEXT = (
    "SELECT highlight(search_text, 0, ?, ?) FROM search_text"
    " WHERE search_text MATCH ? AND rowid = ?"
)
_ROWS = f"SELECT rowid, {_COLUMNS} FROM search_words WHERE rowid >= ? AND rowid < ? LIMIT ?"  # noqa: S608 - own names
_PUT = (
    f"INSERT INTO search_words (rowid, {_COLUMNS})"  # noqa: S608 - own names
    f" VALUES (?{', ?' * len(WORD_COLUMNS)})"
)
_MARKED_SHORT = (
    "SELECT rowid, "  # noqa: S608 - own names
    + ", ".join(f"highlight(search_words, {at}, ?1, ?2)" for at in range(len(WORD_COLUMNS)))
    + " FROM search_words WHERE search_words MATCH ?3 AND rowid >= ?4 AND rowid < ?5"
    " ORDER BY rowid LIMIT ?6"
)
