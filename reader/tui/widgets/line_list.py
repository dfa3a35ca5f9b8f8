"""A list on the line API: its cost depends on the rows that are visible, never on its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.list_rows import ListRows

if TYPE_CHECKING:
    from reader.tui.widgets.plain_current import PlainCurrent

_WHEEL_ROWS = 3
_TOLD_CELLS = 200
"""How wide an entry is for a screen reader, before it is cut at the window's edge."""


class LineList(ListRows, can_focus=True):
    """Entries by position, one row each; the current one may be opened to several.

    A subclass says what its entries are, see `ListRows`. It gives the widget keys by naming actions
    that call `move`, `page` and `go`. The look of the current entry is the subclass's business.
    """

    PUTS_CURSOR = False
    """Whether it puts the terminal's cursor on the current entry itself."""

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
        self._forget_rows()
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

    # Events

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
