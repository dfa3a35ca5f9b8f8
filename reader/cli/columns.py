"""Terminal cells: how wide a text is, and how to clip, pad and wrap it. Standard library only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_NO_CELL = frozenset({"Mn", "Me", "Cf"})
ELLIPSIS = "…"


def cell(character: str) -> int:
    """Return the cells of one character: 0, 1 or 2."""
    if " " <= character <= "~":
        return 1
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """Return the cells that a text takes in a row."""
    return len(text) if text.isascii() else sum(map(cell, text))


def clip(text: str, width: int) -> str:
    """Return the text, or as much of it as fits with an ellipsis behind."""
    if cells(text) <= width:
        return text
    used, kept = 0, []
    for character in text:
        used += cell(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return the text with spaces up to a width, behind it or in front of it."""
    space = " " * max(0, width - cells(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield the rows of one paragraph; white space collapses, a word that is too long is cut."""
    row, used = "", 0
    for word in text.split():
        for piece in _pieces(word, width):
            size = cells(piece)
            if row and used + 1 + size > width:
                yield row
                row, used = "", 0
            row, used = (f"{row} {piece}", used + 1 + size) if row else (piece, size)
    if row:
        yield row


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word in pieces that fit in a row."""
    if cells(word) <= width:
        yield word
        return
    start = used = 0
    for index, character in enumerate(word):
        size = cell(character)
        if used + size > width and index > start:
            yield word[start:index]
            start, used = index, 0
        used += size
    yield word[start:]
