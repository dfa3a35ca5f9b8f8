"""How long a key takes to the screen, and how many bytes it sends there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.material import Material
from tests.benchmarks.painting import program
from tests.terminal import Terminal, reader

MOVES = 10
"""Keys per program and round."""

QUIET = 0.06
"""Pause without output before each key, in s: a frame after the key is then its own."""

ONE, CELL = "one Static, screenful", "one Static, one cell"
SMALL, LARGE, MARKED = "3 kB", "10 MB", "10 MB, 100,000 highlights"


@dataclass
class Subject:
    """A running program, and what was measured of it.

    Attributes:
        terminal: Where it runs.
        times: Key to screen, in ms.
        sizes: Bytes per key.
        tags: Key to screen of the tag key, in ms.
        spent: CPU time per key, in ms.
        pages: CPU time per key that scrolls, in ms.
    """

    terminal: Terminal
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    tags: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)

    def cost(self, keys: str) -> float:
        """Press keys one by one; return the CPU time of each, in ms."""
        self.terminal.wait_for_quiet(QUIET)
        before = self.terminal.cpu()
        for key in keys:
            self.press(key)
        return (self.terminal.cpu() - before) / len(keys)

    def press(self, key: str) -> tuple[float, int]:
        """Press a key; return ms to the end of its first frame, and bytes until it is quiet."""
        self.terminal.wait_for_quiet(QUIET)
        before = len(self.terminal.chunks)
        at = self.terminal.send(key)
        shown = self.terminal.wait_for_frame(before)
        self.terminal.wait_for_quiet(QUIET)
        return (shown - at) * 1000, len(self.terminal.output(before))


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Press keys in all programs in turn, as often as there are rounds."""
    with ExitStack() as stack:
        subjects = {name: stack.enter_context(terminal) for name, terminal in _start(material)}
        measured = {name: Subject(terminal) for name, terminal in subjects.items()}
        for name, subject in measured.items():
            if name not in (ONE, CELL):
                _wait_until_counted(subject.terminal)
            subject.terminal.wait_for_quiet(1.0)
        for _ in range(rounds):
            for name, subject in measured.items():
                if name not in (ONE, CELL):
                    subject.terminal.send("g")  # the shortest text has few statements
                for _ in range(MOVES):
                    time, size = subject.press("j")
                    subject.times.append(time)
                    subject.sizes.append(size)
                subject.spent.append(subject.cost("jkjk"))
                if name not in (ONE, CELL):
                    subject.tags.append(subject.press("2")[0])
                    subject.pages.append(subject.cost(" "))
                    subject.terminal.send("g")
    yield from _figures(measured)


def _start(material: Material) -> Iterator[tuple[str, Terminal]]:
    yield ONE, program("one_static")
    yield CELL, program("one_static", "cell")
    for name, size, database in (
        (SMALL, SMALL, material.plain),
        (LARGE, LARGE, material.plain),
        (MARKED, LARGE, material.marked),
    ):
        terminal = reader(str(material.texts[size]), database=database)
        terminal.wait_for("READ")
        yield name, terminal


def _wait_until_counted(terminal: Terminal) -> None:
    """Wait until the work in the background is done: estimates are shown with a tilde."""
    terminal.wait_for(lambda screen: "~" not in screen and "READ" in screen, timeout=300)


def _figures(measured: dict[str, Subject]) -> Iterator[Figure]:
    floor = percentile(measured[ONE].times, 50)
    for name, subject in measured.items():
        p50, p95 = percentile(subject.times, 50), percentile(subject.times, 95)
        ours = name not in (ONE, CELL)
        target = 1.5 if ours else None
        yield Figure("keys", f"j p50, {name}", p50, "ms", p50 / floor, ONE, target)
        floor95 = percentile(measured[ONE].times, 95)
        yield Figure("keys", f"j p95, {name}", p95, "ms", p95 / floor95, ONE)
        spent = median(subject.spent)
        yield Figure("keys", f"j CPU, {name}", spent, "CPU ms",
                     spent / median(measured[CELL].spent), CELL, target)  # fmt: skip
        if ours:
            page = median(subject.pages)
            yield Figure("keys", f"page CPU, {name}", page, "CPU ms",
                         page / median(measured[CELL].spent), CELL, 2.0)  # fmt: skip
            tag = percentile(subject.tags, 50)
            yield Figure("keys", f"tag p50, {name}", tag, "ms", tag / floor, ONE)
            sizes = [float(size) for size in subject.sizes]
            yield Figure("keys", f"bytes p50, {name}", percentile(sizes, 50), "bytes")
            yield Figure("keys", f"bytes mean, {name}", mean(sizes), "bytes", target=600)
    for name, other in ((LARGE, SMALL), (MARKED, LARGE)):
        for what in ("times", "tags"):
            value = percentile(getattr(measured[name], what), 50)
            base = percentile(getattr(measured[other], what), 50)
            key = "j" if what == "times" else "tag"
            yield Figure("keys", f"{key} p50, {name}", value, "ms", value / base, other, 1.25)
