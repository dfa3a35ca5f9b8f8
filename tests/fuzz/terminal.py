"""Any keys in a real terminal: what stands on it is what the app would paint anew.

Only what has changed is sent to the terminal. Whatever was forgotten stays on the screen and is
seen by nobody but the reader: so the app is made to paint everything, by a change of the terminal's
height and back, and the screen is compared with what stood there before.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz import material
from tests.fuzz.keys import sandbox
from tests.terminal import Terminal, reader

_KEYS = (
    *"jjjjkkk1234567890hhaftcdd;[]vVwbe<>nN{}gG./uuzz+-=:?mx?yTJK",
    *(
        "\x04",
        "\x15",
        "\x05",
        "\x19",
        "\x12",
        "\r",
        "\r",
        "\t",
        "\t",
        "\x1b",
        "\x1b",
        " ",
        "word\r",
    ),
)
"""What a terminal sends for keys; Ctrl-Q and ``q`` would end it."""

_SIZES = ((80, 24), (120, 40), (100, 30), (60, 20))

Screen = list[list[tuple[object, ...]]]


def run(seed: int) -> str:
    """Press keys in a terminal, and compare the screen with the one that is painted anew.

    Raises:
        AssertionError: Something on it is stale.
    """
    chance = random.Random(f"terminal {seed}")
    pressed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, sandbox(Path(name)):
        path = Path(name) / "article.md"
        path.write_text(material.text(chance, 200, plain=True), "utf-8")
        size = chance.choice(_SIZES)
        with reader(str(path), database=Path(name) / "library.db", size=size) as terminal:
            terminal.wait_for("READ")
            terminal.wait_for_quiet()
            for _ in range(6):
                keys = [chance.choice(_KEYS) for _ in range(chance.randint(3, 25))]
                pressed += keys
                for key in keys:
                    terminal.send(key)
                    terminal.wait_for_quiet(0.2 if key == "\x1b" else chance.choice((0.0, 0.01)))
                _compare(terminal, pressed)
    return f"{len(pressed)} keys"


def _compare(terminal: Terminal, pressed: Sequence[str]) -> None:
    # Messages go by themselves after some seconds, so a difference has to be there twice.
    for pause in (0.25, 11.0):
        terminal.wait_for_quiet(pause, timeout=pause + 1)
        before = _cells(terminal)
        columns, height = terminal.columns, terminal.rows
        for other in (height + 1, height):
            terminal.resize(columns, other)
            terminal.wait_for_quiet(0.25)
        after = _cells(terminal)
        stale = [
            (y, old[0] != new[0])
            for y, rows in enumerate(zip(before, after, strict=True))
            for old, new in zip(*rows, strict=True)
            if old != new
        ]
        if not stale or (len(stale) == 1 and not stale[0][1]):  # a field's cursor blinks
            return
    row = stale[0][0]
    raise AssertionError(
        f"after {list(pressed)!r} row {row} was\n{_text(before[row])!r}, and anew it is\n"
        f"{_text(after[row])!r}"
    )


def _cells(terminal: Terminal) -> Screen:
    terminal.screen()
    buffer = terminal._screen.buffer
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)
            for cell in (buffer[y][x] for x in range(terminal.columns))
        ]
        for y in range(terminal.rows)
    ]


def _text(row: Sequence[tuple[object, ...]]) -> str:
    return "".join(str(cell[0]) for cell in row).rstrip()
