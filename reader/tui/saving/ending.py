"""What happens when the program is told to end: the terminal was closed, or a signal came.

The terminal may be gone by then, so nothing can be asked: what is being typed is kept as after a
crash, what was done is saved, and the next start goes on from there.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from reader.tui.asking import run_beside

if TYPE_CHECKING:
    from types import FrameType

    from reader.tui.app import ReaderApp

PATIENCE_S = 5.0
"""How long saving may take then; what is not saved goes to the rescue file."""

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""What closes a program: asked to, its terminal gone, Ctrl-C where it is no key."""


HUNG_UP = 129
"""Exit status when the terminal is gone: 128 + SIGHUP, as shells have it."""


@runtime_checkable
class KeepsTyped(Protocol):
    """A screen in which something may be half typed."""

    async def keep_typed(self) -> None:
        """Keep what is being typed, as it is now."""


def end_when_told(app: ReaderApp) -> None:
    """Have signals end the app in order; a second one ends it at once, as it does by itself."""
    loop = asyncio.get_running_loop()

    def told(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        with suppress(RuntimeError):  # the loop has ended: so does the app
            loop.call_soon_threadsafe(end_soon, app, 128 + number)

    for name in _SIGNALS:
        number = getattr(signal, name, None)  # Windows has not all of them
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as by nohup
            signal.signal(number, told)


def end_soon(app: ReaderApp, status: int) -> None:
    """End the app in order, with an exit status; harmless when repeated."""
    if not any(worker.group == "end" for worker in app.workers):
        run_beside(app, partial(_end, app, status), "end")


async def _end(app: ReaderApp, status: int) -> None:
    """Keep what is being typed, see that what was done is saved, and end the app."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            for screen in app.screen_stack:
                if isinstance(screen, KeepsTyped):
                    await screen.keep_typed()
            for article in app.reading_screens():
                article.keep_place()
                await article.saver.tried()
    app.exit(return_code=status)
