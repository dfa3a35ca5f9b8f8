"""The library's articles as a list: numbers, progress, counts; filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.domain.codebook import Codebook
from reader.domain.records import dataclass
from reader.services.codebooks import statement_facet
from reader.storage.articles import ArticleRow
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class TagCount:
    """How often a tag is given.

    Attributes:
        code: The tag's code.
        label: Its label.
        symbol: Its symbol.
        count: How many live judgements give it.
    """

    code: str
    label: str
    symbol: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list.

    Attributes:
        n: Its number, from 1, in the order of adding.
        uid: Its id.
        title: Title or first words.
        byline: Who wrote it.
        outlet: Where it appeared.
        published_at: When.
        url: Where it can be found.
        origin: The file it was added from.
        added_at: When it was added.
        last_read_at: When it was last read, or None.
        characters: Code points.
        progress_pct: How far the annotator has read, 0-100.
        highlights: The annotator's highlights.
        labels: Its labels, in alphabetical order.
        tags: The annotator's tags of the codebook's first facet for statements, those given only.
    """

    n: int
    uid: str
    title: str
    byline: str | None
    outlet: str | None
    published_at: str | None
    url: str | None
    origin: str
    added_at: str
    last_read_at: str | None
    characters: int
    progress_pct: int
    highlights: int
    labels: tuple[str, ...]
    tags: tuple[TagCount, ...]


def entries(
    library: Library,
    annotator: str,
    codebook: Codebook,
    *,
    words: Sequence[str] = (),
    sort: str = "read",
) -> list[Entry]:
    """Return the articles.

    Args:
        library: The library.
        annotator: Whose progress and tags.
        codebook: Whose tags are counted.
        words: Only articles that have all of these in title, outlet, byline, URL, origin or a
            label.
        sort: ``read``, ``added``, ``title``, ``published`` or ``progress``.
    """
    numbers = {uid: number for number, uid in enumerate(library.articles.in_order(), 1)}
    counts = library.highlights.tag_counts(annotator)
    labels = library.overall.labels_by_article()
    found = [
        _entry(
            row,
            numbers[row.article.uid],
            labels.get(row.article.uid, ()),
            tags_of(codebook, counts.get(_version(row), [])),
        )
        for row in library.articles.rows(annotator)
    ]
    wanted = [word.casefold() for word in words]
    found = [entry for entry in found if _has(entry, wanted)]
    order = _ORDERS.get(sort)
    if order is not None:
        found.sort(key=order[0], reverse=order[1])
    return found


_ORDERS: dict[str, tuple[Callable[[Entry], str | int], bool]] = {
    "added": (lambda entry: entry.n, True),
    "title": (lambda entry: entry.title.casefold(), False),
    "published": (lambda entry: entry.published_at or "", True),
    "progress": (lambda entry: entry.progress_pct, True),
}


def _version(row: ArticleRow) -> str:
    return row.article.version_uid


def tags_of(
    codebook: Codebook, counts: Sequence[tuple[str, int, str, str, int]]
) -> tuple[TagCount, ...]:
    """Return the counts of a codebook's first statement facet, in the codebook's order.

    Args:
        codebook: The codebook; counts of its other versions are added.
        counts: (codebook, version, facet, code, count), as the library gives them.
    """
    facet = statement_facet(codebook)
    totals: dict[str, int] = {}
    for name, _, facet_id, code, count in counts:
        if (name, facet_id) == (codebook.id, facet.id):
            totals[code] = totals.get(code, 0) + count
    known = [
        TagCount(tag.code, tag.label, tag.symbol, totals.pop(tag.code))
        for tag in facet.tags
        if tag.code in totals
    ]
    return (*known, *(TagCount(code, code, "•", count) for code, count in totals.items()))


def _entry(
    row: ArticleRow, number: int, labels: tuple[str, ...], tags: tuple[TagCount, ...]
) -> Entry:
    meta = row.article.metadata
    read = min(1.0, row.place.furthest / row.characters) if row.characters else 0.0
    return Entry(
        n=number,
        uid=row.article.uid,
        title=row.name,
        byline=meta.byline,
        outlet=meta.outlet,
        published_at=meta.published_at,
        url=meta.url,
        origin=row.origin,
        added_at=row.article.added_at,
        last_read_at=row.place.last_at or None,
        characters=row.characters,
        progress_pct=int(100 * read),
        highlights=row.highlights,
        labels=labels,
        tags=tags,
    )


def _has(entry: Entry, wanted: Sequence[str]) -> bool:
    where = (entry.title, entry.outlet, entry.byline, entry.url, entry.origin, *entry.labels)
    text = "\n".join(item for item in where if item).casefold()
    return all(word in text for word in wanted)
