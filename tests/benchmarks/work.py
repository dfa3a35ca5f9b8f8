"""Work without a screen, per CPU second: segmenting, exporting, importing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
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
    if material.marked:
        yield from _million(material.marked, material.plain, folder)
        yield from _beside_bare(material.marked, material.plain, folder)
    spent = _cpu(lambda: library.add(material.texts["10 MB"], folder / "import.db"))
    yield Figure("work", "adding a text of 10 MB", spent * 1000, "CPU ms")


TIMES = 10
"""How many highlights there are for each of the 100,000: a million rows."""
SHARE = 1 / 3
"""What is asked of export and import: a third of the rows per CPU second of ``sqlite3 -csv``, and
of the export."""


def _million(marked: Path, plain: Path, folder: Path) -> Iterator[Figure]:
    """Export a million rows beside the shell of SQLite, and import them: a process for each."""
    database, written = folder / "million.db", folder / "million.csv"
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        rows = pool.submit(library.multiply, marked, database, TIMES).result()
    spent, memory = _process(_exporting(database, written))
    bare, _ = _process(_shell(database, folder / "bare.csv"))
    speed, theirs = rows / spent, rows / bare
    yield Figure("work", f"CSV export of {rows:,} rows", speed, "rows/CPU s", speed / theirs,
                 "sqlite3 -csv", SHARE, at_least=True)  # fmt: skip
    _, few = _process(_exporting(marked, folder / "few.csv"))
    yield Figure("work", f"its memory, against {rows // TIMES:,} rows", memory, "MB",
                 memory / few, "a tenth of the rows", 1.1)  # fmt: skip
    spent, memory = _process(_importing(plain, folder / "into.db", written))
    yield Figure("work", f"CSV import of {rows:,} rows", rows / spent, "rows/CPU s",
                 rows / spent / speed, "the export", SHARE, at_least=True)  # fmt: skip
    _, few = _process(_importing(plain, folder / "into.db", folder / "few.csv"))
    yield Figure("work", f"its memory, against {rows // TIMES:,} rows", memory, "MB",
                 memory / few, "a tenth of the rows", 1.1)  # fmt: skip


def _beside_bare(marked: Path, plain: Path, folder: Path) -> Iterator[Figure]:
    """Import what was exported into a library that has the articles, beside two others.

    One is the export, the other bare SQLite that writes the rows that the import has written.
    """
    written, into, copy = folder / "again.csv", folder / "into.db", folder / "copy.db"
    exported, _ = _process(_exporting(marked, written))
    command = _importing(plain, into, written)
    with sqlite3.connect(into) as connection:  # `with` does not close it
        before = library.newest(connection)
    connection.close()
    spent, _ = _process(command)
    shutil.copy(plain, copy)
    rows, bare = library.copy_bare(into, copy, before)
    speed = rows / spent
    yield Figure("work", f"CSV import of {rows:,} rows", speed, "rows/CPU s",
                 speed / (rows / exported), "the export", SHARE, at_least=True)  # fmt: skip
    yield Figure("work", f"the rows that an import of {rows:,} writes", speed, "rows/CPU s",
                 bare / spent, "bare SQLite")  # fmt: skip


def _importing(plain: Path, into: Path, written: Path) -> list[str]:
    """Return the command that imports into a copy of a library."""
    shutil.copy(plain, into)
    return [*READER, "--db", str(into), "import", "csv", str(written)]


def _exporting(database: Path, written: Path) -> list[str]:
    return [*READER, "--db", str(database), "export", "csv", "--output", str(written)]


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
