"""The list of sources: keys, screen, library, undo and redo."""

from __future__ import annotations

from pathlib import Path

from reader.domain.text import Span
from reader.services.attributing import listing, sources
from reader.services.attributing.attributing import Wish, attribute, found
from reader.services.capturing.adding import add_file
from reader.services.showing import version_of
from reader.storage.library import Library
from reader.tui.attributing.sources import SourcesScreen
from reader.tui.reading.screen import ReadingScreen
from tests.tui.reading_harness import Reader, article, reading

TEXT = "The mill closes. Workers were told. Nobody was asked.\n"
SPANS = {"Ada Lovelace": Span(0, 16), "A. Lovelace": Span(17, 35), "Byron": Span(36, 53)}


def library_of(tmp_path: Path) -> Path:
    """Return a library in which three sources say one statement each."""
    with Library(tmp_path / "l.db") as library:
        ana = library.annotator("ana")
        of = add_file(library, article(tmp_path, TEXT), ana).article
        for name, span in SPANS.items():
            attribute(library, of, version_of(library, of), span, ana, Wish(chain=[name]))
    return tmp_path / "l.db"


async def typed(reader: Reader, text: str) -> None:
    """Type a text as fast as it goes."""
    await reader.burst(*("space" if letter == " " else letter for letter in text))


async def opened(reader: Reader) -> None:
    await reader.press(":")
    await typed(reader, "sources")
    await reader.press("enter")


async def kept(reader: Reader) -> dict[str, int]:
    """How many statements each source says, by name."""
    rows = await reader.run(listing.listed)
    return {row.source.name: row.use.statements for row in rows}


async def test_sources_are_merged_and_split_with_keys(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        assert "Sources · 3 sources" in reader.text
        assert "r judge" in reader.text  # no key stands in a row without what it does
        await reader.press("d")
        assert "A. Lovelace says 1 statement." in reader.said[-1]
        await reader.press("x", "m")  # the first one is the second one
        assert await kept(reader) == {"Ada Lovelace": 2, "Byron": 1}
        assert "A. Lovelace is Ada Lovelace" in reader.said[-1]
        assert "A. Lovelace" in reader.text  # as another name of it
        await reader.press("m")  # without marks: which one is it?
        await typed(reader, "byr")
        await reader.press("enter")
        assert await kept(reader) == {"Byron": 3}
        await reader.press("u")
        assert await kept(reader) == {"Ada Lovelace": 2, "Byron": 1}
        await reader.press("ctrl+r", "p", "j", "x", "enter")
        await typed(reader, "Mary")
        await reader.press("enter")
        assert await kept(reader) == {"Byron": 2, "Mary": 1}
        await reader.press("u", "g", "p", "enter")
        await typed(reader, "ada")
        await reader.press("enter")  # all that it said before
        assert await kept(reader) == {"Ada Lovelace": 2, "Byron": 1}
        await reader.press("u", "u", "u")
        assert await kept(reader) == {"A. Lovelace": 1, "Ada Lovelace": 1, "Byron": 1}
        await reader.press("q")
        assert reader.library_screen


async def test_each_key_typed_at_once_is_for_what_the_one_before_has_left(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        await reader.burst("a", *"C", "enter", "a", *"D", "enter", "k", "d", "d")
        assert set(await kept(reader)) == {*SPANS}
        await reader.burst("u", "u", "g", "S", "G", "d")
        assert set(await kept(reader)) == {*SPANS, "C"}


async def test_a_source_is_added_edited_judged_and_found(tmp_path: Path) -> None:
    size = (40, 12)
    async with reading(library_of(tmp_path), tmp_path / "article.txt", size=size) as reader:
        await opened(reader)
        await reader.burst("a", *"Mary", "enter", "e")
        await typed(reader, " Shelley")
        await reader.press("tab")
        await reader.burst(*["backspace"] * len("unknown"))
        await typed(reader, "per")
        await reader.press("tab", "tab")
        await typed(reader, "writer")
        await reader.press("tab", "tab", "tab")
        await typed(reader, "M. Shelley; Mary S.")
        await reader.press("tab")
        await typed(reader, "tutor | | 1818 | 1820-05")
        await reader.press("escape")
        item = await reader.run(lambda library: listing.shown(library, found(library, "mary s.")))
        assert (item.source.name, item.source.kind, item.source.role) == (
            "Mary Shelley", "person", "writer",
        )  # fmt: skip
        assert item.aliases == ("M. Shelley", "Mary S.")
        assert [(role.role, role.until) for role in item.roles] == [("tutor", "1820-05")]
        await reader.until(lambda: "tutor" in reader.text)
        assert max(map(len, reader.lines)) <= size[0]
        await reader.press("r")
        await typed(reader, "usually reliable")
        await reader.press("enter")
        reader.app.clear_notifications()  # in so low a window they cover the list for a while
        await reader.until(lambda: "usually reliable (ana)" in reader.text)
        await reader.press("e", "tab")
        await reader.type("x")
        await reader.press("escape")
        assert "is no kind" in reader.text
        await reader.type("y")
        assert "is no kind" not in reader.text  # what was told is of other words
        await reader.press("escape")
        assert "is no kind" in reader.text
        await reader.press("escape")
        await reader.press("u", "u", "d")
        assert "Mary" not in await kept(reader)
        await reader.press("u")
        assert await kept(reader) == {"A. Lovelace": 1, "Ada Lovelace": 1, "Byron": 1, "Mary": 0}
        await reader.press("u")
        assert "Mary" not in await kept(reader)
        await reader.press("/")
        await typed(reader, "byron")
        await reader.press("enter", "enter")
        assert reader.app.screen.__class__.__name__ == "FindingScreen"
        await reader.until(lambda: "Nobody was asked." in reader.text)
        assert "1 highlight" in reader.text
        await reader.press("escape", "q", "g", "e")
        await reader.burst(*["backspace"] * len("A. Lovelace"), *"Ada")
        await reader.press("escape", "enter")  # not what Ada Lovelace says
        await reader.until(lambda: "1 highlight" in reader.text)
        await reader.until(lambda: "Workers were told." in reader.text)
        await reader.press("escape", "q")
        assert reader.here.startswith("The mill")


async def test_a_name_that_another_source_has_is_asked_about(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        await reader.press("a")
        await typed(reader, "byron")
        await reader.press("enter")
        await reader.until(lambda: "There is a source “Byron” already" in reader.text)
        await reader.press("enter")  # not so
        assert len(await kept(reader)) == 3
        await reader.press("g", "e")
        await reader.burst(*["backspace"] * len("A. Lovelace"))
        await typed(reader, "Byron")
        await reader.press("tab", "tab", "tab")
        await typed(reader, "writer")
        await reader.press("escape")
        await reader.until(lambda: "There is a source “Byron” already" in reader.text)
        await reader.press("enter")  # its name stays; the rest is kept
        assert len(await kept(reader)) == 3
        rows = await reader.run(listing.listed)
        assert [row.source.role for row in rows] == ["writer", None, None]
        await reader.press("g", "e", *["tab"] * 6)  # nor is it another name of that one
        await typed(reader, "byron; Countess")
        await reader.press("escape")
        await reader.until(lambda: "There is a source “Byron” already" in reader.text)
        await reader.press("enter")
        rows = await reader.run(listing.listed)
        assert "Countess" in rows[0].names
        assert "byron" not in rows[0].names
        await reader.press("a")
        await typed(reader, "Byron")
        await reader.press("enter")
        await reader.until(lambda: "There is a source “Byron” already" in reader.text)
        await reader.press("down", "enter")
        rows = await reader.run(listing.listed)
        assert [row.source.name for row in rows].count("Byron") == 2
        uid = rows[0].source.uid
        for others, keys, then in (
            ("Godwin", ["enter"], "Godwin"), ("Lackington", ["down", "enter"], "Godwinx"),
        ):  # fmt: skip
            await reader.press("g", "e", *["tab"] * 4)
            await reader.run(
                lambda library, to=others: sources.edit(
                    library, library.annotator("ben"), uid, {"affiliation": to}
                )
            )
            await reader.press("x", "escape")
            assert f"Affiliation is “{others}” now" in reader.text  # from another window
            await reader.press(*keys)
            source = await reader.run(lambda library: sources.there(library, uid))
            assert source.affiliation == then


async def test_the_panel_keeps_filter_and_marks_while_one_looks_at_the_sources(
    tmp_path: Path,
) -> None:
    async with reading(library_of(tmp_path), tmp_path / "article.txt", size=(120, 30)) as reader:
        await reader.press("tab", "/")
        await reader.burst(*"source:Lovelace", "enter")
        await reader.press("x")
        marked, listed = set(reader.screen.panel.marked), len(reader.screen.entries)
        assert len(marked) == 1
        assert "source:Lovelace" in reader.text
        await reader.press("tab")
        await reader.press("S")
        assert isinstance(reader.app.screen, SourcesScreen)
        await reader.press("g", "e")
        await typed(reader, " the first")
        await reader.press("escape", "q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.rest()
        assert reader.screen.panel.marked == marked
        assert len(reader.screen.entries) == listed
        assert "source:Lovelace" in reader.text
        await reader.press("tab", "d")  # the marks are those of the text that is shown now
        assert not set(marked) & {item.uid for item in await reader.stored()}
        await reader.consistent()
