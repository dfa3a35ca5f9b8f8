"""Compares versions beside the thread that saves; if it takes a while, Esc gives it up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from reader.capture.sandbox import Sandbox
from reader.domain.comparing.alignment import Alignment
from reader.services.changes.apart import align
from reader.storage.library import Library
from reader.tui.asking import AskingScreen
from reader.tui.changes.progress import SHOW_AFTER_S
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.progress import WorkDialog

T = TypeVar("T")
Align = Callable[[str, str], Alignment]
"""Compares two texts, in another process."""

GIVEN_UP = "Given up: the versions were not compared."
_TELL_S = 0.2


async def compared(screen: AskingScreen, job: Callable[[Library, Align], T]) -> T | None:
    """Return what a job finds out that compares versions; None if that was given up.

    Args:
        screen: The screen.
        job: Gets the library, which it only reads, and what compares two texts.

    Raises:
        ReaderError: They cannot be compared, or the library cannot be read.
    """
    beside, sandbox = Database(screen.app.database.path, only_read=True), Sandbox()
    task = asyncio.ensure_future(
        beside.run(lambda library: job(library, partial(align, sandbox=sandbox)))
    )
    try:
        await asyncio.wait({task}, timeout=SHOW_AFTER_S)
        if not task.done():
            await screen.ask(ComparingDialog(task))
        if task.done():
            return await task
        screen.say(GIVEN_UP)
        return None
    finally:  # also when the screen is left
        if not task.done():
            sandbox.cancel()
            task.cancel()
        beside.end()


class ComparingDialog(WorkDialog[None]):
    """Is there as long as versions are compared; Esc gives that up.

    Args:
        task: The comparison.
    """

    HELP = "Esc gives up; nothing is changed by comparing."

    def __init__(self, task: asyncio.Future[T]) -> None:
        self._comparison, self._began = task, time.monotonic()
        super().__init__("What changed", "Esc gives up", self._words)

    @property
    def _words(self) -> str:
        seconds = int(time.monotonic() - self._began)
        return f"Comparing the two versions …{f' {seconds} s' if seconds else ''}"

    async def follow(self) -> None:
        """Tell the seconds."""
        while not self._comparison.done():
            self.line.show(self._words)
            await asyncio.wait({self._comparison}, timeout=_TELL_S)
        self.dismiss(None)
