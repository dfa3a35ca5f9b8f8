"""The order in which the lines of a page are read: columns, one after the other.

Most programs write a page in reading order, and that order is kept. Where one has written across
two columns, its lines are cut at the gutter; where lines jump about, they are put in order by
where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.capture.pdf.line import Line

_WIDE = 0.55  # of the text's width: a line that long may go across two columns
_GAP = 0.9  # of the size: the least gutter
_MIDDLE = (0.3, 0.7)  # of the text's width: where a gutter can be
_MOST_CROSS = 0.34  # of the wide lines: so many may go across the gutter, such as headings
_FEWEST = 4  # lines that must have the gap
_SAMPLE = 12  # wide lines that are looked at first
_JUMPS = 0.12  # of the lines: so many may be out of order


def in_order(lines: Sequence[Line], measure: Callable[[Line], None]) -> list[Line]:
    """Return the lines of a page in the order in which they are read, cut at the gutter.

    Args:
        lines: As the page draws them.
        measure: Finds out where the words of a line are.
    """
    if len(lines) < 2:
        return list(lines)
    cut = _cut_at_gutter(lines, measure)
    if len(cut) == len(lines) and not _is_disordered(cut):
        return cut
    gutter = _gutter(cut)
    return _by_place(cut, gutter)


def _cut_at_gutter(lines: Sequence[Line], measure: Callable[[Line], None]) -> list[Line]:
    """Cut the lines that go across two columns, if there are two."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    wide = [line for line in lines if line.width > _WIDE * (right - left)]
    some = wide[:: len(wide) // _SAMPLE + 1]
    for line in some:
        measure(line)
    gutter = _gap_in_common(some, left, right)
    if gutter is None:
        return list(lines)
    for line in wide:
        measure(line)
    return [part for line in lines for part in _cut(line, gutter)]


def _gap_in_common(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Return a place in the middle where most lines have a gap between two words, or None."""
    width = right - left
    gaps = [
        (max(a[1], left + _MIDDLE[0] * width), min(b[0], left + _MIDDLE[1] * width))
        for line in lines
        for a, b in zip(line.words, line.words[1:], strict=False)
        if b[0] - a[1] > _GAP * line.size
    ]
    edges = sorted(
        edge for start, end in gaps if start < end for edge in ((start, 0, 1), (end, 1, -1))
    )
    best, here, place = 0, 0, None
    for at, _, step in edges:
        here += step
        if here > best:
            best, place = here, at
    enough = max(_FEWEST, (1 - _MOST_CROSS) * len(lines))
    return place + 0.01 if place is not None and best >= enough else None


def _cut(line: Line, gutter: float) -> list[Line]:
    """Return the parts of a line before and behind the gutter, if no word goes across it."""
    before = [word for word in line.words if word[1] <= gutter]
    after = [word for word in line.words if word[0] >= gutter]
    if not before or not after or len(before) + len(after) < len(line.words):
        return [line]
    if after[0][0] - before[-1][1] < _GAP * line.size:
        return [line]
    words = line.text.split(" ")
    count = len(before)
    return [
        replace(line, text=" ".join(words[:count]), x1=before[-1][1], hyphen=False, words=before),
        replace(
            line,
            text=" ".join(words[count:]),
            x0=after[0][0],
            first=after[0][1] - after[0][0],
            words=after,
        ),
    ]


def _is_disordered(lines: Sequence[Line]) -> bool:
    """Whether too many lines stand above the one that was drawn before them, in its column."""
    jumps = sum(
        after.y > before.y + before.size and after.x0 < before.x1 - 0.2 * before.width
        for before, after in pairwise(lines)
    )
    return jumps > max(2, _JUMPS * len(lines))


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return a place in the middle that few lines go across, with lines on both its sides."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best, place = len(lines) * _MOST_CROSS, None
    for step in range(31):
        at = left + (right - left) * (_MIDDLE[0] + step / 30 * (_MIDDLE[1] - _MIDDLE[0]))
        crossing = sum(line.x0 < at < line.x1 for line in lines)
        sides = min(sum(line.x1 <= at for line in lines), sum(line.x0 >= at for line in lines))
        if crossing < best and sides >= _FEWEST:
            best, place = crossing, at
    return place


def _by_place(lines: Sequence[Line], gutter: float | None) -> list[Line]:
    """Return the lines from top to bottom, the left column before the right one.

    A line across both columns ends what is above it.
    """
    found: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in sorted(lines, key=lambda line: (-round(line.y), line.x0)):
        if gutter is None or line.x0 < gutter < line.x1:
            found += [*sides[0], *sides[1], line]
            sides = ([], [])
        else:
            sides[line.x0 >= gutter].append(line)
    return [*found, *sides[0], *sides[1]]
