"""Gathers what a report of annotated articles says, passing over each article a few times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from reader.domain.article import Article, Version
from reader.domain.codebook import Codebook, Facet
from reader.formats.atomic import Writable, written_to
from reader.formats.markdown_marks import Mark
from reader.formats.markdown_report import Entry, Legend, Report, write_report
from reader.services.annotators import told_apart
from reader.services.articles import name_of
from reader.services.codebooks.finding import statement_facet
from reader.services.codebooks.tags import Tags
from reader.services.exchange.report_entries import Entries
from reader.services.exchange.report_figures import Counted, Figures
from reader.services.exchange.report_numbers import Numbers, numbered
from reader.services.exchange.report_tags import OtherTags
from reader.services.exchange.watching import ExportResult, Watch, articles_of
from reader.services.reading.walking import Walk, blocks_of
from reader.services.showing import left_behind, overall_lines, version_of
from reader.services.telling.facts import facts as facts_of
from reader.services.telling.told import with_told
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

    The same library gives the same report. What is read is one state of it. Where several have
    marked an article, each is counted apart, and marks and entries say whose they are.

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
        uids = [article.uid for article in found]
        who = library.judged.annotators_in(uids, by)
        names = _names(library, uids, who)
        told = Entries(library, tags, (codebook, chosen), names, with_history, by)
        others = OtherTags(tags, codebook, library.judged.tags_in(uids, by))
        figures = Figures(library, (codebook, chosen), told, by, others)
        maker = _Maker(library, told, by, numbers, figures, who, watch)
        legend = [*_legend(codebook, chosen), *others.legend()]
        several = any(len(each) > 1 for each in who.values())
        with written_to(target, force=force) as file:
            count = write_report(map(maker.report, found), legend, file, named=several)
        return ExportResult.of(target, count, found)


def _names(
    library: Library, articles: Sequence[str], who: Mapping[str, list[str]]
) -> dict[str, str]:
    """Return what all are called who have marked or said something in a report, by uid."""
    handles = library.annotators.handles()
    marked = {uid for uids in who.values() for uid in uids}
    said = {uid for article in articles for uid in library.overall.annotators(article)}
    return told_apart({uid: handles[uid] for uid in sorted(marked | said)})


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


class _Maker:
    """Makes the reports of articles of one library."""

    def __init__(
        self,
        library: Library,
        told: Entries,
        by: Collection[str] | None,
        numbers: Numbers,
        figures: Figures,
        who: Mapping[str, list[str]],
        watch: Watch,
    ) -> None:
        self._library, self._by = library, by
        self._tags, self._names, self._told = told.tags, told.names, told
        self._numbers, self._figures, self._who, self._watch = numbers, figures, who, watch

    def report(self, article: Article) -> Report:
        """Return what is to be written of an article."""
        self._watch.look()
        version = version_of(self._library, article)
        self._told.beside = self._library.beside.on(version.uid)
        counted = self._figures.count(version, self._who.get(article.uid, ()))
        return Report(
            title=name_of(article, version.text),
            url=article.metadata.url,
            facts=tuple(self._facts(article, version, counted)),
            overall=tuple(self._overall(article)),
            figures=tuple(self._figures.in_words(counted, self._names)),
            text=version.text,
            blocks=blocks_of(version),
            marks=self._marks(article, version),
            entries=self._all_entries(article, version),
        )

    # ------------------------------------------------------------------ two more passes

    def _is_shared(self, article: Article) -> bool:
        """Whether several annotators have marked something in an article."""
        return len(self._who.get(article.uid, ())) > 1

    def _marks(self, article: Article, version: Version) -> Iterator[Mark]:
        shared = self._is_shared(article)
        for number, found in numbered(self._library, version, by=self._by):
            item = found.highlight
            whose = self._names[item.annotator_uid] if shared else ""
            spans = (item.span, *item.extra_spans)
            yield Mark(number, self._told.symbols(item), spans, whose)

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
        shared = self._is_shared(article)
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
            yield self._told.entry(number, found, walk, beside, named=shared)
            self._watch.one_more()

    # ------------------------------------------------------------------ the article

    def _overall(self, article: Article) -> Iterator[tuple[str, str]]:
        for uid in self._library.overall.annotators(article.uid):
            if self._by is None or uid in self._by:
                overall = self._library.overall.get(article.uid, uid)
                lines = overall_lines(overall, self._tags)
                yield self._names[uid], "\n".join([*lines, overall.note or ""])
        labels = self._library.overall.labels(article.uid)
        if labels:
            yield "labels", ", ".join(labels)

    def _facts(
        self, article: Article, version: Version, counted: Counted
    ) -> Iterator[tuple[str, str]]:
        meta = article.metadata
        given = (("by", meta.byline), ("in", meta.outlet), ("published", meta.published_at),
                 ("language", meta.language))  # fmt: skip
        yield from ((label, text) for label, text in given if text)
        marked = {uid: each.highlights for uid, each in counted.of.items()}
        if any(marked.values()):
            names = [f"{self._names[uid]} ({count:,})" for uid, count in marked.items()]
            yield "annotated by", ", ".join(names)
        newest = ", ".join(self._newest(version, list(marked)))
        if newest:
            yield "newest judgement", newest
        yield "added", _minute(article.added_at)
        yield "text", f"{len(version.text):,} characters, SHA-256 {version.sha256}"

    def _newest(self, version: Version, annotators: Sequence[str]) -> Iterator[str]:
        """Yield when each annotator judged last; of one alone that need not be said."""
        for uid in annotators:
            at = self._library.judged.last_in(version.uid, [uid])
            if at:
                yield f"{self._names[uid]} {_minute(at)}" if len(annotators) > 1 else _minute(at)


def _minute(at: str) -> str:
    return f"{at[:16].replace('T', ' ')} UTC"
