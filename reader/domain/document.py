"""A version's text as the reading screen needs it: lazily, in chunks of whole blocks.

Nothing here costs in proportion to the length of the text unless it says so: statements are found
a chunk at a time, when a chunk is first looked at, and kept for the chunks used last.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reader.domain.statements import segment
from reader.domain.text import STATEMENT_ROLES, Block, Role, Span

CHUNK_SIZE = 65_536
"""Code points after which a chunk ends at the next block boundary."""

_ROLES = tuple(Role)
_ROLE_NUMBER = {role: number for number, role in enumerate(_ROLES)}


class BlockTable:
    """The blocks of a version in four columns: small, and read from storage without a loop.

    Args:
        blocks: The blocks, disjoint and in order.
    """

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self._starts = array("I")
        self._ends = array("I")
        self._roles = bytearray()
        self._levels = bytearray()
        for block in blocks:
            self._starts.append(block.start)
            self._ends.append(block.end)
            self._roles.append(_ROLE_NUMBER[block.role])
            self._levels.append(min(block.level, 255))

    def pack(self) -> bytes:
        """Return the columns as bytes, for storage: count, starts, ends, roles, levels."""
        starts, ends = self._starts[:], self._ends[:]
        head = array("I", [len(self)])
        if _BIG_ENDIAN:
            for column in (head, starts, ends):
                column.byteswap()
        columns = (head.tobytes(), starts.tobytes(), ends.tobytes())
        return b"".join((*columns, bytes(self._roles), bytes(self._levels)))

    @classmethod
    def unpack(cls, data: bytes) -> BlockTable:
        """Return the table that :meth:`pack` wrote.

        Raises:
            ValueError: The bytes are no block table.
        """
        head = array("I", data[:4])
        if _BIG_ENDIAN:
            head.byteswap()
        count = head[0] if head else -1
        if len(data) != 4 + 10 * count:
            raise ValueError("the bytes are no block table")
        table = cls()
        table._starts.frombytes(data[4 : 4 + 4 * count])
        table._ends.frombytes(data[4 + 4 * count : 4 + 8 * count])
        if _BIG_ENDIAN:
            table._starts.byteswap()
            table._ends.byteswap()
        table._roles = bytearray(data[4 + 8 * count : 4 + 9 * count])
        table._levels = bytearray(data[4 + 9 * count :])
        return table

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Block:
        return Block(
            self._starts[index],
            self._ends[index],
            _ROLES[self._roles[index]],
            self._levels[index],
        )

    def __iter__(self) -> Iterator[Block]:
        return (self[index] for index in range(len(self)))

    def at(self, offset: int) -> int:
        """Return the index of the last block that starts at or before the offset, or -1."""
        return bisect_right(self._starts, offset) - 1

    def first_from(self, offset: int) -> int:
        """Return the index of the first block that starts at or after the offset."""
        return bisect_left(self._starts, offset)

    def with_role(self, index: int, role: Role) -> None:
        """Change the role of one block in place."""
        self._roles[index] = _ROLE_NUMBER[role]

    def with_roles(self, roles: Iterable[Role]) -> Iterator[int]:
        """Yield the indices of the blocks that have one of the roles, in order."""
        wanted = bytes(_ROLE_NUMBER[role] for role in roles)
        return (index for index, number in enumerate(self._roles) if number in wanted)


_BIG_ENDIAN = array("H", [1]).tobytes() == b"\x00\x01"


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
        text: Canonical text.
        blocks: Its captured blocks.
        roles: Changed roles, by the start offset of their block.
    """

    def __init__(self, text: str, blocks: BlockTable, roles: Mapping[int, Role] | None = None):
        self.text = text
        self.blocks = blocks
        self.chunks: list[Chunk] = _cut(len(text), blocks)
        self._chunk_starts = [chunk.start for chunk in self.chunks]
        self._statements: dict[int, list[Span]] = {}
        self._counts: dict[int, int] = {}
        for start, role in (roles or {}).items():
            self.set_role(start, role)

    def set_role(self, start: int, role: Role) -> None:
        """Give the block that starts at the offset another role; its statements are found anew."""
        index = self.blocks.at(start)
        if index < 0 or self.blocks[index].start != start:
            return
        self.blocks.with_role(index, role)
        chunk = self.chunk_at(start)
        self._statements.pop(chunk, None)
        self._counts.pop(chunk, None)

    # ------------------------------------------------------------------ chunks and blocks

    def chunk_at(self, offset: int) -> int:
        """Return the index of the chunk that holds the offset (clamped to the text)."""
        return max(0, bisect_right(self._chunk_starts, offset) - 1)

    def blocks_of(self, chunk: int) -> list[Block]:
        """Return the blocks of one chunk, in order."""
        where = self.chunks[chunk]
        return [self.blocks[index] for index in range(where.first_block, where.end_block)]

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
        if found is None:
            found = [
                Span(start, end)
                for block in self.blocks_of(chunk)
                if block.role in STATEMENT_ROLES
                for start, end in segment(self.text, block.start, block.end)
            ]
            self._statements[chunk] = found
            self._counts[chunk] = len(found)
        return found

    def statements(self, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the statements that overlap a stretch of text (all of them by default)."""
        end = len(self.text) if end is None else end
        for chunk in range(self.chunk_at(start), len(self.chunks)):
            if self.chunks[chunk].start >= end:
                return
            for span in self.statements_of(chunk):
                if span.start >= end:
                    return
                if span.end > start:
                    yield span

    def statement_at(self, offset: int) -> Span | None:
        """Return the statement that holds the offset, else the next one, else the last one."""
        chunk = self.chunk_at(offset)
        found = self.statements_of(chunk) if self.chunks else []
        index = bisect_right(found, offset, key=lambda span: span.end)
        if index < len(found):
            return found[index]
        after = self._first_from(chunk + 1)
        return after or self._last_before(chunk + 1)

    def next_statement(self, after: Span) -> Span | None:
        """Return the statement that follows, or None at the end."""
        chunk = self.chunk_at(after.start)
        found = self.statements_of(chunk) if self.chunks else []
        index = bisect_right(found, after.start, key=lambda span: span.start)
        return found[index] if index < len(found) else self._first_from(chunk + 1)

    def previous_statement(self, before: Span) -> Span | None:
        """Return the statement in front, or None at the beginning."""
        chunk = self.chunk_at(before.start)
        found = self.statements_of(chunk) if self.chunks else []
        index = bisect_left(found, before.start, key=lambda span: span.start) - 1
        return found[index] if index >= 0 else self._last_before(chunk)

    def _first_from(self, chunk: int) -> Span | None:
        for index in range(chunk, len(self.chunks)):
            found = self.statements_of(index)
            if found:
                return found[0]
        return None

    def _last_before(self, chunk: int) -> Span | None:
        for index in range(min(chunk, len(self.chunks)) - 1, -1, -1):
            found = self.statements_of(index)
            if found:
                return found[-1]
        return None

    def next_paragraph(self, offset: int) -> Span | None:
        """Return the first statement of the next block that has statements."""
        for index in range(self.blocks.at(offset) + 1, len(self.blocks)):
            block = self.blocks[index]
            if block.role in STATEMENT_ROLES:
                return self._first_in(block)
        return None

    def previous_paragraph(self, offset: int) -> Span | None:
        """Return the first statement of this block, or of the one before if already there."""
        for index in range(self.blocks.at(offset), -1, -1):
            block = self.blocks[index]
            if block.role not in STATEMENT_ROLES:
                continue
            first = self._first_in(block)
            if first is not None and first.start < offset:
                return first
        return None

    def _first_in(self, block: Block) -> Span | None:
        return next(self.statements(block.start, block.end), None)

    # ------------------------------------------------------------------ numbers

    def count_one_more(self) -> bool:
        """Count the statements of one more chunk; False when all are counted.

        For the idle time of the interface: a chunk takes about 15 ms per 64 kB.
        """
        for chunk in range(len(self.chunks)):
            if chunk not in self._counts:
                self.statements_of(chunk)
                return True
        return False

    @property
    def counted(self) -> bool:
        """Whether every chunk's statements have been counted, so that numbers are exact."""
        return len(self._counts) == len(self.chunks)

    def total(self) -> int:
        """Return the number of statements: exact when :attr:`counted`, else an estimate."""
        known = sum(self._counts.values())
        if self.counted:
            return known
        size = sum(self.chunks[i].end - self.chunks[i].start for i in self._counts)
        return round(known * len(self.text) / size) if size else 0

    def number_of(self, statement: Span) -> int | None:
        """Return the statement's number, from 1, or None while chunks before it are uncounted."""
        chunk = self.chunk_at(statement.start)
        before = [self._counts.get(index) for index in range(chunk)]
        if None in before:
            return None
        found = self.statements_of(chunk)
        return sum(n for n in before if n) + bisect_left(found, statement) + 1


def _cut(length: int, blocks: BlockTable) -> list[Chunk]:
    """Cut a text into chunks of whole blocks; a block longer than a chunk is a chunk of its own."""
    chunks: list[Chunk] = []
    start = block = 0
    while start < length or not chunks:
        end_block = max(blocks.first_from(start + CHUNK_SIZE), block + 1)
        if end_block >= len(blocks):
            end, end_block = length, len(blocks)
        else:
            end = blocks[end_block].start
        chunks.append(Chunk(len(chunks), start, end, block, end_block))
        start, block = end, end_block
    return chunks
