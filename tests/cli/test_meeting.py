"""Two machines whose libraries meet: an undo on one takes back what was done there, no more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.domain.operation import now_ms
from reader.storage.library import Library
from tests.cli.shell import STORY, Shell
from tests.storage.stored import state


class Machine(Shell):
    """A machine with a library of its own, and whoever works there."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], who: str) -> None:
        super().__init__(folder, capsys)
        folder.mkdir()
        self.who, self.path = who, folder / "library.db"
        self.at: list[Path] = [self.path]
        """Where something is done now."""

    def __call__(self, *words: str) -> int:
        self.at[0] = self.path
        return super().__call__("--annotator", self.who, *words)

    def does(self, *words: str) -> None:
        assert self(*words) == 0, self.out + self.err

    def rows(self) -> list[dict[str, str]]:
        """Return the highlights of all annotators as the export has them."""
        self.does("export", "csv")
        return list(csv.DictReader(io.StringIO(self.out)))

    def takes(self, other: Machine) -> None:
        self.does("merge", str(other.path))


def meet(one: Machine, other: Machine) -> None:
    """Let each take in the other; both have the same then, and nothing is wrong."""
    one.takes(other)
    other.takes(one)
    with Library(one.path) as here, Library(other.path) as there:
        assert state(here) == state(there)


@pytest.fixture
def machine(tmp_path: Path, capsys) -> Callable[..., Machine]:
    def make(name: str, who: str, like: Machine | None = None) -> Machine:
        made = Machine(tmp_path / name, capsys, who)
        if like is not None:
            like.does("export", "jsonl", "-o", str(file := tmp_path / f"{name}.jsonl"))
            made.does("import", "jsonl", str(file))  # as one's own on another machine
        else:
            made.add(STORY)
        return made

    return make


def test_an_import_that_was_undone_before_takes_nothing_from_its_owner(machine) -> None:
    here, owner = machine("here", "ana"), machine("owner", "ben")
    owner.does("tag", "1", "plausible", "--statement", "2", "--note", "why")
    owner.does("tag", "1", "doubtful", "--statement", "3")
    owner.does("attribute", "1", "--statement", "3", "--source", "A witness")
    file = owner.folder / "ben.csv"
    before = owner.rows()
    owner.does("export", "csv", "-o", str(file))
    here.does("import", "csv", str(file))
    here.does("undo", "1")
    meet(here, owner)
    assert here.rows() == owner.rows() == before
    here.does("redo", "1")
    here.does("undo", "1")
    owner.does("undo", "1")
    meet(here, owner)
    assert [row["source"] for row in here.rows()] == ["", ""]
    here.does("doctor")


@pytest.fixture
def two(machine, monkeypatch) -> tuple[Machine, Machine]:
    """Two machines of one annotator; the clock of the second one is an hour slow."""
    one = machine("one", "ana")
    one.does("tag", "1", "plausible", "--statement", "2")
    two = machine("two", "ana", like=one)
    wrong = {two.path: -3_600_000}
    here = [one.path]
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: now_ms() + wrong.get(here[0], 0))
    for made in (one, two):
        made.at = here
    return one, two


def said(machine: Machine) -> dict[str, object]:
    """Return all that a test here looks at."""
    (row,) = (row for row in machine.rows() if row["statement"] == "2")
    verdict = machine.json("verdict", "1")
    return {
        "voice": row["voice"],
        "evidence": row["evidence"],
        "labels": machine.json("label", "1")["labels"],
        "verdict": [item["code"] for item in verdict["verdicts"]],
    }


def made_old(path: Path, wrong: str) -> None:
    """Let a library be one of the version before, which said something else after a merge."""
    with Library(path) as library:
        library.connection.execute(wrong)
        library.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm021_taken_back'")
        library.connection.execute("PRAGMA user_version=20")


def test_an_undo_leaves_what_the_other_machine_made_as_well(two) -> None:
    one, other = two
    one.does("evidence", "add", "1", "supports", "--citation", "Minutes", "--statement", "3")
    minutes = one.out.strip()
    other.takes(one)
    for made in (one, other):
        made.does("attribute", "1", "--statement", "2", "--source", "?", "--voice", "direct")
        made.does("label", "1", "bridges")
        made.does("verdict", "1", "doubtful")
        made.does("evidence", "use", minutes, "1", "supports", "--statement", "2")
        made.does("tag", "1", "contested", "--statement", "3")
    before = said(one)
    for _ in range(5):
        one.does("undo", "1")
    one.does("doctor")
    meet(one, other)
    assert said(one) == said(other) == before
    made_old(one.path, "UPDATE label SET deleted_at = '2026-11-27T19:00:00.000Z'")
    assert said(one) == before
    one.does("doctor")
    for _ in range(5):
        other.does("undo", "1")
    meet(other, one)
    assert said(one) == {"voice": "", "evidence": "", "labels": [], "verdict": []}
    for _ in range(5):
        one.does("redo", "1")
    meet(one, other)
    assert said(other) == before


def test_an_undo_says_that_it_leaves_what_the_other_machine_made(two) -> None:
    one, other = two
    for made in (one, other):
        made.does("label", "1", "bridges")
    one.takes(other)
    one.does("undo", "1")
    assert one.out.startswith("undone: label bridges (what others did there, or you on another")
    assert one.json("label", "1")["labels"] == ["bridges"]
    one.does("undo", "1")
    assert "stays" not in one.out
    assert one.json("label", "1")["labels"] == []


def test_notes_on_the_article_from_two_machines_are_read_one_below_the_other(two) -> None:
    one, other = two
    one.does("note", "1", "Seen on the spot.")
    other.does("note", "1", "The mayor is new.")
    other.does("note", "1", "The mayor is new here.")
    meet(one, other)
    both = {"Seen on the spot.", "The mayor is new here."}
    assert {*one.json("note", "1")["note"].split("\n\n")} == both
    one.does("note", "1", "Written anew.")
    meet(other, one)
    assert other.json("note", "1")["note"] == "Written anew."
    other.does("undo", "1")
    one.does("undo", "1")
    meet(one, other)
    assert {*one.json("note", "1")["note"].split("\n\n")} == both
    one.does("doctor")


def test_who_has_the_same_name_there_is_told_how_to_be_one(machine) -> None:
    here, there = machine("here", "ana"), machine("there", "ana")
    there.does("tag", "1", "plausible", "--statement", "2")
    here.does("tag", "1", "doubtful", "--statement", "3")
    here.takes(there)
    assert "Another annotator is called ana, and has 1 highlight: if that is you" in here.err
    here.does(*here.err.partition("`reader ")[2].partition("`")[0].split())
    here.takes(there)  # there is nothing new
    assert "Another annotator" not in here.err
    there.does("tag", "1", "plausible", "--statement", "1")
    here.takes(there)  # they are one by now
    assert "Another annotator" not in here.err
    assert {row["annotator"] for row in here.rows()} == {"ana"}


def test_a_new_library_that_begins_with_a_merge_has_an_annotator_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], machine
) -> None:
    student, teacher = machine("student", "root"), Machine(tmp_path / "teacher", capsys, "root")
    student.does("tag", "1", "plausible", "--statement", "4")
    of_student = student.json("annotator", "list")[0]["uid"]
    teacher.takes(student)
    assert "Another annotator is called root, and has 1 highlight: if that is you" in teacher.err
    teacher.does("tag", "1", "refuted", "--statement", "2")
    found = {item["uid"]: item for item in teacher.json("annotator", "list")}
    assert [item["highlights"] for item in found.values()] == [1, 1]
    assert not found[of_student]["you"]
    teacher.does("doctor")


def test_a_file_taken_into_an_empty_library_restores_it_and_says_who_one_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], machine
) -> None:
    old, new = machine("old", "root"), Machine(tmp_path / "new", capsys, "root")
    old.does("tag", "1", "plausible", "--statement", "4")
    (me,) = old.json("annotator", "list")
    old.does("export", "jsonl", "-o", str(file := tmp_path / "old.jsonl"))
    new.does("import", "jsonl", str(file))
    assert f"The library was empty: root ({me['uid']}) of the file is you." in new.err
    assert [(item["uid"], item["you"]) for item in new.json("annotator", "list")] == [
        (me["uid"], True)
    ]
