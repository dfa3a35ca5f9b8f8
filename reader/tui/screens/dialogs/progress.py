"""Something that takes a while: how far it is, and Esc to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

from textual.widget import Widget

from reader.tui.asking import run_beside
from reader.tui.screens.dialogs.base import Dialog, Line

Result = TypeVar("Result")

SLICE_S = 0.008
"""How long a slice of the work may hold up a key."""

_TELL_EVERY = 8
"""Slices after which the words are shown anew."""


class Words(Line, can_focus=True):
    """How far it is; it has the focus, so that keys pressed meanwhile do nothing."""

    def told(self) -> tuple[str, str]:
        """Return how far it was when it got the focus: told step by step it would be too much."""
        return self.text, ""


class WorkDialog(Dialog[Result]):
    """Shows how far something is as long as it is under way; keys wait for its end, all but Esc.

    Args:
        title: What is done.
        remark: What Esc does.
        words: How far it is at first.
    """

    works = True

    def __init__(self, title: str, remark: str, words: str = "") -> None:
        super().__init__(title, remark)
        self.line = Words(words)

    def body(self) -> Iterable[Widget]:
        """Return the words."""
        yield self.line

    def on_mount(self) -> None:
        """Begin to follow what is under way."""
        self.line.focus()
        run_beside(self, self.follow, "progress")

    async def follow(self) -> None:
        """Show how far it is until it has ended; then leave."""
        raise NotImplementedError


class ProgressDialog(WorkDialog[bool | None]):
    """Works in slices; gives back True when all is done, None if it was stopped.

    Args:
        title: What is done.
        work: Works for so many seconds and returns whether there is more to do.
        words: Says how far it is.
    """

    HELP = "Esc stops; nothing has been changed then."

    def __init__(self, title: str, work: Callable[[float], bool], words: Callable[[], str]) -> None:
        super().__init__(title, "Esc stops", words())
        self._work, self._words = work, words

    async def follow(self) -> None:
        """Work, slice after slice."""
        slices = 0
        while self._work(SLICE_S):
            slices += 1
            if not slices % _TELL_EVERY:
                self.line.show(self._words())
            await asyncio.sleep(0)
        self.dismiss(True)
