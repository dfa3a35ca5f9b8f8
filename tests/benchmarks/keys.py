"""How long a key takes to the screen, what it costs, and how many bytes it sends there."""

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
TIMES = 2
"""Times in a round that it judges a statement, and that it scrolls a page on and back."""

QUIET = 0.06
"""Pause without output before each key, in s: a frame after the key is then its own."""

REST = 0.5
"""Pause without output after which everything that a tag puts off has been done, in s."""

PLACE = 2.5
"""Pause without output after which also the place that moves lead to has been written, in s."""

FLOOR = "floor"
"""A Textual app whose ``j`` repaints one small cell."""
SMALL, MIDDLE, LARGE, MARKED = "3 kB", "1 MB", "10 MB", "10 MB, 100,000 highlights"

MOVE, SCROLL, TAG, RETAG, UNTAG = "j", "page", "tag", "other tag", "tag off"
TARGETS = {MOVE: 1.5, SCROLL: 2.0, TAG: 1.5, RETAG: 1.5, UNTAG: 1.5}
"""Largest p50 and CPU per key, in times the floor's."""
SCROLLS = {(TAG, MARKED), (UNTAG, MARKED)}
"""What scrolls as well: where the panel is full, all entries below move by one row."""
TAGS = (("2", TAG), ("5", RETAG), ("5", UNTAG))
"""Keys that judge a statement, in the order that leaves it as it was."""
ALIKE = 1.25
"""Largest ratio between texts of different sizes, and with highlights against none."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key that was pressed.

    Attributes:
        time: Key to the end of its first frame, in ms.
        cpu: What the program spent until it was quiet again, its threads together, in ms.
        size: Bytes until it was quiet again.
    """

    time: float
    cpu: float
    size: int


@dataclass
class Subject:
    """A running program, and the keys that were pressed in it."""

    terminal: Terminal
    pressed: dict[str, list[Press]] = field(default_factory=lambda: {kind: [] for kind in TARGETS})
    wholes: dict[str, list[float]] = field(default_factory=lambda: {MOVE: [], TAG: []})
    """CPU time per move or tag of a round, with all that was put off until the end of it, in ms."""

    def press(self, key: str, kind: str) -> None:
        """Press a key and keep what it cost."""
        self.terminal.wait_for_quiet(QUIET)
        before, spent = len(self.terminal.chunks), self.terminal.cpu()
        at = self.terminal.send(key)
        shown = self.terminal.wait_for_frame(before)
        self.terminal.wait_for_quiet(QUIET)
        cost = self.terminal.cpu() - spent
        size = len(self.terminal.output(before))
        self.pressed[kind].append(Press((shown - at) * 1000, cost, size))

    def note_whole(self, kind: str, keys: int, spent: float, pause: float = REST) -> float:
        """Wait for all that keys have put off, and keep what each of them cost with it.

        Args:
            kind: The keys' kind.
            keys: How many there were.
            spent: CPU time that the program had spent before them, in ms.
            pause: How long to wait, in s.

        Returns:
            What it has spent now.
        """
        self.terminal.wait_for_quiet(pause)
        now = self.terminal.cpu()
        self.wholes[kind].append((now - spent) / keys)
        return now

    def p50(self, kind: str) -> float:
        """Return the median time of a kind of key, in ms."""
        return median(press.time for press in self.pressed[kind])

    def cpu(self, kind: str) -> float:
        """Return the median CPU time of a kind of key, in ms."""
        return median(press.cpu for press in self.pressed[kind])


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Press keys in all programs in turn, as often as there are rounds."""
    with ExitStack() as stack:
        subjects = {name: Subject(stack.enter_context(it)) for name, it in _start(material)}
        for name, subject in subjects.items():
            if name != FLOOR:
                wait_until_counted(subject.terminal)
            subject.terminal.wait_for_quiet(1.0)
        for _ in range(rounds):
            for name, subject in subjects.items():
                _round(subject, ours=name != FLOOR)
    yield from _figures(subjects)


def _round(subject: Subject, *, ours: bool) -> None:
    if ours:
        subject.terminal.send("g")  # the shortest text has few statements
    subject.terminal.wait_for_quiet(REST)
    spent = subject.terminal.cpu()
    for _ in range(MOVES):
        subject.press("j", MOVE)
    spent = subject.note_whole(MOVE, MOVES, spent, PLACE)
    for key, kind in TAGS * TIMES if ours else ():
        subject.press(key, kind)
        subject.terminal.wait_for_quiet(REST)
    if ours:
        subject.note_whole(TAG, len(TAGS) * TIMES, spent)
    for key in " b" * TIMES if ours else "":
        subject.press(key, SCROLL)
        subject.terminal.wait_for_quiet(REST)  # else the next one meets what this one put off


def _start(material: Material) -> Iterator[tuple[str, Terminal]]:
    yield FLOOR, program("one_cell")
    for name, size, database in (
        (SMALL, SMALL, material.plain),
        (MIDDLE, MIDDLE, material.plain),
        (LARGE, LARGE, material.plain),
        (MARKED, LARGE, material.marked),
    ):
        if database is None:
            continue
        terminal = reader(str(material.texts[size]), database=database)
        terminal.wait_for("READ")
        yield name, terminal


def wait_until_counted(terminal: Terminal) -> None:
    """Wait until the work in the background is done: estimates are shown with a tilde."""
    terminal.wait_for(lambda screen: "~" not in screen and "READ" in screen, timeout=300)


def _figures(subjects: dict[str, Subject]) -> Iterator[Figure]:
    floor = subjects.pop(FLOOR)
    p50, cpu = floor.p50(MOVE), floor.cpu(MOVE)
    yield Figure("keys", f"{FLOOR}: p50", p50, "ms")
    yield Figure("keys", f"{FLOOR}: CPU", cpu, "CPU ms")
    for name, subject in subjects.items():
        for kind in TARGETS:
            for what, own, base in (
                ("p50", subject.p50(kind), p50),
                ("CPU", subject.cpu(kind), cpu),
            ):
                unit = "ms" if what == "p50" else "CPU ms"
                target = TARGETS[SCROLL] if (kind, name) in SCROLLS else TARGETS[kind]
                yield Figure("keys", f"{kind} {what}, {name}", own, unit, own / base, FLOOR, target)
        for kind, target in ((MOVE, TARGETS[MOVE]), (TAG, None)):
            whole, base = median(subject.wholes[kind]), median(floor.wholes[MOVE])
            what = f"{kind} CPU with what is put off, {name}"
            yield Figure("keys", what, whole, "CPU ms", whole / base, FLOOR, target)
        moves = subject.pressed[MOVE]
        p95 = percentile([press.time for press in moves], 95)
        floor95 = percentile([press.time for press in floor.pressed[MOVE]], 95)
        yield Figure("keys", f"j p95, {name}", p95, "ms", p95 / floor95, FLOOR)
        yield Figure("keys", f"bytes mean, {name}", mean(press.size for press in moves), "bytes",
                     target=600)  # fmt: skip
    for name, other in ((MIDDLE, SMALL), (LARGE, SMALL), (MARKED, LARGE)):
        if name not in subjects:
            continue
        large, small = subjects[name], subjects[other]
        for kind in TARGETS:
            own, base = large.p50(kind), small.p50(kind)
            yield Figure("keys", f"{kind} p50, {name}", own, "ms", own / base, other, ALIKE)
            own, base = large.cpu(kind), small.cpu(kind)
            yield Figure("keys", f"{kind} CPU, {name}", own, "CPU ms", own / base, other, ALIKE)
