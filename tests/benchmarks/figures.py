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
        value: The figure.
        unit: Its unit.
        ratio: The figure divided by that of ``against``, or None.
        against: What it is compared with.
        target: Largest ratio (or figure, if there is no ratio) that passes; None is no target.
        at_least: The target is a lower bound instead.
    """

    group: str
    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    target: float | None = None
    at_least: bool = False

    @property
    def passes(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        if self.target is None:
            return None
        judged = self.value if self.ratio is None else self.ratio
        return judged >= self.target if self.at_least else judged <= self.target

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {**asdict(self), "passes": self.passes}


def percentile(values: Sequence[float], per_cent: float) -> float:
    """Return a percentile (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * per_cent / 100) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as text."""
    lines = [f"{'':<8}{'what':<46}{'figure':>12} {'unit':<9}{'ratio':>7}  {'target':<9}against"]
    for item in figures:
        verdict = {True: "ok", False: "MISSED", None: ""}[item.passes]
        bound = "≥" if item.at_least else "≤"
        target = "" if item.target is None else f"{bound} {item.target:.4g}"
        ratio = "" if item.ratio is None else f"{item.ratio:.2f}"
        lines.append(
            f"{verdict:<8}{item.name:<46}{item.value:>12,.1f} {item.unit:<9}{ratio:>7}"
            f"  {target:<9}{item.against}"
        )
    return "\n".join(lines)
