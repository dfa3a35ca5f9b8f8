"""Asks the terminal for its background, and takes the answer out of what is typed.

A terminal that knows the question (OSC 11) answers among the keys, at once, late, or never: nobody
waits for it. An answer that something between has delayed or taken apart would be typed: digits are
tags. It is asked only where nothing is between, and its answer is known also in pieces.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.tui.look.themes import may_ask
from reader.tui.undocumented import ask_ground

if TYPE_CHECKING:
    from reader.tui.look.appearing import AppearingApp

QUESTION = "\x1b]11;?\x1b\\"

_BEGINNING = "\x1b]11;"
_ANSWER = re.compile(
    r"\x1b\]11;(?:rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]+)?"
    r"|[^\x07\x1b]*)(?:\x07|\x1b\\)"
)
_BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,64}\x1b?)?)?)?)?\Z")
"""The end of what was read, if it may be the beginning of an answer."""

_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""How bright red, green and blue seem to be (ITU-R BT.709)."""


class Ground:
    """Finds the answer in what is typed.

    Args:
        told: Called with whether the background is light, when that is known.
    """

    def __init__(self, told: Callable[[bool], object] = bool) -> None:
        self._told = told
        self._held = ""
        self.is_light: bool | None = None
        """Whether the background is light; None is not known."""

    @property
    def holds(self) -> bool:
        """Whether the beginning of what may be an answer is kept back."""
        return bool(self._held)

    def taken_out(self, text: str) -> str:
        """Return what was typed without the answer; its beginning is kept back for the rest."""
        text = self._held + text
        self._held = ""
        if "\x1b" not in text:
            return text
        text = _ANSWER.sub(self._learn, text)
        begun = _BEGUN.search(text)
        if begun is not None and (self.is_light is None or len(begun.group()) > 1):
            self._held = begun.group()
            return text[: begun.start()]
        return text

    def give_up(self) -> str:
        """Return what was kept back, because nothing has followed: it was typed, or is no answer.

        Of an answer that has begun for certain nothing is returned: it is no key.
        """
        held, self._held = self._held, ""
        return "" if held.startswith(_BEGINNING) else held

    def _learn(self, answer: re.Match[str]) -> str:
        parts = answer.groups()
        if all(parts):
            shares = (int(part, 16) / (16 ** len(part) - 1) for part in parts)
            light = sum(weight * share for weight, share in zip(_WEIGHTS, shares, strict=True))
            self.is_light = light > 0.5
            self._told(self.is_light)
        return ""


def ask(app: AppearingApp) -> None:
    """Ask the terminal for its background, and take the theme that goes with it."""
    if may_ask(os.environ):
        ask_ground(app, Ground(app.learn_ground), QUESTION)
