"""Footnotes of Markdown: what refers to them is no word of the text, and they are no statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

REFERENCE = "footnote_ref"
"""Type of the token that stands for a reference; its ``meta`` has the note's label."""

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,200})\]")


def enable(parser: MarkdownIt, source: str) -> None:
    """Let a parser know footnotes, if a source may have any."""
    if "[^" not in source:
        return
    from mdit_py_plugins.footnote import footnote_plugin  # late: it takes time to import

    footnote_plugin(parser, inline=False, move_to_end=False)
    parser.inline.ruler.at(REFERENCE, _refer)  # theirs looks through the rest of the paragraph


def _refer(state: StateInline, silent: bool) -> bool:
    """Take the reference that stands here, if there is such a note."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    known = state.env.get("footnotes", {}).get("refs", {})
    if found is None or f":{found[1]}" not in known:
        return False
    if not silent:
        state.push(REFERENCE, "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def take_out(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Return the tokens of the text, and those of each note by its label, in their order."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    inside: list[str] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append(token.meta["label"])
            notes.setdefault(inside[-1], [])
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            (notes[inside[-1]] if inside else text).append(token)
    return text, notes
