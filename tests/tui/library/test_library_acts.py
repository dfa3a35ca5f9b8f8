"""What the keys of the list do: filter, order, marks, status, labels, archive, details, undo."""

from __future__ import annotations

import csv
import json
import threading
from pathlib import Path

from textual.widgets import Input

from reader.domain.article import Metadata
from reader.services.capturing.adding import add_file
from reader.services.exchange.logs import export_jsonl
from reader.services.library import changes, slices
from reader.services.settings.fields import Settings
from reader.services.settings.file import parse
from reader.storage.library import Library
from reader.storage.undoing import Undoing
from tests.benchmarks.listing import make
from tests.tui.reading_harness import Reader, article, reading, state_tables

NAMES = ("Bank holds rates", "Bridge closed", "Council minutes", "Élan regained")


def fill(db: Path, folder: Path, names: tuple[str, ...] = NAMES) -> None:
    with Library(db) as library:
        ana = library.annotator("ana")
        for number, name in enumerate(names):
            about = Metadata(name, outlet=f"Post {number % 2}", published_at=f"2024-0{number + 1}")
            path = article(folder, f"Words of number {number}. Two.\n", f"{number}.txt")
            add_file(library, path, ana, metadata=about)


def listed(r: Reader) -> list[str]:
    """The names on the screen, from above."""
    names = [item.name for item in r.library_screen.articles.items if item]
    shown = [name for line in r.lines for name in names if name in line and "takes it" not in line]
    assert names[: len(shown)] == shown
    return names


def current(r: Reader) -> str:
    articles = r.library_screen.articles
    item = articles.item(articles.current_id)
    assert item is not None
    return item.name


async def statuses(r: Reader) -> dict[str, str]:
    """The stored statuses and archived articles by title."""
    rows = await r.run(
        lambda library: library.connection.execute(
            "SELECT title, coalesce(status, '-'), archived_at IS NOT NULL FROM article"
        ).fetchall()
    )
    return {title: f"{status}{' archived' * archived}" for title, status, archived in rows}


async def test_filter_and_order_are_kept(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", tmp_path / "config.toml"
    fill(db, tmp_path)
    settings = Settings(path=file)
    async with reading(db, settings=settings) as r:
        assert listed(r) == list(reversed(NAMES))
        await r.press("j", "j", "S")
        await r.type("title\n")
        assert listed(r) == list(NAMES)
        assert current(r) == "Bridge closed"
        assert "sort: title" in r.lines[0]
        await r.press("S")
        assert "choose it again to turn it round" in r.text
        await r.press("enter")
        assert listed(r) == list(reversed(NAMES))
        assert "title, turned round" in r.lines[0]
        await r.press("F")
        await r.type('outlet:"post 0" -council')
        assert listed(r) == ["Bank holds rates"]
        await r.type(" colour:x\n")
        assert "There is no field “colour:”." in r.text
        await r.press("enter")
        assert "Known are status:" in r.said[-1]
        await r.burst(*["backspace"] * 9, "enter")
        assert not r.app.screen.query(Input)
        assert '1 of 4 · outlet:"post 0" -council' in r.text
        await r.press("j", "q")
        await r.until(lambda: not r.app.is_running)
    kept = parse(file.read_text("utf-8"), file)
    async with reading(db, settings=kept) as r:
        assert listed(r) == ["Bank holds rates"]
        assert "title, turned round" in r.lines[0]
        await r.press("F", "ctrl+u")
        await r.type("nothing of it\n")
        assert "No article fits. Esc lists all." in r.text
        await r.press("F", "ctrl+u")
        await r.type("label:nosuch")
        assert "There is no label “nosuch”." in r.text
        await r.press("enter")
        assert "There is no label “nosuch”. Esc lists all." in r.text
        await r.press("escape")
        assert listed(r) == list(reversed(NAMES))
        await r.burst("F", "b", "a", "n", "k", "enter", "enter")
        assert r.here == "Words of number 0."


async def test_a_filter_that_means_nothing_any_more_is_forgotten(tmp_path: Path) -> None:
    fill(tmp_path / "l.db", tmp_path, NAMES[:1])
    async with reading(tmp_path / "l.db", settings=Settings({"library_filter": "by:zoe"})) as r:
        assert listed(r) == ["Bank holds rates"]
        assert "There is no annotator “zoe”." in r.said[0]
        await r.press("J", "x")  # keys of elsewhere do nothing


async def test_when_all_is_archived_the_list_says_so(tmp_path: Path) -> None:
    fill(tmp_path / "l.db", tmp_path, NAMES[:1])
    async with reading(tmp_path / "l.db") as r:
        await r.press("enter", "2", "q")
        assert "1 article · 1 highlight " in r.status
        await r.press("d")
        assert "All articles are archived. Enter lists them." in r.text
        assert "0 articles · 1 archived · 0 highlights" in r.status
        await r.press("enter")
        assert "1 of 1 · status:archived" in r.text
        await r.press("d")  # brings it back
        assert "1 article · 1 highlight " in r.status
        assert "No article fits. Esc lists all." in r.text
        await r.press("escape")
        assert listed(r) == ["Bank holds rates"]
        await r.press("d")
        await r.burst("enter", "d", "escape", "enter")  # what comes meanwhile is for that list
        assert r.status.endswith("READ")


async def test_marked_articles_are_changed_as_one(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    async with reading(db) as r:
        await r.press("enter", "4", "q")
        await r.press("g", "x", "j", "x")
        assert "2 marked · 4 of 4" in r.text
        assert sum(line.startswith((" x ", "▌x ")) for line in r.lines) == 2
        await r.press("t")
        await r.type("to do, Urgent\n")
        assert r.said == ["Label to do, label Urgent × 2. u takes it back."]
        labels = await r.run(lambda library: library.overall.labels_by_article())
        assert sorted(labels.values()) == [("to do", "Urgent")] * 2
        assert "2 marked · 4 of 4" in r.text  # they stay for the next key
        assert sum(line.startswith((" x ", "▌x ")) for line in r.lines) == 2
        await r.press("u")
        assert r.said == ["Undid: label to do, label Urgent × 2"]
        assert await r.run(lambda library: library.overall.labels_by_article()) == {}
        await r.press("ctrl+r")
        assert r.text.count("[to do, Urgent]") == 2
        assert "2 marked · 4 of 4" in r.text
        await r.press("escape", "g", "x", "G", *":mark up to here", "enter")
        assert "4 marked" in r.text
        await r.press("s")
        await r.type("done\n")
        assert set((await statuses(r)).values()) == {"done"}
        assert sum("✓ " in line[:5] for line in r.lines) == 4
        assert "4 marked" in r.text
        await r.press("escape", "g", "x", "j", "x", "d")  # what leaves the list has no mark
        assert len(listed(r)) == 2
        assert "marked" not in "\n".join(r.lines[:4])
        await r.press("u", "G", "d")
        assert len(listed(r)) == 3
        assert r.said == ["Archived. u takes it back."]
        await r.press("F")
        await r.type("status:archived\n")
        assert listed(r) == ["Bank holds rates"]
        await r.press("d")
        assert r.said == ["Brought back. u takes it back."]
        await r.press("u", "escape")
        assert r.said == ["All articles are listed again."]
        assert sorted((await statuses(r)).values()) == ["done", "done", "done", "done archived"]
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before
        # Of marked articles only their own highlights are exported.
        await r.press("g", "x", "E")
        await r.until(lambda: "not only this" in r.text)
        await r.press("enter")
        await r.until(lambda: any(said.startswith("Wrote") for said in r.said))
        assert r.said[-1].startswith("Wrote 1 rows")
        await r.press("escape", "j", "x", "E")
        await r.until(lambda: "not only this" in r.text)
        await r.type("\n\n")  # the file is there: asked once more
        await r.until(lambda: any(said.startswith("Wrote 0 rows") for said in r.said))


async def test_changes_of_very_many_run_in_slices_and_can_be_stopped(tmp_path, monkeypatch) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    going, seen = threading.Event(), []
    committed, reverse_some = slices.committed, Undoing.reverse_some

    def slow(*given):
        seen.append(given)
        assert len(seen) != 2 or going.wait(20)
        return committed(*given)

    def slow_back(*given):
        seen.append(given)
        assert len(seen) != 2 or going.wait(20)
        return reverse_some(*given)

    monkeypatch.setattr(slices, "SLICE", 1)
    monkeypatch.setattr("reader.tui.library.slices.PATIENCE_S", -1.0)
    monkeypatch.setattr(slices, "committed", slow)
    monkeypatch.setattr(Undoing, "reverse_some", slow_back)
    async with reading(db) as r:

        async def stop_in_the_second_slice(*keys: str) -> str:
            going.clear()
            seen.clear()
            await r.pilot.press(*keys)
            await r.until(lambda: "1 of 4 done" in r.text)
            await r.pilot.press("j", "escape")  # answered while the library is at it
            await r.until(lambda: r.app.screen.id == "library")
            going.set()
            await r.until(lambda: r.said and ("of 4" in r.said[-1]))
            return r.said[-1]

        going.set()
        await r.press("g", "x", "G", *":mark up to here", "enter", "t", *"money", "enter")
        await r.until(lambda: "Label money × 4. u takes it back." in r.said)
        whole = await r.run(lambda library: library.overall.labels_by_article())
        assert len(whole) == 4
        assert await stop_in_the_second_slice("u") == "Undid 2 of 4. Ctrl-R reverses that."
        assert len(await r.run(lambda library: library.overall.labels_by_article())) == 2
        await r.press("ctrl+r")
        await r.until(lambda: "Did again: label money × 4" in r.said)
        assert await r.run(lambda library: library.overall.labels_by_article()) == whole
        await r.press("u")
        await r.until(lambda: "Undid: label money × 4" in r.said)
        assert await r.run(lambda library: library.overall.labels_by_article()) == {}

        await r.press("g", "x", "G", *":mark up to here", "enter")
        told = await stop_in_the_second_slice("d")
        assert told == "Stopped after 2 of 4 articles. u takes it back."
        assert sorted((await statuses(r)).values()) == ["-", "-", "- archived", "- archived"]
        await r.press("u")
        await r.until(lambda: "Undid: archived × 2" in r.said)
        assert set((await statuses(r)).values()) == {"-"}
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before


async def test_details_are_edited_and_taken_back(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:2])
    async with reading(db) as r:
        await r.press("j")
        await r.press("I")
        assert r.app.focused is r.app.screen.query_one("VerdictPicker")  # as in the article
        await r.press(*["shift+tab"] * 6, *["backspace"] * 5, *"cut")
        await r.press("tab", *"Ann", "tab", "tab", *"ftp:x", "escape")
        assert "ftp:x is no web address." in r.text
        await r.press(*["backspace"] * 5)
        await r.type("https://bank.example\n")
        await r.press(*["backspace"] * 7, *"2024-05-06", "escape")
        assert r.said == ["Details: title, byline, url, published_at. u takes it back."]
        assert "Bank holds cut" in r.text
        assert "2024-05-06" in r.text
        await r.press("enter", "4", "q")
        target = tmp_path / "all.jsonl"
        await r.run(lambda library: export_jsonl(library, target))
        records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
        (op,) = [it for it in records if it.get("kind") == "details"]
        assert op["patch"]["title"] == "Bank holds cut"
        assert op["before"]["title"] == "Bank holds rates"
        await r.press("E", "enter")
        await r.until(lambda: (tmp_path / "highlights.csv").exists())
        with (tmp_path / "highlights.csv").open(encoding="utf-8", newline="") as stream:
            assert "Bank holds cut" in next(csv.DictReader(stream)).values()
        await r.press("u")
        assert "Bank holds rates" in r.text
        assert "2024-01" in r.text
        await r.press("I", "5", "tab", *"money", "tab", *"weak", "escape")
        assert r.said == ["Verdict ✗ refuted; label money; note on the article. u takes each back."]
        assert "money" in r.text
        uid = await r.run(lambda lib: lib.lists.uids([r.library_screen.articles.current_id]))
        said = await r.run(lambda lib: lib.overall.get(*uid.values(), r.app.annotator_uid))
        assert ([it.code for it in said.verdicts], said.labels, said.note) == (
            ["refuted"], ("money",), "weak",
        )  # fmt: skip
        await r.press("t")
        with Library(db) as other:  # another window takes one off meanwhile
            away = changes.label_change(other.annotator("ben"), (), ("money",))
            done = {"actor": other.annotator("ben"), "kind": "label", "summary": "l"}
            changes.perform(other, uid.values(), away, **done)
        await r.type(", bank\n")
        assert await r.run(lambda lib: lib.overall.labels(*uid.values())) == ("bank",)
        await r.press("u", "u", "u", "u")
        assert "money" not in r.text
        assert "Nothing to undo" not in r.said[-1]


async def test_next_and_previous_go_through_the_list(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    settings = Settings({"library_sort": "title", "library_filter": "-council"})
    async with reading(db, settings=settings) as r:
        await r.press("enter")
        assert r.here == "Words of number 0."
        await r.press("J", "J")
        assert r.here == "Words of number 3."
        await r.press("J")
        assert r.said == ["This is the last article."]
        await r.press("K")
        assert r.here == "Words of number 1."
        await r.press("q")
        assert current(r) == "Bridge closed"
    async with reading(db, tmp_path / "2.txt", settings=settings) as r:
        await r.press("J")
        assert r.said == ["This article is not in the list. It is filtered."]
        await r.press(":")
        await r.type("library\n")
        await r.until(lambda: r.app.screen.id == "library")
        await r.rest()
        assert len(listed(r)) == 3
        await r.press("q")
        await r.until(lambda: not r.app.is_running)


async def test_next_and_previous_go_through_several_that_were_named(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    named = [tmp_path / name for name in ("2.txt", "0.txt", "3.txt", "2.txt")]
    settings = Settings({"library_sort": "title", "library_filter": "-council"})
    end = "of the 3 articles named at the start. “library” in the palette has all."
    async with reading(db, *named, settings=settings) as r:
        await r.press("K")
        assert r.said == [f"This is the first {end}"]
        await r.press("J")
        assert r.here == "Words of number 0."
        await r.press("J")
        assert r.here == "Words of number 3."
        await r.press("J")
        assert r.said[-1] == f"This is the last {end}"
        await r.press("K", "K")
        assert r.here == "Words of number 2."
        await r.press(":")
        await r.type("library\n")
        await r.until(lambda: r.app.screen.id == "library")
        await r.rest()
        await r.press("g", "enter")  # from the list, the order is the list's
        assert r.here == "Words of number 0."
        await r.press("J")
        assert r.here == "Words of number 1."


async def test_mouse(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    async with reading(db) as r:
        top = next(y for y, line in enumerate(r.lines) if NAMES[3] in line)
        await r.pilot.click(offset=(20, top + 2))
        await r.rest()
        assert current(r) == NAMES[1]
        await r.pilot.click(offset=(20, top), control=True)
        await r.rest()
        await r.pilot.click(offset=(20, top + 3), shift=True)  # a line above says what is marked
        await r.rest()
        assert "3 marked" in r.text
        await r.pilot.click(offset=(20, top + 4), times=2)
        await r.rest()
        assert r.here == "Words of number 0."


async def test_keys_typed_ahead_go_where_they_are_meant(tmp_path: Path, recwarn) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path)
    async with reading(db) as r:
        await r.burst("enter", "j", "4")
        assert await r.tags() == {"Two.": ["doubtful"]}
        await r.press("q")
        await r.burst("s", *"done", "enter", "j", "d")
        assert (await statuses(r))[NAMES[3]] == "done"
        assert (await statuses(r))[NAMES[2]] == "- archived"
        await r.burst(":", *"change annotator", "enter", *"ben", "enter", "enter", "j")
        assert r.app.annotator == "ben"
        r.library_screen.articles.action_library_open()
        r.app.exit()  # opening is cancelled at once
    assert not [str(it.message) for it in recwarn if "never awaited" in str(it.message)]


async def test_details_and_status_in_the_article(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:2])
    async with reading(db) as r:
        await r.press("j", "enter", "I", *["shift+tab"] * 6)
        await r.press(*["backspace"] * 5, *"cut", "tab", "tab", *" B", "escape")
        assert "Bank holds cut" in r.lines[0]
        await r.press("4")
        await r.press(":")
        await r.type("status of the article\n")
        await r.type("done\n")
        assert r.said == ["The article is done."]
        uid = r.screen.session.opened.article.uid
        stored = await r.run(lambda library: library.articles.get(uid))
        assert stored == r.screen.session.opened.article
        assert (stored.metadata.title, stored.metadata.outlet) == ("Bank holds cut", "Post 0 B")
        assert [kind for kind, _ in await r.groups()] == ["details", "tag", "status"]
        await r.press("u", "u", "u")
        assert "Bank holds rates" in r.lines[0]
        assert (await statuses(r))["Bank holds rates"] == "-"
        await r.press("ctrl+r")
        assert "Bank holds cut" in r.lines[0]
        with Library(db) as other:  # another window edits it meanwhile
            ben = other.annotator("ben")
            change = changes.details_change({"title": "Theirs"})
            changes.perform(other, [uid], change, actor=ben, kind="details", summary="d")
        await r.until(lambda: "Theirs" in r.lines[0])
        await r.press("I", *["shift+tab"] * 3, *"no", "escape")
        assert "no is no web address." in r.text
        await r.press("escape")
        assert "Theirs" in r.lines[0]
        await r.press("q")
        assert "Theirs" in r.text


async def test_rows_are_read_as_they_are_seen(tmp_path: Path) -> None:
    db = make(tmp_path, 3_000)
    async with reading(db) as r:
        assert "Article 3000 " in r.text
        assert "3,000 articles" in r.status
        await r.press("G", "k")
        assert "Article 2 " in r.text
        assert len([item for item in r.library_screen.articles.items if item]) < 500
        await r.press("S")
        await r.type("title\n")
        assert current(r) == "Article 2"
        await r.press("g", "j")
        assert current(r) == "Article 100"  # as it is spelt: 10, 100, 1000
        await r.press("enter")
        assert r.here == "The ferry was late again."
        await r.press("J", "q")
        assert current(r) == "Article 1000"
