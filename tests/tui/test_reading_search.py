"""Searching by keys."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from reader.domain.finding.hits import Hits
from reader.services.searching import text_search as searching
from reader.tui.reading import nearest_hit
from reader.tui.reading import search as reading_search
from tests.tui.reading_harness import article, key_event, marked, reading

TEXT = """\
First a Whale is seen. Then a whale is heard. Nothing else happens here at all.

A hard-wrapped paragraph, whose lines are broken by hand after about sixty, has
a phrase that goes over the end of a line, and goes on until it is long enough
to be seen as wrapped by hand. The last statement.

The caption has a kraken in it. Photograph: Ann Example
"""


async def test_smart_case_next_previous_and_round(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/")
        assert "SEARCH" in r.status
        await r.type("whale")
        await r.press("enter")
        assert r.here == "First a Whale is seen."
        await r.press("n")
        assert r.here == "Then a whale is heard."
        await r.press("n")
        assert r.here == "First a Whale is seen."
        assert r.said == ["Search went on at the other end."]
        await r.press("N")
        assert r.here == "Then a whale is heard."
        await r.press("/")
        await r.type("Whale")
        await r.press("enter")
        assert r.here == "First a Whale is seen."
        await r.press("n")
        assert r.here == "First a Whale is seen."


async def test_phrase_over_a_hard_line_break(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/")
        await r.type("sixty, has a phrase")
        await r.press("enter")
        assert r.here.startswith("A hard-wrapped paragraph")


async def test_regex_and_its_errors(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/", "ctrl+r")
        assert " regex /" in r.text
        await r.type("wh(")
        await r.press("enter")
        assert r.screen.mode == "SEARCH"  # it is wrong: there it can be mended
        await r.press("backspace")
        await r.type("ale is h")
        await r.press("enter")
        assert r.here == "Then a whale is heard."
        assert r.screen.mode == "READ"
        await r.press("u")
        assert r.said == ["Nothing to undo in this article."]  # Ctrl-R there was no redo


async def test_not_found_and_nothing_to_find(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("n")
        assert r.said == ["Nothing is searched for. / searches."]
        here = r.here
        await r.press("/")
        await r.type("unicorn")
        await r.press("enter")
        assert r.said == ["Not found."]
        assert r.here == here
        await r.press("/", "enter", "n")
        assert r.said == ["Nothing is searched for. / searches."]


async def test_escape_clears(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/")
        await r.type("whale")
        assert marked(r) == ["Whale", "whale"]
        await r.press("escape")
        assert marked(r) == []
        assert r.screen.mode == "READ"
        await r.press("j", "4")
        assert await r.tags() == {"Then a whale is heard.": ["doubtful"]}


async def test_a_hit_in_a_caption_is_shown_and_left_again(tmp_path: Path) -> None:
    text = TEXT.replace("Nothing else", "A kraken, and nothing else")
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        await r.press("/")
        await r.type("kraken")
        await r.press("enter")
        assert r.here.startswith("A kraken")
        await r.press("n")
        assert r.screen.hit is not None
        assert r.screen.hit.start > r.screen.session.document.text.index("caption")
        assert r.screen.hit.overlaps(r.screen.pane.visible_span())
        await r.press("n")
        assert r.here.startswith("A kraken")
        await r.press("N", "N")
        assert r.here.startswith("A kraken")


async def test_keys_typed_right_after_the_slash_are_searched_for(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.burst("/", "h", "e", "a", "r", "d", "enter")
        assert r.here == "Then a whale is heard."
        assert await r.groups() == []
        await r.consistent()


async def test_a_click_leaves_the_search_line(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/")
        await r.type("heard")
        await r.pilot.click("#article", offset=(20, 1))
        await r.rest()
        assert r.screen.mode == "READ"
        await r.press("n")
        assert r.here == "Then a whale is heard."


async def test_hits_are_counted_while_typing_and_at_each_step(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(100, 30)) as r:
        await r.press("/")
        await r.type("wha")
        assert re.search(r"/ wha +1/2", r.text)
        await r.type("x")
        assert re.search(r"/ whax +no hits", r.text)
        await r.press("backspace", "enter")
        assert "hit 1/2" in r.status
        await r.press("n")
        assert "hit 2/2" in r.status
        await r.press("j")
        assert "2 hits" in r.status
        assert marked(r) == ["Wha", "wha"]
        await r.press("escape")  # not only in the search line
        assert "hit" not in r.status
        assert marked(r) == []
        await r.press("n")
        assert r.said == ["Nothing is searched for. / searches."]


async def test_what_is_wrong_with_an_expression_is_said_while_typing(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(80, 24)) as r:
        await r.press("/", "ctrl+r")
        await r.type("whale(")
        assert "missing ), unterminated" in r.text
        assert marked(r) == []
        await r.press("backspace")
        await r.type("|heard")
        assert marked(r) == ["Whale", "whale", "heard"]
        await r.type("(")
        await r.burst("enter", ")", "?", "enter", "n", "n")  # the first Enter cannot be taken
        assert r.here == "Then a whale is heard."
        assert "hit 3/3" in r.status
        assert await r.groups() == []


async def test_an_expression_that_would_hang_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "ANSWER_S", 0.3)
    text = f"{TEXT}\n\nIt says {'a' * 70}!"
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        here = r.here
        await r.press("/", "ctrl+r")
        await r.type("(a|aa)+$x")
        assert "This takes too long." in r.text
        await r.press("enter")
        assert r.screen.mode == "SEARCH"
        await r.press("escape")
        assert r.here == here
        await r.press("j", "4")
        assert await r.tags() == {"Then a whale is heard.": ["doubtful"]}


async def test_far_searches_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (nearest_hit, reading_search):
        monkeypatch.setattr(module, "TELL_S", 0.0)
    monkeypatch.setattr(nearest_hit, "AT_ONCE_S", -1.0)
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await r.press("/")
        await r.type("nowhere")
        await r.press("enter")
        assert r.said[-1] == "Not found."
        await r.press("/")
        await r.type("heard")
        await r.press("enter")
        assert r.here == "Then a whale is heard."
        r.screen.work(lambda: asyncio.sleep(0), "hits")  # nobody looks on any more
        r.screen.seeking.hits = Hits(r.screen.session.document.text)  # nothing is known
        monkeypatch.setattr(r.screen.seeking, "look_now", lambda _window: False)
        monkeypatch.setattr(r.screen.seeking, "look", lambda _window: asyncio.sleep(60))
        r.screen.go(r.screen.session.document.statement_at(0))
        for key in ("n", "4"):
            r.app.post_message(key_event(key))
            await r.pilot.pause(0.05)
        await r.press("escape")
        assert r.said[-1] == "Stopped searching."
        assert await r.groups() == []  # the 4 was meant for a place that was not reached
        await r.press("4")
        assert await r.tags() == {"First a Whale is seen.": ["doubtful"]}
