"""A disk without room: the work stays on the screen and in the rescue file, and is saved later."""

from __future__ import annotations

import csv
import io
import json
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.errors import DiskFull
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.exchange.exporting import export_csv
from reader.storage.library import Library
from tests.faults.desk import make_article, stored, tagged
from tests.faults.disks import small_disk
from tests.terminal import READER, ROOT, reader
from tests.tui.reading_harness import Reader, article, key_event, reading


async def keys(r: Reader, *names: str) -> None:
    """Press keys without waiting for saving."""
    for name in names:
        r.app.post_message(key_event(name))
        await r.pilot.pause(0)
        await r.pilot.pause(0)


def head(path: Path) -> dict[str, int]:
    """Return how much a rescue file holds."""
    fields = json.loads(path.read_text("utf-8").splitlines()[0])
    return {name: fields[name] for name in ("actions", "drafts")}


async def test_tags_and_a_note_outlast_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        db = disk.folder / "library.db"
        async with reading(db, article(tmp_path)) as r:
            await r.press("j", "4")
            disk.fill()
            await keys(r, "j", "2")
            await r.until(lambda: "NOT SAVED" in r.lines[0])
            await r.until(lambda: r.screen.saver.rescue_file)
            file = r.screen.saver.rescue_file
            await r.until(lambda: any(disk.says in said and str(file) in said for said in r.said))
            assert head(file) == {"actions": 1, "drafts": 0}
            await keys(r, "j", "f")
            await r.until(lambda: head(file)["actions"] == 2)
            await keys(r, "j", "a")
            await r.until(lambda: r.screen.mode == "NOTE")
            await keys(r, *"half a thought")
            await r.until(lambda: head(file) == {"actions": 2, "drafts": 1})
            await keys(r, "escape")
            await r.until(lambda: head(file) == {"actions": 3, "drafts": 0})
            await r.until(lambda: "half a thought" in r.text)
            await keys(r, "q")
            await r.until(lambda: any("the next start offers" in said for said in r.said))
            assert r.screen.is_active
            saver = r.screen.saver
            await keys(r, "e", "a", *"The register")  # a form is kept there as well
            await r.until(lambda: "The register" in file.read_text("utf-8"))
            assert head(file) == {"actions": 3, "drafts": 1}
            disk.make_room()
            saver.retry_now()
            await r.until(lambda: "NOT SAVED" not in r.lines[0])
            await r.until(lambda: r.said == ["All that waited is saved now."])
            await r.until(lambda: not file.exists())
            query = "SELECT kind FROM draft WHERE text LIKE '%The register%'"
            found = await r.run(lambda library: library.connection.execute(query).fetchall())
            assert found == [("evidence",)]  # in the library again, and still being typed
            await r.press("escape", "escape", "j", "3")
            await r.consistent()
            tags = await r.tags()
            assert [tuple(codes) for codes in tags.values()] == [
                ("doubtful",), ("plausible",), (), (), ("contested",),
            ]  # fmt: skip
        assert doctor.examine(db).findings == []
        rows = exported(db, tmp_path / "x.csv")
        assert [row["tag"] for row in rows] == ["doubtful", "plausible", "", "", "contested"]
        assert [row["note"] for row in rows][3] == "half a thought"


def test_a_library_on_a_full_disk_is_read(tmp_path: Path) -> None:
    """Nothing can be made beside it; it is opened as it stands, and what fails says why."""
    with small_disk(tmp_path) as disk:
        if not disk.own:
            pytest.skip("a small disk cannot be mounted here")
        path, db = make_article(tmp_path), disk.folder / "library.db"
        with Library(db) as library:
            adding.add_file(library, path, library.annotator("ana"))
        disk.fill()
        with Library.for_reading(db) as library:
            assert library.read_only
            assert "is full. It is opened for reading only. Make room" in library.notices[0]
            assert len(library.articles.in_order()) == 1
        with pytest.raises(DiskFull):
            Library(db)
        with sqlite3.connect(f"file:{db}?mode=ro&immutable=1", uri=True) as connection:
            assert connection.execute("SELECT count(*) FROM op").fetchone() == (2,)
        connection.close()
        disk.make_room()
        with Library(db) as library:
            library.annotator("ben")


def exported(db: Path, path: Path) -> list[dict[str, str]]:
    """Return the rows of the exported CSV."""
    with Library(db) as library:
        export_csv(library, None, path, codebook=load_builtin("credibility-7"))
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_what_a_killed_program_could_not_save_is_taken_in(tmp_path: Path) -> None:
    """In a real terminal: a full disk, SIGKILL, and a start that asks."""
    with small_disk(tmp_path) as disk:
        path, db = make_article(tmp_path), disk.folder / "library.db"
        state = {"XDG_STATE_HOME": str(tmp_path / "state")}
        with reader(str(path), database=db, env=state) as terminal:
            terminal.wait_for("statement 1/")
            terminal.send("1")
            while stored(db, "SELECT count(*) FROM judgement") != [(1,)]:
                terminal.wait_for_quiet(0.02)
            disk.fill(terminal.pid)
            terminal.send("j2j3")
            terminal.wait_for("NOT SAVED")
            terminal.wait_for(
                lambda text: "is kept" in text or "kept in" in text
            )  # where it is wrapped
            (file,) = (tmp_path / "state").rglob("*.rescue.jsonl")
            while head(file)["actions"] < 2:
                terminal.wait_for_quiet(0.02)
            terminal.send("rj\r")
            terminal.wait_for("How are they related")
            terminal.send("d\tsays not")
            while not head(file)["drafts"]:
                terminal.wait_for_quiet(0.02)
            terminal.send("\x1b")
            terminal.wait_for("What was typed is kept")
            terminal.send("\x1bjasome words")
            while head(file)["drafts"] < 2:
                terminal.wait_for_quiet(0.02)
            terminal.kill(signal.SIGKILL)
        disk.make_room()
        assert said_by("doctor", db, state).endswith("`reader rescue` lists and takes them in.\n")
        with reader(str(path), database=db, env=state) as terminal:
            terminal.wait_for("2 actions and 2 notes or forms being typed")
            terminal.send("\r")
            terminal.wait_for("some words")
            terminal.send("\x13krj\r")
            terminal.wait_for("says not")
            terminal.send("\x1b\x1bq")
            assert terminal.wait() == 0
        assert tagged(db)[:4] == ["corroborated", "plausible", "contested", None]
        assert [row["note"] for row in exported(db, tmp_path / "x.csv")][3] == "some words"
        assert not file.exists()


def said_by(command: str, db: Path, env: dict[str, str]) -> str:
    """Return what a command says on stderr."""
    done = subprocess.run(
        [*READER, "--db", str(db), command],
        capture_output=True, text=True, env={"PYTHONPATH": ROOT, **env}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stderr
