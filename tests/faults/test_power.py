"""The power is cut at any moment: what was called saved is there, and all adds up."""

from __future__ import annotations

import random

from tests.faults import power


def test_nothing_saved_is_lost() -> None:
    count, failed, saved, lost = power.cuts(30, random.Random(1), actions=60)
    assert (count, failed, lost) == (30, 0, 0)
    assert saved > 300


def test_less_flushing_would_lose_something() -> None:
    """The test can fail: with the pragma that most programs use, what was called saved is lost."""
    _, failed, _, _ = power.cuts(12, random.Random(1), actions=60, synchronous="normal")
    assert failed > 4
