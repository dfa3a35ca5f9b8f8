"""A version's text as the reading screen needs it: lazily, in chunks of whole blocks.

Nothing here costs in proportion to the length of the text unless it says so: statements are found
a chunk at a time, when a chunk is first looked at, and kept for the chunks used last.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass
from reader.domain.statements import segment
from reader.domain.text import STATEMENT_ROLES, Block, LongText, Role, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CHUNK_SIZE", "BlockTable", "Chunk", "Document"]

CHUNK_SIZE = 16_384
"""Code points after which a chunk ends at the next block boundary."""

_KEPT = 96  # chunks whose statements are kept: about 1.5 MB of text, 2 MB of memory
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole blocks; chunks touch, and together they cover the text.

    Attributes:
        index: Position among the chunks.
        start: First code point.
        end: One past the last code point.
        first_block: Index of the first block.
        end_block: One past the index of the last block.
    """

    index: int
    start: int
    end: int
    first_block: int
    end_block: int


class Document:
    """The text of one version with its blocks and statements.

    Args:
        text: Canonical text; of a long one only a part may have been read.
        blocks: Its captured blocks; the document keeps a copy and never changes them.
        roles: Changed roles, by the start offset of their block.
        chunk_size: Code points after which a chunk ends; with 1 each block is a chunk, and no
            statements are found but those of the blocks that are asked for.
    """

    def __init__(
        self,
        text: str | LongText,
        blocks: BlockTable,
        roles: Mapping[int, Role] | None = None,
        *,
        chunk_size: int = CHUNK_SIZE,
    ) -> None:
        self.content = text
        self.length = len(text)
        """Code points of the text."""
        self.blocks = blocks.copy()
        self.chunks: list[Chunk] = _cut(len(text), self.blocks, chunk_size)
        self._chunk_starts = [chunk.start for chunk in self.chunks]
        self._statements: OrderedDict[int, list[Span]] = OrderedDict()
        self._counts = array("i", [_UNKNOWN]) * len(self.chunks)
        self._first_uncounted = 0  # every chunk before it is counted
        self._captured: dict[int, Role] = {}
        for start, role in (roles or {}).items():
            self.set_role(start, role)

    @property
    def text(self) -> str:
        """All of the text; read now if it was not."""
        return self.content if isinstance(self.content, str) else self.content.whole()

    @property
    def is_read(self) -> bool:
        """Whether all of the text is in memory."""
        return isinstance(self.content, str) or self.content.is_read

    def over(self, start: int, end: int) -> str:
        """Return a text that has the same characters in a stretch, and one to either side.

        For what is shown before all of a long text is read: what else is in it means nothing.
        """
        return self.content if isinstance(self.content, str) else self.content.over(start, end)

    def set_role(self, start: int, role: Role) -> None:
        """Give the block that starts at the offset another role; its statements are found anew.

        Does nothing if no block starts there.
        """
        index = self.blocks.at(start)
        if index < 0 or self.blocks[index].start != start:
            return
        self._captured.setdefault(start, self.blocks[index].role)
        self.blocks.with_role(index, role)
        chunk = self.chunk_at(start)
        self._statements.pop(chunk, None)
        self._counts[chunk] = _UNKNOWN
        self._first_uncounted = min(self._first_uncounted, chunk)

    def reset_role(self, start: int) -> None:
        """Give the block that starts at the offset the role it was captured with."""
        if start in self._captured:
            self.set_role(start, self._captured[start])

    # ------------------------------------------------------------------ chunks and blocks

    def chunk_at(self, offset: int) -> int:
        """Return the index of the chunk that holds the offset (clamped to the text)."""
        return max(0, bisect_right(self._chunk_starts, offset) - 1)

    def blocks_of(self, chunk: int) -> list[Block]:
        """Return the blocks of one chunk, in order."""
        where = self.chunks[chunk]
        return [self.blocks[index] for index in range(where.first_block, where.end_block)]

    def blocks_in(self, start: int, end: int) -> list[Block]:
        """Return the blocks that overlap a stretch of text, in order."""
        first = max(0, self.blocks.at(start))
        found = []
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            if block.start >= end:
                break
            if block.end > start:
                found.append(block)
        return found

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the offset, else the last before it, else the first."""
        if not len(self.blocks):
            return None
        return self.blocks[max(0, self.blocks.at(offset))]

    def headings(self) -> list[Block]:
        """Return headline and subheads, for the contents. Costs a pass over the blocks' roles."""
        wanted = (Role.HEADLINE, Role.SUBHEAD)
        return [self.blocks[index] for index in self.blocks.with_roles(wanted)]

    # ------------------------------------------------------------------ statements

    def statements_of(self, chunk: int) -> list[Span]:
        """Return the statements of one chunk, in order; found at the first call."""
        found = self._statements.get(chunk)
        if found is not None:
            self._statements.move_to_end(chunk)
            return found
        text = self.over(self.chunks[chunk].start, self.chunks[chunk].end)
        found = [
            Span(start, end)
            for block in self.blocks_of(chunk)
            if block.role in STATEMENT_ROLES
            for start, end in segment(text, block.start, block.end)
        ]
        self._counts[chunk] = len(found)
        self._statements[chunk] = found
        if len(self._statements) > _KEPT:
            self._statements.popitem(last=False)
        return found

    def statements(self, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the statements that overlap a stretch of text (all of them by default)."""
        end = self.length if end is None else end
        for chunk in range(self.chunk_at(start), len(self.chunks)):
            if self.chunks[chunk].start >= end:
                return
            found = self.statements_of(chunk)
            for index in range(_first_ending_after(found, start), len(found)):
                if found[index].start >= end:
                    return
                yield found[index]

    def statement_at(self, offset: int) -> Span | None:
        """Return the statement that holds the offset, else the next one, else the last one."""
        chunk = self.chunk_at(offset)
        found = self.statements_of(chunk)
        index = _first_ending_after(found, offset)
        if index < len(found):
            return found[index]
        return self._first_from(chunk + 1) or self._last_before(chunk + 1)

    def next_statement(self, after: Span) -> Span | None:
        """Return the statement that follows, or None at the end."""
        chunk = self.chunk_at(after.start)
        found = self.statements_of(chunk)
        index = bisect_right(found, after.start, key=lambda span: span.start)
        return found[index] if index < len(found) else self._first_from(chunk + 1)

    def previous_statement(self, before: Span) -> Span | None:
        """Return the statement in front, or None at the beginning."""
        chunk = self.chunk_at(before.start)
        found = self.statements_of(chunk)
        index = bisect_left(found, before.start, key=lambda span: span.start) - 1
        return found[index] if index >= 0 else self._last_before(chunk)

    def _first_from(self, chunk: int) -> Span | None:
        """The first statement of the first chunk from here on that has one."""
        while chunk < len(self.chunks):
            block = self.blocks.next_with_statements(self.chunks[chunk].first_block)
            if block is None:
                return None
            chunk = max(chunk, self.chunk_at(self.blocks[block].start))
            found = self.statements_of(chunk)
            if found:
                return found[0]
            chunk += 1
        return None

    def _last_before(self, chunk: int) -> Span | None:
        """The last statement of the last chunk before this one that has one."""
        while chunk > 0:
            block = self.blocks.previous_with_statements(self.chunks[chunk - 1].end_block - 1)
            if block is None:
                return None
            chunk = min(chunk - 1, self.chunk_at(self.blocks[block].start))
            found = self.statements_of(chunk)
            if found:
                return found[-1]
        return None

    def next_paragraph(self, offset: int) -> Span | None:
        """Return the first statement of the next block that has statements."""
        index = self.blocks.next_with_statements(self.blocks.at(offset) + 1)
        while index is not None:
            first = self._first_in(self.blocks[index])
            if first is not None:
                return first
            index = self.blocks.next_with_statements(index + 1)
        return None

    def previous_paragraph(self, offset: int) -> Span | None:
        """Return the first statement of this block, or of the one before if already there."""
        index = self.blocks.previous_with_statements(self.blocks.at(offset))
        while index is not None:
            first = self._first_in(self.blocks[index])
            if first is not None and first.start < offset:
                return first
            index = self.blocks.previous_with_statements(index - 1)
        return None

    def _first_in(self, block: Block) -> Span | None:
        return next(self.statements(block.start, block.end), None)

    # ------------------------------------------------------------------ numbers

    def count_one_more(self) -> bool:
        """Count the statements of one more chunk; False when all are counted.

        For the idle time of the interface: a chunk takes a millisecond or three.
        """
        chunk = self._uncounted()
        if chunk == len(self.chunks):
            return False
        self.statements_of(chunk)
        return True

    def _uncounted(self) -> int:
        """The first chunk that is not counted; goes on from where it stopped before."""
        chunk = self._first_uncounted
        while chunk < len(self.chunks) and self._counts[chunk] != _UNKNOWN:
            chunk += 1
        self._first_uncounted = chunk
        return chunk

    @property
    def counted(self) -> bool:
        """Whether every chunk's statements have been counted, so that numbers are exact."""
        return self._uncounted() == len(self.chunks)

    def total(self) -> int:
        """Return the number of statements: exact when :attr:`counted`, else an estimate."""
        if self.counted:
            return sum(self._counts)
        known = size = 0
        for chunk, count in zip(self.chunks, self._counts, strict=True):
            if count != _UNKNOWN:
                known += count
                size += chunk.end - chunk.start
        return round(known * self.length / size) if size else 0

    def numbered(self, number: int) -> Span | None:
        """Return the statement with a number, from 1; the last if there are not so many.

        Chunks before it that are not counted yet are counted.
        """
        if number > self.total() and self.counted:
            return self.statement_at(self.length)
        left = number - 1
        for chunk in range(len(self.chunks)):
            count = self._counts[chunk]
            if count == _UNKNOWN or left < count:
                found = self.statements_of(chunk)
                if left < len(found):
                    return found[left]
                count = len(found)
            left -= count
        return self.statement_at(self.length)

    def number_of(self, statement: Span) -> int | None:
        """Return the statement's number, from 1, or None while chunks before it are uncounted."""
        chunk = self.chunk_at(statement.start)
        if self._uncounted() < chunk:
            return None
        found = self.statements_of(chunk)
        return sum(self._counts[:chunk]) + bisect_left(found, statement) + 1


def _first_ending_after(spans: list[Span], offset: int) -> int:
    return bisect_right(spans, offset, key=lambda span: span.end)


def _cut(length: int, blocks: BlockTable, size: int) -> list[Chunk]:
    """Cut a text into chunks of whole blocks; a block longer than a chunk is a chunk of its own."""
    chunks: list[Chunk] = []
    start = block = 0
    while start < length or not chunks:
        end_block = max(blocks.first_from(start + size), block + 1)
        if end_block >= len(blocks):
            end, end_block = length, len(blocks)
        else:
            end = blocks.start_of(end_block)
        chunks.append(Chunk(len(chunks), start, end, block, end_block))
        start, block = end, end_block
    return chunks
