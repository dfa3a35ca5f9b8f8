"""Shows how far a capture is, and lets it be cancelled."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable

from textual.widget import Widget

from reader.capture.sandbox import Sandbox
from reader.domain.untrusted import safe
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.progress import WorkDialog

SHOW_AFTER_S = 0.2
"""How long it takes before it is shown how far it is: most files are there at once."""
_TELL_S = 0.1


class Progress:
    """How far it is; written by whoever works, read by whoever shows it."""

    def __init__(self) -> None:
        self.name = ""
        self.number = self.total = 1
        self.step = "Looking …"

    def begin(self, number: int, total: int, name: str) -> None:
        """An article is captured again: the which, of how many, and its file or address."""
        self.number, self.total, self.name = number, total, name
        self.step = "fetching" if "://" in name else "reading"

    def read(self, done: int, total: int) -> None:
        """So many parts of it have been read; from any thread."""
        self.step = f"{done:,} of {total:,} parts read"

    def compare(self) -> None:
        """Its two versions are compared; from any thread."""
        self.step = "comparing the two versions"

    @property
    def words(self) -> str:
        """How far it is, in words."""
        which = f"{self.number:,} of {self.total:,} articles · " if self.total > 1 else ""
        return f"{which}{self.step}"


class RefreshDialog(WorkDialog[None]):
    """Is there as long as a task runs; Esc cancels that.

    Args:
        task: What is done.
        progress: How far it is.
        sandbox: Cancelling it ends the task.
    """

    HELP = "Esc cancels; the article stays as it is."

    def __init__(self, task: asyncio.Task[None], progress: Progress, sandbox: Sandbox) -> None:
        super().__init__("Capturing again", "Esc cancels")
        self._work, self._progress, self._sandbox = task, progress, sandbox
        self._what = Line("", max_rows=2)

    def body(self) -> Iterable[Widget]:
        """Return what says how far it is."""
        yield self._what
        yield from super().body()

    async def follow(self) -> None:
        """Tell which article it is, and how far that is."""
        while not self._work.done():
            name = self._progress.name
            name = name if "://" in name else os.path.basename(name)  # noqa: PTH119 - any string
            self._what.show(safe(name))
            if not self._sandbox.cancelled:
                self.line.show(self._progress.words, "dim")
            await asyncio.wait({self._work}, timeout=_TELL_S)
        self.dismiss(None)

    def action_leave(self) -> None:
        """Cancel; the dialog goes when that is done."""
        self.line.show("Cancelling …", "warning")
        self._sandbox.cancel()
