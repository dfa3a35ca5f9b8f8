"""Kills the program while very much is under way, in slices or put off; looks at what is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from reader.assets import load_builtin
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.exchange.exporting import export_csv
from reader.storage.library import Library
from tests.faults.desk import check, stored
from tests.terminal import READER, ROOT, Terminal, reader

STATEMENTS = 3_000

_COUNT = "SELECT count(*) FROM judgement WHERE deleted_at IS NULL"


def make(folder: Path) -> tuple[Path, Path]:
    """Make a library with a long article; return the article's and the library's file."""
    path, database = folder / "long.txt", folder / "long.db"
    paragraphs = [
        " ".join(f"Statement {n + i} has a dam." for i in range(10))
        for n in range(0, STATEMENTS, 10)
    ]
    path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    os.utime(path, (0, 0))
    with Library(database) as library:
        adding.add_file(library, path, library.annotator("ana"))
    return path, database


def in_slices(
    path: Path, template: Path, database: Path, chance: random.Random, number: signal.Signals
) -> int:
    """Tag all hits of a search, undo that in half of the cases, and end the program meanwhile.

    What was done of it is there, and one undo takes that back, whatever became of the rest.

    Returns:
        How many judgements there were when it was ended.

    Raises:
        AssertionError: The library is damaged, or something is left by the undo.
    """
    shutil.copy(template, database)
    with reader(str(path), database=database) as terminal:
        _tag_all(terminal)
        if chance.random() < 0.5:
            terminal.wait_for(lambda screen: "Esc stops" not in screen)
            terminal.wait_for_quiet(0.5)
            terminal.send("u")
            terminal.wait_for("Undid")
        time.sleep(chance.random() * 0.8)
        terminal.kill(number)
    left = _judged(database)
    with reader(str(path), database=database) as terminal:
        terminal.wait_for("statement ")
        terminal.wait_for_quiet(1.0)
        terminal.send("u")
        terminal.wait_for(lambda screen: "Undid" in screen or "Nothing to undo" in screen)
        terminal.wait_for(lambda screen: "Esc stops" not in screen)
        terminal.wait_for_quiet(0.5)
        terminal.send("q")
        assert terminal.wait() == 0
    assert _judged(database) == 0, f"{_judged(database)} of {left} are left by the undo"
    assert doctor.examine(database).findings == []
    return left


def _tag_all(terminal: Terminal) -> None:
    terminal.wait_for("statement 1/")
    terminal.wait_for_quiet(1.0)
    for keys in ("/dam\r", "g", "*", "\t", "\x1b[B", "\r", "\r"):
        terminal.send(keys)
        terminal.wait_for_quiet(0.5)
    terminal.wait_for(lambda screen: "Esc stops" in screen or "takes it back" in screen)


def _judged(database: Path) -> int:
    with Library(database) as library:
        check(library)
    ((count,),) = stored(database, _COUNT)
    assert isinstance(count, int)
    return count


def export(path: Path, template: Path, database: Path, file: Path) -> None:
    """Write a CSV file with a judgement on every statement."""
    shutil.copy(template, database)
    with reader(str(path), database=database) as terminal:
        _tag_all(terminal)
        terminal.wait_for(lambda screen: "Esc stops" not in screen)
        terminal.send("q")
        terminal.wait()
    with Library(database) as library:
        export_csv(library, None, file, codebook=load_builtin("credibility-7"))


def importing(file: Path, template: Path, database: Path, chance: random.Random) -> int:
    """Kill an import; all of it or nothing is there, and a second one brings the rest.

    Returns:
        How many judgements were there after the kill.

    Raises:
        AssertionError: There was a part, or something is missing or doubled afterwards.
    """
    shutil.copy(template, database)
    words = [*READER, "--db", str(database), "--annotator", "ana", "import", "csv", str(file)]
    env = {**os.environ, "PYTHONPATH": ROOT}
    with subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL) as process:
        time.sleep(0.2 + chance.random() * 0.7)
        process.kill()
    found = _judged(database)
    assert found in (0, STATEMENTS), f"{found} of {STATEMENTS} are there"
    subprocess.run(words, env=env, check=True, stdout=subprocess.DEVNULL)
    assert _judged(database) == STATEMENTS
    assert doctor.examine(database).findings == []
    return found
