"""The ledger on the screen: one row for each source, its statements, and each in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.ledger.sources import SourcesScreen, StatementsScreen
from reader.tui.reading.screen import ReadingScreen
from tests.cli.attributed_library import attributed
from tests.cli.shell import Shell
from tests.tui.reading_harness import reading, shown


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    attributed(Shell(tmp_path, capsys))
    return tmp_path / "library.db"


async def test_sources_are_listed_their_statements_opened_and_come_back_to(db: Path) -> None:
    async with reading(db) as r:
        await r.press("L")
        assert isinstance(r.app.screen, SourcesScreen)
        assert "Ledger · the library" in r.lines[0]
        counts = "6 statements · 5 with a source · 1 anonymous or agentless ·"
        rest = "1 judged without a source · credibility-7"
        await r.pilot.resize_terminal(120, 40)
        assert f"{counts} {rest}" in r.text
        await r.pilot.resize_terminal(80, 24)
        found = [line.strip() for line in r.lines]
        assert found[found.index(counts) + 1] == rest
        await r.pilot.resize_terminal(120, 40)
        rows = shown(r)
        assert rows[0].split() == [
            *("▌", "=Board", "named", "3", "67", "%", "direct", "33", "%", "indirect", "+1", "!2"),
            *("said?", "1"),
        ]
        assert "Told: direct 1, indirect 1, partial 1." in r.text
        assert [row.split()[:2] for row in rows if "passed" in row] == []
        assert "(judged, nobody named yet)" in r.text
        # Enter lists what the source says; Enter there opens it in its place.
        await r.press("enter")
        assert isinstance(r.app.screen, StatementsScreen)
        rows = shown(r)
        assert rows[0].startswith("Ferries sail")
        assert rows[1] == "▌   Ferries sail again."
        assert rows[2].endswith("! doubtful")
        await r.press("j", "j", "enter")
        assert isinstance(r.app.screen, ReadingScreen)
        assert r.here == "The pier is safe."
        await r.press("2", "q")
        assert isinstance(r.app.screen, StatementsScreen)
        assert any("plausible" in row for row in shown(r))
        await r.press("q")
        assert isinstance(r.app.screen, SourcesScreen)
        assert "+2 !1" in shown(r)[0]
        await r.press("escape")
        # The marked articles of the list, and from there the library.
        await r.press("g", "j", "x", "L")
        assert "Ledger · 1 article" in r.lines[0]
        await r.press("s")
        assert "Ledger · the library" in r.lines[0]
        await r.press("q")
        assert r.library_screen.articles.items


async def test_what_has_no_room_says_so_and_room_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, capsys)
    codes = ("corroborated", "plausible", "contested", "doubtful", "refuted", "unverified")
    shell.add(" ".join(f"The number is {number} now." for number in range(12)), "a.txt")
    source = "Board of the North Works"
    for number in range(1, 13):
        shell("attribute", "1", "--statement", str(number), "--source", source, "--voice", "direct")
        shell("tag", "1", "--statement", str(number), codes[number % len(codes)])
    shell("tag", "1", "--statement", "1", "not-checkable")
    every = "✓2 +1 ⇄2 !2 ✗2 ?2 ∅1"
    async with reading(tmp_path / "library.db", size=(82, 24)) as r:
        await r.press("L")
        assert shown(r)[0].endswith("✓2 +1 ⇄2 !2 …")
        for width in (60, 90, 120):
            await r.pilot.resize_terminal(width, 24)
            await r.rest()
            assert every in shown(r)[0]


async def test_of_a_selection_an_article_and_in_little_room(db: Path) -> None:
    async with reading(db, db.parent / "a.txt", size=(80, 24)) as r:
        article = r.lines
        await r.press("L")
        assert "Ledger · this article" in r.lines[0]
        assert "5 statements" in r.text
        await r.press("q")
        assert r.lines == article
        await r.press("g", "V", "j", "L")
        assert "Ledger · 2 statements" in r.lines[0]
        assert shown(r)[0].startswith("▌ =Board")
        assert any(row.startswith("Wire") for row in shown(r))
        await r.press("s", "s", "s")
        assert "Ledger · 2 statements" in r.lines[0]
        await r.press("q")
        assert isinstance(r.app.screen, ReadingScreen)
        assert r.screen.mode == "READ"
        # Marked entries of the panel.
        await r.press("tab", "g", "x", "L")
        assert "Ledger · 1 statement" in r.lines[0]
    async with reading(db, size=(40, 12)) as r:
        await r.press("L")
        assert shown(r)[0].split() == ["▌", "=Board", "3"]
        await r.press("enter")
        assert "Ferries sail again." in r.text
