"""Notices when Textual changes what we lean on though it is not documented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import textual
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.app import App
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver
from textual.filter import Monochrome
from textual.strip import Strip

import reader.tui
from reader.tui.undocumented import Row, hand_over_quickly


class Loop:
    """Takes note of what it is asked to call."""

    def __init__(self) -> None:
        self.called: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def call_soon_threadsafe(self, call: Callable[..., object], *values: object) -> None:
        self.called.append((call, values))


async def test_a_key_of_the_driver_is_posted_to_the_app() -> None:
    app = App[None]()
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
