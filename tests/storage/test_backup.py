"""Backups: whole, checked, once a day, before a migration, the last five of each kind."""

import sqlite3
from pathlib import Path

import pytest

from reader.domain import half_written
from reader.domain.errors import StorageError
from reader.domain.operation import Change, Group
from reader.storage import backup
from reader.storage.connection import SCHEMA_VERSION
from reader.storage.library import Library
from reader.storage.schema import tables as schema


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lib.rary.db"
    with Library(path) as library:
        library.annotator("ana")
    return path


def write(library: Library, name: str = "x") -> None:
    uid = library.annotator("ana")
    change = Change("annotator", uid, {"name": name}, {"name": None})
    library.log.commit(Group("rename", uid, None, (change,)))


def test_the_first_write_of_a_day_makes_a_backup_and_the_next_ones_none(path: Path) -> None:
    assert backup.backups_of(path) == []  # it was made just now
    for name in ("one", "two"):
        with Library(path) as library:
            write(library, name)
            write(library, name * 2)
    (only,) = backup.backups_of(path)
    with Library(only) as copy:
        assert copy.annotators.find("ana")
        assert copy.connection.execute("SELECT count(*) FROM op").fetchone()[0] >= 2


def test_reading_makes_no_backup(path: Path) -> None:
    with Library(path) as library:
        library.annotators.find("ana")
    assert backup.backups_of(path) == []


def test_every_way_of_writing_counts(path: Path) -> None:
    for number, act in enumerate((_undo, _unit)):
        with Library(path) as library:
            act(library)
        assert len(backup.backups_of(path)) == 1, number
        backup.backups_of(path)[0].unlink()


def _undo(library: Library) -> None:
    uid = library.annotator("ana")
    with library.unit_of_work():
        change = Change("annotator", uid, {"name": "n"}, {"name": None})
        library.log.write([Group("rename", uid, None, (change,))])
    assert library.log.undo(None, uid)


def _unit(library: Library) -> None:
    with library.unit_of_work():
        pass


def test_the_last_five_of_each_kind_stay(path: Path, monkeypatch) -> None:
    days = iter(f"2030-01-{day:02d}T00:00:00.000Z" for day in range(1, 32))
    monkeypatch.setattr(backup, "now", lambda: next(days))
    with Library(path) as library:
        for _ in range(7):
            backup.keep(library.connection, path)
            backup.keep(library.connection, path, "-before-schema-9")
    names = [item.name for item in backup.backups_of(path)]
    assert len(names) == 10
    assert len([name for name in names if "-before-schema-9" in name]) == 5
    assert names[-1] == "lib.rary-20300114-000000000Z-before-schema-9.db"


def test_what_a_killed_program_left_is_cleared_and_nothing_else(path: Path, monkeypatch) -> None:
    folder = backup.folder_of(path)
    folder.mkdir()
    own, young = folder / "notes.txt", folder / ".reader-00.tmp"
    own.write_text("mine")
    young.write_text("")
    with Library(path) as library:
        backup.keep(library.connection, path)
        assert young.exists()
        monkeypatch.setattr(half_written, "_STALE_SECONDS", -1)
        backup.keep(library.connection, path)
        beside = path.with_name(".reader-01.tmp")
        beside.write_text("")
        library.back_up(path.with_name("copy.db"))
    assert own.exists()
    assert not young.exists()
    assert not beside.exists()


def test_a_migration_is_preceded_by_a_backup(path: Path, monkeypatch) -> None:
    def newer(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE later (a)")
        connection.execute("PRAGMA user_version=99")

    monkeypatch.setattr("reader.storage.library.SCHEMA_VERSION", 99)
    monkeypatch.setattr("reader.storage.connection.SCHEMA_VERSION", 99)
    monkeypatch.setattr(schema, "migrate", newer)
    with Library(path) as library:
        assert library.connection.execute("SELECT * FROM later").fetchall() == []
    (before,) = backup.backups_of(path)
    assert before.name.endswith("-before-schema-99.db")
    with sqlite3.connect(before) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert old.execute("SELECT handle FROM annotator").fetchall() == [("ana",)]


def test_a_migration_does_not_begin_without_its_backup(path: Path, monkeypatch) -> None:
    backup.folder_of(path).write_text("in the way")
    monkeypatch.setattr("reader.storage.library.SCHEMA_VERSION", 99)
    monkeypatch.setattr("reader.storage.connection.SCHEMA_VERSION", 99)
    monkeypatch.setattr(schema, "migrate", lambda connection: pytest.fail("migrated"))
    with pytest.raises(StorageError, match="backups cannot be made"):
        Library(path)


def test_a_backup_that_cannot_be_made_stops_nothing_and_is_told(path: Path) -> None:
    backup.folder_of(path).write_text("in the way")
    with Library(path) as library:
        write(library)
    assert len(library.notices) == 1
    assert "backup was not made" in library.notices[0]


@pytest.mark.parametrize(
    ("page", "says"), [("first", "is damaged"), ("op_group", "The copy is damaged")]
)
def test_a_damaged_copy_never_gets_the_name(
    path: Path, tmp_path: Path, monkeypatch, page: str, says: str
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("old")

    def spoil(copy: Path) -> None:
        if copy.is_file() and copy.suffix == ".tmp":
            raw = bytearray(copy.read_bytes())
            root, size = (2, 4096) if page == "first" else _root_of(copy, page)
            raw[(root - 1) * size : root * size] = bytes(size)
            copy.write_bytes(raw)

    monkeypatch.setattr(backup, "_flush", spoil)
    with Library(path) as library, pytest.raises(StorageError, match=says):
        library.back_up(target)
    assert target.read_text() == "old"
    assert [item.name for item in tmp_path.glob(".reader-*")] == []


def _root_of(path: Path, index: str) -> tuple[int, int]:
    connection = sqlite3.connect(path)
    query = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = ?"
    root, size = connection.execute(query, (index,)).fetchone()
    connection.close()
    return root, size
