"""What another window does to articles in the list, or to the open one, is not undone unseen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.domain.article import Article
from reader.domain.operation import Change
from reader.services.library import changes
from reader.storage.library import Library
from reader.tui.reading.others import take_news
from tests.tui.library.test_library_acts import NAMES, fill, statuses
from tests.tui.reading_harness import Reader, reading

pytestmark = pytest.mark.usefixtures("unwatched")

MEANWHILE = "another window has changed the status meanwhile."


def theirs(db: Path, make: changes.Make, *names: str) -> None:
    """Have another window do something to articles, by their titles."""
    with Library(db) as other:
        uids = [
            uid
            for uid in other.articles.in_order()
            if (found := other.articles.get(uid)) and found.metadata.title in names
        ]
        ben = other.annotator("ben")
        assert changes.perform(other, uids, make, actor=ben, kind="status", summary="s")


def words(reader: Reader) -> str:
    return " ".join(reader.text.split())


async def test_a_status_that_was_given_unseen_stays(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:3])
    one, *more = NAMES[:3]
    async with reading(db) as r:
        theirs(db, changes.status_change("done"), one)
        await r.press("x", "x", "x", "s")
        await r.type("reading\n")
        assert await statuses(r) == {one: "done", **dict.fromkeys(more, "reading")}
        assert f"1 left out: {MEANWHILE}" in words(r)
        await r.press("G", "s")  # it is shown by now
        await r.type("reading\n")
        assert (await statuses(r))[one] == "reading"
        await r.press("u")
        assert (await statuses(r))[one] == "done"


async def test_a_status_of_an_article_that_was_put_away_unseen_is_not_given(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:1])
    async with reading(db) as r:
        await r.press("s")
        theirs(db, changes.archive_change(archived=True), NAMES[0])
        await r.type("reading\n")
        assert await statuses(r) == {NAMES[0]: "- archived"}
        assert f"Nothing was done: {MEANWHILE}" in words(r)


async def test_what_both_windows_archive_is_archived(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:2])
    async with reading(db) as r:
        theirs(db, changes.archive_change(archived=True), *NAMES[:2])
        await r.press("x", "x", "d")
        assert await statuses(r) == dict.fromkeys(NAMES[:2], "- archived")
        assert "It was so already." in words(r)


async def test_the_open_article_keeps_a_status_that_was_given_unseen(tmp_path: Path) -> None:
    """Also one that came while the question was on the screen."""
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:1])
    async with reading(db) as r:
        await r.press("enter")
        page = r.screen

        async def give(status: str) -> None:
            await r.press(":")
            await r.type("status of the article\n")
            if status == "done":
                theirs(db, changes.status_change(status), NAMES[0])
                await take_news(page)
                await r.rest()
            await r.type("reading\n")

        await give("done")
        assert await statuses(r) == {NAMES[0]: "done"}
        assert "Another window has changed this meanwhile" in " ".join(r.said)
        assert page.session.opened.article.status == "done"
        await give("reading")
        assert await statuses(r) == {NAMES[0]: "reading"}


def test_what_another_program_writes_in_between_is_met(tmp_path: Path) -> None:
    """Between the reading and the writing of one action."""
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:1])
    with Library(db) as library:
        ana, (uid,) = library.annotator("ana"), library.articles.in_order()
        met = []

        def late(library: Library, article: Article) -> Sequence[Change]:
            made = changes.with_status(article, "reading")
            met.append(article.status)
            if len(met) == 1:
                theirs(db, changes.status_change("done"), NAMES[0])
            return made

        group = changes.perform(library, [uid], late, actor=ana, kind="status", summary="reading")
        assert met == [None, "done"]
        assert group is not None
        assert group.changes[0].before == {"status": "done"}
