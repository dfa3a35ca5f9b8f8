"""What is told at the bottom right: notices that stay for their time, messages that leave in time.

Import late: nothing is told at most starts.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.notifications import Notify

from reader.domain.untrusted import safe

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

LOW = 18
"""Rows of the window below which messages would cover what a dialog shows."""

READ_SECONDS = 0.5
"""How long a message is there at least before a key takes it away, in a low window."""

NOTICE_SECONDS = 12.0
"""How long a notice stays at least; then the next key takes it away."""
_ALWAYS_S = 86_400.0
"""A time that a notice without an end of its own does not reach."""


class Notices:
    """What is told now.

    Args:
        app: The app that shows it.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._staying: list[tuple[str, float]] = []
        self._said_at = self._cleared_at = 0.0

    def add(self, texts: Iterable[str]) -> None:
        """Show notices; they stay for their time, and then until a key is pressed."""
        until = time.monotonic() + NOTICE_SECONDS
        self._staying += [(text, until) for text in texts]
        self.show()

    def show(self) -> None:
        """Show the notices that no key has taken away, after others were cleared away."""
        for text, _ in self._staying:
            self._app.notify(safe(text), severity="warning", timeout=_ALWAYS_S, markup=False)

    def cleared(self) -> None:
        """Take in that all was cleared away, also what is on its way to be shown."""
        self._cleared_at = time.time()

    def is_late(self, event: Notify) -> bool:
        """Whether a message was on its way when all were cleared: quick keys do not pile up."""
        if event.notification.raised_at < self._cleared_at:
            return True
        self._said_at = event.notification.raised_at
        return False

    def uncover(self) -> None:
        """Take away what whoever presses a key has read: notices after their time.

        In a low window, which messages would cover, all of them go, after a moment.
        """
        now_s = time.monotonic()
        if self._staying and any(until <= now_s for _, until in self._staying):
            self._staying = [item for item in self._staying if item[1] > now_s]
            self._app.clear_notifications()
            self.show()
        if not self._said_at or self._app.size.height >= LOW:
            return
        if time.time() - self._said_at > READ_SECONDS:
            self._said_at = 0.0
            self._staying = []
            self._app.clear_notifications()
