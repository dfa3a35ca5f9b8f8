"""Text measured in terminal cells: cut it, wrap it, lay it in rows.

Every function takes raw text and makes it safe first; the cost depends on the cells asked for, not
on the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.strip import Strip

from reader.domain.untrusted import safe
from reader.tui.layout import is_narrow

ELLIPSIS = "…"
PLAIN = Style()

_TEXT = itemgetter(0)
"""The text of a segment."""

_NO_BREAK = "\u00a0"
_MARKS_PER_CELL = 8
"""Code points looked at per cell: more than that are combining marks piled up to do harm."""


def _head(text: str, cells: int) -> tuple[str, bool]:
    """Return as much of the text as can matter for that many cells, and whether more follows."""
    limit = cells * _MARKS_PER_CELL + 16
    return safe(text[:limit]), len(text) > limit


def clip(text: str, width: int) -> str:
    """Return the text cut to at most ``width`` cells, with an ellipsis if anything is missing."""
    if width <= 0:
        return ""
    head, more = _head(text, width)
    if not more and width_of(head) <= width:
        return head
    return _sized(head, width - 1).rstrip().removesuffix(ELLIPSIS) + ELLIPSIS


def _sized(text: str, width: int) -> str:
    """Return safe text cut or padded to a width."""
    return text[:width].ljust(width) if is_narrow(text) else set_cell_size(text, width)


def fit(text: str, width: int) -> str:
    """Return the text cut or padded to exactly ``width`` cells."""
    return _sized(clip(text, width), max(width, 0))


def wrap(text: str, width: int, max_rows: int) -> list[str]:
    """Return the text in rows of at most ``width`` cells, broken at spaces where there are any.

    Line feeds begin a new row. If there are more than ``max_rows`` rows, the last ends with an
    ellipsis.
    """
    if width <= 0 or max_rows <= 0:
        return []
    limit = (width * _MARKS_PER_CELL + 16) * max_rows
    rows: list[str] = []
    for line in text[:limit].split("\n"):
        rows.extend(_wrap_line(safe(line), width))
        if len(rows) > max_rows:
            break
    if len(rows) > max_rows or len(text) > limit:
        rows = rows[:max_rows]
        last = _sized(rows[-1], min(width_of(rows[-1]), width - 1)).rstrip()
        rows[-1] = last.removesuffix(ELLIPSIS) + ELLIPSIS
    return rows


def _words(line: str) -> list[str]:
    """Return what a row may be broken between; a no-break space keeps two words together."""
    if _NO_BREAK not in line:
        return line.split()
    return [word.replace("\0", " ") for word in line.replace(_NO_BREAK, "\0").split()]


def _wrap_line(line: str, width: int) -> list[str]:
    """Return one safe line in rows; a word longer than a row is cut."""
    rows: list[str] = []
    row, room = "", width
    for word in _words(line):
        cells = width_of(word)
        if row and cells + 1 <= room:
            row, room = f"{row} {word}", room - cells - 1
            continue
        if row:
            rows.append(row)
        *full, row = chop_cells(word, width) if cells > width else [word]
        rows.extend(full)
        room = width - width_of(row)
    rows.append(row)
    return rows


class Row(Strip):
    """A strip with none of its caches for what Textual makes of it, until it makes that.

    Making seven of them takes longer than painting a row that is then sent as it is.

    Args:
        segments: What it consists of; kept as it is.
        cell_length: The cells of that.
    """

    __slots__ = ()

    def __init__(self, segments: list[Segment], cell_length: int) -> None:
        self._segments = segments
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """Make a cache that was never asked for."""
        if not name.endswith("_cache"):
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(16)
        setattr(self, name, cache)
        return cache


def seg(text: str, style: Style = PLAIN) -> Segment:
    """Return a segment of safe text."""
    return Segment(safe(text), style)


def width_of(text: str) -> int:
    """Return the cells that a safe text takes."""
    return len(text) if is_narrow(text) else cell_len(text)


def cells_of(segments: Iterable[Segment]) -> int:
    """Return the width of the segments in cells, looked up at once where that can be."""
    texts = [*map(_TEXT, segments)]
    text = "".join(texts)
    return len(text) if is_narrow(text) else sum(map(cell_len, texts))


def row(segments: Iterable[Segment], width: int, style: Style = PLAIN) -> Strip:
    """Return a strip of exactly ``width`` cells, padded with ``style``.

    What has no room ends in an ellipsis, unless it is empty.
    """
    parts = [segment for segment in segments if segment.text]
    used = cells_of(parts)
    if used > width:
        return _cut(Row(parts, used), max(width, 0), style)
    if used < width:
        parts.append(Segment(" " * (width - used), style))
    return Row(parts, width)


def uncut(texts: Iterable[str], width: int) -> list[Strip]:
    """Return texts in a row each, of ``width`` cells, or of as many as the text takes."""
    return [row([part], max(width, width_of(part.text))) for part in map(seg, texts)]


def _cut(strip: Strip, width: int, style: Style) -> Strip:
    """Return the first cells of a strip, the last of them an ellipsis if words are missing."""
    if not width or strip.crop(width).text.isspace():
        return strip.adjust_cell_length(width, style)
    head = list(strip.crop(0, width - 1))
    last = head[-1].style if head else PLAIN
    mark = " " if head and head[-1].text.endswith(ELLIPSIS) else ELLIPSIS
    return Row([*head, Segment(mark, last)], width)


def split_row(left: list[Segment], right: list[Segment], width: int, style: Style = PLAIN) -> Strip:
    """Return a strip with one part at the left edge and one at the right; the right one wins."""
    space = width - cells_of(right)
    return row([*row(left, space, style), *right] if space > 0 else right, width, style)
