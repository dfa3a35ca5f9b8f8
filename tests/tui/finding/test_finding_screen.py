"""Searching the whole library on the screen: what is shown, opened, come back to."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest

from reader.storage.search.indexing import Index
from reader.tui.finding import filling
from reader.tui.finding.screen import FindingScreen
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from tests.services.exchange_desk import Desk
from tests.services.searching_desk import BANK, STORM, TOKYO
from tests.tui.reading_harness import Reader, key_event, reading

LONG = "\n\n".join(f"Paragraph {n} says nothing. It goes on." for n in range(80))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    desk = Desk(tmp_path / "library.db")
    desk.add(BANK, title="Rates stay", outlet="Wire Service", published_at="2024-02-01")
    desk.add(TOKYO, title="研究")
    desk.add(f"{LONG}\n\n{STORM}", title="Storm closes the bridge", outlet="The Courier")
    start = f"{LONG}\n\n{STORM}".index("A witness")
    desk.tag(start, start + len("A witness saw cracks."), "doubtful", note="who is that?")
    desk.library.close()
    return tmp_path / "library.db"


def shown(r: Reader) -> list[str]:
    return [line.strip() for line in r.lines[4:-1] if line.strip()]


async def test_a_search_that_fills_the_index_says_how_far_it_is_and_can_be_left(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = Index.take_in

    def slowly(index: Index, characters: int = 0) -> int:
        time.sleep(0.25)
        return take_in(index, 1)

    monkeypatch.setattr(Index, "take_in", slowly)
    monkeypatch.setattr(filling, "AGAIN_S", 0.1)
    async with reading(db) as r:
        for key in ("/", *"banker", "enter", "j"):
            r.app.post_message(key_event(key))
        await r.until(lambda: "Nothing was found yet: the index is being filled" in r.text)
        await r.until(lambda: r.app.key_queue.at_rest)  # keys do something again
        assert "of 4 to go" in r.lines[2]
        assert "j" not in r.lines[2].split("banker")[1]  # it was for the article
        await r.pilot.pause(0)
        r.app.post_message(key_event("escape"))
        await r.until(lambda: isinstance(r.app.screen, LibraryScreen))
        left = await r.run(lambda library: library.search.index.behind())
        assert left > 0
        monkeypatch.setattr(Index, "take_in", take_in)
        await r.press("/")
        await r.type("witness")
        await r.until(lambda: "witness" in r.text)
        assert "to go" not in r.text


async def test_what_is_typed_is_found_opened_and_come_back_to(db: Path) -> None:
    async with reading(db) as r:
        await r.press("/")
        assert isinstance(r.app.screen, FindingScreen)
        assert "type three letters or more" in r.text
        await r.type("wi")
        assert shown(r)[0] == "Enter looks for it."
        await r.type("tne")
        await r.until(lambda: "witness" in r.text)
        assert [line.split()[:3] for line in shown(r)[:2]] == [
            ["▌", "Storm", "closes"],
            ["quote", "!", "…"],
        ]
        assert "The Courier" in r.text
        assert "1 article" in r.lines[2]
        # Enter on the place: its statement is under the cursor, the words are marked, n goes on.
        await r.press("down", "enter")
        assert isinstance(r.app.screen, ReadingScreen)
        assert r.here == "A witness saw cracks."
        assert "hit 1/1" in r.status
        await r.press("j", "n")
        assert r.here == "A witness saw cracks."
        await r.press("4")
        # Esc leads back to the results as they were, with the place current; the tag is not lost.
        await r.press("escape")
        assert isinstance(r.app.screen, FindingScreen)
        assert shown(r)[1].startswith("▌")
        assert "witne" in r.lines[2]
        # A title is about the beginning, wherever one left off.
        await r.burst("end", "ctrl+u")
        await r.type("bridge")
        await r.until(lambda: "title" in r.text)
        await r.press("down", "enter")
        assert r.here != "A witness saw cracks."
        assert r.screen.session.document.number_of(r.screen.cursor) == 1
        await r.press("escape")
        # Another filter, another script, an unknown field, nothing.
        for text, expected in {
            "rates": "Rates stay",
            "大学": "研究",
            '"central bank" outlet:wire': "Rates stay",
            "outlet:courier": "Storm closes the bridge",
            "colour:red": "There is no field",
            "unicorn": "Nothing was found.",
        }.items():
            await r.burst("end", "ctrl+u")
            await r.type(text)
            await r.until(lambda expected=expected: expected in r.text)
        await r.press("escape")
        assert r.library_screen.articles.items


async def test_enter_does_not_wait_for_what_is_found(db: Path) -> None:
    async with reading(db, size=(60, 20)) as r:
        await r.burst("/", *"holds", "enter", "k")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        assert r.screen.session.opened.name == "Rates stay"
        await r.press("q")
        assert isinstance(r.app.screen, FindingScreen)


async def test_enter_where_nothing_can_be_opened_leaves_the_keys_to_the_line(db: Path) -> None:
    async with reading(db) as r:
        await r.press("/")
        for text, said in {"nowhere": "Nothing was found.", "colour:red": "no field"}.items():
            await r.type(text)
            await r.until(lambda said=said: said in r.text)
            await r.press("enter")
            await r.type("!")
            assert f"{text}!" in r.lines[2]
            await r.burst("end", "ctrl+u")
        await r.press("escape")
        assert isinstance(r.app.screen, LibraryScreen)


async def test_from_an_article_and_back_to_it(db: Path) -> None:
    async with reading(db) as r:
        await r.press("enter")  # the newest
        name = r.screen.session.opened.name
        before = r.screen
        await r.press(":")
        await r.type("search everything")
        await r.press("enter")
        await r.until(lambda: isinstance(r.app.screen, FindingScreen))
        finding = r.app.screen
        await r.type("witness")
        await r.until(lambda: "quote" in r.text)
        await r.press("enter")
        await r.until(lambda: r.app.screen not in (before, finding))
        await r.rest()
        assert r.here == "A witness saw cracks."  # the article's own row leads to the first place
        await r.press("n", "4", "q", "escape")
        await r.until(lambda: r.app.screen is before)
        await r.rest()
        assert r.screen.session.opened.name == name
        await r.consistent()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_it_fits_and_the_mouse_works(db: Path, size: tuple[int, int], monkeypatch) -> None:
    if size[0] == 80:
        monkeypatch.setenv("NO_COLOR", "1")
    async with reading(db, size=size) as r:
        await r.press("/")
        await r.type("witness")
        await r.until(lambda: "witness" in "".join(r.lines[4:]))
        await r.until(lambda: "1 article" in r.text)
        (y,) = (y for y, line in enumerate(r.lines) if " quote" in line)
        assert "witness" in r.lines[y]
        await r.pilot.click(offset=(10, y))
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        assert r.here == "A witness saw cracks."


async def test_highlights_are_listed_by_a_tag_that_is_chosen_and_opened_in_place(db: Path) -> None:
    async with reading(db) as r:
        await r.press(":")
        await r.type("highlights of all")
        await r.press("enter")
        await r.until(lambda: "Which highlights?" in r.text)
        assert "doubtful" in r.text
        await r.press("down", "enter")
        await r.until(lambda: isinstance(r.app.screen, FindingScreen))
        await r.until(lambda: "1 highlight" in r.lines[2])
        assert "tag:doubtful" in r.lines[2]
        assert [line.split()[0] for line in shown(r)[:2]] == ["▌", "!"]
        assert "A witness saw cracks.  — who is that?" in r.text
        await r.press("down", "enter")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        assert r.here == "A witness saw cracks."
        await r.press("s")
        await r.type("Ada Witness\n")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        # From there the list begins with the tag that one is at.
        await r.press(":")
        await r.type("highlights of all")
        await r.press("enter")
        await r.until(lambda: isinstance(r.app.screen, FindingScreen))
        await r.until(lambda: "1 highlight" in r.lines[2])
        assert "tag:doubtful" in r.lines[2]
        await r.until(lambda: shown(r)[1].rstrip().endswith("Ada Witness"))
        await r.burst("end", "ctrl+u")
        await r.type("outlet:nowhere")
        await r.until(lambda: "Nothing was found." in r.text)
        await r.press("escape")
        await r.until(lambda: isinstance(r.app.screen, ReadingScreen))
        await r.rest()
        await r.press("escape")
        await r.until(lambda: isinstance(r.app.screen, FindingScreen))
        assert "1 highlight" in r.lines[2]


BEARING = (
    "The bearing of the bridge\n\nA bearing has worn, and the bearing beside it.\n\n"
    + "\n\n".join(f"Paragraph {n} says nothing." for n in range(20))
    + "\n\nThe last bearing is new."
)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_list_counts_hits_as_the_article_does(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = Desk(tmp_path / "l.db")
    outlet = {"outlet": "The Courier of a Very Long Name", "published_at": "2024-02-01"}
    desk.add(BEARING, title="The bearing of the bridge", **outlet)
    start = BEARING.index("The last")
    desk.tag(start, len(BEARING), "doubtful", note="Which bearing is meant?")
    desk.add("Rates stay\n\nThe bank has lost its bearing.", title="Rates stay", **outlet)
    desk.add("Rates rise\n\nThe bank has found it.", title="A bearing of old", **outlet)
    desk.library.close()
    async with reading(tmp_path / "l.db", size=size) as r:
        await r.press("/")
        await r.type("bearing")
        await r.until(lambda: "Rates stay" in r.text)
        counted = re.compile(r"\d+ hits?(?:, \d+ elsewhere)?$|\d+ not in the text$")
        counts = [found[0] for line in r.lines if (found := counted.search(line))]
        assert sorted(counts) == ["1 hit", "1 not in the text", "4 hits, 1 elsewhere"]
        for words, total in ("The", 4), ("Rates", 1):
            rows = shown(r)
            here = next(n for n, row in enumerate(rows) if row.startswith("▌"))
            at = next(n for n, row in enumerate(rows) if row.strip("▌ ").startswith(words))
            steps = at - here
            await r.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
            assert re.search(rf"\b{total} hits|hit 1/{total}\b", r.status)
            await r.press("/")
            await r.type("bearing\n")
            assert re.search(rf"hit \d/{total}\b", r.status)
            await r.press("q")
            assert isinstance(r.app.screen, FindingScreen)


async def test_what_another_program_adds_while_one_searches_is_found(db: Path) -> None:
    def add() -> None:
        other = Desk(db)
        other.add("A zebra left the zoo.", title="Zoo")
        other.library.close()

    async with reading(db) as r:
        await r.press("/")
        await r.type("witness")
        await asyncio.to_thread(add)
        await r.press(*["backspace"] * 7)
        await r.type("zebra")
        await r.until(lambda: "A zebra left" in r.text)
