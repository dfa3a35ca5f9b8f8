"""Rows of a CSV that are somebody else's: told whose they are, and taken in as one's own."""

from __future__ import annotations

from pathlib import Path

from reader.__main__ import main
from reader.services.care import doctor
from reader.services.importing import import_csv
from tests.services.exchange_desk import Desk
from tests.services.saying import Saying


def test_they_are_told_and_become_new_highlights_of_ones_own(tmp_path: Path, capsys) -> None:
    desk = Desk(tmp_path / "a.db")
    desk.add()
    ben = desk.library.annotator("ben")
    one = desk.tag(11, 23, "contested", who="ben", note="why")
    two = desk.tag(24, 37, "doubtful", who="ben")
    saying = Saying(desk.library, ben)
    saying.said(one, saying.source("Agency"), voice="indirect")
    saying.relate(one, "contradicts", two)
    saying.shows(two, "supports", saying.evidence("Minutes"))
    file, before = desk.file(tmp_path / "x.csv"), desk.rows()

    report = desk.read(file)
    assert (report.imported, report.present, report.others) == (0, 2, {"ben": 2})
    words = ("--db", str(tmp_path / "a.db"), "--annotator", "ana", "import", "csv", str(file))
    assert main(list(words)) == 0
    said = capsys.readouterr().err
    assert "Already there as ben's, by the columns annotator and highlight_id: 2 rows." in said
    assert "To have them as ana's, too: --as-mine." in said
    assert desk.rows() == before

    report = import_csv(desk.library, file, desk.me, as_mine=True)
    assert (report.imported, report.relations, report.evidence) == (2, 1, 1)
    mine = [row for row in desk.rows() if row["annotator"] == "ana"]
    assert {row["highlight_id"] for row in mine}.isdisjoint((one, two))
    assert [row["note"] for row in mine] == ["why", ""]
    assert [(row["source"], row["voice"]) for row in mine] == [("Agency", "indirect"), ("", "")]
    assert mine[0]["relations"] == f"contradicts:{mine[1]['highlight_id']}"
    assert "supports:Minutes" in mine[1]["evidence"]
    assert [row for row in desk.rows() if row["annotator"] == "ben"] == before

    again = import_csv(desk.library, file, desk.me, as_mine=True)
    assert (again.imported, again.present, again.differing, again.others) == (0, 2, 0, {})
    assert (again.relations, again.evidence) == (0, 0)
    capsys.readouterr()
    assert main(["--db", str(tmp_path / "a.db"), "--annotator", "ana", "undo", "1"]) == 0
    said = "undone: import from CSV (2 highlights by ana), article 1\n"
    assert capsys.readouterr().out == said
    assert desk.rows() == before
    assert doctor.examine(tmp_path / "a.db").findings == []
    desk.library.close()
