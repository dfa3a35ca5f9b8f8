from __future__ import annotations

import pytest
from textual.geometry import Region
from widget_harness import WidgetApp, screen_text, widget_text

from reader.tui.widgets.counts import CountItem, Counts
from reader.tui.widgets.panel import AnnotationPanel
from reader.tui.widgets.panel_rows import Chip, Entry

PLAUSIBLE = Chip("+", "plausible", "#009E73")
REFUTED = Chip("✗", "refuted", "#D55E00")


class Source:
    def __init__(self, count: int, **last: object) -> None:
        self.entries = count
        self.asked: set[int] = set()
        self.last = last

    def __len__(self) -> int:
        return self.entries

    def entry(self, position: int) -> Entry:
        self.asked.add(position)
        more = self.last if position == self.entries - 1 else {}
        return Entry(f"u{position}", (PLAUSIBLE,), f"quote {position}", **more)  # type: ignore[arg-type]


def panel(count: int = 50, **last: object) -> tuple[WidgetApp, AnnotationPanel, Source]:
    widget = AnnotationPanel(id="entries")
    return WidgetApp(widget), widget, Source(count, **last)


async def test_an_empty_panel_says_how_to_start() -> None:
    app, widget, source = panel(0)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        await pilot.pause()
        assert "Press 1–6 or 0 to tag" in screen_text(app)
        await pilot.press("j", "k", "enter", "space", "G")
        assert not app.messages


async def test_moving_posts_where_it_went_and_opens_the_entry() -> None:
    app, widget, source = panel(50, facts=(("note", "see S06"),), flag=True)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        widget.focus()
        await pilot.press("j", "j", "k")
        await pilot.pause()
        moved = [message.position for message in app.of(AnnotationPanel.Moved)]
        assert moved == [0, 1, 0]
        assert widget.current == 0
        await pilot.press("G")
        await pilot.pause()
        assert widget.current == 49
        text = screen_text(app)
        assert "⚑ flagged to check" in text
        assert "note  see S06" in text
        await pilot.press("g", "enter")
        await pilot.pause()
        assert [message.position for message in app.of(AnnotationPanel.Jumped)] == [0]


async def test_an_entry_that_is_higher_than_the_panel_is_read_page_by_page() -> None:
    facts = tuple((f"fact{number}", "x") for number in range(1, 16))
    app, widget, source = panel(3, facts=facts)
    async with app.run_test(size=(46, 6)) as pilot:
        widget.show(source)
        widget.focus()
        await pilot.press("G")
        seen = [widget_text(widget)]
        for key in ("space", "space", "space", "space"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(widget_text(widget))
        assert "quote 2" in seen[0][1]
        assert seen[1][0] == seen[0][-1]  # a row stays
        assert "fact15" in seen[3][-1]
        assert seen[4] == seen[3]
        await pilot.press("b", "b", "b")
        await pilot.pause()
        assert widget_text(widget) == seen[0]
        assert widget.current == 2
        await pilot.press("b")
        assert widget.current == 1


async def test_setting_the_current_entry_from_outside_is_silent_and_shows_it() -> None:
    app, widget, source = panel(1000)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        for position in (500, 3, 999, 0):
            widget.set_current(position)
            await pilot.pause()
            assert f"“quote {position}”" in screen_text(app)
        widget.set_current(None)
        await pilot.pause()
        assert widget.current is None
        assert not app.messages


async def test_following_marks_and_opens_after_a_pause() -> None:
    app, widget, source = panel(50, flag=True)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        widget.follow(3)
        widget.follow(4)
        assert widget.current == 4  # a key that acts on the current entry acts on it at once
        assert not [line for line in widget_text(widget) if line.startswith("▌")]
        await pilot.pause(0.4)
        opened = [line for line in widget_text(widget) if line.startswith("▌")]
        assert len(opened) > 1
        assert "quote 4" in "\n".join(opened)
        widget.follow(49)  # out of view: the list goes there after the pause, not row by row
        assert "quote 0" in "\n".join(widget_text(widget))
        await pilot.pause(0.4)
        assert "quote 49" in "\n".join(widget_text(widget))
        assert "flagged to check" in "\n".join(widget_text(widget))
        widget.follow(None)
        await pilot.pause()
        assert widget.current is None


async def test_only_visible_entries_are_asked_for() -> None:
    app, widget, source = panel(100_000)
    async with app.run_test(size=(46, 20)) as pilot:
        widget.show(source)
        widget.focus()
        await pilot.press("G", "k", "space", "b")
        await pilot.pause()
        assert len(source.asked) < 200


async def test_a_move_repaints_only_rows_that_change() -> None:
    app, widget, source = panel(100)
    async with app.run_test(size=(46, 20)) as pilot:
        widget.show(source)
        widget.set_current(4)
        await pilot.pause()
        regions: list[Region] = []
        refresh = widget.refresh
        widget.refresh = lambda *dirty, **kw: (regions.extend(dirty), refresh(*dirty, **kw))[1]  # type: ignore[method-assign,assignment]
        widget.set_current(5)
        rows = {region.y for region in regions}
        # All entries open to the same height: the old card's rows and the new one's, no more.
        assert rows <= {4, 5, 6}
        regions.clear()
        widget.set_current(5)
        assert not regions


async def test_entries_that_change_are_drawn_anew() -> None:
    app, widget, source = panel(3)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        widget.set_current(2)
        source.entries = 2
        widget.refresh_entries()
        await pilot.pause()
        assert widget.current == 1
        assert "quote 2" not in screen_text(app)
        source.entries = 0
        widget.refresh_entries()
        await pilot.pause()
        assert widget.current is None
        assert "No annotations yet" in screen_text(app)


async def test_late_facts_belong_to_their_entry_only() -> None:
    app, widget, source = panel(5)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        widget.set_current(1)
        widget.set_facts("u3", (("history", "wrong one"),))
        widget.set_facts("u1", (("history", "? unverified → + plausible"), ("", "again")))
        await pilot.pause()
        text = screen_text(app)
        assert "history  ? unverified → + plausible" in text
        assert "again" in text
        assert "wrong one" not in text
        widget.set_current(2)
        await pilot.pause()
        assert "unverified" not in screen_text(app)


async def test_click_jumps_and_wheel_moves_the_view_alone() -> None:
    app, widget, source = panel(100)
    async with app.run_test(size=(46, 10)) as pilot:
        widget.show(source)
        widget.set_current(0)
        await pilot.click(widget, offset=(5, 5))
        await pilot.pause()
        assert widget.current == 4  # the open entry takes two rows
        assert [message.position for message in app.of(AnnotationPanel.Jumped)] == [4]
        widget._scroll(30, type("E", (), {"stop": lambda self: None})())  # type: ignore[arg-type]
        assert widget.current == 4
        assert "quote 30" in "\n".join(widget_text(widget))


@pytest.mark.parametrize("width", [1, 3, 8, 20, 35, 36, 60])
async def test_rows_are_exactly_as_wide_as_the_panel(width: int) -> None:
    quote = "日本語の引用 \x1b]0;x\x07 👩‍👩‍👧 " + "word " * 30
    more = {
        "quote": quote,
        "flag": True,
        "incomplete": ("evidence", "note"),
        "facts": (("a long label indeed", quote), ("", "x" * 300)),
    }
    app, widget, source = panel(3)
    source.entry = lambda position: Entry("u", (PLAUSIBLE, REFUTED), **more)  # type: ignore[assignment,arg-type,method-assign]
    async with app.run_test(size=(width, 30)) as pilot:
        widget.show(source)
        widget.set_current(1)
        await pilot.pause()
        assert {widget.render_line(y).cell_length for y in range(30)} == {width}
        assert "\x1b" not in screen_text(app)
        assert "\x07" not in screen_text(app)


async def test_resize_keeps_the_current_entry_in_view() -> None:
    app, widget, source = panel(100)
    async with app.run_test(size=(46, 30)) as pilot:
        widget.show(source)
        widget.set_current(60)
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert "quote 60" in screen_text(app)


async def test_counts_say_how_far_the_work_is() -> None:
    counts = Counts()
    app = WidgetApp(counts)
    async with app.run_test(size=(40, 8)) as pilot:
        items = [CountItem(symbol, "#56B4E9", 3) for symbol in "✓+⇄!✗?∅"]
        counts.set_counts(7, 1234, items)
        await pilot.pause()
        text = screen_text(app)
        assert "7 of 1,234 judged" in text
        assert "∅ 3" in text
        assert counts.size.height == 4  # the counts take two rows at this width
        shown = list(counts._shown)
        counts.set_counts(7, 1234, items)
        assert counts._shown == shown
