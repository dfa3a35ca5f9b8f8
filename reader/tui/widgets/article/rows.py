"""The rows of a document: which block stands where, wrapped only as far as someone looks.

A row is addressed by its block and its number in the block, never by an absolute number: that
would need the wrapping of everything before it. Nothing here knows Textual.
"""

from __future__ import annotations

from collections import OrderedDict

from reader.domain.records import NamedTuple
from reader.domain.text import Block, Role
from reader.tui.layout import Flow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.domain.document import Document

_KEPT_FLOWS = 1024
_KEPT_CHARACTERS = 1_000_000
_DEEPEST = 4
"""Levels of quotes and lists that are told apart by indentation."""

_BULLETS = frozenset("-*+•‣–—")
_MARKED_WITHIN = 12
"""Code points from the beginning of a list item in which its own bullet or number stands."""


class Place(NamedTuple):
    """A row of the document: a block, and a row in it. The empty rows above it count first."""

    block: int
    row: int


class Laid(NamedTuple):
    """A block as it is laid out.

    Attributes:
        block: The block.
        gap: Empty rows above it.
        first: What stands in front of its first row.
        rest: What stands in front of its other rows, as wide as ``first`` or a marker.
        flow: Its rows.
    """

    block: Block
    gap: int
    first: str
    rest: str
    flow: Flow

    @property
    def height(self) -> int:
        """Rows it takes, with the empty ones above it."""
        return self.gap + len(self.flow)

    def front(self, row: int) -> str:
        """Return what stands in front of a row of the flow."""
        return self.rest if row else self.first


class Rows:
    """The rows of a document at one width.

    Args:
        document: The document.
        width: Cells of a row.

    Attributes:
        wrapped: Code points wrapped so far; the tests watch that it stays small.
    """

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = width
        self.wrapped = 0
        self._kept: OrderedDict[int, Laid] = OrderedDict()
        self._characters = 0

    def __bool__(self) -> bool:
        return len(self.document.blocks) > 0

    def laid(self, block: int) -> Laid:
        """Return a block laid out; those used last are kept."""
        found = self._kept.get(block)
        if found is not None:
            self._kept.move_to_end(block)
            return found
        found = self._lay(block)
        size = found.block.end - found.block.start
        self.wrapped += size
        self._characters += size
        self._kept[block] = found
        while len(self._kept) > 1 and (
            self._characters > _KEPT_CHARACTERS or len(self._kept) > _KEPT_FLOWS
        ):
            _, old = self._kept.popitem(last=False)
            self._characters -= old.block.end - old.block.start
        return found

    def _lay(self, number: int) -> Laid:
        block = self.document.blocks[number]
        before = self.document.blocks[number - 1] if number else None
        text = self.document.over(block.start, block.end)
        first, rest = fronts(block, text, self.width)
        width = self.width - max(len(first), len(rest))
        flow = Flow(text, block.start, block.end, width)
        return Laid(block, gap(before, block), first, rest, flow)

    def forget(self) -> None:
        """Forget all rows, because blocks have changed."""
        self._kept.clear()
        self._characters = 0

    # ------------------------------------------------------------------ walking

    def place_of(self, offset: int) -> Place:
        """Return the row that shows an offset; in a gap between blocks, the next block's first."""
        blocks = self.document.blocks
        number = max(0, blocks.at(offset))
        if offset >= blocks[number].end and number + 1 < len(blocks):
            number += 1
        laid = self.laid(number)
        return Place(number, laid.gap + laid.flow.row_of(laid.flow.position(offset)))

    def offset_of(self, place: Place) -> int:
        """Return the offset at which a row begins; of an empty row, where its block does."""
        laid = self.laid(place.block)
        row = place.row - laid.gap
        return laid.flow.offset(laid.flow.starts[row]) if row >= 0 else laid.block.start

    def flow_of(self, place: Place) -> Flow | None:
        """Return what a row is one of; None for an empty one between blocks."""
        laid = self.laid(place.block)
        return laid.flow if place.row >= laid.gap else None

    def end_of(self, place: Place) -> int:
        """Return the offset one past a row; of an empty row, where its block begins."""
        laid = self.laid(place.block)
        row = place.row - laid.gap
        if row < 0:
            return laid.block.start
        if row + 1 == len(laid.flow):
            return laid.block.end
        return laid.flow.offset(laid.flow.row_end(row))

    def last(self) -> Place:
        """Return the last row of the document."""
        number = len(self.document.blocks) - 1
        return Place(number, self.laid(number).height - 1)

    def moved(self, place: Place, rows: int) -> Place:
        """Return the row so many rows below (above if negative), or the last (first) one."""
        number, row = place.block, place.row + rows
        while row < 0:
            if not number:
                return Place(0, 0)
            number -= 1
            row += self.laid(number).height
        while row >= (height := self.laid(number).height):
            if number + 1 == len(self.document.blocks):
                return Place(number, height - 1)
            row -= height
            number += 1
        return Place(number, row)

    def window(self, top: Place, height: int) -> list[Place]:
        """Return a run of rows: as many as asked for, fewer at the end of the document."""
        found: list[Place] = []
        number, row = top
        while number < len(self.document.blocks):
            end = self.laid(number).height
            found += [Place(number, at) for at in range(row, min(end, row + height - len(found)))]
            if len(found) >= height:
                break
            number, row = number + 1, 0
        return found

    def distance(self, above: Place, below: Place, limit: int) -> int:
        """Return how many rows one place is below another, or the limit if it is that or more."""
        number, rows = above.block, -above.row
        while number < below.block and rows < limit:
            rows += self.laid(number).height
            number += 1
        return min(limit, rows + below.row) if number == below.block else limit


def gap(before: Block | None, block: Block) -> int:
    """Return how many empty rows stand between a block and the one before it."""
    if before is None:
        return 0
    pair = (before.role, block.role)
    together = (
        pair == (Role.LIST_ITEM, Role.LIST_ITEM)
        or pair == (Role.CAPTION, Role.CREDIT)
        or (block.role is Role.BODY and block.level == 1)
    )
    return 0 if together else 1


def fronts(block: Block, text: str, width: int) -> tuple[str, str]:
    """Return what stands in front of the first row of a block, and of its other rows.

    Each of its characters takes one cell.
    """
    depth = min(max(block.level, 1), _DEEPEST)
    if block.role is Role.QUOTE:
        bars = "│ " * depth
        return _fitting(bars, width), _fitting(bars, width)
    if block.role is not Role.LIST_ITEM:
        return "", ""
    indent = "  " * (depth - 1)
    marker = _marker(text[block.start : min(block.end, block.start + _MARKED_WITHIN)])
    if marker:
        return _fitting(indent, width), _fitting(indent + " " * len(marker), width)
    return _fitting(indent + "• ", width), _fitting(indent + "  ", width)


def _marker(item: str) -> str:
    """Return the bullet or number that a list item has in its own text, with the space behind it.

    Args:
        item: The beginning of the item.
    """
    words = item.split(None, 1)
    if len(words) < 2 or item[0].isspace():
        return ""
    marks = words[0] in _BULLETS or _is_number(words[0])
    return item[: -len(words[1])] if marks else ""


def _is_number(sign: str) -> bool:
    """Whether a sign is a short number or a letter, with a full stop or bracket behind it."""
    number = sign[:-1].removeprefix("(")
    short = len(number) <= 3 if number.isdecimal() else len(number) == 1 and number.isalpha()
    return short and sign[-1] in ".)" and (number.isascii() or number.isdecimal())


def _fitting(front: str, width: int) -> str:
    """Return the end of what stands in front, where a third of the row is too little for it."""
    fits = max(0, width // 3)
    return front if len(front) <= fits else front[len(front) - fits :]
