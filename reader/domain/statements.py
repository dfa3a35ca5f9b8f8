"""The segmenter: where the statements of a block begin and end."""

from __future__ import annotations

VERSION = 1
"""Raised whenever the same text would be cut differently."""


def segment(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the statements of one block as spans into the text, in order."""
    raise NotImplementedError
