"""The top line: what is open, who annotates, and whether everything is saved."""

from __future__ import annotations

from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.tui.widgets.cells import cells_of, clip, seg, split_row
from reader.tui.widgets.strips import StripWidget

SaveState = Literal["saved", "saving", "failed", "read-only"]
"""After COMMIT; before it; when COMMIT did not come about; when nothing can be changed."""

_WORDS: dict[SaveState, str] = {
    "saved": "saved", "saving": "saving…", "failed": "NOT SAVED", "read-only": "READ-ONLY",
}  # fmt: skip
_PARTS: dict[SaveState, str] = {
    "saved": "saved", "saving": "dim", "failed": "failed", "read-only": "failed",
}  # fmt: skip
_STATE_CELLS = max(cell_len(word) for word in _WORDS.values()) + 2
_TITLE_CELLS = 24
"""Cells that a title has at least, before the annotator is shown beside it."""
_ABOUT_FROM = 44
"""Cells that a title has at least, or its own, before outlet and date are."""


class TitleBar(StripWidget):
    """App, title, outlet and date at the left; annotator and save state at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "titlebar--app",
        "titlebar--title",
        "titlebar--dim",
        "titlebar--saved",
        "titlebar--failed",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = ""
        self._about = ""
        self._annotator = ""
        self._state: SaveState | None = None

    def set_title(self, title: str, outlet: str = "", date: str = "") -> None:
        """Show another title, with where and when it was published if that is known."""
        self._title = title
        self._about = " · ".join(part for part in (outlet, date) if part)
        self.redraw()

    def set_annotator(self, name: str) -> None:
        """Show who annotates."""
        self._annotator = name
        self.redraw()

    def set_save_state(self, state: SaveState | None) -> None:
        """Show whether everything is saved; None shows nothing."""
        if state != self._state:
            self._state = state
            self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the line; what matters least goes first where it is narrow."""
        shown = (width, self._title, self._about, self._annotator, self._state)
        return self.once(shown, lambda: self._drawn(width))

    def _drawn(self, width: int) -> list[Strip]:
        right = self._right(width)
        app = [seg(" reader  ", self.part("titlebar--app"))]
        if width - cells_of(right) - cells_of(app) < _TITLE_CELLS:
            app = [seg(" ")]
        room = width - cells_of(right) - cells_of(app) - 1
        title = seg(clip(self._title, room), self.part("titlebar--title"))
        return [split_row([*app, title], right, width)]

    def _right(self, width: int) -> list[Segment]:
        dim = self.part("titlebar--dim")
        state = self._state_segments()
        title = min(cell_len(clip(self._title, width)), _ABOUT_FROM) + 2
        room = width - cells_of(state)
        parts: list[Segment] = []
        for text, least in ((self._annotator, _TITLE_CELLS), (self._about, title)):
            shown = clip(text, 40)
            if shown and cell_len(shown) + 3 <= room - least:
                parts.insert(0, seg(f"{shown}   ", dim))
                room -= cell_len(shown) + 3
        return [*parts, *state]

    def _state_segments(self) -> list[Segment]:
        if self._state is None:
            return []
        word = _WORDS[self._state]
        pad = _STATE_CELLS - cell_len(word) - 1
        return [seg(" " * pad), seg(word, self.part(f"titlebar--{_PARTS[self._state]}")), seg(" ")]
