"""Stretches of lines that stand below each other, with their edges and what is usual in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from reader.capture.pdf.line import Line
from reader.domain.records import dataclass

_SHARE_AT_LEFT = 0.2  # of the lines: so many begin at a column's left edge


@dataclass(slots=True)
class Column:
    """A stretch of lines that stand below each other on one page.

    Attributes:
        left: Where most of its lines begin, in points.
        right: Where the longest end.
        lines: How many.
    """

    left: float
    right: float
    lines: int


@dataclass(slots=True)
class Usual:
    """What is usual in a document.

    Attributes:
        size: Of the letters of running text.
        leading: From one line of a paragraph to the next, in points.
        bold: Whether running text is bold, so that bold means nothing.
        indents: Whether paragraphs begin with an indented line.
    """

    size: float
    leading: float
    bold: bool
    indents: bool


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """Return the column that each line is in; lines of one column share it."""
    found: list[Column] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or not follows(lines[index - 1], lines[index]):
            column = _column(lines[start:index])
            found += [column] * (index - start)
            start = index
    return found


def follows(before: Line, line: Line) -> bool:
    """Whether a line stands below the one before, on the same page and in the same column."""
    overlap = min(before.x1, line.x1) - max(before.x0, line.x0)
    return before.page == line.page and line.y < before.y + 1 and overlap > 0


def _column(lines: Sequence[Line]) -> Column:
    ordered = sorted(line.x0 for line in lines)
    size = median(line.size for line in lines)
    enough = max(1, int(_SHARE_AT_LEFT * len(lines)))
    left = next(
        (x for x in ordered if sum(0 <= y - x < size * 0.3 for y in ordered) >= enough),
        ordered[0],
    )
    return Column(left, max(line.x1 for line in lines), len(lines))


def usual(lines: Sequence[Line]) -> Usual:
    """Return what is usual in the lines of a document."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.6]
    steps: Counter[float] = Counter()
    indented = firsts = 0
    for before, line, after in zip(body, body[1:], body[2:], strict=False):
        if follows(before, line):
            steps[round((before.y - line.y) * 2) / 2] += 1
            if follows(line, after):
                firsts += 1
                indented += line.x0 - size * 0.6 > after.x0 and line.x0 - size * 0.6 > before.x0
    near = Counter({step: n for step, n in steps.items() if 0.8 * size < step < 2.5 * size})
    leading = near.most_common(1)[0][0] if near else 1.25 * size
    bold = sum(line.bold for line in body) > 0.4 * len(body)
    return Usual(size, leading, bold, indented > 0.04 * max(firsts, 1))
