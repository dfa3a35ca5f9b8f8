"""What is written past Textual is what Textual would have shown, and goes out once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyte
import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from reader.tui import frames
from reader.tui.frames import Frames
from reader.tui.self_painted import SelfPainted
from tests.benchmarks.texts import prose
from tests.terminal import reader

SIZE = (24, 6)


class Lines(SelfPainted):
    """Rows of letters; those that were changed are told when they are drawn."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letters = [letter] * SIZE[1]
        self.changed: dict[int, None] = {}

    def write(self, row: int, letter: str) -> None:
        self.letters[row] = letter
        self.changed[row] = None
        assert self.frames is not None
        self.frames.want(self)

    def settled(self) -> Sequence[Region]:
        found = [Region(2, row, 3, 1) for row in self.changed]
        self.changed.clear()
        return found

    def lines(self) -> Sequence[Strip]:
        width, height = self.size
        return [Strip([Segment(self.letters[y] * width)], width) for y in range(height)]


class Host(App[None]):
    CSS = """
    Screen { layers: below above; }
    Lines { width: 1fr; height: 2; }
    #over { layer: above; offset: 4 2; width: 3; height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.frames = Frames(self)
        self.displayed: list[tuple[int, int, int]] = []
        self.updates = 0

    def compose(self) -> ComposeResult:
        yield Static("top")
        yield Lines("a")
        yield Lines("b")

    def _display(self, screen: object, renderable: object) -> None:
        self.displayed += getattr(renderable, "spans", [])
        self.updates += renderable is not None
        super()._display(screen, renderable)  # type: ignore[arg-type]


@asynccontextmanager
async def host(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Host, list[str], Any]]:
    """Run the app; what is sent past Textual is collected."""
    sent: list[str] = []
    monkeypatch.setattr(frames, "_send", lambda app, what: sent.append(what))
    app = Host()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.displayed.clear()
        yield app, sent, pilot


def emulated(begin: Sequence[str], sent: Sequence[str]) -> list[str]:
    """Return a screen that showed something before it was sent something."""
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join(begin))
    stream.feed("".join(sent))
    return [line.rstrip() for line in screen.display]


def shown(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_all_that_changes_at_once_is_one_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    async with host(monkeypatch) as (app, sent, pilot):
        above, below = app.query(Lines)
        before = shown(app)
        above.write(1, "x")
        below.write(0, "y")
        below.write(0, "z")
        await pilot.pause()
        assert len(sent) == 1
        assert emulated(before, sent)[2:4] == ["aaxxx" + "a" * 19, "bbzzz" + "b" * 19]
        assert not app.displayed
        sent.clear()
        above.refresh(Region(3, 0, 4, 1), Region(5, 0, 9, 1), Region(20, 0, 90, 1))
        await pilot.pause()
        assert sent == ["\x1b[2;4H" + "a" * 11 + "\x1b[21G" + "a" * 4]


async def test_what_something_lies_over_goes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async with host(monkeypatch) as (app, sent, pilot):
        above, below = app.query(Lines)
        over = Static("###", id="over")
        await app.mount(over)
        await pilot.pause()
        app.displayed.clear()
        above.write(1, "x")
        below.write(0, "y")
        await pilot.pause()
        assert emulated(["", "", "", ""], sent)[3] == "  yyy"
        assert app.displayed == [(2, 2, 5)]
        assert shown(app)[2] == "xxxx###" + "x" * 17
        await over.remove()
        await app.push_screen(ModalScreen())
        await pilot.pause()
        sent.clear()
        before = app.updates
        above.write(0, "x")
        await asyncio.sleep(0.05)
        assert not sent
        assert app.updates == before + 1


async def test_frames_wait_for_a_slow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    async with host(monkeypatch) as (app, sent, _):
        behind = True
        monkeypatch.setattr(frames, "_is_behind", lambda app: behind)
        lines = app.query_one(Lines)
        for letter in "xyz":
            lines.write(0, letter)
            await asyncio.sleep(0.03)
        assert not sent
        behind = False
        await asyncio.sleep(0.05)
        assert [what.endswith("zzz") for what in sent] == [True]


async def test_keys_that_come_by_the_dozen_are_drawn_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with host(monkeypatch) as (app, sent, _):
        monkeypatch.setattr(Host, "is_headless", False)
        monkeypatch.setattr(frames, "PAUSE_S", 30.0)  # however busy the machine is
        monkeypatch.setattr(frames, "LONGEST_S", 60.0)
        lines = app.query_one(Lines)
        app.frames.key_came()
        lines.write(0, "w")
        await asyncio.sleep(0.1)
        assert len(sent) == 1  # a single key waits for no other
        for letter in "xyz":
            for _ in range(frames.MANY_KEYS):
                app.frames.key_came()
            lines.write(0, letter)
            await asyncio.sleep(0.05)
        assert len(sent) == 1
        monkeypatch.setattr(frames, "PAUSE_S", 0.0)
        await asyncio.sleep(0.1)
        assert [what.endswith("zzz") for what in sent] == [False, True]


async def test_a_key_that_waits_is_drawn_together_with_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with host(monkeypatch) as (app, sent, _):
        monkeypatch.setattr(Host, "is_headless", False)
        waits = True
        monkeypatch.setattr(frames, "_key_waits", lambda app: waits)
        monkeypatch.setattr(app.frames, "_patience", 60.0)  # however busy the machine is
        lines = app.query_one(Lines)
        for letter in "yz":
            app.frames.key_came()
            lines.write(0, letter)
            await asyncio.sleep(0.05)
        assert not sent
        waits = False
        await asyncio.sleep(0.1)
        assert [what.endswith("zzz") for what in sent] == [True]
        waits = True  # for good: it is drawn all the same when that has gone on for long
        app.frames._patience = 0.0
        app.frames.key_came()
        lines.write(0, "w")
        await asyncio.sleep(0.1)
        assert [what.endswith("www") for what in sent] == [False, True]
        assert app.frames._patience > frames.LONGEST_S


def test_the_terminal_shows_what_a_new_painting_would(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(prose(20_000), "utf-8")
    dice = random.Random(4)
    with reader(str(path), database=tmp_path / "l.db") as terminal:
        terminal.wait_for(lambda text: "READ" in text and "~" not in text)
        for _ in range(2):
            terminal.send("".join(dice.choices("jjjjk2250 bb}{fGg\t", k=12)))
            terminal.wait_for_quiet(0.3)
            before = terminal.text()
            terminal.resize(121, 40)
            terminal.wait_for_quiet(0.2)
            terminal.resize(120, 40)
            terminal.wait_for_quiet(0.3)
            assert terminal.text() == before
