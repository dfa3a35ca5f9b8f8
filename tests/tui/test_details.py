"""The article's details: verdict, labels, note; in the panel's head; undone; kept over a crash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import TextArea

from reader.assets import load_builtin
from reader.domain.article import Metadata
from reader.domain.highlight import Judgement
from reader.domain.overall import Overall
from reader.services.annotating.overall import WholeArticle
from reader.services.capturing import adding
from reader.services.codebooks import changes as codebook_changes
from reader.services.codebooks import own_tags
from reader.services.exchange import logs as exchange
from reader.storage.library import Library
from reader.tui.reading.others import take_news
from reader.tui.screens.dialogs.details_met import with_more
from reader.tui.widgets.fields import LineField
from tests.tui.reading_harness import Reader, article, reading


async def said(reader: Reader) -> Overall:
    def read(library: Library) -> Overall:
        (uid,) = library.articles.in_order()
        return library.overall.get(uid, library.annotators.find("ana") or "")

    return await reader.run(read)


def head(reader: Reader) -> str:
    region = reader.screen.counts.region
    return reader.lines[region.y + 1][region.x :]


async def test_more_is_said_of_the_verdict_with_the_keys_of_a_judgement(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("I", "c")
        assert "There is no verdict to say that of" in reader.text
        await reader.press("5")
        assert "% how likely" in reader.text
        await reader.press("c", "c", "%")
        await reader.type("likely")
        await reader.press("enter", "R")
        await reader.type("two sources")
        await reader.press("enter")
        assert "moderate confidence" in reader.text
        assert "because: two sources" in reader.text
        (item,) = (await said(reader)).verdicts
        assert (item.code, item.confidence, item.reason) == ("refuted", "moderate", "two sources")
        assert item.likelihood is not None
        assert 55 <= item.likelihood <= 80  # ICD 203: likely
        await reader.press("R", "escape", "escape", "u")
        (item,) = (await said(reader)).verdicts
        assert item.reason is None
        await reader.press("u", "u", "u", "u")
        assert await said(reader) == Overall()
        await reader.consistent()


async def test_the_whole_article_is_judged_labelled_noted_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    async with reading(path, article(tmp_path)) as reader:
        assert "✓ 0" in head(reader)
        await reader.press("I")
        assert "7 statements" in reader.text
        await reader.press("5")
        assert "[5 ✗ refuted]" in reader.text
        assert "incomplete: wants evidence" in reader.text
        assert [item.code for item in (await said(reader)).verdicts] == ["refuted"]  # at once
        await reader.press("4", "tab")
        assert "[4 ! doubtful]" in reader.text
        assert "[5" not in reader.text
        assert "incomplete: wants a note" in reader.text
        await reader.type("to do, Climate")
        await reader.press("tab")
        await reader.type("weak\nall through")
        assert "incomplete" not in reader.text  # it follows what is typed
        await reader.press("escape")
        assert await said(reader) == Overall(
            "weak\nall through", (await said(reader)).verdicts, ("Climate", "to do")
        )
        assert "! doubtful  [Climate, to do]  ✎ weak" in head(reader)
        assert [kind for kind, _ in await reader.groups()] == [
            "verdict", "verdict", "label", "article-note",
        ]  # fmt: skip
        await reader.press("j", "2", "u", "u")
        assert "✎" not in head(reader)
        await reader.press("u", "u", "u", "u")
        assert await said(reader) == Overall()
        assert "✓ 0" in head(reader)
        await reader.press(*["ctrl+r"] * 4)
        assert "! doubtful  [Climate, to do]  ✎ weak" in head(reader)
        await reader.consistent()
    async with reading(path, article(tmp_path)) as reader:
        assert "! doubtful  [Climate, to do]  ✎ weak" in head(reader)
        await reader.press("I", "tab")
        field = reader.app.screen.query_one(LineField)
        assert field.value == "Climate, to do"
        await reader.press("ctrl+u", "end", *["backspace"] * 20)
        await reader.press("escape")
        assert (await said(reader)).labels == ()
        await reader.press("I", "space", "right", "space", "ctrl+s")
        await reader.press("I", "enter", "escape")  # only looked at: the verdict stays
        assert [item.code for item in (await said(reader)).verdicts] == ["refuted"]
    with Library(path) as library:
        before = library.connection.execute("SELECT uid, note FROM article_note").fetchall()
        library.log.rebuild()
        after = library.connection.execute("SELECT uid, note FROM article_note").fetchall()
        assert before == after


async def test_labels_are_completed_and_wrong_ones_told_once(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("I", "tab")
        await reader.type("climate change")
        await reader.press("escape", "I", "tab", "end")
        await reader.type(", cli")
        await reader.until(lambda: reader.app.screen.query_one(LineField)._suggestion)
        await reader.press("right", "escape")
        assert (await said(reader)).labels == ("climate change",)  # the same once more
        await reader.press("I", "tab", "end")
        await reader.type("," + "x" * 61)
        await reader.press("escape")
        assert "A label has 1 to 60 printable characters" in reader.text
        await reader.type("y")
        assert "A label has" not in reader.text
        await reader.press("escape")
        assert "A label has" in reader.text
        await reader.press("escape")
        assert reader.screen.session.overall == await said(reader)
        assert (await said(reader)).labels == ("climate change",)


async def test_a_note_that_was_being_typed_is_offered_again(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    async with reading(path, article(tmp_path)) as reader:
        await reader.press("I", "tab", "tab")
        await reader.type("half a tho")
        drafts = "SELECT text FROM draft"
        await reader.until(lambda: reader.app.screen.drafted)  # then the program dies
        assert await reader.run(lambda lib: lib.connection.execute(drafts).fetchall())
    async with reading(path, article(tmp_path)) as reader:
        assert reader.screen.mode == "READ"
        await reader.press("I")
        assert reader.app.screen.query_one(TextArea).text == "half a tho"
        await reader.press("escape")
        assert (await said(reader)).note == "half a tho"
        assert not await reader.run(lambda lib: lib.connection.execute(drafts).fetchall())


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_details_can_be_reached_on_small_terminals(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as reader:
        await reader.press("I", "1", "tab", "tab")
        await reader.type("seen")
        await reader.until(lambda: "seen" in reader.text)  # it is scrolled to
        await reader.press("escape")
        assert (await said(reader)).note == "seen"


async def test_what_another_window_does_to_the_whole_is_shown(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "l.db"
    async with reading(path, article(tmp_path)) as reader:
        await reader.press("j", "t")
        await reader.type("blame\n")
        with Library(path) as library:
            (uid,) = library.articles.in_order()
            ana = library.annotators.find("ana")
            book = load_builtin("credibility-7")
            whole = WholeArticle(uid, ana, library.overall.get(uid, ana))
            group = whole.toggle_verdict(book, book.facets[0], book.facets[0].tags[4]).group
            library.log.commit(group)
            own = own_tags.make(library, "blame")[0].id
            codebook_changes.rename(library, own, "blame", "shift", ana, label="shifting")
        await take_news(reader.screen)
        await reader.rest()
        assert "✗ refuted" in head(reader)
        assert "shifting" in reader.text
        await reader.press("1")
        assert (await reader.tags())["First comes a plain statement."] == ["corroborated", "shift"]
        await reader.consistent()


async def test_details_that_a_merge_brings_are_shown_in_an_open_window(tmp_path: Path) -> None:
    file = article(tmp_path)
    with Library(tmp_path / "dora.db") as other:
        adding.add_file(other, file, other.annotator("dora"), metadata=Metadata(title="By hand"))
    async with reading(tmp_path / "l.db", file) as reader:
        assert "By hand" not in reader.lines[0]
        with Library(tmp_path / "l.db") as library:
            assert exchange.merge_library(library, tmp_path / "dora.db").is_whole
        await take_news(reader.screen)
        await reader.until(lambda: "By hand" in reader.lines[0])


async def test_what_another_window_says_meanwhile_is_neither_lost_nor_hidden(
    tmp_path: Path,
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as one, reading(db, file) as two:
        page, other = two.screen, one.screen
        for reader in (one, two):
            await reader.press("I", "tab")
            await reader.type("b" if reader is one else "r")
            await reader.press("tab")
            await reader.type("one" if reader is one else "two")
            await reader.press("tab", "end", "!" if reader is one else "?")
        await one.press("ctrl+s", "I", "4")
        await take_news(page)
        await two.until(lambda: "[4 ! doubtful]" in two.text)  # it is shown in the form, too
        await two.until(lambda: page.session.opened.name.endswith("!"))
        await two.press("escape")
        assert (
            "Another window has changed it: Title is “A headline that says little!” now"
            in " ".join(line.strip(" │") for line in two.lines)
        )
        await two.press("escape")  # told, and still wanted
        assert "both are kept, yours below" in " ".join(two.said)
        overall = await said(two)
        assert overall.labels == ("b", "r")
        assert overall.note == "one\n\ntwo"
        assert two.screen.session.opened.name == "A headline that says little?"
        await two.press("I", "R")  # why, of a verdict that another window takes off meanwhile
        await two.type("why")
        await take_news(other)
        await one.rest()
        await one.press("4")
        await take_news(page)
        await two.rest()
        await two.press("enter")
        assert "changed the verdict meanwhile: nothing was saved." in two.text
        assert "why" in two.app.screen.query_one(LineField).value  # it stays there until Esc
        assert (await said(two)).verdicts == ()


def test_what_is_said_of_a_verdict_goes_beside_what_another_window_has_said() -> None:
    before = Judgement("uid", "credibility-7", 2, "credibility", "doubtful", confidence="low")
    theirs, mine = replace(before, confidence="high"), replace(before, reason="why")
    assert with_more(theirs, before, mine) == replace(theirs, reason="why")
    assert with_more(replace(before, reason="theirs"), before, mine) is None
    assert with_more(replace(before, code="refuted"), before, mine) is None
    assert with_more(None, before, mine) is None


async def test_the_title_line_has_the_day_alone_and_the_details_the_time(tmp_path: Path) -> None:
    source = '---\ntitle: "A title"\noutlet: Daily Beacon\ndate: 2026-02-08T07:30:00Z\n---\nText.\n'
    async with reading(tmp_path / "l.db", article(tmp_path, source, "a.md")) as reader:
        assert "Daily Beacon · 2026-02-08   ana" in reader.lines[0]
        await reader.press("I")
        assert "2026-02-08T07:30:00Z" in reader.text
        await reader.press("escape")
        assert "07:30" not in reader.text


async def test_a_file_is_the_same_article_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    path = article(tmp_path)
    async with reading(tmp_path / "l.db", "../article.txt") as reader:
        await reader.press("2")
        assert reader.screen.session.opened.version.origin == str(path)
    async with reading(tmp_path / "l.db", path, "../app/../article.txt") as reader:
        assert list((await reader.tags()).values()) == [["plausible"]]
        await reader.press("J")
        assert reader.said == ["This is the last article."]
