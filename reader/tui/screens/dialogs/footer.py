"""The bottom line of a screen that has no status line: what keys do."""

from __future__ import annotations

from textual import events

from reader.tui.screens.dialogs.base import Line
from reader.tui.widgets.cells import wrap


class Footer(Line):
    """The bottom line of a screen: what keys do there, or in the dialog that is open over it."""

    def __init__(self, keys: str, *, max_rows: int = 1) -> None:
        super().__init__(keys, "dim", max_rows=max_rows, classes="footer")
        self._own = keys

    def lend(self, keys: str, *, is_seen: bool) -> None:
        """Say what keys do in a dialog while one is open; nothing gives the line back.

        Args:
            keys: Such as ``Enter takes it · Esc leaves``.
            is_seen: Whether the dialog is there already, which makes no difference here.
        """
        if (keys or self._own) != self._text:
            self.show(keys or self._own)

    def key_at(self, x: int, y: int = 0) -> str:
        """Return the key that is told at a cell, as it is written; empty beside the keys."""
        from reader.tui.widgets.hint_clicks import BETWEEN, told_at

        rows = wrap(self._text, self.size.width, self._max_rows)
        return told_at(rows[y].split(BETWEEN), x) if y < len(rows) else ""

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        from reader.tui.widgets.hint_clicks import press

        event.stop()
        press(self.app, self.key_at(event.x, event.y))

    def rows_for(self, width: int) -> int:
        """Return how many rows the screen's own keys take: nothing moves below a dialog."""
        return max(1, len(wrap(self._own, width, self._max_rows)))
