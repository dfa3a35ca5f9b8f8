"""The block table: the blocks of a version in four columns."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

from reader.domain.text import STATEMENT_ROLES, Block, Role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROLES = tuple(Role)
_ROLE_NUMBER = {role: number for number, role in enumerate(_ROLES)}
_BIG_ENDIAN = array("H", [1]).tobytes() == b"\x00\x01"
_KNOWN = bytes(range(len(_ROLES)))
_IS_STATEMENT = bytes(
    number < len(_ROLES) and _ROLES[number] in STATEMENT_ROLES for number in range(256)
)


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
        self._flags: bytearray | None = None
        for block in blocks:
            self.append(block.start, block.end, block.role, block.level)

    def append(self, start: int, end: int, role: Role, level: int = 0) -> None:
        """Add a block after the last one."""
        self._starts.append(start)
        self._ends.append(end)
        self._roles.append(_ROLE_NUMBER[role])
        self._levels.append(min(level, 255))
        self._flags = None

    def copy(self) -> BlockTable:
        """Return a table of its own, so that changed roles stay out of this one."""
        table = BlockTable()
        table._starts, table._ends = self._starts[:], self._ends[:]
        table._roles, table._levels = self._roles[:], self._levels[:]
        return table

    def part(self, start: int, end: int) -> BlockTable:
        """Return the blocks that begin in a stretch, with offsets that count from its start."""
        first, last = self.first_from(start), self.first_from(end)
        table = BlockTable()
        table._starts = array("I", [at - start for at in self._starts[first:last]])
        table._ends = array("I", [at - start for at in self._ends[first:last]])
        table._roles, table._levels = self._roles[first:last], self._levels[first:last]
        return table

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
        count = int.from_bytes(data[:4], "little") if len(data) >= 4 else -1
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
        if table._roles.translate(None, _KNOWN):
            raise ValueError("the bytes are no block table")
        return table

    def fits(self, length: int) -> bool:
        """Return whether the blocks are in order and inside a text of that many code points."""
        edges = array("I", bytes(8 * len(self)))
        edges[0::2], edges[1::2] = self._starts, self._ends
        ordered = edges.tolist()
        return not ordered or (ordered[-1] <= length and ordered == sorted(ordered))

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Block:
        return Block(
            self._starts[index],
            self._ends[index],
            _ROLES[self._roles[index]],
            self._levels[index],
        )

    def start_of(self, index: int) -> int:
        """Return where a block starts, in code points, without making the block."""
        return self._starts[index]

    def __iter__(self) -> Iterator[Block]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BlockTable) and self.pack() == other.pack()

    __hash__ = None  # type: ignore[assignment]  # roles change in place

    def at(self, offset: int) -> int:
        """Return the index of the last block that starts at or before the offset, or -1."""
        return bisect_right(self._starts, offset) - 1

    def first_from(self, offset: int) -> int:
        """Return the index of the first block that starts at or after the offset."""
        return bisect_left(self._starts, offset)

    def with_role(self, index: int, role: Role) -> None:
        """Change the role of one block in place."""
        self._roles[index] = _ROLE_NUMBER[role]
        self._flags = None

    def with_roles(self, roles: Iterable[Role]) -> Iterator[int]:
        """Yield the indices of the blocks that have one of the roles, in order."""
        numbers = bytes(_ROLE_NUMBER[role] for role in roles)
        if not numbers:
            return iter(())
        import re  # late: the first words do not ask for it

        wanted = re.compile(b"[" + re.escape(numbers) + b"]")
        return (match.start() for match in wanted.finditer(bytes(self._roles)))

    def next_with_statements(self, index: int, end: int | None = None) -> int | None:
        """Return the first block from an index on (before ``end``) whose role has statements."""
        found = self._statement_flags().find(1, max(index, 0), len(self) if end is None else end)
        return None if found < 0 else found

    def previous_with_statements(self, index: int) -> int | None:
        """Return the last block at or before an index whose role has statements."""
        found = self._statement_flags().rfind(1, 0, max(index + 1, 0))
        return None if found < 0 else found

    def _statement_flags(self) -> bytearray:
        """One byte a block: 1 if it has statements. Made in one pass, kept until a role changes."""
        if self._flags is None:
            self._flags = self._roles.translate(_IS_STATEMENT)
        return self._flags
