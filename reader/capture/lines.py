"""From lines to paragraphs: which lines of a plain text belong together."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import field
from itertools import islice, pairwise

from reader.capture.marks import (
    BULLET,
    NUMBER,
    QUOTE_MARK,
    byline,
    ends_open,
    is_dateline,
    is_labelled,
    is_terminated,
)
from reader.domain.records import dataclass
from reader.domain.text import Role

_LINE = re.compile(r"\S[^\n]*+")
_SAMPLE = 4_000  # lines looked at to find out how a text is broken
_NARROWEST, _WIDEST = 30, 140  # code points a hard-wrapped line may have
_HEAD = 4  # paragraphs after which no byline or date is looked for
_DATE = 40  # code points that a line with a date has at most
_VERSE = 60  # lines shorter than this that follow each other are shown as lines


@dataclass(slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        start: First code point that is no white space.
        end: One past the last one.
        gap: Line feeds since the line before it (0 for the first; 2 or more is a blank line).
        indent: White space in front of it.
        first_word: Length of its first word.
        text: The line, trimmed.
    """

    start: int
    end: int
    gap: int
    indent: int
    first_word: int
    text: str

    @property
    def length(self) -> int:
        """Code points, indent included."""
        return self.end - self.start + self.indent


@dataclass(slots=True)
class Outline:
    """Paragraphs in columns: a text of many short lines must not cost an object each.

    Attributes:
        starts: First code points.
        ends: One past the last ones.
        levels: As in a block.
        lines: How many lines each has, at most 255.
        gaps: Line feeds before each, at most 255.
        roles: Roles by index; what is not there is body text.
        wrapped: Whether the text is hard-wrapped.
    """

    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    levels: bytearray = field(default_factory=bytearray)
    lines: bytearray = field(default_factory=bytearray)
    gaps: bytearray = field(default_factory=bytearray)
    roles: dict[int, Role] = field(default_factory=dict)
    wrapped: bool = False

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, start: int, end: int, role: Role, level: int, gap: int) -> None:
        """Add a paragraph of one line."""
        if role is not Role.BODY:
            self.roles[len(self.starts)] = role
        self.starts.append(start)
        self.ends.append(end)
        self.levels.append(min(level, 9))
        self.lines.append(1)
        self.gaps.append(min(gap, 255))

    def join(self, end: int) -> None:
        """Let the last paragraph go on to the end of another line."""
        self.ends[-1] = end
        self.lines[-1] = min(self.lines[-1] + 1, 255)

    def join_first(self, count: int) -> None:
        """Make one paragraph of body text of the first ones."""
        for column in (self.starts, self.levels, self.gaps):
            del column[1:count]
        del self.ends[: count - 1]
        self.lines[:count] = bytes([min(sum(self.lines[:count]), 255)])
        self.roles = {max(0, at - count + 1): role for at, role in self.roles.items()}

    def split_last(self, index: int, end: int, start: int) -> None:
        """Cut a paragraph in two: the first ends at ``end``, the second begins at ``start``.

        Only for the last paragraphs: those behind it are moved.
        """
        self.starts.insert(index + 1, start)
        self.ends.insert(index, end)
        self.levels.insert(index + 1, 0)
        self.lines.insert(index + 1, 1)
        self.gaps.insert(index + 1, 0)
        moved = {at: role for at, role in self.roles.items() if at > index}
        for at in moved:
            del self.roles[at]
        self.roles.update((at + 1, role) for at, role in moved.items())


def outline(text: str) -> Outline:
    """Return the paragraphs of a plain text with list items and quotations; linear.

    Blank lines separate paragraphs. Where lines follow each other without one, they are joined if
    the text is hard-wrapped (:func:`width` finds out), else each is a paragraph.
    """
    limit = width(text)
    found = Outline(wrapped=limit is not None)
    before: Line | None = None
    for line in _lines(text):
        _place(found, before, line, limit)
        before = line
    return found


def width(text: str) -> int | None:
    """Return the width at which a text is hard-wrapped, or None if it is not.

    In hard-wrapped text a long line ends where the first word of the next one would not have
    fitted, and sentences run on over line ends. Short lines (addresses, titles) do not count.
    """
    lines = list(islice(_lines(text), _SAMPLE))
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 1]
    lengths = sorted(a.length for a, _ in pairs)
    if not lengths:
        return None
    limit = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    if not _NARROWEST <= limit <= _WIDEST:
        return None
    if max(line.length for line in lines) > 4 * limit:
        return None
    long = [(a, b) for a, b in pairs if a.length >= 0.6 * limit]
    full = sum(_is_full(a, b, limit) for a, b in long)
    stopped = sum(is_terminated(a.text) for a, _ in long)
    wrapped = full >= 0.6 * len(long) and stopped <= 0.5 * len(long) and _flows(long)
    return limit if wrapped else None


def _flows(pairs: list[tuple[Line, Line]]) -> bool:
    """Whether sentences run on over line ends, as they do not in verse with capitals or lists."""
    open_ = [b.text[0] for a, b in pairs if not is_terminated(a.text)]
    lower = sum(map(str.islower, open_))
    upper = sum(map(str.isupper, open_))
    return bool(open_) and lower >= 0.3 * (lower + upper)


def _is_full(line: Line, following: Line, limit: int) -> bool:
    """Whether a line is as long as it can be in text of that width."""
    spaced = " " in line.text
    if line.length > 1.5 * limit:
        return False
    if not spaced:
        return line.length >= 0.9 * limit
    return line.length >= 0.5 * limit and line.length + 1 + following.first_word >= 0.9 * limit


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    before = 0
    for match in _LINE.finditer(text):
        line = match.group().rstrip()
        start = match.start()
        gap = text.count("\n", before, start)
        indent = start - max(text.rfind("\n", before, start) + 1, before)
        word = line.find(" ", 0, 64)
        yield Line(start, start + len(line), gap, indent, len(line) if word < 0 else word, line)
        before = start + len(line)


def _place(found: Outline, before: Line | None, line: Line, limit: int | None) -> None:
    """Join a line to the last paragraph, or begin another with it."""
    role, start, level = _marked(found, before, line, limit)
    last = found.roles.get(len(found) - 1, Role.BODY)
    if before and line.gap == 1:
        if role is Role.QUOTE:
            same = last is Role.QUOTE and found.levels[-1] == min(level, 9)
            if same and not is_terminated(before.text):
                found.join(line.end)
                return
        elif (
            role is Role.BODY
            and last is not Role.QUOTE
            and _goes_on(before, line, limit, last)
            and not _is_apart(found, line)
        ):
            found.join(line.end)
            return
        elif role is Role.BODY:
            level = _line_level(before, line, limit)
    found.add(start, line.end, role, level, line.gap)


def _marked(
    found: Outline, before: Line | None, line: Line, limit: int | None
) -> tuple[Role, int, int]:
    """Return role, start without the mark, and level, from the sign at the start of a line."""
    head = line.text[:300]
    quote = QUOTE_MARK.match(line.text) if head.startswith(">") else None
    if quote and quote.end() < len(line.text):
        return Role.QUOTE, line.start + quote.end(), line.text.count(">", 0, quote.end())
    last = found.roles.get(len(found) - 1, Role.BODY)
    running = limit is not None and line.gap == 1 and before and last is not Role.LIST_ITEM
    if running and before and not (is_terminated(before.text) or before.text.endswith(":")):
        return Role.BODY, line.start, 0
    depth = min(line.indent // 2, 8) + 1
    bullet = BULLET.match(head)
    if bullet:
        return Role.LIST_ITEM, line.start + bullet.end(), depth
    if NUMBER.match(head):
        return Role.LIST_ITEM, line.start, depth
    return Role.BODY, line.start, 0


def _goes_on(before: Line, line: Line, limit: int | None, last: Role) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if limit is None:
        return last is Role.LIST_ITEM and line.indent > before.indent
    if line.indent > before.indent + 1 and last is not Role.LIST_ITEM:
        return False
    return _is_full(before, line, limit) or line.text[0].islower()


def _is_apart(found: Outline, line: Line) -> bool:
    """Whether a line says what it is: it goes on with nothing, however long the one before is."""
    if len(found) < _HEAD and byline(line.text):
        return True
    # A date alone is a short line, and those are found only where a paragraph ends.
    if len(found) < _HEAD and line.length <= _DATE and ends_open(line.text):
        return is_dateline(line.text)
    return is_labelled(line.text)


def _line_level(before: Line, line: Line, limit: int | None) -> int:
    """Return 1 for a line that is shown directly under the one before it, else 0."""
    if limit is not None:
        return 0 if is_terminated(before.text) or line.indent > before.indent + 1 else 1
    return int(before.length < _VERSE and line.length < _VERSE)
