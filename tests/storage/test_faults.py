"""What can happen to a library's file: each has its message and what to do, and loses nothing."""

import ctypes
import errno
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from reader import assets
from reader.domain.errors import (
    DatabaseDamaged,
    DatabaseGone,
    DatabaseNewer,
    DatabaseReadOnly,
    DiskFull,
    NotADatabase,
    ReaderError,
    StorageError,
)
from reader.domain.operation import Change, Group
from reader.services import showing
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.library import listing
from reader.storage import backup, mounts, probing
from reader.storage.connection import worded
from reader.storage.library import Library

ROOT = Path(__file__).parents[2]


def rename(library: Library, name: str) -> None:
    uid = library.annotator("ana")
    change = Change("annotator", uid, {"name": name}, {"name": None})
    library.log.commit(Group("rename", uid, None, (change,)))


def names(library: Library) -> list[str]:
    return [op.patch["name"] for op in library.log.operations() if op.kind == "rename"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lib" / "library.db"
    story = tmp_path / "story.txt"
    story.write_text("One is here. Two is there.\n\nThree.\n" * 40, "utf-8")
    with Library(path) as library:
        adding.add_file(library, story, library.annotator("ana"))
        rename(library, "first")
    return path


# ---------------------------------------------------------------------- deleted, moved, replaced


def test_nothing_is_acknowledged_after_the_file_was_deleted(path: Path) -> None:
    with Library(path) as library:
        path.unlink()
        with pytest.raises(DatabaseGone, match="deleted, moved or replaced") as caught:
            rename(library, "lost")
        assert caught.value.hint


def test_a_file_that_is_put_back_is_written_again(path: Path) -> None:
    with Library(path) as library:
        rename(library, "second")
        aside = path.with_name("aside.db")
        path.rename(aside)
        for _ in range(2):
            with pytest.raises(DatabaseGone):
                rename(library, "third")
        aside.rename(path)
        rename(library, "third")
    with Library(path) as library:
        assert names(library) == ["first", "second", "third"]


def test_a_replaced_file_is_not_written(path: Path) -> None:
    other = path.with_name("other.db")
    shutil.copyfile(path, other)
    with Library(path) as library:
        rename(library, "second")
        other.replace(path)
        with pytest.raises(DatabaseGone):
            rename(library, "third")
    with Library(path) as library:
        assert "third" not in names(library)


def test_a_deleted_log_is_noticed(path: Path) -> None:
    with Library(path) as library:
        rename(library, "second")
        Path(f"{path}-wal").unlink()
        with pytest.raises(DatabaseGone):
            rename(library, "third")


def test_no_log_is_left_to_what_comes_in_the_place_of_a_file(path: Path) -> None:
    """SQLite would write the pages in it into the copy, which has others."""
    with Library(path) as library:
        rename(library, "second")
        whole = library.keep_copy()
        path.unlink()
        with pytest.raises(DatabaseGone):
            rename(library, "third")
        assert Path(f"{path}-wal").exists()  # it may be put back, with its log
    with Library(path) as library:
        assert f"{path} is a new library. The newest backup is {whole}" in library.notices[0]
    path.unlink()
    shutil.copyfile(whole, path)
    assert doctor.examine(path).findings == []
    with Library(path) as library:
        assert names(library) == ["first", "second"]
        rename(library, "third")
        path.rename(path.with_name("aside.db"))
        shutil.copyfile(whole, path)
        with pytest.raises(DatabaseGone):
            rename(library, "fourth")
        assert not Path(f"{path}-wal").exists()
        assert doctor.examine(path).findings == []
        path.with_name("aside.db").replace(path)
        rename(library, "fourth")  # with the log that was its own
    with Library(path) as library:
        assert names(library) == ["first", "second", "third", "fourth"]


def test_a_log_without_its_file_is_not_thrown_away(path: Path) -> None:
    with Library(path) as library:
        rename(library, "second")
        log = Path(f"{path}-wal").read_bytes()
    path.unlink()
    Path(f"{path}-wal").write_bytes(log)
    with pytest.raises(NotADatabase, match="is not there, but the log") as caught:
        Library(path)
    assert "move" in caught.value.hint
    assert Path(f"{path}-wal").read_bytes() == log


# ---------------------------------------------------------------------- empty, cut, flipped


def test_an_empty_file_becomes_a_new_library_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.touch()
    with Library(path) as library:
        assert "was an empty file" in library.notices[0]
        library.annotator("ana")
    with Library(path) as library:
        assert library.notices == []


def test_an_empty_file_that_had_something_in_it_is_left_alone(path: Path) -> None:
    with Library(path) as library:
        backup.keep(library.connection, path)
    path.write_bytes(b"")
    with pytest.raises(NotADatabase, match="there are backups") as caught:
        Library(path)
    assert "backups" in caught.value.hint
    assert path.read_bytes() == b""
    shutil.copyfile(backup.backups_of(path)[-1], path)
    with Library(path) as library:
        assert names(library) == ["first"]


def test_an_empty_file_beside_a_log_is_left_alone(path: Path) -> None:
    log = Path(f"{path}-wal")
    path.write_bytes(b"")
    log.write_bytes(b"the work of a year")
    with pytest.raises(NotADatabase, match="log of a library lies beside"):
        Library(path)
    assert log.read_bytes() == b"the work of a year"


def read_all(path: Path) -> None:
    """Read everything that a user can see, as the commands do."""
    with Library.for_reading(path) as library:
        ana, book = library.annotators.find("ana") or "", assets.load_builtin("credibility-7")
        for entry in listing.entries(library, ana, book):
            article = library.articles.get(entry.uid)
            if article is not None:  # else its index is damaged: the commands say that it is gone
                showing.as_document(library, article)
        list(library.log.operations(everything=True))
        library.codebooks.used()


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95])
def test_a_file_cut_short(path: Path, part: float) -> None:
    raw = path.read_bytes()
    cut = raw[: int(len(raw) * part)]
    path.write_bytes(cut)
    with pytest.raises(DatabaseDamaged, match="damaged or cut short") as caught:
        read_all(path)
    assert "reader doctor" in caught.value.hint
    assert path.read_bytes() == cut


def test_a_file_cut_to_its_first_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(StorageError, match=r"damaged or cut short|not a database"):
        Library(path)


def test_a_damaged_name_is_told_from_other_text_that_is_no_utf_8(path: Path) -> None:
    with Library(path) as library:
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes().replace(b"head.group_uid AS", b"head.group_uid\xa0AS"))
    with Library(path) as library:
        with pytest.raises(DatabaseDamaged), worded(path, others_too=True):
            list(library.log.operations())
        with pytest.raises(UnicodeDecodeError), worded(path, others_too=True):
            b"another file's \xa0".decode()


def test_one_flipped_byte_ends_in_words_or_not_at_all(path: Path) -> None:
    whole = path.read_bytes()
    outcomes = {"read": 0, "refused": 0}
    for place in range(0, len(whole), len(whole) // 150):
        raw = bytearray(whole)
        raw[place] ^= 0xA5
        path.write_bytes(raw)
        for leftover in ("-wal", "-shm"):
            Path(f"{path}{leftover}").unlink(missing_ok=True)
        try:
            read_all(path)
        except ReaderError:
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
    assert min(outcomes.values()) > 0


@pytest.mark.parametrize("statement", ["DELETE FROM meta", "UPDATE meta SET key = 'devicf_uid'"])
def test_a_row_that_every_library_has_is_not_found(path: Path, statement: str) -> None:
    with Library(path) as library:
        library.connection.execute(f"{statement} WHERE key = 'device_uid'")
    for opening in (Library, Library.for_reading):
        with pytest.raises(DatabaseDamaged, match="makes no sense") as caught:
            opening(path)
        assert "reader doctor" in caught.value.hint


# ---------------------------------------------------------------------- newer


def test_a_newer_library_is_read_and_not_written(path: Path) -> None:
    with Library(path) as library:
        library.connection.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer):
        Library(path)
    with Library.for_reading(path) as library:
        assert library.read_only
        assert "newer version" in library.notices[0]
        assert "for reading only" in library.notices[0]
        assert names(library) == ["first"]
        with pytest.raises(DatabaseReadOnly):
            rename(library, "second")
        with pytest.raises(DatabaseReadOnly):
            library.drafts.keep("a", "v", 0, 1, "t", "")
    assert path.read_bytes() == before


def test_a_library_that_can_be_written_is(path: Path) -> None:
    with Library.for_reading(path) as library:
        assert not library.read_only
        assert library.notices == []


# ---------------------------------------------------------------------- no room


def test_a_full_disk_keeps_what_was_there_and_goes_on_when_there_is_room(path: Path) -> None:
    with Library(path) as library:
        ask = library.connection.execute
        (pages,) = ask("PRAGMA page_count").fetchone()
        ask(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageError, match=r"disk that holds .* is full") as caught:
            rename(library, "x" * 100_000)
        assert "Make room" in caught.value.hint
        assert names(library) == ["first"]
        ask("PRAGMA max_page_count=1000000")
        rename(library, "second")
    with Library(path) as library:
        assert names(library) == ["first", "second"]


LIMITED = """
import resource, sys
from pathlib import Path
from reader.domain.errors import StorageError
from reader.storage.library import Library
from tests.storage.test_faults import names, rename
path = Path(sys.argv[1])
with Library(path) as library:
    rename(library, "second")
    size = Path(f"{path}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5000, resource.RLIM_INFINITY))
    for _ in range(2):
        try:
            rename(library, "x" * 100_000)
        except StorageError as error:
            print(error.message, error.hint)
    assert names(library) == ["first", "second"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    rename(library, "third")
"""


def test_a_write_that_the_system_refuses(path: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == 2
    assert all("The disk fails to read or write" in line for line in said), said
    with Library(path) as library:
        assert names(library) == ["first", "second", "third"]
        assert library.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_backup_without_room_leaves_nothing(path: Path, tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from reader.domain.errors import StorageError\n"
        "from reader.storage.library import Library\n"
        "with Library(Path(sys.argv[1])) as library:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        library.back_up(Path(sys.argv[2]))\n"
        "    except StorageError as error:\n"
        "        print(error.message)\n"
    )
    target = tmp_path / "there" / "copy.db"
    target.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(target)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert list(target.parent.iterdir()) == []


# ---------------------------------------------------------------------- read-only places


@pytest.fixture
def public(path: Path) -> Iterator[Path]:
    """The library, whose place may be made read-only and is made writable again."""
    yield path
    for item in (path.parent, *path.parent.iterdir()):
        item.chmod(0o755)


def reader_without_rights(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command without root's right to write everywhere."""
    return without_rights("-m", "reader", "--db", str(path), "--annotator", "ana", *words)


def without_rights(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python without root's right to write everywhere."""
    return subprocess.run(
        [sys.executable, "-B", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=give_up_override if os.geteuid() == 0 else None,
    )


def give_up_override() -> None:
    """Give up CAP_DAC_OVERRIDE for what is executed next (Linux)."""
    drop_from_bounding_set, dac_override = 24, 1
    assert ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0) == 0


READING = (("list",), ("show", "1"), ("log",), ("export", "csv"), ("stats",), ("doctor",))
WRITING = ("tag", "1", "--statement", "1", "plausible")

EACH = """
import json, os, sys, tempfile
from reader.__main__ import main
import reader.cli.main
start, commands = json.loads(sys.argv[1])
done = []
for words in commands:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as error:
        if not (child := os.fork()):
            os.dup2(out.fileno(), 1)
            os.dup2(error.fileno(), 2)
            os._exit(main([*start, *words]))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        done.append([status, (out.seek(0), out.read())[1], (error.seek(0), error.read())[1]])
print(json.dumps(done))
"""
"""Runs commands, each in a process of its own that need not import everything anew."""


def each_without_rights(path: Path, *commands: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Run commands as in `reader_without_rights`; return status, stdout and stderr of each."""
    start = ["--db", str(path), "--annotator", "ana"]
    done = without_rights("-c", EACH, json.dumps([start, commands]))
    assert done.returncode == 0, done.stderr
    return [tuple(each) for each in json.loads(done.stdout)]


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_read_only_place_is_read_and_not_written(public: Path, what: str) -> None:
    public.parent.chmod(0o555 if what != "file" else 0o755)
    public.chmod(0o444 if what != "folder" else 0o644)
    before = public.read_bytes()
    *read, written = each_without_rights(public, *READING, WRITING)
    for words, (status, out, error) in zip(READING, read, strict=True):
        assert status == 0, (words, error)
        assert out
        if words != ("doctor",):
            assert "opened for reading only" in error, words
    status, _, error = written
    assert status == 4, error
    assert "Database read-only" in error
    assert "Traceback" not in error
    assert public.read_bytes() == before


def test_what_lies_in_the_log_is_read_in_a_read_only_folder(public: Path) -> None:
    with Library(public) as library:
        rename(library, "only in the log")
        for name in ("", "-wal"):
            shutil.copyfile(f"{public}{name}", f"{public}{name}.kept")
    for name in ("", "-wal"):
        Path(f"{public}{name}.kept").replace(f"{public}{name}")
        Path(f"{public}{name}").chmod(0o444)
    public.parent.chmod(0o555)
    done = reader_without_rights(public, "log", "--json")
    assert done.returncode == 0, done.stderr
    assert "only in the log" in done.stdout


# ---------------------------------------------------------------------- elsewhere


MOUNTINFO = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /srv rw - nfs4 server:/srv rw
31 30 8:2 / /srv/local rw - xfs /dev/sdb1 rw
32 22 0:41 / /mnt/my\\040share rw - cifs //server/share rw
33 22 0:42 / /mnt/ssh rw - fuse.sshfs host:/ rw
a broken line
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/ana/library.db", None),
        ("/srv/ana/library.db", "nfs4"),
        ("/srvice/library.db", None),
        ("/srv/local/library.db", None),
        ("/mnt/my share/library.db", "cifs"),
        ("/mnt/ssh/a/b/library.db", "fuse.sshfs"),
    ],
)
def test_network_mounts_are_known(tmp_path: Path, place: str, kind: str | None) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(MOUNTINFO)
    assert mounts.network_filesystem(Path(place), listed) == kind


def test_a_network_mount_is_warned_of(path: Path, tmp_path: Path, monkeypatch) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(f"30 22 0:40 / {path.parent} rw - nfs4 server:/srv rw\n")
    monkeypatch.setattr(mounts, "MOUNTS", listed)
    with Library(path) as library:
        assert "network mount (nfs4)" in library.notices[0]
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "nothing")
    with Library(path) as library:
        assert library.notices == []


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "is full"),
        (errno.EDQUOT, DiskFull, "a quota is set"),
        (errno.EROFS, DatabaseReadOnly, "has become read-only"),
    ],
)
def test_it_is_found_out_why_a_disk_fails(path: Path, monkeypatch, number, kind, words) -> None:
    def fail(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    assert probing.why_not_written(path, is_full=False) is None
    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(kind, match=words), worded(path):
        raise error


def test_a_folder_that_may_not_be_looked_into_is_no_deleted_file(path: Path, monkeypatch) -> None:
    with Library(path) as library:
        rename(library, "second")
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", mock.Mock(side_effect=PermissionError))
            with pytest.raises(StorageError, match="permissions of its folder were changed"):
                rename(library, "third")
        rename(library, "fourth")
        assert names(library) == ["first", "second", "fourth"]


def test_a_clock_set_back_keeps_the_order(path: Path, monkeypatch) -> None:
    with Library(path) as library:
        rename(library, "second")
        monkeypatch.setattr("reader.storage.log.now_ms", lambda: 1_000)
        rename(library, "third")
        rename(library, "fourth")
    with Library(path) as library:
        assert names(library) == ["first", "second", "third", "fourth"]
        me = library.annotator("ana")
        assert library.log.undo(None, me) is not None
        undone = list(library.log.operations())[-1]
        assert undone.kind == "undo"
        assert undone.before == {"name": "fourth"}


def test_another_programs_lock_is_waited_for_and_told(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Library(path, busy_ms=10) as library:
        with pytest.raises(StorageError, match="locked by another program") as caught:
            rename(library, "second")
        assert "Close the other program" in caught.value.hint
        other.execute("ROLLBACK")
        other.close()
        rename(library, "second")
        assert names(library) == ["first", "second"]
