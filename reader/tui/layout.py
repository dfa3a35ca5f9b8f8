"""Wrapping text into rows, and the arithmetic of offsets, rows and cells; knows no interface.

Three measures meet here. An *offset* is a code point of the document. A *position* is a code point
of a block's flow, the text as it stands on the screen: line ends inside a block have become one
space there. A *cell* is a column of the terminal, of which a character takes none, one or two.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import lru_cache

from reader.domain.late import Late, LatePattern
from reader.domain.untrusted import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich import cells as measured
else:
    measured = Late("rich.cells")  # most texts have nothing in them that needs measuring

_EUROPEAN = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x180), *range(0x391, 0x3CA), *range(0x400, 0x460)))
) | {*"\xa0«»°·…–—‘’‚“”„•€−\ufffd"}
"""Characters of which most texts consist: each takes one cell. In an article's first words they
spare the compiling of the expression for all of them, and the import of what compiles it."""

_NARROW = LatePattern(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0587"
    "\u05d0-\u05ea\u10d0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20bf"
    "\u2100-\u2199\u21c4\u2200-\u22ff\u2500-\u25fc\u2713\u2717\u27e6\u27e7\ufffd]*"
)
"""Text in which each character surely takes one cell: then a position is a cell."""

_JOINER = "\u200d"
_IDLE_JOINER = LatePattern(r"\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")
"""A zero-width joiner that joins no emoji; widths are measured wrongly after it."""

_INVISIBLE = "\u2060"
_SOFT_HYPHEN = "\xad"  # terminals differ on whether it takes a cell

_NEVER_FIRST = frozenset(
    "!%),.:;?]}»’”…‥、。〉》」』】〕〗〙〛！％），．：；？］｝～・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
"""Characters that no row begins with where text without spaces is broken."""

_NEVER_LAST = frozenset("([{«‘“〈《「『【〔〖〘〚（［｛")
"""Characters that no row ends with where text without spaces is broken."""

_SMALL_ALPHABETS_END = "\u2e80"  # wide characters after it may be broken between; before it, not


def displayed(text: str) -> str:
    """Return what is drawn for a text: safe for a terminal, and character for character as long."""
    text = safe(text)
    if text.isascii():
        return text
    text = text.replace(_SOFT_HYPHEN, _INVISIBLE)
    return _IDLE_JOINER.sub(_INVISIBLE, text) if _JOINER in text else text


def is_narrow(text: str) -> bool:
    """Return whether each character of a displayed text surely takes exactly one cell."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def width_of(text: str) -> int:
    """Return the cells that a displayed text takes."""
    return measured.cell_len(text)


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    return width_of(character)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield what must stay together: (first position, one past the last, cells).

    A character with the combining marks, joiners, variation selectors and skin tones on it, an
    emoji sequence, or the two letters of a flag. The cells add up to those of the whole text.

    Args:
        text: Displayed text.
    """
    start, flag_halves, previous = 0, 0, ""
    for position, character in enumerate(text):
        half = _is_flag_half(character)
        marks = not _width(character) and previous != " "  # a space can hang, so it stays alone
        joined = marks or previous == _JOINER or (half and flag_halves % 2 == 1)
        if position and not joined:
            yield start, position, _cells(text, start, position)
            start = position
        flag_halves = flag_halves + 1 if half else 0
        previous = character
    if text:
        yield start, len(text), _cells(text, start, len(text))


def _cells(text: str, start: int, end: int) -> int:
    return _width(text[start]) if end - start == 1 else width_of(text[start:end])


def wrap(text: str, width: int) -> array[int]:
    """Return the position at which each row begins.

    Rows break after spaces, which hang invisibly behind the end; between ideographs; and inside a
    word only when it is longer than a row. A row is at most ``width`` cells wide, unless a single
    character is wider than that.

    Args:
        text: Displayed text.
        width: Cells of a row; less than one counts as one.
    """
    return _wrapped(text, width, narrow=is_narrow(text))


def _wrapped(text: str, width: int, *, narrow: bool) -> array[int]:
    return (_wrap_narrow if narrow else _wrap_any)(text, max(width, 1))


def _wrap_narrow(text: str, width: int) -> array[int]:
    starts = array("L", [0])
    start, length, find = 0, len(text.rstrip(" ")), text.rfind
    while length - start > width:
        cut = find(" ", start, start + width + 1)
        if cut <= start or text[start:cut].isspace():
            start += width
        else:
            start = cut + 1
            while start < length and text[start] == " ":
                start += 1
        if start < length:
            starts.append(start)
    return starts


def _wrap_any(text: str, width: int) -> array[int]:
    starts = array("L", [0])
    row = chance = cells = cells_at_chance = 0
    inked, previous = False, " "
    for first, _, size in clusters(text):
        character = text[first]
        if character != " ":
            if inked and (previous == " " or _may_part(previous, character)):
                chance, cells_at_chance = first, cells
            while cells + size > width and first > row:
                if chance > row:
                    row, cells = chance, cells - cells_at_chance
                else:
                    row, cells = first, 0
                starts.append(row)
            inked = True
        cells += size
        previous = character
    return starts


def _may_part(before: str, after: str) -> bool:
    """Return whether a row may end between two characters that no space parts."""
    wide = (before >= _SMALL_ALPHABETS_END and _width(before) == 2) or (
        after >= _SMALL_ALPHABETS_END and _width(after) == 2
    )
    return wide and after not in _NEVER_FIRST and before not in _NEVER_LAST


def _folds(source: str) -> Iterator[tuple[int, int]]:
    """Yield what flows as one space: each line end with the white space around it."""
    line_end, done = source.find("\n"), 0
    while line_end >= 0:
        start, end = line_end, line_end + 1
        while start > done and source[start - 1] in " \t":
            start -= 1
        while end < len(source) and source[end].isspace():
            end += 1
        yield start, end
        line_end, done = source.find("\n", end), end


class Flow:
    """One block wrapped into rows.

    Args:
        source: The whole text.
        start: First offset of the block.
        end: One past its last offset.
        width: Cells of a row.
    """

    __slots__ = (
        "_fold_ends",
        "_fold_places",
        "_fold_starts",
        "end",
        "narrow",
        "start",
        "starts",
        "text",
    )

    def __init__(self, source: str, start: int, end: int, width: int) -> None:
        self.start = start
        self.end = end
        self._fold_places = array("L")
        self._fold_starts = array("L")
        self._fold_ends = array("L")
        self.text = displayed(self._folded(source[start:end]))
        self.narrow = _EUROPEAN.issuperset(self.text) or is_narrow(self.text)
        self.starts = _wrapped(self.text, width, narrow=self.narrow)

    def _folded(self, source: str) -> str:
        if "\n" not in source:
            return source
        parts, done, hidden = [], 0, 0
        for start, end in _folds(source):
            parts.append(source[done:start])
            self._fold_places.append(start - hidden)
            self._fold_starts.append(start)
            self._fold_ends.append(end)
            done = end
            hidden += end - start - 1
        return " ".join((*parts, source[done:]))

    def __len__(self) -> int:
        """Return the number of rows, at least one."""
        return len(self.starts)

    def position(self, offset: int) -> int:
        """Return the position of an offset, clamped to the block."""
        within = min(max(offset, self.start), self.end) - self.start
        fold = bisect_right(self._fold_starts, within) - 1
        if fold < 0:
            return within
        if within < self._fold_ends[fold]:
            return self._fold_places[fold]
        return self._fold_places[fold] + 1 + within - self._fold_ends[fold]

    def offset(self, position: int) -> int:
        """Return the offset of a position."""
        fold = bisect_right(self._fold_places, position) - 1
        if fold < 0:
            return self.start + position
        behind = position - self._fold_places[fold]
        if not behind:
            return self.start + self._fold_starts[fold]
        return self.start + self._fold_ends[fold] + behind - 1

    def row_of(self, position: int) -> int:
        """Return the row that shows a position."""
        return max(0, bisect_right(self.starts, position) - 1)

    def row_end(self, row: int) -> int:
        """Return one past the last position of a row, hanging spaces included."""
        return self.starts[row + 1] if row + 1 < len(self.starts) else len(self.text)

    def row_text(self, row: int) -> str:
        """Return what a row shows, without the spaces that hang behind its end."""
        return self.text[self.starts[row] : self.row_end(row)].rstrip(" ")

    def cell(self, row: int, position: int) -> int:
        """Return the cell, counted from the row's first, at which a position is drawn."""
        first = self.starts[row]
        return position - first if self.narrow else width_of(self.text[first:position])

    def position_at(self, row: int, cell: int) -> int:
        """Return the position drawn at a cell of a row, clamped to what the row shows."""
        first, shown = self.starts[row], self.row_text(row)
        if self.narrow:
            return first + min(max(cell, 0), max(0, len(shown) - 1))
        found = reached = 0
        for begin, _, size in clusters(shown):
            if size and reached > cell:
                break
            found = begin if size else found
            reached += size
        return first + found
