"""Where messages stand: they are seen, and cover nothing that one works in."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets._toast import ToastHolder, ToastRack

from reader.services.capturing import adding
from reader.storage.library import Library
from reader.tui.screens.dialogs.base import Dialog
from reader.tui.undocumented import messages_change
from tests.tui.reading_harness import Reader, article, reading

TEXT = "# Statements\n\n" + "\n\n".join(
    f"This is statement {n} of those that are here. It is followed by one that is somewhat longer "
    "than it, so that it takes two rows or more of any window."
    for n in range(12)
)
TOLD = "No other statement makes this claim"
"""What M begins to say where nothing is related; all of it is long."""
ERROR = (
    "The last change could not be written: the disk is full. Make room on it; saving is tried "
    "again and again."
)


def _is_told(r: Reader, words: str = TOLD) -> bool:
    return words in " ".join(r.text.split())


def _see_statement(r: Reader) -> None:
    """Assert that no cell of the statement under the cursor is covered."""
    pane = r.screen.pane
    assert pane.cursor is not None
    x, y, width, height = pane.region_of(pane.cursor)
    left, top = pane.region.offset
    assert height
    for row in range(y, y + height):
        seen = r.lines[top + row][left + x : left + x + width].rstrip()
        assert seen == pane.lines()[row].text[x : x + width].rstrip()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("panel", [0, 1, 2])
async def test_a_message_covers_nothing_of_the_statement_under_the_cursor(
    tmp_path: Path, size: tuple[int, int], panel: int
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=size) as r:
        await r.press(*["z"] * panel)
        if size == (40, 12) and panel == 1:
            return  # beside the panel there, a statement takes nearly all rows
        for keys in (
            [],
            *[["j"]] * 9,
            ["2"],
            ["j", "2"],
            ["j", "2"],
            ["ctrl+d", "5"],
            ["G"],
            ["4"],
        ):
            r.app.clear_notifications()
            await r.press(*keys)
            await r.press("M")
            assert _is_told(r), keys
            _see_statement(r)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_message_makes_way_for_the_statement_that_one_moves_to(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.notices.READ_SECONDS", 60.0)  # it is not read, so it stays
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=size) as r:
        await r.press("z", "z")
        for error in (False, True):
            await r.press("g")
            r.screen.say(ERROR, error=error)
            await r.rest()
            for _ in range(12):
                await r.press("j")
                assert _is_told(r, "The last change")
                _see_statement(r)
            await r.press("G")
            _see_statement(r)
        monkeypatch.setattr("reader.tui.notices.READ_SECONDS", -1.0)
        await r.press("g")
        r.screen.unsay_error()
        r.screen.say(ERROR)
        await r.rest()
        await r.press("G")
        assert r.said == []  # it is read, and would be covering the statement


async def _rows_told_and_not(r: Reader, key: str) -> tuple[list[str], list[str]]:
    """Open a dialog while an error is told; return the screen with the error and without it."""
    await r.press("j", "2")
    r.screen.say(ERROR, error=True)
    await r.press(key)
    assert isinstance(r.app.screen, Dialog)
    assert _is_told(r, "The last change")
    told = r.lines
    r.app.clear_notifications()
    await r.rest()
    assert not _is_told(r, "The last change")
    return told, r.lines


@pytest.mark.parametrize("key", ["t", ":", "?", "I", "s", "T", "E", "R", "e"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_an_error_covers_no_text_of_a_dialog(
    tmp_path: Path, size: tuple[int, int], key: str
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=size) as r:
        told, lines = await _rows_told_and_not(r, key)
        x, y, width, height = r.app.screen.query_one(".dialog").content_region
        for row in range(y, y + height):
            assert told[row][x : x + width] == lines[row][x : x + width]


@pytest.mark.parametrize("key", ["t", ":", "s", "T", "E", "R"])
async def test_an_error_does_not_cover_the_field_that_one_types_in(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.notices.READ_SECONDS", 60.0)  # else it is gone with the key
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=(40, 12)) as r:
        told, lines = await _rows_told_and_not(r, key)
        assert r.app.focused is not None
        rows = slice(r.app.focused.region.y, r.app.focused.region.bottom)
        assert told[rows] == lines[rows]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_message_does_not_cover_the_article_that_is_chosen_in_the_list(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        for n in range(30):
            adding.add_file(library, article(tmp_path, f"Text {n}.", f"{n}.txt"), me)
    async with reading(tmp_path / "l.db", size=size) as r:
        for keys in (["G"], *[["k"]] * 8, ["g"]):
            await r.press(*keys)
            current = next(line for line in r.lines if line.startswith("▌"))
            await r.press("u")
            assert _is_told(r, "Nothing to undo")
            assert current in r.lines
            r.app.clear_notifications()
            await r.rest()


async def test_what_was_told_leaves_nothing_behind(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=(80, 24)) as r:
        await r.press("z", "z", "G")
        for _ in range(5):
            await r.press("M")
        assert len(r.screen.query(ToastHolder)) == 1
        assert TOLD in r.lines[1]
        r.app.clear_notifications()
        await r.rest()
        assert not r.screen.query(ToastHolder)
        assert not r.screen.query_one(ToastRack).display
        assert not messages_change(r.app)
