"""The list of articles by keys: opening, coming back, counts, export."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reader.services.capturing.adding import add_file
from reader.storage.library import Library
from tests.tui.reading_harness import article, reading


def fill(db: Path, *files: Path) -> None:
    with Library(db) as library:
        for file in files:
            add_file(library, file, library.annotator("ana"))


async def test_open_read_and_come_back_to_new_counts(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, article(tmp_path), article(tmp_path, "Another one. It has two.\n", "b.txt"))
    async with reading(db) as r:
        assert "2 articles · 0 highlights" in r.status
        row = next(index for index, line in enumerate(r.lines) if "Another one." in line)
        while r.library_screen.articles.items[r.library_screen.articles.current or 0].name != (
            "Another one. It has two."
        ):
            await r.press("j")
        await r.press("enter")
        assert r.here == "Another one."
        await r.press("4", "j", "2", "I", "5", "ctrl+s", "q")
        assert "2 articles · 2 highlights" in r.status
        line = next(line for line in r.lines if "Another one." in line)
        assert "100 %" in line
        assert "! 1" in line or "!1" in line
        assert "✗ refuted" in line  # the verdict on the whole
        await r.press("F")
        assert r.status.startswith(" Enter to the list  Esc list all  ")
        assert r.status.endswith(" FILTER")
        await r.type("verdict:refuted")
        await r.press("enter")
        assert r.status.endswith(" LIBRARY")
        assert "1 of 2" in r.text
        await r.press("escape")
        assert row > 0
        current = r.library_screen.articles.current
        assert current is not None
        assert "Another one." in r.library_screen.articles.items[current].name
        await r.press("enter")
        assert r.here == "It has two."


async def test_empty_library_opens_the_sample(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db") as r:
        await r.press("j", "k", "enter")
        assert "US president" in r.lines[0]
        await r.press("j", "1", "q")
        assert "1 article · 1 highlights" in r.status or "1 article · 1 highlight" in r.status


@pytest.mark.parametrize("where", ["article", "list"])
async def test_export_from_both_screens(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    db, file = tmp_path / "l.db", article(tmp_path)
    fill(db, file)
    async with reading(db) as r:
        await r.press("enter", "j", "4")
        if where == "list":
            await r.press("q")
        await r.press("E")
        await r.until(lambda: "Enter exports" in r.text)
        await r.press("enter")
        await r.until(lambda: any(said.startswith("Wrote 1 row") for said in r.said))
    (written,) = tmp_path.glob("*.csv")
    with written.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert "First comes a plain statement." in row.values()


async def test_annotator_changed_in_the_list(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, article(tmp_path))
    async with reading(db) as r:
        await r.press("enter", "4", "q")
        assert "1 article · 1 highlight" in r.status
        await r.press(":")
        await r.type("change annotator")
        await r.press("enter")
        await r.until(lambda: "Who annotates?" in r.text)
        await r.press("b", "e", "n", "enter", "enter")
        await r.until(lambda: "0 highlights" in r.status)
        assert "ben" in r.lines[0]
        await r.press("?")
        assert "Library" in r.text
        await r.press("q", "q")
        await r.until(lambda: not r.app.is_running)


async def test_articles_are_labelled_in_the_list(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, article(tmp_path), article(tmp_path, "Another one. It has two.\n", "b.txt"))
    async with reading(db) as r:
        await r.press("t")
        await r.type("to do, Climate\n")
        assert "[Climate, to do]" in r.text
        await r.press("j", "t")
        await r.type("cli")
        await r.until(lambda: r.app.screen.query_one("LineField")._suggestion)
        await r.press("right", "enter")
        await r.press("t", *["backspace"] * 7, *"x" * 61, "enter")
        assert "A label has 1 to 60" in r.text
        await r.press("escape")
        counts = await r.run(lambda library: library.overall.label_counts())
        assert counts == {"Climate": 2, "to do": 1}
        await r.press("k", "t", *["backspace"] * 15, "enter")
        assert "[Climate, to do]" not in r.text
        await r.press("u")  # what is done in the list is taken back in the list
        assert "[Climate, to do]" in r.text
        await r.press("enter", "u")
        assert r.said == ["Nothing to undo in this article."]


async def test_keys_typed_right_after_t_go_to_the_label(tmp_path: Path) -> None:
    """Enter used to open the article over the dialog, which then waited below it for ever."""
    db = tmp_path / "library.db"
    with Library(db) as library:
        add_file(library, article(tmp_path), library.annotator("ana"))
    async with reading(db) as reader:
        await reader.burst("t", "w", "o", "enter")
        assert reader.app.screen_stack == [reader.library_screen]
        labels = await reader.run(lambda library: library.overall.labels_by_article())
        assert list(labels.values()) == [("wo",)]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_label_and_a_verdict_are_seen_beside_a_long_title(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    words = "US president defends sharing intelligence with Russian visitors"
    text = (
        f"---\ndate: 2026-02-08\n---\n# {words}\n\nOne is it. Two is it. Three is it. Four is it.\n"
    )
    fill(tmp_path / "l.db", article(tmp_path, text, "a.md"))
    async with reading(tmp_path / "l.db", size=size) as r:
        await r.press("t")
        await r.type("to check")
        await r.press("enter", "enter", "I", "4", "ctrl+s")
        await r.press("j", "1", "j", "2", "j", "3", "j", "4", "q")
        row = next(line for line in r.lines if "US president" in line)
        before, _, behind = row.partition("[to check]")
        assert before.endswith("… ")
        assert behind.split()[0] == "!"
        assert "✓1 +1 ⇄1 !1" in row
