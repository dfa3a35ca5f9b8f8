"""Cutting: no block is longer than the screen can wrap at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.domain.statements import segment
from reader.domain.words import clings

LONGEST_BLOCK = 32_768
"""Code points. A longer paragraph becomes several blocks, cut after a statement or at a space."""

_SPACE = re.compile(r"\s*+")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a paragraph in stretches no longer than :data:`LONGEST_BLOCK`, trimmed of white space.

    Args:
        text: Canonical text.
        start: First code point, no white space.
        end: One past the last code point, which is no white space.
    """
    if end - start <= LONGEST_BLOCK:
        yield start, end
        return
    begin = done = start
    for statement_start, statement_end in segment(text, start, end):
        if statement_end - begin > LONGEST_BLOCK and done > begin:
            yield begin, done
            begin = statement_start
        while statement_end - begin > LONGEST_BLOCK:
            cut, following = _cut(text, begin)
            yield begin, cut
            begin = following
        done = statement_end
    while end - begin > LONGEST_BLOCK:
        cut, following = _cut(text, begin)
        yield begin, cut
        begin = following
    if begin < end:
        yield begin, end


def _cut(text: str, begin: int) -> tuple[int, int]:
    """Return where a piece ends and where the next begins: at a space, else between letters."""
    limit = begin + LONGEST_BLOCK
    space = max(text.rfind(" ", begin, limit), text.rfind("\n", begin, limit))
    if space <= begin:
        while limit > begin + LONGEST_BLOCK - 32 and clings(text, limit):
            limit -= 1
        return limit, _SPACE.match(text, limit).end()  # type: ignore[union-attr]  # always matches
    stop = begin + len(text[begin:space].rstrip())
    return stop, _SPACE.match(text, space).end()  # type: ignore[union-attr]  # always matches
