"""The search of one library, as services see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from reader.domain.finding.found import ArticleHits, Matches, Words
from reader.domain.text import Span
from reader.storage.search.highlights import HighlightLists
from reader.storage.search.hits import Finding
from reader.storage.search.indexing import Index
from reader.storage.search.marking import Marking
from reader.storage.search.matching import Matching
from reader.storage.search.words import Stems


class Search:
    """Finds articles, and the places in them.

    Attributes:
        highlights: Lists of highlights.
        index: What is searched; brought up to date by a library that may be written.

    Args:
        connection: The library's connection.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.index = Index(connection, path)
        self._stems = Stems()
        self._allowed: tuple[str, int, int] | None = None

    @cached_property
    def _matching(self) -> Matching:
        return Matching(self._connection, self._path, self._stems)

    @cached_property
    def _finding(self) -> Finding:
        return Finding(self._connection, self._path, self._stems, self._marking)

    @cached_property
    def _marking(self) -> Marking:
        return Marking(self._connection)

    def matches(self, words: Words, where: str, articles: Callable[[], Iterable[int]]) -> Matches:
        """Return the articles in which all that is wanted stands, best first.

        Args:
            words: What is looked for.
            where: Names the articles that are searched; what it named before is not asked again.
            articles: Gives their local ids.
        """
        if self._allowed != self._state(where) or not self._matching.knows_where:
            self._matching.allow(articles())
            self._allowed = self._state(where)
        return self._matching.find(words)

    def _state(self, where: str) -> tuple[str, int, int]:
        (others,) = self._connection.execute("PRAGMA data_version").fetchone()
        (own,) = self._connection.execute("SELECT max(id) FROM operation").fetchone()
        return where, others, own or 0

    def hits(self, article_id: int, words: Words, most: int) -> ArticleHits:
        """Return the best places in an article."""
        return self._finding.hits(article_id, words, most)

    def in_text(self, article_id: int, words: Words) -> tuple[str, list[Span]]:
        """Return the version of an article that is indexed, and all hits in its text, in order."""
        return self._finding.in_text(article_id, words)

    @cached_property
    def highlights(self) -> HighlightLists:
        """Lists of the highlights of all articles that a filter asks for."""
        return HighlightLists(self._connection, self._path, self._stems)

    def close(self) -> None:
        """Give back what it holds."""
        self._stems.close()
        if "_marking" in self.__dict__:
            self._marking.close()
