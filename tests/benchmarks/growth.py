"""How a cost grows with the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.benchmarks.figures import Figure, per_tenfold
from tests.benchmarks.material import SIZES

GROWTH = 1.25
"""Largest growth per tenfold text."""


def growth(group: str, what: str, spent: dict[str, float]) -> Iterator[Figure]:
    """Compare the CPU time for each size of text, in ms, with that for the next smaller."""
    for smaller, name in pairwise(SIZES):
        times = SIZES[name] / SIZES[smaller]
        ratio = per_tenfold(spent[name], spent[smaller], times)
        yield Figure(group, f"{what} CPU, {name}", spent[name], "CPU ms", ratio,
                     f"{smaller}, per tenfold text", GROWTH)  # fmt: skip
