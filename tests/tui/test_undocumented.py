"""Notices when Textual changes what the article pane leans on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest
import textual
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.app import App, ComposeResult
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver
from textual.filter import Monochrome
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static
from textual.widgets._toast import Toast, ToastRack

import reader.tui
from reader.tui.undocumented import Row, SelfPainted, hand_over_quickly


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


class Loop:
    """Takes note of what it is asked to call."""

    def __init__(self) -> None:
        self.called: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def call_soon_threadsafe(self, call: Callable[..., object], *values: object) -> None:
        self.called.append((call, values))


async def test_a_key_of_the_driver_is_posted_to_the_app() -> None:
    app = Host()
    app.driver_class = HeadlessDriver
    hand_over_quickly(app)
    async with app.run_test(size=(20, 5)):
        driver = app.driver_class(app)
        loop = driver._loop = Loop()
        key = events.Key("a", "a")
        driver.process_message(key)
        assert loop.called == [(app.post_message, (key,))]


def test_textual_still_has_every_private_name_that_is_leaned_on() -> None:
    ours = _all_of(reader.tui)
    used = set(re.findall(r"(?<!self)(?<!cls)\.(_[a-z]\w*)", ours))
    own = {name for name in used if any(f"{way}{name}" in ours for way in ("self.", "def ", "  "))}
    assert {"_dirty_regions", "_handle_exception", "_modal_binding_chain"} <= used - own
    theirs = _all_of(textual)
    of_python = {"_getframe", "_waiters"}
    assert {name for name in used - own if name not in theirs} == of_python


def _all_of(package: ModuleType) -> str:
    """Return the source of a package, module after module."""
    (folder,) = package.__path__
    return "\n".join(path.read_text("utf-8") for path in Path(folder).rglob("*.py"))


def test_a_row_is_a_strip_in_whatever_is_made_of_it() -> None:
    bold, red = RichStyle(bold=True), RichStyle(color="red", bgcolor="white")
    parts = [Segment("one ", bold), Segment("two", red), Segment(" ⚑ 字 three", RichStyle())]
    strip, row = Strip(parts), Row(list(parts), cell_len("one two ⚑ 字 three"))
    made: list[Callable[[Strip], object]] = [
        lambda each: each.cell_length,
        lambda each: each.text,
        lambda each: list(each),
        lambda each: each.crop(2, 9),
        lambda each: each.crop_extend(1, 40, bold),
        lambda each: each.adjust_cell_length(30, red),
        lambda each: each.extend_cell_length(30),
        lambda each: each.divide([3, 8, 12]),
        lambda each: each.apply_style(red),
        lambda each: each.apply_style(red).apply_filter(Monochrome(), Color(0, 0, 0)),
        lambda each: each.apply_offsets(2, 3),
        lambda each: each.simplify(),
        lambda each: Strip.join([each, each]),
        lambda each: each.render(Console(color_system="truecolor", force_terminal=True)),
        lambda each: (each.link_ids, each.cell_count),
    ]
    for make in made:
        assert make(row) == make(strip)
        assert make(row) == make(strip), "as well from a cache"
    assert row == strip
    assert strip == row
    with pytest.raises(AttributeError, match="nothing_like_it"):
        row.nothing_like_it  # noqa: B018 - that is what is tried


async def test_a_message_goes_also_where_a_widget_is_looked_for_before_the_layout() -> None:
    app = Host()
    async with app.run_test(size=(20, 8), notifications=True) as pilot:
        app.notify("told", timeout=60)
        await pilot.pause(0.1)
        rack = app.screen.get_child_by_type(ToastRack)
        (toast,) = app.query(Toast)
        rows = {y for y, *_ in app.sent}
        assert toast.region.y in rows
        app.sent.clear()
        app.clear_notifications()
        rack.show(app._notifications)  # it has left, and the layout comes
        app.screen._compositor._full_map_invalidated = True  # as by a widget that is not seen
        assert app.query_one(Lines).region
        await pilot.pause(0.1)
        assert rows <= {y for y, *_ in app.sent}
