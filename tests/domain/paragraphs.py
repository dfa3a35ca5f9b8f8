"""Texts of paragraphs, and what the detector suggests for them."""

from __future__ import annotations

from reader.domain.attribution import Suggestion, suggestions
from reader.domain.text import Block, Role


def blocks(text: str, role: Role = Role.BODY) -> list[Block]:
    """Return the paragraphs of a text."""
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            found.append(Block(at, at + len(paragraph), role))
        at += len(paragraph) + 2
    return found


def suggested(text: str) -> list[Suggestion]:
    """Return the suggestions for a text of paragraphs."""
    return suggestions(text, blocks(text))
