"""Counts of one annotator's work: tags, coverage, time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from reader.domain.article import Version, name_from
from reader.domain.codebook import Codebook
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.services.library.listing import TagCount, tags_of
from reader.services.reading.walking import statements_of
from reader.storage.library import Library
from reader.storage.suggestions import Rate


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of one article, or of all.

    Attributes:
        uid: The article's id, or None for the sum.
        title: Title or first words.
        statements: How many there are.
        judged: How many of them a highlight with a judgement of the codebook overlaps.
        judged_otherwise: How many only one with judgements of other codebooks overlaps.
        coverage_pct: Judged of statements in per cent; None if there are no statements.
        highlights: Live highlights.
        notes: Those with a note.
        flags: Those with a flag.
        orphans: Highlights beside those, which only an earlier version of the text has.
        ms_spent: Time the article was open, ms.
        tags: Tags of the codebook's first facet for statements, those given only.
    """

    uid: str | None
    title: str
    statements: int
    judged: int
    judged_otherwise: int
    coverage_pct: int | None
    highlights: int
    notes: int
    flags: int
    orphans: int
    ms_spent: int
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures.

    Attributes:
        codebook: ``id@version`` of the codebook whose tags are counted.
        facet: Its facet.
        articles: One by one.
        total: The sum.
        suggestions: What became of what detectors proposed, in all articles.
    """

    codebook: str
    facet: str
    articles: tuple[Counts, ...]
    total: Counts
    suggestions: tuple[Rate, ...] = ()


def stats(
    library: Library, annotator: str, codebook: Codebook, article_uids: Sequence[str] | None = None
) -> Stats:
    """Count an annotator's work on some articles, or on all."""
    uids = library.articles.in_order() if article_uids is None else dict.fromkeys(article_uids)
    found = tuple(_of_article(library, annotator, codebook, uid) for uid in uids)
    facet = codebook.statement_facets[0].id if codebook.statement_facets else ""
    return Stats(
        f"{codebook.id}@{codebook.version}",
        facet,
        found,
        _sum(found, codebook, facet),
        tuple(library.suggestions.rates(annotator)),
    )


@dataclass(slots=True)
class _Passing:
    """What passing over the highlights counts."""

    codebook: str
    highlights: int = 0
    notes: int = 0
    flags: int = 0
    tags: dict[tuple[str, int, str, str], int] = field(default_factory=dict)
    judged_spans: list[tuple[int, int]] = field(default_factory=list)
    spans_of_any: list[tuple[int, int]] = field(default_factory=list)

    def take(self, highlight: Highlight) -> None:
        self.highlights += 1
        self.notes += bool(highlight.note)
        self.flags += highlight.flag
        for item in highlight.judgements:
            key = (item.codebook, item.codebook_version, item.facet, item.code)
            self.tags[key] = self.tags.get(key, 0) + 1
        if highlight.judgements:
            _join(self.spans_of_any, highlight.start, highlight.end)
        if any(item.codebook == self.codebook for item in highlight.judgements):
            _join(self.judged_spans, highlight.start, highlight.end)


def _join(spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Keep judged text as disjoint stretches, in order."""
    if spans and spans[-1][1] > start:
        spans[-1] = (spans[-1][0], max(spans[-1][1], end))
    else:
        spans.append((start, end))


def _of_article(library: Library, annotator: str, codebook: Codebook, uid: str) -> Counts:
    article = library.articles.get(uid)
    version = library.articles.version(article.version_uid) if article else None
    if article is None or version is None:
        raise LookupError(uid)  # uids come from the library itself
    passing = _Passing(codebook.id)
    for page in library.highlights.pages(version.uid, annotator):
        for highlight in page:
            passing.take(highlight)
    statements, judged = _coverage(version, passing.judged_spans)
    of_any = _coverage(version, passing.spans_of_any)[1] if passing.spans_of_any else 0
    return Counts(
        uid=uid,
        title=article.metadata.title or name_from(version.text),
        statements=statements,
        judged=judged,
        judged_otherwise=of_any - judged,
        coverage_pct=_per_cent(judged, statements),
        highlights=passing.highlights,
        notes=passing.notes,
        flags=passing.flags,
        orphans=len(library.highlights.orphans(uid, annotator)),
        ms_spent=library.articles.place(uid, annotator).ms_spent,
        tags=tags_of(codebook, [(*key, count) for key, count in passing.tags.items()]),
    )


def _coverage(version: Version, judged: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return how many statements there are, and how many overlap judged text."""
    spans = iter(judged)
    span = next(spans, None)
    total = covered = 0
    for statement in statements_of(version):
        total += 1
        while span is not None and span[1] <= statement.span.start:
            span = next(spans, None)
        covered += span is not None and span[0] < statement.span.end
    return total, covered


def _per_cent(part: int, whole: int) -> int | None:
    return per_cent(part, whole) if whole else None


def _sum(found: Sequence[Counts], codebook: Codebook, facet: str) -> Counts:
    statements = sum(item.statements for item in found)
    judged = sum(item.judged for item in found)
    tags = [
        (codebook.id, codebook.version, facet, tag.code, tag.count)
        for item in found
        for tag in item.tags
    ]
    return Counts(
        uid=None,
        title=f"{len(found)} articles",
        statements=statements,
        judged=judged,
        judged_otherwise=sum(item.judged_otherwise for item in found),
        coverage_pct=_per_cent(judged, statements),
        highlights=sum(item.highlights for item in found),
        notes=sum(item.notes for item in found),
        flags=sum(item.flags for item in found),
        orphans=sum(item.orphans for item in found),
        ms_spent=sum(item.ms_spent for item in found),
        tags=tags_of(codebook, tags),
    )
