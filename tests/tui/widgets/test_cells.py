"""Rows of cells are Textual's strips, in whatever is made of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip

from reader.tui.widgets.cells import Row, clip, wrap


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


def test_what_is_cut_ends_in_one_ellipsis() -> None:
    text = "Ada Lowe, Presi…, direct"
    assert clip(text, 16) == clip(text, 17) == "Ada Lowe, Presi…"
    assert clip(text, 20) == "Ada Lowe, Presi…, d…"
    assert clip(text, len(text)) == text
    assert wrap("one two… three", 9, 1) == ["one two…"]
