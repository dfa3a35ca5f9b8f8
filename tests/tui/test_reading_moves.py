"""Moving by keys: where the cursor is, and that what it is on can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.annotators import known_handles
from reader.storage.articles import Articles, Place
from reader.storage.library import Library
from reader.tui.reading import later
from reader.tui.reading.roles import change_role
from reader.tui.widgets.fields import LineField
from tests.tui.reading_harness import article, reading

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]

LONG = "\n\n".join(
    f"Paragraph {n} begins here and has some words to fill a line or two of the pane. "
    f"It goes on in a second statement, number {n}."
    for n in range(1, 61)
)


def seen(r: object) -> bool:
    screen = r.screen  # type: ignore[attr-defined]
    return bool(screen.cursor.overlaps(screen.pane.visible_span()))


async def test_statements_and_paragraphs(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        assert r.here == "A headline that says little"
        await r.press("k")
        assert r.here == "A headline that says little"
        await r.press("j", "down")
        assert r.here.startswith("Second")
        await r.press("}")
        assert r.here.startswith("Fourth")
        await r.press("j", "{")
        assert r.here.startswith("Fourth")
        await r.press("{")
        assert r.here.startswith("First")
        await r.press("G")
        assert r.here == "Sixth stands alone."
        await r.press("j", "}")
        assert r.here == "Sixth stands alone."
        assert "statement 7/7 · 100 %" in r.status
        await r.press("home")
        assert r.here == "A headline that says little"
        await r.press("end", "up")
        assert r.here.startswith("Fifth")


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_stays_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, LONG), size=size) as r:
        for key in (
            "space", "space", "b", "pagedown", "pageup", "ctrl+d", "ctrl+u", "ctrl+e", "ctrl+e",
            "ctrl+e", "ctrl+e", "ctrl+e", "ctrl+e", "ctrl+e", "ctrl+e", "ctrl+y", "+", "+", "-",
            "=", "z", "j", "z", "z", "G", "b", "g", "space", "}", "{", "w", "W", "a", "escape",
            "tab", "escape", "/", "escape",
        ):  # fmt: skip
            await r.press(key)
            assert seen(r), (key, r.text)
            assert r.screen.mode in ("READ", "PANEL", "NOTE", "SEARCH")
        assert r.screen.mode == "READ"
        await r.consistent()


async def test_pages_go_through_the_whole_text_and_end_at_the_ends(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, LONG), size=(80, 24)) as r:
        tops = [r.screen.pane.top_offset]
        for _ in range(30):
            await r.press("space")
            tops.append(r.screen.pane.top_offset)
        assert tops == sorted(tops)
        assert r.here.endswith("number 60.")
        assert "100 %" in r.status
        for _ in range(30):
            await r.press("b")
        assert r.here.startswith("Paragraph 1 ")


async def test_resizing_keeps_the_cursor_on_the_screen(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, LONG), size=(120, 40)) as r:
        await r.press(*"jjjjjjjjjjjjjjj")
        here = r.here
        for size in [(60, 20), (40, 12), (120, 40), (20, 5), (80, 24)]:
            await r.pilot.resize_terminal(*size)
            await r.rest()
            assert r.here == here
            assert seen(r), size
        await r.press("space")
        await r.pilot.resize_terminal(120, 200)  # all of it is on the screen
        await r.rest()
        await r.press("space")  # there is no page to go on by, wherever one came from
        assert "statement 120/120" in r.status


async def test_wheel_takes_the_cursor_along(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, LONG), size=(80, 24)) as r:
        from textual import events

        for _ in range(6):
            r.screen.pane.post_message(
                events.MouseScrollDown(r.screen.pane, 5, 5, 0, 0, 0, False, False, False)
            )
        await r.rest()
        assert seen(r)
        assert not r.here.startswith("Paragraph 1 ")
        await r.press("4")
        assert await r.tags() == {r.here: ["doubtful"]}


async def test_highlights_next_previous_and_cycle(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("]")
        assert r.said == ["No highlight after this place."]
        await r.press("j", "1", "v", "e", "2", "G", "3", "g")
        await r.press("]")
        assert r.screen.target_uid is not None
        assert r.screen.target().span == (await r.stored())[0].span  # type: ignore[union-attr]
        await r.press("]", "]")
        assert r.here == "Sixth stands alone."
        await r.press("]")
        assert r.said == ["No highlight after this place."]
        await r.press("[", "4")
        assert (await r.stored())[1].judgements[0].code == "doubtful"  # not the word's
        await r.press(";")
        assert r.said == ["Highlight 1 of 2 here."]
        await r.press("5")
        assert (await r.stored())[0].judgements[0].code == "refuted"
        await r.press("j")
        assert r.screen.target_uid is None
        await r.press("g", ";")
        assert r.said == ["No highlight here."]
        await r.consistent()


async def test_place_is_remembered_for_each_annotator(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path, LONG)
    async with reading(db, file, size=(80, 24)) as r:
        await r.press(*"jjjjjjjjjj", "4")
        here = r.here
        await r.press("k", "ctrl+q")
    async with reading(db, file, size=(80, 24), annotator="ben") as r:
        assert r.here.startswith("Paragraph 1 ")
        assert "0 of 120" in r.text or await r.stored() == []
    async with reading(db, file, size=(80, 24)) as r:
        await r.press("j")
        assert r.here == here
        assert seen(r)
        assert r.screen.current_entry() is not None
    with Library(db) as library:
        (uid,) = library.articles.in_order()
        place = library.articles.place(uid, library.annotator("ana"))
        assert place.furthest > place.offset > 0


async def test_a_tag_without_a_move_writes_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody has moved since the place was written there is nothing new to remember."""
    monkeypatch.setattr(later, "PLACE_SECONDS", 0.01)
    kept: list[Place] = []
    keep = Articles.keep_place
    monkeypatch.setattr(
        Articles, "keep_place", lambda *given: (kept.append(given[-1]), keep(*given))
    )
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j")
        await r.until(lambda: len(kept) > 0 and kept[-1].offset > 0)
        known = len(kept)
        await r.press("4", "2")
        await r.until(lambda: not r.screen.place_due)
        assert len(kept) == known
        await r.press("j")
        await r.until(lambda: len(kept) > known)
        assert kept[known].offset > kept[known - 1].offset
        assert kept[known].ms_spent >= kept[known - 1].ms_spent


async def test_changing_the_annotator(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", ":")
        await r.type("change annotator")
        await r.press("enter")
        await r.until(lambda: "Who annotates?" in r.text)
        assert "Known: ana. " in r.text
        await r.type("cy")  # replaces the name that stands there
        await r.press("enter")
        assert "No annotator “cy” yet: Enter again makes one." in r.text
        await r.press(*["backspace"] * 2)
        assert "No annotator" not in r.text
        await r.type("ben")
        await r.press("enter", "backspace", "n", "enter")  # asked anew after each change
        assert "No annotator “ben” yet" in r.text
        await r.press("enter")
        await r.until(lambda: r.app.annotator == "ben")
        assert await r.app.database.run(known_handles) == ["ana", "ben"]
        await r.rest()
        assert "ben" in r.lines[0]
        assert await r.stored() == []
        assert r.here == "A headline that says little"
        await r.press("j", "j", "1", "u", "u")
        assert r.said == ["Nothing to undo in this article."]  # ana's tag is not ben's to undo
        await r.consistent()
        await r.press(":")
        await r.type("change annotator")
        await r.press("enter")
        await r.until(lambda: "Known: ana, ben. " in r.text)
        await r.type("A")
        await r.until(lambda: r.app.screen.query_one(LineField)._suggestion)
        await r.press("right", "enter")  # whom there is already is not asked of
        await r.until(lambda: r.app.annotator == "ana")


async def test_contents(tmp_path: Path) -> None:
    text = "# Title\n\nOne. Two.\n\n## Part A\n\nThree. Four.\n\n## Part B\n\nFive.\n"
    async with reading(tmp_path / "l.db", article(tmp_path, text, "a.md")) as r:
        await r.press("T")
        await r.type("part b")
        await r.press("enter")
        assert r.here == "Part B"
        await r.press("T", "up", "enter")
        assert r.here == "Part A"
        await r.press("T", "escape")
        assert r.here == "Part A"
        assert r.screen.mode == "READ"


async def test_neighbours(tmp_path: Path) -> None:
    two = article(tmp_path, "Another one. It has two.\n", "b.txt")
    async with reading(tmp_path / "l.db", article(tmp_path), two) as r:
        await r.press("K")
        end = "of the 2 articles named at the start. “library” in the palette has all."
        assert r.said == [f"This is the first {end}"]
        await r.press("j", "j", "4", "J")
        assert r.here == "Another one."
        assert "0 of 2 judged" in r.text
        await r.press("J")
        assert r.said == [f"This is the last {end}"]
        await r.press("u")
        assert r.said == ["Nothing to undo in this article."]
        await r.press("K")
        assert r.here.startswith("Second")
        assert "1 of 7 judged" in r.text
        await r.press("u")
        assert r.said == ['Undid: ! doubtful on “Second comes "a quoted one",…”']
        await r.consistent()


async def test_help_and_saved_and_width(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("ctrl+s")
        assert "Nothing has been changed" in r.said[0]
        await r.press("1", "ctrl+s")
        assert "Everything is saved; last at" in r.said[0]
        await r.press("+")
        assert r.said == ["Text width 76"]
        await r.press("=")
        assert r.said == ["Text width 72"]
        for key in ("?", "f1"):
            await r.press(key)
            assert "Reading (article)" in r.text
            await r.press("end")
            assert "5 ✗ refuted" in r.text
            await r.press("q")
            assert r.screen.mode == "READ"
        await r.press("v", "?")
        assert "Selecting" in r.text
        await r.press("escape")
        assert r.screen.mode == "SELECT"


async def test_an_article_without_statements(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        for start in [block.start for block in r.screen.session.document.blocks_in(0, 10**6)]:
            from reader.domain.text import Role

            block = r.screen.session.document.block_at(start)
            assert block is not None
            change_role(r.screen, start, block.role, Role.BOILERPLATE)
        await r.rest()
        assert "no statements" in r.status
        await r.press(
            "j", "k", "}", "{", "space", "b", "g", "G", "w", "W", "1", "v", "V", "h", "a", "f", "c",
            "d", ";", "]", "[", "t", "escape", "n", "ctrl+e",
        )  # fmt: skip
        assert r.screen.mode == "READ"
        await r.consistent()
        for _ in range(4):
            await r.press("u")
        assert r.here != ""
        await r.consistent()
