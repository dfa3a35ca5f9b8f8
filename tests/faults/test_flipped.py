"""One flipped byte, in the app: a few places; the long run takes more."""

from __future__ import annotations

from pathlib import Path

from tests.faults.flipping import sweep


async def test_one_flipped_byte_is_told_or_changes_nothing(tmp_path: Path) -> None:
    outcomes = await sweep(tmp_path, 3)
    assert outcomes.right + outcomes.told + len(outcomes.seen) == 3
    assert outcomes.right
    assert outcomes.told
