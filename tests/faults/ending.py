"""Ends the program from outside while something is half typed: by a signal, or without a terminal.

What was typed is offered by the next start, the terminal is as it was, and nothing stays behind.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.desk import make_library, stored, tagged
from tests.terminal import PATIENCE, ROOT, Terminal, reader

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

_GIVEN_BACK = b"\x1b[?1049l"
"""The terminal's own screen is there again."""

_IN_A_TERMINAL = """
import os, signal, sys
from tests.faults.ending import type_half
from tests.terminal import reader
if sys.argv[3] == "ignored":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
terminal = reader(sys.argv[1], database=sys.argv[2])
type_half(terminal)
print(terminal.pid, flush=True)
os._exit(0)
"""


def type_half(terminal: Terminal) -> None:
    """Tag a statement, and begin with a note on the next one."""
    terminal.wait_for("statement 1/")
    terminal.wait_for_quiet(0.7)  # signals are looked after when the first screen has been there
    terminal.send("2j")
    terminal.wait_for("1 of 60")
    terminal.send("a")
    terminal.wait_for("note on")
    terminal.wait_for_quiet()
    terminal.send("half a thou")
    terminal.wait_for("half a thou")


def by_signal(folder: Path, number: signal.Signals) -> None:
    """End it by a signal.

    Raises:
        AssertionError: Something is lost, or the terminal is not given back.
    """
    path, database = make_library(folder)
    with reader(str(path), database=database) as terminal:
        type_half(terminal)
        since = len(terminal.chunks)
        assert terminal.kill(number) == 128 + number
        assert _GIVEN_BACK in terminal.output(since)
    _see(path, database)


def by_hanging_up(folder: Path, *, ignored: bool) -> None:
    """Take its terminal away.

    Args:
        folder: Where the library is made.
        ignored: Whether the signal for that is ignored, as by ``nohup``.

    Raises:
        AssertionError: Something is lost, or it stays without a terminal.
    """
    path, database = make_library(folder)
    words = [str(path), str(database), "ignored" if ignored else ""]
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_TERMINAL, *words],
        stdout=subprocess.PIPE, check=True, env={**os.environ, "PYTHONPATH": ROOT},
    )  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{int(done.stdout)}").exists():
        assert time.monotonic() < deadline, "it goes on without a terminal"
        time.sleep(0.05)
    _see(path, database)


def _see(path: Path, database: Path) -> None:
    """See that all is there at the next start."""
    assert stored(database, "SELECT text FROM draft") == [("half a thou",)]
    with reader(str(path), database=database) as terminal:
        terminal.wait_for("half a thou")
        terminal.wait_for("NOTE")
        terminal.send("\x13")  # Ctrl-S
        terminal.wait_for("READ")
        terminal.send("q")
        assert terminal.wait() == 0
    assert stored(database, "SELECT note FROM highlight WHERE note IS NOT NULL") == [
        ("half a thou",)
    ]
    assert tagged(database)[:3] == ["plausible", None, None]


def any_way(folder: Path, chance: random.Random) -> None:
    """End it in one way or another."""
    way = chance.choice((*SIGNALS, "closed", "closed, and the signal ignored"))
    if isinstance(way, signal.Signals):
        by_signal(folder, way)
    else:
        by_hanging_up(folder, ignored="ignored" in way)
