"""Keys that are held, a slow line to the terminal, and an app that nobody touches."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.material import Material
from tests.terminal import Terminal, reader

LINE = 20_000
"""Bytes per second of the slow line."""
REPEATS = 30
"""Keys per second of a held key."""
HELD, IDLE = 4.0, 5.0
"""How long a key is held, and how long nothing is done, in s."""


def measure(
    material: Material, rounds: int, folder: Path, *, seconds: int = 12
) -> Iterator[Figure]:
    """Hold keys down; a tag key and j for some seconds, the others as long as they say."""
    database = folder / "held.db"
    shutil.copy(material.plain, database)
    text = str(material.texts["1 MB"])
    with reader(text, database=database, link=LINE) as terminal:
        _wait_until_still(terminal)
        late = _hold(terminal, "j", HELD)
        yield Figure("hold", f"stops after j on {LINE // 1000} kB/s", late, "ms", target=250)
    with reader(text, database=database) as terminal:
        _wait_until_still(terminal)
        before = len(terminal.chunks)
        time.sleep(IDLE)
        sent = len(terminal.output(before))
        yield Figure("hold", f"bytes in {IDLE:.0f} s without keys", sent, "bytes", target=0)
        before = len(terminal.chunks)
        terminal.send("j" * 300)
        terminal.wait_for_quiet(1.0)
        frames = terminal.output(before).count(b"\x1b[?2026h")
        yield Figure("hold", "frames for 300 keys that wait", frames, "frames", target=5)
    with reader(text, database=database) as terminal:
        _wait_until_still(terminal)
        yield from _held_tags(terminal, database, seconds)
    yield from _durable(material, folder, rounds * 10)


def _wait_until_still(terminal: Terminal) -> None:
    terminal.wait_for(lambda screen: "READ" in screen and "~" not in screen, timeout=300)
    terminal.wait_for_quiet(1.0)


def _hold(terminal: Terminal, keys: str, seconds: float) -> float:
    """Hold keys; return how long the screen goes on after they are let go, in ms."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.send(keys)
        time.sleep(1 / REPEATS)
    let_go = time.perf_counter()
    terminal.wait_for_quiet(0.5)
    return max(0.0, (terminal.chunks[-1].at - let_go) * 1000)


def _held_tags(terminal: Terminal, database: Path, seconds: int) -> Iterator[Figure]:
    """Hold a tag key and j; count what is in the library when it is said to be saved."""
    with sqlite3.connect(database) as connection:
        (before,) = connection.execute("SELECT count(*) FROM highlight").fetchone()
    pressed = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.send("2j")
        pressed += 1
        time.sleep(2 / REPEATS)
    terminal.wait_for_quiet(1.0)
    terminal.wait_for(lambda screen: re.search(r"\bsaved\b", screen.split("\n")[0]) is not None)
    with sqlite3.connect(database) as connection:
        (after,) = connection.execute("SELECT count(*) FROM highlight").fetchone()
    lost = pressed - (after - before)
    yield Figure("hold", f"tags lost of {pressed} held for {seconds} s", lost, "tags", target=0)


def _durable(material: Material, folder: Path, count: int) -> Iterator[Figure]:
    """Commit a tag, and the same rows with nothing but sqlite3, in turn."""
    from tests.benchmarks import library

    ours, bare = library.commit_times(material.texts["3 kB"], folder / "durable.db", count)
    ratio = percentile(ours, 50) / percentile(bare, 50)
    yield Figure("hold", "a tag is durable", percentile(ours, 50), "ms", ratio,
                 "a bare transaction", 2.0)  # fmt: skip
