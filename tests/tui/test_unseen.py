"""What is decided on an older state than the stored one never writes over what was not seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.storage.library import Library
from reader.tui.reading.others import take_news
from tests.tui.reading_harness import Reader, article, reading

pytestmark = pytest.mark.usefixtures("unwatched")

FIRST = "First comes a plain statement."
MEANWHILE = "Another window has changed this meanwhile: what you did there was not done."


@asynccontextmanager
async def two_windows(folder: Path, *begin: str) -> AsyncIterator[tuple[Reader, Reader]]:
    """Run two windows on the first statement; both know what the first one has done there."""
    db, file = folder / "l.db", article(folder)
    async with reading(db, file) as one, reading(db, file) as two:
        await one.press("j", *begin)
        await two.press("j")
        await news(two)
        yield one, two


async def news(window: Reader) -> None:
    """Have a window see what the others have done, also below a dialog."""
    for page in window.app.reading_screens():
        await take_news(page)
    await window.rest()


def told(reader: Reader) -> str:
    return " ".join(reader.said)


async def noted(window: Reader, text: str = "seen by one") -> None:
    await window.press("a")
    await window.type(text)
    await window.press("escape")


@pytest.mark.parametrize(("begun", "key"), [("4", "d"), ("4", "4"), ("f", "f"), ("h", "d")])
async def test_what_has_another_note_by_now_is_not_deleted(
    tmp_path: Path, begun: str, key: str
) -> None:
    """Deleting it, or taking off the last thing on it, would take the note with it."""
    async with two_windows(tmp_path, begun) as (one, two):
        await noted(two)
        await one.press(key)
        assert MEANWHILE in told(one)
        (item,) = await one.stored()
        assert item.note == "seen by one"
        await one.consistent()
        await one.press("d")  # seen, and still wanted
        assert await one.stored() == []
        await one.press("u")
        (item,) = await one.stored()
        assert item.note == "seen by one"
        await one.consistent()


@pytest.mark.parametrize(
    ("begun", "theirs", "key"), [("f", "4", "f"), ("f", "4", "d"), ("4", "c", "d"), ("4", "f", "d")]
)
async def test_what_was_judged_meanwhile_is_not_deleted(
    tmp_path: Path, begun: str, theirs: str, key: str
) -> None:
    async with two_windows(tmp_path, begun) as (one, two):
        await two.press(theirs)
        wanted = await two.stored()
        await one.press(key)
        assert MEANWHILE in told(one)
        assert await one.stored() == wanted
        await one.consistent()


@pytest.mark.parametrize("key", ["d", "4"])
async def test_what_somebody_is_said_to_say_meanwhile_is_not_deleted(
    tmp_path: Path, key: str
) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await two.press("s")
        await two.type("Ada")
        await two.press("enter")
        await one.press(key)
        assert MEANWHILE in told(one)
        (item,) = await one.stored()
        assert await one.run(lambda library: library.attributions.of(item.uid))
        await one.consistent()


async def test_marked_entries_are_deleted_without_what_was_noted_meanwhile(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "4", "j", "2") as (one, two):
        await noted(two)
        await one.press("tab", "g", "g", "x", "x", "d")
        assert MEANWHILE in told(one)
        assert len(await one.stored()) == 2  # they are one action: all of it is refused
        await one.consistent()


async def reasoned(window: Reader, text: str) -> None:
    await window.press("R", "ctrl+u")
    await window.type(text)
    await window.press("enter")


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_reason_is_not_written_over_one_that_came_while_it_was_typed(
    tmp_path: Path, key: str
) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await one.press("R")
        await one.type("mine")
        await two.press("c")
        await reasoned(two, "theirs")
        await news(one)
        await one.press(key)
        assert "the reason is “theirs” now" in one.text
        (item,) = await two.stored()
        assert item.judgements[0].reason == "theirs"
        await one.press(key)  # seen, and still wanted
        (item,) = await one.stored()
        assert (item.judgements[0].reason, item.judgements[0].confidence) == ("mine", "low")
        await one.press("u")
        (item,) = await one.stored()
        assert item.judgements[0].reason == "theirs"
        await one.consistent()


async def test_the_same_reason_in_both_windows_is_no_matter(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await one.press("R")
        await one.type("same")
        await reasoned(two, "same")
        await news(one)
        await one.press("enter")
        assert one.screen.mode == "READ"  # nothing is asked
        assert len(await one.groups()) == 2


async def test_a_likelihood_is_not_written_over_one_that_came_meanwhile(tmp_path: Path) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await one.press("%", "3", "0")
        await two.press("%", "7", "0", "enter")
        await news(one)
        await one.press("enter")
        assert "the likelihood is “70” now" in one.text
        await one.press("escape")
        (item,) = await one.stored()
        assert item.judgements[0].likelihood == 70
        await one.consistent()


@pytest.mark.parametrize("theirs", ["c", "d", "3"])
async def test_a_reason_that_came_too_late_is_offered_again(tmp_path: Path, theirs: str) -> None:
    async with two_windows(tmp_path, "4") as (one, two):
        await two.press(theirs)
        wanted = await two.stored()
        await reasoned(one, "mine")
        assert await one.stored() == wanted
        assert "your reason was not saved. What was typed is kept: R offers it again" in told(one)
        await one.consistent()
        await one.press(*([] if wanted else ["4"]), "R")
        assert "Another window was first: there is none now." in one.text
        assert "mine" in one.text
        await one.press("enter")
        (item,) = await one.stored()
        assert item.judgements[0].reason == "mine"
        await one.press("R", "escape")
        assert len(one.app.screen_stack) == 1
        assert "was first" not in told(one)


async def labels(window: Reader) -> tuple[str, ...]:
    def read(library: Library) -> tuple[str, ...]:
        return library.overall.get(library.articles.in_order()[0], library.annotator("ana")).labels

    return await window.run(read)


async def labelled(window: Reader, text: str, *keys: str) -> None:
    await window.press("I", "tab", *keys)
    await window.type(text)
    await window.press("escape")


async def test_labels_of_two_windows_come_beside_each_other(tmp_path: Path) -> None:
    async with two_windows(tmp_path) as (one, two):
        await labelled(one, "money, old")
        await news(two)
        await labelled(two, "both, theirs", "ctrl+u")
        assert await labels(two) == ("both", "theirs")
        await labelled(one, ", both, mine", "end")
        assert await labels(one) == ("both", "mine", "theirs")
        assert "Another window has changed the labels meanwhile" in told(one)
        assert one.screen.session.overall is not None
        assert one.screen.session.overall.labels == ("both", "mine", "theirs")
        await labelled(two, "theirs", "ctrl+u")  # `both` and what it has not seen are not there
        assert await labels(one) == ("mine", "theirs")
        await one.press("u")
        assert await labels(one) == ("both", "mine", "theirs")


async def test_labels_from_the_list_come_beside_those_of_another_window(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as one, reading(db) as two:
        await two.press("I", "tab")
        await two.type("both, mine")
        await labelled(one, "both, theirs")
        await two.press("escape")
        assert await labels(one) == ("both", "mine", "theirs")
        assert "Label mine. u takes it back." in two.text


@pytest.mark.parametrize("from_list", [False, True])
async def test_a_reason_for_the_verdict_that_came_too_late_is_told(
    tmp_path: Path, from_list: bool
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as two:
        await two.press("I", "4", "escape")
        async with reading(db, *([] if from_list else [file])) as one:
            await one.press("I", "R")
            await one.type("mine")
            await two.press("I", "c", "escape")
            await one.press("enter", "escape")
            shown = " ".join(line.strip(" │▏") for line in one.lines)
            assert "What you had typed is “mine”" in f"{told(one)} {shown}"

            def look(library: Library) -> list[str | None]:
                uid, ana = library.articles.in_order()[0], library.annotator("ana")
                (verdict,) = library.overall.get(uid, ana).verdicts
                return [verdict.confidence, verdict.reason]

            assert await two.run(look) == ["low", None]
