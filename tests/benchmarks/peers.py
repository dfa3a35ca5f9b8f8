"""Other programs that show a text in a terminal, side by side with this one on the same texts.

Each is installed into a virtual environment of its own in the folder of the measurement. What
cannot be installed or started stands in the table with the reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.epub import write_epub
from tests.benchmarks.figures import Figure
from tests.benchmarks.material import SIZES, Material
from tests.benchmarks.texts import FIRST_WORDS
from tests.terminal import NotShown, Terminal, reader

SIZE = (100, 30)
"""Columns and rows; the shortest text is longer, so that all have something to scroll."""
LIMIT = 60.0
"""How long to wait for a program's first words, in s."""
SLOW = 5_000
"""What took longer to its first words, in ms, is started only once."""
STILL = 0.15
"""Pause without output that ends what a key does, in s; animations are shorter apart."""
MOVES = 5
"""How often the keys of a program are pressed in each start."""


@dataclass(frozen=True)
class Peer:
    """A program to compare with.

    Attributes:
        name: What it is called.
        package: What pip installs; empty if the system has it.
        command: Its command.
        options: What goes before the file; ``{home}`` is a folder to write to.
        suffix: The kind of file that it reads: the same text, in another wrapping.
        keys: Two steps on and two back.
    """

    name: str
    package: str
    command: str
    options: tuple[str, ...] = ()
    suffix: str = ".txt"
    keys: str = "jjkk"


PEERS = (
    Peer("less", "", "less"),
    Peer("slate", "slate-nlp", "slate", ("-o", "-s", "line", "-l", "{home}/log"), keys="ooii"),
    Peer("epy", "epy-reader", "epy", suffix=".epub"),
    Peer("frogmouth", "frogmouth", "frogmouth", suffix=".md"),
)


@dataclass
class Found:
    """What was measured of a program on one text: ms to the first words and per key."""

    first: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    failure: str = ""


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Start all of them in turn on each text, up to three times, and once before for the caches."""
    home = folder / "peers"
    home.mkdir()
    starts: dict[str, Callable[[str], Terminal]] = {
        "reader": lambda size: reader(str(material.texts[size]), database=material.plain, size=SIZE)
    }
    for peer in PEERS:
        try:
            starts[peer.name] = _starter(peer, _install(peer, home), material, home)
        except (OSError, subprocess.SubprocessError) as error:
            reason = f"cannot be installed: {_last_line(error)}"
            yield Figure("peers", peer.name, None, note=reason)
    keys = {"reader": "jjkk"} | {peer.name: peer.keys for peer in PEERS}
    for size in SIZES:
        measured = {name: Found() for name in starts}
        for number in range(min(rounds, 3) + 1):
            if number == 0 and size != next(iter(SIZES)):
                continue  # the caches are warm
            for name, start in starts.items():
                found = measured[name] if number else Found()
                if not found.failure and max(found.first, default=0) <= SLOW:
                    _look(partial(start, size), keys[name], found)
        yield from _figures(size, measured)


def _install(peer: Peer, home: Path) -> Path:
    """Return the path of a program, after installing it if need be.

    Raises:
        OSError, subprocess.SubprocessError: It cannot be had.
    """
    if not peer.package:
        found = shutil.which(peer.command)
        if found is None:
            raise FileNotFoundError("the system does not have it")
        return Path(found)
    place = home / peer.name
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    for command in ([sys.executable, "-m", "venv", str(place)], [*pip, peer.package]):
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return place / "bin" / peer.command


def _starter(
    peer: Peer, command: Path, material: Material, home: Path
) -> Callable[[str], Terminal]:
    """Return what starts a program on the text of a size."""
    files = {size: _wrapped(text, peer.suffix, home) for size, text in material.texts.items()}
    # It has its compiled modules beside its modules, as an installer leaves them.
    env = {"HOME": str(home), "PYTHONPYCACHEPREFIX": ""}
    options = [option.format(home=home) for option in peer.options]
    return lambda size: Terminal([str(command), *options, str(files[size])], size=SIZE, env=env)


def _wrapped(text: Path, suffix: str, home: Path) -> Path:
    """Copy a text into a file of some kind."""
    path = home / (text.stem + suffix)
    if suffix == ".epub":
        write_epub(text.read_text("utf-8"), path)
    else:
        shutil.copy(text, path)
    return path


def _look(start: Callable[[], Terminal], keys: str, found: Found) -> None:
    """Start a program, wait for the first words, press keys; keep what each took.

    A key that changes nothing on the screen is not counted.
    """
    try:
        with start() as terminal:
            shown = terminal.wait_for(_has_words, timeout=LIMIT)
            found.first.append((shown - terminal.started) * 1000)
            terminal.wait_for_quiet(1.0, timeout=LIMIT)
            for key in keys * MOVES:
                before = len(terminal.chunks)
                at = terminal.send(key)
                terminal.wait_for_quiet(STILL, timeout=LIMIT)
                if len(terminal.chunks) > before:
                    found.keys.append((terminal.chunks[-1].at - at) * 1000)
    except NotShown as error:
        ended = "(the program has ended)" in str(error)
        found.failure = "ends at once" if ended else f"no words within {LIMIT:.0f} s"
    except OSError as error:
        found.failure = f"cannot be started: {error.strerror}"


def _has_words(screen: str) -> bool:
    """Tell whether the words stand below the first line or begin it: a title may say them too."""
    first, _, rest = screen.partition("\n")
    return FIRST_WORDS in rest or first.lstrip().startswith(FIRST_WORDS)


def _figures(size: str, measured: dict[str, Found]) -> Iterator[Figure]:
    own = measured["reader"]
    for name, found in measured.items():
        for what, values, ours in (
            ("first words", found.first, own.first),
            ("a key p50", found.keys, own.keys),
        ):
            title = f"{name}: {what}, {size}"
            if found.failure or not values:
                note = found.failure or "no key changed the screen"
                yield Figure("peers", title, None, note=note)
                continue
            value = median(values)
            against = "" if found is own else "reader"
            ratio = value / median(ours) if against and ours else None
            yield Figure("peers", title, value, "ms", ratio, against)


def _last_line(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[-1][:100]
