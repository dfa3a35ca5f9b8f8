"""What other annotators have marked is listed, and stays theirs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from reader.services.annotating import history
from reader.tui.reading import others
from reader.tui.saving.watching import Watch
from tests.tui.reading_harness import article, reading


async def test_others_highlights_are_listed_and_gone_to(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, annotator="ben") as r:
        await r.press("j", "j", "j", "4", "a")
        await r.type("too short")
        await r.press("escape")
    async with reading(db, file) as r:
        await r.press("j", "2", ":")
        await r.type("others")
        await r.press("enter")
        assert "Others' highlights" in r.text
        assert "Third is short." in r.text
        assert "ben" in r.text
        assert "doubtful. too short" in r.text
        assert "First comes" not in r.text.partition("Others' highlights")[2].partition("ben")[0]
        await r.press("enter")
        assert r.here == "Third is short."
        assert list((await r.tags()).values()) == [["plausible"]]
        await r.consistent()


async def test_a_look_finds_no_screens_when_the_program_is_being_left(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        watch = Watch(reader.app)
        await watch._look()
        watch._list_due = True
        stack = reader.app._screen_stack
        screens = stack[:]
        stack.clear()  # as Textual does before it ends what still runs
        try:
            await watch._show_list()
        finally:
            stack.extend(screens)
        assert watch._list_due


async def test_news_that_are_older_than_what_was_done_meanwhile_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "2", "c")
        run, late = r.screen.database.run, ["c"]

        async def slowly(job):
            found = await run(job)
            if late and isinstance(job, partial) and job.func is history.since:
                late.pop()
                r.screen.action_confidence()
                await r.screen.saver.settled()
            return found

        monkeypatch.setattr(r.screen.database, "run", slowly)
        assert await others.take_news(r.screen)
        monkeypatch.undo()
        assert not late
        assert r.said == []
        (item,) = await r.stored()
        assert item.judgements[0].confidence == "moderate"
        await r.consistent()
        await r.press("c")
        assert [summary for _, summary in await r.groups()][-1] == "confidence high"


async def test_a_form_on_what_another_window_removed_is_refused_and_told(tmp_path: Path) -> None:
    """The highlight goes while each form of a statement is open; nothing typed is lost."""
    db, file = tmp_path / "l.db", article(tmp_path)
    first = "First comes a plain statement."
    async with reading(db, file) as one, reading(db, file) as two:
        page = two.screen

        async def removed() -> None:
            """Tag here, let the form be opened there, and take it away here."""
            await one.press("d")
            assert await one.stored() == []
            await others.take_news(page)
            two.app.clear_notifications()
            await two.rest()

        def told() -> str:
            """What was said since it was taken away, and shown."""
            return " ".join(two.said)

        async def tagged() -> None:
            await one.press("4")
            await others.take_news(page)

        await one.press("j")
        await two.press("j")

        await tagged()
        await two.press("s")
        await two.type("Ada")
        await removed()
        await two.press("enter")
        assert "Another window has removed this highlight" in told()
        assert await one.stored() == []
        assert "Who said it?" in two.text
        assert "Ada" in two.text
        await two.press("enter")  # seen, and still wanted
        (item,) = await one.stored()
        assert item.judgements == ()
        assert "said by Ada" in two.said[-1]
        await two.press("u")
        await others.take_news(one.screen)

        await tagged()
        await two.press("e", "a", "s", "tab")
        await two.type("The register")
        await removed()
        await two.press("ctrl+s")
        assert "Another window has removed this highlight" in told()
        assert "offers it again" in told()
        assert await one.stored() == []
        await two.press("a")
        assert "Citation   The register" in two.text
        await two.press("ctrl+s", "escape")
        assert [two.words(item) for item in await one.stored()] == [first]
        await others.take_news(one.screen)
        await two.press("e", "enter")
        await one.press("e", "enter")
        await two.type(" of visitors")
        await one.type(" of parishes")
        await one.press("ctrl+s", "escape")
        two.app.clear_notifications()
        await two.press("ctrl+s")  # the same field, which is not written over unseen
        assert "Another window has changed this meanwhile. What was typed is kept" in told()
        assert "The register of parishes" in two.text
        await two.press("enter")
        assert "Citation   The register of visitors" in two.text
        await two.press("ctrl+s", "escape")
        (found,) = await one.run(lambda library: library.evidence.all())
        assert found[0].citation == "The register of visitors"
        await two.press("u", "u", "u")
        await others.take_news(one.screen)

        await tagged()
        await two.press("R")
        await two.type("a guess")
        await removed()
        await two.press("enter")
        assert "Another window has removed this highlight" in two.text
        await two.press("escape")
        assert two.screen.mode == "READ"
        assert await one.stored() == []

        await tagged()
        await two.press("r", "j", "enter", "s", "tab")
        await two.type("so it seems")
        await removed()
        await two.press("enter")
        assert "Another window has removed this highlight" in told()
        assert await one.stored() == []
        await two.press("enter")
        assert "so it seems" in two.text
        await two.press("escape", "escape")

        await tagged()
        await two.press("a")
        await two.type("mine")
        await removed()
        await two.press("escape")
        assert "removed this highlight meanwhile: your note is kept" in told()
        (item,) = await one.stored()
        assert item.note == "mine"
        await two.consistent()
