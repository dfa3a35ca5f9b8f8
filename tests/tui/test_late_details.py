"""Details that another window has changed and this one has not seen: never written over unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.article import Metadata
from reader.services.library import changes
from reader.storage.library import Library
from reader.tui.reading.others import take_news
from tests.tui.library.test_library_acts import NAMES, fill
from tests.tui.reading_harness import Reader, article, reading

TITLE = "A headline that says little"


def theirs(db: Path, **given: str) -> None:
    """Have another window give the article other details."""
    with Library(db) as other:
        uid, ben = other.articles.in_order()[0], other.annotator("ben")
        change = changes.details_change(given)
        changes.perform(other, [uid], change, actor=ben, kind="details", summary="d")


async def stored(reader: Reader) -> Metadata:
    def read(library: Library) -> Metadata:
        found = library.articles.get(library.articles.in_order()[0])
        assert found is not None
        return found.metadata

    return await reader.run(read)


def words(reader: Reader) -> str:
    """The screen without the frames, as one line."""
    return " ".join(line.strip(" │▎▊") for line in reader.lines)


async def to_title(reader: Reader) -> None:
    await reader.press("I", "tab", "tab", "tab", "end")


@pytest.mark.usefixtures("unwatched")
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_title_that_another_window_has_changed_unseen_stays(tmp_path: Path, size) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path), size=size) as reader:
        await to_title(reader)
        await reader.type(" mine")
        theirs(db, title="Theirs")
        await reader.press("tab")
        await reader.type("Eva Roth")
        await reader.press("escape")
        assert (await stored(reader)).title == "Theirs"
        assert (await stored(reader)).byline is None
        said = " ".join(reader.said)
        assert "changed the article's details meanwhile: yours were not saved" in said
        assert "I offers it again" in said
        assert "Theirs" in reader.lines[0]  # what is stored is shown, and what was typed not lost
        await reader.press("I")
        assert "Title is “Theirs” now" in words(reader)
        assert f"{TITLE} mine" in reader.text
        await reader.press("escape")
        found = await stored(reader)
        assert (found.title, found.byline) == (f"{TITLE} mine", "Eva Roth")
        assert f"{TITLE} mine" in reader.lines[0]
        await reader.press("u")
        assert (await stored(reader)).title == "Theirs"
        await reader.press("I")
        assert "was first" not in reader.text  # it is offered once
        await reader.press("escape")
        await reader.consistent()


@pytest.mark.usefixtures("unwatched")
async def test_a_title_that_is_seen_after_it_was_decided_on_stays(tmp_path: Path) -> None:
    """What waits for its turn is judged by what was shown when it was decided."""
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as reader:
        page = reader.screen
        known = page.session.opened.article.metadata
        theirs(db, title="Theirs")
        await take_news(page)
        await reader.until(lambda: "Theirs" in reader.lines[0])
        page.edit_details({"title": "Mine"}, known)
        await reader.rest()
        assert (await stored(reader)).title == "Theirs"
        assert "Theirs" in reader.lines[0]
        await reader.press("I")
        assert "Title is “Theirs” now" in words(reader)
        assert not reader.said  # the dialog tells it now
        await reader.press("ctrl+u")  # it begins at what was typed
        await reader.type("Theirs")
        await reader.press("escape")
        assert await reader.groups() == []  # nothing was written over it


@pytest.mark.usefixtures("unwatched")
async def test_what_was_typed_too_late_outlives_the_program(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as reader:
        await to_title(reader)
        await reader.type(" mine")
        theirs(db, title="Theirs")
        await reader.press("escape")
    async with reading(db, article(tmp_path)) as reader:
        await reader.press("I")
        assert f"{TITLE} mine" in reader.text
        await reader.press("escape")
        assert (await stored(reader)).title == f"{TITLE} mine"


@pytest.mark.usefixtures("unwatched")
async def test_the_list_keeps_what_came_too_late_as_well(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:1])
    async with reading(db) as reader:
        await to_title(reader)
        await reader.type(" mine")
        theirs(db, title="Theirs")
        await reader.press("escape")
        assert (await stored(reader)).title == "Theirs"
        assert "I offers it again" in words(reader)
        await reader.press("I")
        assert "Title is “Theirs” now" in words(reader)
        await reader.press("escape")
        assert str((await stored(reader)).title).endswith(" mine")


@pytest.mark.usefixtures("unwatched")
async def test_what_is_offered_again_outlives_the_program_until_it_is_answered(
    tmp_path: Path,
) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as reader:
        await to_title(reader)
        await reader.type(" mine")
        theirs(db, title="Theirs")
        await reader.press("escape", "I")  # and the program ends while it is offered
    async with reading(db, article(tmp_path)) as reader:
        await reader.press("I")
        assert f"{TITLE} mine" in reader.text
        await reader.press("ctrl+u")
        await reader.type("Theirs")
        await reader.press("escape", "I")  # it was given up
        assert "was first" not in reader.text
        assert (await stored(reader)).title == "Theirs"


@pytest.mark.usefixtures("unwatched")
async def test_what_is_refused_twice_is_offered_together(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as reader:
        page = reader.screen
        known = page.session.opened.article.metadata
        theirs(db, title="Theirs", byline="Ben")
        page.edit_details({"title": "Mine"}, known)
        page.edit_details({"byline": "Ana"}, known)
        await reader.rest()
        found = await stored(reader)
        assert (found.title, found.byline) == ("Theirs", "Ben")
        await reader.press("I")
        assert "Title is “Theirs” now, Byline is “Ben” now" in words(reader)
        await reader.press("escape")
        found = await stored(reader)
        assert (found.title, found.byline) == ("Mine", "Ana")
