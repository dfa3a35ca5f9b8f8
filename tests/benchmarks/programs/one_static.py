"""A Textual app with one Static that ``j`` repaints: what a key costs whatever one does.

With the word ``cell`` the Static is one short line; else it is a screenful of text.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "The council had heard the figures before and took them for what they were worth. "


class OneStatic(App[None]):
    """Shows how often ``j`` was pressed."""

    BINDINGS = [("j", "next", "next"), ("q", "quit", "quit")]  # noqa: RUF012 - as small as can be
    CSS = "Static { height: 1fr; }"
    pressed = 0

    def compose(self) -> ComposeResult:
        self.static = Static(self.words(), markup=False)
        if "cell" in sys.argv:
            self.static.styles.height = 1
        yield self.static

    def words(self) -> str:
        count = f"pressed {self.pressed}. "
        return count if "cell" in sys.argv else count + WORDS * 50

    def action_next(self) -> None:
        self.pressed += 1
        self.static.update(self.words(), layout=False)


if __name__ == "__main__":
    OneStatic().run()
