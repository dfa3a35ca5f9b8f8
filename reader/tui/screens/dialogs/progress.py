"""Something that takes a while: how far it is, and Esc to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from textual.widget import Widget

from reader.tui.asking import run_beside
from reader.tui.screens.dialogs.base import Dialog, Line

SLICE_S = 0.008
"""How long a slice of the work may hold up a key."""

_TELL_EVERY = 8
"""Slices after which the words are shown anew."""


class Words(Line, can_focus=True):
    """How far it is; it has the focus, so that keys pressed meanwhile do nothing."""

    def told(self) -> tuple[str, str]:
        """Return how far it was when it got the focus: told step by step it would be too much."""
        return self.text, ""


class ProgressDialog(Dialog[bool | None]):
    """Works in slices; gives back True when all is done, None if it was stopped.

    Args:
        title: What is done.
        work: Works for so many seconds and returns whether there is more to do.
        words: Says how far it is.
    """

    HELP = "Esc stops; nothing has been changed then."
    works = True

    def __init__(self, title: str, work: Callable[[float], bool], words: Callable[[], str]) -> None:
        super().__init__(title, "Esc stops")
        self._work, self._words = work, words
        self._line = Words(words())

    def body(self) -> Iterable[Widget]:
        """Return the words."""
        yield self._line

    def on_mount(self) -> None:
        """Begin."""
        self._line.focus()
        run_beside(self, self._go_on, "progress")

    async def _go_on(self) -> None:
        slices = 0
        while self._work(SLICE_S):
            slices += 1
            if not slices % _TELL_EVERY:
                self._line.show(self._words())
            await asyncio.sleep(0)
        self.dismiss(True)
