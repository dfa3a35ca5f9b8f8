"""Makes highlights lines of CSV, fast: those of one kind share what is the same in all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from reader.domain.article import Article, Version
from reader.domain.beside import Beside
from reader.domain.codebook import Codebook, Facet
from reader.domain.highlight import Fate, Highlight, Judgement
from reader.domain.records import replace
from reader.domain.text import Span
from reader.formats.csv_columns import NAMES, HighlightRow
from reader.formats.csv_export import Line
from reader.formats.csv_lists import join
from reader.services.codebooks.tags import Tags
from reader.services.exchange.export_said import BEFORE, Telling, Told
from reader.services.reading.walking import Statement, Walk, statements_of
from reader.services.showing import lacks, left_behind, version_of
from reader.storage.export_rows import OWN, Row
from reader.storage.library import Library

KINDS = 2_000
"""Kinds of highlights of which the lines are kept."""
VARYING = (
    "statement", "start", "end", "text", "reason", "note", "created_at", "updated_at", "paragraph",
    "prefix", "suffix", "extra_spans", "revision", "earlier_text", "highlight_id",
)  # fmt: skip
"""The columns in which highlights of one kind differ."""
VARYING_MORE = tuple(name for name in NAMES if name in {*VARYING, *BEFORE, "attribution_origin"})
"""The same of highlights that somebody is said to have said, and so on."""


def lines_of(
    library: Library,
    article: Article,
    kinds: Kinds,
    all_statements: bool,
    by: Collection[str] | None = None,
) -> Iterator[str]:
    """Yield the lines of one article in document order.

    What only an earlier version has comes behind all others, with the SHA-256 of that version.

    Args:
        library: The library.
        article: The article.
        kinds: Makes rows.
        all_statements: Whether there is a line for each statement without a highlight.
        by: Uids of the annotators whose highlights are wanted; None is all.
    """
    version = version_of(library, article)
    maker = _Lines(article, version, kinds)
    highlights = kinds.telling.watching(library.highlights.for_export(version.uid, by))
    if not all_statements:
        yield from map(maker.line, highlights)
    else:
        for item in _with_statements(highlights, version):
            yield maker.bare(item) if isinstance(item, Statement) else maker.line(item)
    for earlier in left_behind(library, article):
        highlights = kinds.telling.watching(library.highlights.for_export(earlier.uid, by))
        yield from map(_Lines(article, earlier, kinds).line, highlights)


def _with_statements(
    highlights: Iterator[list[Row]], version: Version
) -> Iterator[list[Row] | Statement]:
    """Yield highlights and, between them, the statements that none overlaps."""
    ahead = next(highlights, None)
    reach = 0
    extra: list[tuple[int, int]] = []
    for statement in statements_of(version):
        while ahead is not None and ahead[0][1] < statement.span.end:
            yield ahead
            _, _, end, spans = ahead[0][:4]
            reach = max(reach, end)
            extra += spans or ()
            ahead = next(highlights, None)
        extra = [span for span in extra if span[1] > statement.span.start]
        if reach <= statement.span.start and not any(map(statement.span.overlaps, extra)):
            yield statement
    if ahead is not None:
        yield ahead
        yield from highlights


class _Lines:
    """Makes the lines of one article.

    Highlights of one kind, that is with the same tags by the same annotator, differ in few fields;
    so each kind's line is made once, and filled in.

    Args:
        article: The article.
        version: Its version.
        kinds: Makes rows.
    """

    def __init__(self, article: Article, version: Version, kinds: Kinds) -> None:
        self._article = article
        self._version = version
        self._kinds = kinds
        self._walk = Walk(version)
        self._known: dict[tuple[Any, ...], tuple[Line, int]] = {}

    def bare(self, statement: Statement) -> str:
        """Return the line of a statement without a highlight."""
        row = self._kinds.bare(self._article, self._version, statement)
        return self._kinds.line(row, ()).of(())

    def line(self, rows: list[Row]) -> str:
        """Return the line of a highlight; they come in document order."""
        alike = rows[0][OWN:] if len(rows) == 1 else tuple(row[OWN:] for row in rows)
        told = self._kinds.telling.of(rows[0][0])
        if told is not None:
            alike = (told.beside, alike)
        line, first = self._known.get(alike) or self._learn(alike, rows, told)
        uid, start, end, extra, note, made, changed, rev, *words, was, _ = rows[0][:OWN]
        exact, prefix, suffix = words
        reason = rows[first][OWN - 1] if first >= 0 else None
        span = Span(start, end)
        number, paragraph = self._walk.statement(span), self._walk.paragraph(span)
        items = join(_as_items(extra)) if extra else None
        before = (number, start, end, exact, reason, note)
        if told is None:
            behind = (made, changed, paragraph, prefix, suffix, items, rev, was, uid)
            return line.of((*before, *behind))
        place = (made, changed, paragraph, prefix, suffix, items)
        return line.of((*before, *told.values, *place, told.origin, rev, was, uid))

    def _learn(
        self, alike: tuple[Any, ...], rows: list[Row], told: Told | None
    ) -> tuple[Line, int]:
        """Return the line of a kind, and which of its rows has the reason that is shown."""
        if len(self._known) >= KINDS:
            self._known.clear()
        beside = told.beside if told else ()
        kind = [row[OWN:] for row in rows]
        row, first = self._kinds.row(self._article, self._version, kind, beside)
        varying = VARYING_MORE if told else VARYING
        self._known[alike] = known = self._kinds.line(row, varying), first
        return known


class Kinds:
    """Makes rows of kinds of highlights.

    Attributes:
        telling: Tells what stands beside highlights.

    Args:
        codebook: Whose facet the tag columns are of.
        facet: The facet.
        tags: Finds tags by what judgements say.
        handles: Annotators' handles by uid.
        telling: Tells what stands beside highlights.
        spreadsheet: Make lines that are safe to open in a spreadsheet.
    """

    def __init__(
        self,
        codebook: Codebook,
        facet: Facet,
        tags: Tags,
        handles: dict[str, str],
        telling: Telling,
        spreadsheet: bool,
    ) -> None:
        self.telling = telling
        self._codebook = codebook
        self._facet = facet
        self._tags = tags
        self._handles = handles
        self._spreadsheet = spreadsheet

    def line(self, row: HighlightRow, varying: Sequence[str]) -> Line:
        """Return the line of a row."""
        return Line(row, varying, spreadsheet=self._spreadsheet)

    def bare(self, article: Article, version: Version, statement: Statement) -> HighlightRow:
        """Return the row of a statement without a highlight."""
        return replace(
            _of_article(article, version),
            statement=statement.number,
            start=statement.span.start,
            end=statement.span.end,
            text=version.text[slice(*statement.span)],
            paragraph=statement.paragraph,
        )

    def row(
        self,
        article: Article,
        version: Version,
        rows: Sequence[Row],
        beside: tuple[str, ...],
    ) -> tuple[HighlightRow, int]:
        """Return the row of a kind of highlights without what varies.

        Args:
            article: The article.
            version: Its version.
            rows: What the storage's rows of one highlight have from :data:`OWN` on.
            beside: What there is of what tags may want, see :class:`Told`.

        Returns:
            The row, and which of ``rows`` has the judgement that the tag columns are of, or -1.
        """
        highlight = _stand_in(version, rows)
        mine, others = self._shared_out(highlight)
        first = mine[0] if mine else None
        names, labels, rank = self._named(mine)
        row = replace(
            _of_article(article, version),
            tag=names,
            tag_label=labels,
            tag_rank=rank,
            confidence=first.confidence if first else None,
            likelihood_pct=first.likelihood if first else None,
            other_tags=tuple(map(_as_item, others)),
            flag=highlight.flag,
            incomplete=self._incomplete(highlight, mine, beside),
            annotator=self._handles[highlight.annotator_uid],
            codebook=self._codebook.id,
            codebook_version=first.codebook_version if first else self._codebook.version,
            facet=self._facet.id,
            origin=highlight.origin,
            fate=highlight.fate.value if highlight.fate else None,
        )
        return row, highlight.judgements.index(first) if first else -1

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

    def _incomplete(
        self, highlight: Highlight, mine: list[Judgement], there: tuple[str, ...]
    ) -> bool | None:
        if not mine:
            return None
        beside = Beside()
        for name in there:
            getattr(beside, name).add(highlight.uid)
        return any(lacks(highlight, item, self._tags.of(item), beside) for item in mine)


def _of_article(article: Article, version: Version) -> HighlightRow:
    """Return a row that tells of the article only."""
    meta = article.metadata
    return HighlightRow(
        article_id=article.uid,
        article_sha256=version.sha256,
        article_title=meta.title,
        article_outlet=meta.outlet,
        article_byline=meta.byline,
        article_published=meta.published_at,
        article_url=meta.url,
        start=0,
        end=0,
        text="",
    )


def _stand_in(version: Version, rows: Sequence[Row]) -> Highlight:
    """Return a highlight that stands for all of its kind; where others have words, it has some."""
    annotator, flag, origin, fate, noted, codebook = rows[0][:6]
    judgements = () if codebook is None else tuple(map(_judgement, range(len(rows)), rows))
    return Highlight(
        uid="",
        version_uid=version.uid,
        annotator_uid=annotator,
        start=0,
        end=0,
        note="some" if noted else None,
        flag=bool(flag),
        origin=origin,
        fate=Fate(fate) if fate else None,
        judgements=judgements,
    )


def _judgement(number: int, row: Row) -> Judgement:
    codebook, version, facet, code, confidence, likelihood, reasoned = row[5:]
    reason = "some" if reasoned else None
    return Judgement(str(number), codebook, version, facet, code, confidence, likelihood, reason)


def _as_items(spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(start), str(end)) for start, end in spans)


def _as_item(judgement: Judgement) -> tuple[str, ...]:
    return (
        f"{judgement.codebook}@{judgement.codebook_version}.{judgement.facet}",
        judgement.code,
    )
