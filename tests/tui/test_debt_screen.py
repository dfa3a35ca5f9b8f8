"""Evidence debt on the screen: what is owed, filtered, paid with the right editor, come back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.ledger.debt import DebtScreen
from reader.tui.reading.screen import ReadingScreen
from tests.services.test_exchange import Desk
from tests.tui.reading_harness import reading
from tests.tui.test_overlap_screen import shown


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
        rows = shown(r)
        assert rows[0].startswith("▌ note")
        assert "! doubtful" in rows[0]
        assert rows[0].endswith("Pier")
        assert rows[1] == "▌ “The pier is safe.”"
        assert "wants note; by ana" in rows[3]
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
        await r.type("says the harbour")
        await r.press("ctrl+s", "q")
        assert isinstance(r.app.screen, DebtScreen)
        assert "2 judgements of yours" in r.text
        assert shown(r)[0].startswith("▌ evidence")
        await r.press("q")
        assert r.library_screen.articles.items
        notes = "SELECT note FROM highlights WHERE text = 'The pier is safe.'"
        assert await r.run(lambda library: library.connection.execute(notes).fetchall()) == [
            ("says the harbour",)
        ]


async def test_in_little_room(db: Path) -> None:
    async with reading(db, size=(40, 12)) as r:
        await debts(r)
        assert shown(r)[0].startswith("▌ note      ! ")
        assert "evidence" in r.text
        await r.press("G", "k")
        assert any("mayor resigned" in row for row in shown(r))
