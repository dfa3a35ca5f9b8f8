"""The commands that look after the library, through click."""

import json
import sqlite3

from reader.storage.connection import SCHEMA_VERSION
from tests.cli.shell import Shell


def test_a_backup_is_a_library(shell: Shell) -> None:
    shell.add()
    copy = shell.folder / "copy.db"
    said = shell.json("backup", str(copy))
    assert said == {"file": str(copy), "bytes": copy.stat().st_size}
    before = shell.json("list")
    assert shell("--db", str(copy), "list", "--json") == 0
    assert shell.json("list") == before


def test_a_backup_replaces_only_when_told_to(shell: Shell) -> None:
    shell.add()
    copy = shell.folder / "copy.db"
    copy.write_text("something of mine")
    assert shell("backup", str(copy)) == 2
    assert "--force" in shell.err
    assert copy.read_text() == "something of mine"
    assert shell("backup", str(copy), "--force") == 0
    with sqlite3.connect(copy) as library:
        assert library.execute("SELECT count(*) FROM article").fetchone() == (1,)


def test_a_backup_needs_a_place(shell: Shell) -> None:
    shell.add()
    library = shell.folder / "library.db"
    for target in (shell.folder, shell.folder / "no" / "copy.db", library):
        assert shell("backup", str(target), "--force") == 2, target
    assert shell.json("list")


def test_doctor_says_that_all_is_well(shell: Shell) -> None:
    shell.add()
    assert shell("doctor") == 0
    assert "all is well (1 capture, 0 highlights" in shell.out
    said = shell.json("doctor")
    assert said["findings"] == []
    assert said["schema"] == SCHEMA_VERSION
    assert said["examined"]["operations"] == 2
    assert shell("tag", "1", "--statement", "1", "plausible") == 0
    assert shell("tag", "1", "--statement", "2", "plausible") == 0
    assert shell("undo", "1") == 0
    assert shell("doctor") == 0
    assert "1 highlight and 1 deleted, " in shell.out
    assert shell.json("doctor")["examined"]["highlights"] == 1


def test_doctor_says_what_is_wrong_and_what_to_do(shell: Shell) -> None:
    shell.add()
    with sqlite3.connect(shell.folder / "library.db") as library:
        library.execute("UPDATE article SET title = 'other \x1b[2J'")
    library.close()
    assert shell("doctor") == 1
    assert "differs from the log in title" in shell.out
    assert "→ The log is what counts" in shell.out
    assert shell("doctor", "--json") == 1
    (finding,) = json.loads(shell.out)["findings"]
    assert finding["check"] == "log"
    assert finding["hint"]


def test_a_damaged_name_is_told_though_sqlite_cannot_say_it(shell: Shell) -> None:
    shell.add()
    path = shell.folder / "library.db"
    with sqlite3.connect(path) as library:
        library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    whole = path.read_bytes()
    for name in (b"CREATE TABLE highlight", b"head.group_uid AS"):
        at = whole.index(name) + name.rindex(b" ")
        path.write_bytes(whole[:at] + b"\xa0" + whole[at + 1 :])
        assert shell("doctor") == 1
        assert "text that is no UTF-8" in shell.out
        assert shell("log", "1") == 4
        assert "makes no sense (text that is no UTF-8)" in shell.err


def test_doctor_and_what_cannot_be_opened(shell: Shell) -> None:
    assert shell("doctor") == 4
    assert "There is no library" in shell.err
    assert not (shell.folder / "library.db").exists()
    (shell.folder / "library.db").write_text("words " * 1000)
    assert shell("doctor", "--json") == 4
    assert json.loads(shell.err)["error"]["title"] == "Not a library"


def test_a_newer_library_is_read_with_a_note_and_not_written(shell: Shell) -> None:
    shell.add()
    path = shell.folder / "library.db"
    with sqlite3.connect(path) as library:
        library.execute("PRAGMA user_version = 99")
    library.close()
    before = path.read_bytes()
    for words in (("list",), ("show", "1"), ("log",), ("export", "csv"), ("stats",)):
        assert shell(*words) == 0, (words, shell.err)
        assert shell.out
        assert "newer version of reader" in shell.err
        assert "opened for reading only" in shell.err
    assert shell("backup", str(shell.folder / "copy.db")) == 0
    for words in (("tag", "1", "--statement", "1", "plausible"), ("undo", "1"), ("add", "x")):
        assert shell(*words) == 4, (words, shell.err)
        assert "Update reader" in shell.err
    assert shell("doctor") == 1
    assert "newer" in shell.out
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_library_and_that_is_said(shell: Shell) -> None:
    (shell.folder / "library.db").touch()
    assert shell("list") == 0
    assert "was an empty file" in shell.err
    assert shell("list") == 0
    assert "empty file" not in shell.err


def test_the_library_goes_out_and_comes_in_as_json_lines(shell: Shell) -> None:
    shell.add()
    shell("tag", "1", "--statement", "2", "plausible")
    path = shell.folder / "log.jsonl"
    assert shell("export", "jsonl", "--output", str(path)) == 0
    assert shell("export", "jsonl") == 0
    assert [json.loads(line)["record"] for line in shell.out.splitlines()] == [
        json.loads(line)["record"] for line in path.read_text("utf-8").splitlines()
    ]
    log = shell.json("log")
    other = ("--db", str(shell.folder / "other.db"))
    said = shell.json("import", "jsonl", str(path), *other)
    assert (said["read"], said["imported"], said["rejected"]) == (len(log), len(log), 0)
    assert shell.json("log", *other) == log
    assert shell("import", "jsonl", str(path), *other) == 0
    assert f"new 0, already there {len(log)}" in shell.out
    assert shell("doctor", *other) == 0


def test_a_cut_file_gives_status_1_and_another_kind_3(shell: Shell) -> None:
    shell.add()
    path = shell.folder / "log.jsonl"
    shell("export", "jsonl", "--output", str(path))
    path.write_bytes(path.read_bytes()[:-60])
    other = ("--db", str(shell.folder / "other.db"))
    assert shell("import", "jsonl", str(path), *other) == 1
    assert "was cut short" in shell.err
    path.write_text("a,b\n")
    assert shell("import", "jsonl", str(path), *other) == 3


def test_merge_takes_another_library_in(shell: Shell) -> None:
    uid = shell.add()
    other = shell.folder / "other.db"
    assert shell("merge", str(shell.folder / "library.db"), "--db", str(other)) == 0
    assert "new texts 1" in shell.out
    assert shell("tag", "1", "--statement", "1", "plausible", "--db", str(other)) == 0
    assert shell.json("merge", str(other))["imported"] > 0
    (highlight,) = shell.json("show", uid)["highlights"]
    assert highlight["judgements"][0]["code"] == "plausible"
    assert shell("merge", str(shell.folder / "library.db")) == 2
    assert shell("merge", str(shell.folder / "no.db")) == 3
    assert "does not exist" in shell.err
    story = shell.folder / "no library.txt"
    story.write_text("No library. " * 99)
    assert shell("merge", str(story)) == 4
    assert "Name another library file to take in." in shell.err


def test_two_annotators_become_one_and_two_again(shell: Shell) -> None:
    shell.add()
    assert shell("tag", "1", "--statement", "1", "plausible") == 0
    assert shell("tag", "1", "--statement", "1", "doubtful", "--annotator", "annika") == 0
    ana, annika = shell.json("annotator", "list")
    assert (ana["handle"], ana["highlights"], ana["you"]) == ("ana", 1, True)
    assert (annika["handle"], annika["joined_into"], annika["you"]) == ("annika", None, False)
    assert shell("annotator", "join", "nobody", "ana") == 2
    assert "no annotator" in shell.err
    assert shell("annotator", "join", annika["uid"][:30], "ana") == 0
    assert "annika is ana now: 1 highlight, 1 of them joined" in shell.out
    (highlight,) = shell.json("show", "1")["highlights"]
    assert [item["code"] for item in highlight["judgements"]] == ["doubtful"]
    assert shell("annotator", "list") == 0
    assert f"is ana {ana['uid']}" in shell.out
    assert shell("undo") == 0
    assert "annika is ana" in shell.out
    assert [item["highlights"] for item in shell.json("annotator", "list")] == [1, 1]
    assert shell("doctor") == 0
