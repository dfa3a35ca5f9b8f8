"""Where rows differ from those that are on the screen: only those cells are sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import compress, count
from operator import is_not, ne

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from reader.tui.layout import is_narrow
from reader.tui.widgets.cells import PLAIN, cells_of


def others(old: list[Strip], new: list[Strip]) -> Iterator[int]:
    """Return the rows that are not the same strip in two lists."""
    return compress(count(), map(is_not, old, new))


_SHIFTED = 6
"""Changed rows from which on they have moved, so that comparing their characters finds little."""


def dirty_regions(
    old: list[Strip],
    new: list[Strip],
    runs: Callable[[Strip, Strip], list[tuple[int, int]]],
) -> list[Region]:
    """Return the regions where two lists of strips differ: in each row the runs that changed.

    Args:
        old: What is on the screen, row by row.
        new: As many rows that shall be there.
        runs: Gives the cells of each run in which two rows differ; see `changed_runs`.
    """
    rows = [y for y in others(old, new) if old[y] != new[y]]
    differ = runs if len(rows) < _SHIFTED else lambda before, after: [_changed(before, after)]
    regions: list[Region] = []
    for y in rows:
        spans = differ(old[y], new[y])
        regions.extend(Region(start, y, max(end - start, 1), 1) for start, end in spans)
    return regions


_GAP = 5
"""Cells that are sent again rather than jumped over: a jump takes more bytes."""


def changed_runs(before: Strip, after: Strip) -> list[tuple[int, int]]:
    """Return the cells of each run in which two strips differ, those close together as one."""
    runs: list[tuple[int, int]] = []
    left, right, first, last = _unlike(before, after)
    for one, other in ((left, right), (right, left)):  # with an empty row little is alike
        if other and _is_empty(one) and before.cell_length == after.cell_length:
            return [(first, max(first + 1, last - _empty_at_end(other)))]
    for start, end in _differences(left, right, first, last):
        if runs and start - runs[-1][1] <= _GAP:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs or [_changed(before, after)]


def _unlike(before: Strip, after: Strip) -> tuple[list[Segment], list[Segment], int, int]:
    """Return what is left of two strips without the segments that they begin and end with alike.

    Returns:
        What is left of each, and the cells that it begins and ends at.
    """
    left, right = list(before), list(after)
    first, last = 0, after.cell_length
    most = min(len(left), len(right))
    at_end = 0
    same = _alike(left, right)
    if same:
        first = cells_of(right[:same])
    if before.cell_length == last:
        at_end = min(_alike(left[::-1], right[::-1]), most - same)
        if at_end:
            last -= cells_of(right[-at_end:])
    return left[same : len(left) - at_end], right[same : len(right) - at_end], first, last


def _alike(left: list[Segment], right: list[Segment]) -> int:
    """Return how many segments two rows begin with alike."""
    unlike = [*map(ne, left, right)]
    return unlike.index(True) if True in unlike else len(unlike)


def _is_empty(segments: list[Segment]) -> bool:
    """Whether segments are one of spaces on nothing: an empty row, or its end."""
    return len(segments) == 1 and segments[0].style in _NO_STYLES and segments[0].text.isspace()


def _empty_at_end(segments: list[Segment]) -> int:
    """Return how many cells at the end of segments are spaces on nothing."""
    text, style, _ = segments[-1]
    return len(text) - len(text.rstrip(" ")) if style in _NO_STYLES else 0


_NO_STYLES = (None, PLAIN)


def _parts(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Yield the parts in which two texts of one length differ, looked for in steps of a gap."""
    for start in range(0, len(new), _GAP):
        before, after = old[start : start + _GAP], new[start : start + _GAP]
        if before != after:
            first, last = 0, len(after)
            while before[first] == after[first]:
                first += 1
            while before[last - 1] == after[last - 1]:
                last -= 1
            yield start + first, start + last


def _differences(
    left: list[Segment], right: list[Segment], at: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield runs of cells that differ, in order, from one cell to another.

    Text in which a character is a cell is compared piece by piece, other text by whole segments.
    """
    text = "".join([segment.text for segment in (*left, *right)])
    compare = _by_cells if is_narrow(text) else _by_segments
    yield from compare(left, right, at, last)


def _by_cells(
    left: list[Segment], right: list[Segment], at: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield the runs that differ of text in which each character is a cell."""
    others = iter(right)
    theirs, their_style, seen = "", None, 0
    for text, style, _ in left:
        done, size = 0, len(text)
        while done < size:
            while seen == len(theirs):
                other = next(others, None)
                if other is None:
                    if at < last:
                        yield at, last
                    return
                theirs, their_style, _ = other
                seen = 0
            step = min(size - done, len(theirs) - seen)
            if style is not their_style and style != their_style:
                yield at, at + step
            else:
                old, new = text[done : done + step], theirs[seen : seen + step]
                if old != new:
                    for start, end in _parts(old, new):
                        yield at + start, at + end
            at, done, seen = at + step, done + step, seen + step
    if at < last:
        yield at, last


def _by_segments(
    left: list[Segment], right: list[Segment], at: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield the runs that differ, as far as segments are as wide; then what is left."""
    for a, b in zip(left, right, strict=False):
        size = a.cell_length
        if size != b.cell_length:
            break
        if a != b:
            yield at, at + size
        at += size
    if at < last:
        yield at, last


def _changed(before: Strip, after: Strip) -> tuple[int, int]:
    """Return the cells between what two strips begin and end with alike, by whole segments."""
    left, right, first, last = _unlike(before, after)
    if left and right and before.cell_length == after.cell_length:
        last -= min(_empty_at_end(left), _empty_at_end(right))
    return first, last
