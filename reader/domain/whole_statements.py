"""Cuts a window out of a block for what reads around a place: whole statements, never half a name.

A block may be a whole book, so only a stretch of it is read. What a window ended in the middle of
would be told of as it stands there: "the departmen" for a department.
"""

from __future__ import annotations

from reader.domain.statements import segment
from reader.domain.text import Block, Span

_LEAD = 200
"""Code points before a window from which it is told where its first statement begins."""
_FURTHER = 2_000
"""Code points behind a window in which the end of a statement is looked for, at most."""
_WORDS, _LETTERS = 2, 80
"""Words, and code points, on each side of a place that tell whether it may be inside a name."""


def within(text: str, block: Block, window: tuple[int, int], kept: tuple[int, int]) -> Block | None:
    """Return the whole statements of a block that lie in a window; None where there are none.

    Args:
        text: The text.
        block: The block, from where it is read.
        window: First code point, and one past the last.
        kept: A stretch inside the window: a statement that has a part in it is whole as well, or,
            if it is thousands of code points long, cut between words that can be of no name.
    """
    start, end = window
    if start <= block.start and block.end <= end:
        return block
    low, high = max(block.start, start - _LEAD), min(block.end, end + _FURTHER)
    found = [Span(*span) for span in segment(text, low, high)] if low < high else []
    if not found:
        return None
    begun, unended = low > block.start, high < block.end  # the first, the last is but a part
    sure = found[begun : len(found) - unended]
    whole = [it for it in sure if (start <= it.start and it.end <= end) or it.overlaps(kept)]
    first, last = (whole[0].start, whole[-1].end) if whole else (end, start)
    if begun and found[0].overlaps(kept):
        first = next((at + 1 for at in range(start, end) if _is_apart(text, at)), end)
    if unended and found[-1].overlaps(kept):
        last = next((at for at in range(end, first, -1) if _is_apart(text, at)), first)
    return Block(first, last, block.role, block.level) if first < last else None


def _is_apart(text: str, at: int) -> bool:
    """Whether white space stands at a place, and no name around it."""
    if not text[at].isspace():
        return False
    before = text[max(0, at - _LETTERS) : at].split()[-_WORDS:]
    behind = text[at : at + _LETTERS].split()[:_WORDS]
    return not any(map(str.isupper, "".join((*before, *behind))))
