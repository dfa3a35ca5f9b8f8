"""Work without a screen, per CPU second: segmenting, exporting, importing."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

from reader import assets
from reader.domain.statements import segment
from reader.services.exporting import export_csv
from reader.storage.library import Library
from tests.benchmarks import library
from tests.benchmarks.figures import Figure
from tests.benchmarks.material import Material


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Do each piece of work; what takes long is done once."""
    text = material.texts["1 MB"].read_text("utf-8")
    spent = min(_cpu(lambda: segment(text, 0, len(text))) for _ in range(min(rounds, 3)))
    speed = len(text.encode()) / 1e6 / spent
    yield Figure("work", "segmenter", speed, "MB/CPU s", target=5, at_least=True)
    rows, spent = _export(material.marked)
    if rows:
        yield Figure("work", f"CSV export of {rows:,} rows", rows / spent, "rows/CPU s")
    spent = _cpu(lambda: library.add(material.texts["10 MB"], folder / "import.db"))
    yield Figure("work", "adding a text of 10 MB", spent * 1000, "CPU ms")


def _export(database: Path) -> tuple[int, float]:
    with Library(database) as opened:
        codebook = assets.load_builtin(library.CODEBOOK)
        begun = time.process_time()
        done = export_csv(opened, None, io.StringIO(), codebook=codebook)
        return done.rows, time.process_time() - begun


def _cpu(work: object) -> float:
    assert callable(work)
    begun = time.process_time()
    work()
    return time.process_time() - begun
