"""Writes highlights to a file, from any front end, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.domain.article import Article, Version
from reader.domain.codebook import Codebook, Facet
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.records import dataclass
from reader.formats.atomic import replacing
from reader.formats.csv_columns import HighlightRow
from reader.formats.csv_export import Writable, write_csv
from reader.services.codebooks import statement_facet
from reader.services.showing import lacks, version_of
from reader.services.tags import Tags
from reader.services.walking import Statement, Walk, statements_of
from reader.storage.highlights import AnchoredHighlight
from reader.storage.library import Library

STEP = 500
"""Rows after which progress is told and a cancellation is noticed."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user has called it off; the old file is as it was."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written.

    Attributes:
        rows: Rows without the header.
        articles: How many articles were gone through.
        path: The file, or None if the target was a stream.
    """

    rows: int
    articles: int
    path: Path | None


def export_csv(
    library: Library,
    article_uids: Sequence[str] | None,
    target: Path | Writable,
    *,
    codebook: Codebook,
    facet: str | None = None,
    spreadsheet: bool = False,
    all_statements: bool = False,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportResult:
    """Write the highlights of all annotators as CSV.

    What is read is one state of the library, whatever is saved meanwhile by others.

    Args:
        library: The library.
        article_uids: The articles; None is all, in the order of adding.
        target: A file, replaced as a whole or not at all, or a stream.
        codebook: Whose facet the tag columns are of.
        facet: Id of the facet; None is the first one for statements.
        spreadsheet: Make it safe to open in a spreadsheet.
        all_statements: Add a row for each statement without a highlight.
        force: Replace a file that is there.
        progress: Called with the number of rows so far.
        cancelled: Asked now and then; True ends it.

    Raises:
        Cancelled: ``cancelled`` said so.
        UsageError: The file is there already, an article is not, or the codebook has no such facet.
        ReaderError: The file cannot be written.
        StorageError: The library cannot be read.
    """
    chosen = statement_facet(codebook, facet)
    with library.snapshot():
        articles = articles_of(library, article_uids)
        tags = Tags(library, codebook)
        row_maker = _Rows(codebook, chosen, tags)
        rows = _watched(
            (
                row
                for article in articles
                for row in _rows_of(library, article, row_maker, all_statements)
            ),
            progress or (lambda count: None),
            cancelled or (lambda: False),
        )
        if isinstance(target, Path):
            with replacing(target, force=force) as file:
                count = write_csv(rows, file, spreadsheet=spreadsheet)
            return ExportResult(count, len(articles), target)
        return ExportResult(write_csv(rows, target, spreadsheet=spreadsheet), len(articles), None)


def articles_of(library: Library, uids: Sequence[str] | None) -> list[Article]:
    """Return articles by their uids, each once; None is all, in the order of adding.

    Raises:
        UsageError: One is not in the library.
    """
    found = []
    for uid in dict.fromkeys(library.articles.in_order() if uids is None else uids):
        article = library.articles.get(uid)
        if article is None:
            raise UsageError("The article is not in the library.", "See `reader list`.")
        found.append(article)
    return found


def _watched(
    rows: Iterator[HighlightRow], progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> Iterator[HighlightRow]:
    """Yield the rows, telling the progress and ending when that is wished."""
    count = 0
    if cancelled():
        raise Cancelled
    for count, row in enumerate(rows, 1):
        yield row
        if count % STEP == 0:
            progress(count)
            if cancelled():
                raise Cancelled
    progress(count)


def _rows_of(
    library: Library, article: Article, maker: _Rows, all_statements: bool
) -> Iterator[HighlightRow]:
    """Yield the rows of one article in document order."""
    version = version_of(library, article)
    walk = Walk(version)
    highlights = library.highlights.anchored(version.uid)
    if not all_statements:
        for found in highlights:
            yield maker.row(article, version, found, walk)
        return
    for item in _with_statements(highlights, version):
        if isinstance(item, Statement):
            yield maker.bare(article, version, item)
        else:
            yield maker.row(article, version, item, walk)


def _with_statements(
    highlights: Iterator[AnchoredHighlight], version: Version
) -> Iterator[AnchoredHighlight | Statement]:
    """Yield highlights and, between them, the statements that none overlaps."""
    ahead = next(highlights, None)
    reach = 0
    extra: list[tuple[int, int]] = []
    for statement in statements_of(version):
        while ahead is not None and ahead.highlight.start < statement.span.end:
            yield ahead
            reach = max(reach, ahead.highlight.end)
            extra += ahead.highlight.extra_spans
            ahead = next(highlights, None)
        extra = [span for span in extra if span[1] > statement.span.start]
        if reach <= statement.span.start and not any(map(statement.span.overlaps, extra)):
            yield statement
    if ahead is not None:
        yield ahead
        yield from highlights


class _Rows:
    """Makes rows of highlights.

    Args:
        codebook: Whose facet the tag columns are of.
        facet: The facet.
        tags: Finds tags by what judgements say.
    """

    def __init__(self, codebook: Codebook, facet: Facet, tags: Tags) -> None:
        self._codebook = codebook
        self._facet = facet
        self._tags = tags

    def bare(self, article: Article, version: Version, statement: Statement) -> HighlightRow:
        """Return the row of a statement without a highlight."""
        meta = article.metadata
        return HighlightRow(
            article_id=article.uid,
            article_sha256=version.sha256,
            article_title=meta.title,
            article_outlet=meta.outlet,
            article_byline=meta.byline,
            article_published=meta.published_at,
            article_url=meta.url,
            statement=statement.number,
            start=statement.span.start,
            end=statement.span.end,
            text=version.text[slice(*statement.span)],
            paragraph=statement.paragraph,
        )

    def row(
        self, article: Article, version: Version, found: AnchoredHighlight, walk: Walk
    ) -> HighlightRow:
        """Return the row of a highlight; they come in document order."""
        highlight, meta = found.highlight, article.metadata
        mine, others = self._shared_out(highlight)
        first = mine[0] if mine else None
        names, labels, rank = self._named(mine)
        return HighlightRow(
            article_id=article.uid,
            article_sha256=version.sha256,
            article_title=meta.title,
            article_outlet=meta.outlet,
            article_byline=meta.byline,
            article_published=meta.published_at,
            article_url=meta.url,
            statement=walk.statement(highlight.span),
            start=highlight.start,
            end=highlight.end,
            text=found.anchor.exact,
            tag=names,
            tag_label=labels,
            tag_rank=rank,
            confidence=first.confidence if first else None,
            likelihood_pct=first.likelihood if first else None,
            reason=first.reason if first else None,
            note=highlight.note,
            other_tags=tuple(map(_as_item, others)),
            flag=highlight.flag,
            incomplete=self._incomplete(highlight, mine),
            annotator=found.annotator,
            created_at=highlight.created_at,
            updated_at=highlight.updated_at,
            paragraph=walk.paragraph(highlight.span),
            prefix=found.anchor.prefix,
            suffix=found.anchor.suffix,
            extra_spans=tuple((str(start), str(end)) for start, end in highlight.extra_spans),
            codebook=self._codebook.id,
            codebook_version=first.codebook_version if first else self._codebook.version,
            facet=self._facet.id,
            origin=highlight.origin,
            revision=highlight.rev,
            highlight_id=highlight.uid,
        )

    def _shared_out(self, highlight: Highlight) -> tuple[list[Judgement], list[Judgement]]:
        """Return the judgements of the facet, in one version of the codebook, and all others."""
        mine = highlight.judgements_of(self._codebook.id, self._facet.id)
        newest = max((item.codebook_version for item in mine), default=0)
        mine = [item for item in mine if item.codebook_version == newest]
        return mine, [item for item in highlight.judgements if item not in mine]

    def _named(
        self, mine: list[Judgement]
    ) -> tuple[str | tuple[str, ...] | None, str | tuple[str, ...] | None, float | None]:
        """Return code, label and rank; lists and no rank where the facet takes many."""
        if not mine:
            return None, None, None
        tags = [self._tags.of(item) for item in mine]
        labels = [tag.label if tag else "" for tag in tags]
        if self._takes_many(mine[0]):
            return tuple(item.code for item in mine), tuple(labels), None
        return mine[0].code, labels[0], tags[0].rank if tags[0] else None

    def _takes_many(self, judgement: Judgement) -> bool:
        """Whether the facet takes many, in the version of the codebook that was used."""
        used = self._tags.codebook(judgement.codebook, judgement.codebook_version)
        facet = used.facet(judgement.facet) if used else None
        return (facet or self._facet).select == "many"

    def _incomplete(self, highlight: Highlight, mine: list[Judgement]) -> bool | None:
        if not mine:
            return None
        return any(lacks(highlight, item, self._tags.of(item)) for item in mine)


def _as_item(judgement: Judgement) -> tuple[str, ...]:
    return (
        f"{judgement.codebook}@{judgement.codebook_version}.{judgement.facet}",
        judgement.code,
    )
