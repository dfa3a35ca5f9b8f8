"""What is current in a list, in two lines of plain text below it: for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from reader.tui.widgets.cells import clip, row, seg
from reader.tui.widgets.strips import StripWidget

_ROWS = 2
_SIGNS = "▌▏|· "
"""What may stand before an entry and is no word."""


class PlainCurrent(StripWidget):
    """The current entry, and what else is known of it; nothing around them.

    Args:
        takes_cursor: Whether the terminal's cursor goes to it, unless somebody is typing.
    """

    def __init__(self, *, takes_cursor: bool = True) -> None:
        super().__init__()
        self._takes_cursor = takes_cursor
        self._lines: tuple[str, ...] = ()

    def show(self, rows: Sequence[Strip]) -> None:
        """Show an entry as its list draws it: its first row, and the others in one."""
        texts = [" ".join(strip.text.strip().strip(_SIGNS).split()) for strip in rows]
        first, *rest = [text for text in texts if text] or [""]
        lines = (first, "; ".join(rest))
        if lines != self._lines:
            self._lines = lines
            self.redraw()

    def rows_for(self, width: int) -> int:
        """Return how many rows there are, whatever is current."""
        return _ROWS

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the lines, and put the cursor there."""
        self.call_after_refresh(self._put_cursor)
        self._put_cursor()
        return [row([seg(clip(text, width))], width) for text in self._lines]

    def _put_cursor(self) -> None:
        focused = self.screen.focused
        if self.app.screen is not self.screen or not self._takes_cursor:
            return
        if getattr(focused, "TAKES_TEXT", False):
            self.app.cursor_position = getattr(
                focused, "cursor_screen_offset", self.app.cursor_position
            )
        else:
            self.app.cursor_position = self.region.offset
