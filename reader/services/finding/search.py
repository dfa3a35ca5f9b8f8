"""Searches the library: articles with the places in them, read as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.domain.finding.found import ArticleHits, Match, Matches
from reader.domain.records import dataclass
from reader.services.care import indexes
from reader.services.care.indexes import Progress, quiet
from reader.services.finding.known_names import check_names
from reader.services.finding.query import Query
from reader.services.library.filters import article_query
from reader.storage.article_list import ListedArticle
from reader.storage.library import Library

MOST_HITS = 4
"""Places in one article that are told; of more, only how many there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        query: What was asked.
        articles: The articles, best first.
        capped: Whether there are older ones that were not looked at.
        behind: How many articles and highlights the index did not know yet.
    """

    query: Query
    articles: Sequence[Match] = ()
    capped: bool = False
    behind: int = 0


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that was found.

    Attributes:
        article: What a list shows of it.
        found: The places in it.
    """

    article: ListedArticle
    found: ArticleHits


def find(library: Library, query: Query, annotator: str) -> Found:
    """Return the articles that a search finds, without the places in them.

    Args:
        library: The library; if it may be written, see :func:`catch_up` first.
        query: What is asked.
        annotator: Whose status, tags and notes the filter means.

    Raises:
        UsageError: The filter means nothing.
    """
    if query.is_empty:
        return Found(query)
    behind = library.search.index.behind()
    listed = article_query(library, query.where, annotator, order="added")
    check_names(library, query.where)
    if not query.words.wanted and not query.words.unwanted:
        ids = library.lists.ids(listed)
        return Found(query, [Match(number, 0.0) for number in ids], behind=behind)
    where = f"{annotator} {query.where}"
    matches: Matches = library.search.matches(query.words, where, lambda: library.lists.ids(listed))
    return Found(query, matches.items, matches.capped, behind)


def page(
    library: Library,
    found: Found,
    start: int,
    end: int,
    annotator: str,
    most: int = MOST_HITS,
) -> list[FoundArticle]:
    """Return some of the articles that were found, with the places in them.

    Args:
        library: The library.
        found: What was found.
        start: The first of them, from 0.
        end: One past the last.
        annotator: Whose progress is shown.
        most: The most places in each.
    """
    ids = [match.article_id for match in found.articles[start:end]]
    return [
        FoundArticle(row, library.search.hits(row.id, found.query.words, most))
        for row in library.lists.rows(ids, annotator)
    ]


def pages(
    library: Library, found: Found, annotator: str, most: int = MOST_HITS, size: int = 50
) -> Iterator[FoundArticle]:
    """Yield all the articles that were found, read as they are asked for."""
    for start in range(0, len(found.articles), size):
        yield from page(library, found, start, start + size, annotator, most)


# ------------------------------------------------------------------ the index


def catch_up(library: Library, progress: Progress = quiet) -> None:
    """Bring the index to what the library holds; nothing happens where it cannot be written.

    Args:
        library: The library.
        progress: Told how many articles and highlights are done, of how many.

    Raises:
        DatabaseDamaged: What is read for it makes no sense.
    """
    indexes.catch_up(library, library.search.index, _AT_ONCE, progress)


def rebuild(library: Library, progress: Progress = quiet) -> None:
    """Make the index anew.

    Raises:
        ReaderError: The library cannot be written.
    """
    indexes.rebuild(library, library.search.index, _AT_ONCE, progress)


_AT_ONCE = 4_000_000
"""Code points of text that are indexed at a time when nothing else is to be done."""
