"""What was found as rows of a list: each article with the places in it below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from reader.domain.codebook import Tag
from reader.domain.finding.found import ArticleHits, Hit
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.codebooks.tags import Tags
from reader.services.finding import search as searching
from reader.services.finding.query import Query, read_query
from reader.storage.article_list import ListedArticle
from reader.storage.library import Library

PAGE = 12
"""Articles whose rows are read at a time."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article (without a hit), or a place in it.

    Attributes:
        article: The article.
        hit: The place; None in the row of the article itself.
        tags: The tags of its highlight; None for one of a codebook that is not at hand.
        in_text: Hits in the article's text, in its own row.
        elsewhere: Those in its title, notes, labels and so on, in its own row.
        source: Who says it, in a few words, where that is known; else empty.
    """

    article: ListedArticle
    hit: Hit | None = None
    tags: tuple[Tag | None, ...] = ()
    in_text: int = 0
    elsewhere: int = 0
    source: str = ""


class Results(Protocol):
    """What a list shows: it is read page by page, in the thread of the library that is given."""

    @property
    def remark(self) -> str:
        """How much was found, in words."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    def page(self, library: Library, number: int) -> list[Row]:
        """Return the rows of a page."""

    def in_text(self, library: Library, row: Row) -> tuple[str, list[Span]]:
        """Return a version's uid, and what is to be marked in its text as found."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed, taken apart, and whether it is worth while to look already.

    Attributes:
        text: What was typed.
        asks: Whether to look at once.
        look: Looks; in the library's thread.
    """

    text: str
    asks: bool
    look: Callable[[Library], Results]


class FoundArticles:
    """The articles that a search found, as rows.

    Args:
        found: What was found.
        annotator: Whose progress is shown.
    """

    def __init__(self, found: searching.Found, annotator: str) -> None:
        self.found, self._annotator = found, annotator

    @property
    def remark(self) -> str:
        """How much was found, in words."""
        count = len(self.found.articles)
        more = "+" if self.found.capped else ""
        return f"{count:,}{more} article{'' if count == 1 else 's'}"

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-len(self.found.articles) // PAGE)

    def page(self, library: Library, number: int) -> list[Row]:
        """Return the rows of a page."""
        start, tags = number * PAGE, Tags(library)
        shown = searching.page(library, self.found, start, start + PAGE, self._annotator)
        return [row for item in shown for row in _rows(item.article, item.found, tags)]

    def in_text(self, library: Library, row: Row) -> tuple[str, list[Span]]:
        """Return a version's uid, and what is to be marked in its text as found."""
        return library.search.in_text(row.article.id, self.found.query.words)


def ask_articles(text: str, annotator: str, *, typing: bool) -> Asked:
    """Return the search for a text.

    Raises:
        UsageError: It is too long.
    """
    query: Query = read_query(text, typing=typing)

    def look(library: Library) -> Results:
        return FoundArticles(searching.find(library, query, annotator), annotator)

    return Asked(text, query.asks, look)


def _rows(article: ListedArticle, found: ArticleHits, tags: Tags) -> Sequence[Row]:
    hits = [Row(article, hit, tuple(tags.find(*tag) for tag in hit.tags)) for hit in found.hits]
    return [Row(article, in_text=found.in_text, elsewhere=found.elsewhere), *hits]
