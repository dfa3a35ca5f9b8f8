"""What two libraries have made on their own, when they meet: what a person said of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from reader.domain.article import Metadata
from reader.domain.operation import Change, Group, now_ms
from reader.domain.text import Span
from reader.services.annotating import history
from reader.services.attributing.offered import nobody
from reader.services.capturing.adding import add_draft
from reader.services.care import doctor
from reader.services.changes.refreshing import add_version
from reader.services.exchange import logs as exchange
from reader.services.library.changes import perform, with_details
from reader.storage.library import Library
from tests.services.meeting_desk import Desk
from tests.services.replicas import TEXTS, draft, log_of
from tests.services.saying import Saying
from tests.storage.stored import state

FOUND = Metadata(title="As found", byline="By nobody")
SKEWS = (("a", 0), ("b", -9), ("c", 9))


class Shelf:
    """A library whose clock is wrong by a constant, in ms."""

    def __init__(self, path: Path, clock: list[int], skew: int) -> None:
        self.library, self.path = Library(path), path
        self.clock, self.skew = clock, skew
        self.me = self.at_its_time(lambda: self.library.annotator(path.stem))

    def at_its_time(self, do):
        self.clock[0] = self.skew
        return do()

    def add(self, given: Metadata | None = None, text: str = TEXTS[0], **found: str) -> str:
        known = replace(FOUND, **found)
        for name in ("title", "byline", "outlet", "published_at"):
            known = replace(known, **{name: getattr(given, name, None) or getattr(known, name)})
        made = replace(draft(text), metadata=known)
        return self.at_its_time(lambda: add_draft(self.library, made, self.me, given)).article.uid

    def edit(self, uid: str, **details: str) -> None:
        def make(_, article) -> list[Change]:
            return with_details(article, details)

        said = {"actor": self.me, "kind": "details", "summary": "details"}
        self.at_its_time(lambda: perform(self.library, [uid], make, **said))

    def metadata(self, uid: str) -> Metadata:
        return self.library.articles.get(uid).metadata

    def meet(self, other: Shelf) -> None:
        """Take each other in: one directly, one by a file."""
        assert self.at_its_time(lambda: exchange.merge_library(self.library, other.path)).is_whole
        file = self.path.with_suffix(".jsonl")
        exchange.export_jsonl(self.library, file, force=True)
        assert other.at_its_time(lambda: exchange.import_jsonl(other.library, file)).is_whole
        assert log_of(self.library) == log_of(other.library)
        assert state(self.library) == state(other.library)
        for library in (self.library, other.library):
            before = state(library)
            library.log.rebuild()
            assert state(library) == before
            assert doctor.examine(library.path).findings == []


@pytest.fixture(params=[-3_600_000, 3_600_000], ids=["earlier", "later"])
def shelves(request, tmp_path: Path, monkeypatch) -> Iterator[tuple[Shelf, Shelf]]:
    """Ana's library, and Dora's, whose clock is an hour wrong."""
    clock = [0]
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: now_ms() + clock[0])
    found = [
        Shelf(tmp_path / "ana.db", clock, 0),
        Shelf(tmp_path / "dora.db", clock, request.param),
    ]
    yield tuple(found)
    for shelf in found:
        shelf.library.close()


def test_what_was_corrected_by_hand_stays_when_another_captured_the_same(shelves) -> None:
    ana, dora = shelves
    uid = ana.add()
    ana.edit(uid, title="Harbour bill", outlet="The Courier", published_at="2026-03-12", byline="")
    assert dora.add() == uid
    seen = ana.library.log.newest()
    ana.meet(dora)
    wanted = Metadata("Harbour bill", None, "The Courier", None, "2026-03-12")
    assert ana.metadata(uid) == dora.metadata(uid) == wanted
    news = history.since(ana.library, uid, seen).state
    assert (news.details, news.version) == (True, False)  # an open window reads them anew


def test_what_was_given_with_adding_counts_as_said_by_hand(shelves) -> None:
    ana, dora = shelves
    uid = ana.add(Metadata(outlet="The Courier"))
    dora.add(Metadata(title="Harbour bill"), byline="Another extractor")
    ana.meet(dora)
    found = dora.metadata(uid)
    assert (found.title, found.outlet) == ("Harbour bill", "The Courier")


def test_the_text_captured_last_is_the_current_one_unless_somebody_chose(shelves) -> None:
    ana, dora = shelves
    page = {"url": "https://example.org/1"}
    uid = ana.add(**page)
    assert dora.add(text=TEXTS[1], **page) == uid
    last = max((ana, dora), key=lambda shelf: shelf.skew)
    wanted = last.library.articles.get(uid).version_uid
    seen = ana.library.log.newest()
    ana.meet(dora)
    assert ana.library.articles.get(uid).version_uid == wanted
    assert history.since(ana.library, uid, seen).state.version == (last is dora)

    other = {"url": "https://example.org/2"}
    uid = ana.add(text=TEXTS[0] + " Two.", **other)
    chosen = ana.at_its_time(
        lambda: add_version(ana.library, uid, draft(TEXTS[2] + " Two."), ana.me).version
    )
    dora.add(text=TEXTS[1] + " Two.", **other)
    ana.meet(dora)
    assert ana.library.articles.get(uid).version_uid == chosen


def test_the_source_that_all_have_keeps_the_name_that_it_was_given(shelves) -> None:
    ana, dora = shelves
    source = nobody()
    fields = {"name": source.name, "kind": source.kind, "naming": source.naming}
    for shelf in (ana, dora):
        group = Group("source", shelf.me, None, (Change("source", source.uid, fields),))
        shelf.at_its_time(lambda group=group, shelf=shelf: shelf.library.log.commit(group))
        if shelf is ana:
            ana.at_its_time(
                lambda: Saying(ana.library, ana.me).change("source", source.uid, name="(nobody)")
            )
    ana.meet(dora)
    assert {item.name for page in dora.library.sources.pages() for item in page} == {"(nobody)"}


def test_what_is_left_open_in_one_attribution_takes_nothing_from_the_other(tmp_path: Path) -> None:
    one, two = Desk(tmp_path / "one.db", "ana"), Desk(tmp_path / "two.db", "ben")
    one.tag(Span(0, 14), 1)
    two.take(one)
    (mark,) = one.known().index
    mayor = Saying(one.library, one.me).source("The mayor")
    Saying(one.library, one.me).said(mark.uid, mayor, voice="direct")
    uid = Saying(two.library, two.me).said(mark.uid, act="denies", origin="suggestion:x@1:accepted")
    two.take(one)
    one.take(two)
    query = "SELECT voice, act, origin, hops FROM attribution WHERE uid = ?"
    for desk in (one, two):
        voice, act, origin, hops = desk.library.connection.execute(query, (uid,)).fetchone()
        assert (voice, act, origin) == ("direct", "denies", "manual")
        assert mayor in hops
        desk.check()
    assert state(one.library) == state(two.library)


def test_any_order_of_meeting_gives_the_same(tmp_path: Path, monkeypatch) -> None:
    clock, found = [0], []
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: now_ms() + clock[0])
    made = [
        Shelf(tmp_path / f"{name}.db", clock, skew)
        for name, skew in zip("abc", (0, -9, 9), strict=True)
    ]
    for number, shelf in enumerate(made):
        uid = shelf.add(title=f"Found {number}")
    made[0].edit(uid, title="Harbour bill")
    made[1].edit(uid, outlet="The Courier")
    for order in list(permutations(made))[1::2]:
        with Library(tmp_path / f"all-{len(found)}.db") as everything:
            for shelf in order:
                assert exchange.merge_library(everything, shelf.path).is_whole
            found.append(state(everything))
            article = everything.articles.get(uid).metadata
            assert (article.title, article.outlet) == ("Harbour bill", "The Courier")
    assert all(one == found[0] for one in found)
    for shelf in made:
        shelf.library.close()


def test_an_older_library_gets_back_what_was_lost(shelves) -> None:
    ana, dora = shelves
    uid = ana.add()
    ana.edit(uid, outlet="The Courier")
    dora.add()
    ana.meet(dora)
    before, connection = state(ana.library), ana.library.connection
    connection.execute("UPDATE article SET outlet = NULL, rev = rev + 1")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm020_made_twice'")
    connection.execute("PRAGMA user_version=19")
    ana.library.close()
    with Library(ana.path) as library:
        assert state(library) == before
        assert library.articles.get(uid).metadata.outlet == "The Courier"
