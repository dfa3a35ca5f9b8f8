"""The panel by keys: current entry, the article that follows, history, counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.reading_harness import Reader, article, key_event, reading

FIRST = "First comes a plain statement."


async def history(r: Reader, words: str) -> None:
    """Wait until the newest line of the open entry's history ends with some words."""

    def newest() -> str:
        facts = r.screen.panel._late[1]
        return facts[-1][1].replace("\u00a0", " ") if facts else ""

    await r.until(lambda: newest().endswith(words))
    assert words.split()[-1] in r.text


async def three(r: Reader) -> None:
    """Tag the statements First, Second and Third."""
    await r.press("j", "1", "j", "2", "j", "3", "g")


async def test_moving_takes_the_article_along_and_keys_act_on_the_entry(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        before = r.here
        await r.press("tab")
        assert "PANEL" in r.status
        assert r.here == before  # a look at the panel moves nothing
        await r.press("j")
        assert r.here.startswith("Second")
        await r.press("4", "c", "f")
        item = (await r.stored())[1]
        assert (item.judgements[0].code, item.judgements[0].confidence, item.flag) == (
            "doubtful", "low", True,
        )  # fmt: skip
        assert "⚑ flagged to check" in r.text
        await r.press("down", "down", "t", "r", "e", "f", "enter")
        assert (await r.stored())[2].judgements[0].code == "refuted"
        await r.press("up", "up", "up")
        assert r.here == FIRST
        await r.press("G")
        assert r.here.startswith("Third")
        await r.press("g", "enter")
        assert r.screen.mode == "READ"
        assert r.here == FIRST
        await r.press("5")
        assert (await r.stored())[0].judgements[0].code == "refuted"
        await r.consistent()


@pytest.mark.parametrize("key", ["escape", "tab"])
async def test_leaving(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        await r.press("tab", "j", key)
        assert r.screen.mode == "READ"
        assert r.here.startswith("Second")
        await r.press("j", "j")
        assert r.here.startswith("Fourth")


async def test_deleting_keeps_a_sensible_entry_and_undo_comes_back_to_it(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        await r.press("tab", "j", "d")
        assert r.here.startswith("Third")
        entry = r.screen.current_entry()
        assert entry is not None
        assert r.words(entry) == "Third is short."
        await r.press("d")
        assert r.here == FIRST
        await r.press("u")
        assert r.here.startswith("Third")
        await r.press("u")
        assert r.here.startswith("Second")
        await r.press("4")
        assert [item.judgements[0].code for item in await r.stored()] == [
            "corroborated", "doubtful", "contested",
        ]  # fmt: skip
        await r.press("d", "d", "d")
        assert await r.stored() == []
        assert r.screen.mode == "READ"  # nothing is left to be in
        assert "No annotations yet" in r.text
        await r.press("u")
        assert len(await r.stored()) == 1
        await r.consistent()


async def test_empty_panel(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("tab", "j", "k", "d", "4", "a", "f", "c", "h", "enter")
        assert r.screen.mode in ("READ", "PANEL")
        assert await r.groups() == []
        assert r.said == [] or "no entry" in r.said[0]


async def test_keys_of_the_article_do_nothing_here(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        groups, before = len(await r.groups()), r.here
        await r.press("tab")
        for key in ("h", "v", "V", "w", "W", "n", "}", "{", "T", "J", "K", "+", ";", "]"):
            await r.press(key)
            assert r.screen.mode == "PANEL", key
            assert r.here == before
        assert len(await r.groups()) == groups


async def test_history_who_when_from_what_to_what(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "6")
        await history(r, "ana: – → ? unverified")
        await r.press("2")
        await history(r, " ? unverified → + plausible")
        await r.press("u")
        await history(r, " ? unverified → + plausible (taken back)")
        assert "undo:" not in r.text
        await r.press("ctrl+r", "u")
        await history(r, " ? unverified → + plausible (taken back)")
        await r.press("c")
        await history(r, " confidence low")
        lines = [text for _, text in r.screen.panel._late[1]]
        assert [bool(re.fullmatch(r"\d{4}-\d\d-\d\d ana", line)) for line in lines[:-3]] == [True]
        assert all(re.match(r"\d\d:\d\d ", line) for line in lines[-3:])  # day and name once


async def test_counts_follow_each_action_and_undo(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        assert "3 of 7 judged" in r.text
        await r.press("G", "1")
        assert "✓ 2" in r.text
        await r.press("u")
        assert "✓ 1" in r.text
        assert "3 of 7 judged" in r.text
        await r.press("g", "V", "j", "j", "4")
        assert "4 of 7 judged" in r.text
        await r.consistent()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_long_list_scrolls_and_pages(tmp_path: Path, size: tuple[int, int]) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=size) as r:
        await r.type("1j" * 40)
        await r.press("g", "tab", "G")
        assert r.here == "Statement number 39 has a few words."
        assert "Statement number 39" in "\n".join(r.lines)
        await r.press("b", "b", "space")
        screen = r.screen
        assert screen.cursor is not None
        assert screen.cursor.overlaps(screen.pane.visible_span())
        entry = screen.current_entry()
        assert entry is not None
        assert r.words(entry) == r.here
        await r.press("g")
        assert r.here == "Statement number 0 has a few words."
        await r.consistent()


async def test_places_of_the_panel(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        panel = r.screen.query_one("#panel")
        assert panel.region.x > 0
        await r.press("z")
        assert r.said == ["Panel: bottom"]
        assert panel.region.x == 0
        assert "▁" in "\n".join(r.lines[panel.region.y :])  # where the tags are, if there is room
        await r.press("tab", "z")
        assert r.said == ["Panel: hidden"]
        assert not panel.display
        assert r.screen.mode == "READ"
        await r.press("tab")
        assert r.said == ["The panel is hidden. z shows it."]
        await r.press("z", "tab")
        assert r.screen.mode == "PANEL"
        await r.pilot.resize_terminal(50, 20)
        await r.rest()
        assert r.screen.mode in ("PANEL", "READ")


async def test_a_window_too_narrow_for_the_panel_gives_the_keys_to_the_article(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        await r.press("tab", "j")
        await r.pilot.resize_terminal(40, 12)
        await r.rest()
        assert r.screen.mode == "READ"
        await r.press("j", "4")
        assert [item.judgements[0].code for item in await r.stored()][2] == "doubtful"


async def test_what_is_tagged_is_marked_at_once_and_opened_at_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.widgets.panel.OPEN_PAUSE_S", 0.3)
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "1")
        panel = r.screen.panel
        await r.until(lambda: panel._card == 0)
        await r.pilot.pause(0)
        assert "means" in r.text
        await r.press("k")
        r.app.post_message(key_event("2"))  # it comes in front of the one that is open
        await r.until(lambda: panel.current == 0)
        listed = "".join(strip.text for strip in panel.lines())
        assert "corroborated" in listed
        assert "plausible" not in listed  # nothing in it moves while one goes on
        await r.press("j")  # whatever draws it shows what there is
        assert "plausible" in "".join(strip.text for strip in panel.lines())
        await r.press("k")
        await r.until(lambda: panel._card == 0)
        await r.press("2")  # taken off: what was open is gone
        assert (panel.current, panel._card) == (None, None)
        assert "corroborated" in r.text


async def test_click_on_a_row_jumps(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        await r.until(lambda: r.screen.panel._card is None)  # what is open closes at rest
        row = next(
            y for y in range(r.screen.panel.size.height) if r.screen.panel.position_at(y) == 2
        )
        await r.pilot.click("#entries", offset=(5, row))
        await r.rest()
        assert r.here.startswith("Third")
        assert r.screen.mode == "READ"


async def test_commands_of_the_palette_in_the_panel(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        await r.press("tab", "j", "ctrl+p")
        await r.type("flag")
        await r.press("enter")
        await r.until(lambda: r.app.screen is r.app.screen_stack[0])
        await r.rest()
        assert [item.flag for item in await r.stored()] == [False, True, False]
        assert r.screen.mode == "PANEL"


async def test_entries_stay_on_show_when_a_message_comes_as_the_head_grows(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await three(r)
        height = r.screen.panel.size.height
        r.screen.counts.set_overall([("a verdict", "")])  # its line is about to be made room for
        r.screen.counts._check_refresh()
        # A new message makes Textual look where everything is, so that no `Resize` comes later.
        r.screen._compositor._full_map_invalidated = True
        assert r.screen._compositor.full_map
        await r.rest()
        assert r.screen.panel.size.height == height - 1
        assert "a verdict" in r.text
        assert "✓ corroborated" in "\n".join(line[73:] for line in r.lines[5:20])
        assert "“Second" in r.text


async def test_below_the_article_the_strip_stands_in_place_of_the_rule(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(80, 24)) as reader:
        await reader.press("j", "2", "j", "4", "j")
        y = reader.screen.counts.region.y
        assert y == 24 * 6 // 10 - 1
        assert reader.lines[y].endswith("▁ 2 of 7 judged")
        assert reader.lines[y].count("▃") == 2
        row = reader.screen.counts.draw(80, 1)[0]
        parts = list(row)
        (number,) = [at for at, part in enumerate(parts) if part.style and part.style.reverse]
        place = sum(len(part.text) for part in parts[:number])
        assert len(parts[number].text) == 1
        assert row.text.rindex("▃") < place  # behind the second one
        before = [line for line in reader.lines if "plausible  " in line]
        assert before
        assert reader.here.startswith("Third")
        await reader.pilot.click(offset=(2, y))
        await reader.rest()
        assert reader.here.startswith("A headline")
        await reader.pilot.resize_terminal(80, 15)  # too low for it
        await reader.rest()
        assert "statements" not in "\n".join(reader.lines[:-1])
        assert any(set(line) == {"▔"} for line in reader.lines)
        await reader.pilot.resize_terminal(80, 30)  # high enough for all of the head
        await reader.rest()
        assert "Annotations" in reader.text
