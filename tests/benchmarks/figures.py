"""Measured figures, their targets, and the table of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        group: Which measurement it belongs to; ``--only`` chooses by it.
        name: What was measured.
        value: The figure; None if there is none, and the note says why.
        unit: Its unit.
        ratio: The figure divided by that of ``against``, or None.
        against: What it is compared with.
        target: Largest ratio (or figure, if there is no ratio) that passes; None is no target.
        at_least: The target is a lower bound instead.
        note: What else is to be known of it.
    """

    group: str
    name: str
    value: float | None
    unit: str = ""
    ratio: float | None = None
    against: str = ""
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def passes(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        judged = self.value if self.ratio is None else self.ratio
        if self.target is None or judged is None:
            return None
        return judged >= self.target if self.at_least else judged <= self.target

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {**asdict(self), "passes": self.passes}


def percentile(values: Sequence[float], per_cent: float) -> float:
    """Return a percentile (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * per_cent / 100) - 1)]


def per_tenfold(large: float, small: float, times: float) -> float:
    """Return by how much a cost grows per tenfold text, of two costs and how far apart they are.

    That is the factor f with ``large = small * f ** log10(times)``.
    """
    return float((large / small) ** (1 / math.log10(times)))


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as text."""
    lines = [f"{'':<8}{'what':<46}{'figure':>12} {'unit':<9}{'ratio':>7}  {'target':<9}against"]
    for item in figures:
        verdict = {True: "ok", False: "MISSED", None: ""}[item.passes]
        bound = "≥" if item.at_least else "≤"
        target = "" if item.target is None else f"{bound} {item.target:.4g}"
        ratio = "" if item.ratio is None else f"{item.ratio:.2f}"
        value = "–" if item.value is None else f"{item.value:,.1f}"
        said = "; ".join(part for part in (item.against, item.note) if part)
        lines.append(
            f"{verdict:<8}{item.name:<46}{value:>12} {item.unit:<9}{ratio:>7}  {target:<9}{said}"
        )
    return "\n".join(lines)
