"""The panel's head: how far the work has come, and which tags were given how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.cells import Row, cells_of, clip, row, seg, split_row
from reader.tui.widgets.strips import StripWidget

_GAP = 3
_BOLD, _REVERSE = Style(bold=True), Style(reverse=True)
_MARGIN = 2
STRIP_FROM = 16
"""Rows of a window in which the strip is worth one."""


@dataclass(frozen=True, slots=True)
class CountItem:
    """How often a tag was given; ``color`` is ``#RRGGBB``."""

    symbol: str
    color: str
    count: int


class PlaceStrip(Protocol):
    """Shows in one row where in the article the tags are."""

    @property
    def state(self) -> object:
        """What changes when the strip has to be drawn anew."""

    def segments(
        self, width: int, ink: Callable[[str], Style], plain: Style, dim: Style
    ) -> list[Segment]:
        """Return one character for each column, those in a row of one style as one segment."""

    def column_at(self, offset: int, width: int) -> int:
        """Return the column of a place in the text."""

    def offset_at(self, column: int, width: int) -> int:
        """Return the first place in the text of a column."""


class Counts(StripWidget):
    """``7 of 23 judged``, the counts per tag of the active facet, where the tags are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "counts--title",
        "counts--dim",
        "counts--rule",
        "counts--place",
    }

    class Pointed(Message):
        """A place in the article was clicked on."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset
            """In code points."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._progress = (0, 0, 0)
        self._items: tuple[CountItem, ...] = ()
        self._overall: tuple[tuple[str, str], ...] = ()
        self._strip: PlaceStrip | None = None
        self._strip_state: object = None
        self._place: int | None = None
        self._fixed: list[Strip] = []
        self._in_one_row = False
        self._columned: Strip | None = None

    def set_counts(
        self, judged: int, total: int, counts: Sequence[CountItem], otherwise: int = 0
    ) -> None:
        """Show other figures; nothing is painted if they are the same.

        Args:
            judged: Statements with a judgement of the codebook in use.
            total: All statements.
            counts: In the order of the tags' keys.
            otherwise: Statements with judgements of other codebooks only.
        """
        progress = (judged, total, otherwise)
        if progress == self._progress and tuple(counts) == self._items:
            return
        self._progress = progress
        self._items = tuple(counts)
        self._fixed = []
        self.content_changed()

    def set_overall(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show in one line what is said of the article as a whole; nothing takes the line away.

        Args:
            parts: Texts, each with its colour ``#RRGGBB`` or an empty string.
        """
        if tuple(parts) != self._overall:
            self._overall = tuple(parts)
            self._fixed = []
            self.content_changed()

    def set_strip(self, strip: PlaceStrip | None) -> None:
        """Show where the tags are; None shows none."""
        self._strip = strip
        self.follow_strip()

    def follow_strip(self) -> None:
        """Show where the tags are now; what is shown of that stays as it is until then."""
        state = self._strip.state if self._strip else None
        if state != self._strip_state:
            self._strip_state = state
            self._columned = None
            self._fixed = []
            self.redraw()

    def set_in_one_row(self, on: bool) -> None:
        """Show the strip and how far the work has come, and no more, where rows are few."""
        if on != self._in_one_row:
            self._in_one_row = on
            self._fixed = []
            self.content_changed()

    def set_place(self, offset: int | None) -> None:
        """Show where the cursor is; a cell or two change, if any."""
        if offset != self._place:
            self._place = offset
            self.redraw()

    def rows_for(self, width: int) -> int:
        """Return how many rows title, counts, strip and rule take."""
        if self._in_one_row:
            return 1
        return 1 + bool(self._overall) + len(self._count_strips(width)) + self._has_strip + 1

    @property
    def _has_strip(self) -> bool:
        """Whether there is room for the strip."""
        return self.app.size.height >= STRIP_FROM and not self._plain

    @property
    def _plain(self) -> bool:
        return getattr(self.app, "plain", False)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the title, the counts, the strip and a rule."""
        if self._in_one_row:
            return [self._one_row(width)]
        if not self._fixed or self._fixed[0].cell_length != width:
            self._fixed = [self.once(("title", width, self._progress), lambda: self._title(width))]
            if self._overall:
                self._fixed.append(self._overall_row(width))
            self._fixed += self._count_strips(width)
            if self._has_strip:
                self._fixed.append(self._strip_row(width))
        return [*self._fixed, self._rule(width)]

    def _strip_row(self, width: int) -> Strip:
        """Return where the tags were when that was last to be shown."""
        if self._columned is None or self._columned.cell_length != width:
            self._columned = row([seg(" " * _MARGIN), *self._columns(width)], width)
        return self._columned

    def _overall_row(self, width: int) -> Strip:
        """Return what is said of the article, cut where the line ends."""
        cells = [seg(" " * _MARGIN)]
        for text, color in self._overall:
            style = self.tag_ink(color) + _BOLD if color else self.part("counts--dim")
            cells.append(seg(clip(text, width - cells_of(cells) - 1), style))
        return row(cells, width)

    def notify_style_update(self) -> None:
        """Forget rows drawn with the old styles."""
        self._fixed, self._columned = [], None
        super().notify_style_update()

    def fit_size(self) -> None:
        """Draw for the new size."""
        self._fixed = []
        super().fit_size()

    def _title(self, width: int) -> Strip:
        heading = "  Annotations"
        progress = self._progress_in(width - len(heading))
        return split_row(
            [seg(heading, self.part("counts--title"))],
            [seg(progress, self.part("counts--dim"))],
            width,
        )

    def _progress_words(self) -> Iterator[str]:
        """Yield how far the work has come, in ever fewer words."""
        judged, total, otherwise = self._progress
        if otherwise:
            yield f" {judged:,} of {total:,} judged, {otherwise:,} in other codebooks "
            yield f" {judged:,}/{total:,} judged, {otherwise:,} in other codebooks "
            yield f" {judged:,}/{total:,}, other codebooks {otherwise:,} "
        yield f" {judged:,} of {total:,} judged "
        yield f" {judged:,}/{total:,} judged "
        yield f" {judged:,}/{total:,} "

    def _one_row(self, width: int) -> Strip:
        """Return the strip, the cursor's place in it in reverse, and the progress behind it."""
        columns, dim = self._columns(width), self.part("counts--dim")
        if self._strip is not None and self._place is not None:
            cells = self._strip_cells(width)
            at = self._strip.column_at(self._place, cells)
            whole = Row(columns, cells)
            (found,) = whole.crop(at, at + 1)
            here = (found.style or Style()) + self.part("counts--place") + _REVERSE
            marked = Segment(found.text, here)
            columns = [*whole.crop(0, at), marked, *whole.crop(at + 1, cells)]
        return row([seg(" " * _MARGIN), *columns, seg(self._progress_in(width // 2), dim)], width)

    def _progress_in(self, width: int) -> str:
        """Return how far the work has come, in the words that there is room for."""
        return next((text for text in self._progress_words() if len(text) <= width), "")

    def _strip_cells(self, width: int) -> int:
        """Return how many cells the strip has in a row."""
        behind = len(self._progress_in(width // 2)) if self._in_one_row else 1
        return max(width - _MARGIN - behind, 1)

    def _columns(self, width: int) -> list[Segment]:
        cells, dim = self._strip_cells(width), self.part("counts--rule")
        if self._strip is None:
            return [seg("▁" * cells, dim)]
        return self._strip.segments(cells, self.tag_ink, self.part("counts--dim"), dim)

    def _rule(self, width: int) -> Strip:
        """Return the rule, with a mark below the cursor's place in the strip."""
        column = width
        if self._has_strip and self._strip is not None and self._place is not None:
            column = self._strip.column_at(self._place, self._strip_cells(width)) + _MARGIN
        return self.once((width, column), lambda: self._ruled(width, column))

    def _ruled(self, width: int, column: int) -> Strip:
        sign, style = " " if self._plain else "─", self.part("counts--rule")
        if column >= width:
            return row([seg(sign * width, style)], width)
        mark = seg("▲", self.part("counts--place"))
        return row(
            [seg(sign * column, style), mark, seg(sign * (width - column - 1), style)], width
        )

    def on_click(self, event: events.Click) -> None:
        """Say which place in the article was meant."""
        cells = self._strip_cells(self.size.width)
        column = event.x - _MARGIN
        on_strip = self._has_strip and event.y in (self.size.height - 2, self.size.height - 1)
        if on_strip and self._strip is not None and 0 <= column < cells:
            event.stop()
            self.post_message(self.Pointed(self._strip.offset_at(column, cells)))

    def _count_strips(self, width: int) -> list[Strip]:
        return self.once(
            (width, self._items), lambda: [row(parts, width) for parts in self._count_rows(width)]
        )

    def _count_rows(self, width: int) -> list[list[Segment]]:
        rows: list[list[Segment]] = []
        used = 0
        for item in self._items:
            cells, size = self.once(("item", item), partial(self._item, item))
            if not rows or used + _GAP + size > width - 1:
                rows.append([seg("  ")])
                used = 2
            else:
                rows[-1].append(seg(" " * _GAP))
                used += _GAP
            rows[-1].extend(cells)
            used += size
        return rows

    def _item(self, item: CountItem) -> tuple[list[Segment], int]:
        """Return how often a tag was given, and how many cells that takes."""
        cells = [seg(item.symbol, self.tag_ink(item.color) + _BOLD), seg(f" {item.count:,}")]
        if not item.count:
            cells = [seg(f"{item.symbol} 0", self.part("counts--dim"))]
        return cells, cells_of(cells)
