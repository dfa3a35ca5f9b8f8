"""The doctor: well is well, and every kind of damage is found, named, and left as it is."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.errors import NotADatabase, StorageError
from reader.domain.text import Role, Span
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.storage.doctor import CHECKS, SHOWN
from reader.storage.library import Library

TEXT = "One is here. Two is there.\n\nThree, with ümläuts and 漢字, is the last.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with a bit of everything, closed."""
    story = tmp_path / "story.txt"
    story.write_text(TEXT, "utf-8")
    path = tmp_path / "library.db"
    with Library(path) as library:
        me = library.annotator("ana")
        article = adding.add_file(library, story, me).article
        known = Annotations(article.uid, article.version_uid, me, TEXT)
        book = load_builtin("credibility-7")
        for start, end in ((0, 12), (13, 26)):
            edit = known.toggle_tag(
                known.target(Span(start, end)), book, book.facets[0], book.facets[0].tags[1]
            )
            known.apply(edit)
            library.log.commit(edit.group)
        library.log.commit(known.delete(known.index[1]).group)
        library.log.undo(article.uid, me)
        library.log.commit(known.role_change(0, Role.BODY, Role.QUOTE, changed_before=False))
        library.search.index.take_in()
        library.prints.take_in()
    return path


def spoil(path: Path, *statements: str) -> None:
    """Change the file behind the program's back."""
    connection = sqlite3.connect(path)
    connection.executescript(";".join(statements))
    connection.commit()
    connection.close()


def found(path: Path) -> dict[str, list[str]]:
    before = path.read_bytes()
    report = doctor.examine(path)
    assert path.read_bytes() == before
    by_check: dict[str, list[str]] = {}
    for finding in report.findings:
        assert finding.hint
        by_check.setdefault(finding.check, []).append(finding.message)
    return by_check


def test_well_is_well(path: Path) -> None:
    steps = []
    report = doctor.examine(path, lambda name, count: steps.append(name))
    assert report.findings == []
    assert report.examined["captures"] == 1
    assert report.examined["highlights"] == 2
    assert report.examined["operations"] > 6
    assert list(dict.fromkeys(steps)) == list(CHECKS)


def test_every_check_has_a_hint() -> None:
    assert set(doctor.HINTS) == {*CHECKS, "schema", "older", "room"}


UNFREEZE = ("DROP TRIGGER article_version_frozen", "DROP TRIGGER codebook_frozen")


@pytest.mark.parametrize(
    ("check", "says", "statement"),
    [
        ("tables", "trigger op_no_delete is missing", "DROP TRIGGER op_no_delete"),
        ("tables", "index op_entity is missing", "DROP INDEX op_entity"),
        ("tables", "trigger op_no_delete is not as reader makes it", "DROP TRIGGER op_no_delete;"
         " CREATE TRIGGER op_no_delete BEFORE DELETE ON operation BEGIN SELECT 1; END"),
        ("references", "annotator that is not there", "DELETE FROM annotator"),
        ("references", "tag that is not there", "DELETE FROM tag"),
        ("orphans", "article without a text", "DELETE FROM article_version"),
        ("orphans", "place in an article", "INSERT INTO reading VALUES ('x', 'y', 0, 0, 0, '')"),
        ("orphans", "draft on a text", "INSERT INTO draft (annotator_uid, version_uid, start,"
         ' "end", text, updated_at) VALUES (\'x\', \'y\', 0, 1, \'\', \'\')'),
        ("orphans", "current version is one of another", "UPDATE article SET version_uid = 'x'"),
        ("orphans", "operation on an article", "DELETE FROM article"),
        ("orphans", "names a source that is not there",
         "INSERT INTO hop (attribution_uid, position, source_uid) VALUES ('x', 0, 'y')"),
        ("search", "Other words are indexed", "DELETE FROM search_words"),
        ("search", "is not indexed", "DELETE FROM search_version"),
        ("overlap", "Other passages are noted", "UPDATE overlap SET prints = x'00000000'"),
        ("articles", "overlaps another", "UPDATE article_version SET characters = 3, text = 'One'"),
        ("articles", "SHA-256", "UPDATE article_version SET text = replace(text, 'Two', 'Six')"),
        ("articles", "characters", "UPDATE article_version SET text = text || '!'"),
        ("articles", "source", "UPDATE article_version SET raw = x'00'"),
        ("articles", "table of paragraphs", "UPDATE article_version SET blocks = x'01'"),
        ("anchors", "other words", "UPDATE highlight SET exact = 'Onc is here.' WHERE id = 1"),
        ("anchors", "other words", "UPDATE highlight SET prefix = 'x' WHERE id = 1"),
        ("anchors", "other words", "UPDATE highlight SET \"end\" = 11 WHERE id = 1"),
        ("anchors", "behind the text", "UPDATE highlight SET start = 0, \"end\" = 999, suffix = '',"
         " prefix = '', exact = (SELECT text FROM article_version) WHERE id = 1"),
        ("anchors", "outside", "UPDATE highlight SET extra_spans = '[[1, 999]]' WHERE id = 1"),
        ("roles", "not there", "UPDATE block SET start = 3"),
        ("roles", "is none: king", "UPDATE block SET role = 'king'"),
        ("codebooks", "SHA-256", "UPDATE codebook SET source = source || ' '"),
        ("codebooks", "other tags", "UPDATE tag SET label = 'x' WHERE position = 0"),
        ("log", "differs from the log in note", "UPDATE highlight SET note = 'mine' WHERE id = 1"),
        ("log", "is not in the log", "INSERT INTO annotator (uid, handle, kind, created_at,"
         " updated_at, rev) VALUES ('u', 'h', 'human', '', '', 1)"),
        ("log", "not in its table", "DELETE FROM judgement WHERE id = 1"),
    ],
)  # fmt: skip
def test_each_damage_is_found(path: Path, check: str, says: str, statement: str) -> None:
    spoil(path, *(UNFREEZE if "UPDATE" in statement else ()), statement)
    assert any(says in message for message in found(path)[check]), found(path)


def test_a_search_index_that_misses_something_is_found(path: Path) -> None:
    spoil(
        path,
        "CREATE VIRTUAL TABLE \"my search\" USING fts5(text, content='article_version',"
        " content_rowid='id')",
    )
    assert any("my search" in message for message in found(path)["search"])
    spoil(path, 'INSERT INTO "my search"("my search") VALUES(\'rebuild\')')
    assert found(path) == {}


def test_operations_that_cannot_be(path: Path) -> None:
    spoil(
        path,
        "DROP TRIGGER op_no_update",
        "UPDATE operation SET clock = 'noon' WHERE id = 2",
        "UPDATE operation SET entity = 'planet' WHERE id = 3",
        "UPDATE operation SET actor = 'nobody' WHERE id = 3",
        "UPDATE operation SET undoes = 'nothing' WHERE id = 3",
    )
    said = found(path)
    assert any("clock that is none" in message for message in said["log"])
    assert any("planet" in message for message in said["log"])
    assert any("annotator who is not there" in message for message in said["orphans"])
    assert any("undo of something" in message for message in said["orphans"])


def test_many_findings_of_a_kind_are_counted(path: Path) -> None:
    rows = ", ".join(f"('x{n}', 'y', 0, 0, 0, '')" for n in range(SHOWN + 5))
    spoil(path, f"INSERT INTO reading VALUES {rows}")
    said = found(path)["orphans"]
    assert len(said) == SHOWN + 1
    assert said[-1] == "… and 5 more of this kind."


def test_a_damaged_index_is_found(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    root, size = root_of(path, "op_group")
    raw[(root - 1) * size + 8 : root * size] = bytes(size - 8)
    path.write_bytes(raw)
    assert any(message.startswith("SQLite:") for message in found(path)["pages"])


def root_of(path: Path, name: str) -> tuple[int, int]:
    connection = sqlite3.connect(path)
    try:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (root,) = connection.execute(query, (name,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    finally:
        connection.close()
    return root, size


def test_one_flipped_byte_never_ends_in_anything_but_words(path: Path) -> None:
    whole = path.read_bytes()
    unnoticed, refused = 0, []
    places = range(100, len(whole), len(whole) // 25)
    for place in places:
        raw = bytearray(whole)
        raw[place] ^= 0x41
        path.write_bytes(raw)
        try:
            unnoticed += not doctor.examine(path).findings
        except StorageError as error:
            refused.append(error.message)
    path.write_bytes(whole)
    assert doctor.examine(path).findings == []
    assert all(refused)
    assert unnoticed < len(places)  # free space holds nothing that could be damaged


def test_a_flipped_byte_in_the_words_is_found(path: Path) -> None:
    raw = path.read_bytes()
    for word in (b"Two is there.\n\nThree", b"most relevant", b"plausible"):
        place = raw.find(word)
        if place >= 0:
            path.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
            assert found(path), word
    path.write_bytes(raw)


def test_a_newer_library_is_examined_as_far_as_it_is_known(path: Path) -> None:
    spoil(path, "PRAGMA user_version = 99", "DELETE FROM annotator")
    said = found(path)
    assert "newer" in said["schema"][0]
    assert said["references"]
    assert set(said) == {"schema", "references"}


def test_what_is_no_library_cannot_be_examined(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with pytest.raises(StorageError, match="There is no library"):
        doctor.examine(path)
    path.write_bytes(b"")
    with pytest.raises(NotADatabase, match="is empty"):
        doctor.examine(path)
    path.write_text("some words" * 200)
    with pytest.raises(NotADatabase, match="not a database"):
        doctor.examine(path)
    path.unlink()
    spoil(path, "CREATE TABLE theirs (a)")
    with pytest.raises(NotADatabase, match="another program"):
        doctor.examine(path)


def test_a_library_in_use_is_examined_as_it_is(path: Path) -> None:
    with Library(path) as library:
        me = library.annotator("ben")
        with library.unit_of_work():
            assert doctor.examine(path).findings == []
        assert library.annotator("ben") == me


def test_a_check_that_lacks_room_accuses_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_subject: object) -> Iterator[str]:
        scratch = sqlite3.connect(":memory:")
        scratch.execute("PRAGMA max_page_count=1")
        scratch.execute("CREATE TABLE x (y)")
        yield "never"

    monkeypatch.setitem(CHECKS, "log", full)
    assert found(path) == {"room": ["The check “log” could not be made: a disk is full."]}


def test_a_file_that_cannot_be_opened_is_examined_all_the_same(path: Path) -> None:
    """It says how much is missing, and how to go back to the newest backup."""
    with Library(path) as library:
        kept = library.keep_copy()
    whole = path.stat().st_size
    os.truncate(path, 100_000)
    (finding,) = doctor.examine(path).findings
    assert finding.check == "pages"
    assert f"it has 100,000 of {whole:,} bytes" in finding.message
    assert f"The newest backup is {kept}" in finding.hint
    assert f"move {path.name}" in finding.hint
    kept.unlink()
    assert "There is no backup in" in doctor.examine(path).findings[0].hint


def test_older_tables_are_nothing_wrong(path: Path) -> None:
    spoil(path, "PRAGMA user_version=16")
    assert found(path) == {"older": ["The tables are of version 16, which is older."]}
