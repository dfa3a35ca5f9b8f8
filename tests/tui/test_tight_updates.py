"""What is sent for a dirty region is that region, not the line from its left end."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.undocumented import tight


class Line(Widget):
    def render_line(self, y: int) -> Strip:
        return Strip([Segment("left "), Segment("middle "), Segment("right".ljust(8))], 20)


class Host(App[None]):
    CSS = "Line { width: 1fr; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield Line()

    def _display(self, screen: object, renderable: object) -> None:
        update = tight(renderable)  # type: ignore[arg-type]
        if hasattr(update, "spans"):
            self.sent.append(update.render_segments(self.console))
        super()._display(screen, update)  # type: ignore[arg-type]


async def test_a_region_is_cropped_at_both_ends() -> None:
    app = Host()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        app.sent.clear()
        app.query_one(Line).refresh(Region(5, 0, 6, 1))
        await pilot.pause()
        (sent,) = app.sent
        assert sent.startswith("\x1b[1;6H")
        assert "middle" in sent
        assert "left" not in sent
        assert "right" not in sent
