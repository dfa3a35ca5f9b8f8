"""Looks up what a library has already of the highlights of an import."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import new_uid
from reader.domain.text import Span
from reader.storage.library import Library
from reader.storage.new_highlights import NewHighlight
from reader.storage.upkeep import PutOff

Spot = tuple[str, str, Span]
"""Version, annotator and stretch of a highlight."""


class There:
    """What a library has of the highlights of a page, and what of them was added.

    Attributes:
        found: Those that were there, by uid.

    Args:
        library: The library.
        page: The highlights; who owns them is not known yet.
        waiting: What upkeep is put off in the transaction.
    """

    def __init__(self, library: Library, page: Sequence[NewHighlight], waiting: PutOff) -> None:
        highlights = library.highlights
        self._made = highlights.made([item.uid for item in page])
        self._spots: dict[Spot, str] = {}
        starts: dict[str, list[int]] = {}
        for item in page:
            starts.setdefault(item.version_uid, []).append(item.span.start)
        for version, places in starts.items():
            for annotator, start, end, uid in highlights.starting_at(version, places):
                self._spots.setdefault((version, annotator, Span(start, end)), uid)
        wanted = {(item.version_uid, item.span) for item in page}
        on_spots = [uid for spot, uid in self._spots.items() if (spot[0], spot[2]) in wanted]
        uids = {*on_spots, *(uid for uid, live in self._made.items() if live)}
        if uids:
            waiting.settle()
        self.found: dict[str, Highlight] = highlights.all_of(list(uids)) if uids else {}

    def uid_of(self, item: NewHighlight, owner: str | None) -> str | None:
        """Return the live highlight of that uid, or of that person on the same words, or None."""
        if self._made.get(item.uid):
            return item.uid
        return None if owner is None else self._spots.get((item.version_uid, owner, item.span))

    def add(self, item: NewHighlight) -> None:
        """Note that one is there now; if its uid belongs to a deleted one, it gets another."""
        if item.uid in self._made:
            item.uid = new_uid()
        self._made[item.uid] = True
        self._spots[item.version_uid, item.annotator_uid, item.span] = item.uid


def content_of(
    highlight: Highlight | NewHighlight,
    judgements: Sequence[Judgement],
    full: Sequence[Judgement],
) -> tuple[object, ...]:
    """Return what the CSV holds of a highlight, to see whether two are the same.

    Args:
        highlight: The highlight.
        judgements: Its judgements.
        full: The judgement that the row says more of than its tag; of others it has the tag alone.
    """
    said_of = [_tag(item) for item in full]
    said = [
        (_tag(j), *((j.confidence, j.likelihood, j.reason) if _tag(j) in said_of else ()))
        for j in judgements
    ]
    whose = (highlight.version_uid, highlight.annotator_uid)
    own = (highlight.note, highlight.flag, said)
    return (*whose, highlight.span, highlight.extra_spans, *own)


def _tag(item: Judgement) -> tuple[object, ...]:
    return item.codebook, item.codebook_version, item.facet, item.code
