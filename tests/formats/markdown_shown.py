"""What a reader sees of a Markdown report, and what of that is the article's."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKER = re.compile(r"⟦[⁰¹²³⁴-⁹]+|⟧(?:[^⟦⟧⁰¹²³⁴-⁹]* )?[^\s⟦⟧][⁰¹²³⁴-⁹]+")


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def shown(markdown: str, renderer: MarkdownIt) -> str:
    """The text that a reader of the rendered report sees, white space aside."""
    parts = []
    for token in flat(renderer.parse(markdown)):
        parts.append(token.content if token.type == "text" else "")
        parts.append(" " if token.block or "break" in token.type else "")
    return words("".join(parts))


def words(text: str) -> str:
    return " ".join(text.split())
