"""A Textual app whose ``j`` repaints one small cell: what a key costs whatever one does."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class OneCell(App[None]):
    """Shows how often ``j`` was pressed."""

    BINDINGS = [("j", "next", "next"), ("q", "quit", "quit")]  # noqa: RUF012 - as small as can be
    CSS = "Static { width: 16; height: 1; }"
    pressed = 0

    def compose(self) -> ComposeResult:
        self.static = Static(self.words(), markup=False)
        yield self.static

    def words(self) -> str:
        return f"pressed {self.pressed}"

    def action_next(self) -> None:
        self.pressed += 1
        self.static.update(self.words(), layout=False)


if __name__ == "__main__":
    OneCell().run()
