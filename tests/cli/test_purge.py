"""``purge``: an article is gone for good, and a merge does not bring it back unasked."""

import json

import pytest

from reader.storage.library import Library
from tests.cli.shell import Shell
from tests.tui.reading_harness import state_tables

SECRET = "Only this story speaks of kumquats.\n\nAnd it goes on."


def test_all_of_it_goes_and_stays_away(shell: Shell, tmp_path) -> None:
    shell.add()
    uid = shell.add(SECRET, "secret.txt")
    for number in ("1", "2"):
        shell("tag", number, "--statement", "1", "doubtful", "--note", "a note")
        shell("label", number, "odd")
    shell("verdict", "2", "refuted")
    shell("edit", "1", "2", "--outlet", "The Post")  # one action on both
    everything = tmp_path / "all.jsonl"
    assert shell("export", "jsonl", "--output", str(everything)) == 0
    assert shell("purge", "2") == 2
    assert "1 version, 1 highlight, 2 tags, 1 note, 1 label would be deleted" in shell.err
    assert "Nothing was." in shell.err
    assert len(shell.json("list")) == 2

    gone = shell.json("purge", "2", "--yes")
    assert (gone["highlights"], gone["notes"], gone["labels"]) == (1, 1, 1)
    path = tmp_path / "library.db"
    assert b"kumquats" not in path.read_bytes()
    wal = tmp_path / "library.db-wal"
    assert not wal.exists() or b"kumquats" not in wal.read_bytes()
    with Library(tmp_path / "copy.db"):
        pass
    with Library(type(path)(gone["backup"])) as backup:  # it was made before
        assert backup.articles.get(uid) is not None
    assert [entry["n"] for entry in shell.json("list")] == [1]
    assert shell("doctor") == 0, shell.out
    with Library(path) as library:
        before = state_tables(library)
        library.log.rebuild()
        assert state_tables(library) == before
        with pytest.raises(Exception, match="only grows"):
            library.connection.execute("DELETE FROM op")
    assert shell("undo") == 0  # of the action on both, the other article's part
    assert shell.json("list")[0]["outlet"] is None
    assert shell("redo") == 0

    assert shell("import", "jsonl", str(everything)) == 0
    assert "purged" in shell.out + shell.err
    assert shell.json("import", "jsonl", str(everything))["purged"] > 0
    assert [entry["n"] for entry in shell.json("list")] == [1]
    assert b"kumquats" not in path.read_bytes()
    assert shell("doctor") == 0, shell.out

    shell.add(SECRET, "secret.txt")  # asked for: then all the rest can come back as well
    assert shell("import", "jsonl", str(everything)) == 0
    found = {entry["uid"]: entry for entry in shell.json("list")}
    assert found[uid]["highlights"] == 1
    assert found[uid]["labels"] == ["odd"]
    assert json.dumps(found[uid]["outlet"]) in ('"The Post"', "null")
    assert shell("doctor") == 0, shell.out


def test_no_article_no_purge(shell: Shell) -> None:
    shell.add()
    assert shell("purge", "7", "--yes") == 2
    assert "no article 7" in shell.err
