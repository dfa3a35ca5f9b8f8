"""How long it takes from the start of the program to the first words, and until it answers a key.

Both in time and in CPU time: on a busy machine the second says more. All are started in turn, and
of each the lower quartile is taken: what else a machine does makes a start longer and never
shorter, and on a busy one it makes the slower half of them longer by anything up to a half.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.growth import growth
from tests.benchmarks.material import SIZES, Material
from tests.benchmarks.texts import FIRST_WORDS
from tests.terminal import Terminal, reader

PROGRAMS = Path(__file__).with_name("programs")
HELLO = "hello"
"""A Textual app with one Static."""

BARE = ", no first words"
"""An article under a name that the first words do not know: they step aside, the app starts."""

MARKED = ", 100,000 highlights"

WORDS, WITHOUT, ANSWER = 0.2, 1.1, 1.15
"""Targets: first words, without them, CPU until a key is answered."""


@dataclass(frozen=True)
class Start:
    """One start: ms to the first words, to the whole screen, and CPU ms until a key is answered."""

    words: float
    screen: float
    cpu: float
    memory: float


def program(name: str, *words: str) -> Terminal:
    """Start one of the tiny programs."""
    return Terminal([sys.executable, str(PROGRAMS / f"{name}.py"), *words])


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Start everything in turn, as often as there are rounds, and once before for the caches."""
    starts: dict[str, Callable[[], Start]] = {HELLO: _hello}
    for name in SIZES:
        starts[name] = _opening(material.texts[name], material.plain)
        starts[name + BARE] = _opening(_named_otherwise(material.texts[name]), material.plain)
    if material.marked:
        longest = material.texts["10 MB"]
        starts["10 MB" + MARKED] = _opening(longest, material.marked)
        starts["10 MB" + MARKED + BARE] = _opening(_named_otherwise(longest), material.marked)
    times: dict[str, list[Start]] = {name: [] for name in starts}
    for number in range(rounds + 1):
        for name, start in starts.items():
            found = start()
            times[name] += [found] * bool(number)
    yield from _figures(times)
    for name, path in material.texts.items():
        first = _opening(path, folder / f"first-{name}.db")()
        floor = _usual(one.screen for one in times[HELLO])
        yield Figure("paint", f"added and opened, {name}", first.words, "ms",
                     first.words / floor, HELLO)  # fmt: skip


def _usual(values: Iterable[float]) -> float:
    """Return the lower quartile."""
    return percentile(list(values), 25)


def _figures(times: dict[str, list[Start]]) -> Iterator[Figure]:
    screen = _usual(one.screen for one in times[HELLO])
    cpu = _usual(one.cpu for one in times[HELLO])
    memory = _usual(one.memory for one in times[HELLO])
    yield Figure("paint", f"{HELLO}: screen", screen, "ms")
    yield Figure("paint", f"{HELLO}: a key is answered", cpu, "CPU ms")
    answers: dict[str, float] = {}
    for name, found in times.items():
        if name == HELLO:
            continue
        if name.endswith(BARE):
            own = _usual(one.words for one in found)
            yield Figure("paint", f"first paint, {name}", own, "ms", own / screen, HELLO, WITHOUT)
            continue
        words, whole, answer = (
            _usual(values)
            for values in zip(*((o.words, o.screen, o.cpu) for o in found), strict=True)
        )
        yield Figure("paint", f"first words, {name}", words, "ms", words / screen, HELLO, WORDS)
        yield Figure("paint", f"whole screen, {name}", whole, "ms", whole / screen, HELLO)
        yield Figure(
            "paint", f"a key is answered, {name}", answer, "CPU ms", answer / cpu, HELLO, ANSWER
        )
        size = SIZES[name.partition(",")[0]] / 1e6
        most = _usual(one.memory for one in found)
        yield Figure("paint", f"memory, {name}", most, "MB", most / memory, HELLO,
                     1.35 + 6 * size / memory)  # fmt: skip
        answers[name] = answer
    yield from growth("paint", "start", answers)


def _hello() -> Start:
    with program("hello") as terminal:
        at = (terminal.wait_for("hello world") - terminal.started) * 1000
        terminal.send("j")
        terminal.wait_for("answered")
        return Start(at, at, terminal.cpu(), terminal.memory())


def _opening(path: Path | str, database: Path) -> Callable[[], Start]:
    def start() -> Start:
        with reader(str(path), database=database) as terminal:
            first = (terminal.wait_for(_words_in_the_pane) - terminal.started) * 1000
            whole = (terminal.wait_for("READ") - terminal.started) * 1000
            terminal.send("j")
            terminal.wait_for(lambda screen: re.search(r"statement ~?2/", screen) is not None)
            return Start(first, whole, terminal.cpu(), terminal.memory())

    return start


def _named_otherwise(path: Path) -> str:
    """Return another way to write a path: the first words look only for the plain one."""
    return f"{path.parent}/./{path.name}"


def _words_in_the_pane(screen: str) -> bool:
    """Tell whether the words stand in the text; the title may say them as well."""
    return any(FIRST_WORDS in line for line in screen.split("\n")[1:])
