"""A line that says what keys do, each of which can be clicked as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from reader.tui.screens.dialogs.base import tell_keys
from reader.tui.widgets.cells import cells_of, row, seg
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

Hint = tuple[str, str, str]
"""A key as people write it, or nothing, a word on what it does, and the action of the screen."""


class KeyLine(StripWidget):
    """Keys with what they do, in as many rows as it takes; a click does the same.

    Args:
        most: Rows at most; what has no room is left out, the last first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--word"}

    def __init__(self, most: int = 2) -> None:
        super().__init__(id="keys")
        self._most, self._hints = most, ()
        self._places: list[list[tuple[int, int, str]]] = []

    _hints: Sequence[Hint]

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys."""
        self._hints = tuple(hints)
        self.content_changed()
        tell(self)
        tell_keys(self)

    @property
    def words(self) -> str:
        """The keys with what they do, in one line."""
        return " · ".join(f"{key} {word}".strip() for key, word, _ in self._hints)

    def _laid(self, width: int) -> list[list[tuple[list[Segment], str]]]:
        rows: list[list[tuple[list[Segment], str]]] = [[]]
        used = 0
        for key, word, action in self._hints:
            piece = [
                *([seg(f"{key} ", self.part("keys--key"))] if key else ()),
                seg(word, self.part("keys--word")),
            ]
            cells = cells_of(piece) + (2 if rows[-1] else 0)
            if rows[-1] and used + cells > width:
                rows.append([])
                used, cells = 0, cells_of(piece)
            gap = [seg("  ")] if rows[-1] else []
            rows[-1].append(([*gap, *piece], action))
            used += cells
        return rows[: self._most]

    def rows_for(self, width: int) -> int:
        """Return how many rows it takes."""
        return max(1, len(self._laid(width)))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the keys."""
        rows = self._laid(width)[:height]
        self._places = []
        for pieces in rows:
            at, places = 0, []
            for piece, action in pieces:
                end = at + cells_of(piece)
                places.append((at, end, action))
                at = end
            self._places.append(places)
        return [row([part for piece, _ in pieces for part in piece], width) for pieces in rows]

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        event.stop()
        if event.y < len(self._places):
            for start, end, action in self._places[event.y]:
                if start <= event.x < end and action:
                    await self.screen.run_action(action)
