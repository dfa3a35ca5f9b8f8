"""What every screen does: tell something, ask in a dialog, work beside the keys and in turn."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.worker import Worker, get_current_worker

from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe
from reader.tui.counting import CountingScreen

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from reader.tui.app import ReaderApp
    from reader.tui.screens.dialogs.base import Dialog

    _Screen = Screen[None]
else:
    _Screen = object

Result = TypeVar("Result")

Work = Callable[[], Coroutine[None, None, None]]
"""Something that takes its time."""


def run_beside(
    node: DOMNode, work: Work, group: str, *, exclusive: bool = False, holds_keys: bool = False
) -> None:
    """Run something beside the keys, as a worker of an app, a screen or a widget.

    Args:
        node: Whose worker it is: it ends with that.
        work: What makes the coroutine. A coroutine itself would be left unawaited, with a warning
            on the terminal, where the program is left, or another one comes, before its turn.
        group: Names what it belongs to.
        exclusive: Whether it takes the place of others of its group.
        holds_keys: Whether it changes what keys mean: those pressed on the way wait until it has
            ended, or asks something.
    """
    worker: Worker[None] = node.run_worker(
        work,
        exclusive=exclusive,
        group=group,
        description=group,  # else it is the `repr` of all that the work is about: seconds, if much
    )
    if holds_keys:
        cast("ReaderApp", node.app).key_queue.hold_while(worker)


ERROR_SECONDS = 8.0
"""How long an error stays; what is said meanwhile does not take it away."""


class Turns:
    """Steps that wait until the one before has ended.

    An edit is worked out from the memory, which an undo changes only when the library has done it:
    a tag pressed right after ``u`` must see what the undo left.
    """

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._free = asyncio.Event()
        self._free.set()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return not self._free.is_set()

    def take(self, step: Callable[[], None]) -> None:
        """Do a step now, or after the ones that wait."""
        if self._free.is_set():
            step()
        else:
            self._waiting.append(step)

    def begin(self) -> None:
        """Let everything from now on wait."""
        self._free.clear()

    def end(self) -> None:
        """Do what has waited, until one of the steps begins to wait itself."""
        self._free.set()
        while self._waiting and self._free.is_set():
            self._waiting.popleft()()

    async def ended(self) -> None:
        """Wait until nothing is under way."""
        while not self._free.is_set():
            await self._free.wait()


class WorkingScreen(_Screen):
    """Works beside the keys, and says what fails."""

    def say_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        raise NotImplementedError

    def work(self, what: Work, group: str, *, exclusive: bool = True) -> None:
        """Run something beside the keys; what fails is told."""
        run_beside(self, partial(self._told, what), group, exclusive=exclusive)

    def work_holding_keys(self, what: Work, group: str) -> None:
        """Run something that changes what keys mean: those pressed on the way wait for it."""
        run_beside(self, partial(self._told, what), group, exclusive=True, holds_keys=True)

    async def _told(self, what: Work) -> None:
        try:
            await what()
        except ReaderError as error:
            self.say_error(error)


class AskingScreen(WorkingScreen, CountingScreen):
    """Says things at the right, asks in dialogs, and holds keys back meanwhile."""

    app: ReaderApp
    _said = ""
    """What was said last."""
    _error = ""
    _error_until = 0.0

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a short message at the right, in the place of the one before.

        An error stays for its time, whatever else is said meanwhile.
        """
        self._said = text
        if error:
            self._error, self._error_until = text, time.monotonic() + ERROR_SECONDS
        self.unsay()
        if not error:
            self.app.notify(safe(text), timeout=3, markup=False)

    def unsay(self) -> None:
        """Take away what was said, because something else stands there now; errors stay."""
        self.app.clear_notifications()
        self.app.notices.show()
        left = self._error_until - time.monotonic()
        if left > 0:
            self.app.notify(safe(self._error), severity="error", timeout=left, markup=False)

    def unsay_error(self) -> None:
        """Take away an error that is one no longer."""
        self._error_until = 0.0

    def mended(self, problem: str) -> None:
        """Take away the error that told a problem which is there no longer."""
        if problem and problem == self._error and self._error_until > time.monotonic():
            self.unsay_error()
            self.unsay()

    def say_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        self.say(f"{error.message} {error.hint}".strip(), error=True)

    async def ask(self, dialog: Dialog[Result | None]) -> Result | None:
        """Show a dialog and return its answer; keys pressed on the way go to it, if it takes any.

        Those pressed after it has its answer are held again, if who asks has held them before.
        """
        dialog.asker = get_current_worker()
        dialog.holds_keys = self.app.key_queue.is_held_by(dialog.asker)
        answer = self.app.push_screen(dialog, wait_for_dismiss=True)
        if not dialog.works:
            self.app.let_keys_go(dialog.asker)
        return await answer

    def after_layout(self, call: Callable[[], object]) -> None:
        """Call something when the widgets have their new sizes."""
        self.call_after_refresh(call)


async def rest(seconds: float) -> None:
    """Let keys come first for a while."""
    await asyncio.sleep(seconds)
