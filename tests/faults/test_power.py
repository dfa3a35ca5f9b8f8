"""The power is cut at any moment: what was called saved is there, and all adds up."""

from __future__ import annotations

import random

from tests.faults import power, power_importing


def test_nothing_saved_is_lost() -> None:
    count, failed, saved, lost = power.cuts(30, random.Random(1), actions=60)
    assert (count, failed, lost) == (30, 0, 0)
    assert saved > 300


def test_less_flushing_would_lose_something() -> None:
    """The test can fail: with the pragma that most programs use, what was called saved is lost."""
    _, failed, _, _ = power.cuts(12, random.Random(1), actions=60, synchronous="normal")
    assert failed > 4


def test_a_large_import_is_whole_or_not_there() -> None:
    found = power_importing.cuts(3, random.Random(1), statements=30)
    assert (found.cuts, found.lost) == (3, 0)


def test_what_is_saved_with_a_journal_beside_it_stays_saved() -> None:
    """Somebody reads at the end of the import: what follows it is saved with a journal too."""
    found = power_importing.cuts(2, random.Random(4), statements=30, read_meanwhile=True)
    assert (found.cuts, found.lost) == (2, 0)


def test_a_disk_that_does_not_flush_would_lose_something() -> None:
    found = power_importing.cuts(2, random.Random(1), statements=30, lies_about="library.db")
    assert found.lost > 0
