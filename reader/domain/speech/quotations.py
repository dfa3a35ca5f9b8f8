"""Where quotations stand, by their marks: straight, curly, low, angled, nested, over paragraphs.

A mark alone does not say whether it opens or closes; what stands on both sides of it does, and
what is open at the time. Every character is looked at a bounded number of times, so the cost is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reader.domain.records import dataclass
from reader.domain.text import Block, Role, Span

_MARKS = re.compile("[\"'“”„‟«»‹›‘’‚「」『』＂]")
_PARTNERS = {
    "“": "”", "”": "”", "„": "“”‟", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "‘": "’", "‚": "‘’", "「": "」", "『": "』", '"': '"', "＂": "＂", "'": "'",
}  # fmt: skip
"""What may close a quotation, by the mark that opens it."""
_ALWAYS_CLOSES = "”」』"
_SINGLE = "'‘’‚‹›"
_BEFORE_OPENING = "([{<—–-/…:=*_"
_AFTER_CLOSING = ".,;:!?)]}>—–-/…*_"
_CLOSED_BY = frozenset(_AFTER_CLOSING + " \n\t\u00a0\u2009\u202f")
"""What may stand after a straight mark that closes."""
_LOOK_FOR_CLOSE = 400
"""Code points in which a single quotation mark must be closed; else it is an apostrophe."""
_DECADE = re.compile(r"['’]\d\ds?\b")
_ELISIONS = re.compile(r"['’](?:tis|twas|em|til|cause|n|round|bout)\b", re.IGNORECASE)
_NEVER_OVER = frozenset({Role.HEADLINE, Role.SUBHEAD, Role.CAPTION, Role.CREDIT})
"""Roles of blocks that no quotation goes on from, or into."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation.

    Attributes:
        parts: Its stretches with their marks, one for each paragraph that it goes through.
        inner: The same without the marks and the white space beside them.
        mark: The mark that opens it.
        closed: Whether a mark closes it; else it ends with its paragraph.
        depth: How many quotations it stands in.
    """

    parts: tuple[Span, ...]
    inner: tuple[Span, ...]
    mark: str
    closed: bool
    depth: int

    @property
    def span(self) -> Span:
        """From its first mark to its last."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(slots=True)
class _Open:
    """A quotation whose end is being looked for."""

    mark: str
    at: int
    depth: int
    parts: list[Span]
    inner: list[Span]


def quotations(text: str, blocks: Iterable[Block]) -> list[Quotation]:
    """Return the quotations of a text in the order of their beginnings.

    Args:
        text: Canonical text.
        blocks: Its blocks, in order.
    """
    found: list[Quotation] = []
    going_on: _Open | None = None
    for block, following in _with_next(blocks):
        reading = _Reading(text, block, going_on)
        reading.read()
        found += reading.found
        going_on = reading.left_open(following)
        found += reading.found_at_end
    return sorted(found, key=lambda item: (item.span.start, -item.span.end))


def _with_next(blocks: Iterable[Block]) -> Iterator[tuple[Block, Block | None]]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield before, block
        before = block
    if before is not None:
        yield before, None


class _Reading:
    """Reads the marks of one block.

    Args:
        text: The text.
        block: The block.
        going_on: The quotation that goes on from the block before.
    """

    def __init__(self, text: str, block: Block, going_on: _Open | None) -> None:
        self._text, self._block = text, block
        self._stack: list[_Open] = [going_on] if going_on else []
        self._skip = going_on.at if going_on else -1
        self.found: list[Quotation] = []
        self.found_at_end: list[Quotation] = []

    def read(self) -> None:
        """Read all marks."""
        for place in _MARKS.finditer(self._text, self._block.start, self._block.end):
            if place.start() != self._skip:
                self._mark(place.group(), place.start())

    def _mark(self, mark: str, at: int) -> None:
        closes = self._closes(mark, at)
        if closes is not None:
            self._close(closes, at)
        elif self._opens(mark, at):
            self._open(mark, at)

    # ------------------------------------------------------------------ what a mark does

    def _closes(self, mark: str, at: int) -> int | None:
        """Return which open quotation a mark closes, as its place in the stack, or None."""
        for index in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[index]
            if mark in _PARTNERS[opened.mark]:
                return index if self._may_close(mark, at, opened) else None
            if opened.mark not in _SINGLE:
                return None  # what is inside a double mark ends before that does
        return None

    def _may_close(self, mark: str, at: int, opened: _Open) -> bool:
        before, after = self._around(at)
        if at == opened.at + 1:
            return True  # nothing stands between them: both are dropped
        if mark in "'’":
            return self._single_closes(at, before, after)
        if mark == '"':
            # else it can only open another: the one before was never closed
            return not (before.isspace() and after and after not in _CLOSED_BY)
        return True

    def _single_closes(self, at: int, before: str, after: str) -> bool:
        """Whether a single mark closes a quotation, and is no apostrophe."""
        if after.isalnum() or before.isspace():
            return False
        if before not in "sS" or not after.isspace():
            return True
        follows = self._text[at + 1 : at + 3].strip()
        if not follows[:1].islower():
            return True
        # "the ministers' plan": a possessive, if the quotation is closed further on
        return not self._closed_later(at)

    def _closed_later(self, at: int) -> bool:
        """Whether a single mark further on closes what is open, before another one opens."""
        stop = min(at + _LOOK_FOR_CLOSE, self._block.end)
        for place in _MARKS.finditer(self._text, at + 1, stop):
            if place.group() in "‘‚":
                return False
            if place.group() in "'’":
                before, after = self._around(place.start())
                if after.isalnum():
                    if before.isspace() or not before:
                        return False
                    continue
                return not before.isspace()
        return False

    def _opens(self, mark: str, at: int) -> bool:
        if mark in _ALWAYS_CLOSES and mark != "”":
            return False
        before, after = self._around(at)
        if not after or (after.isspace() and mark not in "«"):
            return False
        free = not before or before.isspace() or before in _BEFORE_OPENING or before in _PARTNERS
        if mark in "'’‘":
            return free and self._single_opens(mark, at, after)
        if mark in '"＂':
            return free
        if mark in "”»›":
            return free and not after.isspace() and after not in _AFTER_CLOSING
        return True

    def _single_opens(self, mark: str, at: int, after: str) -> bool:
        if mark == "‘":
            return not _DECADE.match(f"'{self._text[at + 1 : at + 5]}") or self._closed_later(at)
        if mark == "’" or _DECADE.match(self._text, at) or _ELISIONS.match(self._text, at):
            return False
        return (after.isalnum() or after in '"“([£$€…') and self._closed_later(at)

    def _around(self, at: int) -> tuple[str, str]:
        """Return the characters before and after a place; empty beyond the block."""
        before = self._text[at - 1] if at > self._block.start else ""
        after = self._text[at + 1] if at + 1 < self._block.end else ""
        return before, after

    # ------------------------------------------------------------------ doing it

    def _open(self, mark: str, at: int) -> None:
        if self._stack and self._stack[-1].mark == mark and mark == '"':
            self._give_up(self._stack.pop(), at)
        self._stack.append(_Open(mark, at, len(self._stack), [], []))

    def _give_up(self, opened: _Open, at: int) -> None:
        """Let one end before the next one of its kind: somebody forgot to close it."""
        self._add(opened, Span(opened.at, _rstripped(self._text, opened.at, at)), closed=False)

    def _close(self, index: int, at: int) -> None:
        opened = self._stack[index]
        del self._stack[index:]
        self._add(opened, Span(opened.at, at + 1), closed=True)

    def _add(self, opened: _Open, part: Span, *, closed: bool) -> None:
        inner = _inner(self._text, part, closed)
        if not opened.parts and inner.start >= inner.end:
            return
        parts, inners = (*opened.parts, part), (*opened.inner, inner)
        self.found.append(Quotation(parts, inners, opened.mark, closed, opened.depth))

    def left_open(self, following: Block | None) -> _Open | None:
        """Return what goes on in the next block; what does not ends with this one."""
        if not self._stack or self._stack[0].mark in _SINGLE:
            return None
        opened = self._stack[0]
        part = Span(opened.at, _rstripped(self._text, opened.at, self._block.end))
        at = self._repeated(opened, following)
        if at is not None:
            inner = _inner(self._text, part, closed=False)
            return _Open(opened.mark, at, 0, [*opened.parts, part], [*opened.inner, inner])
        before = len(self.found)
        self._add(opened, part, closed=False)
        self.found_at_end = self.found[before:]
        return None

    def _repeated(self, opened: _Open, following: Block | None) -> int | None:
        """Return where the next block repeats the opening mark, because the quotation goes on."""
        if following is None or {following.role, self._block.role} & _NEVER_OVER:
            return None
        first = self._text[following.start]
        again = {opened.mark, "»"} if opened.mark == "«" else {opened.mark}
        return following.start if first in again else None


def _inner(text: str, part: Span, closed: bool) -> Span:
    """Return a part without its marks and the white space beside them."""
    start, end = part.start + 1, part.end - closed
    while start < end and text[start].isspace():
        start += 1
    return Span(start, _rstripped(text, start, end))


def _rstripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """Return those that stand in no other one."""
    return [item for item in found if item.depth == 0]
