"""The panel by keys and mouse: strip, filter, order, marks and what keys do to the marked."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reader import assets
from reader.domain.operation import Change, Group
from reader.services.annotating.tagging import Wish, statement_span, tag
from reader.services.capturing.adding import add_file
from reader.services.showing import version_of
from reader.storage.library import Library
from reader.tui.reading import panel_list
from reader.tui.widgets.panel_rows import MARK_SIGN
from tests.tui.reading_harness import Reader, article, key_event, reading

BOOK = assets.load_builtin("credibility-7")


def four(folder: Path) -> tuple[Path, Path]:
    """Tag the statements First to Fourth, with a note on Second and a flag on Third."""
    file = article(folder)
    with Library(folder / "l.db") as library:
        ana = library.annotator("ana")
        added = add_file(library, file, ana).article
        version = version_of(library, added)
        wishes = [
            Wish(["corroborated"]), Wish(["doubtful"], note="why"),
            Wish(["doubtful"], flag=True), Wish(["plausible"]),
        ]  # fmt: skip
        for number, wish in enumerate(wishes, 2):
            tag(library, added, version, statement_span(version, number), ana, BOOK, wish)
            time.sleep(0.002)  # or two would be as new
    return folder / "l.db", file


def listed(r: Reader) -> list[str]:
    """The first words of the entries in the panel, in order."""
    entries = r.screen.entries
    found = [entries.highlight(position) for position in range(len(entries))]
    return [r.words(item).split()[0] for item in found if item]


async def codes(r: Reader) -> list[str]:
    return [",".join(each.code for each in item.judgements) for item in await r.stored()]


async def test_the_strip_shows_where_and_a_click_goes_there(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        assert "▁▁▁▁▁▁▁▁▁▁" in r.text  # nothing yet
        await r.press("j", "1", "j", "j", "4")
        counts = r.screen.counts
        y = counts.size.height - 2
        strip = counts.render_line(y).text
        assert strip.count("▃") == 2
        column = strip.rindex("▃")  # below the last one, when the cursor rests
        await r.until(lambda: counts.render_line(y + 1).text.find("▲") == column)
        cells = counts.size.width - 3
        here, length = r.screen.cursor, len(r.screen.session.document.text)
        assert here is not None
        assert abs(column - 2 - here.start / length * cells) <= 1
        colors = {str(each.style.color) for each in counts.render_line(y) if each.text == "▃"}
        assert len(colors) == 2  # one of each tag
        await r.pilot.click("Counts", offset=(cells, y))
        await r.rest()
        assert r.here == "Sixth stands alone."
        await r.press("u", "u")
        await r.until(lambda: counts.render_line(y).text.count("▃") == 0)


async def test_filter_while_typing_enter_keeps_it_and_escape_lists_all(tmp_path: Path) -> None:
    async with reading(*four(tmp_path)) as r:
        await r.press("tab", "/")
        assert "FILTER" in r.status
        await r.type("tag:doubt")
        assert listed(r) == ["Second", "Third"]
        assert "2 of 4 · tag:doubt" in r.text
        await r.type("ful has:note x")
        assert listed(r) == []
        assert "No entry fits" in r.text
        assert "have marked" not in r.text
        assert r.here.startswith("A headline")
        await r.press("backspace", "enter")
        assert r.screen.mode == "PANEL"
        assert listed(r) == ["Second"]
        assert r.here.startswith("Second")  # where the next digit acts
        assert "statement 3/" in r.status
        await r.press("/", "ctrl+u")
        await r.type("tag:plausible")
        await r.burst("enter", "enter", "(")  # one may go back to where one was
        assert r.here.startswith("A headline")
        await r.press("tab")
        await r.press("/", *(["backspace"] * 30))
        await r.type("by:an")
        assert listed(r) == ["First", "Second", "Third", "Fourth"]
        await r.type(" by:zoe")
        panel = " ".join(" ".join(strip.text for strip in r.screen.panel.lines()).split())
        assert "No entry fits. In this article have marked: ana. Esc shows all." in panel
        await r.press(*(["backspace"] * 30))
        await r.type("tag:doubtful has:note")
        await r.press("enter")
        await r.press("j", "5")  # it does not fit any more, and goes from the list
        assert listed(r) == []
        assert r.screen.mode == "PANEL"
        assert await codes(r) == ["corroborated", "refuted", "doubtful", "plausible"]
        await r.press("u")
        assert listed(r) == ["Second"]
        assert r.here.startswith("Second")
        with Library(tmp_path / "l.db") as other:  # as another window would
            article_ = r.screen.session.opened.article
            version = version_of(other, article_)
            ana = r.screen.session.annotations.annotator_uid
            tag(other, article_, version, statement_span(version, 6), ana, BOOK,
                Wish(["doubtful"], note="from elsewhere"))  # fmt: skip
        await r.until(lambda: listed(r) == ["Second", "Fifth"])
        await r.press("escape")
        assert len(listed(r)) == 5
        assert "of 5" not in r.text
        await r.press("escape")
        assert r.screen.mode == "READ"
        await r.press("tab", "/")
        await r.type("-has:note word")
        await r.press("escape")  # in the line itself
        assert (r.screen.mode, len(listed(r))) == ("PANEL", 5)
        await r.consistent()


async def test_others_marks_are_listed_and_no_key_changes_them(tmp_path: Path) -> None:
    database, file = four(tmp_path)
    with Library(database) as library:
        article_ = library.articles.get(library.articles.in_order()[0])
        ben, version = library.annotator("ben"), version_of(library, article_)
        for number, wish in ((3, Wish(["refuted"], note="his own")), (6, Wish(["plausible"]))):
            tag(library, article_, version, statement_span(version, number), ben, BOOK, wish)
    async with reading(database, file) as r:
        before = await codes(r)
        await r.press("tab", "/")
        await r.type("by:ben")
        await r.until(lambda: listed(r) == ["Second", "Fifth"])
        assert "ben" in r.text
        await r.type(" tag:refuted")
        assert listed(r) == ["Second"]
        await r.press("enter")
        await r.until(lambda: "his own" in r.text)
        for key in ("3", "d", "c", "m", "x", "a", "s", "%"):
            await r.press(key)
            assert r.screen.mode == "PANEL", key
        assert r.said[-1] == "This is ben's. Say what you think of it in the article."
        await r.press("enter")  # to its place
        assert r.here.startswith("Second")
        assert r.screen.mode == "READ"
        await r.press("tab", "/", "ctrl+u")
        await r.type("by:any")
        await r.until(
            lambda: listed(r) == ["First", "Second", "Second", "Third", "Fourth", "Fifth"]
        )
        await r.press("enter", "g", "5")  # one's own
        assert (await codes(r))[0] == "refuted"
        await r.until(lambda: len(listed(r)) == 6)
        await r.press("u", "escape")
        assert len(listed(r)) == 4
        assert await codes(r) == before
        await r.consistent()


async def test_annotators_of_one_name_are_told_apart(tmp_path: Path) -> None:
    database, file = four(tmp_path)
    uid = "00a22032-d5ee-7000-8000-000000000001"
    with Library(database) as library:
        article_ = library.articles.get(library.articles.in_order()[0])
        fields = {"handle": "ana", "name": None, "kind": "human"}
        library.log.commit(Group("annotator", uid, None, (Change("annotator", uid, fields),)))
        version = version_of(library, article_)
        wish = Wish(["refuted"], note="hers")
        tag(library, article_, version, statement_span(version, 6), uid, BOOK, wish)
    async with reading(database, file, size=(140, 40)) as r:
        await r.press("tab", "/")
        await r.type("by:any")
        await r.until(lambda: "ana …2032" in r.text)
        await r.press("enter", "escape", "escape", ":")
        await r.type("others")
        await r.press("enter")
        await r.until(lambda: "Others' highlights" in r.text)
        assert "ana (00a22032" in r.text.partition("Others' highlights")[2]


async def test_a_filter_that_means_nothing_says_so_and_changes_nothing(tmp_path: Path) -> None:
    async with reading(*four(tmp_path), size=(160, 40)) as r:
        await r.press("tab", "/")
        await r.type("flag:")
        assert listed(r) == ["Third"]
        await r.type(" -colour:x")
        assert "There is no field “colour:”." in r.text
        await r.press("enter")
        assert r.screen.mode == "FILTER"
        assert listed(r) == ["Third"]
        await r.pilot.click("#article", offset=(10, 3))
        await r.rest()
        assert r.screen.mode == "READ"
        assert not r.screen.query("FilterBar")
        await r.press("g", "j", "f")  # a change in the article comes to the list
        assert listed(r) == ["First", "Third"]
        await r.burst("tab", "/", *"comma", "enter", "x")
        assert r.screen.mode == "PANEL"


async def test_orders(tmp_path: Path) -> None:
    async with reading(*four(tmp_path)) as r:
        await r.press("tab", "S")
        assert listed(r) == ["First", "Fourth", "Second", "Third"]
        assert "4 of 4 · by tag" in r.text
        await r.press("S")
        assert listed(r)[0] == "Fourth"
        await r.press("g", "j", "f")
        assert listed(r)[0] == "Third"
        await r.press("S")
        found = [r.screen.entries.highlight(n) for n in range(4)]
        lengths = [item.end - item.start for item in found if item]
        assert lengths == sorted(lengths, reverse=True)
        await r.press("S")
        assert listed(r) == ["First", "Second", "Third", "Fourth"]
        assert "of 4" not in r.text


async def test_keys_on_marked_entries_are_one_action_with_one_undo(tmp_path: Path) -> None:
    async with reading(*four(tmp_path)) as r:
        before = len(await r.groups())
        await r.press("tab", "g", "x", "x", "x")
        assert "3 marked" in r.text
        await r.press("5")
        assert await codes(r) == ["refuted", "refuted", "refuted", "plausible"]
        assert (await r.groups())[before:] == [("tag", "✗ refuted × 3")]
        assert r.said[-1] == "✗ refuted × 3. u takes it back."
        await r.press("c", "c", "f")
        stored = await r.stored()
        assert [item.judgements[0].confidence for item in stored] == ["moderate"] * 3 + [None]
        assert [item.flag for item in stored] == [True, True, True, False]
        await r.press("f")
        assert [item.flag for item in await r.stored()] == [False] * 4
        await r.press("a")
        await r.type("seen too")
        await r.press("enter")
        await r.rest()
        assert [item.note for item in await r.stored()] == [
            "seen too", "why\nseen too", "seen too", None,
        ]  # fmt: skip
        await r.press("y")
        assert r.app.clipboard.count("[✗ refuted, confidence moderate]") == 3
        await r.press("%")
        await r.type("likely")
        await r.press("enter")
        await r.rest()
        stored = await r.stored()
        assert [item.judgements[0].likelihood for item in stored] == [68] * 3 + [None]
        await r.press("d")
        assert [r.words(item).split()[0] for item in await r.stored()] == ["Fourth"]
        assert "marked" not in r.text
        await r.press("u")
        assert len(await r.stored()) == 4
        assert "3 marked" in r.text  # as they were
        assert r.screen.panel.marked == {item.uid for item in (await r.stored())[:3]}
        assert sum(MARK_SIGN in line for line in r.lines) == 3
        await r.press("ctrl+r", "x", "u")
        assert "1 marked" in r.text  # what was marked since is what is meant
        await r.press("escape")
        await r.press(*"uuuuuuu")
        assert await codes(r) == ["corroborated", "doubtful", "doubtful", "plausible"]
        assert [item.note for item in await r.stored()] == [None, "why", None, None]
        await r.consistent()


async def test_keys_act_only_on_marked_entries_that_are_listed(tmp_path: Path) -> None:
    async with reading(*four(tmp_path)) as r:
        await r.press("tab", "g")
        await r.screen.run_action("mark_all")
        await r.press("/")
        await r.type("flag:")
        await r.press("enter")
        assert "1 marked, 3 more not shown" in r.text
        await r.press("d")
        assert [r.words(item).split()[0] for item in await r.stored()] == [
            "First", "Second", "Fourth",
        ]  # fmt: skip
        await r.press("/", "ctrl+u")
        await r.type("tag:plausible")
        await r.press("enter", "x")  # it is listed, and not marked any more
        before = [(item.uid, item.flag, item.judgements) for item in await r.stored()]
        for key in ("3", "c", "d"):  # what is current may not be what is meant
            await r.press(key)
            assert r.said == ["What is marked is not in the list now. Esc takes the marks off."]
        assert [(i.uid, i.flag, i.judgements) for i in await r.stored()] == before
        await r.press("escape")  # the marks
        assert "2 marked" not in r.text
        await r.press("escape")  # the filter
        assert len(listed(r)) == 3


async def test_marks_by_mouse_and_as_a_range(tmp_path: Path) -> None:
    async with reading(*four(tmp_path)) as r:
        panel = r.screen.panel

        def row_of(position: int) -> int:
            return next(y for y in range(panel.size.height) if panel.position_at(y) == position)

        def marked() -> list[str]:
            uids = [item.uid for item in r.screen.session.annotations.index]
            return [str(uids.index(uid)) for uid in sorted(panel.marked)]

        here = r.here
        await r.pilot.click("#entries", offset=(0, row_of(1)))
        await r.pilot.click("#entries", offset=(9, row_of(3)), control=True)
        await r.rest()
        assert sorted(marked()) == ["1", "3"]
        assert r.here == here  # marking goes nowhere
        assert r.text.count("●") == 2
        await r.pilot.click("#entries", offset=(0, row_of(3)))
        await r.pilot.click("#entries", offset=(9, row_of(0)), shift=True)
        await r.rest()
        assert sorted(marked()) == ["0", "1", "2", "3"]
        await r.press("tab")
        await r.screen.run_action("mark_none")
        await r.press("g", "x")
        await r.press("G")
        await r.screen.run_action("mark_range")
        assert len(panel.marked) == 4
        await r.pilot.click("#entries", offset=(9, row_of(1)))
        await r.rest()
        assert r.here.startswith("Second")


async def test_very_many_entries_do_not_hold_up_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of very many is made in slices, and what is changed meanwhile is in it."""
    monkeypatch.setattr(panel_list, "AT_ONCE_S", 0.0)
    monkeypatch.setattr(panel_list, "SLICE_S", 0.0005)
    text = "\n\n".join("A statement of these many words." for _ in range(4_000))
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        await r.press("1", "tab")
        screen = r.screen
        known = screen.session.annotations
        base = known.index[0]
        items = [
            replace(base, uid=f"{n:06}", start=n * 34, end=n * 34 + 9) for n in range(1, 4_000)
        ]
        known.load(items)  # as if they had been read
        steps: list[float] = []
        screen.entry_list.filter("-flag: tag:corrob state")
        assert screen.entry_list.coming is not None
        known.put("003000", None)
        known.put("000003", replace(items[2], flag=True))
        while screen.entry_list.coming is not None:
            at = time.perf_counter()
            await asyncio.sleep(0)
            steps.append(time.perf_counter() - at)
        assert len(screen.entries) == 3_998
        assert len(steps) > 5
        assert statistics.median(steps) < 0.01
        other = await r.app.load_session(screen.session.opened.article.uid)
        screen.entry_list.filter("-flag:")
        late = screen.entry_list.coming
        screen.show_other(other)
        await r.rest()
        assert late is not None
        assert not late.ready  # nobody goes on with it
        assert len(screen.entries) == 1  # as it is in the library, all of it


async def test_a_filter_for_a_tag_that_there_is_not_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "2", "tab", "/")
        await r.type("tag:doutful")
        assert "There is no tag “doutful”. Did you mean “doubtful”?" in r.text
        await r.press(*["backspace"] * 7)
        for known in ("doubtful", "half-true", "2"):  # of the codebook, of another one, a key
            await r.type(known)
            assert "There is no" not in r.text
            await r.press(*["backspace"] * len(known))
        await r.type("xyz")
        await r.press("enter")
        assert "There is no tag “xyz”. Esc shows all." in " ".join(r.text.split())
        await r.press("escape", "/")
        await r.burst(*"source:Ada", "enter")  # Enter comes before the answer
        told = "There is no source “Ada”. Esc shows all."
        await r.until(lambda: told in " ".join(r.text.split()))


async def test_messages_cover_no_line_that_one_works_in_and_errors_go_when_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"Statement {n} is here.\n\n" for n in range(40))
    said = "Something that is said, and so long that a row of the window has no room for it."
    async with reading(tmp_path / "l.db", article(tmp_path, text), size=(80, 24)) as r:
        for key in ("4", "j") * 30:
            r.app.post_message(key_event(key))
        await r.rest()
        for keys, words in (
            (["tab", "G"], "shown to be wrong. Say in the note what speaks against it."),
            (["g"], "“Statement 0 is here.”"),
            (["escape", "G", "5"], "“Statement 39 is here.”"),
            (["g"], "Statement 0 is here."),
        ):
            await r.press(*keys)
            await r.until(lambda words=words: words in r.text)
            r.screen.say(said)
            await r.rest()
            assert "Something that is said" in r.text
            assert words in r.text
            assert "saved" in r.lines[0]
        monkeypatch.setattr("reader.tui.notices.READ_SECONDS", -1.0)
        await r.press("?")
        assert "Something" not in r.text  # nor of a dialog that is opened over it
        await r.press("escape")
        await r.press("tab", "/", *"is:nonsense", "enter")
        assert "no field “is:”" in r.said[-1]
        await r.press(*["backspace"] * 11, *"tag:doubtful", "enter")
        assert not [each for each in r.said if "no field" in each]


async def test_who_has_marked_is_told_without_those_who_have_not(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("tab", "/")
        await r.type("by:any")
        assert "Nobody has marked anything." in " ".join(r.text.split())
        assert "have marked" not in r.text
