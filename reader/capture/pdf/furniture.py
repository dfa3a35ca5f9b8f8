"""What stands on page after page and is not read: running heads, running feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reader.capture.pdf.line import Line

_EDGE = 3  # lines at the top and at the bottom of a page that are looked at
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[\[(–—\-\s|]*(?:page|seite|p\.|pág\.|стр\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|von|de|из)\s*\d{1,4})?[\])–—\-\s|.]*",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:page|seite)\s*\d|\d\s*(?:of|/|von)\s*\d", re.IGNORECASE)
_FEW = 3  # pages on which something must stand to be furniture
_SHARE = 0.2  # of all pages; half of those on one side of a book, for one chapter in two
_SAME_PLACE = 12.0  # points
_APART = 1.6  # of the size: a number at the edge is that far from the text


def without_furniture(pages: Sequence[list[Line]], height: float) -> list[list[Line]]:
    """Return the lines of the pages without what is not read.

    Args:
        pages: The lines of each page, in reading order.
        height: Of a page, in points.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_key(line) for edge in _edges(lines) for line in edge[:_EDGE]})
    enough = max(_FEW, _SHARE * sum(map(bool, pages)))
    common = {key for key, count in seen.items() if count >= enough}
    return [_kept(lines, common, height) for lines in pages]


def _edges(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines from the top inwards, and from the bottom inwards."""
    ordered = sorted(lines, key=lambda line: -line.y)
    return ordered, ordered[::-1]


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same on each page: the words without numbers, and the place."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.y / _SAME_PLACE)


def _kept(lines: list[Line], common: set[tuple[str, int]], height: float) -> list[Line]:
    drop: set[int] = set()
    for edge in _edges(lines):
        drop |= {id(line) for line in _set_apart(edge, common)}
    for at_top in (True, False):
        number = _page_number(lines, drop, height, at_top=at_top)
        drop |= {id(number)} if number is not None else set()
    return [line for line in lines if id(line) not in drop]


def _set_apart(edge: list[Line], common: set[tuple[str, int]]) -> list[Line]:
    """Return the lines at an edge that stand on many pages and are set apart from the text."""
    last = 0
    for index, line in enumerate(edge[:_EDGE], 1):
        if not any((_key(line)[0], _key(line)[1] + step) in common for step in (-1, 0, 1)):
            break
        if index == len(edge) or abs(edge[index].y - line.y) > _APART * line.size:
            last = index
    return edge[:last]


def _page_number(lines: list[Line], drop: set[int], height: float, *, at_top: bool) -> Line | None:
    """Return the line at the edge that is nothing but the page's number, or None."""
    left = sorted((line for line in lines if id(line) not in drop), key=lambda line: -line.y)
    if len(left) < 2:
        return None
    outer, inner = (left[0], left[1]) if at_top else (left[-1], left[-2])
    if not _NUMBER.fullmatch(outer.text):
        return None
    margin = outer.y > 0.88 * height if at_top else outer.y < 0.12 * height
    apart = abs(inner.y - outer.y) > _APART * max(inner.size, outer.size)
    return outer if (margin and apart) or _SAID.search(outer.text) else None
