"""Single paragraphs of a plain text, as they are looked at to say what they are."""

from __future__ import annotations

from reader.capture.lines import Outline
from reader.capture.marks import is_terminated

LONGEST_CAPTION = 300
"""Code points of a caption at most."""


def line_at(text: str, found: Outline, index: int) -> str:
    """Return the beginning of a paragraph, or all of it if it is short."""
    start = found.starts[index]
    return text[start : min(found.ends[index], start + 512)]


def length_of(found: Outline, index: int) -> int:
    """Return the code points of a paragraph."""
    return found.ends[index] - found.starts[index]


def is_line(found: Outline, index: int, longest: int) -> bool:
    """Whether a paragraph is one short line of body text."""
    return (
        length_of(found, index) <= longest and found.lines[index] == 1 and index not in found.roles
    )


def is_short(found: Outline, index: int) -> bool:
    """Whether a paragraph of body text is short enough for a caption, on however many lines."""
    return length_of(found, index) <= LONGEST_CAPTION and index not in found.roles


def flat(text: str, found: Outline, index: int) -> str:
    """Return a short paragraph as if it were one line; offsets in it stay."""
    return line_at(text, found, index).replace("\n", " ")


def is_sentence(text: str, found: Outline, index: int) -> bool:
    """Whether a paragraph is running text."""
    if index >= len(found) or index in found.roles:
        return False
    return is_terminated(text[max(found.starts[index], found.ends[index] - 16) : found.ends[index]])
