"""Relating one statement to another with keys: on the screen, in the library, undone, followed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.domain.relation import TYPES
from reader.domain.text import Span
from reader.services.relating.relations import related
from tests.tui.reading_harness import Reader, article, reading, state_tables

OTHER = """\
Another report

The minister says that nothing of it is so. The rest is about the weather.
"""


async def relations_of(r: Reader, words: str) -> list[str]:
    """What the library has of the statement with these words, in any article."""

    def look(library):
        query = "SELECT uid FROM highlight WHERE exact LIKE ? AND deleted_at IS NULL"
        uids = [uid for (uid,) in library.connection.execute(query, (f"{words}%",))]
        return [item for each in related(library, uids).values() for item in each]

    return [
        " ".join(
            filter(
                None,
                (
                    *(item.words, item.other.exact.split()[0]),
                    *(it.judgement.code for it in item.ratings),
                    item.relation.note,
                ),
            )
        )
        for item in await r.run(look)
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_statement_is_related_undone_and_done_again(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
        await r.press("j")
        assert r.here.startswith("First")
        await r.press("r")
        assert r.screen.mode == "RELATE"
        assert "RELATE" in r.status
        assert any("→" in line[:4] for line in r.lines)  # the beginning is kept marked
        await r.press("enter")
        assert "where the relation begins" in r.said[-1]
        await r.press("q")  # is about to leave the program, and with it what was begun
        assert "A relation is begun, not made" in r.text
        await r.press("enter")
        assert r.screen.mode == "RELATE"
        await r.press("j", "j", "3")  # digits mean nothing on the way, and it is said why
        assert "only move and search: Enter relates to this" in " ".join(r.said[-1].split())
        assert r.here.startswith("Third")
        await r.press("enter")
        assert "How are they related?" in r.text
        assert "contradicts" in r.text or size[1] < 20
        await r.press("n", "d")  # the second letter leads on to the note
        await r.type("only in part")
        await r.press("enter")
        assert r.screen.mode == "READ"
        assert "narrows “Third is short.”" in r.said[-1]
        assert r.here.startswith("First")  # back where it began
        assert not any("→" in line[:4] for line in r.lines)
        assert await relations_of(r, "First") == ["narrows Third deny only in part"]
        assert await relations_of(r, "Third") == ["narrowed by First deny only in part"]
        assert await r.groups() == [("relate", "narrows “Third is short.”")]
        await r.consistent()
        await r.press("u")
        assert "Undid: narrows" in r.said[-1]
        assert await r.stored() == []
        await r.press("ctrl+r")
        assert await relations_of(r, "Third") == ["narrowed by First deny only in part"]
        await r.consistent()
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_kind_is_reached_and_the_chosen_one_is_told_whole(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
        await r.press("j", "r", "j", "enter")
        assert "↓ more" in r.text
        assert "↑" not in r.text
        for kind in TYPES:
            marked = (line.partition("▌")[2].partition("│")[0] for line in r.lines)
            chosen = " ".join(re.sub("[↓▁-█]", " ", "".join(marked)).split())
            assert kind.label in chosen
            assert kind.definition in chosen
            await r.press("down")
        await r.press("up")
        assert "↓" not in r.text
        assert "↑" in r.text
        await r.press("enter", "enter")
        assert (await relations_of(r, "First"))[0].startswith("is the same claim as Second")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_dialog_shows_which_part_the_keys_are_for(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
        await r.press("j", "r", "j", "enter")
        assert "Go to the other" not in r.text  # that was said before, and would cover it
        assert "Tab next" in r.text
        assert "Enter relates" not in r.text  # it goes on, as yet
        await r.press("c")
        assert "Tab next  Enter relates  Esc leaves" in r.text
        assert ("letter judges and goes on" in r.text) == (size[0] == 80)
        assert "[c  contradicts]" in r.text
        assert "from  “First" in r.text  # both stay in view
        assert "to    “Second" in r.text
        assert "▌ Stance, if you like: how does" in r.text
        assert "▌ Note" not in r.text
        assert "Note" in r.text
        before = r.text
        await r.type(" |")  # means nothing in this part
        assert r.text == before
        await r.type("with | pipe")  # no stance has that letter: the note begins with it
        assert "▌ Note" in r.text
        await r.press("shift+tab", "q")  # judged, and on to the note
        assert "[q ? query]" in r.text
        await r.press("shift+tab", "q")  # taken back
        assert "▌ Stance" in r.text
        await r.press("tab", "tab", "b", "shift+tab", "shift+tab")
        await r.type("d")
        assert "with | piped" in r.text
        await r.press("backspace", "enter")
        assert r.screen.mode == "READ"
        assert await relations_of(r, "First") == ["is before Second with | pipe"]


async def test_keys_in_one_burst_do_what_they_do_one_by_one(tmp_path: Path) -> None:
    found = []
    keys = [*"cax", "space", "backspace", "y", "tab", *"ndz", "enter"]
    for burst in (False, True):
        (tmp_path / f"{burst}").mkdir()
        async with reading(tmp_path / f"{burst}.db", article(tmp_path / f"{burst}")) as r:
            await r.press("j", "r", "j", "enter")
            await (r.burst if burst else r.press)(*keys)
            await r.until(lambda r=r: r.app.relating is None)
            await r.rest()
            found.append(await relations_of(r, "First"))
    assert found == [["narrows Second deny xyz"]] * 2


async def test_it_can_be_left_at_every_step(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "r", "j", "j", "escape")
        assert (r.screen.mode, r.here.split()[0]) == ("READ", "First")
        await r.press("r", "j", "enter", "escape")
        assert r.screen.mode == "RELATE"
        await r.press("/")
        await r.type("Sixth")
        await r.press("enter")
        assert r.screen.mode == "RELATE"
        assert r.here.startswith("Sixth")
        await r.press("escape")
        assert await r.groups() == []
        await r.burst("r", "j", "enter", "c", "enter", "j")  # typed ahead
        await r.until(lambda: r.app.relating is None)
        await r.rest()
        assert await relations_of(r, "First") == ["contradicts Second"]
        assert r.here.startswith("Second")


async def test_from_the_panel_and_from_a_selection_to_a_selection(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "tab", "r")
        assert r.screen.mode == "RELATE"
        await r.press("j", "j", "v", "e", "enter")
        assert "How are they related?" in r.text
        await r.press("s", "enter")
        assert await relations_of(r, "First") == ["supports Third"]
        (_, other) = await r.stored()
        assert r.words(other) == "Third is"[: other.end - other.start]
        assert (await r.tags())[r.words(Span(*(await r.stored())[0].span))] == ["doubtful"]
        await r.press("G", "v", "e", "r", "k", "enter", "b", "enter")
        assert any("is before" in it for it in await relations_of(r, ""))


async def test_contested_asks_for_a_relation_and_is_complete_with_it(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "3")
        assert "relation? r" in r.status
        assert r.screen.session.missing((await r.stored())[0]) == ("relation",)
        assert "wants a relation" in r.text
        await r.press("r", "j", "enter", "d", "enter")
        assert "wants a relation" not in r.text
        assert r.screen.session.missing(r.screen.session.annotations.index[0]) == ()
        await r.press("u")
        assert r.screen.session.missing(r.screen.session.annotations.index[0]) == ("relation",)
        await r.press("ctrl+r", "j", "d")  # the other end is deleted
        assert r.screen.session.missing(r.screen.session.annotations.index[0]) == ("relation",)
        await r.press("k")
        assert "relation?" in r.status  # asked again where one comes back


async def test_relations_are_listed_followed_changed_and_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "l")
        assert "not related to anything" in r.said[-1]
        await r.press("r", "j", "enter", "q", "enter", "r", "j", "j", "enter", "a", "enter")
        await r.press("l")
        assert "2 relations" in r.text
        assert "→ quotes" in r.text
        assert "is about" in r.text
        await r.press("j", "enter")  # follow the second
        assert r.here.startswith("Third")
        await r.press("l")
        assert "← is spoken of by" in r.text
        await r.press("e", "m", "q", "enter")  # seen from the other end it is changed all the same
        assert "misquoted by" in r.text
        assert await relations_of(r, "Third") == ["misquoted by First query"]
        await r.press("d")
        assert await relations_of(r, "Third") == []
        assert [r.words(item).split()[0] for item in await r.stored()] == ["First", "Second"]
        await r.consistent()
        await r.press("u")
        assert await relations_of(r, "Third") == ["misquoted by First query"]
        await r.press("u")
        assert await relations_of(r, "Third") == ["is spoken of by First"]


async def test_to_a_statement_of_another_article_and_back(tmp_path: Path) -> None:
    db, other = tmp_path / "l.db", article(tmp_path, OTHER, "other.txt")
    async with reading(db, article(tmp_path), other) as r:
        first = r.screen
        await r.press("j", "r", "F")
        await r.type("minister")
        await r.until(lambda: "nothing of it" in r.text)
        await r.press("enter")
        assert r.screen is not first
        assert r.screen.mode == "RELATE"
        assert r.here.startswith("The minister")
        await r.press("enter", "d", "enter")
        assert r.screen is first
        assert (r.screen.mode, r.here.split()[0]) == ("READ", "First")
        assert await relations_of(r, "First") == ["denies The"]
        await r.consistent()
        await r.press("l", "enter")  # follow it there
        assert r.screen is not first
        assert r.here.startswith("The minister")
        await r.press("4", "l")
        assert "← denied by" in r.text
        await r.press("escape", "q")
        assert r.screen is first
        await r.press("u")
        assert await relations_of(r, "First") == []
        assert await r.stored() == []
        await r.consistent()
        await r.press("r", "J", "j", "j", "enter", "=", "enter")  # through the list of articles
        assert r.here.startswith("First")
        assert await relations_of(r, "The rest") == ["is the same claim as First"]
        await r.consistent()


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_escape_leads_back_from_another_article_and_from_the_list(tmp_path, size) -> None:
    db, other = tmp_path / "l.db", article(tmp_path, OTHER, "other.txt")
    async with reading(db, article(tmp_path), other, size=size) as r:
        first = r.screen
        await r.press("j", "r", "F")
        await r.type("minister")
        await r.until(lambda: "nothing of it" in r.text)
        await r.press("enter", "4")
        assert "Enter relates to this statement, Esc leaves" in " ".join(r.said[-1].split())
        assert "Enter relate  Esc leave" in r.status
        await r.press("escape")
        assert r.screen is first
        assert (r.screen.mode, r.here.split()[0]) == ("READ", "First")
        assert r.said == ["Nothing is related."]
        await r.press("r", "J")  # now it is in the other one's place
        assert r.here.startswith("The minister")
        await r.burst("k", "escape", "j", "2")  # typed ahead
        assert r.here.startswith("Second")
        assert await r.tags() == {r.here: ["plausible"]}
        await r.press("k", "r", ":")
        await r.type("library")
        await r.press("enter")
        assert "Relating “First comes" in r.lines[0]
        assert "Esc leaves, Enter" in r.status
        await r.press("x", "enter", "j", "q")
        assert "Relating “First comes" in r.lines[0]
        await r.press("escape")  # before the mark
        assert (r.screen.mode, r.here.split()[0]) == ("READ", "First")
        assert r.said == ["Nothing is related."]
        await r.press("q")
        assert "Library" in r.lines[0]
        assert "Esc leaves" not in r.status


async def test_undo_stays_at_the_end_where_one_is(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(80, 24)) as r:
        await r.press("j", "h", "2", "r", "G", "enter", "c", "enter")
        assert r.here.startswith("Statement number 1 ")
        for key in ("u", "ctrl+r"):
            await r.press(key)
            assert r.here.startswith("Statement number 1 ")
        assert await relations_of(r, "Statement number 1 ") == ["contradicts Statement"]
