"""SELECT: a selection with a moving and a standing end, by character, word, statement, paragraph.

The moving end is a *boundary* between two characters, like the standing one; what is selected lies
between them. Pure functions of the document, so that a key always does the same.
"""

from __future__ import annotations

from dataclasses import replace

from reader.domain.document import Document
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.domain.words import clings, next_word, previous_word, trimmed, word_at, word_end


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.

    Attributes:
        moving: The end that keys move.
        standing: The other end.
    """

    moving: int
    standing: int

    @property
    def span(self) -> Span:
        """The selected stretch; at least one character."""
        low, high = sorted((self.moving, self.standing))
        return Span(low, max(high, low + 1))

    @property
    def forward(self) -> bool:
        """Whether the moving end is the right one."""
        return self.moving >= self.standing


def by_word(document: Document, offset: int) -> Selection:
    """Begin with the word at an offset."""
    word = word_at(document.text, offset)
    return Selection(word.end, word.start)


def by_statement(statement: Span) -> Selection:
    """Begin with a whole statement."""
    return Selection(statement.end, statement.start)


def dragged(document: Document, start: int, offset: int) -> Selection:
    """Select what the mouse is drawn over, from the character at one offset to that at another."""
    if offset >= start:
        return Selection(_next_boundary(document.text, offset, 1), start)
    return Selection(offset, _next_boundary(document.text, start, 1))


def end_dragged(document: Document, standing: int, offset: int) -> Selection:
    """Move an end to the character at an offset; that one is selected as well."""
    after = _next_boundary(document.text, offset, 1)
    return Selection(after if offset >= standing else offset, standing)


def opposite(document: Document, span: Span, offset: int) -> int | None:
    """Return the end of a stretch that stands while the mouse draws the other one, or None.

    Args:
        document: The document.
        span: The stretch.
        offset: Where the button was pressed: an end is drawn by its first or last character.
    """
    if _next_boundary(document.text, offset, 1) == span.end:
        return span.start
    return span.end if offset == span.start else None


def other_end(selection: Selection) -> Selection:
    """Move the other end from now on."""
    return Selection(selection.standing, selection.moving)


def by_characters(document: Document, selection: Selection, step: int) -> Selection:
    """Move the end by one character that can be seen: a base with its marks counts as one."""
    return _moved(document, selection, _next_boundary(document.text, selection.moving, step))


def to_next_word(document: Document, selection: Selection) -> Selection:
    """Move the end over the next word: to its end if it is the right end, else to its start.

    An end that passes the other one is the right one from then on.
    """
    text = document.text
    if selection.forward:
        end = word_end(text, selection.moving)
        return _moved(document, selection, len(text) if end is None else end)
    word = next_word(text, selection.moving)
    if word is None:
        return selection
    passes = word.start >= selection.standing
    return _moved(document, selection, word.end if passes else word.start)


def to_previous_word(document: Document, selection: Selection) -> Selection:
    """Move the end back over a word: to the end of the one before, or to its start.

    An end that passes the other one is the left one from then on.
    """
    text = document.text
    if not selection.forward:
        word = previous_word(text, selection.moving)
        return _moved(document, selection, 0 if word is None else word.start)
    here = previous_word(text, selection.moving)
    if here is None:
        return selection
    before = previous_word(text, here.start)
    if before is not None and before.end > selection.standing:
        return _moved(document, selection, before.end)
    passes = before is not None and here.start >= selection.standing
    return _moved(document, selection, before.start if before and passes else here.start)


def to_word_end(document: Document, selection: Selection) -> Selection:
    """Move the end to the next end of a word."""
    end = word_end(document.text, selection.moving)
    return selection if end is None else _moved(document, selection, end)


def by_statements(document: Document, selection: Selection, step: int) -> Selection:
    """Move the end by a statement: its far edge when growing, its near edge when shrinking."""
    here = _statement_of_end(document, selection)
    if here is None:
        return selection
    edge = here.end if selection.forward else here.start
    growing = (step > 0) == selection.forward
    if growing and selection.moving != edge and _towards(selection.moving, edge, step):
        return _moved(document, selection, edge)
    move = document.next_statement if step > 0 else document.previous_statement
    there = move(here)
    if there is None:
        return _moved(document, selection, edge)
    return _moved(document, selection, there.end if selection.forward else there.start)


def by_paragraphs(document: Document, selection: Selection, step: int) -> Selection:
    """Move the end by a paragraph."""
    offset = max(0, selection.moving - 1) if selection.forward else selection.moving
    block = document.block_at(offset)
    if block is None:
        return selection
    if step > 0:
        if selection.forward and selection.moving < block.end:
            return _moved(document, selection, block.end)
        there = document.next_paragraph(offset)
        after = document.block_at(there.start) if there else None
        if after is None:
            return _moved(document, selection, block.end)
        return _moved(document, selection, after.end if selection.forward else after.start)
    if selection.moving > block.start and not selection.forward:
        return _moved(document, selection, block.start)
    there = document.previous_paragraph(block.start)
    before = document.block_at(there.start) if there else None
    if before is None:
        return _moved(document, selection, block.start)
    return _moved(document, selection, before.end if selection.forward else before.start)


def to_statement_start(document: Document, selection: Selection) -> Selection:
    """Move the end to the start of its statement."""
    here = _statement_of_end(document, selection)
    return selection if here is None else _moved(document, selection, here.start)


def to_statement_end(document: Document, selection: Selection) -> Selection:
    """Move the end to the end of its statement."""
    here = _statement_of_end(document, selection)
    return selection if here is None else _moved(document, selection, here.end)


def snapped(document: Document, selection: Selection) -> Selection:
    """Widen the selection to whole statements."""
    touched = list(document.statements(*selection.span))
    if not touched:
        return selection
    low = min(touched[0].start, selection.span.start)
    high = max(touched[-1].end, selection.span.end)
    low = touched[0].start if touched[0].start <= selection.span.start else low
    high = touched[-1].end if touched[-1].end >= selection.span.end else high
    if selection.forward:
        return Selection(high, low)
    return replace(selection, moving=low, standing=high)


def result(document: Document, selection: Selection, own: Span | None = None) -> Span:
    """Return what is marked when the selection is used: without stray spaces and punctuation.

    Where nothing else is selected, they are what is meant.

    Args:
        document: The document.
        selection: What is selected.
        own: The stretch whose ends are moved, if it is for that; an end that was not moved stays.
    """
    span = selection.span
    found = trimmed(document.text, *span)
    if found.start >= found.end:
        return span
    if own is None:
        return found
    start = span.start if span.start == own.start else found.start
    return Span(start, span.end if span.end == own.end else found.end)


def _statement_of_end(document: Document, selection: Selection) -> Span | None:
    """Return the statement that the moving end is in, or touches from the right."""
    offset = max(0, selection.moving - 1) if selection.forward else selection.moving
    return document.statement_at(offset)


def _towards(moving: int, edge: int, step: int) -> bool:
    return edge > moving if step > 0 else edge < moving


def _moved(document: Document, selection: Selection, to: int) -> Selection:
    """Put the moving end somewhere inside the text; the selection is never empty."""
    to = min(max(0, to), len(document.text))
    if to == selection.standing:
        return selection
    return replace(selection, moving=to)


def _next_boundary(text: str, offset: int, step: int) -> int:
    """Return the next offset that does not part a character from its marks (bounded look)."""
    to = offset + step
    for _ in range(16):
        if not 0 < to < len(text) or not clings(text, to):
            break
        to += step
    return to
