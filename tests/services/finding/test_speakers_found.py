"""Who said a statement, and the evidence for it: found by search, and readable in SQL."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlite_utils

from reader.services.annotating import history
from reader.services.care import doctor
from reader.services.finding.highlights import find_highlights
from tests.services.exchange_desk import Desk
from tests.services.saying import Saying
from tests.services.searching_desk import STORM, found, is_right


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path / "a.db")
    desk.add(STORM, title="Storm")
    yield desk
    desk.library.close()


def test_names_aliases_and_evidence_are_found_with_the_statement(desk: Desk) -> None:
    saying = Saying(desk.library, desk.me)
    mark = desk.tag(25, 60, "doubtful")
    wire = saying.source("Wire Agency", "organisation")
    ministry = saying.source("Ministry of Bridges", "organisation")
    saying.said(mark, ministry, None, wire)
    assert found(desk, "ministry") == {"Storm": [("source", "Ministry")]}
    assert found(desk, "agency ministry").keys() == {"Storm"}
    alias = saying.alias(ministry, "MoB")
    assert found(desk, "mob") == {"Storm": [("source", "MoB")]}
    other = saying.source("Department for Crossings")
    saying.merge(ministry, other)  # a source of a source: all of its names are found
    assert found(desk, "department") == {"Storm": [("source", "Department")]}
    assert found(desk, "bridges").keys() == {"Storm"}
    saying.change("source", other, name="Office for Crossings")
    assert (found(desk, "department"), found(desk, "office crossings").keys()) == ({}, {"Storm"})
    saying.remove("source_alias", alias)
    assert found(desk, "mob") == {}
    report = saying.evidence("Inspection report 12", excerpt="hairline fractures")
    (link,) = saying.shows(mark, "refutes", report)
    assert found(desk, "inspection fractures") == {"Storm": [("evidence", "Inspection|fractures")]}
    assert list(find_highlights(desk.library, "fractures", desk.me)) == [1]
    assert list(find_highlights(desk.library, "crossings", desk.me)) == [1]
    saying.change("evidence", report, excerpt="deep cracks")
    assert (found(desk, "fractures"), found(desk, "deep").keys()) == ({}, {"Storm"})
    is_right(desk)
    saying.remove("evidence_link", link)
    assert found(desk, "deep") == {}
    article = desk.article.uid
    while (undone := history.undo(desk.library, article, desk.me)) is not None:
        is_right(desk)
        if undone.summary == "attribution":
            assert found(desk, "ministry") == {}
    is_right(desk)
    desk.library.log.rebuild()
    is_right(desk)
    assert doctor.examine(desk.library.path).findings == []


def test_the_views_read_plainly(desk: Desk) -> None:
    saying = Saying(desk.library, desk.me)
    one, other = desk.tag(25, 60, "doubtful"), desk.tag(63, 83, "plausible")
    mayor = saying.source("The mayor", "office", "described", role="head of the city")
    saying.said(one, mayor, None, saying.source("Wire"), voice="direct", act="deny")
    saying.alias(mayor, "Mayor Example")
    saying.relate(other, "contradicts", one, "cracks are not safe")
    saying.shows(other, "supports", saying.evidence("Photograph", url="https://photo.example/1"))
    saying.evidence("Not used yet")
    database = sqlite_utils.Database(desk.library.path)
    rows = {row["highlight_id"]: row for row in database["highlights"].rows}
    shown = ("source", "chain", "voice", "act")
    assert [rows[one][name] for name in shown] == ["The mayor", "The mayor > ? > Wire > [outlet]",
                                                   "direct", "deny"]  # fmt: skip
    assert [rows[other][name] for name in shown] == [None] * 4
    (listed,) = database["sources"].rows_where("role IS NOT NULL")
    assert (listed["name"], listed["aliases"], listed["statements"]) == (
        "The mayor", "Mayor Example", 1,
    )  # fmt: skip
    (relation,) = database["relations"].rows
    assert (relation["from_article"], relation["type"]) == ("Storm", "contradicts")
    assert relation["from_text"] == "A witness saw cracks"
    assert relation["to_highlight_id"] == one
    linked = list(database["evidence_links"].rows)
    assert [(row["citation"], row["stance"], row["text"]) for row in linked] == [
        ("Photograph", "supports", "A witness saw cracks"), ("Not used yet", None, None),
    ]  # fmt: skip
    database.close()
