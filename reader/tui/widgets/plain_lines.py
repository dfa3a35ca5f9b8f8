"""What is current, in lines of plain text, the terminal's cursor on them: for screen readers."""

from __future__ import annotations

from textual.geometry import Offset
from textual.strip import Strip

from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

_LEAST, _SHARE = 6, 3
"""Rows at least, and which part of the window where that is more."""
_ABOUT_ROWS, _SAID_ROWS = 2, 2


class PlainLines(StripWidget):
    """The words of what is current, what is known of it, and what was said last.

    Each line is one piece, so that a changed line is sent whole; the number of rows stays, so that
    nothing else moves. The terminal's cursor goes to the line that has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = self._about = self._said = ""
        self._at = 0

    def show(self, words: str, about: str) -> None:
        """Show what is current and what is known of it; the cursor goes to what is new of it."""
        if (words, about) != (self._words, self._about):
            self._at = 0 if words != self._words else 1
            self._words, self._about, self._said = words, about, ""
            self.redraw()

    def say(self, text: str) -> None:
        """Show a message, for as long as nothing else becomes current; the cursor goes there."""
        self._at = 2
        if text == self._said:
            text += " "  # said again: the line is to be sent again
        self._said = text
        self.redraw()

    def rows_for(self, width: int) -> int:
        """Return the number of rows, which depends on the window alone."""
        return max(_LEAST, self.app.size.height // _SHARE)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return words, facts and message, one below the other, and put the cursor there."""
        said = wrap(self._said, width - 1, _SAID_ROWS) if self._said else []
        about = wrap(self._about, width - 1, _ABOUT_ROWS)
        words = wrap(self._words, width - 1, max(1, height - len(said) - len(about)))
        starts = (0, len(words), len(words) + len(about))
        self.call_after_refresh(self._put_cursor, starts[self._at])
        self._put_cursor(starts[self._at])
        return [row([seg(text)], width) for text in (*words, *about, *said)]

    def _put_cursor(self, line: int) -> None:
        """Put the terminal's cursor on a line, unless somebody is typing elsewhere."""
        focused = self.screen.focused
        on_top = self.app.screen is self.screen  # a screen that is seen below is current, too
        if on_top and not getattr(focused, "TAKES_TEXT", False):
            self.app.cursor_position = self.region.offset + Offset(0, line)
