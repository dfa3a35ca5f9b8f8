"""Gathers what a report of annotated articles says, passing over each article a few times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from reader.domain.article import Article, Version
from reader.domain.codebook import Codebook, Facet
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.formats.atomic import Writable, written_to
from reader.formats.markdown_marks import Mark
from reader.formats.markdown_report import Entry, Legend, Report, write_report
from reader.services.articles import name_of
from reader.services.codebooks.finding import statement_facet
from reader.services.codebooks.tags import Tags
from reader.services.exchange.report_entries import Entries
from reader.services.exchange.report_numbers import Numbers, numbered
from reader.services.exchange.report_tags import OtherTags
from reader.services.exchange.watching import ExportResult, Watch, articles_of
from reader.services.reading.walking import Walk, blocks_of, statements_of
from reader.services.showing import left_behind, overall_lines, version_of
from reader.services.telling.facts import facts as facts_of
from reader.services.telling.told import with_told
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library


def export_markdown(
    library: Library,
    article_uids: Sequence[str] | None,
    target: Path | Writable,
    *,
    codebook: Codebook,
    facet: str | None = None,
    by: Collection[str] | None = None,
    with_history: bool = False,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportResult:
    """Write articles with their highlights as one Markdown report.

    The same library gives the same report. What is read is one state of it.

    Args:
        library: The library.
        article_uids: The articles; None is all, in the order of adding.
        target: A file, replaced as a whole or not at all, or a stream.
        codebook: Whose tags the legend explains and the figures count first, given or not; of
            others those that are given.
        facet: Id of the facet that comes first; None is the first one for statements.
        by: Uids of the annotators whose highlights, verdicts, notes and relations are in it; None
            is all.
        with_history: List each highlight's history.
        force: Replace a file that is there.
        progress: Called with the number of highlights so far.
        cancelled: Asked now and then; True ends it.

    Raises:
        Cancelled: ``cancelled`` said so.
        UsageError: The file is there already, an article is not, or the codebook has no such facet.
        ReaderError: The file cannot be written.
        StorageError: The library cannot be read.
    """
    chosen = statement_facet(codebook, facet)
    with library.snapshot():
        found = articles_of(library, article_uids)
        numbers = Numbers(library, found, by)
        watch = Watch(progress, cancelled)
        tags = Tags(library, codebook)
        told = Entries(library, tags, (codebook, chosen), with_history, by)
        given = library.judged.tags_in([article.uid for article in found], by)
        others = OtherTags(tags, codebook, given)
        maker = _Maker(library, (codebook, chosen), told, by, numbers, others, watch)
        legend = [*_legend(codebook, chosen), *others.legend()]
        with written_to(target, force=force) as file:
            count = write_report(map(maker.report, found), legend, file)
        return ExportResult.of(target, count, found)


def _legend(codebook: Codebook, chosen: Facet) -> list[Legend]:
    facets = [chosen, *(facet for facet in codebook.statement_facets if facet != chosen)]
    title = f"{codebook.title} ({codebook.id}, version {codebook.version})"
    return [
        Legend(
            title,
            facet.title,
            tuple((f"{tag.symbol} {tag.label}", tag.definition) for tag in facet.tags),
        )
        for facet in facets
    ]


@dataclass(slots=True)
class _Figures:
    """What the first pass over the highlights counts."""

    newest: str
    statements: int = 0
    judged: int = 0
    highlights: int = 0
    notes: int = 0
    flags: int = 0
    incomplete: int = 0
    annotators: Counter[str] = field(default_factory=Counter)
    tags: Counter[tuple[str, str, str]] = field(default_factory=Counter)


class _Maker:
    """Makes the reports of articles of one library."""

    def __init__(
        self,
        library: Library,
        first: tuple[Codebook, Facet],
        told: Entries,
        by: Collection[str] | None,
        numbers: Numbers,
        others: OtherTags,
        watch: Watch,
    ) -> None:
        self._library, self._by = library, by
        self._codebook, self._facet = first
        self._tags, self._told = told.tags, told
        self._numbers, self._others, self._watch = numbers, others, watch

    def report(self, article: Article) -> Report:
        """Return what is to be written of an article."""
        self._watch.look()
        version = version_of(self._library, article)
        self._told.beside = self._library.beside.on(version.uid)
        figures = self._figures(version)
        return Report(
            title=name_of(article, version.text),
            url=article.metadata.url,
            facts=tuple(_facts(article, version, figures)),
            overall=tuple(self._overall(article)),
            figures=tuple(self._in_words(figures)),
            text=version.text,
            blocks=blocks_of(version),
            marks=self._marks(version),
            entries=self._all_entries(article, version),
        )

    # ------------------------------------------------------------------ three passes

    def _figures(self, version: Version) -> _Figures:
        """Count highlights and, as they pass by, the statements that judged ones overlap."""
        newest = self._library.judged.last_in(version.uid, self._by) or ""
        found = _Figures(newest)
        highlights = self._library.highlights.anchored(version.uid, self._by)
        ahead = next(highlights, None)
        reach = 0
        for statement in statements_of(version):
            while ahead is not None and ahead.highlight.start < statement.span.end:
                self._count(found, ahead)
                reach = max(reach, ahead.highlight.end if self._is_judged(ahead.highlight) else 0)
                ahead = next(highlights, None)
            found.statements += 1
            found.judged += reach > statement.span.start
        while ahead is not None:
            self._count(found, ahead)
            ahead = next(highlights, None)
        return found

    def _is_judged(self, item: Highlight) -> bool:
        return any(each.codebook == self._codebook.id for each in item.judgements)

    def _count(self, found: _Figures, anchored: AnchoredHighlight) -> None:
        item = anchored.highlight
        found.highlights += 1
        found.notes += bool(item.note)
        found.flags += item.flag
        found.incomplete += bool(self._told.wanted(item))
        found.annotators[anchored.annotator] += 1
        for judgement in item.judgements:
            found.tags[judgement.codebook, judgement.facet, judgement.code] += 1

    def _marks(self, version: Version) -> Iterator[Mark]:
        for number, found in numbered(self._library, version, by=self._by):
            item = found.highlight
            yield Mark(number, self._told.symbols(item), (item.span, *item.extra_spans))

    def _all_entries(self, article: Article, version: Version) -> Iterator[Entry]:
        """Yield the highlights on the text, then those that only an earlier version has."""
        last = 0
        for entry in self._entries(article, version):
            last = entry.number
            yield entry
        for earlier in left_behind(self._library, article):
            self._told.beside = self._library.beside.on(earlier.uid)
            for entry in self._entries(article, earlier, last):
                last = entry.number
                yield entry

    def _entries(self, article: Article, version: Version, before: int = 0) -> Iterator[Entry]:
        walk, day = Walk(version), article.metadata.published_at
        for (number, found), told in with_told(
            self._library,
            numbered(self._library, version, before, self._by),
            lambda item: item[1].highlight.uid,
            day,
        ):
            told = told if self._by is None else told.by(self._by)
            owner = found.highlight.annotator_uid
            name, nth = self._tags.name_of, self._numbers.of
            beside = tuple(facts_of(told, name, owner, article.uid, number=nth))
            yield self._told.entry(number, found, walk, beside)
            self._watch.one_more()

    # ------------------------------------------------------------------ the article

    def _overall(self, article: Article) -> Iterator[tuple[str, str]]:
        for handle, overall in self._library.overall.by_annotator(article.uid, self._by):
            yield handle, "\n".join([*overall_lines(overall, self._tags), overall.note or ""])
        labels = self._library.overall.labels(article.uid)
        if labels:
            yield "labels", ", ".join(labels)

    def _in_words(self, figures: _Figures) -> Iterator[tuple[str, str]]:
        total = figures.statements
        share = f" ({per_cent(figures.judged, total)} %)" if total else ""
        yield "judged", f"{figures.judged:,} of {total:,} statements{share}"
        facets = (facet for facet in self._codebook.statement_facets if facet != self._facet)
        yield "tags", self._counts(self._facet, figures)
        for facet in facets:
            if any(figures.tags[self._codebook.id, facet.id, tag.code] for tag in facet.tags):
                yield f"tags of {facet.id}", self._counts(facet, figures)
        yield from self._others.counted(figures.tags)
        yield "highlights", f"{figures.highlights:,}"
        yield "with a note", f"{figures.notes:,}"
        yield "flagged to check", f"{figures.flags:,}"
        yield "incomplete", f"{figures.incomplete:,}"

    def _counts(self, facet: Facet, figures: _Figures) -> str:
        """Return how often each tag of a facet of the codebook in front is given."""
        given, book = figures.tags, self._codebook.id
        return ", ".join(
            f"{tag.symbol} {tag.label} {given[book, facet.id, tag.code]:,}" for tag in facet.tags
        )


def _facts(article: Article, version: Version, figures: _Figures) -> Iterator[tuple[str, str]]:
    meta = article.metadata
    given = (("by", meta.byline), ("in", meta.outlet), ("published", meta.published_at),
             ("language", meta.language))  # fmt: skip
    yield from ((label, text) for label, text in given if text)
    if figures.annotators:
        counts = [f"{name} ({count:,})" for name, count in sorted(figures.annotators.items())]
        yield "annotated by", ", ".join(counts)
    if figures.newest:
        yield "newest judgement", f"{figures.newest[:16].replace('T', ' ')} UTC"
    yield "added", f"{article.added_at[:16].replace('T', ' ')} UTC"
    yield "text", f"{len(version.text):,} characters, SHA-256 {version.sha256}"
