"""Undo and redo by keys: unlimited, in order, after a restart; and a random walk over all keys."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.domain.text import Role
from reader.services import articles
from reader.services.importing import import_csv
from reader.storage.library import Library
from reader.tui.commands import commands_for
from reader.tui.reading.screen import ReadingScreen
from tests.tui.reading_harness import article, plain, reading, state_tables

FIRST = "First comes a plain statement."


async def test_unlimited_and_after_a_restart(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "4", "2", "c", "f", "h", "f", "j", "v", "e", "1", "d")
        done = await r.groups()
        assert len(done) == 8
    async with reading(db, file) as r:
        for _, summary in reversed(done):
            await r.press("u")
            (said,) = r.said
            assert said.partition(" on “")[0] == f"Undid: {summary}"
            assert said.partition(" on “")[2].startswith(("First", "Second"))
            await r.consistent()
        assert await r.stored() == []
        assert "0 of 7 judged" in r.text
        await r.press("u")
        assert r.said == ["Nothing to undo in this article."]
    async with reading(db, file) as r:
        for _, summary in done:
            await r.press("ctrl+r")
            assert r.said[0].partition(" on “")[0] == f"Did again: {summary}"
            await r.consistent()
        await r.press("ctrl+r")
        assert r.said == ["Nothing to do again."]
        assert await r.tags() == {FIRST: ["plausible"]}


@pytest.mark.parametrize("end", ["g", "G"])
async def test_of_many_at_once_keeps_the_place_if_one_of_them_is_seen(
    tmp_path: Path, end: str
) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        await r.press("4", "G", "4", "tab", "x", "k", "x", "2", "escape", end)
        assert [*(await r.tags()).values()] == [["plausible"], ["plausible"]]
        place = r.here
        await r.press("u")
        assert [*(await r.tags()).values()] == [["doubtful"], ["doubtful"]]
        assert r.here == place
        await r.consistent()


async def test_redo_of_many_stays_where_one_is_or_goes_to_the_nearest(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement number {n} has {'no' if n % 7 else 'few'} words."
                       for n in range(80))  # fmt: skip
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(80, 24)) as r:
        await r.press("/")
        await r.type("few")
        await r.press("down", "tab")
        await r.type("doubt")
        await r.press("enter", "enter")
        assert len(await r.tags()) == 12
        assert r.said[-1].endswith("takes it back.")
        await r.press("G", "k", "k")
        place = r.here
        for key in ("u", "ctrl+r", "u", "ctrl+r"):
            await r.press(key)
            assert r.here == place  # one of them is on the screen
        await r.consistent()
        await r.press("u", "g", *"jjj", "ctrl+r")
        assert r.here == "Statement number 3 has no words."


async def test_something_new_ends_redo(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "u", "j", "2", "ctrl+r")
        assert r.said == ["Nothing to do again."]
        assert list((await r.tags()).values()) == [["plausible"]]


async def test_what_was_done_in_another_article_or_by_another_stays(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    two = article(tmp_path, "Another one. It has two.\n", "b.txt")
    async with reading(db, file, two) as r:
        await r.press("4", "J", "4", "u", "u")
        assert r.said == ["Nothing to undo in this article."]
        await r.press("K")
        assert len(await r.stored()) == 1
    async with reading(db, file, annotator="ben") as r:
        await r.press("u")
        assert r.said == ["Nothing to undo in this article."]
    async with reading(db, file) as r:
        assert len(await r.stored()) == 1


async def test_keys_pressed_faster_than_the_library_keep_their_order(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j")
        await r.burst("4", "u", "2", "f", "u", "u", "1", "c")
        (item,) = await r.stored()
        assert [(j.code, j.confidence) for j in item.judgements] == [("corroborated", "low")]
        assert not item.flag
        await r.consistent()
        assert [kind for kind, _ in await r.groups()] == [
            "tag", "undo", "tag", "flag", "undo", "undo", "tag", "confidence",
        ]  # fmt: skip
        await r.burst(*"uuuuuuu")
        assert await r.stored() == []
        await r.consistent()


async def test_that_undo_takes_it_back_is_said_only_while_it_is_so(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        deleted = ["Deleted the highlight. u brings it back."]
        await r.press("j", "2", "d")
        assert r.said == deleted
        await r.press("j", "k", "tab", "tab")
        assert r.said == deleted  # nothing else was done
        await r.press("4")
        assert r.said == []
        assert "brings it back" not in r.text
        assert await r.tags() == {FIRST: ["doubtful"]}
        await r.press("d", "m", "a", "/")
        await r.type("nowhere")
        await r.press("enter")
        told = r.said
        assert told != deleted
        await r.press("2")
        assert r.said == told  # of another thing: it stays for its time
        await r.press("tab", "x", "f", "tab")
        assert r.said == ["flag. u takes it back."]
        await r.press("a")
        await r.type("a note")
        await r.press("ctrl+s")
        assert r.said == []
        await r.burst("d", "j", "2")
        assert r.said == []


async def test_undo_off_the_screen_goes_there(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(80, 24)) as r:
        await r.press("4", "2", "G", "u")
        assert r.here == "Statement number 0 has a few words."
        await r.press("G", "u")  # the highlight is gone; its place is shown all the same
        assert r.here == "Statement number 0 has a few words."
        assert r.screen.cursor is not None
        assert r.screen.cursor.overlaps(r.screen.pane.visible_span())


async def choose_role(r, paragraph: str, role: str) -> None:  # type: ignore[no-untyped-def]
    await r.press(":")
    await r.type("change paragraph")
    await r.press("enter")
    await r.until(lambda: "Which paragraph?" in r.text)
    await r.type(paragraph)
    await r.press("enter")
    await r.until(lambda: "What is “" in r.text)
    await r.type(role)
    await r.press("enter")
    await r.rest()


async def test_a_caption_made_body_has_statements_and_undo_takes_them_back(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        assert "statement 1/7" in r.status
        await choose_role(r, "a caption", "body")
        assert r.said == ["The paragraph is body now. u takes it back."]
        assert "statement 1/8" in r.status
        assert "0 of 8 judged" in r.text
        await r.press("G")
        assert r.here == "A caption under a picture."
        await r.press("4")
        await r.consistent()
        await r.app.action_quit()
    async with reading(db, file) as r:
        assert "/8" in r.status
        assert r.here == "A caption under a picture."
        await r.press("u", "u")
        assert r.said == ["Undid: paragraph is body"]
        assert "/7" in r.status
        assert r.here == "Sixth stands alone."
        await r.consistent()
        await r.press("ctrl+r")
        assert "/8" in r.status
        await r.press("u")
        await choose_role(r, "a caption", "quote")
        assert "/8" in r.status
        await choose_role(r, "a caption", "credit")
        assert "/7" in r.status
        await r.press("u")
        assert "/8" in r.status
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before


@pytest.mark.parametrize("context", ["read", "select", "panel"])
async def test_each_key_means_one_thing_where_it_is_valid(tmp_path: Path, context: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("4")
        if context != "read":
            await r.press("v" if context == "select" else "tab")
        screen = r.screen
        for command in commands_for(context):  # type: ignore[arg-type]
            if command.action.startswith("app."):
                continue
            for key in command.keys:
                name = "right_curly_bracket" if key == "}" else key
                found = [
                    binding.action
                    for node, bindings in screen._binding_chain
                    for binding in bindings.key_to_bindings.get(name, ())
                    if node.check_action(binding.action.partition("(")[0], ())
                    and not binding.action.startswith(("app.", "screen."))
                ]
                if name in screen._bindings.key_to_bindings:
                    assert found[0] == command.action, (key, found)


KEYS = (
    *"jjjjkk}{1234567890wW..hhffccdd][;uuuu", "ctrl+r", "ctrl+r", "space", "b", "g", "G",
    "v", "V", "V", "tab", "tab", "escape", "enter", "e", "o", "s", "$", "^", "<", ">", "a", "z",
    "ctrl+d", "ctrl+e", "+", "=", "n", "N",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_walk_keeps_everything_in_step(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    book = ("credibility-7", "checkworthy", "verdict-6")[seed % 3]
    size = ((120, 40), (80, 24), (60, 20), (40, 12))[seed % 4]
    async with reading(tmp_path / "l.db", article(tmp_path), codebook=book, size=size) as r:
        for step in range(45):
            keys = [choose.choice(KEYS)]
            if r.screen.mode == "NOTE":
                keys = [choose.choice("xyz4u"), choose.choice(("escape", "ctrl+s", "backspace"))]
            if seed % 2:
                await r.burst(*keys, choose.choice(KEYS) if r.screen.mode != "NOTE" else "escape")
            else:
                await r.press(*keys)
            if not isinstance(r.app.screen, ReadingScreen):  # a dialog, of sources or the like
                await r.press("escape")
            if step % 6 == 0 and r.screen.mode != "NOTE":
                await r.consistent()
        if r.screen.mode == "NOTE":
            await r.press("escape")
        await r.press("escape", "escape")
        await r.consistent()
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before
        stored = [plain(item) for item in await r.stored()]
        undone = 0
        while True:
            await r.press("u")
            if r.said[-1] == "Nothing to undo in this article.":
                break
            undone += 1
        assert await r.stored() == []
        await r.consistent()
        for _ in range(undone):
            await r.press("ctrl+r")
        assert [plain(item) for item in await r.stored()] == stored
        await r.consistent()


async def test_a_big_import_by_hand_is_read_back_by_a_new_session(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.type("1j2j3j4j5")
        tags = await r.tags()
        assert len(tags) == 5
    with Library(db) as library:
        (uid,) = library.articles.in_order()
        opened = articles.open_article(library, uid, library.annotator("ana"))
        assert len(opened.highlights) == 5
        assert opened.document.block_at(0).role is Role.HEADLINE  # type: ignore[union-attr]


async def test_redo_of_an_import_counts_only_what_is_ones_own(tmp_path: Path) -> None:
    db, file, table = tmp_path / "l.db", article(tmp_path), tmp_path / "x.csv"
    async with reading(db, file, annotator="pupil1") as r:
        await r.press("j", "4", "j", "4", "j", "2")
    assert main(["--db", str(db), "export", "csv", "-o", str(table)]) == 0
    async with reading(db, file, annotator="pupil1") as r:
        await r.press("u", "u", "u")
    with Library(db) as library:
        report = import_csv(library, table, library.annotator("ana"))
        assert (report.imported, report.others) == (3, {})
    async with reading(db, file) as r:
        head = r.screen.counts.region
        fresh = r.lines[head.y : head.bottom]
        assert "0 of 7 judged" in r.text
        await r.press("u")
        assert r.said == ["Undid: import from CSV (3 highlights by pupil1)"]
        await r.press("ctrl+r")
        assert r.said == ["Did again: import from CSV (3 highlights by pupil1)"]
        assert r.lines[head.y : head.bottom] == fresh
        await r.consistent()
