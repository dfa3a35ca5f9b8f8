"""All hits of a search: the list, and acting on the statements that they are in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from reader.services.exchange.exporting import export_csv
from reader.tui.screens.dialogs.hits import HitsDialog
from tests.tui.reading_harness import Reader, article, marked, reading

TEXT = """\
The dam holds, they say. The old dam is 漢字 old. Nothing is said of walls here.

A dam and a dam again 👩‍👩‍👧 stand in one statement. One café has no wall.

The last dam of all is far away.

A caption with a dam in it. Photograph: Ann Example
"""
FIRST, SECOND = "The dam holds, they say.", "The old dam is 漢字 old."
TWICE, LAST = (
    "A dam and a dam again 👩‍👩‍👧 stand in one statement.",
    "The last dam of all is far away.",
)


def told(r: Reader) -> str:
    """The words of a dialog, where they run over the ends of its rows."""
    return " ".join(r.text.replace("│", " ").split())


async def _searched(r: Reader, words: str = "dam") -> None:
    await r.press("/")
    await r.type(words)
    await r.press("enter")


async def test_the_list_shows_where_and_what_and_leads_there(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(90, 30)) as r:
        await r.press("*")
        assert r.said == ["Nothing is searched for. / searches."]
        await r.press("j", "4", "k", "f", "/")
        await r.type("dam")
        await r.press("down")  # Enter and * in one
        assert isinstance(r.app.screen, HitsDialog)
        assert "6 hits" in r.text
        rows = [line for line in r.lines if "dam" in line]
        assert any("1  The dam holds, they say. The old dam" in row and "⚑" in row for row in rows)
        assert any("2  " in row and "The old dam is 漢字 old." in row for row in rows)
        assert any("–  " in row and "caption with a dam" in row for row in rows)
        await r.type("doubtful")  # the label of a tag is a word of the row
        assert "1 of 6 hits" in r.text
        await r.press("enter")
        assert r.here == SECOND
        assert "hit 2/6" in r.status
        await r.press("*", "down", "down", "enter")  # the one that the cursor is at is current
        assert "hit 4/6" in r.status
        await r.press("*")
        await r.type("far away")
        await r.press("escape")
        assert "hit 4/6" in r.status
        await r.burst("*", *"example", "enter")  # in the words behind the last but one, too
        assert "hit 5/6" in r.status
        await r.press("*")
        await r.type("nothing like it")
        assert "Nothing matches." in r.text
        await r.press("enter", "tab", "escape")
        await r.press("*")
        await r.pilot.click("HitList", offset=(20, 0))
        await r.rest()
        assert r.here == FIRST
        assert "hit 1/6" in r.status
        await r.burst("*", *"caf", "enter", "3")  # the 3 is for what is found
        assert (await r.tags())[SECOND] == ["contested"]


async def test_the_words_that_stand_for_all_end_as_a_sentence_does(tmp_path: Path) -> None:
    text = "What the dam holds,\n\nThe dam is old, they say. Is the dam old?\n"
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(100, 40)) as r:
        await r.press("j", "2")
        await _searched(r)
        for first, more in (
            ("“What the dam holds,”.", "1 statement is like that already."),
            ("“Is the dam old?”", "2 statements are like that already."),
        ):
            await r.press("*", "tab")
            await r.type("plaus")
            await r.press("enter")
            assert f"First: {first} {more}" in told(r)
            await r.press("escape", "g", "2")


async def test_all_hits_are_tagged_as_one_action(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path, TEXT)
    async with reading(db, file, size=(100, 40)) as r:
        await r.press("j", "4", "c", "k", "2")
        await _searched(r)
        await r.press("*", "tab")
        assert "6 hits" in r.text
        await r.type("plaus")
        await r.press("enter")
        assert "the 2 statements without another tag" in r.text
        assert "all 3 statements, also the 1 that has another tag" in r.text
        assert "1 statement is like that already." in told(r)
        assert "1 hit is in no statement." in told(r)
        await r.press("enter")
        assert r.said == ["+ plausible: 2 statements. u takes it back."]
        after = {
            FIRST: ["plausible"], SECOND: ["doubtful"], TWICE: ["plausible"], LAST: ["plausible"],
        }  # fmt: skip
        assert await r.tags() == after
        assert (await r.groups())[-1] == ("tag", "+ plausible × 2")
        await r.consistent()
        uid = r.screen.session.opened.article.uid
        sink, book = io.StringIO(newline=""), r.screen.session.codebook
        await r.run(lambda library: export_csv(library, [uid], sink, codebook=book))
        rows = list(csv.DictReader(io.StringIO(sink.getvalue().removeprefix("\ufeff"))))
        assert {" ".join(row["text"].split()): [row["tag"]] for row in rows} == after
        await r.press("u")
        assert await r.tags() == {FIRST: ["plausible"], SECOND: ["doubtful"]}
        assert r.said == ["Undid: + plausible × 2"]
        await r.press("ctrl+r")
        assert await r.tags() == after
        await r.consistent()
    async with reading(db, file) as r:
        assert await r.tags() == after
        await _searched(r)
        await r.press("*", "tab")
        await r.type("plaus")
        await r.press("enter")
        assert "nothing: the statement has another tag" in r.text
        assert "the statement, though it has another tag" in r.text
        await r.press("down", "enter")  # the judged one as well
        assert (await r.tags())[SECOND] == ["plausible"]
        second = next(item for item in await r.stored() if r.words(item) == SECOND)
        assert second.judgements[0].confidence == "low"
        await r.press("u")
        assert await r.tags() == after
        await r.consistent()


async def test_flag_and_highlight_only_what_is_listed(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=(80, 24)) as r:
        await _searched(r)
        await r.press("*")
        await r.type("holds")
        await r.press("tab")
        await r.type("flag")
        await r.press("enter", "enter")
        assert [(r.words(item), item.flag) for item in await r.stored()] == [
            (FIRST, True), (SECOND, True),  # the words around the first have it as well
        ]  # fmt: skip
        await r.screen.run_action("search_act")
        await r.rest()
        await r.type("plain")
        await r.press("enter", "enter")
        assert [(r.words(item), item.implicit) for item in await r.stored()] == [
            (FIRST, True), (SECOND, True), (TWICE, False), (LAST, False),
        ]  # fmt: skip
        await r.screen.run_action("search_act")
        await r.rest()
        await r.type("plain")
        await r.press("enter")
        assert r.said[-1].startswith("Nothing to do. 4 statements are like that already.")
        await r.press("u", "u")
        assert await r.stored() == []
        await r.consistent()


async def test_leaving_at_any_point_changes_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _searched(r)
        for keys in (["tab", "escape"], ["tab", "enter", "escape"], ["escape"]):
            await r.press("*", *keys)
            assert r.screen.mode == "READ"
            assert await r.groups() == []
        assert marked(r)[:2] == ["dam", "dam"]
