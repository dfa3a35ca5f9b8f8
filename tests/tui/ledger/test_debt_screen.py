"""Evidence debt on the screen: what is owed, filtered, paid with the right editor, come back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.assets import codebooks_dir
from reader.domain.codebook import parse_codebook
from reader.tui.attributing.picker import SourcePicker
from reader.tui.ledger.debt import DebtScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating.evidence_dialog import EvidenceDialog
from tests.services.exchange_desk import Desk
from tests.tui.reading_harness import reading, shown


@pytest.fixture
def db(tmp_path: Path) -> Path:
    desk = Desk(tmp_path / "library.db")
    desk.add("The pier is safe. Nobody was there. It was rain.", title="Pier")
    desk.tag(0, 17, "doubtful")
    desk.tag(18, 35, "doubtful", note="who counted?")
    desk.add("The mayor resigned. The vote was close.", title="Vote", outlet="The Courier")
    desk.tag(0, 19, "corroborated")
    desk.tag(20, 39, "contested")
    desk.library.close()
    return tmp_path / "library.db"


async def debts(r) -> None:
    """Open the screen by way of the palette."""
    await r.press(":")
    await r.type("evidence debt")
    await r.press("enter")
    await r.until(lambda: isinstance(r.app.screen, DebtScreen))
    await r.rest()


async def test_what_is_owed_is_listed_paid_and_gone(db: Path) -> None:
    async with reading(db) as r:
        await debts(r)
        assert "3 judgements of yours lack what the codebook wants" in r.text
        assert "1 note, 1 evidence, 1 relation" in r.text
        assert r.lines[-1].startswith(" Enter open · ")  # keys stand as on other screens
        rows = shown(r)
        assert rows[0].startswith("▌ note")
        assert "! doubtful" in rows[0]
        assert rows[0].endswith("Pier")
        assert rows[1] == "▌ “The pier is safe.”"
        assert "wants a note; by ana" in rows[3]
        assert [row.split()[0] for row in rows[4:]] == ["evidence", "relation"]
        # One kind only, and all again.
        await r.press("f", "f")
        assert [row.split()[1] for row in shown(r)[:1]] == ["evidence"]
        assert "Shown: those that want evidence." in r.text
        await r.press("f", "f")
        assert len(shown(r)) == 6
        # Enter opens the statement with the note's editor; what is owed no more is gone.
        await r.press("enter")
        assert isinstance(r.app.screen, ReadingScreen)
        assert r.here == "The pier is safe."
        assert r.said[-1].startswith("Its tag wants a note. ")
        await r.type("says the harbour")
        await r.press("ctrl+s", "q")
        assert isinstance(r.app.screen, DebtScreen)
        assert "2 judgements of yours" in r.text
        assert shown(r)[0].startswith("▌ evidence")
        # Each kind has its editor; an editor that is left pays nothing.
        await r.press("enter")
        assert isinstance(r.app.screen, EvidenceDialog)
        assert "The mayor resigned." in r.text
        await r.press("escape", "q", "j", "enter")
        assert r.screen.mode == "RELATE"
        assert r.here == "The vote was close."
        await r.press("escape", "q")
        assert "2 judgements of yours" in r.text
        assert shown(r)[1].startswith("▌ relation")
        await r.press("q")
        assert r.library_screen.articles.items
        notes = "SELECT note FROM highlights WHERE text = 'The pier is safe.'"
        assert await r.run(lambda library: library.connection.execute(notes).fetchall()) == [
            ("says the harbour",)
        ]


async def test_a_tag_that_wants_a_source_opens_the_picker_and_is_paid_by_it(
    tmp_path: Path,
) -> None:
    source = (codebooks_dir() / "credibility-7.toml").read_text("utf-8")
    source = source.replace('"credibility-7"', '"own-7"')
    wanting = source.replace('requires = ["note"]', 'requires = ["note", "source"]')
    book = parse_codebook(wanting, "own.toml")
    desk = Desk(tmp_path / "library.db")
    desk.add("The pier is safe. Nobody was there.", title="Pier")
    desk.tag(0, 17, "doubtful", book=book)
    desk.library.close()
    async with reading(tmp_path / "library.db") as r:
        await debts(r)
        assert "1 note, 1 source" in r.text
        await r.press("enter")
        assert isinstance(r.app.screen, ReadingScreen)
        await r.press("ctrl+s", "q")
        # Of those that lack a source, Enter opens the picker of sources.
        await r.press("f", "f")
        assert "Shown: those that want source." in r.text
        await r.press("enter")
        assert isinstance(r.app.screen, SourcePicker)
        await r.type("The harbour board")
        await r.press("enter")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.press("q")
        assert "1 note." in r.text
        assert "No judgement of yours lacks source." in r.text


async def test_in_little_room(db: Path) -> None:
    async with reading(db, size=(40, 12)) as r:
        await debts(r)
        assert shown(r)[0].startswith("▌ note      ! ")
        assert "evidence" in r.text
        await r.press("G", "k")
        assert any("mayor resigned" in row for row in shown(r))
