"""Passages that stand in other articles: shown side by side, opened, come back to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.storage.ledger.prints import Prints
from reader.storage.library import Library
from reader.tui.ledger.entries import EntryList
from reader.tui.ledger.overlap import OverlapScreen
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from tests.services.exchange_desk import Desk
from tests.services.shared_passages import ELSE, PAPER, PIER, WIRE
from tests.tui.reading_harness import key_event, reading, shown


@pytest.fixture
def db(tmp_path: Path) -> Path:
    desk = Desk(tmp_path / "library.db")
    desk.add(WIRE, title="Old pier closed", outlet="Wire Service", published_at="2024-02-01")
    desk.add(ELSE, title="Snow on the pass")
    desk.add("Nothing that anybody else has printed stands here, at all.", title="Alone")
    desk.add(PAPER, title="Pier shut", outlet="The Courier", published_at="2024-02-02")
    desk.library.close()
    return tmp_path / "library.db"


async def test_passages_are_shown_beside_each_other_opened_and_come_back_to(db: Path) -> None:
    async with reading(db) as r:
        await r.press("O")
        assert isinstance(r.app.screen, OverlapScreen)
        assert "Pier shut" in r.lines[0]
        assert "printed twice, it is still said once" in r.lines[2]
        rows = shown(r)
        # The one that shares most is first; which is the earlier one is said, and by what.
        assert rows[0].startswith("▌ Old pier closed")
        assert rows[0].endswith("Wire Service · 2024-02-01 · earlier · 74 % of this")
        told = " ".join(row.strip("▌ ") for row in rows[1:4])
        assert "3 passages, 55 words: 74 % of this article, 9 % of that one." in told
        assert "13 of the words stand in quotation marks in both." in told
        assert "That article is the earlier one, by when they were published." in told
        assert [row.split()[0] for row in rows[4:]] == [
            "copied",
            "quoted",
            "copied",
            "Snow",
            "quoted",
        ]
        # A passage: both wordings, what is shared dimmed, what differs not.
        await r.press("j")
        (here,) = [line for line in r.lines if "nine weeks" in line]
        assert here.startswith("▌ Engineers expect")
        assert here.endswith("│ Engineers expect the repair to take at least seven weeks,")
        screen = r.app.screen
        strip = screen.entries.draw_open(screen.entries.current, 118)[1]
        bold = "".join(part.text for part in strip if part.style and part.style.bold)
        assert bold.split() == ["nine", "seven"]
        # Enter opens the other one at the place; n goes to its next passage, q leads back.
        await r.press("enter")
        assert isinstance(r.app.screen, ReadingScreen)
        assert r.screen.session.opened.name == "Old pier closed"
        assert r.here.startswith("Engineers expect the repair to take at least seven")
        assert "hit 2/3" in r.status
        await r.press("n")
        assert r.here.startswith("“We would rather")
        await r.press("3", "q")
        assert isinstance(r.app.screen, OverlapScreen)
        assert "nine weeks" in r.text
        # To the last entry and out; what was tagged is there.
        await r.press("G")
        assert "a quotation that both have" in r.text
        await r.press("q")
        assert r.library_screen.articles.items
        # From an article: the passage that one is reading is current at once.
        await r.press("enter", "G", "O")
        (here,) = [row for row in shown(r) if row.startswith("▌ “We")]
        assert here.endswith("│ “We would rather be late than in the water with everybody")
        await r.press("?")
        assert "Ledger" in r.text
        await r.press("escape", "escape")
        assert isinstance(r.app.screen, ReadingScreen)
    with Library(db) as library:
        (tagged,) = library.connection.execute("SELECT text, tag FROM highlights").fetchall()
        assert tagged[0].startswith("“We would rather")
        assert library.prints.behind() == 0


async def test_hostile_titles_and_texts_are_data_and_a_click_opens(tmp_path: Path) -> None:
    hostile = f"{PIER} \x1b[31m\u202e[bold]red[/foo]"
    desk = Desk(tmp_path / "library.db")
    desk.add(hostile, title="\x1b]52;c;eA==\x07 [/foo]", outlet="\u202eexe")
    desk.add(f"{PIER}\n\n{PAPER}", title="[link=x]Pier")
    desk.library.close()
    async with reading(tmp_path / "library.db") as r:
        await r.press("O", "j")
        assert not set("\x1b\x07\u202e") & set(r.text)
        assert "[/foo]" in r.text
        entries = r.app.screen.query_one(EntryList)
        await r.pilot.click(entries, offset=(5, 1))
        await r.rest()
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        assert r.here.startswith("The harbour board closed")


async def test_in_little_room_and_where_nothing_is_shared_or_written(db: Path) -> None:
    async with reading(db, size=(40, 12)) as r:
        await r.press("O")
        assert shown(r)[0].startswith("▌ Old pier")
        assert shown(r)[0].endswith("earlier · 74 %")
        await r.press("j")
        card = [row.strip("▌ ") for row in shown(r) if row.startswith("▌")]
        assert card[:2] == ["copied · here", "Engineers expect the repair to take"]
        assert any("seven weeks" in row for row in card)
        assert any("nine weeks" in row for row in card)
        await r.press("q", "j", "O")
        assert "stands in another one of the library." in " ".join(shown(r))
    db.chmod(0o444)
    db.parent.chmod(0o555)
    try:
        with Library(db, read_only=True) as library:
            assert library.prints.behind() == 0
        async with reading(db, size=(80, 24)) as r:
            await r.press("O")
            assert "Old pier closed" in r.text
    finally:
        db.parent.chmod(0o755)
        db.chmod(0o644)


async def test_noting_passages_says_how_far_it_is_and_can_be_left(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = Prints.take_in

    def slowly(prints: Prints, characters: int = 0) -> int:
        time.sleep(0.25)
        return take_in(prints, 1)

    monkeypatch.setattr(Prints, "take_in", slowly)
    async with reading(db) as r:
        r.app.post_message(key_event("O"))
        await r.until(lambda: "articles to be looked through" in r.text)
        r.app.post_message(key_event("q"))
        await r.until(lambda: isinstance(r.app.screen, LibraryScreen))
        assert await r.run(lambda library: library.prints.behind()) > 0
        monkeypatch.setattr(Prints, "take_in", take_in)
        await r.press("O")
        assert "Pier shut" in r.text
        assert "to be looked through" not in r.text
