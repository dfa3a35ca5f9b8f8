"""What can happen to the file while the app has it open, or to the place where it lies."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from reader.domain import operation
from reader.services.care import doctor, rescue, rescue_folders
from reader.storage import backup, log
from reader.storage.library import Library
from tests.faults.desk import make_library, tagged
from tests.terminal import ROOT, Terminal
from tests.tui.reading_harness import article, key_event, reading

FIRST, SECOND = "First comes a plain statement.", 'Second comes "a quoted one", he said.'


async def test_the_file_goes_while_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is called saved; a copy of all that was is made; the rest is taken in later."""
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "4")
        shutil.copyfile(file, tmp_path / "other")
        (tmp_path / "other").replace(db)
        for key in ("j", "2"):
            r.app.post_message(key_event(key))
        await r.until(lambda: "NOT SAVED" in r.lines[0])
        await r.until(lambda: any("A copy with all that was saved is" in said for said in r.said))
        for key in ("ctrl+q", "ctrl+q"):
            r.app.post_message(key_event(key))
            await r.pilot.pause(0.05)
        await r.until(lambda: not r.app.is_running)
    (copy,) = backup.backups_of(db)
    for name in (db, Path(f"{db}-wal"), Path(f"{db}-shm")):
        name.unlink(missing_ok=True)
    shutil.copyfile(copy, db)
    monkeypatch.setattr(rescue, "_OWN", "00000000")
    monkeypatch.setattr(os, "getpid", lambda: 2**22 + 5)  # another program, and no running one
    # The file was written by this very program: it counts as left behind now.
    (found,) = [
        path
        for folder in rescue_folders.folders()
        if folder.exists()
        for path in folder.glob(f"{rescue._key(db)}-*")
    ]
    name = found.name.split("-")[0]
    found = found.rename(found.with_name(f"{name}-{2**22 + 6}-00000001.rescue.jsonl"))
    async with reading(db, file) as r:
        await r.until(lambda: "Not saved: 1 action of" in r.text)
        codes = "SELECT code FROM judgement WHERE deleted_at IS NULL"
        saved = await r.run(lambda library: library.connection.execute(codes).fetchall())
        assert saved == [("doubtful",)]
        r.app.post_message(key_event("enter"))
        await r.until(lambda: any("Taken in: 1 action." in said for said in r.said))
        await r.rest()
        assert await r.tags() == {FIRST: ["doubtful"], SECOND: ["plausible"]}
        await r.consistent()
        await r.press("u")
        assert r.said[-1].startswith("Undid: + plausible on “Second")
    assert not found.exists()
    assert doctor.examine(db).findings == []


async def test_a_clock_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo takes back what was done last, and no time goes backwards."""
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "4", "j", "2")
        for module in (operation, log):
            monkeypatch.setattr(module, "now_ms", lambda: 1_000_000_000_000)  # 2001
        await r.press("f", "j", "3", "k", "a")
        await r.type("later")
        await r.press("escape")
        for undone in ("note", "⇄ contested", "flag", "+ plausible"):
            await r.press("u")
            assert r.said[-1].startswith(f"Undid: {undone} on “")
        await r.press("ctrl+r", "ctrl+r")
        await r.consistent()
        assert (await r.stored())[1].flag
    with Library(db) as library:
        clocks = [op.clock for op in library.log.operations(everything=True)]
        assert clocks == sorted(clocks)
        times = library.connection.execute("SELECT created_at, updated_at FROM highlight")
        assert all(made <= changed and made > "2020" for made, changed in times)
        for _ in range(backup.KEPT + 1):  # made when the clock was right
            backup.keep(library.connection, db)
        monkeypatch.setattr(backup, "now", lambda: "2001-01-01T00:00:00.000Z")
        new = backup.keep(library.connection, db)
        assert new in backup.backups_of(db)
    assert doctor.examine(db).findings == []


WITHOUT_RIGHTS = """
import ctypes, os, sys
if os.geteuid() == 0:
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # no CAP_DAC_OVERRIDE after the next line
os.execv(sys.executable, [sys.executable, "-m", "reader", *sys.argv[1:]])
"""


def test_a_read_only_place_is_read_in_a_terminal(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    path, db = make_library(place)
    os.utime(path, (0, 0))
    db.chmod(0o444)
    place.chmod(0o555)
    before = db.read_bytes()
    env = {"READER_ANNOTATOR": "ana", "PYTHONPATH": ROOT, "XDG_STATE_HOME": str(tmp_path)}
    argv = [sys.executable, "-c", WITHOUT_RIGHTS, "--db", str(db), str(path)]
    try:
        with Terminal(argv, env=env) as terminal:
            terminal.wait_for("READ-ONLY")
            terminal.wait_for("cannot be written")
            terminal.send("2")
            terminal.wait_for("Ctrl-S")  # says why
            terminal.send("j")
            terminal.wait_for("statement 2/")
            terminal.send("q")
            assert terminal.wait() == 0
    finally:
        place.chmod(0o755)
    assert db.read_bytes() == before
    assert tagged(db)[:2] == [None, None]
