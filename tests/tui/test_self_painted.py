"""Widgets that paint themselves: their lines are shown, and only what has changed is sent."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from reader.tui.self_painted import SelfPainted


class Lines(SelfPainted):
    asked = 0

    def lines(self) -> Sequence[Strip]:
        self.asked += 1
        width, height = self.size
        return [Strip([Segment(f"{y}".ljust(width))], width) for y in range(height)]


class Host(App[None]):
    CSS = "Lines { width: 1fr; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.sent: list[tuple[int, int, int]] = []

    def compose(self) -> ComposeResult:
        yield Static("top")
        yield Lines()

    def _display(self, screen: object, renderable: object) -> None:
        self.sent += getattr(renderable, "spans", [])
        super()._display(screen, renderable)  # type: ignore[arg-type]


async def test_the_compositor_shows_the_lines_as_they_are() -> None:
    app = Host()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert [strip.text.rstrip() for strip in strips] == ["top", "0", "1", "2", "3"]


async def test_only_the_region_that_was_refreshed_is_sent() -> None:
    app = Host()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        app.sent.clear()
        app.query_one(Lines).refresh(Region(0, 1, 7, 1), Region(0, 3, 4, 1))
        await pilot.pause()
        assert app.sent == [(2, 0, 7), (4, 0, 4)]


async def test_nothing_piles_up_in_the_caches_that_are_passed_by() -> None:
    app = Host()
    async with app.run_test(size=(20, 5)) as pilot:
        lines = app.query_one(Lines)
        lines.refresh(Region(0, 1, 7, 1))
        assert lines._dirty_regions
        assert lines._styles_cache._dirty_lines
        await pilot.pause()
        assert not lines._dirty_regions
        assert not lines._styles_cache._dirty_lines
        assert not lines._styles_cache._cache


async def test_a_part_of_the_lines_is_cropped_on_both_axes() -> None:
    app = Host()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        part = app.query_one(Lines).render_lines(Region(0, 1, 1, 2))
        assert [strip.text for strip in part] == ["1", "2"]
        assert app.query_one(Lines).render_line(3).text.strip() == "3"
        assert app.query_one(Lines).render_line(30).cell_length == 20
