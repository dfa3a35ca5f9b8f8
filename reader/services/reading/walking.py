"""Numbers statements and blocks along with highlights in document order: one pass, no index."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.article import Version
from reader.domain.records import dataclass
from reader.domain.statements import segment
from reader.domain.text import STATEMENT_ROLES, Block, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its place.

    Attributes:
        number: From 1, in text order.
        span: Where it is.
        paragraph: Number of its block, from 1.
    """

    number: int
    span: Span
    paragraph: int


def blocks_of(version: Version) -> Iterator[Block]:
    """Yield the blocks of a version with the roles that the user gave them."""
    for block in version.blocks:
        role = version.roles.get(block.start, block.role)
        yield Block(block.start, block.end, role, block.level)


def statements_of(version: Version) -> Iterator[Statement]:
    """Yield the statements of a version, in order; nothing is kept in memory."""
    number = 0
    for paragraph, block in enumerate(blocks_of(version), 1):
        if block.role in STATEMENT_ROLES:
            for start, end in segment(version.text, block.start, block.end):
                number += 1
                yield Statement(number, Span(start, end), paragraph)


def count_statements(version: Version) -> int:
    """Return how many statements a version has; costs a pass over the text."""
    return sum(1 for _ in statements_of(version))


class Walk:
    """Answers, for highlights in document order, which statement and paragraph they begin in.

    Args:
        version: The version.
    """

    def __init__(self, version: Version) -> None:
        self._statements = statements_of(version)
        self._blocks = version.blocks
        self._at: Statement | None = next(self._statements, None)
        self._block = (0, 0, 0)  # the one found last: start, end, number

    def statement(self, span: Span) -> int | None:
        """Return the number of the first statement that a stretch overlaps, or None.

        The start of the stretch is not smaller than that of the last call.
        """
        while self._at is not None and self._at.span.end <= span.start:
            self._at = next(self._statements, None)
        return self._at.number if self._at and self._at.span.overlaps(span) else None

    def paragraph(self, span: Span) -> int | None:
        """Return the number, from 1, of the block that a stretch begins in (or the next one)."""
        start, end, number = self._block
        if start <= span.start < end:
            return number
        index = self._blocks.at(span.start)
        if index >= 0 and self._blocks[index].end > span.start:
            block = self._blocks[index]
            self._block = (block.start, block.end, index + 1)
            return index + 1
        after = index + 1
        return (
            after + 1
            if after < len(self._blocks) and self._blocks[after].start < span.end
            else None
        )
