"""What another window says of a relation, or of evidence, is not written over unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.storage.library import Library
from reader.tui.relating import proving
from tests.tui.reading_harness import Reader
from tests.tui.relating.test_relating_keys import relations_of
from tests.tui.test_unseen import MEANWHILE, news, told, two_windows

pytestmark = pytest.mark.usefixtures("unwatched")

BEGUN = ("r", "j", "enter", "n", "enter")


async def listed(window: Reader, *keys: str) -> None:
    await window.press("l", *keys)


async def first(window: Reader) -> list[str]:
    return await relations_of(window, "First")


async def test_a_judgement_of_a_relation_stays_when_its_note_is_changed(tmp_path: Path) -> None:
    async with two_windows(tmp_path, *BEGUN) as (one, two):
        await one.press("l", "e", "tab", "tab")
        await two.press("l", "e", "n", "d", "enter")
        assert await first(two) == ["narrows Second deny"]
        await one.type("a note")
        await one.press("enter")
        assert await first(one) == ["narrows Second deny a note"]


async def test_a_judgement_of_a_relation_is_not_written_over_unseen(tmp_path: Path) -> None:
    async with two_windows(tmp_path, *BEGUN) as (one, two):
        await one.press("l", "e", "n")
        await two.press("l", "e", "n", "d", "enter")
        await one.press("s")
        await one.type("a note")
        await one.press("enter")
        assert await first(one) == ["narrows Second deny"]
        assert "What was typed is kept: the same form offers it again." in told(one)
        await one.press("l", "e")
        assert "a note" in one.text
        await one.press("tab", "enter")
        assert await first(one) == ["narrows Second support a note"]


async def test_a_note_on_a_relation_that_came_too_late_is_offered_again(tmp_path: Path) -> None:
    async with two_windows(tmp_path, *BEGUN) as (one, two):
        await one.press("l", "e", "tab", "tab")
        await one.type("mine")
        await two.press("l", "e", "tab", "tab")
        await two.type("theirs")
        await two.press("enter")
        await one.press("enter")
        assert await first(one) == ["narrows Second theirs"]
        assert MEANWHILE in told(one)
        assert "What was typed is kept: the same form offers it again." in told(one)
        await one.press("l")
        assert "note: theirs" in one.text
        await one.press("e")
        assert "mine" in one.text
        await one.press("tab", "enter")
        assert await first(one) == ["narrows Second mine"]
        one.app.clear_notifications()
        await one.press("l", "e")
        assert "being filled in" not in told(one)  # it is offered once


async def test_a_relation_whose_words_are_taken_is_offered_again(tmp_path: Path) -> None:
    async with two_windows(tmp_path) as (one, two):
        await one.press("r", "j", "enter", "n", "tab")
        await one.type("mine")
        await two.press("4")  # the same words are marked there
        await one.press("enter")
        assert await first(one) == []
        assert "What was typed is kept: the same form offers it again." in told(one)
        await one.consistent()
        await one.press("g", "j", "r", "j", "enter")
        assert "mine" in one.text
        await one.press("tab", "enter")
        assert await first(one) == ["narrows Second mine"]
        await one.consistent()


async def test_a_relation_that_was_changed_unseen_is_not_taken_back(tmp_path: Path) -> None:
    async with two_windows(tmp_path, *BEGUN) as (one, two):
        await one.press("l")
        await two.press("l", "e", "tab", "tab")
        await two.type("theirs")
        await two.press("enter")
        await one.press("d")
        assert await first(one) == ["narrows Second theirs"]
        assert MEANWHILE in told(one)
        await one.press("l", "d")
        assert await first(one) == []


async def adduced(window: Reader, citation: str) -> None:
    await window.press("e", "a", "tab")
    await window.type(citation)
    await window.press("ctrl+s", "escape")


async def citations(window: Reader) -> list[tuple[str, str]]:
    """What the evidence is called, and what it says of the first statement."""

    def look(library: Library) -> list[tuple[str, str]]:
        uids = [uid for (uid,) in library.connection.execute("SELECT uid FROM highlight")]
        found = library.evidence.of(uids).values()
        return [(item.evidence.citation or "", item.link.stance) for each in found for item in each]

    return await window.run(look)


async def test_what_came_meanwhile_stays_when_a_tag_rests_on_evidence(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await adduced(one, "The register")
        await one.press("e", "b")
        await one.type("it is in there")
        await two.press("c")
        await news(one)
        await one.press("enter", "escape")
        (item,) = await one.stored()
        (judgement,) = item.judgements
        assert (judgement.confidence, judgement.reason) == ("low", "it is in there")
        assert judgement.because
        await one.consistent()


async def test_a_tag_that_came_meanwhile_is_not_replaced_from_the_evidence(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "f") as (one, two):
        await adduced(one, "The register")
        await news(two)
        await one.press("e")
        await two.press("2")
        await news(one)
        await one.press("4")
        assert list((await two.tags()).values()) == [["plausible"]]
        assert "Another window has changed or removed this tag meanwhile" in told(one)
        await one.press("4", "escape")  # seen, and still wanted
        assert list((await one.tags()).values()) == [["doubtful"]]


async def test_evidence_that_says_something_else_by_now_is_not_unlinked(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await adduced(one, "The register")
        await news(two)
        await one.press("e")
        await two.press("e", "s", "escape")
        await one.press("d", "escape")
        assert MEANWHILE in told(one)
        assert await citations(one) == [("The register", "refutes")]


async def test_evidence_that_is_saved_too_late_is_offered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await adduced(one, "The register")
        await news(two)
        monkeypatch.setattr(proving, "overwritten", lambda *_: False)  # both at the same moment
        await one.press("e", "e")
        await one.type(" of parishes")
        await two.press("e", "e")
        await two.type(" of visitors")
        await two.press("ctrl+s", "escape")
        await one.press("ctrl+s")
        assert await citations(one) == [("The register of visitors", "supports")]
        assert "What was typed is kept: the same form offers it again." in told(one)
        await one.press("e")
        assert "The register of parishes" in one.text
        await one.press("ctrl+s", "escape")
        assert await citations(one) == [("The register of parishes", "supports")]
