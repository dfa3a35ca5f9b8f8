"""The screen, opened from the command line on text that comes through a pipe."""

import json
import shlex
import subprocess
import sys

from tests.new_libraries import make
from tests.terminal import Terminal


def test_text_comes_through_the_pipe_and_keys_from_the_terminal(tmp_path):
    reader = f"{shlex.quote(sys.executable)} -m reader"
    env = {"READER_DB": str(tmp_path / "library.db"), "READER_ANNOTATOR": "ana"}
    make(tmp_path / "library.db")
    command = f"printf 'One is here. Two is there.' | {reader} -"
    with Terminal(["/bin/sh", "-c", command], env=env, size=(80, 24)) as terminal:
        terminal.wait_for("One is here.")
        terminal.wait_for_quiet()
        terminal.send("2")
        terminal.wait_for("saved")
        terminal.wait_for_quiet()
        terminal.send("q")
        assert terminal.wait() == 0
    words = [sys.executable, "-m", "reader", "--db", env["READER_DB"], "stats", "--json"]
    done = subprocess.run([*words, "--annotator", "ana"], capture_output=True, check=True)
    assert json.loads(done.stdout)["total"]["judged"] == 1


def test_commands_work_on_a_terminal_of_20_by_5(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("A headline that is longer than the screen\n\nOne is here. Two is there.\n")
    reader = f"{shlex.quote(sys.executable)} -m reader"
    make(tmp_path / "l.db")
    command = (
        f"{reader} add {path}; {reader} list; {reader} show 1; {reader} keys; echo all done $?"
    )
    with Terminal(
        ["/bin/sh", "-c", command], env={"READER_DB": str(tmp_path / "l.db")}, size=(20, 5)
    ) as terminal:
        terminal.wait_for("all done 0")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.output()
