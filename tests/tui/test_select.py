"""SELECT by keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.reading_harness import Reader, article, reading

SECOND = 'Second comes "a quoted one", he said.'


def selected(r: Reader) -> str:
    return r.words(r.screen.selected_span())


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("v", "First"),
        ("v e", "First comes"),
        ("v w", "First comes"),
        ("v w w b", "First comes"),
        ("v e e o w", "comes a"),
        ("v l", "First"),  # the space after it is trimmed
        ("v l l", "First c"),
        ("v h", "Firs"),
        ("v right left", "First"),
        ("v $", "First comes a plain statement."),
        ("v e $ ^", "First comes a plain statement."),  # never empty: the other end is there
        ("v e o $", "a plain statement"),  # a part of a statement leaves its full stop
        ("v e e o e ^", "First comes a"),
        ("V", "First comes a plain statement."),
        ("V j", f"First comes a plain statement. {SECOND}"),
        ("V j k", "First comes a plain statement."),
        ("V down up", "First comes a plain statement."),
        ("v e j", "First comes a plain statement."),
        ("v e j j", f"First comes a plain statement. {SECOND}"),
        ("V }", f"First comes a plain statement. {SECOND} Third is short."),
        (
            "V } }",
            f"First comes a plain statement. {SECOND} Third is short. Fourth opens the next"
            " paragraph. Fifth closes it, after a comma.",
        ),
        ("V } } {", f"First comes a plain statement. {SECOND} Third is short."),
        ("V o k", "A headline that says little First comes a plain statement."),
        ("v w w s", "First comes a plain statement."),
        ("v j j h h h h h h h s", f"First comes a plain statement. {SECOND}"),
    ],
)
async def test_keys(tmp_path: Path, keys: str, words: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", *keys.split())
        assert "SELECT" in r.status
        assert selected(r) == words
        await r.press("4")
        assert await r.tags() == {words: ["doubtful"]}
        assert r.screen.mode == "READ"


async def test_acting_leaves_with_the_new_highlight_as_current(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "j", "v", "w", "4")
        (item,) = await r.stored()
        assert r.words(item) == "Second comes"
        await r.press("c", "f", "2")
        (item,) = await r.stored()
        assert item.flag
        assert item.judgements[0].code == "plausible"
        assert item.judgements[0].confidence == "low"
        await r.press("k", "j", "1")
        assert await r.tags() == {"Second comes": ["plausible"], SECOND: ["corroborated"]}
        await r.consistent()


@pytest.mark.parametrize(("key", "kind"), [("f", "flag"), ("enter", "highlight"), (".", "tag")])
async def test_other_keys_act_and_leave(tmp_path: Path, key: str, kind: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("4", "j", "v", "e", key)
        assert [r.words(item) for item in await r.stored()][1] == "First comes"
        assert (await r.groups())[1][0] == kind
        assert r.screen.mode == "READ"
        await r.consistent()


async def test_palette_acts_on_the_selection(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "v", "e", "t", "escape")
        assert r.screen.mode == "SELECT"
        await r.press("t", "d", "o", "u", "enter")
        assert await r.tags() == {"First comes": ["doubtful"]}
        assert r.screen.mode == "READ"


@pytest.mark.parametrize("key", ["escape", "v"])
async def test_leaving_marks_nothing(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "v", "e", "e", key)
        assert r.screen.mode == "READ"
        assert r.screen.pane.selection is None
        assert await r.groups() == []
        await r.press("j", "4")
        assert await r.tags() == {SECOND: ["doubtful"]}


async def test_keys_of_reading_do_nothing_here(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "j", "v")
        for key in ("n", "N", "]", "[", ";", "d", "c", "/", "T", "J", "K", "+", "g", "G", "q", "x"):
            await r.press(key)
            assert r.screen.mode == "SELECT", key
            assert selected(r) == "Second"
        assert len(await r.groups()) == 1
        await r.press("tab")
        assert r.screen.mode == "SELECT"
        await r.press("shift+tab")
        assert r.screen.mode == "PANEL"
        assert r.screen.selection is None
        await r.press("j", "d")
        assert await r.stored() == []


async def test_an_identical_stretch_is_the_same_highlight(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press(
            "j", "4", "V", "2", "V", "f", "k", "j", "v", "e", "1", "k", "j", "v", "e", "3"
        )
        items = await r.stored()
        assert len(items) == 2
        assert {r.words(item): item.flag for item in items} == {
            "First comes": False, "First comes a plain statement.": True,
        }  # fmt: skip
        await r.consistent()


@pytest.mark.parametrize("key", ["v", "V"])
async def test_moving_the_ends_of_a_highlight(tmp_path: Path, key: str) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, size=(120, 30)) as r:
        await r.press("j", "4", "j", "k", "k", "]", key, "b")
        assert "Enter keep the ends" in r.status
        await r.press("o", "e", "enter")
        (item,) = await r.stored()
        assert r.words(item) == "comes a plain"
        assert item.judgements[0].code == "doubtful"
        row = await r.run(
            lambda library: library.connection.execute(
                "SELECT exact, prefix, suffix FROM highlight"
            ).fetchone()
        )
        assert row[0] == "comes a plain"
        assert row[1].endswith("First ")
        assert row[2].startswith(" statement.")
        assert (await r.groups())[-1] == ("move", "ends of a highlight")
        await r.consistent()
        await r.press("u")
        assert await r.tags() == {"First comes a plain statement.": ["doubtful"]}
        await r.press("g", "]", key, "o", "w", "enter")
        assert await r.tags() == {"comes a plain statement.": ["doubtful"]}  # its end stays
        await r.press("u", "g", "]", key, "b", "o", "e", "enter", "u", "ctrl+r")
        assert await r.tags() == {"comes a plain": ["doubtful"]}
        await r.consistent()
    async with reading(db, file) as r:
        assert await r.tags() == {"comes a plain": ["doubtful"]}
        await r.run(lambda library: library.log.rebuild())
        assert await r.tags() == {"comes a plain": ["doubtful"]}


async def test_ends_on_another_highlight_are_refused(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "v", "e", "2", "v", "$", "enter")
        assert "Another highlight is on exactly these words." in r.said[-1]
        assert len(await r.groups()) == 2
        await r.consistent()


async def test_drag_is_the_same_as_keys_and_click_puts_the_cursor(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        pane = r.screen.pane
        text = r.screen.session.document.text
        at = {pane.offset_at(x, y): (x, y) for y in range(20) for x in range(70, 4, -1)}
        start, end = at[text.index("comes")], at[text.index("plain")]

        def mouse(kind: type[events.MouseEvent], x: int, y: int) -> None:
            button = 1
            x, y = x + pane.region.x, y + pane.region.y
            pane.post_message(kind(pane, x, y, 0, 0, button, False, False, False))

        mouse(events.MouseDown, *start)
        mouse(events.MouseMove, *end)
        await r.rest()
        assert r.screen.mode == "SELECT"
        assert selected(r) == "comes a p"
        await r.press("e")
        assert selected(r) == "comes a plain"
        await r.press("4")
        assert await r.tags() == {"comes a plain": ["doubtful"]}
        mouse(events.MouseUp, *end)
        await r.press("g", "v")
        await r.pilot.click(pane, offset=at[text.index("Fifth") + 2])
        await r.rest()
        assert r.here.startswith("Fifth")
        assert r.screen.mode == "READ"
        await r.consistent()


async def test_backward_drag(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        pane = r.screen.pane
        text = r.screen.session.document.text
        from reader.tui.widgets.article.pane import ArticlePane

        r.screen.post_message(
            ArticlePane.Dragged(pane, text.index("plain") + 4, text.index("comes"))
        )
        await r.rest()
        assert selected(r) == "comes a plain"
        await r.press("b")
        assert selected(r) == "First comes a plain"


async def test_the_moving_end_stays_on_the_screen(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(40, 12)) as r:
        await r.press("V", *"jjjjjjjjjjjj")
        selection = r.screen.selection
        assert selection is not None
        shown = r.screen.pane.visible_span()
        assert shown.start <= selection.moving - 1 < shown.end
        await r.press("4")
        (item,) = await r.stored()
        assert r.screen.target_uid == item.uid


async def test_white_space_alone_is_not_marked(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "v", "l", "o", "e")  # from the end of the first word to behind it
        start, end = r.screen.selection.span
        assert r.screen.session.document.text[start:end] == " "
        await r.press("2")
        assert "Only white space is selected." in r.said
        assert await r.stored() == []
        assert r.screen.mode == "SELECT"


# ---------------------------------------------------------------------- a saved highlight


@pytest.mark.parametrize(
    ("keys", "codes", "kind"),
    [
        (["4"], ["doubtful"], "tag"),  # not off: with other ends a tag is meant to be there
        (["2"], ["plausible"], "tag"),
        (["f"], ["doubtful"], "flag"),
        (["t", "p", "l", "a", "u", "s", "enter"], ["plausible"], "tag"),
    ],
)
async def test_other_keys_move_the_ends_and_act_as_one(
    tmp_path: Path, keys: list[str], codes: list[str], kind: str
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "c", "k", "]", "v", "b", "o", "e", *keys)
        (item,) = await r.stored()
        assert r.words(item) == "comes a plain"
        assert [judgement.code for judgement in item.judgements] == codes
        assert item.judgements[0].confidence == "low"
        assert item.flag == (kind == "flag")
        assert r.screen.mode == "READ"
        if keys != ["4"]:
            assert (await r.groups())[-1][0] == kind
        await r.consistent()
        await r.press("u")
        (item,) = await r.stored()
        assert r.words(item) == "First comes a plain statement."
        assert ([one.code for one in item.judgements], item.flag) == (["doubtful"], False)
        await r.press("ctrl+r")
        assert [r.words(item) for item in await r.stored()] == ["comes a plain"]
        await r.consistent()


async def test_a_note_keeps_the_ends_and_leaving_changes_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "k", "]", "v", "b", "escape")
        assert [r.words(item) for item in await r.stored()] == ["First comes a plain statement."]
        await r.press("v", "b", "a", "w", "h", "y", "escape")
        (item,) = await r.stored()
        assert (r.words(item), item.note) == ("First comes a plain", "why")
        await r.press("u", "u")
        assert [r.words(item) for item in await r.stored()] == ["First comes a plain statement."]
        await r.consistent()
