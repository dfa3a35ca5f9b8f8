"""The lines of a page, from PDFium's characters: their words, where they are, how large."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from reader.capture.pdf.line import Line

_HYPHEN = "\ufffe"
"""What PDFium writes in the place of a hyphen at the end of a line whose word goes on."""
_ENDS = re.compile("[^\r\n\ufffe]+\ufffe?")
_WORD = re.compile(r"\S+")
_STEEP = 0.2  # radians; more is not meant to be read in this direction
_MOST = 200_000  # characters of a page that are looked at
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


class Page:
    """What PDFium knows of the text of one page.

    Args:
        page: The page's handle.
        text_page: The handle of its text.
        number: Its number, from 1.
    """

    def __init__(self, page: Any, text_page: Any, number: int) -> None:
        self._text = text_page
        self._number = number
        self._turned = pdfium.FPDFPage_GetRotation(page) % 4
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        self._all_have_text = False
        self._units = self._read()
        self._box = [ctypes.c_double() for _ in range(4)]

    def _read(self) -> str:
        """Return the characters as PDFium counts them, one for each UTF-16 unit."""
        count = min(pdfium.FPDFText_CountChars(self._text), _MOST)
        if count <= 0:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._text, 0, count, units)
        self._all_have_text = written - 1 == count
        return "".join(map(chr, units[: max(written - 1, 0)]))

    def lines(self) -> Iterator[Line]:
        """Yield the lines in the order in which the page draws them."""
        held: Line | None = None
        for found in _ENDS.finditer(self._units):
            line = self._line(found.start(), found.end())
            if line is None:
                continue
            if held is not None and _is_same(held, line):
                held = _merged(held, line)
                continue
            if held is not None:
                yield held
            held = line
        if held is not None:
            yield held

    def _line(self, start: int, end: int) -> Line | None:
        units = self._units[start:end]
        hyphen = units.endswith(_HYPHEN)
        words = [
            (m.start() + start, m.end() + start) for m in _WORD.finditer(units.rstrip(_HYPHEN))
        ]
        if not words:
            return None
        first, last = self._index(words[0][0]), self._index(words[-1][1] - 1)
        middle = self._index(words[len(words) // 2][0])  # the first may be a bullet
        if self._is_steep(middle):
            return None
        (x0, first_x1), (last_x0, x1) = self._span(*words[0]), self._span(*words[-1])
        return Line(
            text=_joined(self._units[words[0][0] : words[-1][1]]),
            x0=min(x0, last_x0),
            x1=max(first_x1, x1),
            y=self._base(middle),
            size=round(self._size(middle) * 2) / 2,
            bold=self._is_bold(first) and self._is_bold(last),
            hyphen=hyphen,
            page=self._number,
            first=first_x1 - x0,
            units=words,
        )

    def measure(self, line: Line) -> None:
        """Find out where the words of a line are; it takes long for all lines of a book."""
        if not line.words:
            line.words = [self._span(start, end) for start, end in line.units]

    def _span(self, start: int, end: int) -> tuple[float, float]:
        """Return where a word begins and ends across."""
        return self._edges(self._index(start))[0], self._edges(self._index(end - 1))[1]

    def _index(self, unit: int) -> int:
        """Return PDFium's index of a character from its place in the text."""
        if self._all_have_text:
            return unit
        return max(0, int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, unit)))

    def _edges(self, index: int) -> tuple[float, float]:
        """Return left and right edge of a character, on the page as it is shown."""
        left, right, bottom, top = self._box
        pdfium.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        if self._turned == 1:
            return bottom.value, top.value
        if self._turned == 2:
            return self.width - right.value, self.width - left.value
        if self._turned == 3:
            return self.width - top.value, self.width - bottom.value
        return left.value, right.value

    def _base(self, index: int) -> float:
        """Return the base line of a character, on the page as it is shown."""
        x, y, *_ = self._box
        pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        return (y.value, self.height - x.value, self.height - y.value, x.value)[self._turned]

    def _is_steep(self, index: int) -> bool:
        """Whether a character is drawn in another direction than the page is read in."""
        angle = float(pdfium.FPDFText_GetCharAngle(self._text, index))
        if angle < 0:
            return False
        turned = (angle + self._turned * math.pi / 2) % (2 * math.pi)
        return bool(min(turned, 2 * math.pi - turned) > _STEEP)

    def _size(self, index: int) -> float:
        """Return the size of a character's font as it is shown."""
        size = float(pdfium.FPDFText_GetFontSize(self._text, index))
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        return size

    def _is_bold(self, index: int) -> bool:
        if int(pdfium.FPDFText_GetFontWeight(self._text, index)) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        length: int = pdfium.FPDFText_GetFontInfo(self._text, index, name, 128, flags)
        return 0 < length <= 128 and bool(_BOLD_NAME.search(name.value.decode("latin-1")))


def _is_same(before: Line, line: Line) -> bool:
    """Whether two stretches are of one line, which was drawn in parts."""
    level = abs(before.y - line.y) < 0.3 * max(before.size, line.size)
    gap = line.x0 - before.x1
    return level and -0.3 * line.size < gap < 1.2 * line.size and not before.hyphen


def _merged(before: Line, line: Line) -> Line:
    larger = before if len(before.text) >= len(line.text) else line
    space = " " if line.x0 - before.x1 > 0.12 * line.size else ""
    units = [*before.units, *line.units]
    if not space:
        joint = len(before.units)
        units[joint - 1 : joint + 1] = [(before.units[-1][0], line.units[0][1])]
    return replace(
        before,
        text=f"{before.text}{space}{line.text}",
        x1=line.x1,
        y=larger.y,
        size=larger.size,
        bold=before.bold and line.bold,
        hyphen=line.hyphen,
        units=units,
    )


def _joined(units: str) -> str:
    """Return words with surrogate pairs made one, without signs that are no letters."""
    text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return " ".join(text.replace(_HYPHEN, "").replace("\ufeff", "").replace("\x02", "").split())
