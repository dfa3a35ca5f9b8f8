"""Proposals for the part of an article that is looked at, found a paragraph at a time.

What goes before a paragraph is read with it, for quotations that go on, and for those whom a
pronoun may mean; but no more than a few thousand characters of it, so that the cost of a screen
is the same in any article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.domain.attribution import VERSION, Suggestion, readable, suggested_in
from reader.domain.document import Document
from reader.domain.records import dataclass
from reader.domain.speech.full_names import FullNames
from reader.domain.text import STATEMENT_ROLES, Block, Span
from reader.domain.whole_statements import within
from reader.services.attributing.given import Given
from reader.services.suggesting.decisions import Decisions, Key
from reader.storage.suggestions import Decided

DETECTOR = "attribution"
"""The name of the detector, as decisions are kept under it."""
_BEFORE, _AFTER = 700, 400
"""Code points before a piece, and behind one that a paragraph goes on after, read with it: as far
as whole statements go."""
_PIECE = 700
"""Code points of a piece, at least; a longer paragraph is read in several."""
_KEPT = 400
"""Pieces that are kept; those that were looked at longest ago go first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something proposed.

    Attributes:
        found: What the detector says.
        text: The article's text.
        given: Who says what stands before, as a person said, if nobody is named and that one may be
            meant; else None.
        plain: Whether nobody else can be meant than that one.
    """

    found: Suggestion
    text: str
    given: Given | None = None
    plain: bool = False

    @property
    def span(self) -> Span:
        """What is said: the first stretch of it."""
        return Span(self.found.start, self.found.end)

    @property
    def spans(self) -> tuple[Span, ...]:
        """All stretches of what is said."""
        return (self.span, *self.found.extra_spans)

    @property
    def place(self) -> Span:
        """What makes it another proposal than its neighbours: its cue, or what is said."""
        return self.found.cue or self.span

    @property
    def key(self) -> Key:
        """What makes it the same proposal in another version of the text."""
        return self.words(self.span), self.words(self.found.cue)

    def words(self, span: tuple[int, int] | None) -> str:
        """Return the words of a stretch; empty for none."""
        return "" if span is None else self.text[span[0] : span[1]]

    @property
    def speaker(self) -> str:
        """The words that name the speaker, or empty."""
        return " ".join(self.words(self.found.speaker).split())

    @property
    def called(self) -> str:
        """What the speaker is called in full, where the text does so elsewhere; or empty."""
        return " ".join(self.words(self.found.whole or self.found.speaker).split())

    @property
    def payload(self) -> dict[str, object]:
        """What is kept of it with the decision."""
        found = self.found
        return {
            "exact": self.words(self.span),
            "extra": [list(span) for span in found.extra_spans],
            "cue": _place(found.cue, self.words(found.cue)),
            "speaker": _place(found.speaker, self.speaker),
            "naming": found.naming,
            "voice": found.voice,
            "act": found.act,
            "reason": found.reason,
        }


def _place(span: tuple[int, int] | None, exact: str) -> dict[str, object] | None:
    return None if span is None else {"start": span[0], "end": span[1], "exact": exact}


class Proposals:
    """Finds and keeps the proposals of an article, piece by piece.

    Args:
        document: The article.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[tuple[int, int], tuple[Proposal, ...]] = {}
        self._decisions = Decisions()
        self._names: FullNames | None = None

    def decided(self, decisions: Iterable[Decided]) -> None:
        """Take over which proposals were decided on: they are made no more."""
        self._decisions = Decisions(decisions)

    def look(self, start: int, end: int) -> Iterator[None]:
        """Find the proposals that begin in a stretch, in steps of a few milliseconds at most."""
        for piece in self._pieces(start, end):
            if piece not in self._found:
                yield
                self._read(piece)

    def has_read(self, start: int, end: int) -> bool:
        """Whether there is nothing more to find in a stretch."""
        return all(piece in self._found for piece in self._pieces(start, end))

    def between(self, start: int, end: int) -> list[Proposal]:
        """Return the open proposals found so far that overlap a stretch, in order."""
        return [
            item
            for piece in self._pieces(start, end)
            for item in self._found.get(piece, ())
            if self._is_open(item) and any(span.overlaps((start, end)) for span in item.spans)
        ]

    def at(self, statement: Span) -> list[Proposal]:
        """Return the open proposals of a statement: what is said, or the cue, is in it."""
        return [item for item in self.all_at(statement) if self._is_open(item)]

    def all_at(self, statement: Span) -> list[Proposal]:
        """Return all proposals of a statement found so far, also those that were decided on."""
        start, end = max(0, statement.start - _PIECE), statement.end
        return [
            item
            for piece in self._pieces(start, end)
            for item in self._found.get(piece, ())
            if _touches(item, statement)
        ]

    def every(self) -> Iterator[Proposal]:
        """Find and yield all proposals of the article, also those that were decided on, in order.

        It costs a pass over the text; what is found is the same as while reading.
        """
        for piece in self._pieces(0, len(self._document.text)):
            if piece not in self._found:
                self._read(piece)
            yield from self._found[piece]

    def decision(self, item: Proposal) -> str | None:
        """Return what was decided on a proposal, in this version or another; None if it is open."""
        return self._decisions.of(item.place, item.span, item.found.cue, item.key)

    def _is_open(self, item: Proposal) -> bool:
        return self.decision(item) is None

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the pieces of the text that overlap a stretch."""
        for block in self._document.blocks_in(start, end):
            if block.role in STATEMENT_ROLES:
                yield from _cut(block, start, end)

    def _read(self, piece: tuple[int, int]) -> None:
        start, end = piece
        document = self._document
        begin = max(0, start - _BEFORE)
        if self._names is None:
            self._names = FullNames(document.text)
        parts = readable(document.text, document.blocks_in(begin, end))
        near = (within(document.text, part, (begin, end + _AFTER), piece) for part in parts)
        found = suggested_in(document.text, filter(None, near), self._names)
        while len(self._found) >= _KEPT:
            del self._found[next(iter(self._found))]
        self._found[piece] = tuple(
            Proposal(item, document.text)
            for item in found
            if item.is_attribution and start <= item.sentence.start < end
        )


def _touches(item: Proposal, statement: Span) -> bool:
    parts = (*item.spans, *([item.found.cue] if item.found.cue else []))
    return any(part.overlaps(statement) for part in parts)


def _cut(block: Block, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a block that overlap a stretch; most blocks are one."""
    if block.end - block.start <= 2 * _PIECE:
        yield block.start, block.end
        return
    first = max(0, start - block.start) // _PIECE
    for number in range(first, (block.end - block.start - 1) // _PIECE + 1):
        at = block.start + number * _PIECE
        if at >= end:
            return
        yield at, min(block.end, at + _PIECE)


NAME = f"{DETECTOR}@{VERSION}"
"""Detector and version, as they stand in the origin of what was taken."""
