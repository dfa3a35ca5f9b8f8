"""Where in the article the highlights are: counts by place, kept right by every change."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from reader.domain.codebook import Facet
from reader.domain.highlight import Highlight, in_parts
from reader.domain.records import dataclass
from reader.services.annotating.annotations import Annotations, Changed

PARTS = 1024
"""The text is counted in so many parts of the same length; a column is made of whole parts."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column of the strip.

    Attributes:
        count: Highlights that begin in it.
        color: Of the tag of the active facet that is given most often in it, ``#RRGGBB``, or None.
    """

    count: int
    color: str | None = None


_NOTHING = Column(0)


class Density:
    """Counts highlights and their tags by place.

    A change costs a few additions, whatever the number of highlights; columns are added up anew
    only where something has changed.

    Args:
        annotations: Whose highlights; watch them with :meth:`changed`.
        length: Of the text, in code points.
    """

    def __init__(self, annotations: Annotations, length: int) -> None:
        self.revision = 0
        """Grows with each change."""
        self._length = max(length, 1)
        self._all = array("i", bytes(4 * PARTS))
        self._tags: dict[tuple[str, str, str], array[int]] = {}
        self._touched: set[int] = set()
        self._made: tuple[object, ...] = ()
        self._columns: list[Column] = []
        self.changed([(None, item) for item in annotations.index])

    def changed(self, changes: Sequence[Changed]) -> None:
        """Take in that highlights were made, changed or removed."""
        self.revision += 1
        for before, after in changes:
            if before is not None:
                self._count(before, -1)
            if after is not None:
                self._count(after, 1)

    def changed_in_steps(self, changes: Sequence[Changed]) -> Iterator[None]:
        """Take in very many changes, with a pause now and then."""
        for part in in_parts(changes):
            self.changed(part)
            yield

    def _count(self, item: Highlight, step: int) -> None:
        part = min(item.start * PARTS // self._length, PARTS - 1)
        self._touched.add(part)
        self._all[part] += step
        for judgement in item.judgements:
            key = (judgement.codebook, judgement.facet, judgement.code)
            counts = self._tags.get(key)
            if counts is None:
                counts = self._tags[key] = array("i", bytes(4 * PARTS))
            counts[part] += step

    def column_at(self, offset: int, width: int) -> int:
        """Return the column of a place in the text."""
        part = min(offset * PARTS // self._length, PARTS - 1)
        return part * width // PARTS

    def offset_at(self, column: int, width: int) -> int:
        """Return the first place in the text of a column."""
        return _first_part(column, width) * self._length // PARTS

    def columns(self, width: int, codebook: str, facet: Facet) -> Sequence[Column]:
        """Return the strip.

        Args:
            width: How many columns there are, at most `PARTS`.
            codebook: Id of the active codebook.
            facet: Its active facet.
        """
        made = (width, codebook, facet)
        if made != self._made:
            self._made = made
            self._columns = [_NOTHING] * width
            stale = set(range(width))
        else:
            stale = {part * width // PARTS for part in self._touched}
        self._touched.clear()
        for column in stale:
            self._columns[column] = self._column(column, width, codebook, facet)
        return self._columns

    def _column(self, column: int, width: int, codebook: str, facet: Facet) -> Column:
        parts = slice(_first_part(column, width), _first_part(column + 1, width))
        count = sum(self._all[parts])
        if not count:
            return _NOTHING
        most, color = 0, None
        for tag in facet.tags:
            given = self._tags.get((codebook, facet.id, tag.code))
            times = sum(given[parts]) if given is not None else 0
            if times > most:
                most, color = times, tag.color
        return Column(count, color)


def _first_part(column: int, width: int) -> int:
    return -(-column * PARTS // width)
