"""Two windows on one article: each shows what the other does, and overwrites nothing unseen."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from reader.services.care import doctor
from reader.storage.library import Library
from reader.tui.reading.others import take_news
from reader.tui.saving import watching
from tests.faults.desk import make_library, tagged
from tests.terminal import reader
from tests.tui.reading_harness import Reader, article, reading

FIRST = "First comes a plain statement."
SECOND = 'Second comes "a quoted one", he said.'
THIRD = "Third is short."


async def test_each_shows_what_the_other_does(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as one, reading(db, file) as two:
        took = []

        async def shown(window: Reader, what: str) -> None:
            began = time.monotonic()  # what was pressed is saved by now
            await window.until(lambda: what in window.text)
            took.append(time.monotonic() - began)

        await one.press("j", "4")
        await shown(two, "! 1")
        assert "1 of 7" in two.text
        await two.consistent()
        await two.press("j", "f", "j", "2")  # the first is there: its highlight is used
        await shown(one, "+ 1")
        assert len(await one.stored()) == 2
        await one.consistent()
        await one.press("u")  # the newest of the annotator's, whichever window it was done in
        assert one.said[-1].startswith("Undid: + plausible on “Second")
        await shown(two, "+ 0")
        await two.press("ctrl+r")
        await one.until(lambda: "+ 1" in one.text)
        await two.press("k", "d")
        await shown(one, "! 0")
        assert "1 of 7" in one.text
        await one.press("a")
        await one.type("some remark")
        await one.press("escape")
        await two.until(lambda: "some remark" in two.text)
        # s: within one; a single time may be that of a machine which was busy with other things
        assert median(took) < 1.0
        for window in (one, two):
            await window.consistent()
        await one.press("J")  # nothing to be seen of the other in another article
        await two.press("k", "k", "k", "7", "6")
        await one.until(lambda: "? 1" in one.text)
        for _ in range(9):
            await one.press("u")
        await two.until(lambda: "0 of 7" in two.text)
        await two.consistent()
    assert doctor.examine(db).findings == []


async def test_what_was_decided_on_an_old_state_is_refused_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)

    async def blind(_watch: watching.Watch) -> None:
        """See nothing, as if both pressed at the same moment."""

    monkeypatch.setattr(watching.Watch, "run", blind)
    async with reading(db, file) as one, reading(db, file) as two:
        await one.press("j", "4", "j", "2", "a")
        await one.type("mine")
        await one.press("escape")
        await two.press("j", "3")  # the same words
        assert any("Another window has changed this meanwhile" in said for said in two.said)
        assert "! 1" in two.text
        assert "⇄ 0" in two.text
        assert await two.tags() == {FIRST: ["doubtful"], SECOND: ["plausible"]}
        await two.consistent()
        await two.press("3")  # seen, and still wanted
        await two.press("j")
        await one.press("k", "c")  # another field of what the other has changed
        assert any("changed this meanwhile" in said for said in one.said)
        await one.press("c", "f")
        await two.press("k", "f")  # flagged there meanwhile
        assert any("changed this meanwhile" in said for said in two.said)
        await two.press("j", "a")
        await two.type("yours")
        await two.press("escape")
        await one.press("j", "a")
        await one.type(" more")
        await one.press("escape")
        await one.until(lambda: any("both are kept" in said for said in one.said))
        await one.rest()
        await take_news(two.screen)
        for window in (one, two):
            await window.consistent()
        first, second = await one.stored()
        assert (first.judgements[0].code, first.judgements[0].confidence) == ("contested", "low")
        assert first.flag
        assert second.note == "mineyours\n\nmine more"
        await one.press("I", "5", "tab", *"money", "tab", *"ours", "escape")
        await two.press("I", "tab", "tab", *"theirs", "escape")  # refused where it is saved
        await two.until(lambda: any("here meanwhile: both are kept" in said for said in two.said))
        await two.rest()
        (uid,) = await two.run(lambda library: library.articles.in_order())
        who = two.screen.session.annotations.annotator_uid
        overall = await two.run(lambda library: library.overall.get(uid, who))
        assert overall.note == "ours\n\ntheirs"
        assert [item.code for item in overall.verdicts] == ["refuted"]
        assert overall.labels == ("money",)
        assert two.screen.session.overall == overall
    assert doctor.examine(db).findings == []


async def test_a_note_that_two_are_typing_is_kept_twice(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as one, reading(db, file) as two:
        await one.press("j", "a")
        await one.type("from one")
        await two.press("j", "a")
        await two.press(*["backspace"] * 8)
        await two.type("from two")
        await two.press("escape")
        await one.until(lambda: any("both will be kept" in said for said in one.said))
        assert one.screen.mode == "NOTE"
        await one.press("escape")
        (item,) = await one.stored()
        assert item.note == "from two\n\nfrom one"
        await one.press("u")
        (item,) = await one.stored()
        assert item.note == "from two"
        await two.until(lambda: "from one" not in two.text)
        await one.press("a")
        await two.press("d")
        await one.until(lambda: not len(one.screen.session.annotations.index))
        await one.type("!")
        await one.press("escape")
        (item,) = await one.stored()
        assert item.note == "from two!"
        for window in (one, two):
            await take_news(window.screen)
            await window.consistent()


async def test_the_list_of_articles_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LIST_SECONDS", 0.1)
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as one, reading(db) as two:
        await two.until(lambda: "1 article" in two.text)
        await one.press("j", "4")
        await two.until(lambda: "!1" in two.text)
        async with reading(db, article(tmp_path, "Something else.\n", "b.txt")):
            await two.until(lambda: "2 articles" in two.text)
            here = two.library_screen.articles.current
            assert here is not None
            name = two.library_screen.articles.items[here].name
            assert name == "A headline that says little"


def test_two_programs(tmp_path: Path) -> None:
    """In two real terminals: within a second, and nothing is written while nothing happens."""
    path, db = make_library(tmp_path)
    with reader(str(path), database=db) as one, reader(str(path), database=db) as two:
        for window in (one, two):
            window.wait_for("statement 1/")
            window.wait_for_quiet(1.0)
        sent = one.send("2")
        assert two.wait_for("1 of 60") - sent < 1.5  # it is half of that where there is time
        two.send("j4")
        one.wait_for("2 of 60")
        two.send("u")
        one.wait_for("1 of 60")
        for window in (one, two):
            window.wait_for_quiet(0.6)
        written: list[int] = []
        for _ in range(3):  # a message goes away by itself, a hint comes when the cursor rests
            before = len(one.output()) + len(two.output())
            time.sleep(1.2)
            written.append(len(one.output()) + len(two.output()) - before)
            if not written[-1]:
                break
        assert written[-1] == 0
        for window in (one, two):
            window.send("q")
            assert window.wait() == 0
    assert tagged(db)[:3] == ["plausible", None, None]
    with Library(db) as library:
        kinds = [op.kind for op in library.log.operations(everything=True)]
        assert kinds.count("undo") == 2
