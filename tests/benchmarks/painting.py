"""How long it takes from the start of the program to the first words, and to the whole screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.material import SIZES, Material
from tests.benchmarks.texts import FIRST_WORDS
from tests.terminal import Terminal, reader

PROGRAMS = Path(__file__).with_name("programs")
TARGET = 1.25
HELLO = "Textual's hello world"


def program(name: str, *words: str) -> Terminal:
    """Start one of the tiny programs."""
    return Terminal([sys.executable, str(PROGRAMS / f"{name}.py"), *words])


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Start everything in turn, as often as there are rounds."""
    starts: dict[str, Callable[[], tuple[float, float]]] = {HELLO: _hello}
    for name in SIZES:
        starts[name] = _opening(material.texts[name], material.plain)
    starts["10 MB, 100,000 highlights"] = _opening(material.texts["10 MB"], material.marked)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for _ in range(rounds):
        for name, start in starts.items():
            times[name].append(start())
    floor = median(first for first, _ in times[HELLO])
    yield Figure("paint", HELLO, floor, "ms")
    for name, found in times.items():
        if name == HELLO:
            continue
        first, whole = (median(values) for values in zip(*found, strict=True))
        yield Figure("paint", f"first words, {name}", first, "ms", first / floor, HELLO, TARGET)
        yield Figure("paint", f"whole screen, {name}", whole, "ms", whole / floor, HELLO)
    for name, path in material.texts.items():
        first, _ = _opening(path, folder / f"first-{name}.db")()
        yield Figure("paint", f"added and opened, {name}", first, "ms", first / floor, HELLO)


def _hello() -> tuple[float, float]:
    with program("hello") as terminal:
        at = terminal.wait_for("hello world") - terminal.started
    return at * 1000, at * 1000


def _opening(path: Path, database: Path) -> Callable[[], tuple[float, float]]:
    def start() -> tuple[float, float]:
        with reader(str(path), database=database) as terminal:
            first = terminal.wait_for(_words_in_the_pane)
            whole = terminal.wait_for("READ")
            return (first - terminal.started) * 1000, (whole - terminal.started) * 1000

    return start


def _words_in_the_pane(screen: str) -> bool:
    """Tell whether the words stand in the text; the title may say them as well."""
    return any(FIRST_WORDS in line for line in screen.split("\n")[1:])
