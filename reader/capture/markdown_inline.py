"""The words of a Markdown paragraph: lines cut at hard breaks, without marks and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.capture.markdown_notes import REFERENCE
from reader.domain.records import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = "\x00"
_NOTE = "\x01"
"""Stand for breaks and references; neither is in a canonical text."""
_BEFORE_NOTE = re.compile(rf"[ \t]+(?={_NOTE}+(?:\W|\Z))")


@dataclass(slots=True)
class Inline:
    """The words of an inline token.

    Attributes:
        lines: The lines, cut at hard breaks.
        images: The images' alternative texts.
        emphasised: Whether all of it is emphasised.
        notes: Labels of the notes that it refers to.
    """

    lines: list[str]
    images: list[str]
    emphasised: bool
    notes: list[str]


def read(children: Sequence[Token], *, in_note: bool = False) -> Inline:
    """Return the words of inline tokens; references to notes are among them in notes only."""
    pieces_: list[str] = []
    images: list[str] = []
    notes: list[str] = []
    depth = 0
    emphasised = True
    for token in children:
        if token.type in ("em_open", "em_close", "strong_open", "strong_close"):
            depth += token.nesting
        elif token.type == "image":
            images.append(_flat(token))
        elif token.type in ("text", "code_inline", "text_special"):
            pieces_.append(token.content)
            emphasised = emphasised and (depth > 0 or not token.content.strip())
        elif token.type == "softbreak":
            pieces_.append(" ")
        elif token.type == "hardbreak" or _is_break(token):
            pieces_.append(_BREAK)
        elif token.type == REFERENCE:
            notes.append(token.meta["label"])
            pieces_.append(f"[{notes[-1]}]" if in_note else _NOTE)
    words = _BEFORE_NOTE.sub("", "".join(pieces_)).replace(_NOTE, "")
    lines = [" ".join(line.split()) for line in words.split(_BREAK)]
    return Inline(
        [line for line in lines if line],
        [alt for alt in images if alt],
        emphasised and depth == 0,
        notes,
    )


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _flat(token: Token) -> str:
    """Return the alternative text of an image."""
    words = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
    )
    return " ".join(words.split())
