"""All highlights of one tag, one label, one annotator … across the library, as a list.

The language is that of every filter. What is said of highlights is asked of each: ``tag:`` ``by:``
``has:`` ``flag:`` ``confidence:`` ``fate:``, who said it (``source:`` ``naming:`` ``voice:``
``act:``), and words in quotation, note, reason, names of sources, evidence. The other
fields are those of the list of articles: ``label:`` ``outlet:`` ``status:`` ``added:`` and so on.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping

from reader.domain.codebook import Tag
from reader.domain.errors import UsageError
from reader.domain.fates import told
from reader.domain.finding.filters import Term, parse, word_of
from reader.domain.finding.found import Hit
from reader.domain.highlight import UNCONFIRMED, Fate
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.annotators import names_of
from reader.services.attributing.chains import said_of
from reader.services.codebooks.tags import Tags
from reader.services.finding.known_names import check_names
from reader.services.finding.rows import Asked, Results, Row
from reader.services.finding.spoken import SPOKEN, spoken_value
from reader.services.library.filters import FIELDS, article_query
from reader.storage.library import Library
from reader.storage.search.highlights import HAS, HighlightWish, ListedHighlight

PAGE = 60
"""Highlights whose rows are read at a time."""

OWN_FIELDS = ("tag", "by", "has", "flag", "confidence", "fate", *SPOKEN)
"""Fields that ask something of a highlight."""

_KNOWN = tuple(dict.fromkeys((*OWN_FIELDS, *FIELDS)))
"""Those, and the fields that ask something of the article that it is in."""

ANYONE = "any"
"""After ``by:``, highlights of all annotators."""

_CONFIDENCE = ("low", "moderate", "high")
_FATES = ("unconfirmed", *Fate)
"""What can be asked after ``fate:``; nothing is the first."""
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class HighlightQuery:
    """A filter of highlights, taken apart.

    Attributes:
        wishes: What is asked of each highlight.
        where: The filter of the articles that they are in.
    """

    wishes: tuple[HighlightWish, ...]
    where: str


def highlight_query(library: Library, text: str, annotator: str) -> HighlightQuery:
    """Return what a filter asks of highlights; one's own, unless it says ``by:``.

    Raises:
        UsageError: There is no such field, or a value means nothing.
    """
    wishes: list[HighlightWish] = []
    where: list[str] = []
    for term in parse(text):
        if term.field and term.field not in _KNOWN:
            known = ", ".join(f"{name}:" for name in _KNOWN)
            raise UsageError(
                f"There is no field “{term.field}:”.",
                f"Known are {known}; in quotation marks it is text.",
            )
        if term.field and term.field not in OWN_FIELDS:
            where.append(term.source)
        else:
            wishes.append(_wish(library, term, annotator))
    if not any(wish.field == "by" for wish in wishes):
        wishes.append(HighlightWish("by", (json.dumps([annotator]),)))
    return HighlightQuery(tuple(wishes), " ".join(where))


def _wish(library: Library, term: Term, annotator: str) -> HighlightWish:
    field, negated = term.field, term.negated
    if not field:
        return HighlightWish("words", term.values, negated)
    if field == "flag" or (field == "tag" and term.values == ("",)):
        return HighlightWish("has", (field,), negated)
    if field == "by":
        uids = [uid for value in term.values for uid in _uids(library, value, annotator)]
        return HighlightWish(field, (json.dumps(uids),), negated)
    if field == "has":
        values = tuple(word_of(field, value, HAS, HAS[0]) for value in term.values)
        return HighlightWish(field, values, negated)
    if field == "fate":
        named = [word_of(field, value, _FATES, _FATES[0]) for value in term.values]
        return HighlightWish(field, tuple(_fates(named)), negated)
    if field in SPOKEN:
        values = tuple(spoken_value(field, value) for value in term.values)
        return HighlightWish(field, values, negated)
    if field == "confidence":
        if term.values == ("",):
            return HighlightWish("has", (field,), negated)
        values = tuple(word_of(field, value, _CONFIDENCE, "low") for value in term.values)
        return HighlightWish(field, values, negated)
    return HighlightWish(field, term.values, negated)


def _fates(named: Iterable[str]) -> Iterator[str]:
    for name in named:
        yield from sorted(UNCONFIRMED) if name == _FATES[0] else [name]


def _uids(library: Library, value: str, annotator: str) -> list[str]:
    if not value:
        return [annotator]
    handles = library.annotators.handles()
    found = [uid for uid, name in handles.items() if name.casefold().startswith(value.casefold())]
    if found or value == ANYONE:
        joined = library.annotators.joined()
        return [joined.get(uid, uid) for uid in found or handles]
    known = ", ".join(sorted(set(handles.values())))
    raise UsageError(f"There is no annotator “{value}”.", f"Known are {known}; {ANYONE} is all.")


def find_highlights(library: Library, text: str, annotator: str) -> array[int]:
    """Return the local ids of the highlights that a filter asks for, by article and place.

    Raises:
        UsageError: The filter means nothing.
    """
    query = highlight_query(library, text, annotator)
    check_names(library, text)
    articles = library.lists.ids(article_query(library, query.where, annotator, order="added"))
    return library.search.highlights.ids(query.wishes, articles)


def listed(library: Library, ids: array[int]) -> Iterator[ListedHighlight]:
    """Yield highlights, read as they are asked for."""
    for start in range(0, len(ids), PAGE):
        yield from library.search.highlights.rows(ids[start : start + PAGE])


# ------------------------------------------------------------------ as rows of a list


class FoundHighlights:
    """Highlights as rows, each article's under its name.

    Args:
        ids: Their local ids.
        annotator: Whose progress in the articles is shown; those of others are told with a name.
    """

    def __init__(self, ids: array[int], annotator: str) -> None:
        self._ids, self._annotator = ids, annotator

    @property
    def remark(self) -> str:
        """How much was found, in words."""
        count = len(self._ids)
        return f"{count:,} highlight{'' if count == 1 else 's'}"

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-len(self._ids) // PAGE)

    def page(self, library: Library, number: int) -> list[Row]:
        """Return the rows of a page; the name of an article that goes on is not told again."""
        start = number * PAGE
        before = library.search.highlights.rows(self._ids[max(0, start - 1) : start])
        shown = library.search.highlights.rows(self._ids[start : start + PAGE])
        wanted = dict.fromkeys(item.article_id for item in shown)
        articles = {row.id: row for row in library.lists.rows(wanted, self._annotator)}
        tags, rows = Tags(library), []
        said = said_of(library, library.attributions.of_all(item.uid for item in shown).values())
        last = before[0].article_id if before else None
        names = names_of(library) if any(self._is_others(item) for item in shown) else {}
        for item in shown:
            article = articles.get(item.article_id)
            if article is None:
                continue
            if item.article_id != last:
                rows.append(Row(article))
            last = item.article_id
            who = said.get(item.uid)
            source = who.origin_words if who else ""
            rows.append(
                Row(article, _hit(item, self._whose(item, names)), _tags(tags, item), source=source)
            )
        return rows

    def _is_others(self, item: ListedHighlight) -> bool:
        return item.annotator_uid != self._annotator

    def _whose(self, item: ListedHighlight, names: Mapping[str, str]) -> str:
        return f"{names[item.annotator_uid]}: " if self._is_others(item) else ""

    def in_text(self, library: Library, row: Row) -> tuple[str, list[Span]]:
        """Return the article's version, and where the listed highlights stand in it."""
        version = row.hit.version_uid if row.hit else row.article.version_uid
        return version, library.search.highlights.places(version, self._ids)


def ask_highlights(text: str, annotator: str, *, typing: bool) -> Asked:
    """Return the list of highlights for a filter; whatever it is, it is worth while to look."""
    del typing

    def look(library: Library) -> Results:
        return FoundHighlights(find_highlights(library, text, annotator), annotator)

    return Asked(text, True, look)


def _hit(item: ListedHighlight, whose: str) -> Hit:
    words = " ".join(item.exact[: 2 * _EXCERPT].split())
    cut = f"{words[:_EXCERPT]} …" if len(words) > _EXCERPT else words
    note = " ".join((item.note or "")[: 2 * _EXCERPT].split())
    line = f"{told(item.fate)}{whose}{cut}{'  — ' if note else ''}{note}"
    return Hit("quote", line, (), item.start, item.end, item.version_uid, item.uid, item.tags)


def _tags(tags: Tags, item: ListedHighlight) -> tuple[Tag | None, ...]:
    return tuple(tags.find(*tag) for tag in item.tags)
