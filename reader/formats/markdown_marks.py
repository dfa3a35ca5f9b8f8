"""The words of an article as Markdown, with the beginnings and ends of highlights in them.

``⟦¹The ministry said ⟦²that nothing happened⟧!²⟧+¹``: each end has the number of its highlight, so
that nested and overlapping ones can be told apart, and the closing one the symbols of its tags.
Where several people have marked the article, it says whose it is as well: ``⟧ana +¹``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from reader.domain.records import dataclass
from reader.domain.text import Block, Role, Span
from reader.domain.untrusted import safe
from reader.formats.markdown_text import at_start, inline

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEADINGS = (Role.HEADLINE, Role.SUBHEAD)
_TEXT_LEVEL = 2  # of the heading that the article's text stands under
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight as it stands in the text.

    Attributes:
        number: From 1.
        symbols: Of its tags.
        spans: Its stretches, the main one first.
        whose: Name of the annotator; empty where all of the article are one's.
    """

    number: int
    symbols: str
    spans: tuple[Span, ...]
    whose: str = ""

    @property
    def opening(self) -> str:
        """What stands where a stretch of it begins."""
        return f"⟦{str(self.number).translate(_SUPERSCRIPT)}"

    @property
    def closing(self) -> str:
        """What stands where a stretch of it ends."""
        whose = f"{' '.join(self.whose.split())} " if self.whose else ""
        words = inline(safe(f"{whose}{self.symbols}"))
        return f"⟧{words}{str(self.number).translate(_SUPERSCRIPT)}"


Event = tuple[int, int, int, str]
"""Offset, 0 for a closing and 1 for an opening, rank among those, and what stands there."""


class _Ends:
    """Gives the beginnings and ends of highlights as the blocks pass by.

    Only those that are open, and further stretches of those that were met, are kept.

    Args:
        marks: In the order of where they begin, the longest of those that begin together first.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = iter(marks)
        self._ahead = next(self._marks, None)
        self._later: list[tuple[int, int, int, Mark]] = []
        self._open: list[tuple[int, int, Mark]] = []
        self._opened = 0

    def of(self, block: Block, until: int) -> list[Event]:
        """Return what begins and ends in a block, or in the gap behind it, in order.

        Args:
            block: The block.
            until: Where the next one begins.
        """
        events = [
            (min(max(end, block.start), block.end), 0, -rank, mark.closing)
            for end, rank, mark in self._closing(until)
        ]
        for start, end, mark in self._beginning(block.end):
            self._opened += 1
            at = max(start, block.start)
            if end > until:
                heappush(self._open, (end, self._opened, mark))
                events.append((at, 1, self._opened, mark.opening))
            elif min(end, block.end) > at:
                events.append((at, 1, self._opened, mark.opening))
                events.append((min(end, block.end), 0, -self._opened, mark.closing))
            else:
                events.append((at, 1, self._opened, f"{mark.opening}{mark.closing}"))
        return sorted(events)

    def _closing(self, until: int) -> Iterator[tuple[int, int, Mark]]:
        while self._open and self._open[0][0] <= until:
            yield heappop(self._open)

    def _beginning(self, before: int) -> Iterator[tuple[int, int, Mark]]:
        """Yield the stretches that begin before an offset and were not given yet."""
        while True:
            if self._ahead is not None and self._ahead.spans[0].start < before:
                mark = self._ahead
                self._ahead = next(self._marks, None)
                for start, end in mark.spans:
                    heappush(self._later, (start, -end, mark.number, mark))
            elif self._later and self._later[0][0] < before:
                start, end, _, mark = heappop(self._later)
                yield start, -end, mark
            else:
                return


def marked_text(text: str, blocks: Iterable[Block], marks: Iterable[Mark]) -> Iterator[str]:
    """Yield an article's text as Markdown, piece by piece.

    Args:
        text: Canonical text.
        blocks: Its blocks, in order.
        marks: In the order of where they begin, the longest of those that begin together first.
    """
    ends = _Ends(marks)
    following = iter(blocks)
    block, depth = next(following, None), 0
    while block is not None:
        after = next(following, None)
        until = after.start if after is not None else len(text)
        lines = list(_lines(text, block, ends.of(block, until)))
        depth = min(max(block.level, 1), depth + 1) if block.role is Role.LIST_ITEM else 0
        if lines:
            yield _as_block(block, lines, depth)
            yield _between(block, after)
        block = after


def _lines(text: str, block: Block, events: list[Event]) -> Iterator[str]:
    """Yield the lines of a block with the marks in them; nothing in them begins a block."""
    line: list[str] = []
    at, bare = block.start, True
    for offset, _, _, sign in [*events, (block.end, 2, 0, "")]:
        first, *more = text[at:offset].split("\n")
        line.append(_without_heading(inline(safe(first))) if bare else inline(safe(first)))
        for part in more:
            yield from filter(None, [at_start("".join(line))])
            line, bare = [inline(safe(part))], True
        bare = bare and not line[-1].strip()
        line.append(sign)
        at = offset
    yield from filter(None, [at_start("".join(line))])


def _without_heading(words: str) -> str:
    """Return what stands first in a line, behind signs of marks, so that it is no heading there.

    It would be none behind a sign; but it is written the same as without one.
    """
    return re.sub(r"^(\s*)#", r"\1\\#", words)


def _as_block(block: Block, lines: list[str], depth: int) -> str:
    """Return a block as Markdown, without the end of its last line."""
    if block.role in _HEADINGS:
        level = min(_TEXT_LEVEL + max(block.level, 1), _DEEPEST)
        return f"{'#' * level} {heading(' '.join(lines))}"
    if block.role is Role.QUOTE:
        return "\n".join(f"{'> ' * max(block.level, 1)}{line}" for line in lines)
    if block.role is Role.LIST_ITEM:
        indent = "  " * (depth - 1)
        return "\n".join(f"{indent}{'  ' if n else '- '}{line}" for n, line in enumerate(lines))
    if block.role in (Role.CAPTION, Role.CREDIT):
        return f"*{' '.join(lines)}*"
    return "\n".join(lines)


def heading(line: str) -> str:
    """Return a heading's `inline` words; number signs at their end are no part of the markup."""
    words = line.rstrip("#")
    slashes = len(words) - len(words.rstrip("\\"))  # of an odd number the last is for the sign
    return words.rstrip("\\") + "\\" * (slashes // 2 * 2) + "\\#" * (len(line) - len(words))


def _between(block: Block, after: Block | None) -> str:
    """Return what parts a block from the next one."""
    if after is not None and block.role is after.role:
        if block.role is Role.BODY and after.level == 1:
            return "  \n"  # verse
        if block.role is Role.LIST_ITEM:
            return "\n"
    return "\n\n"
