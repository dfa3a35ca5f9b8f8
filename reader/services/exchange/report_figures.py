"""Counts what each annotator did in an article, and words it as the figures of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from reader.domain.article import Version
from reader.domain.codebook import Codebook, Facet
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.formats.markdown_report import Figure
from reader.services.exchange.report_entries import Entries
from reader.services.exchange.report_tags import OtherTags
from reader.services.reading.walking import statements_of
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library

TagCounts = Counter[tuple[str, str, str]]
"""How often each tag is given: ids of codebook and facet, and code."""


@dataclass(slots=True)
class Count:
    """What one annotator did in an article.

    Attributes:
        judged: Statements that a highlight with a tag of the codebook in front overlaps.
        highlights: Highlights.
        notes: Those with a note.
        flags: Those with a flag.
        incomplete: Those that lack what their codebooks want.
        tags: Their tags.
        reach: While counting, one past the last character that is judged so far.
    """

    judged: int = 0
    highlights: int = 0
    notes: int = 0
    flags: int = 0
    incomplete: int = 0
    tags: TagCounts = field(default_factory=Counter)
    reach: int = 0


@dataclass(slots=True)
class Counted:
    """What was counted in an article.

    Attributes:
        of: What each annotator did, by uid, in the order in which they are told.
        statements: How many there are.
        by_any: How many of them at least one annotator has judged.
        by_several: How many of them more than one has judged.
    """

    of: dict[str, Count]
    statements: int = 0
    by_any: int = 0
    by_several: int = 0


class Figures:
    """Counts, and words what was counted.

    Args:
        library: The library.
        first: The codebook and the facet in front.
        told: Says what highlights lack.
        by: Uids of the annotators whose highlights count; None is all.
        others: Words the tags that are none of the codebook in front.
    """

    def __init__(
        self,
        library: Library,
        first: tuple[Codebook, Facet],
        told: Entries,
        by: Collection[str] | None,
        others: OtherTags,
    ) -> None:
        self._library, self._by = library, by
        self._codebook, self._facet = first
        self._told, self._others = told, others

    def count(self, version: Version, annotators: Sequence[str]) -> Counted:
        """Count highlights and, as they pass by, the statements that judged ones overlap.

        Args:
            version: The version of the article.
            annotators: Uids of all who have marked something in the article.
        """
        found = Counted({uid: Count() for uid in annotators})
        highlights = self._library.highlights.anchored(version.uid, self._by)
        ahead = next(highlights, None)
        for statement in statements_of(version):
            while ahead is not None and ahead.highlight.start < statement.span.end:
                self._take(found, ahead)
                ahead = next(highlights, None)
            found.statements += 1
            judges = [each for each in found.of.values() if each.reach > statement.span.start]
            found.by_any += bool(judges)
            found.by_several += len(judges) > 1
            for each in judges:
                each.judged += 1
        while ahead is not None:
            self._take(found, ahead)
            ahead = next(highlights, None)
        return found

    def _take(self, found: Counted, anchored: AnchoredHighlight) -> None:
        item = anchored.highlight
        count = found.of.setdefault(item.annotator_uid, Count())
        count.highlights += 1
        count.notes += bool(item.note)
        count.flags += item.flag
        count.incomplete += bool(self._told.wanted(item))
        for judgement in item.judgements:
            count.tags[judgement.codebook, judgement.facet, judgement.code] += 1
        if self._is_judged(item):
            count.reach = max(count.reach, item.end)

    def _is_judged(self, item: Highlight) -> bool:
        return any(each.codebook == self._codebook.id for each in item.judgements)

    # ------------------------------------------------------------------ in words

    def in_words(self, counted: Counted, names: Mapping[str, str]) -> Iterator[Figure]:
        """Yield the figures; those of several annotators side by side, never as one sum.

        Args:
            counted: What was counted.
            names: What annotators are called, by uid.
        """
        given = sum((each.tags for each in counted.of.values()), TagCounts())
        if len(counted.of) < 2:
            count = next(iter(counted.of.values()), Count())
            for label, text in self._lines(count, counted.statements, given):
                yield Figure(label, text)
            return
        yield Figure("annotators", f"{len(counted.of):,}, each counted apart")
        whose = [names[uid] for uid in counted.of]
        columns = [self._lines(each, counted.statements, given) for each in counted.of.values()]
        for lines in zip(*columns, strict=True):
            label = lines[0][0]
            rows = zip(whose, (text for _, text in lines), strict=True)
            yield Figure(label, _together(counted) if label == "judged" else "", tuple(rows))

    def _lines(self, count: Count, total: int, given: TagCounts) -> Iterator[tuple[str, str]]:
        """Yield label and text of each figure of one annotator.

        Args:
            count: What that one did.
            total: How many statements there are.
            given: The tags of all annotators: those that nobody gives are not told.
        """
        yield "judged", f"{count.judged:,} of {total:,} statements{_share(count.judged, total)}"
        yield "tags", self._counts(self._facet, count.tags)
        for facet in self._codebook.statement_facets:
            if facet != self._facet and any(
                given[self._key(facet, tag.code)] for tag in facet.tags
            ):
                yield f"tags of {facet.id}", self._counts(facet, count.tags)
        yield from self._others.counted(count.tags, given)
        yield "highlights", f"{count.highlights:,}"
        yield "with a note", f"{count.notes:,}"
        yield "flagged to check", f"{count.flags:,}"
        yield "incomplete", f"{count.incomplete:,}"

    def _counts(self, facet: Facet, tags: TagCounts) -> str:
        """Return how often each tag of a facet of the codebook in front is given."""
        return ", ".join(
            f"{tag.symbol} {tag.label} {tags[self._key(facet, tag.code)]:,}" for tag in facet.tags
        )

    def _key(self, facet: Facet, code: str) -> tuple[str, str, str]:
        return self._codebook.id, facet.id, code


def _together(counted: Counted) -> str:
    """Return how much of an article several annotators have judged between them."""
    total = counted.statements
    return (
        f"{counted.by_any:,} of {total:,} statements{_share(counted.by_any, total)} by at least one"
        f" of them, {counted.by_several:,}{_share(counted.by_several, total)} by more than one"
    )


def _share(part: int, total: int) -> str:
    return f" ({per_cent(part, total)} %)" if total else ""
