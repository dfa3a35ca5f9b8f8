from __future__ import annotations

import re

import pytest
from textual.geometry import Region
from widget_harness import WidgetApp, widget_text

from reader.tui.widgets.hints import Mode
from reader.tui.widgets.statusbar import Place, StatusBar
from reader.tui.widgets.titlebar import SaveState, TitleBar


async def test_title_bar_says_what_is_open_and_whether_it_is_saved() -> None:
    bar = TitleBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 4)) as pilot:
        bar.set_title("A president\x1b]0;x\x07 defends", "The Example Post", "2017-05-16")
        bar.set_annotator("ana")
        words: list[str] = []
        states: list[SaveState] = ["saved", "saving", "failed"]
        for state in states:
            bar.set_save_state(state)
            await pilot.pause()
            words.append(widget_text(bar)[0].split("ana")[1].strip())
        assert words == ["saved", "saving…", "NOT SAVED"]
        line = widget_text(bar)[0]
        assert line.startswith(" reader  A president")
        assert "The Example Post · 2017-05-16" in line
        assert "\x1b" not in line
        assert "\x07" not in line


@pytest.mark.parametrize("width", [1, 10, 30, 50, 80])
async def test_a_narrow_title_bar_keeps_title_and_save_state(width: int) -> None:
    bar = TitleBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(width, 4)) as pilot:
        bar.set_title("大統領は情報共有を擁護した " * 9, "The Example Post", "2017-05-16")
        bar.set_annotator("ana")
        bar.set_save_state("failed")
        await pilot.pause()
        assert bar.render_line(0).cell_length == width
        if width >= 30:
            assert "NOT SAVED" in widget_text(bar)[0]
            assert "大統領は" in widget_text(bar)[0]


async def test_status_shows_hints_place_and_mode() -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(140, 4)) as pilot:
        bar.set_mode("READ", "1-6 0")
        bar.set_place(Place(3, 23, 14, 3))
        await pilot.pause()
        (line,) = widget_text(bar)
        assert line.startswith(" 1-6 0 tag  j statement")
        assert "? help" in line
        assert line.endswith("statement 3/23 · 14 % · 3 min left    READ")
        bar.set_place(Place(3, 2300, 14, 95, estimated=True))
        assert "statement ~3/~2,300 · 14 % · ~95 min left" in widget_text(bar)[0]


@pytest.mark.parametrize(
    ("mode", "hint"),
    [("SELECT", "t tags"), ("PANEL", "/ filter"), ("NOTE", "Ctrl-S or Esc saves and closes"),
     ("SEARCH", "Ctrl-R regex"), ("LIBRARY", "Enter open")],
)  # fmt: skip
async def test_each_mode_has_its_hints(mode: Mode, hint: str) -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 4)) as pilot:
        bar.set_mode(mode)
        bar.set_info("42 articles")
        await pilot.pause()
        (line,) = widget_text(bar)
        assert hint in line
        assert line.endswith(mode)
        assert "42 articles" in line
        bar.set_proposal("x somebody, direct: “words”?")
        bar.set_offer("New?", first=True)
        await pilot.pause()
        assert hint in widget_text(bar)[0]  # these keys are for the article alone
        assert "x somebody" not in widget_text(bar)[0]
        bar.set_mode("READ")
        await pilot.pause()
        assert widget_text(bar)[0].startswith(" New?  ")
        bar.set_offer("New?")
        await pilot.pause()
        assert widget_text(bar)[0].startswith(" x somebody, direct: “words”?  ")


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80])
async def test_a_narrow_status_keeps_the_mode_and_help(width: int) -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(width, 4)) as pilot:
        bar.set_mode("READ", "1-6 0")
        bar.set_place(Place(3, 23, 14, 3))
        await pilot.pause()
        assert bar.render_line(0).cell_length == width
        if width >= 40:
            assert "? help" in widget_text(bar)[0]
            assert "READ" in widget_text(bar)[0]
        bar.set_proposal("x Donald Trump, partial: “admitted” and quotation marks?")
        await pilot.pause()
        if width >= 40:
            assert ("? help" in widget_text(bar)[0]) is (width >= 80)
            assert "x Donald Trump" in widget_text(bar)[0]


async def test_hints_stay_put_while_the_cursor_moves_on() -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 4)) as pilot:
        bar.set_mode("READ", "1-6 0")
        bar.set_offer("New?")
        bar.set_proposal("x somebody, direct: “words”?")
        await pilot.pause()
        (told,) = widget_text(bar)
        bar.leave_statement()
        await pilot.pause()
        (left,) = widget_text(bar)
        assert left == told.replace("x somebody, direct: “words”?", " " * 28)
        bar.set_proposal("x he: “a”?")
        await pilot.pause()
        (shorter,) = widget_text(bar)
        assert shorter.startswith(" x he: “a”?  ")
        assert shorter.index("1-6 0 tag") == told.index("1-6 0 tag")
        bar.leave_statement()
        bar.set_proposal("")
        await pilot.pause()
        assert widget_text(bar)[0].startswith(" New?  1-6 0 tag  j statement")
        bar.set_offer("")
        bar.leave_statement()  # where nothing is said nothing is left free
        await pilot.pause()
        assert widget_text(bar)[0].startswith(" 1-6 0 tag")


async def test_what_is_told_is_cut_only_where_nothing_beside_it_is_blank() -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 4)) as pilot:
        bar.set_mode("READ", "1-6 0")
        bar.set_place(Place(23, 23, 100, 10))
        told = f"x {'she, direct: “' * 5}said”?"
        for width in range(100, 150, 7):
            await pilot.resize_terminal(width, 4)
            bar.set_proposal(told)
            await pilot.pause()
            (line,) = widget_text(bar)
            blank = re.search(r"(  +)statement 23", line)
            assert blank, line
            assert (told not in line, len(blank[1]) <= 5) == (True, True), line
            at = line.index("? help")
            bar.leave_statement()
            bar.set_proposal(f"x {'she, direct: “' * 9}said”?")
            await pilot.pause()
            assert widget_text(bar)[0].index("? help") == at


async def test_the_next_statement_repaints_the_place_only() -> None:
    bar = StatusBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 4)) as pilot:
        bar.set_place(Place(13, 23, 14, 3))
        await pilot.pause()
        regions: list[Region] = []
        bar.refresh = lambda *dirty, **kw: regions.extend(dirty) or bar  # type: ignore[method-assign,func-returns-value]
        bar.set_place(Place(9, 23, 14, 3))
        (region,) = regions
        assert region.width <= 40
        regions.clear()
        bar.set_place(Place(9, 23, 14, 3))
        assert not regions
