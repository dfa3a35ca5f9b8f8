"""A list on the line API: its cost depends on the rows that are visible, never on its length."""

from __future__ import annotations

from itertools import compress, count, repeat
from operator import is_
from typing import TYPE_CHECKING, cast

from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

if TYPE_CHECKING:
    from reader.tui.widgets.plain_current import PlainCurrent

_WHEEL_ROWS = 3
_CACHED_ROWS = 512
_TOLD_CELLS = 200
"""How wide an entry is for a screen reader, before it is cut at the window's edge."""


class LineList(StripWidget, can_focus=True):
    """Entries by position, one row each; the current one may be opened to several.

    A subclass answers `entry_count` and draws single entries: `draw_closed` and, if it has open
    entries, `draw_open`. It gives the widget keys by naming actions that call `move`, `page` and
    `go`. The look of the current entry is the subclass's business.
    """

    PUTS_CURSOR = False
    """Whether it puts the terminal's cursor on the current entry itself."""
    EMPTY = ""
    """What stands in the list as long as it has no entries."""

    @dataclass
    class Moved(Message):
        """The user went to another entry inside the list."""

        list: LineList
        position: int

        @property
        def control(self) -> LineList:
            """The list it happened in."""
            return self.list

    @dataclass
    class Jumped(Message):
        """The user chose an entry, with Enter or a click."""

        list: LineList
        position: int

        @property
        def control(self) -> LineList:
            """The list it happened in."""
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._current: int | None = None
        self._card: int | None = None
        self._open: list[Strip] = []
        self._top = 0
        self._row_cache: dict[int, Strip] = {}
        self._plain: PlainCurrent | None = None

    def on_mount(self) -> None:
        """In plain mode, tell what is current in lines of text, where nothing else does."""
        if getattr(self.app, "plain", False) and not hasattr(self.screen, "plain_lines"):
            from reader.tui.widgets.plain_current import lines_of  # late: plain mode only

            self._plain = lines_of(self.screen)
            self.tell_again()

    def tell_again(self) -> None:
        """Tell what is current, or what stands in place of a list, as it is now."""
        if self._plain is not None:
            width, current = _TOLD_CELLS, self._current
            empty = not self.entry_count()
            told = self.draw_empty(width, 2) if empty else []
            if not empty and current is not None:
                told = self.tell_entry(current, width)
            self._plain.show(self, told)

    def tell_entry(self, position: int, width: int) -> list[Strip]:
        """Return an entry as it is told to a screen reader: as it is drawn, unless overridden."""
        return self.draw_open(position, width)

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

    # State

    @property
    def current(self) -> int | None:
        """Position of the current entry, or None."""
        return self._current

    def set_current(self, position: int | None) -> None:
        """Make an entry current, open it and bring it into view."""
        count = self.entry_count()
        if position is not None:
            position = max(0, min(position, count - 1)) if count else None
        self._current = position
        if position != self._card:
            self._card = position
            self._forget_open()
        self._into_view()
        self.redraw()
        self.tell_again()

    def choose(self, position: int | None) -> None:
        """Let an entry be the current one when everything is drawn anew, which has to follow."""
        self._current = position

    def refresh_entries(self, *, held: bool = False) -> None:
        """Draw anew after entries were added, changed or removed.

        Held, what is open stays open, if it is still there.
        """
        self._row_cache.clear()
        self._forget_open()
        count = self.entry_count()
        if self._current is not None and self._current >= count:
            self._current = count - 1 if count else None
        self._card = self.opened_now() if held else self._current
        self._into_view()
        self.redraw()
        self.tell_again()

    def reopen(self) -> None:
        """Draw the current entry anew, because what it says when open has changed."""
        self._forget_open()
        self._into_view()
        self.redraw()
        self.tell_again()

    # Moving

    def move(self, step: int) -> None:
        """Go on by ``step`` entries (back if negative) and say so."""
        count = self.entry_count()
        if not count:
            return
        self.go(self._top if self._current is None else self._current + step)

    def page(self, direction: int) -> None:
        """Go on (1) or back (-1) by as many entries as are visible.

        An open entry that is higher than the view is read to its end first.
        """
        end = self.entry_count() - 1 if direction > 0 else 0
        if not self._page_in_open(direction) and self._current != end:
            self.move(direction * max(1, self.size.height - len(self._opened())))

    def _page_in_open(self, direction: int) -> bool:
        """Show the next rows of the open entry, if it is the current one; False if it has none."""
        if self._card is None or self._card != self._current:
            return False
        top, height = self._top, self.size.height
        step = direction * max(1, height - 1)  # a row stays
        first, last = self._card, self._card + len(self._opened())
        if direction > 0:
            self._top = max(top, min(top + step, last - height))
        else:
            self._top = min(top, max(top + step, first))
        self.redraw()
        return self._top != top

    def go(self, position: int) -> None:
        """Go to an entry, clamped to the list, and say so if it is another one."""
        before = self._current
        self.set_current(position)
        if self._current is not None and self._current != before:
            self.post_message(self.Moved(self, self._current))

    def go_to_number(self, number: int) -> None:
        """Go to an entry by its number, from 1; to the last if there are not so many."""
        self.go(number - 1)

    def jump(self) -> None:
        """Say that the current entry was chosen."""
        if self._current is not None:
            self.post_message(self.Jumped(self, self._current))

    # Rows: an entry has one, the open one as many as it draws.

    def _opened(self) -> list[Strip]:
        if not self._open and self._card is not None and self.size.width:
            self._open = self.draw_open(self._card, self.size.width)
        return self._open

    def _forget_open(self) -> None:
        """Forget the rows of the open entry."""
        self._open = []

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

    # Events

    def fit_size(self) -> None:
        """Keep the current entry in view at the new size."""
        self._row_cache.clear()
        self._forget_open()
        self._into_view()
        super().fit_size()

    def notify_style_update(self) -> None:
        """Forget rows drawn with the old styles."""
        self._row_cache.clear()
        self._forget_open()
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        """Choose the entry under the mouse."""
        position = self.position_at(event.y)
        if position is not None:
            event.stop()
            self.go(position)
            self.jump()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the view on; the current entry stays what it is."""
        self._scroll(_WHEEL_ROWS, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the view back."""
        self._scroll(-_WHEEL_ROWS, event)

    def _scroll(self, rows: int, event: events.MouseEvent) -> None:
        event.stop()
        self._top += rows
        self._clamp()
        self.redraw()
