"""The undo of the list of articles, and what was made for a statement inside an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.library.screen import LibraryScreen
from tests.cli.shell import Shell
from tests.tui.reading_harness import Reader, article, reading, state_tables

TEXT = """\
The mill closes

The mill will close in May, said Ada Lovelace. "We had no choice," she added.

Nobody else said anything at all about it on that day.
"""


async def made(r: Reader) -> tuple[list[tuple[str, int]], list[str]]:
    """The evidence with how many statements it speaks of, and the names of the sources."""
    found = await r.run(
        lambda library: (
            library.evidence.all(),
            [source.name for page in library.sources.pages() for source in page],
        )
    )
    return [(item.citation, count) for item, count in found[0]], found[1]


async def incomplete(r: Reader) -> bool:
    await r.press("enter")
    text = r.text
    await r.press("q")
    return "◌" in text


async def test_the_list_takes_back_nothing_that_a_statement_stands_on(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path, TEXT)) as r:
        await r.press("j", "1")
        assert "◌" in r.text  # it wants evidence
        await r.press("e", "a", "tab")
        await r.type("My evidence")
        await r.press("ctrl+s", "escape", "s", "enter", "q")
        await r.until(lambda: not r.app.is_running)
    there = ([("My evidence", 1)], ["Ada Lovelace"])
    async with reading(db) as r:
        assert await made(r) == there
        await r.press("u")
        assert r.said[-1] == "Nothing to undo in the list of articles."
        assert await made(r) == there
        assert not await incomplete(r)
        await r.press("t")
        await r.type("mills\n")  # what was done in the list can be taken back, past the others
        await r.press("enter", "j", "2", "e", "a", "tab")
        await r.type("More")
        await r.press("ctrl+s", "escape", "q", "u")
        assert r.said[-1] == "Undid: label mills"
        await r.press("u")
        assert r.said[-1] == "Nothing to undo in the list of articles."
        await r.press("ctrl+r")
        assert r.said[-1] == "Did again: label mills"
        assert (await made(r))[0] == [("More", 1), ("My evidence", 1)]


async def test_what_nothing_stands_on_any_more_can_be_taken_back_and_comes_along_again(
    tmp_path: Path,
) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path, TEXT)) as r:
        await r.press("j", "e", "a", "tab")
        await r.type("My evidence")
        await r.press("ctrl+s", "escape", "s", "enter", "u", "q")
        await r.until(lambda: not r.app.is_running)
    async with reading(db) as r:
        await r.press("u")
        assert r.said[-1] == "Undid: source Ada Lovelace"
        await r.press("u")
        assert r.said[-1] == "Nothing to undo in the list of articles."
        await r.press("enter", "u", "q", "u")
        assert r.said[-1] == "Undid: evidence My evidence"
        assert await made(r) == ([], [])
        assert isinstance(r.app.screen, LibraryScreen)
        await r.press("enter", "ctrl+r", "ctrl+r")  # what it stands on comes along
        assert "Did again: " in r.said[-1]
        assert await made(r) == ([("My evidence", 1)], ["Ada Lovelace"])
        await r.consistent()
        await r.press("q", "u")
        assert r.said[-1] == "Nothing to undo in the list of articles."
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before


AUDIT = (
    "What the audit found\n\nA public audit says that nobody can know.\n\nNothing else is known.\n"
)


async def test_a_source_that_was_picked_and_taken_back_is_listed_once(tmp_path: Path) -> None:
    db, text = tmp_path / "l.db", article(tmp_path, AUDIT)
    async with reading(db, text, size=(80, 24)) as r:
        await r.press("j", "s", "enter", "u")
        assert r.said[-1].startswith("Undid: said by A public audit")
        r.app.clear_notifications()
        await r.press("s")
        (row,) = [line for line in r.lines if "A public audit (described)" in line]
        assert "known" in row
        await r.press("enter", "j", "s")  # the same one again
        (row,) = [line for line in r.lines if "A public audit (described)" in line]
        assert await made(r) == ([], ["A public audit"])
        await r.press("escape", "q")
        await r.until(lambda: not r.app.is_running)
    other = article(tmp_path, AUDIT.replace("Nothing else", "Little else"), "other.txt")
    async with reading(db, other, size=(80, 24)) as r:  # another article's may be another one
        await r.press("j", "s")
        there = [line for line in r.lines if "A public audit (described)" in line]
        assert ["in the text" in line for line in there] == [True, False]
        assert "elsewhere · 1 ×" in there[1]


async def test_evidence_that_was_taken_back_is_told_as_unused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "library.db"
    async with reading(db, article(tmp_path, TEXT)) as r:
        await r.press("j", "e", "a", "tab")
        await r.type("My evidence")
        await r.press("ctrl+s", "escape", "u", "e", "f")
        (row,) = [line for line in r.lines if "My evidence" in line and "│" in line]
        assert "unused" in row
        await r.press("escape", "escape")
    shell = Shell(tmp_path, capsys)
    assert shell("evidence", "list") == 0
    assert "  My evidence  (unused)\n" in shell.out
