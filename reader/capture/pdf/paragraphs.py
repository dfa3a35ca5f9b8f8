"""Lines to paragraphs: which line goes on with the one before it, and how they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from enum import Enum

from reader.capture.building import PAGE
from reader.capture.pdf.columns import Column, Usual, columns_of, follows
from reader.capture.pdf.line import Line
from reader.domain.records import dataclass

_LARGE, _SMALL = 1.14, 0.93  # times the usual size
_LONGEST_HEADING = 200
_LONGEST_BOLD = 110
_WIDE_GAP = 1.35  # times the usual leading: more is between paragraphs
_INDENT = 0.6  # of the size
_ROOM = 1.5  # of the size: so much more than the next word needs is no accident
_BULLET = re.compile(r"[•●▪◦‣∙■□◆➢\uf0b7\uf0a7]\s*")
_ITEM = re.compile(r"(?:[-–—*]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+")
_TERMINAL = re.compile(r"[.!?:…。！？][\"'”’»)\]]*(?:\d{1,3})?$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_LEADER = re.compile(r"\s*(?:[.·…_]\s?){4,}\s*(?=[\divxlc]{0,6}$)")
_LAST = re.compile(r"([^\W\d_]+)-?$")
_FIRST = re.compile(r"[^\W\d_]+")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


class Kind(Enum):
    """What a line is, by its look."""

    BODY = "body"
    HEADING = "heading"
    SMALL = "small"


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: The lines.
        kind: What they are.
        item: Whether it begins as an item of a list does.
    """

    lines: list[Line]
    kind: Kind
    item: bool = False
    text: str = field(default="")

    @property
    def size(self) -> float:
        """Size of the letters."""
        return self.lines[0].size


def is_leader(line: Line) -> bool:
    """Whether a line is an entry of a table of contents, with dots up to its page."""
    text = line.text
    dotted = ".." in text or ". ." in text or "··" in text or "…" in text or "__" in text
    return dotted and _LEADER.search(text) is not None


def kind_of(line: Line, usual: Usual) -> Kind:
    """Return what a line is, by its size and weight, or by the PDF's own contents."""
    if line.level:
        return Kind.HEADING
    if is_leader(line):
        return Kind.BODY
    if line.size > _LARGE * usual.size and len(line.text) <= _LONGEST_HEADING:
        return Kind.HEADING
    bold = line.bold and not usual.bold and len(line.text) <= _LONGEST_BOLD
    if bold and not line.text.endswith((".", ",", ";")) and line.size > _SMALL * usual.size:
        return Kind.HEADING
    return Kind.SMALL if line.size < _SMALL * usual.size else Kind.BODY


class Reflow:
    """Makes paragraphs of lines.

    Args:
        lines: In reading order.
        usual: What is usual in the document.
    """

    def __init__(self, lines: Sequence[Line], usual: Usual) -> None:
        self._lines = lines
        self._usual = usual
        self._columns = columns_of(lines)
        self._vocabulary = {  # without those at the edges of lines, which may be half ones
            word.casefold() for line in lines for word in _FIRST.findall(line.text)[1:-1]
        }
        self._hyphenated = {word.casefold() for line in lines for word in _WORD.findall(line.text)}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs, with their text."""
        current: Paragraph | None = None
        for index, line in enumerate(self._lines):
            kind = kind_of(line, self._usual)
            if current is not None and self._goes_on(current, index, kind):
                current.lines.append(line)
                continue
            if current is not None:
                yield self._written(current)
            current = Paragraph([line], kind, self._begins_item(index))
        if current is not None:
            yield self._written(current)

    # ------------------------------------------------------------------ what goes on

    def _goes_on(self, current: Paragraph, index: int, kind: Kind) -> bool:
        """Whether a line goes on with the paragraph before it."""
        before, line = self._lines[index - 1], self._lines[index]
        if is_leader(before) or is_leader(line) or line.level != before.level:
            return False
        if kind is not current.kind:
            return self._goes_on_smaller(before, line, {kind, current.kind})
        if not follows(before, line):
            return self._goes_on_elsewhere(current, index)
        gap = before.y - line.y
        if kind is Kind.HEADING:
            return abs(line.size - before.size) < 1 and gap < 1.9 * line.size
        if abs(line.size - before.size) > 1.2 or gap > self._widest(line):
            return False
        if before.hyphen:
            return True
        if current.item and line.x0 > current.lines[0].x0 + 0.3 * line.size:
            return not self._begins_item(index)
        return not (self._begins_item(index) or self._is_first(index) or self._ends_early(index))

    def _goes_on_smaller(self, before: Line, line: Line, kinds: set[Kind]) -> bool:
        """Whether a line of other letters, such as an address in it, goes on with a sentence."""
        if Kind.HEADING in kinds or not follows(before, line) or _TERMINAL.search(before.text):
            return False
        return before.y - line.y <= self._usual.leading * 1.1

    def _widest(self, line: Line) -> float:
        """Return the widest gap inside a paragraph of letters of that size."""
        return _WIDE_GAP * self._usual.leading * max(line.size / self._usual.size, 0.8)

    def _goes_on_elsewhere(self, current: Paragraph, index: int) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        before, line = self._lines[index - 1], self._lines[index]
        if current.kind is Kind.HEADING or self._begins_item(index):
            return False
        if before.hyphen or line.text[:1].islower():
            return True
        if self._room_behind(index - 1) > 0.3 * self._width(index - 1):
            return False
        if not _TERMINAL.search(before.text):
            return True
        is_full = self._room_behind(index - 1) < _ROOM * line.size
        return self._usual.indents and is_full and not self._is_indented(index)

    def _begins_item(self, index: int) -> bool:
        """Whether an item of a list begins; a dash or number may also begin any line."""
        line = self._lines[index]
        if _BULLET.match(line.text):
            return True
        if not _ITEM.match(line.text):
            return False
        if index == 0 or not follows(self._lines[index - 1], line):
            return True
        return self._ends_early(index) or bool(_TERMINAL.search(self._lines[index - 1].text))

    def _is_indented(self, index: int) -> bool:
        line = self._lines[index]
        return line.x0 - self._columns[index].left > _INDENT * line.size

    def _is_first(self, index: int) -> bool:
        """Whether a line is indented as the first of a paragraph, not as part of a quotation."""
        if not self._is_indented(index):
            return False
        line = self._lines[index]
        after = self._lines[index + 1] if index + 1 < len(self._lines) else None
        if after is not None and follows(line, after):
            return line.x0 - after.x0 > _INDENT * line.size
        return line.x0 - self._lines[index - 1].x0 > _INDENT * line.size

    def _ends_early(self, index: int) -> bool:
        """Whether the line before left out what would have had room in it."""
        before, line = self._lines[index - 1], self._lines[index]
        room = self._room_behind(index - 1) - line.first
        if _TERMINAL.search(before.text):
            return room > _ROOM * line.size
        return room > 0.35 * self._width(index - 1) and not line.text[:1].islower()

    def _room_behind(self, index: int) -> float:
        return self._columns[index].right - self._lines[index].x1

    def _width(self, index: int) -> float:
        column: Column = self._columns[index]
        return max(column.right - column.left, 1.0)

    # ------------------------------------------------------------------ how it is joined

    def _written(self, paragraph: Paragraph) -> Paragraph:
        """Join the words of a paragraph; where a page begins stands a page mark."""
        first = paragraph.lines[0]
        text = first.text
        for before, line in zip(paragraph.lines, paragraph.lines[1:], strict=False):
            mark = PAGE * (line.page - before.page)
            text = self._joined(text, before, line.text, mark)
        if paragraph.item:
            text = _BULLET.sub("", text, count=1)
            text = re.sub(r"^[-–—*]\s+", "", text)
        paragraph.text = _LEADER.sub(" … ", text)
        return paragraph

    def _are_two_words(self, last: str, first: str) -> bool:
        """Whether both parts of a word are words of the text, and what they make is none."""
        both = min(len(last), len(first)) > 2 and {last, first} <= self._vocabulary
        return both and last + first not in self._vocabulary

    def _joined(self, text: str, before: Line, more: str, mark: str) -> str:
        last, first = _LAST.search(text[-80:]), _FIRST.match(more)
        dash = text.endswith("-")
        if last and first and (before.hyphen or (dash and more[:1].islower())):
            text = text.removesuffix("-")
            whole = f"{last[1]}-{first[0]}".casefold()
            keep = whole in self._hyphenated or not more[:1].islower()
            keep = keep or self._are_two_words(last[1].casefold(), first[0].casefold())
            return f"{text}-{mark}{more}" if keep else f"{text}{mark}{more}"
        if before.hyphen:
            return f"{text}-{mark}{more}"
        if dash or (_CJK.match(text[-1:]) and _CJK.match(more)):
            return f"{text}{mark}{more}"
        return f"{text} {mark}{more}"
