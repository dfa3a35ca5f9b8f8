"""Texts in pieces of different looks, wrapped as one. Import late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style

from reader.tui.widgets.cells import wrap


def wrapped(
    pieces: Iterable[tuple[str, Style]], width: int, most: int, rest: Style
) -> Iterator[list[Segment]]:
    """Yield rows: the text of all pieces is wrapped as one, then cut where the style changes.

    Args:
        pieces: Words and their style, one after the other.
        width: Cells of a row.
        most: Rows at most.
        rest: The style of what stands for words that are left out.
    """
    text, styles = "", list[Style]()
    for words, style in pieces:
        text += words
        styles += [style] * len(words)
    at = 0
    for line in wrap(text, width, most):
        parts: list[Segment] = []
        for letter in line:
            while letter != " " and at < len(text) and text[at].isspace():
                at += 1
            style = styles[at] if at < len(styles) else rest
            if parts and parts[-1].style == style:
                parts[-1] = Segment(parts[-1].text + letter, style)
            else:
                parts.append(Segment(letter, style))
            at += 1
        yield parts
