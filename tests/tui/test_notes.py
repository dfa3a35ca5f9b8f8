"""Writing notes by keys: one operation each, and a draft that outlives the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.storage.library import Library
from reader.tui.reading.screen import ReadingScreen
from tests.tui.reading_harness import Reader, article, reading

FIRST = "First comes a plain statement."


async def notes(r: Reader) -> dict[str, str | None]:
    return {r.words(item): item.note for item in await r.stored()}


async def drafts(r: Reader) -> list[str]:
    session = r.screen.session
    where = (session.annotations.annotator_uid, session.opened.version.uid)
    return await r.run(
        lambda library: [
            library.drafts.get(*where, *stretch) or ""
            for stretch in library.articles.begun_notes(*where)
        ]
    )


@pytest.mark.parametrize("leave", ["escape", "ctrl+s"])
@pytest.mark.parametrize("begin", ["a", "enter"])
async def test_a_note_is_one_operation(tmp_path: Path, begin: str, leave: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", begin)
        assert "NOTE" in r.status
        await r.type("4 is not\na tag here ?u")
        await r.press(leave)
        assert await notes(r) == {FIRST: "4 is not\na tag here ?u"}
        assert await r.groups() == [("note", "note")]
        assert r.screen.mode == "READ"
        assert "4 is not" in r.text
        assert r.here == FIRST
        await r.press("j", "4")
        assert len(await r.stored()) == 2
        await r.consistent()


async def test_unchanged_is_no_operation(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("a", "escape")
        assert await r.groups() == []
        await r.press("a", "x", "escape", "a", "escape", "a", "y", "backspace", "escape")
        assert await r.groups() == [("note", "note")]
        assert await drafts(r) == []


async def test_emptied_goes_with_a_highlight_that_had_only_that(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("a", "x", "escape", "a", "backspace", "space", "escape")
        assert await r.stored() == []
        await r.press("u")
        assert list((await notes(r)).values()) == ["x"]
        await r.press("4", "a", "backspace", "escape")
        (item,) = await r.stored()
        assert item.note is None
        await r.consistent()


async def test_from_the_panel_back_to_the_panel(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "j", "2", "tab", "k", "a")
        await r.type("why")
        await r.press("escape")
        assert r.screen.mode == "PANEL"
        assert r.screen.focused is r.screen.panel
        assert (await notes(r))[FIRST] == "why"
        await r.press("j", "3")
        assert [item.judgements[0].code for item in await r.stored()] == ["doubtful", "contested"]
        await r.consistent()


async def test_from_a_selection_to_the_new_highlight(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "v", "e", "a")
        await r.type("two words")
        await r.press("escape")
        assert await notes(r) == {"First comes": "two words"}
        assert r.screen.mode == "READ"
        await r.press("4")
        assert await r.tags() == {"First comes": ["doubtful"]}


async def test_keys_typed_right_after_the_key_are_the_note(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4")
        await r.burst("a", "d", "4", "u", "q")
        await r.press("escape")
        assert await notes(r) == {FIRST: "d4uq"}
        assert await r.tags() == {FIRST: ["doubtful"]}


async def test_all_at_once(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.burst("j", "a", "x", "4", "escape", "j", "4", "a", "y", "ctrl+s", "c")
        index = r.screen.session.annotations.index
        await r.until(lambda: [item.note for item in index] == ["x4", "y"])
        await r.until(lambda: index[1].judgements[0].confidence)
        await r.rest()
        assert await notes(r) == {FIRST: "x4", 'Second comes "a quoted one", he said.': "y"}
        assert [kind for kind, _ in await r.groups()] == [
            "note", "tag", "note", "confidence",
        ]  # fmt: skip
        await r.consistent()


@pytest.mark.parametrize("where", ["#article", "#entries"])
async def test_a_click_elsewhere_keeps_what_was_typed(tmp_path: Path, where: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "a")
        await r.type("kept")
        await r.pilot.click(where, offset=(20, 1))
        await r.rest()
        assert (await notes(r))[FIRST] == "kept"
        assert r.screen.mode in ("READ", "PANEL")
        await r.press("u")
        assert r.said == ["Undid: note on “First comes a plain statement.”"]


@pytest.mark.parametrize("leave", ["ctrl+q", "quit"])
async def test_quitting_saves_an_open_note(tmp_path: Path, leave: str) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "a")
        await r.type("half a sen")
        if leave == "quit":  # also when it has been kept as a draft
            await r.until(lambda: r.screen._kept_draft == "half a sen")
            await r.app.action_quit()
        else:
            await r.burst(leave)
    async with reading(db, file) as r:
        assert await notes(r) == {FIRST: "half a sen"}
        assert await drafts(r) == []
        assert r.screen.mode == "READ"


async def test_draft_is_kept_after_a_pause_and_dropped_when_saved(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "a")
        await r.type("a thought")
        await r.pilot.pause(0.6)
        await r.rest()
        assert await drafts(r) == ["a thought"]
        assert await r.groups() == []
        await r.press("escape")
        assert await drafts(r) == []
        assert await r.groups() == [("note", "note")]


async def test_draft_is_kept_while_one_types_without_a_pause(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "a")
        typed = ""
        while not await drafts(r):
            assert len(typed) < 5_000  # each letter long before the time of a draft is over
            await r.type("x")
            typed += "x"
        assert typed.startswith((await drafts(r))[0])


@pytest.mark.parametrize("keys", [("j", "j"), ("j", "j", "v", "e")])
async def test_draft_is_offered_after_a_crash(tmp_path: Path, keys: tuple[str, ...]) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press(*keys)
        target = r.screen.target()
        assert target is not None
        span = target.span
        session = r.screen.session
        where = (session.annotations.annotator_uid, session.opened.version.uid, *span)
    with Library(db) as library:  # what a killed program leaves
        library.drafts.keep(*where, "half a thou", "2026-01-01T00:00:00.000Z")
    async with reading(db, file) as r:
        assert "half a thou" in r.text
        assert r.said == ["This is the note that was being typed when the program ended."]
        await r.type("ght")
        await r.press("escape")
        (item,) = await r.stored()
        assert (item.note, item.span) == ("half a thought", span)
        assert await drafts(r) == []
    async with reading(db, file) as r:
        assert r.screen.mode == "READ"
        assert r.said == []


async def test_long_and_strange_notes(tmp_path: Path) -> None:
    text = "𝔘 e\u0301 👩\u200d👩 漢字 [/b] \t" + "word " * 400
    async with reading(tmp_path / "l.db", article(tmp_path), size=(60, 20)) as r:
        await r.press("j", "a")
        from textual import events

        r.app.post_message(events.Paste(text + "\n\n\x1b[31mend"))
        await r.rest()
        await r.press("escape")
        (item,) = await r.stored()
        assert item.note is not None
        assert item.note.startswith("𝔘 e\u0301 👩\u200d👩 漢字 [/b]")
        assert item.note.endswith("\n\n\ufffd[31mend")
        await r.press("z", "a", "escape")
        assert len(await r.groups()) == 1
        await r.consistent()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_what_the_note_is_on_can_be_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    text = "\n\n".join(f"Statement number {n} has a few words." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=size) as r:
        for _ in range(size[1] // 2):
            await r.press("j")
        await r.press("a")
        screen = r.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.cursor is not None
        assert screen.cursor.overlaps(screen.pane.visible_span())
        await r.press("escape")
        assert screen.cursor.overlaps(screen.pane.visible_span())


async def test_two_windows_keep_what_each_types_on_the_same_words(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as one:
        await one.press("j", "a")
        await one.type("mine")
        await one.until(lambda: one.screen._kept_draft == "mine")
        async with reading(db, file) as other:
            await other.press("j")
            assert other.screen.mode == "READ"  # what the first one types is not offered
            await other.press("a")
            assert "mine" not in other.text
            await other.type("yours")
            await other.until(lambda: other.screen._kept_draft == "yours")
            await other.rest()
            rows = await other.run(
                lambda library: library.connection.execute("SELECT text FROM draft").fetchall()
            )
            assert sorted(rows) == [("mine",), ("yours",)]
            await other.press("escape")
        assert await drafts(one) == ["mine"]
        await one.press("escape")
        (item,) = await one.stored()
        assert item.note == "yours\n\nmine"
        assert await drafts(one) == []


async def test_what_two_killed_windows_left_is_offered_one_after_the_other(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j")
        target = r.screen.target()
        assert target is not None
        known = r.screen.session.annotations
        where = (known.annotator_uid, known.version_uid, *target.span)
    for text, at in (("first half", "2026-01-01"), ("second half", "2026-01-02")):
        with Library(db) as library:
            library.drafts.keep(*where, text, at, base="")
    async with reading(db, file) as r:
        assert "second half" in r.text
        await r.press("escape")
    async with reading(db, file) as r:
        assert "first half" in r.text
        assert "second half" in r.text  # it has become the note: both are kept
        await r.press("escape")
        (item,) = await r.stored()
        assert item.note == "second half\n\nfirst half"
        assert await drafts(r) == []


@pytest.mark.parametrize("pasted", [False, True], ids=["typed", "pasted"])
async def test_what_joins_letters_and_emoji_is_kept(tmp_path: Path, pasted: bool) -> None:
    text = "A\U0001f575\ufe0f\u200d\u2642\ufe0fB \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "a")
        if pasted:
            r.app.post_message(events.Paste(text))
            await r.rest()
        else:
            await r.type(text)
        await r.press("escape")
        assert await notes(r) == {FIRST: text}
