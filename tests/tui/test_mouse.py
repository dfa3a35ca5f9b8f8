"""The mouse, with the events that a terminal makes: every state it leads to is one of the keys'."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating.evidence_form import EvidenceForm
from reader.tui.screens.dialogs.help import HelpDialog
from tests.tui.reading_harness import Reader, article, reading

TEXT = """\
First comes a plain statement. Second says 漢字かな and ends. Third has e\u0301te\u0301 in it.

Fourth is 👩‍👩‍👧 happy. Fifth closes the next paragraph, after a comma.

""" + "\n\n".join(f"Filling number {n} stands here." for n in range(40))
FIRST, SECOND = "First comes a plain statement.", "Second says 漢字かな and ends."
THIRD = "Third has e\u0301te\u0301 in it."


class Hand:
    """A mouse over the article."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.pane = reader, reader.screen.pane

    def over(self, words: str, within: int = 0) -> tuple[int, int]:
        """Return the cell of the pane where a character of some words is drawn."""
        at = self.reader.screen.session.document.text.index(words) + within
        for y in range(self.pane.size.height):
            for x in range(self.pane.size.width):
                if x >= 5 and self.pane.offset_at(x, y) == at:
                    return x, y
        raise AssertionError(f"{words} is not on the screen")

    async def do(
        self, kind: type[events.MouseEvent], x: int, y: int, *, shift: bool = False
    ) -> None:
        """Let the terminal tell of the mouse at a cell of the pane, the left button held."""
        at = x + self.pane.region.x, y + self.pane.region.y
        event = kind(None, *at, 0, 0, 1, shift, False, False, *at)
        self.reader.app.post_message(event)
        await self.reader.rest()

    async def drag(self, start: tuple[int, int], *path: tuple[int, int]) -> None:
        """Press the button, move, and let it go."""
        await self.do(events.MouseDown, *start)
        for cell in path:
            await self.do(events.MouseMove, *cell)
        await self.do(events.MouseUp, *path[-1])

    async def click(self, x: int, y: int, times: int = 1, *, shift: bool = False) -> None:
        """Click so many times at one place."""
        for _ in range(times):
            await self.do(events.MouseDown, x, y, shift=shift)
            await self.do(events.MouseUp, x, y, shift=shift)


def selected(r: Reader) -> str:
    assert r.screen.mode == "SELECT"
    return r.words(r.screen.selected_span())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_drag_selects_as_keys_do(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=size) as r:
        hand = Hand(r)
        await hand.drag(hand.over("comes"), hand.over("comes", 2), hand.over("plain", 4))
        assert selected(r) == "comes a plain"
        by_mouse = r.screen.selection
        await r.press("escape", "k", "v", "w", "o", "w", "o", "w", "w")
        assert r.screen.selection == by_mouse
        await r.press("e")  # any key goes on from there
        assert selected(r) == "comes a plain statement"
        await hand.drag(hand.over("plain", 4), hand.over("comes"))  # backward
        assert selected(r) == "comes a plain"
        await r.press("b", "4")
        assert await r.tags() == {"First comes a plain": ["doubtful"]}
        await r.consistent()


async def test_wide_and_joined_characters_are_taken_whole(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        hand = Hand(r)
        x, y = hand.over("漢")
        end, _ = hand.over("な")
        await hand.drag((x + 1, y), (end + 1, y))  # the right halves
        assert selected(r) == "漢字かな"
        await hand.drag(hand.over("な"), hand.over("字"))  # its end, shortened
        assert selected(r) == "漢字"
        await r.press("escape")
        await hand.drag(hand.over("e\u0301t"), hand.over("te\u0301 in", 1))
        assert selected(r) == "e\u0301te\u0301"
        await r.press("escape")
        await hand.drag(hand.over("👩‍👩‍👧"), (hand.over("👩‍👩‍👧")[0] + 1, hand.over("👩‍👩‍👧")[1]))
        await hand.drag(hand.over("is 👩‍👩‍👧"), hand.over("👩‍👩‍👧"))
        assert selected(r) == "is 👩‍👩‍👧"
        await r.press("2")
        assert await r.tags() == {"is 👩‍👩‍👧": ["plausible"]}
        await r.consistent()


async def test_across_paragraphs_gaps_and_beyond_the_edges(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(80, 16)) as r:
        hand, pane = Hand(r), r.screen.pane
        x, y = hand.over("Fourth")
        await hand.drag(hand.over("Third"), (x, y - 1), (x + 5, y))
        assert selected(r) == f"{THIRD} Fourth"
        assert r.screen.cursor is not None
        assert r.words(r.screen.cursor) == THIRD  # so the status tells of it
        await r.press("escape")
        await hand.do(events.MouseDown, *hand.over("Second"))
        await hand.do(events.MouseMove, 30, pane.size.height + 1)  # below the pane, and held there
        top = pane.top_offset
        await r.until(lambda: pane.top_offset > top + 200)
        assert r.screen.selection is not None
        far = r.screen.selection.moving
        assert far > pane.top_offset
        await hand.do(events.MouseMove, 30, -1)
        await r.until(lambda: pane.top_offset == 0)
        await hand.do(events.MouseMove, *hand.over("Second", 5))
        assert selected(r) == "Second"
        await hand.do(events.MouseUp, 30, -1)
        await hand.do(events.MouseMove, 30, pane.size.height + 1)  # no longer held
        assert selected(r) == "Second"
        assert r.app.mouse_captured is None
        assert pane._scrolling is None
        await r.press("3")
        assert await r.tags() == {"Second": ["contested"]}


async def test_double_click_selects_the_word_triple_the_statement(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        hand = Hand(r)
        await hand.click(*hand.over("plain", 2), times=2)
        assert selected(r) == "plain"
        await hand.click(*hand.over("next", 2), times=3)
        assert selected(r) == "Fifth closes the next paragraph, after a comma."
        await hand.click(*hand.over("漢字"), times=2)
        assert selected(r) == "漢"
        await hand.click(*hand.over("かな", 1), shift=True)  # Shift moves the end there
        assert selected(r) == "漢字かな"
        await hand.click(*hand.over("comes"))
        assert r.screen.mode == "READ"
        assert r.here == FIRST
        assert await r.groups() == []


async def test_the_end_of_a_saved_highlight_is_drawn(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        hand = Hand(r)
        await r.press("j", "4", "k", "]")
        await hand.drag(hand.over("Second"), hand.over("says 漢"))  # its first character
        assert selected(r) == "says 漢字かな and ends."  # the end that stands keeps its full stop
        await hand.drag(hand.over("ends.", 4), hand.over("and ends", 2))
        assert selected(r) == "says 漢字かな and"
        assert await r.tags() == {SECOND: ["doubtful"]}  # until a key keeps it
        await r.press("enter")
        assert await r.tags() == {"says 漢字かな and": ["doubtful"]}
        assert (await r.groups())[-1] == ("move", "ends of a highlight")
        await hand.drag(hand.over("漢字"), hand.over("な"))  # from inside of it: another one
        await r.press("2")
        assert await r.tags() == {
            "says 漢字かな and": ["doubtful"], "漢字かな": ["plausible"],
        }  # fmt: skip
        await r.press("u", "u")
        assert await r.tags() == {SECOND: ["doubtful"]}
        await r.consistent()


async def test_the_gutter_goes_through_the_highlights_of_a_statement(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        hand = Hand(r)
        await r.press("V", "4", "j", "k", "v", "e", "2", "j")
        assert len(await r.stored()) == 2
        first = hand.over("First")[1]
        await hand.click(1, first)
        assert r.words(r.screen.session.annotations.index.get(r.screen.target_uid)) == "First comes"
        await hand.click(1, first)
        assert r.words(r.screen.session.annotations.index.get(r.screen.target_uid)) == FIRST
        await hand.click(1, first)
        await r.press("f")
        assert {r.words(item): item.flag for item in await r.stored()} == {
            "First comes": True, FIRST: False,
        }  # fmt: skip
        await hand.click(1, hand.over("Fourth")[1])
        assert r.here.startswith("Fourth")
        assert r.screen.target_uid is None
        await r.consistent()


async def test_the_panel_jumps_and_the_wheel_scrolls(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(120, 16)) as r:
        await r.press("4", "G", "2")
        row = next(y for y, line in enumerate(r.lines) if "doubtful" in line and y < 14)
        await r.pilot.click(offset=(r.screen.panel.region.x + 8, row))
        await r.rest()
        assert r.here == FIRST
        assert r.screen.mode == "READ"
        await r.press("v")
        hand, top = Hand(r), r.screen.pane.top_offset
        await hand.do(events.MouseScrollDown, 20, 5)
        assert r.screen.pane.top_offset > top
        await hand.do(events.MouseScrollUp, 20, 5)
        assert r.screen.pane.top_offset == top
        assert selected(r) == FIRST  # the highlight that one has jumped to


async def both_ways(tmp_path: Path, act: Callable[[Reader, Taps], Awaitable[None]]) -> None:
    """Do something with pauses between all that comes from the terminal, and without any."""
    ends = []
    for pauses in (True, False):
        folder = tmp_path / str(pauses)
        folder.mkdir()
        other = article(folder, "Other words. And more of them.", "b.txt")
        async with reading(folder / "l.db", article(folder, TEXT), other) as r:
            await act(r, Taps(r, pauses))
            await r.rest()
            screen = r.app.screen
            assert isinstance(screen, ReadingScreen), screen
            notes = [item.note for item in await r.stored()]
            said = [*await r.run(lambda library: library.evidence.all())]
            ends.append((r.here, screen.mode, await r.tags(), notes, len(said)))
            await r.consistent()
    assert ends[0] == ends[1]
    assert len(ends[0][2]) > 1 or ends[0][0].startswith("And more")


class Taps:
    """A hand on the mouse and one on the keys, with pauses in between or not."""

    def __init__(self, reader: Reader, pauses: bool) -> None:
        self.reader, self.pauses = reader, pauses

    async def click(self, words: str) -> None:
        """Click where some words are seen."""
        lines = self.reader.lines
        y = next(y for y, line in enumerate(lines) if words in line)
        at = cell_len(lines[y][: lines[y].index(words)]) + 1, y
        for kind in (events.MouseDown, events.MouseUp):
            self.reader.app.post_message(kind(None, *at, 0, 0, 1, False, False, False, *at))
            if self.pauses:
                await self.reader.rest()

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await (self.reader.press if self.pauses else self.reader.burst)(*keys)


async def test_keys_right_after_a_click_wait_for_what_it_does(tmp_path: Path) -> None:
    async def act(r: Reader, taps: Taps) -> None:
        await taps.click("Third has")
        await taps.press("2", "j", "4")
        await taps.click("doubtful  ")  # in the bar of tags
        await taps.press("k", "a", "x", "y", "escape")
        await taps.click("corroborated")
        await taps.press("tab", "f", "j")
        await taps.click("Fifth")
        await taps.press("4", "e", "a", "r", *"Book", "ctrl+s", "escape", "k")

    await both_ways(tmp_path, act)


async def test_keys_right_after_a_click_in_a_list_wait_for_what_it_opens(tmp_path: Path) -> None:
    async def act(r: Reader, taps: Taps) -> None:
        r.app.go_to_library()
        await r.rest()
        await taps.click("Other words")
        await taps.press("j", "3", "k", "/", *"more", "enter", "2")

    await both_ways(tmp_path, act)


async def test_a_field_that_goes_away_under_the_button_lets_the_mouse_go(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("a")
        hand, field = Hand(r), r.app.focused
        assert field is not None
        x, y = field.region.offset - r.screen.pane.region.offset
        await hand.do(events.MouseDown, x + 1, y)
        assert r.app.mouse_captured is field
        await r.press("escape")
        await hand.click(*hand.over("Second"))  # the button was let go where nobody saw it
        assert r.here.startswith("Second")
        await r.press("a", "n", "o")
        assert r.app.focused.text == "no"


async def click_on(r: Reader, words: str) -> None:
    """Click on some words in the last row that has them."""
    y = max(at for at, line in enumerate(r.lines) if words in line)
    x = cell_len(r.lines[y].partition(words)[0])
    for kind in (events.MouseDown, events.MouseUp):
        r.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await r.rest()


async def test_a_click_on_a_key_in_the_bottom_line_presses_it(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(120, 40)) as r:
        await click_on(r, "j statement")
        assert r.here == SECOND
        await r.press("a")
        await r.type("a word")
        await click_on(r, "Ctrl-S")
        assert [item.note for item in await r.stored()] == ["a word"]
        before = r.lines
        await click_on(r, "READ")  # no key
        assert r.lines == before
        await r.press("e")
        await click_on(r, "a add")
        assert isinstance(r.app.screen, EvidenceForm)
        await click_on(r, "Esc")
        await click_on(r, "? help")
        assert isinstance(r.app.screen, HelpDialog)
        await click_on(r, "closes")
        await click_on(r, "Esc leave")
        assert r.lines == before
        await r.press("L")
        await click_on(r, "? help")
        assert isinstance(r.app.screen, HelpDialog)
        await click_on(r, "q closes")
        await click_on(r, "q back")
        assert r.lines == before
