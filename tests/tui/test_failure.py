"""A mistake of the program's own ends in a sentence, not in a traceback over the screen."""

import sys
from pathlib import Path

from tests.new_libraries import make
from tests.terminal import Terminal

PROGRAM = """
import sys
from reader.tui.reading.screen import ReadingScreen

def broken(self):
    raise ZeroDivisionError("made for a test")

ReadingScreen.action_flag = broken
from reader.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(tmp_path: Path, env: dict[str, str]) -> tuple[int, str]:
    article = tmp_path / "a.txt"
    article.write_text("One statement stands here. Another one follows it.\n")
    database = str(tmp_path / "library.db")
    make(tmp_path / "library.db")
    argv = (sys.executable, "-c", PROGRAM, "--db", database, str(article))
    with Terminal(argv, env=env) as terminal:
        terminal.wait_for("statement 1/2")
        terminal.send("2")
        terminal.wait_for("1 of 2")
        terminal.send("f")
        code = terminal.wait()
        return code, terminal.text()


def test_the_user_reads_a_sentence(tmp_path: Path) -> None:
    code, text = run(tmp_path, {})
    assert code == 1
    assert "made for a test" in text
    assert "What was saved is saved" in " ".join(text.split())
    assert "Traceback" not in text
    assert "locals" not in text


def test_whoever_asks_reads_the_details(tmp_path: Path) -> None:
    code, text = run(tmp_path, {"READER_DEBUG": "1"})
    assert code == 1
    assert "ZeroDivisionError" in text
