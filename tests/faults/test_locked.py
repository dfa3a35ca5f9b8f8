"""Another program holds the library: the work stays on the screen and is saved later."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.faults.desk import make_library, tagged
from tests.terminal import reader


def test_what_the_start_waits_for_is_named(tmp_path: Path) -> None:
    _, database = make_library(tmp_path)
    new = tmp_path / "new.txt"
    new.write_text("Something else stands here. It has two statements.\n")
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with reader(str(new), database=database) as terminal:
        terminal.wait_for(f"Opening {database.name} …")
        other.execute("ROLLBACK")
        other.close()
        terminal.wait_for("statement 1/2")
        terminal.send("q")
        assert terminal.wait() == 0
        assert "Opening" not in terminal.text()


def test_a_locked_library_is_waited_for(tmp_path: Path) -> None:
    article, database = make_library(tmp_path)
    with reader(str(article), database=database) as terminal:
        terminal.wait_for("statement 1/")
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        terminal.send("2j")
        terminal.wait_for("statement 2/")  # the keys go on working
        terminal.wait_for("saving")
        terminal.wait_for("NOT SAVED")
        terminal.send("4j")
        terminal.wait_for("statement 3/")
        other.execute("ROLLBACK")
        other.close()
        terminal.wait_for(lambda screen: " saved" in screen and "NOT SAVED" not in screen)
        terminal.send("q")
        assert terminal.wait() == 0
    assert tagged(database)[:3] == ["plausible", "doubtful", None]
