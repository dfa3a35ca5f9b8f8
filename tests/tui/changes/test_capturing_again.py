"""F5 by keys: shown and cancelled, compared beside the saves, changed details taken or left."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reader.capture.fetch import Limits
from reader.domain.highlight import Fate
from reader.domain.text import Span
from reader.services.capturing import pages as capturing
from reader.services.changes import apart
from reader.services.settings.fields import Settings
from reader.tui.changes.comparing import ComparingDialog
from reader.tui.changes.details import DetailsOffer
from reader.tui.changes.progress import RefreshDialog
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.help import HelpDialog
from tests.services.changes_desk import BOOK, FACET, ChangingDesk
from tests.tui.adding_harness import comes, give
from tests.tui.reading_harness import Reader, article, edit, key_event, reading, state_tables
from tests.web.parsing import in_this_process
from tests.web.server import Server, page, serving

ARTICLES = "SELECT title, (SELECT count(*) FROM article_version) FROM article"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(capturing, "LIMITS", Limits(seconds=8))
    in_this_process(monkeypatch)
    with serving() as found:
        yield found


async def stored(r: Reader) -> list[tuple[Any, ...]]:
    return await r.run(lambda library: library.connection.execute(ARTICLES).fetchall())


def send(r: Reader, key: str) -> None:
    """Press a key without waiting for what it does."""
    r.app.post_message(key_event(key))


async def offered(r: Reader) -> None:
    """Press F5 and wait until what the page says otherwise is offered."""
    send(r, "f5")
    await r.until(lambda: isinstance(r.app.screen, DetailsOffer) and "Enter takes" in r.text)


async def test_a_page_that_never_comes_is_given_up_and_nothing_is_changed(
    tmp_path: Path, server: Server
) -> None:
    url = server.add("/a", page("First words. Second words.\n", content_type="text/plain"))
    never = server.trickle(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"x" * 999)
    async with reading(tmp_path / "l.db", settings=Settings({"allow_private": True})) as r:
        await give(r, url)
        await comes(r, LibraryScreen)
        before = await stored(r)
        server.add("/a", never)
        for screen in (LibraryScreen, ReadingScreen):
            if screen is ReadingScreen:
                await r.press("enter")
            asked = len(server.asked)
            send(r, "f5")
            await r.until(lambda: isinstance(r.app.screen, RefreshDialog))
            await r.until(lambda asked=asked: len(server.asked) > asked)
            await r.until(lambda: "fetching" in r.text)
            assert "Capturing again" in r.text
            assert "/a" in r.text
            assert "Esc cancels" in r.text
            send(r, "escape")
            await comes(r, screen)
            assert r.said == ["Cancelled: nothing was changed."]
            assert await stored(r) == before
        await r.press("j", "2")  # keys are the article's again
        assert [r.words(item) for item in await r.stored()] == ["Second words."]
        server.add("/a", page("First words. Other words.\n", content_type="text/plain"))
        await r.press("f5")
        assert r.said[0].startswith("The text has changed")


async def test_a_tag_is_saved_while_versions_of_a_large_article_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[float, float]] = []
    window: list[Any] = []
    late: list[str] = []
    prepare = apart.prepare

    def timed(*given: Any) -> Any:
        began = time.monotonic()
        compared.append((began, 0.0))
        found = prepare(*given)
        compared[-1] = (began, time.monotonic())
        if len(compared) == 1:  # something else is done before it can be written
            late.append(window[0].database.now(partial(_tagged, *window[1:], "then")))
        return found

    monkeypatch.setattr(apart, "prepare", timed)
    text = "Now and then.\n\n" + "".join(
        f"Sentence {n} says that {n * 7919 % 10007} is it.\n\n" for n in range(9_000)
    )
    file = article(tmp_path, text)
    async with reading(tmp_path / "l.db", file) as r:
        edit(file, text.replace("7 is it", "7 was it"))
        uid, me = r.screen.session.opened.article.uid, r.app.annotator_uid
        window += [r, uid, me]
        send(r, "f5")
        await r.until(lambda: compared)
        saved = await r.run(partial(_tagged, uid, me, "Sentence 13 says that 2877 is it."))
        at = time.monotonic()
        assert compared[0][1] == 0.0, "it was compared before anything could be saved"
        await r.until(lambda: r.said and "changed" in r.said[-1])
        await r.rest()
        assert len(compared) == 2  # what was tagged meanwhile was not there before
        assert compared[0][0] < at < compared[0][1]
        found = {item.uid: (item.fate, r.words(item)) for item in await r.stored()}
        assert found == {
            saved: (Fate.REWORDED, "Sentence 13 says that 2877 was it."),
            late[0]: (Fate.KEPT, "then"),
        }
        now = await r.run(lambda library: library.articles.get(uid))
        assert now.version_uid == r.screen.session.opened.version.uid

        began: list[str] = []
        align = apart.align
        where = "reader.tui.changes.comparing.align"
        monkeypatch.setattr(
            where,
            lambda *texts, sandbox: (
                began.append("began"), align(*texts, sandbox), began.append("ended"),
            )[1],
        )  # fmt: skip
        send(r, "D")
        await r.until(lambda: began)
        await r.run(lambda library: library.annotator("bob"))
        assert began == ["began"]
        await r.rest()
        assert "900 words taken out, 900 put in" in r.text
        await r.press("escape")

        monkeypatch.setattr("reader.tui.changes.comparing.SHOW_AFTER_S", 0.0)
        typed = threading.Event()
        monkeypatch.setattr(
            where, lambda *texts, sandbox: (typed.wait(9), align(*texts, sandbox))[1]
        )
        send(r, "D")
        await r.until(lambda: isinstance(r.app.screen, ComparingDialog))
        send(r, "question_mark")  # for the changes, not for who says how far they are
        await r.until(lambda: r.app.key_queue._waiting)
        typed.set()
        await comes(r, HelpDialog)
        await r.press("escape", "escape")
        monkeypatch.setattr(where, align)
        with monkeypatch.context() as patch:
            patch.setattr(apart, "_CODE", "import time; time.sleep(60)")
            children = _children(patch)
            send(r, "D")
            await r.until(lambda: "Comparing the two versions" in r.text and children)
            assert "Esc gives up" in r.text
            send(r, "escape")
            await comes(r, ReadingScreen)
            await r.until(lambda: children[0].poll() is not None)
            assert r.said == ["Given up: the versions were not compared."]
        here = r.here
        await r.press("j")  # keys are the article's again
        assert r.here != here


def _children(patch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return what will hold the processes that are started from now on."""
    start, found = subprocess.Popen, []
    patch.setattr(subprocess, "Popen", lambda *a, **b: found.append(start(*a, **b)) or found[-1])
    return found


def _tagged(uid: str, me: str, words: str, library: Any) -> str:
    """Tag words as another window of the same annotator does."""
    desk = ChangingDesk.__new__(ChangingDesk)
    desk.library, desk.article, desk.me = library, uid, me
    known = desk.known()
    start = known.text.index(words)
    target = known.target(Span(start, start + len(words)))
    edit = known.toggle_tag(target, BOOK, FACET, FACET.tags[0])
    library.log.commit(edit.group)
    return edit.uid


async def test_details_that_changed_are_taken_by_one_key_and_left_by_another(
    tmp_path: Path,
) -> None:
    words = "---\ntitle: {}\nauthor: {}\n---\n\nFirst words. Second words.\n"
    file = article(tmp_path, words.format("Bridge safe", "A. Writer"), "a.md")
    async with reading(tmp_path / "l.db", file) as r:
        edit(file, words.format("Bridge closed", "A. Writer"))
        for _ in range(2):
            await offered(r)
            assert "title: “Bridge safe” → “Bridge closed”" in r.text
            assert "byline" not in r.text
            await r.press("escape")
            assert r.said == ["Captured again: the text is the same."]
            assert await stored(r) == [("Bridge safe", 1)]
        await offered(r)
        await r.press("enter")
        assert r.said == ["Captured again: the text is the same. Details taken; u takes that back."]
        assert await stored(r) == [("Bridge closed", 1)]
        assert "Bridge closed" in r.lines[0]
        await r.press("f5")
        assert isinstance(r.app.screen, ReadingScreen)
        await r.press("u")
        assert await stored(r) == [("Bridge safe", 1)]
        await r.press("f5")  # it was seen, and not wanted
        assert isinstance(r.app.screen, ReadingScreen)
    edit(file, words.format("Bridge shut", "B. Writer"))
    async with reading(tmp_path / "l.db") as r:
        await offered(r)
        await r.pilot.click(r.app.screen.query(Line).last())
        await comes(r, LibraryScreen)
        assert await stored(r) == [("Bridge safe", 1)]
        await offered(r)
        assert "byline: “A. Writer” → “B. Writer”" in r.text
        await r.press("enter")
        assert await stored(r) == [("Bridge shut", 1)]
        await r.press("u")
        assert await stored(r) == [("Bridge safe", 1)]


async def test_what_was_captured_again_from_the_list_is_undone_in_the_list(tmp_path: Path) -> None:
    files = [article(tmp_path, f"First words {n}. Second words.\n", f"{n}.txt") for n in "ab"]
    texts = (
        "SELECT text, (SELECT count(*) FROM highlight WHERE version_uid = v.uid) FROM article"
        " JOIN article_version AS v ON v.uid = version_uid ORDER BY text"
    )

    async def current(r: Reader) -> list[tuple[str, int]]:
        found = await r.run(lambda library: library.connection.execute(texts).fetchall())
        return [(text.strip(), marks) for text, marks in found]

    async with reading(tmp_path / "l.db") as r:
        for file in files:
            await give(r, str(file))
            await comes(r, LibraryScreen)
        await r.press("enter", "j", "2", "q")
        before = await current(r)
        assert sorted(marks for _, marks in before) == [0, 1]
        for file in files:
            edit(file, file.read_text("utf-8").replace("First", "Other"))
        await r.press("f5")  # one of them: its mark goes with it, and comes back
        assert "The text has changed" in r.said[-1]
        assert r.said[-1].endswith("u takes it back.")
        await r.press("u")
        assert r.said == ["Undid: another version"]
        assert await current(r) == before
        # Both are one action; what was marked in the new text since stays in the article.
        await r.press("home", "x", "end", "x", "f5")
        assert r.said[-1] == "Captured again: 2 changed, 0 the same. u takes it back."
        after = await current(r)
        assert all(text.startswith("Other words") for text, _ in after)
        await r.press("enter", "g", "1", "q", "u")
        assert r.said == ["Undid: another version × 2"]
        assert [text for text, _ in await current(r)] == [text for text, _ in before]
        assert sum(marks for _, marks in await current(r)) == 2
        await r.press("ctrl+r")
        assert r.said == ["Did again: another version × 2"]
        assert [text for text, _ in await current(r)] == [text for text, _ in after]
        assert sum(marks for _, marks in await current(r)) == 2
        seen = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == seen


async def test_suggestions_stay_and_a_file_that_was_taken_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.reading.screen.SETTLE_SECONDS", 0.1)
    text = "The council says that the bridge is safe.\n\nThe plan was criticised as too dear.\n"
    file, db = article(tmp_path, text), tmp_path / "l.db"

    def dots(r: Reader) -> int:
        return sum(line[:5].strip() == "┊" for line in r.lines)

    async with reading(db, file, suggestions=True) as r:
        await r.until(lambda: dots(r) == 1)  # the cursor's own row has its bar
        edit(file, text.replace("dear", "dear by far"))
        await r.press("f5")
        await r.until(lambda: "far" in r.text and dots(r) == 1)
        await r.press("u")
        await r.until(lambda: "far" not in r.text and dots(r) == 1)
    async with reading(db, file) as r:
        assert "far" not in r.text
        (told,) = r.said
        assert told.startswith("The file is newer than the text shown")
        assert "F5 captures it again" in told


async def test_another_article_of_a_changed_file_is_told_until_a_key_without_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.notices.NOTICE_SECONDS", 0.0)
    text = "A bridge\n\nIt is safe.\n\nIt is old.\n"
    file, db = article(tmp_path, text), tmp_path / "l.db"
    async with reading(db, file) as r:
        await r.press("j", "2")
        first = r.screen.session.opened.article.uid
    edit(file, text.replace("old", "new now"))
    async with reading(db, file) as r:
        (told,) = r.said
        assert "another article, without your marks" in told
        assert "open the older one in the list and press F5" in told
        assert first not in told
        await r.rest()
        assert r.said == [told]  # it has no end of its own
        await r.press("j")
        assert r.said == []
        earlier = "UPDATE article SET created_at = '2026-01-02T03:04:05.678Z' WHERE uid = ?"
        await r.run(lambda library: library.connection.execute(earlier, (first,)))
    async with reading(db) as r:
        rows = [line for line in r.lines if "A bridge" in line]
        assert len(rows) == 2
        assert sum("A bridge (2026-01-02)" in line for line in rows) == 1
