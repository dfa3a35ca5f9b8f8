"""Two texts side by side, or one below the other, each with the words that matter set apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style

from reader.domain.text import Span
from reader.tui.widgets.cells import cells_of, clip, seg
from reader.tui.widgets.pieces import wrapped

SIDES = 72
"""Cells from which on two texts stand side by side."""

Piece = tuple[str, bool]
"""Words, and whether the other text has them, too."""


def pieces(text: str, whole: Span, shared: Sequence[Span]) -> list[Piece]:
    """Return a stretch of a text in pieces that are shared, and pieces that are its own."""
    found: list[Piece] = []
    at = whole.start
    for start, end in shared:
        own = text[at:start]
        if own:
            found.append((own, not any(letter.isalnum() for letter in own)))
        found.append((text[start:end], True))
        at = end
    if at < whole.end:
        rest = text[at : whole.end]
        found.append((rest, not any(letter.isalnum() for letter in rest)))
    return [(" ".join(piece.split("\n")), is_shared) for piece, is_shared in found]


def in_rows(
    some: Sequence[Piece], width: int, most: int, shared: Style, own: Style
) -> list[list[Segment]]:
    """Return pieces in rows of a width, ``most`` at most."""
    styled = ((piece, shared if both else own) for piece, both in some)
    return list(wrapped(styled, width, most, shared))


def side_by_side(
    labels: tuple[str, str],
    sides: tuple[Sequence[Piece], Sequence[Piece]],
    width: int,
    most: int,
    styles: tuple[Style, Style, Style],
) -> list[list[Segment]]:
    """Return two texts beside each other, or one below the other where it is narrow.

    Args:
        labels: What is said above each.
        sides: Their pieces.
        width: Cells there are.
        most: Rows that each text takes at most.
        styles: Of labels, of shared words, of a text's own words.
    """
    dim, shared, own = styles
    if width < SIDES:
        rows: list[list[Segment]] = []
        for label, side in zip(labels, sides, strict=True):
            rows.append([seg(clip(label, width), dim)])
            rows += in_rows(side, width, max(1, (most - 2) // 2), shared, own)
        return rows
    column = (width - 3) // 2
    left, right = (
        [[seg(clip(label, column), dim)], *in_rows(side, column, most - 1, shared, own)]
        for label, side in zip(labels, sides, strict=True)
    )
    return [
        [*one, seg(" " * max(0, column - cells_of(one))), seg(" │ ", dim), *other]
        for one, other in zip_longest(left, right, fillvalue=())
    ]
