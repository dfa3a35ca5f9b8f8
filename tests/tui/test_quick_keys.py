"""A key that is done at once does what it does on Textual's long way, in its turn."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from textual import events

from reader.tui.app_keys import KeysApp
from reader.tui.quick_keys import QuickKeys
from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating.evidence_dialog import EvidenceDialog
from tests.tui.reading_harness import article, key_event, reading

KEYS = ["j", "k", "space", "b", "G", "2", "5", "tab", "escape", "c", "f", "v", "}", "w", "f7", "3"]


async def test_both_ways_lead_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(3)
    bursts = [dice.choices(KEYS, k=dice.randint(3, 8)) for _ in range(4)]
    taken: list[str] = []
    taken_now: list[str] = []
    take = QuickKeys.take

    def counted(quick: QuickKeys, key: str) -> bool:
        found = take(quick, key)
        taken.extend([key] * found)
        return found

    def never(quick: QuickKeys, key: str) -> bool:
        return False

    found = []
    for way, where_read in ((counted, False), (never, False), (counted, True)):
        monkeypatch.setattr(QuickKeys, "take", way)
        path = article(tmp_path)
        async with reading(tmp_path / f"{way.__name__}-{where_read}.db", path) as r:
            for keys in [*bursts, ["escape"], ["escape"]]:
                for key in keys if where_read else ():
                    if r.app.quick_keys.take_now(key):
                        taken_now.append(key)
                        await r.rest()
                    else:
                        await r.burst(key)
                await r.burst(*([] if where_read else keys))
            found.append((r.here, r.screen.mode, await r.tags(), await r.groups()))
            await r.consistent()
    assert found[0] == found[1] == found[2]
    assert len(taken) > 10
    assert len(taken_now) > 10


async def test_where_it_is_read_no_key_overtakes_what_waits(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        quick = r.app.quick_keys
        assert not quick.take_now("j")  # no message has been there yet
        await r.press("j")
        before = r.here
        assert quick.take_now("j")
        assert r.here != before
        r.app.post_message(key_event("k"))
        assert not quick.take_now("j")
        await r.rest()
        assert r.here == before
        assert quick.take_now("a")  # opens a field: the next key is for that
        assert not quick.take_now("j")
        await r.burst("j")
        assert r.here == before


async def test_a_key_overtakes_none_that_went_the_long_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []
    go = ReadingScreen.action_statement_next
    arrived = KeysApp.on_key

    def moved(screen: ReadingScreen) -> None:
        came.append("moved")
        go(screen)

    def noted(app: KeysApp, event: events.Key) -> None:
        came.append(event.key)
        arrived(app, event)

    monkeypatch.setattr(ReadingScreen, "action_statement_next", moved)
    monkeypatch.setattr(KeysApp, "on_key", noted)
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.burst("j")
        assert came == ["moved"]
        came.clear()
        await r.burst("f9", "j", "j")
        assert came == ["f9", "moved", "moved"]
        came.clear()
        await r.burst("j")
        assert came == ["moved"]


async def test_a_key_that_went_to_a_dialog_which_was_left_holds_up_none(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e", "a")
        for key in ("s", "ctrl+s", "escape", "e"):
            r.app.post_message(key_event(key))
            await asyncio.sleep(0.1)
        await r.until(lambda: isinstance(r.app.screen, EvidenceDialog))
        r.app.post_message(key_event("escape"))
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.until(lambda: r.app.key_queue.at_rest)
        await r.press("2")
        assert [item.judgements[0].code for item in await r.stored()] == ["plausible"]
