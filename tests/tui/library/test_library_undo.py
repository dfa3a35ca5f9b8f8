"""The undo of the list of articles, and what was made for a statement inside an article."""

from __future__ import annotations

from pathlib import Path

from reader.tui.library.screen import LibraryScreen
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
