"""A page captured again: highlights carried over, undone, merged; nothing moved silently."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.highlight import Fate
from reader.domain.text import Role
from reader.services import showing
from reader.services.annotating import history, placing
from reader.services.care import doctor
from reader.services.changes import comparing
from reader.services.changes.refreshing import add_version
from reader.services.changes.settling import settle
from reader.services.exchange import exporting, reporting
from reader.services.exchange import logs as exchange
from reader.services.telling.history import of_highlight
from reader.storage.articles import Place
from reader.storage.library import Library
from tests.services.changes_desk import BOOK, OLD, ChangingDesk, draft
from tests.storage.stored import state

PLAN, CHOICE = "It approved the plan by nine votes to four.", '"We have no choice."'
NEW = "Corrected.\n\n" + OLD.replace("votes to four", "votes to five").replace(
    " Nobody spoke against it.", ""
)


@pytest.fixture
def desk(tmp_path: Path):
    with Library(tmp_path / "reader.db") as library:
        yield ChangingDesk(library)


def consistent(desk: ChangingDesk) -> None:
    assert doctor.examine(desk.library.path).findings == []
    before = state(desk.library)
    desk.library.log.rebuild()
    assert state(desk.library) == before


def test_highlights_go_along_and_what_changed_is_marked(desk: ChangingDesk) -> None:
    plan, choice, gone = desk.tag(PLAN), desk.tag(CHOICE), desk.tag("Nobody spoke against it.")
    same = desk.refresh(OLD)
    assert (same.changed, same.fates, same.before) == (False, {}, same.version)
    known = desk.known()
    desk.library.log.commit(known.role_change(0, Role.BODY, Role.CREDIT, changed_before=False))
    at = OLD.index("A second")
    desk.library.articles.keep_place(desk.article, desk.me, Place(at, at + 5, 9, "now"))
    desk.library.drafts.keep(desk.me, known.version_uid, at, at + 25, "half a no", "now")

    done = desk.refresh(NEW)
    assert done.changed
    assert done.fates == {Fate.REWORDED: 1, Fate.ORPHANED: 1, Fate.KEPT: 1}
    assert desk.said(plan) == ("reworded", PLAN.replace("four", "five"), PLAN)
    assert desk.said(choice) == ("kept", CHOICE, CHOICE)
    assert desk.said(gone) == ("orphaned", "Nobody spoke against it.", None)
    assert desk.all()[gone].version_uid == done.before
    assert desk.library.articles.version(done.version).roles == {12: Role.CREDIT}
    there = NEW.index("A second")
    assert desk.library.articles.place(desk.article, desk.me) == Place(there, there + 5, 9, "now")
    where = (desk.me, done.version)
    assert desk.library.articles.begun_notes(*where) == [(there, there + 25)]
    assert desk.library.drafts.get(*where, there, there + 25) == "half a no"
    consistent(desk)

    events = of_highlight(desk.library, desk.all()[plan], lambda *_: "tag")
    assert [event.what for event in events][-1] == "other words in another version"
    undone = history.undo(desk.library, desk.article, desk.me)
    assert (undone.summary, undone.version) == ("another version", True)
    assert desk.said(plan) == (None, PLAN, None)
    assert desk.said(gone)[0] is None
    assert history.redo(desk.library, desk.article, desk.me).version
    assert desk.said(plan)[0] == "reworded"
    consistent(desk)


def test_a_word_put_in_beside_what_was_judged_is_told(desk: ChangingDesk) -> None:
    desk.tag("No date has been set.")
    desk.tag("approved the plan by nine votes")
    desk.tag("have no choice")
    done = desk.refresh(OLD.replace("It approved", "It hardly approved").replace("Nobody", "None"))
    marks = comparing.marks_of(desk.library, done.article)
    assert [(mark.words, mark.fate, mark.is_beside_a_change) for mark in marks] == [
        ("approved the plan by nine votes", Fate.KEPT, True),
        ("have no choice", Fate.KEPT, False),
        ("No date has been set.", Fate.KEPT, False),
    ]


def test_what_is_to_be_looked_at_stays_so_until_somebody_has(desk: ChangingDesk) -> None:
    plan = desk.tag(PLAN)
    desk.refresh(NEW)
    desk.refresh("Updated.\n\n" + NEW)
    assert desk.said(plan) == ("reworded", PLAN.replace("four", "five"), PLAN)
    known = desk.known()
    (marked,) = known.index
    known.apply(edit := placing.move_ends(known, marked, replace(marked, end=marked.end - 1).span))
    desk.library.log.commit(edit.group)
    assert desk.said(plan) == ("confirmed", PLAN.replace("four.", "five"), PLAN)
    desk.refresh("Once more.\n\n" + NEW)
    assert desk.said(plan)[0] == "kept"
    consistent(desk)


def test_a_page_that_goes_back_has_all_highlights_as_they_were(desk: ChangingDesk) -> None:
    uids = [desk.tag(quote) for quote in (PLAN, CHOICE, "Nobody spoke against it.")]
    before = [desk.said(uid) for uid in uids]
    desk.refresh(NEW)
    done = desk.refresh(OLD)
    assert done.version == desk.library.articles.versions(desk.article)[0].uid
    assert [desk.said(uid) for uid in uids[:2]] == before[:2]
    assert desk.said(uids[2]) == ("kept", "Nobody spoke against it.", None)
    consistent(desk)


def test_two_highlights_that_come_to_the_same_words_are_both_kept(desk: ChangingDesk) -> None:
    long, short = desk.tag(CHOICE), desk.tag("We have no choice.")
    desk.refresh(OLD.replace('"We have no choice."', "We have no choice."))
    assert {desk.said(long)[1], desk.said(short)[1]} == {"We have no choice."}
    assert sorted([desk.said(long)[0], desk.said(short)[0]]) != ["kept", "kept"]
    consistent(desk)


def test_one_refreshed_the_other_went_on_and_both_are_right(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as one, Library(tmp_path / "b.db") as two:
        ana = ChangingDesk(one)
        plan, gone = ana.tag(PLAN), ana.tag("Nobody spoke against it.")
        assert exchange.merge_library(two, one.path).is_whole
        bob = ChangingDesk(two, handle="bob")
        ana.refresh(NEW)
        date = bob.tag("No date has been set.")
        council = bob.tag("The council met on Monday.")
        bob.me, moved = ana.me, bob.all()[plan]  # the same person, at her other machine
        known = bob.known()
        two.log.commit(
            placing.move_ends(known, moved, replace(moved, end=moved.end - 1).span).group
        )
        for _ in range(2):
            assert exchange.merge_library(one, two.path).is_whole
            assert exchange.merge_library(two, one.path).is_whole
        for desk in (ana, bob):
            assert desk.said(date) == ("kept", "No date has been set.", "No date has been set.")
            assert desk.said(council)[0] == "kept"
            assert desk.said(plan) == ("reworded", PLAN[:-5] + "five", PLAN[:-1])
            assert desk.said(gone)[0] == "orphaned"
            assert not settle(desk.library, desk.article)
            consistent(desk)
        assert state(one)["highlight"] == state(two)["highlight"]
        assert list(one.log.operations(everything=True)) == list(
            two.log.operations(everything=True)
        )


def test_undo_after_another_persons_refresh_does_not_fall_back_to_the_old_text(
    desk: ChangingDesk,
) -> None:
    plan = desk.tag(PLAN)
    bob = desk.library.annotator("bob")
    known = desk.known()
    desk.library.log.commit(known.delete(known.index.get(plan)).group)
    add_version(desk.library, desk.article, draft(NEW), bob)
    assert history.undo(desk.library, desk.article, desk.me).summary == "delete highlight"
    assert desk.said(plan) == ("reworded", PLAN.replace("four", "five"), PLAN)
    assert history.undo(desk.library, desk.article, desk.me).summary == "✓ corroborated"
    consistent(desk)


def test_exports_name_what_became_of_each_highlight_and_the_version_it_is_on(
    desk: ChangingDesk, tmp_path: Path
) -> None:
    for quote in (PLAN, CHOICE, "Nobody spoke against it."):
        desk.tag(quote)
    done = desk.refresh(NEW)
    before, after = desk.library.articles.versions(desk.article)
    exporting.export_csv(desk.library, None, tmp_path / "a.csv", codebook=BOOK)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["text"], row["fate"], row["earlier_text"], row["article_sha256"])
                for row in csv.DictReader(file)]  # fmt: skip
    assert rows == [
        (PLAN.replace("four", "five"), "reworded", PLAN, after.sha256),
        (CHOICE, "kept", "", after.sha256),
        ("Nobody spoke against it.", "orphaned", "", before.sha256),
    ]
    shown = showing.as_document(desk.library, done.article)
    assert [item["fate"] for item in shown["highlights"]] == ["reworded", "kept"]
    (orphan,) = shown["orphans"]
    assert (orphan["text"], orphan["sha256"]) == ("Nobody spoke against it.", before.sha256)
    reporting.export_markdown(desk.library, None, tmp_path / "a.md", codebook=BOOK)
    report = (tmp_path / "a.md").read_text("utf-8")
    assert "Nobody spoke against it." in report
    assert "⌀ orphaned" in report
    assert "≈ reworded" in report


def test_a_report_says_when_it_was_judged_not_when_it_was_carried(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        desk = ChangingDesk(library)
        uid = desk.tag(CHOICE, 2)
        for table in ("highlight", "judgement"):
            library.connection.execute(f"UPDATE {table} SET updated_at = '2001-02-03T04:05:06Z'")
        desk.refresh(NEW)
        assert desk.said(uid)[0] == "kept"
        assert not desk.all()[uid].updated_at.startswith("2001")
        out = io.StringIO()
        reporting.export_markdown(library, None, out, codebook=BOOK)
        assert "- by: ana, judged 2001-02-03 04:05 UTC, credibility-7" in out.getvalue()
        assert "- newest judgement: 2001-02-03 04:05 UTC\n" in out.getvalue()
