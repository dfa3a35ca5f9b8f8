"""Searching by keys."""

from __future__ import annotations

from pathlib import Path

from tests.tui.reading_harness import article, reading

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
        assert r.screen.pane._pattern is not None
        await r.press("escape")
        assert r.screen.pane._pattern is None
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
