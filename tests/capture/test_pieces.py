"""Cutting a paragraph without spaces."""

import pytest

from reader.capture.pieces import LONGEST_BLOCK, pieces


@pytest.mark.parametrize("letter", ["👍🏽", "e\u0301", "हि"])
@pytest.mark.parametrize("before", ["", "x"])
def test_no_cut_parts_a_character_from_its_marks(letter: str, before: str) -> None:
    text = before + letter * LONGEST_BLOCK
    found = list(pieces(text, 0, len(text)))
    assert len(found) > 1
    assert [end for _, end in found[:-1]] == [start for start, _ in found[1:]]
    assert all((start - len(before)) % 2 == 0 for start, _ in found[1:])
