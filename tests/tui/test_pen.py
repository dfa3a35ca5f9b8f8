"""What is sent for some cells of a row is what the whole row would have shown there."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from reader.tui.frames import _spans as joined
from reader.tui.pen import Pen, Rows

SIZE = (40, 3)

STYLES = tuple(
    style if style is None else Style.parse(style)
    for style in (
        *(None, "none", "bold", "italic", "underline", "bold dim", "dim", "reverse underline"),
        *("#102030 on #e0e0e0", "underline #b2b2b2", "underline color(250) on color(236)"),
        *("color(254) on color(236)", "bold color(254) on color(236)", "red", "overline blue"),
        *("not bold default on default", "on color(236)", "strike bright_red on bright_blue"),
    )
)
"""Styles of which some need no codes, and some differ in one thing only."""

PIECES = st.lists(
    st.tuples(
        st.one_of(
            st.text("ab \u00e9\u6c34", min_size=1, max_size=6),
            st.integers(1, 25).map(lambda n: " " * n),
        ),
        st.sampled_from(STYLES),
    ),
    max_size=6,
)


def strip_of(pieces: Sequence[tuple[str, Style | None]]) -> Strip:
    """Return a strip as wide as the terminal."""
    strip = Strip([Segment(text, style) for text, style in pieces])
    return strip.adjust_cell_length(SIZE[0])


def cells(output: str) -> list[list[tuple[object, ...]]]:
    """Return what a terminal full of letters shows then."""
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join("#" * SIZE[0] for _ in range(SIZE[1])))
    stream.feed(output)
    assert screen.cursor.attrs == screen.default_char, "a style is left over"
    return [[_seen(screen.buffer[y][x]) for x in range(SIZE[0])] for y in range(SIZE[1])]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """Return what can be seen of a cell; of a blank no weight, slant or ink."""
    lines = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " ":
        return (" ", cell.bg, *lines, cell.fg if any(lines) else None)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, *lines)


SPANS = st.lists(
    st.tuples(st.integers(0, SIZE[1] - 1), st.integers(0, SIZE[0] - 1), st.integers(1, SIZE[0])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15)
@given(
    st.lists(PIECES, min_size=SIZE[1], max_size=SIZE[1]),
    SPANS,
    st.sampled_from(["", "38;2;16;32;48;48;2;224;224;224", "1"]),
)
def test_cells_look_as_in_the_whole_row(
    rows: list[list[tuple[str, Style | None]]], spans: list[tuple[int, int, int]], ground: str
) -> None:
    strips = [strip_of(pieces) for pieces in rows]
    known: Rows = {}
    regions = [Region(start, y, length, 1) for y, start, length in spans]
    for _ in range(2):  # put together anew, then as they were kept
        pen, painted = Pen(ColorSystem.TRUECOLOR, known, ground), ""
        for y, start, end in joined(regions, *SIZE):
            pen.row(start, y, strips[y], start, end)
            cut = "".join(
                f"\x1b[{Strip.render_ansi(style, ColorSystem.TRUECOLOR)}m{text}\x1b[0m"
                if style
                else text
                for text, style, _ in strips[y].crop(start, end)
            )
            painted += f"\x1b[{y + 1};{start + 1}H{cut}"
        assert cells(pen.written()) == cells(painted)
    assert len(known) <= len(set(spans))


def test_a_style_is_named_once_for_rows_that_share_it() -> None:
    ground, words = Style.parse("color(254) on color(236)"), Style.parse("underline color(249)")
    rows = [
        strip_of([("| ", None), ("one ", words), ("and", None), (" two", words)]),
        strip_of([("| ", None), ("three", words), (". ", None), ("four", ground)]),
        strip_of([("> ", None), ("five", ground), (" six", ground + Style(underline=True))]),
    ]
    pen = Pen(ColorSystem.TRUECOLOR, {})
    for y, end in ((0, 13), (1, 13), (2, 10)):
        pen.row(0, y, rows[y], 0, end)
    assert pen.written() == (
        "\x1b[1;7Hand\x1b[2;1H| \x1b[3;1H> "  # where a style would be taken away and brought back
        "\x1b[1;1H| \x1b[4;38;5;249mone \x1b[3C two"
        "\x1b[2;3Hthree\x1b[m. \x1b[38;5;254;48;5;236mfour"
        "\x1b[3;3Hfive\x1b[4m six\x1b[m"
    )
    pen, short = Pen(ColorSystem.TRUECOLOR, {}), Style(underline=True)  # it is soon brought back
    pen.row(2, 1, strip_of([("one ", short), ("and", None), (" two", short)]), 0, 11)
    assert pen.written() == "\x1b[2;3H\x1b[4mone \x1b[mand\x1b[4m two\x1b[m"


def test_what_looks_like_most_of_the_screen_is_sent_first() -> None:
    ground, raised = Style.parse("white on black"), Style.parse("white on blue")
    rows = [strip_of([("| ", ground), (f"row {y}", raised)]) for y in range(3)]
    pen = Pen(ColorSystem.TRUECOLOR, {}, "37;40")
    assert pen.written() == ""
    for y, strip in enumerate(rows):
        pen.row(0, y, strip, 0, 7)
    assert pen.written() == (
        "\x1b[37;40m\x1b[2;1H| \x1b[3;1H| "
        "\x1b[1;1H| \x1b[44mrow 0\x1b[2;3Hrow 1\x1b[3;3Hrow 2\x1b[m"
    )


@pytest.mark.parametrize(
    ("style", "told"),
    [(None, True), (Style(color="#92989f", bold=True), True), (Style(color="red"), True),
     (Style(bgcolor="#333537"), False), (Style(color="red", bgcolor="blue"), False),
     (Style(reverse=True), False), (Style(underline=True), False)],
)  # fmt: skip
def test_the_number_of_blanks_is_told_where_they_are_nothing(
    style: Style | None, told: bool
) -> None:
    pen = Pen(ColorSystem.TRUECOLOR, {})
    pen.row(0, 0, Strip([Segment("word" + " " * 20, style)]), 0, 24)
    assert ("word\x1b[20X" in pen.written()) is told
    assert ("word" + " " * 20 in pen.written()) is not told
    pen.row(0, 1, Strip([Segment("word" + " " * 20 + "word" + " " * 9, style)]), 0, 37)
    assert ("word\x1b[20X\x1b[20Cword\x1b[9X" in pen.written()) is told
