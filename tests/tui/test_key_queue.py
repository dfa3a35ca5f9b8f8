"""Keys sent in one piece do what they do one by one; what hangs holds them up for a while only."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from textual import events
from textual.widgets import Input

from reader.domain.errors import UsageError
from reader.storage.library import Library
from reader.tui import key_queue
from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating.evidence_form import EvidenceForm
from reader.tui.screens.dialogs.base import Dialog
from tests.fuzz import bursts
from tests.new_libraries import make
from tests.terminal import READER, Terminal
from tests.tui.idling import CountedDatabase
from tests.tui.reading_harness import Reader, article, key_event, reading

T = TypeVar("T")

WORDS: tuple[bursts.Word, ...] = (
    ("e", "a", "c", *"Cite", "tab", *"ht", "shift+tab", "s", "ctrl+s"),
    ("m", "k", "j", "j", "`", "k"),
    ("j", "2", "tab", "/", *"plaus", "enter", "c"),
    ("s", *"Hugo", "enter", "j", "3"),
    ("E", "tab", "right", "right", "tab", "space"),
    ("i", "x", "escape", "space", "up", "1"),
)
"""What a fast typist, or a slow line, gives the program in one piece."""

IN_LIBRARY: tuple[bursts.Word, ...] = (
    (":", *"labels", "enter", *"ab", "enter"),
    (":", *"details", "enter", "tab", *"ab"),
    ("enter", "2", "q", "j", "enter", "3"),
    ("enter", "2", "j", "q", "F", *"xy"),
    ("enter", "K", "2", "J", "3"),
    ("enter", "2", "u", "a", *"hello", "ctrl+s", "j"),
    ("enter", "2", "j", "L", "enter", "j", "3"),
    ("enter", "2", "u", "q", "j"),
)
"""The same where what is opened takes its time: a command of the palette, another article, ..."""

SLOW_S = 0.02
"""How long a slow library takes for a job: so long that a key would not wait by chance."""


def test_keys_at_once_do_what_they_do_one_by_one() -> None:
    bursts.compare(WORDS)


def test_keys_at_once_wait_for_a_slow_library(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = CountedDatabase.run

    async def slow(database: CountedDatabase, job: Callable[[Library], T]) -> T:
        database.in_hand += 1
        try:
            await asyncio.sleep(SLOW_S)
            return await at_once(database, job)
        finally:
            database.in_hand -= 1

    monkeypatch.setattr(CountedDatabase, "run", slow)
    bursts.compare(IN_LIBRARY, library=True)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_a_form_is_filled_in_by_one_piece_of_input(tmp_path: Path) -> None:
    env = {"READER_DB": str(tmp_path / "l.db"), "XDG_CONFIG_HOME": str(tmp_path)}
    make(tmp_path / "l.db")
    with Terminal([*READER, str(article(tmp_path))], size=(100, 40), env=env) as terminal:
        terminal.wait_for("1-6 0 tag")
        terminal.send("jeacFrom the source\t\thttps://example.org\x13\x1bj2")
        terminal.wait_for("1 of 7 judged")
        assert "statement 3/7" in terminal.text()
        terminal.send("ke")
        terminal.wait_for(lambda shown: "From the source" in shown and "example.org" in shown)


async def waits(r: Reader, *keys: str) -> None:
    for key in keys:
        r.app.post_message(key_event(key))
    await asyncio.sleep(0.05)


async def test_what_never_comes_holds_no_key_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        before = r.here
        r.app.hold_keys("it")
        await waits(r, "j", "j")
        assert r.here == before
        monkeypatch.setattr(key_queue, "ESCAPABLE_S", 0.0)
        await waits(r, "escape", "j")
        await r.until(lambda: r.app.key_queue.at_rest)
        first = r.here
        assert first != before  # by the last j only: Esc has dropped what was typed before
        assert first.startswith("First")
        monkeypatch.setattr(key_queue, "HELD_S", 0.05)
        r.app.hold_keys("it")
        await waits(r, "j")
        await r.until(lambda: r.app.key_queue.at_rest)
        assert r.here == first
        assert key_queue.TOO_LATE in r.said
        await r.press("j")
        assert r.here.startswith("Second")


async def test_keys_wait_until_the_last_that_holds_them_has_let_go(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        before, ends = r.here, [asyncio.Event(), asyncio.Event()]
        for number, end in enumerate(ends):
            r.screen.work_holding_keys(end.wait, f"work {number}")
        await waits(r, "j")
        ends[1].set()
        await waits(r, "j")
        assert r.here == before
        ends[0].set()
        await r.rest()
        assert r.here.startswith("Second")


@pytest.mark.parametrize("begun", [False, True])
async def test_what_is_cancelled_or_fails_holds_no_key(tmp_path: Path, begun: bool) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        r.screen.work_holding_keys(asyncio.Event().wait, "work")
        if begun:
            await asyncio.sleep(0.01)
        r.app.workers.cancel_group(r.screen, "work")
        await r.press("j")
        assert r.here.startswith("First")
        r.screen.work_holding_keys(failing, "work")
        await r.burst("j")
        assert r.here.startswith("Second")
        assert "It failed." in r.said


async def failing() -> None:
    raise UsageError("It failed.", "")


async def test_the_answer_to_what_nobody_asks_any_more_holds_no_key(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e")
        r.app.workers.cancel_group(r.app.screen_stack[0], "dialog")
        await r.press("escape", "j")
        assert r.here.startswith("Second")


async def test_a_widget_that_hangs_holds_up_the_next_key_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "PATIENCE", 3)
    for_ever = asyncio.Event()
    for_ever.set()

    async def hang(dialog: EvidenceForm, event: Input.Changed) -> None:
        await for_ever.wait()

    monkeypatch.setattr(EvidenceForm, "on_input_changed", hang, raising=False)
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e", "a")
        form = r.app.screen
        assert isinstance(form, Dialog)
        for_ever.clear()
        try:
            await waits(r, "tab", *"abcd")
            await r.until(lambda: form.query(Input).first().value == "abcd")
        finally:
            for_ever.set()


async def test_what_is_pasted_keeps_its_place_among_keys(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j")
        for key in ("e", "a", "c", "tab"):
            r.app.post_message(key_event(key))
        r.app.post_message(events.Paste("https://example.org and words"))
        r.app.post_message(key_event("!"))
        await r.rest()
        assert r.app.screen.query(Input).first().value == "https://example.org and words!"


async def test_keys_typed_while_an_article_is_added_are_for_what_comes_of_it(
    tmp_path: Path,
) -> None:
    path = article(tmp_path)
    async with reading(tmp_path / "l.db") as r:
        await r.burst("a", *str(path), "enter", "enter", "j", "2")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        assert list((await r.tags()).values()) == [["plausible"]]
