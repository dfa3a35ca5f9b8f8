"""Terminals of any size, also ones that change it: no traceback, keys work, it ends well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import reader

TEXT = "# not a heading\n\n" + "\n\n".join(
    f"Number {n} is here. It was said that {n} is a number, and 世界 a word." for n in range(40)
)


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24)])
def test_reading_tagging_dialogs_and_leaving(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    with reader(str(path), database=tmp_path / "library.db", size=size) as terminal:
        terminal.wait_for("not a")
        terminal.wait_for_quiet()
        for keys in ("jjj", "2j4j", "G", "g", "z", "z", "z"):
            terminal.send(keys)
            terminal.wait_for_quiet(0.05)
        for key in ("?", "t", "E"):
            terminal.send(key)
            terminal.wait_for("╭")  # of its frame, over which no message lies
            terminal.send("\x1b")
            terminal.wait_for(lambda shown: "╭" not in shown)
        terminal.send("a")
        terminal.wait_for("note on" if size[1] < 10 else "NOTE")
        terminal.send("a note\x13")
        terminal.wait_for("READ")
        terminal.send("/")
        terminal.wait_for("SEARCH")
        terminal.send("number 7\r")
        terminal.wait_for("READ")
        terminal.wait_for_quiet()
        assert "Traceback" not in terminal.text()
        terminal.send("q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.output()


def test_the_size_changes_while_it_runs(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    with reader(str(path), database=tmp_path / "library.db") as terminal:
        terminal.wait_for("statement 1/")
        terminal.send("jj")
        terminal.wait_for("statement 3/")
        for columns, rows in ((20, 5), (1, 1), (80, 24), (3, 40), (200, 60)):
            terminal.resize(columns, rows)
            terminal.wait_for_quiet(0.15)
            terminal.send("jk")
        terminal.resize(120, 40)
        terminal.wait_for("statement 3/")
        terminal.send("q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.output()
