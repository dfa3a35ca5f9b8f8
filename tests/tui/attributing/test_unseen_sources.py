"""What another window does to a source that is listed here is not written over unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.attributing import listing, rating, sources
from reader.services.codebooks.finding import find
from reader.storage.library import Library
from tests.tui.attributing.test_sources_screen import library_of, opened, typed
from tests.tui.reading_harness import Reader, reading

pytestmark = pytest.mark.usefixtures("unwatched")


async def the_first(reader: Reader) -> listing.Shown:
    def look(library: Library) -> listing.Shown:
        return listing.shown(library, listing.listed(library)[0].source)

    return await reader.run(look)


def theirs(db: Path, uid: str, code: str) -> None:
    """Have another window of the same annotator judge a source."""
    with Library(db) as other:
        tag = rating.tag_for(find(other, "admiralty"), "source", code)
        rating.rate(other, "source", uid, other.annotator("ana"), tag)


async def codes(reader: Reader) -> list[str]:
    return [item.judgement.code for item in (await the_first(reader)).ratings]


async def test_a_judgement_that_both_windows_give_is_not_taken_off(tmp_path: Path) -> None:
    db = library_of(tmp_path)
    async with reading(db) as reader:
        await opened(reader)
        await reader.press("r")
        theirs(db, (await the_first(reader)).source.uid, "B")
        await typed(reader, "usually reliable")
        await reader.press("enter")
        assert await codes(reader) == ["B"]
        assert "Another window has changed this meanwhile" in " ".join(reader.said)
        await reader.press("r")
        await typed(reader, "usually reliable")
        assert "· given" in reader.text
        await reader.press("enter")  # seen, and taken off
        assert await codes(reader) == []


async def test_a_judgement_is_not_put_in_the_place_of_one_that_was_not_seen(tmp_path: Path) -> None:
    db = library_of(tmp_path)
    async with reading(db) as reader:
        await opened(reader)
        await reader.press("r")
        theirs(db, (await the_first(reader)).source.uid, "A")
        await typed(reader, "usually reliable")
        await reader.press("enter")
        assert await codes(reader) == ["A"]


async def test_a_source_that_has_another_name_by_now_is_not_deleted(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        await reader.burst("a", "A", "enter")
        uid = (await the_first(reader)).source.uid
        await reader.run(
            lambda library: sources.edit(library, library.annotator("ben"), uid, {"name": "A B"})
        )
        await reader.press("d")
        assert (await the_first(reader)).source.name == "A B"
        assert "Another window has changed this meanwhile" in " ".join(reader.said)
        assert "A B" in reader.text
        await reader.press("d")
        assert (await the_first(reader)).source.uid != uid


async def test_what_another_window_has_taken_away_too_loses_nothing_of_the_form(
    tmp_path: Path,
) -> None:
    """Another name that both take away; the rest of the form is saved."""
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        source = (await the_first(reader)).source

        def name(library: Library, **names: list[str]) -> None:
            sources.edit_all(library, library.annotator("ben"), source, {}, **names)

        await reader.run(lambda library: name(library, names=["Countess"]))
        await reader.press("e", "tab", "tab", "tab")
        await typed(reader, "writer")
        await reader.press("tab", "tab", "tab", "ctrl+u")
        await reader.run(lambda library: name(library, not_names=["Countess"]))
        await reader.press("escape")
        item = await the_first(reader)
        assert (item.source.role, item.aliases) == ("writer", ())


async def test_what_was_typed_into_the_form_comes_back_if_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window writes between the last look and the saving."""
    async with reading(library_of(tmp_path)) as reader:
        await opened(reader)
        uid, edit_all = (await the_first(reader)).source.uid, sources.edit_all

        def late(library: Library, *given, **more):
            monkeypatch.undo()
            sources.edit(library, library.annotator("ben"), uid, {"role": "theirs"})
            return edit_all(library, *given, **more)

        await reader.press("e", "tab", "tab", "tab")
        await typed(reader, "mine")
        monkeypatch.setattr(sources, "edit_all", late)
        await reader.press("escape")
        assert (await the_first(reader)).source.role == "theirs"
        assert "Another window has changed this meanwhile" in " ".join(reader.said)
        assert "Role       mine" in reader.text
        await reader.press("escape")
        assert (await the_first(reader)).source.role == "mine"
        await reader.press("u")
        assert (await the_first(reader)).source.role == "theirs"
