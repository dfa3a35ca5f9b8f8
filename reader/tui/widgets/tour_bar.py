"""Where the tour speaks: a few rows above the tags."""

from __future__ import annotations

from typing import ClassVar

from textual.strip import Strip

from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

_MOST_ROWS = 5


class TourBar(StripWidget):
    """What happened, and which key the next step waits for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tour--head", "tour--text"}

    def __init__(self) -> None:
        super().__init__()
        self._head = self._text = ""

    def show(self, head: str, text: str) -> None:
        """Show a step.

        Args:
            head: Such as ``Tour 2/6``.
            text: One or two sentences.
        """
        self._head, self._text = head, text
        self.content_changed()

    def rows_for(self, width: int) -> int:
        """Return how many rows the text takes."""
        return max(1, len(self._rows(width)))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the text behind its heading."""
        head, text = self.part("tour--head"), self.part("tour--text")
        first, *others = self._rows(width) or [""]
        rows = [[seg(f" {self._head}", head), seg(first[len(self._head) :], text)]]
        rows += [[seg(f" {line}", text)] for line in others]
        return [row(cells, width) for cells in rows]

    def _rows(self, width: int) -> list[str]:
        return wrap(f"{self._head}: {self._text}", width - 2, _MOST_ROWS)
