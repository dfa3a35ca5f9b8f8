"""The rows of a list: an entry has one, the open one as many as it draws; some are in view."""

from __future__ import annotations

from itertools import compress, count, repeat
from operator import is_
from typing import cast

from textual.strip import Strip

from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

_CACHED_ROWS = 512


class ListRows(StripWidget):
    """Draws the entries that are in view, and finds which entry a row belongs to.

    A subclass answers `entry_count` and draws single entries: `draw_closed` and, if it has open
    entries, `draw_open`.
    """

    EMPTY = ""
    """What stands in the list as long as it has no entries."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._current: int | None = None
        self._card: int | None = None
        """The open entry; another one may be current while keys come quickly."""
        self._open: list[Strip] = []
        self._top = 0
        """The first row in view."""
        self._row_cache: dict[int, Strip] = {}

    # What a subclass says

    def entry_count(self) -> int:
        """Return how many entries there are."""
        raise NotImplementedError

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return the one row of an entry that is not current."""
        raise NotImplementedError

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the rows of the current entry; one row like the others unless overridden."""
        return [self.draw_closed(position, width)]

    def draw_marked(self, position: int, width: int) -> Strip:
        """Return the current entry in one row, while another one is still open."""
        return self.draw_closed(position, width)

    def opened_now(self) -> int | None:
        """Return where the open entry is now that entries may have been added or removed."""
        return self._card if self._card is not None and self._card < self.entry_count() else None

    # Which rows there are

    def _opened(self) -> list[Strip]:
        if not self._open and self._card is not None and self.size.width:
            self._open = self.draw_open(self._card, self.size.width)
        return self._open

    def _forget_open(self) -> None:
        """Forget the rows of the open entry."""
        self._open = []

    def _forget_rows(self) -> None:
        self._row_cache.clear()
        self._forget_open()

    def _extra(self) -> int:
        """Return how many rows the open entry takes beyond its one."""
        return max(0, len(self._opened()) - 1) if self._card is not None else 0

    def _row_count(self) -> int:
        return self.entry_count() + self._extra()

    def position_at(self, y: int) -> int | None:
        """Return the entry that covers a row of the view, or None below the last."""
        line = self._top + y
        if self._card is not None and line > self._card:
            line = max(self._card, line - self._extra())
        return line if 0 <= line < self.entry_count() else None

    def current_rows(self) -> tuple[int, int] | None:
        """Return the first and the last row of the view that the current entry takes, if any."""
        if self._current is None:
            return None
        opened = self._current == self._card
        above = self._card is not None and self._card < self._current
        first = self._current + (self._extra() if above else 0) - self._top
        last = first + (self._extra() if opened else 0)
        return max(0, first), min(last, self.size.height - 1)

    def _into_view(self) -> None:
        """Choose the first row so that the current entry is visible.

        The view moves by a good part of a page at once: so most moves change a few rows only.
        """
        height = self.size.height
        if not height:
            return
        if self._current is not None:
            opened = self._current == self._card
            rows = min(len(self._opened()), height) if opened else 1
            above = self._card is not None and self._card < self._current
            first = self._current + (self._extra() if above else 0)
            last = first + rows
            if last > self._top + height:
                self._top = first - min(height // 4, height - rows)
            elif first < self._top:
                self._top = last - max(height - height // 4, rows)
        self._clamp()

    def _clamp(self) -> None:
        self._top = max(0, min(self._top, self._row_count() - self.size.height))

    # Drawing

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible rows."""
        if not self.entry_count():
            return self.draw_empty(width, height)
        return self._lines(range(self._top, min(self._top + height, self._row_count())), width)

    def draw_empty(self, width: int, height: int) -> list[Strip]:
        """Return what stands in an empty list."""
        dim = self.part("line-list--empty")
        rows = wrap(self.EMPTY, width - 4, height)
        return [row([seg("  "), seg(text, dim)], width) for text in rows]

    def _lines(self, lines: range, width: int) -> list[Strip]:
        """Return some of all rows: entries in one row each, and between them the open one."""
        card = self._card
        if card is None:
            return self._closed_rows(lines, width)
        opened, extra = self._opened(), self._extra()
        behind = card + len(opened)
        above = range(lines.start, min(lines.stop, card))
        below = range(max(lines.start, behind) - extra, lines.stop - extra)
        between = opened[max(lines.start - card, 0) : max(lines.stop - card, 0)]
        return [*self._closed_rows(above, width), *between, *self._closed_rows(below, width)]

    def _closed_rows(self, positions: range, width: int) -> list[Strip]:
        """Return entries in a row each, those that were drawn before without a step for each."""
        rows = [*map(self._row_cache.get, positions)]
        for at in compress(count(), map(is_, rows, repeat(None))):
            rows[at] = self._closed_row(positions[at], width)
        if self._current is not None and self._current in positions:
            rows[self._current - positions.start] = self.draw_marked(self._current, width)
        return cast("list[Strip]", rows)

    def _closed_row(self, position: int, width: int) -> Strip:
        if len(self._row_cache) >= _CACHED_ROWS:
            self._row_cache.clear()
        strip = self._row_cache[position] = self.draw_closed(position, width)
        return strip

    def fit_size(self) -> None:
        """Keep the current entry in view at the new size."""
        self._forget_rows()
        self._into_view()
        super().fit_size()

    def notify_style_update(self) -> None:
        """Forget rows drawn with the old styles."""
        self._forget_rows()
        super().notify_style_update()
