"""``codebook list``, ``use``, ``rename``, ``merge``: files, judgements, undo."""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from reader.assets import builtin_version
from reader.domain.codebook import parse_codebook
from reader.services.care import doctor
from reader.services.codebooks import changes, own_tags
from reader.services.exchange import logs as exchange
from reader.services.places import codebooks_path
from reader.storage.library import Library
from tests.cli.shell import Shell
from tests.storage.stored import state

OWN = builtin_version("verdict-6", 1).source.replace('"verdict-6"', '"mine"', 1)


@pytest.fixture
def shell(tmp_path: Path, capsys, monkeypatch) -> Shell:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    codebooks_path().mkdir(parents=True)
    (codebooks_path() / "mine.toml").write_text(OWN, "utf-8")
    return Shell(tmp_path, capsys)


@pytest.fixture
def judged(shell: Shell) -> Shell:
    """Two articles, two people, judgements on statements and on an article."""
    shell.add()
    shell.add("Other\n\nSome words here. And there.\n", "b.txt")
    tag = ("--codebook", "mine")
    shell("tag", "1", "true", "--statement", "2", *tag, "--reason", "seen", "--likelihood", "90")
    shell("--annotator", "ben", "tag", "1", "mostly-true", "--statement", "2", *tag)
    shell("tag", "2", "true", "--statement", "2", *tag)
    shell("verdict", "2", "true", *tag)
    shell("tag", "2", "false", "--statement", "3", *tag)
    return shell


def mine():
    return parse_codebook((codebooks_path() / "mine.toml").read_text("utf-8"))


def given(shell: Shell) -> list[tuple[str, int]]:
    with sqlite3.connect(shell.folder / "library.db") as db:
        query = "SELECT code, codebook_version FROM judgement WHERE deleted_at IS NULL ORDER BY id"
        return db.execute(query).fetchall()


def whole(shell: Shell) -> None:
    """The log gives the same state again, here and elsewhere, and nothing is wrong."""
    path = shell.folder / "library.db"
    with Library(path) as library, Library(shell.folder / "other.db") as other:
        before = state(library)
        library.log.rebuild()
        assert state(library) == before
        file = shell.folder / "log.jsonl"
        exchange.export_jsonl(library, file, force=True)
        assert exchange.import_jsonl(other, file).is_whole
        assert state(other) == before
    assert doctor.examine(path).findings == []
    (shell.folder / "other.db").unlink()


def logged(shell: Shell, article: str, kind: str = "rename") -> list[str]:
    """The judgements that the log of an article says were changed by one kind of action."""
    return [op["entity_uid"] for op in shell.json("log", article) if op["kind"] == kind]


def test_a_tag_is_renamed_everywhere_and_back(judged: Shell) -> None:
    before = given(judged)
    rename = ("codebook", "rename", "mine", "true", "right", "--label", "is right")
    assert judged(*rename, "--dry-run") == 0
    assert "3 judgements would change in 2 articles" in judged.out
    assert (given(judged), mine().version) == (before, 1)
    done = judged.json(*rename)
    assert (done["judgements"], done["articles"], done["version"]) == (3, 2, 2)
    assert mine().facets[0].tag("right").label == "is right"
    assert given(judged) == [
        ("right", 2),
        ("mostly-true", 1),
        ("right", 2),
        ("right", 2),
        ("false", 1),
    ]
    judged("export", "csv", "--codebook", "mine")
    assert '"right","is right"' in judged.out or "right,is right" in judged.out
    (first, _) = judged.json("show", "1")["highlights"]
    assert (first["judgements"][0]["reason"], first["judgements"][0]["likelihood_pct"]) == (
        "seen",
        90,
    )
    whole(judged)
    changed = [len(logged(judged, article)) for article in ("1", "2")]
    assert sum(changed) == 3  # each article tells of its own, and the whole log of all
    assert all(changed)
    assert judged("log", "1") == 0
    assert judged.out.rstrip().endswith("–         ana  rename  mine: true → right")
    assert judged("undo") == 0
    assert "mine: true → right" in judged.out
    assert len(logged(judged, "1", "undo")) == changed[0]
    assert given(judged) == before
    whole(judged)
    assert judged("redo") == 0
    assert given(judged)[0] == ("right", 2)
    assert judged("undo") == 0
    assert mine().version == 2  # the file stays
    assert judged(*rename[:-2]) == 0  # the file has it: the judgements follow
    assert "3 judgements changed" in judged.out
    assert (mine().version, given(judged)[0]) == (2, ("right", 2))


def test_undo_leaves_what_was_changed_since(judged: Shell) -> None:
    judged("codebook", "rename", "mine", "true", "right")
    judged("tag", "1", "unproven", "--statement", "2", "--codebook", "mine")
    assert judged("undo") == 0
    assert [code for code, _ in given(judged)] == [
        "unproven",
        "mostly-true",
        "true",
        "true",
        "false",
    ]
    assert judged("redo") == 0
    assert [code for code, _ in given(judged)] == [
        "unproven",
        "mostly-true",
        "right",
        "right",
        "false",
    ]
    whole(judged)


def test_a_codebook_of_the_folder_is_known_to_an_import(judged: Shell) -> None:
    out = judged.folder / "out.csv"
    assert judged("export", "csv", "--codebook", "mine", "--output", str(out)) == 0
    other = str(judged.folder / "other.db")
    for path in judged.folder.glob("*.txt"):
        assert judged("--db", other, "add", str(path)) == 0
    assert judged("--db", other, "import", "csv", str(out)) == 0
    with sqlite3.connect(other) as db:
        assert db.execute("SELECT count(*) FROM judgement").fetchone() == (4,)


def test_tags_are_merged_into_one(judged: Shell) -> None:
    merge = ("codebook", "merge", "mine", "true", "mostly-true", "half-true")
    done = judged.json(*merge)
    assert (done["judgements"], done["articles"]) == (4, 2)
    assert [tag.code for tag in mine().facets[0].tags][:2] == ["half-true", "mostly-false"]
    assert mine().version > 1
    assert [code for code, _ in given(judged)] == ["half-true"] * 4 + ["false"]
    whole(judged)
    assert judged("undo") == 0
    assert [code for code, _ in given(judged)] == ["true", "mostly-true", "true", "true", "false"]
    for wrong in (["true", "true"], ["nothing", "false"], ["false", "nothing"]):
        assert judged("codebook", "merge", "mine", *wrong) == 2, wrong


def test_one_tag_of_two_stands_once_where_many_may_stand(shell: Shell) -> None:
    shell.add()
    with Library(shell.folder / "library.db") as library:
        for label in ("blame", "blaming"):
            book = own_tags.make(library, label)[0]
    tag = ("tag", "1", "--codebook", "own", "--statement")
    assert shell(*tag, "2", "blame", "blaming") == 0
    assert shell(*tag, "3", "blaming") == 0
    assert shell.json("codebook", "merge", book.id, "blaming", "blame")["judgements"] == 2
    assert given(shell) == [("blame", 2), ("blame", 3)]
    whole(shell)
    assert shell("undo") == 0
    assert sorted(given(shell)) == [("blame", 2), ("blaming", 2), ("blaming", 2)]
    whole(shell)


def test_built_in_codebooks_stay_but_judgements_may_be_merged(shell: Shell) -> None:
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2")
    assert shell("codebook", "rename", "credibility-7", "doubtful", "shaky") == 2
    assert "built in and never changes" in shell.err
    assert shell("codebook", "merge", "credibility-7", "doubtful", "contested") == 0
    assert given(shell) == [("contested", 2)]
    assert shell("undo") == 0
    assert given(shell) == [("doubtful", 2)]


def test_what_makes_no_sense_changes_nothing(judged: Shell) -> None:
    before = (given(judged), mine())
    for words in (
        ("mine", "true", "false"), ("mine", "nothing", "else"), ("mine", "true", "no code"),
        ("none", "a", "b"), ("mine", "other:true", "x"), ("mine", "x", "true"),
        ("mine", "true", "x", "--label", "y" * 41),
    ):  # fmt: skip
        status = judged("codebook", "rename", *words)
        assert (status, before) == (2, (given(judged), mine())), words
    (codebooks_path() / "mine.toml").write_text(OWN.replace('"true"', '"tr\\u0075e"'), "utf-8")
    assert judged("codebook", "rename", "mine", "true", "right") != 0
    assert given(judged) == before[0]


def test_use_is_kept_in_the_settings(shell: Shell) -> None:
    assert shell("codebook", "use", "mine") == 0
    with (codebooks_path().parent / "config.toml").open() as file:
        assert 'codebook = "mine"' in file.read()
    assert shell("codebook", "list") == 0
    assert "*  mine@1" in shell.out
    assert shell("codebook", "use", "nothing") == 2
    listed = {item["id"]: item["from"] for item in shell.json("codebook", "list")}
    assert (listed["mine"], listed["stance"]) == ("mine.toml", "built in")
    shell("codebook", "show", "mine", "--toml")
    assert shell.out == OWN
    (codebooks_path() / "bad.toml").write_text("x = 1", "utf-8")
    assert shell("codebook", "list", "--json") == 1
    assert "mine" in [item["id"] for item in json.loads(shell.out)]
    assert "cannot be used: bad.toml" in shell.err


def test_what_is_wrong_with_codebooks_is_told_whole(judged: Shell) -> None:
    assert judged("codebook", "show", "mnie") == 2
    assert "no codebook mnie; did you mean mine?" in judged.err
    assert judged("codebook", "show", "checkworthy") == 0
    assert "(any of; statement; after worth:worth-checking,unimportant)" in judged.out
    file = codebooks_path() / "mine.toml"
    two = OWN.replace("version = 1", "version = 0").replace('key = "2"', 'key = "zz"')
    file.write_text(two, "utf-8")
    assert judged("codebook", "check", str(file)) == 2
    told = [line for line in judged.err.splitlines() if line.startswith("  mine.toml, line ")]
    assert len(told) == 2
    assert "mine.toml has 2 mistakes." in judged.err
    assert judged("codebook", "use", "mine") == 2  # the settings still name a good one
    changed = OWN.replace('label = "true"', 'label = "so"')
    file.write_text(changed, "utf-8")
    assert judged("--codebook", "mine", "tag", "1", "true", "--statement", "1") == 2
    assert f"{file}: codebook mine version 1 has been used" in judged.err
    assert judged("--codebook", "mine", "codebook", "list") == 1  # the way out of it is shown
    assert "credibility-7@2" in judged.out
    assert "cannot be used: mine.toml" in judged.err


def test_a_label_that_is_the_code_in_words_goes_along(judged: Shell) -> None:
    judged("codebook", "rename", "mine", "mostly-true", "nearly-so")
    assert mine().facets[0].tag("nearly-so").label == "nearly so"


def test_nobody_gives_a_tag_while_tags_are_renamed(judged: Shell, monkeypatch) -> None:
    """What another window writes between the reading and the writing would be written over."""
    work_out, db = changes._changes, judged.folder / "library.db"
    refused = []

    def meanwhile(*given):
        with sqlite3.connect(db, timeout=0) as other, suppress(sqlite3.OperationalError):
            other.execute("UPDATE judgement SET reason = 'theirs'")
            return work_out(*given)
        refused.append(True)
        return work_out(*given)

    monkeypatch.setattr(changes, "_changes", meanwhile)
    judged("codebook", "rename", "mine", "true", "correct")
    assert refused
    whole(judged)
