import sqlite3
from pathlib import Path

import pytest

from reader.domain.errors import DatabaseLocked, DatabaseNewer, NotADatabase, StorageError
from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, now
from reader.domain.text import Block, Role
from reader.storage import capturing
from reader.storage.library import Library
from tests.storage.log_desk import TEXT, Desk, draft

STATE = ("annotator", "article", "block", "highlight", "judgement", "article_note", "label")


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "folder" / "reader.db") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library)


def rows(library: Library) -> dict[str, list[tuple]]:
    """Return every state table without its local ids."""
    found = {}
    for table in STATE:
        cursor = library.connection.execute(f"SELECT * FROM {table}")
        keep = [i for i, column in enumerate(cursor.description) if column[0] != "id"]
        found[table] = sorted(repr([row[i] for i in keep]) for row in cursor)
    return found


def test_an_article_comes_back_as_it_went_in(desk: Desk) -> None:
    version = desk.library.articles.version(desk.article.version_uid)
    assert version.text == TEXT
    assert list(version.blocks) == [Block(0, len(TEXT), Role.BODY)]
    assert version.origin == "/tmp/a.txt"


def test_the_same_text_is_the_same_article(desk: Desk) -> None:
    again, new = capturing.add(desk.library, draft(), desk.me)
    assert not new
    assert again.uid == desk.article.uid
    assert len(desk.library.articles.in_order()) == 1


def test_a_captured_version_never_changes(desk: Desk) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        desk.library.connection.execute("UPDATE article_version SET text = 'other'")


def test_the_log_only_grows(desk: Desk) -> None:
    for statement in ("DELETE FROM op", "UPDATE op SET actor = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            desk.library.connection.execute(statement)


def test_undo_and_redo_walk_the_whole_way(desk: Desk) -> None:
    uid = desk.mark(0, 12)
    desk.note(uid, None, "a")
    desk.note(uid, "a", "b")
    log, where = desk.library.log, (desk.article.uid, desk.me)
    seen = []
    while log.undo(*where):
        seen.append([h.note for h in desk.live()])
    assert seen == [["a"], [None], []]
    assert log.undo(*where) is None
    seen = []
    while log.redo(*where):
        seen.append([h.note for h in desk.live()])
    assert seen == [[None], ["a"], ["b"]]
    assert log.redo(*where) is None
    log.undo(*where)
    log.undo(*where)
    log.redo(*where)
    log.undo(*where)
    assert [h.note for h in desk.live()] == [None]


def test_something_new_ends_redo(desk: Desk) -> None:
    uid = desk.mark(0, 12)
    desk.note(uid, None, "a")
    desk.library.log.undo(desk.article.uid, desk.me)
    desk.note(uid, None, "new")
    assert desk.library.log.redo(desk.article.uid, desk.me) is None
    assert desk.live()[0].note == "new"


def test_undo_works_after_a_restart(desk: Desk) -> None:
    desk.mark(0, 12)
    desk.library.close()
    with Library(desk.library.path) as again:
        undone = again.log.undo(desk.article.uid, desk.me)
        assert undone is not None
        assert undone.summary == "highlight"
        assert again.highlights.overlapping(desk.article.version_uid, desk.me, 0, 99) == []


def test_undo_passes_over_a_capture_and_over_others(desk: Desk) -> None:
    other = desk.library.annotator("ben")
    desk.mark(0, 12)
    assert desk.library.log.undo(desk.article.uid, other) is None
    assert desk.library.log.undo(None, desk.me) is None
    assert desk.library.log.undo(desk.article.uid, desk.me) is not None
    assert desk.library.log.undo(desk.article.uid, desk.me) is None
    assert desk.library.articles.get(desk.article.uid) is not None


def test_rebuilding_gives_the_same_tables(desk: Desk) -> None:
    first, second = desk.mark(0, 12), desk.mark(13, 26)
    desk.note(first, None, "a ü 漢 🙂")
    desk.do("delete", Change("highlight", second, {"deleted_at": now()}, {"deleted_at": None}))
    desk.library.log.undo(desk.article.uid, desk.me)
    block = f"{desk.article.version_uid}:0"
    fields = {"version_uid": desk.article.version_uid, "start": 0, "role": "caption"}
    desk.do("role", Change("block", block, fields))
    before = rows(desk.library)
    desk.library.log.rebuild()
    assert rows(desk.library) == before
    assert before["highlight"]


def test_a_group_is_written_whole_or_not_at_all(desk: Desk) -> None:
    uid = desk.mark(0, 12)
    good = Change("highlight", uid, {"note": "half"}, {"note": None})
    bad = Change("highlight", "nobody", {"note": "x"}, {"note": None})
    with pytest.raises(StorageError, match="no highlight"):
        desk.do("note", good, bad)
    assert desk.live()[0].note is None
    assert not list(desk.library.log.of_entities(["nobody"]))


def test_clocks_rise_even_when_the_time_stands(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: 1)
    for start in range(5):
        desk.mark(start, start + 3)
    clocks = [op.clock for op in desk.library.log.operations(everything=True)]
    assert clocks == sorted(set(clocks))


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("just some words, and enough of them to be read as a file header " * 20)
    with pytest.raises(NotADatabase, match="not a database"):
        Library(path)
    assert path.read_text().startswith("just some words")


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (a)")
    with pytest.raises(NotADatabase, match="another program"):
        Library(path)


def test_a_newer_schema_is_left_alone(library: Library) -> None:
    library.connection.execute("PRAGMA user_version=99")
    library.close()
    with pytest.raises(DatabaseNewer, match="newer version"):
        Library(library.path)


def test_locked_by_another_program(desk: Desk) -> None:
    other = sqlite3.connect(desk.library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.library.connection.execute("PRAGMA busy_timeout=10")
    with pytest.raises(DatabaseLocked, match="locked by another"):
        desk.mark(0, 3)
    other.execute("ROLLBACK")
    assert desk.live() == []
    desk.mark(0, 3)
    assert len(desk.live()) == 1


def test_durability_pragmas(library: Library) -> None:
    ask = library.connection.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA synchronous").fetchone() == (3,)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)


def test_views_are_there_for_people_with_sql(desk: Desk) -> None:
    desk.mark(0, 12)
    ask = desk.library.connection.execute
    assert ask("SELECT text, annotator FROM highlights").fetchall() == [("One is here.", "ana")]
    assert ask("SELECT characters, highlights FROM articles").fetchall() == [(len(TEXT), 1)]


def test_pages_cover_everything_once(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("reader.storage.highlights.PAGE", 3)
    for number in range(8):
        desk.mark(number // 2, 10 + number)
    pages = list(desk.library.highlights.pages(desk.article.version_uid, desk.me))
    assert [len(page) for page in pages] == [3, 3, 2]
    spans = [(h.start, h.end) for page in pages for h in page]
    assert spans == sorted(spans)
    exported = list(desk.library.highlights.anchored(desk.article.version_uid))
    assert [(h.highlight.start, h.highlight.end) for h in exported] == spans


def test_a_judgement_meets_itself() -> None:
    assert judgement_uid("h", "c", "f", None) == judgement_uid("h", "c", "f", None)
    assert judgement_uid("h", "c", "f", None) != judgement_uid("h", "c", "f", "x")
