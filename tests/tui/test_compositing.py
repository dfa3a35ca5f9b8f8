"""What the compositor sends: all that has changed, and of each line no more than that."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from reader.tui.compositing import tight


class Line(Widget):
    def render_line(self, y: int) -> Strip:
        return Strip([Segment("left "), Segment("middle "), Segment("right".ljust(8))], 20)


class Host(App[None]):
    CSS = "Line { width: 1fr; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.spans: list[tuple[int, int, int]] = []

    def compose(self) -> ComposeResult:
        yield Line()

    def _display(self, screen: object, renderable: object) -> None:
        update = tight(renderable)  # type: ignore[arg-type]
        if hasattr(update, "spans"):
            self.sent.append(update.render_segments(self.console))
            self.spans += update.spans
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


async def test_a_message_goes_also_where_a_widget_is_looked_for_before_the_layout() -> None:
    app = Host()
    async with app.run_test(size=(20, 8), notifications=True) as pilot:
        app.notify("told", timeout=60)
        await pilot.pause(0.1)
        rack = app.screen.get_child_by_type(ToastRack)
        (toast,) = app.query(Toast)
        rows = {y for y, *_ in app.spans}
        assert toast.region.y in rows
        app.spans.clear()
        app.clear_notifications()
        rack.show(app._notifications)  # it has left, and the layout comes
        app.screen._compositor._full_map_invalidated = True  # as by a widget that is not seen
        assert app.query_one(Line).region
        await pilot.pause(0.1)
        assert rows <= {y for y, *_ in app.spans}
