"""What a key costs in the panel, and what another size of the terminal costs, as things grow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.benchmarks import library
from tests.benchmarks.figures import Figure
from tests.benchmarks.growth import growth
from tests.benchmarks.keys import ALIKE, MOVE, MOVES, Subject, wait_until_counted
from tests.benchmarks.material import HIGHLIGHTS, Material
from tests.terminal import Terminal, reader

FEW = 100
"""Highlights that many are compared with."""
WIDTHS = (110, 120)
"""Columns that the terminal has in turn."""


def measure_panel(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Press j in the panel, with few entries and with many."""
    if material.marked is None:
        return
    few = folder / "few.db"
    shutil.copy(material.plain, few)
    library.tag_statements(material.texts["10 MB"], few, FEW)
    with ExitStack() as stack:
        subjects = [
            Subject(stack.enter_context(reader(str(material.texts["10 MB"]), database=database)))
            for database in (few, material.marked)
        ]
        for subject in subjects:
            wait_until_counted(subject.terminal)
            subject.terminal.wait_for_quiet(1.0)
            subject.terminal.send("\t")
            subject.terminal.wait_for("PANEL")
        for number in range(rounds):
            for subject in subjects:
                for _ in range(MOVES):
                    subject.press("jk"[number % 2], MOVE)
        small, large = subjects
    for what, unit, own, base in (
        ("p50", "ms", large.p50(MOVE), small.p50(MOVE)),
        ("CPU", "CPU ms", large.cpu(MOVE), small.cpu(MOVE)),
    ):
        yield Figure("panel", f"j in the panel {what}, {HIGHLIGHTS:,} highlights", own, unit,
                     own / base, f"{FEW} highlights", ALIKE)  # fmt: skip


def measure_resizing(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Make the terminal narrower and wider; the cost is all that is spent until it is quiet."""
    with ExitStack() as stack:
        terminals = {
            name: stack.enter_context(reader(str(path), database=material.plain))
            for name, path in material.texts.items()
        }
        for terminal in terminals.values():
            wait_until_counted(terminal)
            terminal.send("jjj")
            terminal.wait_for_quiet(1.0)
        costs: dict[str, list[float]] = {name: [] for name in terminals}
        for number in range(rounds):
            for name, terminal in terminals.items():
                costs[name].append(_resize(terminal, WIDTHS[number % 2]))
    spent = {name: median(found) for name, found in costs.items()}
    yield from growth("resize", "resize", spent)


def _resize(terminal: Terminal, columns: int) -> float:
    before, since = terminal.cpu(), len(terminal.chunks)
    terminal.resize(columns, terminal.rows)
    terminal.wait_for_frame(since)
    terminal.wait_for_quiet(0.4)
    return terminal.cpu() - before
