"""What is written into the file itself is there as a whole, or not at all, whatever happens."""

import shutil
import sqlite3
from contextlib import closing, suppress

import pytest

from reader.domain.errors import StorageError
from reader.services.care import doctor
from reader.storage import reading, written_once
from reader.storage.backup import backups_of
from reader.storage.library import Library
from tests.services.exchange_desk import TEXT, Desk

MANY = 1_000_000


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "a.db")
    with desk.library:
        desk.add(TEXT)
        desk.tag(0, 4, "plausible")
        yield desk


def write(desk: Desk, count: int) -> None:
    """Tag stretches, inside the large transaction, with so little memory that pages are written."""
    desk.library.connection.execute("PRAGMA cache_size=10")
    one = desk.library.connection
    for number in range(count):
        one.execute(
            "INSERT INTO highlight (uid, version_uid, annotator_uid, start, end, exact, prefix,"
            " suffix, created_at, updated_at, rev) SELECT ?, version_uid, annotator_uid, start,"
            " end, exact, ?, suffix, created_at, updated_at, rev FROM highlight LIMIT 1",
            (f"uid {number}", "x" * 2_000),
        )


def mode(desk: Desk) -> str:
    return desk.library.connection.execute("PRAGMA journal_mode").fetchone()[0]


def count(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM highlight").fetchone()[0]


def test_killed_in_the_middle_it_is_as_it_was_before(desk, tmp_path, monkeypatch):
    path, torn = desk.library.path, tmp_path / "torn"
    torn.mkdir()
    with suppress(ZeroDivisionError), desk.library.large_unit_of_work(MANY):
        assert mode(desk) == "delete"
        before = path.stat().st_size
        write(desk, 200)
        assert path.stat().st_size > before + 100_000
        for end in ("", "-journal"):
            shutil.copy(f"{path}{end}", f"{torn / 'a.db'}{end}")
        raise ZeroDivisionError
    assert (mode(desk), count(desk.library.connection)) == ("wal", 1)
    assert path.stat().st_size == before
    copy = shutil.copytree(torn, tmp_path / "copy") / "a.db"
    # Where nothing can be written beside it the journal cannot be taken back, but is not passed by.
    connect = reading.reading_connection

    def refusing(path, **options):
        found = connect(path, immutable=True) if options else connect(path)
        if not options:
            found.close()
            return Refusing()
        return found

    monkeypatch.setattr(reading, "reading_connection", refusing)
    with closing(reading.open_reading(copy)) as kept:
        assert kept.folder is not None
        assert count(kept.connection) == 1
    monkeypatch.undo()
    with Library(copy) as library:
        assert count(library.connection) == 1
    assert doctor.examine(copy).findings == []


class Refusing:
    """A connection to a file beside which nothing can be written."""

    def execute(self, query: str) -> None:
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise error

    def close(self) -> None:
        pass


def test_what_is_little_beside_what_is_there_goes_into_the_log(desk, monkeypatch):
    monkeypatch.setattr(written_once, "FEWEST", 1)
    there = desk.operations()
    for operations, expected in ((there - 1, "wal"), (there, "delete")):
        with desk.library.large_unit_of_work(operations):
            assert mode(desk) == expected


def test_the_backup_of_the_day_is_made_before_what_is_large(desk):
    path = desk.library.path
    desk.library.close()
    assert backups_of(path) == []
    with Library(path) as library:
        desk.library = library
        for _ in range(2):
            with library.large_unit_of_work(MANY):
                assert mode(desk) == "delete"
                write(desk, 0)
                (backup,) = backups_of(path)
    with Library(path) as library:
        desk.library = library
        with suppress(ZeroDivisionError), library.large_unit_of_work(MANY):
            write(desk, 5)
            raise ZeroDivisionError
    assert backups_of(path) == [backup]
    with closing(sqlite3.connect(backup)) as connection:
        assert count(connection) == 1


def test_afterwards_all_is_as_always(desk):
    with desk.library.large_unit_of_work(MANY):
        write(desk, 20)
        with pytest.raises(StorageError, match="locked"):
            Library(desk.library.path, busy_ms=1)
    assert (mode(desk), count(desk.library.connection)) == ("wal", 21)
    assert desk.library.connection.execute("PRAGMA synchronous").fetchone() == (3,)
    desk.tag(5, 9, "refuted")
    with Library(desk.library.path) as other:
        assert count(other.connection) == 22


@pytest.mark.parametrize("operations", [MANY, written_once.FEWEST - 1])
def test_others_who_have_it_open_read_on_and_see_it_afterwards(desk, operations):
    with Library(desk.library.path) if operations == MANY else desk.library as other:
        with desk.library.large_unit_of_work(operations):
            write(desk, 20)
            assert mode(desk) == "wal"
            if other is not desk.library:
                assert count(other.connection) == 1
        assert count(other.connection) == 21
