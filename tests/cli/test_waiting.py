"""A command that waits for another program's lock says so, and ends as it would have."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from reader.domain.errors import DatabaseLocked
from reader.storage import connection
from reader.storage.library import Library
from tests.cli.shell import Shell


@pytest.mark.parametrize(("lets_go", "lock"), [(True, "IMMEDIATE"), (False, "EXCLUSIVE")])
def test_what_is_waited_for_is_said_once(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    lets_go: bool,
    lock: str,
) -> None:
    shell = Shell(tmp_path, capsys)
    shell.add()
    path = tmp_path / "library.db"
    monkeypatch.setattr(connection, "TOLD_MS", 20)
    monkeypatch.setitem(Library.__init__.__kwdefaults__, "busy_ms", 5_000 if lets_go else 100)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    if lock == "EXCLUSIVE":  # what reading waits for as well
        other.execute("PRAGMA locking_mode=exclusive")
    other.execute(f"BEGIN {lock}")
    timer = threading.Timer(0.15, other.execute, ["ROLLBACK"])
    if lets_go:
        timer.start()
    words = ("tag", "1", "--statement", "1", "plausible")
    status = shell(*words)
    assert shell.err.count(f"note: {path} is locked by another program; waiting ") == 1
    if lets_go:
        timer.join()
        assert status == 0
    else:
        assert status == DatabaseLocked.exit_code
        assert f"{path} is locked by another program." in shell.err
        assert shell("list") == DatabaseLocked.exit_code
        assert shell.err.count("waiting ") == 1
        other.execute("ROLLBACK")
    other.close()
    assert shell(*words) == 0
    assert "locked" not in shell.err
