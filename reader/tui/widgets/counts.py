"""The panel's head: how far the work has come, and which tags were given how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.cells import cells_of, row, seg, split_row
from reader.tui.widgets.strips import StripWidget

_GAP = 3
_BOLD = Style(bold=True)


@dataclass(frozen=True, slots=True)
class CountItem:
    """How often a tag was given; ``color`` is ``#RRGGBB``."""

    symbol: str
    color: str
    count: int


class Counts(StripWidget):
    """``7 of 23 statements`` and the counts per tag of the active facet."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"counts--title", "counts--dim", "counts--rule"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._progress = (0, 0)
        self._items: tuple[CountItem, ...] = ()

    def set_counts(self, judged: int, total: int, counts: Sequence[CountItem]) -> None:
        """Show other figures; nothing is painted if they are the same.

        Args:
            judged: Statements with a judgement.
            total: All statements.
            counts: In the order of the tags' keys.
        """
        if (judged, total) == self._progress and tuple(counts) == self._items:
            return
        self._progress = (judged, total)
        self._items = tuple(counts)
        self.content_changed()

    def rows_for(self, width: int) -> int:
        """Return how many rows title and counts take."""
        return 1 + len(self._count_rows(width)) + 1

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the title, the counts and a rule."""
        judged, total = self._progress
        heading = "  Annotations"
        progress = f" {judged:,} of {total:,} statements "
        if len(heading) + len(progress) > width:
            progress = f" {judged:,}/{total:,} "
        title = split_row(
            [seg(heading, self.part("counts--title"))],
            [seg(progress, self.part("counts--dim"))],
            width,
        )
        rule = row([seg("─" * width, self.part("counts--rule"))], width)
        return [title, *(row(parts, width) for parts in self._count_rows(width)), rule]

    def _count_rows(self, width: int) -> list[list[Segment]]:
        rows: list[list[Segment]] = []
        for item in self._items:
            cells = self._item(item)
            if not rows or cells_of(rows[-1]) + _GAP + cells_of(cells) > width - 1:
                rows.append([seg("  ")])
            else:
                rows[-1].append(seg(" " * _GAP))
            rows[-1].extend(cells)
        return rows

    def _item(self, item: CountItem) -> list[Segment]:
        if not item.count:
            return [seg(f"{item.symbol} 0", self.part("counts--dim"))]
        return [seg(item.symbol, self.tag_ink(item.color) + _BOLD), seg(f" {item.count:,}")]
