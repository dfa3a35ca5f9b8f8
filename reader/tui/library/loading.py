"""Reads the list of articles, in the database thread, and makes rows of what was read."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from reader.domain.codebook import Codebook
from reader.domain.records import dataclass
from reader.services.codebooks.finding import statement_facet
from reader.services.library import listing
from reader.services.library.filters import article_query
from reader.storage.library import Library
from reader.tui.library.article_row import ArticleItem
from reader.tui.widgets.counts import CountItem

FIRST = 120
"""Rows that are read together with the list: two screens of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to be.

    Attributes:
        reader: Uid of the annotator whose progress counts.
        query: The filter.
        order: A key of ``ORDERS``.
        backwards: Whether the order is turned round.
        current: Local id of the article that is current, or None.
        came_from: Uid of the article to be on instead, or an empty text.
        place: The position that is current.
    """

    reader: str
    query: str
    order: str
    backwards: bool
    current: int | None = None
    came_from: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """The list.

    Attributes:
        ids: Local ids of the articles listed.
        current: Local id of the one to be on, or None.
        rows: The rows near it.
        total: How many articles there are, listed or not.
        archived: How many of them are archived.
        handles: Annotators' names by uid.
        problem: Of which name in the filter the library knows nothing, in words.
    """

    ids: array[int]
    current: int | None
    rows: Sequence[listing.Row]
    total: int
    archived: int
    handles: Mapping[str, str]
    problem: str = ""


def load(library: Library, asked: Asked) -> Loaded:
    """Read a list, and the rows around the article that is current.

    Raises:
        UsageError: The filter means nothing.
        StorageError: It cannot be read.
    """
    query = article_query(
        library, asked.query, asked.reader, order=asked.order, backwards=asked.backwards
    )
    ids = listing.order_of(library, query)
    current, place = asked.current, asked.place
    if asked.came_from:
        current = library.lists.id_of(asked.came_from)
    if current is not None and current in ids:
        place = ids.index(current)
    first = max(0, min(place, len(ids)) - FIRST // 2)
    rows = listing.rows(library, ids[first : first + FIRST], asked.reader)
    problem = _problem(library, asked.query) if asked.query and not ids else ""
    handles = library.annotators.handles()
    counts = (library.lists.count(), library.lists.archived())
    return Loaded(ids, current, rows, *counts, handles, problem)


def _problem(library: Library, query: str) -> str:
    from reader.services.finding.known_names import problem_of  # late: where nothing is found

    return problem_of(library, query)


def colors_of(codebook: Codebook) -> dict[str, str]:
    """Return the colours of the tags that are counted, by code."""
    return {tag.code: tag.color for tag in statement_facet(codebook).tags}


def item_of(
    row: listing.Row,
    counts: tuple[CountItem, ...],
    highlights: int = 0,
    verdicts: tuple[tuple[str, str, str], ...] = (),
) -> ArticleItem:
    """Return a row as the list draws it."""
    article = row.article
    return ArticleItem(
        id=article.id,
        uid=article.uid,
        name=article.name,
        outlet=article.outlet or "",
        date=article.published_at or "",
        status=article.status,
        percent=article.progress_pct,
        counts=counts,
        highlights=highlights,
        labels=", ".join(row.labels),
        verdicts=verdicts,
        added=row.added,
    )


def with_profile(
    row: listing.Row, profile: listing.Profile, colors: Mapping[str, str]
) -> ArticleItem:
    """Return a row with what the annotator marked in the article."""
    counts = tuple(
        CountItem(tag.symbol, colors.get(tag.code, "#FFFFFF"), tag.count) for tag in profile.tags
    )
    verdicts = tuple((each.symbol, each.color, each.label) for each in profile.verdicts)
    return item_of(row, counts, profile.highlights, verdicts)
