"""What is current, in lines of plain text, the terminal's cursor on them: for screen readers."""

from __future__ import annotations

from textual.strip import Strip

from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.plain_current import put_cursor, when_seen_again
from reader.tui.widgets.strips import StripWidget

_LEAST, _SHARE = 6, 3
"""Rows at least, and which part of the window where that is more."""
_ABOUT_ROWS, _SAID_ROWS = 3, 2


def rows_of(height: int) -> int:
    """Return how many rows the lines have in a window of so many; one above them is empty."""
    return max(_LEAST, height // _SHARE)


class PlainLines(StripWidget):
    """What was said last, the words of what is current, and what is known of it, down to the end.

    Each line is one piece, so that a changed line is sent whole. What is said stands above the
    rest, which it does not move. The number of rows stays, so that nothing else moves. The
    terminal's cursor goes to the line that has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = self._about = self._said = ""
        self._at = 0
        self._line = 0

    def on_mount(self) -> None:
        """Have the cursor come back with the screen."""
        when_seen_again(self, self._put_cursor)

    def show(self, words: str, about: str) -> None:
        """Show what is current and what is known of it; the cursor goes to what is new of it.

        What was said stays, and the cursor on it, where only more has become known.
        """
        if (words, about) != (self._words, self._about):
            self._said = "" if words != self._words else self._said
            if not self._said:
                self._at = 1 if words != self._words else 2
            self._words, self._about = words, about
            self.redraw()

    def forget(self) -> None:
        """Show no message any more, as something else has been done since."""
        if self._said:
            self._said, self._at = "", 2
            self.redraw()

    def say(self, text: str) -> None:
        """Show a message, until something else is done or current; the cursor goes there."""
        self._at = 0
        if text == self._said:
            text += " "  # said again: the line is to be sent again
        self._said = text
        self.redraw()

    def rows_for(self, width: int) -> int:
        """Return the number of rows, which depends on the window alone."""
        return rows_of(self.app.size.height)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return message, words and facts, one below the other, and put the cursor there."""
        said = wrap(self._said, width - 1, _SAID_ROWS) if self._said else []
        about = wrap(self._about, width - 1, min(_ABOUT_ROWS, height - len(said) - 1))
        words = wrap(self._words, width - 1, max(1, height - len(said) - len(about)))
        empty = [""] * (height - len(said) - len(words) - len(about))
        starts = (0, len(said), len(said) + len(words))
        self._line = len(empty) + starts[self._at]
        self.call_after_refresh(self._put_cursor)
        self._put_cursor(send=False)
        return [row([seg(text)], width) for text in (*empty, *said, *words, *about)]

    def _put_cursor(self, *, send: bool = True) -> None:
        put_cursor(self, self._line, send=send)
