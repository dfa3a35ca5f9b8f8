"""The library's articles as a list: numbers, status, progress, counts; filtered and sorted."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import partial

from reader.domain.codebook import Codebook
from reader.domain.finding.article_query import ArticleQuery
from reader.domain.records import dataclass
from reader.services.codebooks.finding import statement_facet
from reader.services.library.filters import article_query
from reader.storage.article_list import ListedArticle
from reader.storage.library import Library

PAGE = 200
"""Articles whose rows are read at a time."""
_PARTS = (slice(10), slice(5, 16), slice(11, 19))
"""Of a time: the day; the day and the minute; the time of day to the second."""


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
class Verdict:
    """What the annotator judged of an article as a whole.

    Attributes:
        code: The tag's code.
        label: Its label.
        symbol: Its symbol.
        color: Its colour; empty if its codebook is not at hand.
    """

    code: str
    label: str
    symbol: str
    color: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the annotator marked in an article, and judged of it.

    Attributes:
        highlights: How many live highlights.
        tags: Their tags of the codebook's first facet for statements, those given only.
        verdicts: What was judged of the article as a whole.
    """

    highlights: int = 0
    tags: tuple[TagCount, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


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
        status: ``unread``, ``reading``, ``done`` or ``archived``.
        characters: Code points.
        progress_pct: How far the annotator has read, 0-100.
        highlights: The annotator's highlights.
        labels: Its labels, in alphabetical order.
        tags: The annotator's tags of the codebook's first facet for statements, those given only.
        verdicts: What the annotator judged of it as a whole, with whatever codebook.
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
    status: str
    characters: int
    progress_pct: int
    highlights: int
    labels: tuple[str, ...]
    tags: tuple[TagCount, ...]
    verdicts: tuple[Verdict, ...]


def entries(
    library: Library,
    annotator: str,
    codebook: Codebook,
    *,
    words: Sequence[str] = (),
    sort: str = "read",
    backwards: bool = False,
) -> Iterator[Entry]:
    """Yield the articles.

    Args:
        library: The library.
        annotator: Whose progress and tags.
        codebook: Whose tags are counted.
        words: A filter, see :func:`reader.services.library.filters.article_query`.
        sort: A key of ``ORDERS``.
        backwards: Whether the order is turned round.

    Raises:
        UsageError: The filter means nothing.
    """
    numbers = {uid: number for number, uid in enumerate(library.articles.in_order(), 1)}
    text = " ".join(map(_quoted, words))
    query = article_query(library, text, annotator, order=sort, backwards=backwards)
    from reader.services.finding.known_names import check_names  # late: the list has its own way

    check_names(library, text)
    ids = library.lists.ids(query)
    for start in range(0, len(ids), PAGE):
        page = rows(library, ids[start : start + PAGE], annotator)
        known = profiles(library, page, annotator, codebook)
        for row in page:
            yield _entry(row, numbers[row.article.uid], known[row.article.uid])


def _quoted(word: str) -> str:
    """Return a word of the command line as the filter takes it: what the shell kept together stays.

    Of ``outlet:The Post`` what is behind the colon is quoted.
    """
    if " " not in word or '"' in word:
        return word
    field, colon, value = word.partition(":")
    return f'{field}:"{value}"' if colon and field.lstrip("-").isalpha() else f'"{word}"'


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article at once.

    Attributes:
        article: The article.
        labels: Its labels, in alphabetical order.
        added: When it was added, in UTC, if others beside it are called the same; else empty.
    """

    article: ListedArticle
    labels: tuple[str, ...] = ()
    added: str = ""


def order_of(library: Library, query: ArticleQuery) -> array[int]:
    """Return the local ids of the articles of a list, in its order."""
    return library.lists.ids(query)


def rows(library: Library, ids: Sequence[int], annotator: str) -> list[Row]:
    """Return what is shown of some articles; what is gone is left out."""
    found = library.lists.rows(ids, annotator)
    labels = library.lists.labels([article.uid for article in found])
    added = _told_apart(found)
    return [Row(item, labels.get(item.uid, ()), added.get(item.uid, "")) for item in found]


def _told_apart(found: Sequence[ListedArticle]) -> dict[str, str]:
    """Return when those were added that are called as another one is, as short as tells them apart.

    That is the day, the day and the minute, or the second.
    """
    named: dict[str, list[ListedArticle]] = {}
    for article in found:
        named.setdefault(article.name, []).append(article)
    told = {}
    for same in named.values():
        times = next((t for t in map(partial(_times, same), _PARTS) if len({*t}) == len(t)), None)
        for article, at in zip(same, times or _times(same, _PARTS[-1]), strict=True):
            told[article.uid] = at if len(same) > 1 else ""
    return told


def _times(same: Sequence[ListedArticle], part: slice) -> list[str]:
    return [article.added_at[part].replace("T", " ") for article in same]


def profiles(
    library: Library, listed: Sequence[Row], annotator: str, codebook: Codebook
) -> dict[str, Profile]:
    """Return what the annotator marked in some articles and judged of them, by their uid.

    It costs as much as there are highlights in them: show the rows first.
    """
    tallies = library.lists.tallies([row.article.version_uid for row in listed], annotator)
    verdicts = _verdicts(library, [row.article.uid for row in listed], annotator, codebook)
    found = {}
    for row in listed:
        highlights, tags = tallies.get(row.article.version_uid, (0, []))
        found[row.article.uid] = Profile(
            highlights, tags_of(codebook, tags), tuple(verdicts.get(row.article.uid, ()))
        )
    return found


def _verdicts(
    library: Library, uids: Sequence[str], annotator: str, codebook: Codebook
) -> dict[str, list[Verdict]]:
    """Return what was judged of some articles as a whole, by their uid; of most that is nothing."""
    found: dict[str, list[Verdict]] = {}
    given = library.lists.verdicts(uids, annotator)
    kept = library.codebooks.kept() if given else None
    for uid, name, version, facet, code in given:
        book = codebook if (name, version) == (codebook.id, codebook.version) else None
        book = book or (kept.get(name, version) if kept else None)
        where = book.facet(facet) if book else None
        tag = where.tag(code) if where else None
        verdict = Verdict(code, tag.label, tag.symbol, tag.color) if tag else None
        found.setdefault(uid, []).append(verdict or Verdict(code, code, "•", ""))
    return found


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


def _entry(row: Row, number: int, profile: Profile) -> Entry:
    article = row.article
    return Entry(
        n=number,
        uid=article.uid,
        title=article.name,
        byline=article.byline,
        outlet=article.outlet,
        published_at=article.published_at,
        url=article.url,
        origin=article.origin,
        added_at=article.added_at,
        last_read_at=article.last_at,
        status=article.status,
        characters=article.characters,
        progress_pct=article.progress_pct,
        highlights=profile.highlights,
        labels=row.labels,
        tags=profile.tags,
        verdicts=profile.verdicts,
    )
