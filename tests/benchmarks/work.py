"""Work without a screen, per CPU second: segmenting, exporting, importing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reader.domain.statements import segment
from tests.benchmarks import library
from tests.benchmarks.figures import Figure
from tests.benchmarks.material import Material
from tests.terminal import READER, ROOT


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Do each piece of work; what takes long is done once."""
    text = material.texts["1 MB"].read_text("utf-8")
    spent = min(_cpu(lambda: segment(text, 0, len(text))) for _ in range(min(rounds, 3)))
    speed = len(text.encode()) / 1e6 / spent
    yield Figure("work", "segmenter", speed, "MB/CPU s", target=5, at_least=True)
    yield from _csv(material.marked, folder)
    spent = _cpu(lambda: library.add(material.texts["10 MB"], folder / "import.db"))
    yield Figure("work", "adding a text of 10 MB", spent * 1000, "CPU ms")


TIMES = 10
"""How often the 100,000 highlights are copied: a million rows."""
SHARE = 1 / 3
"""What is asked of export and import: a third of the rows per CPU second of ``sqlite3 -csv``."""


def _csv(marked: Path, folder: Path) -> Iterator[Figure]:
    """Export and import, each in a process of its own, beside the shell of SQLite."""
    database, written = folder / "million.db", folder / "million.csv"
    rows = library.multiply(marked, database, TIMES)
    if not rows:
        return
    command = [*READER, "--db", str(database), "export", "csv", "--output", str(written)]
    spent, memory = _process(command)
    bare, _ = _process(_shell(database, folder / "bare.csv"))
    speed, theirs = rows / spent, rows / bare
    yield Figure("work", f"CSV export of {rows:,} rows", speed, "rows/CPU s", speed / theirs,
                 "sqlite3 -csv", SHARE, at_least=True)  # fmt: skip
    few, most = _process([*READER, "--db", str(marked), "export", "csv", "--output",
                          str(folder / "few.csv")])  # fmt: skip
    yield Figure("work", f"its memory, against {rows // TIMES:,} rows", memory, "MB",
                 memory / most, "a tenth of the rows", 1.1)  # fmt: skip
    del few
    into = folder / "into.db"
    _copy_of_articles(marked, into)
    spent, _ = _process([*READER, "--db", str(into), "import", "csv", str(folder / "few.csv")])
    into_speed = rows / TIMES / spent
    yield Figure("work", f"CSV import of {rows // TIMES:,} rows", into_speed, "rows/CPU s",
                 into_speed / speed, "the export", SHARE, at_least=True)  # fmt: skip


def _shell(database: Path, written: Path) -> list[str]:
    """Return the command that writes the same view with SQLite's own shell, or with Python's."""
    query = "SELECT * FROM highlights"
    shell = shutil.which("sqlite3")
    if shell:
        return [shell, "-header", "-csv", str(database), f".output {written}", query]
    code = (
        "import csv, sqlite3, sys; w = csv.writer(open(sys.argv[2], 'w'));"
        "w.writerows(sqlite3.connect(sys.argv[1]).execute(sys.argv[3]))"
    )
    return [sys.executable, "-c", code, str(database), str(written), query]


def _copy_of_articles(source: Path, target: Path) -> None:
    """Copy a library without its highlights."""
    shutil.copy(source, target)
    with sqlite3.connect(target) as connection:
        for table in ("judgement", "highlight"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()


def _process(command: list[str]) -> tuple[float, float]:
    """Run a command; return its CPU time in s and the most memory that it held, in MB."""
    env = {**os.environ, "PYTHONPATH": ROOT, "READER_ANNOTATOR": library.ANNOTATOR}
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _cpu(work: object) -> float:
    assert callable(work)
    begun = time.process_time()
    work()
    return time.process_time() - begun
