"""The texts and libraries that the measurements run on, made once per run."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import library, texts

SIZES = {"3 kB": 3_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
HIGHLIGHTS = 100_000


@dataclass(frozen=True, slots=True)
class Material:
    """Files of the measurements.

    Attributes:
        texts: A text per size.
        plain: A library that holds all texts, nothing marked.
        marked: The same with many highlights on the longest text; None if that is not wanted.
    """

    texts: dict[str, Path]
    plain: Path
    marked: Path | None


def make(folder: Path, *, highlights: bool) -> Material:
    """Write texts and libraries into a folder."""
    paths = {}
    plain = folder / "plain.db"
    for name, size in SIZES.items():
        paths[name] = folder / f"{name.replace(' ', '')}.txt"
        paths[name].write_text(texts.prose(size), "utf-8")
        os.utime(paths[name], (0, 0))  # last written before they are added
        library.add(paths[name], plain)
    if not highlights:
        return Material(paths, plain, None)
    marked = folder / "marked.db"
    shutil.copy(plain, marked)
    library.tag_statements(paths["10 MB"], marked, HIGHLIGHTS)
    return Material(paths, plain, marked)
