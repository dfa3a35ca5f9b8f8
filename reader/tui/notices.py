"""What is told at the right: notices that stay for their time, messages that leave in time.

Import late: nothing is told at most starts.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.notifications import Notification, Notify

from reader.domain.untrusted import safe
from reader.tui.app_messages import SIDES, WIDEST
from reader.tui.at_rest import AtRest
from reader.tui.message_place import USUAL, Stand, stand_for
from reader.tui.undocumented import messages_change, messages_of, put_messages, tells_error
from reader.tui.widgets.cells import width_of, wrap

if TYPE_CHECKING:
    from reader.tui.app_messages import MessagesApp

LOW = 18
"""Rows of the window below which messages would cover what a dialog shows."""

READ_SECONDS = 0.5
"""How long a message is there at least before a key takes it away: in a low window any key, in
others one that leads to what it covers."""

NOTICE_SECONDS = 12.0
"""How long a notice stays at least; then the next key takes it away."""
_ALWAYS_S = 86_400.0
"""A time that a notice without an end of its own does not reach."""

_LINGERS_S = 1.0
"""How long a message may be on show after its time, on a busy machine."""

MOVED_SECONDS = 0.15
"""Pause after the last key before messages make way for what one has moved to."""
_MOST_ROWS = 99
"""Rows that no message has."""


class Notices:
    """What is told now.

    Args:
        app: The app that shows it.
    """

    def __init__(self, app: MessagesApp) -> None:
        self._app = app
        self._staying: list[tuple[str, float]] = []
        self._said_at = self._cleared_at = self._shown_at = self._acted_at = 0.0
        self._there_until = 0.0
        """Until when something may be on show, unless it is taken away."""
        self._stand = USUAL
        self._moved = AtRest(self._make_way_again)

    def add(self, texts: Iterable[str]) -> None:
        """Show notices; they stay for their time, and then until a key is pressed."""
        until = time.monotonic() + NOTICE_SECONDS
        self._staying += [(text, until) for text in texts]
        self.show()

    def show(self) -> None:
        """Show the notices that no key has taken away, after others were cleared away."""
        self._shown_at = time.time()
        for text, _ in self._staying:
            self._app.notify(safe(text), severity="warning", timeout=_ALWAYS_S, markup=False)

    def make_way(self, coming: Notification | None = None) -> None:
        """Put messages where they cover least of what one works in.

        Args:
            coming: One that is about to be shown with the others.
        """
        if self._app.screen_stack:  # else it ends
            told = messages_of(self._app) + ([coming] if coming is not None else [])
            self._put(stand_for(self._app.screen, self._cells_of(told)))

    def _make_way_again(self) -> None:
        """Uncover what one has moved to: what is read goes, the rest stands elsewhere."""
        told = messages_of(self._app)
        if not told or not self._app.screen_stack:
            return
        better = stand_for(self._app.screen, self._cells_of(told), self._stand)
        if better == self._stand:
            return
        read = time.time() - self._said_at > READ_SECONDS
        if read and not self._staying and not tells_error(self._app):
            self._take_away()
        else:
            self._put(better)

    def _put(self, stand: Stand) -> None:
        self._stand = stand
        for shown in self._app.screen_stack:  # each has its own, and a dialog does not cover all
            put_messages(shown, *stand)

    def _cells_of(self, told: Iterable[Notification]) -> Size:
        """Return the cells that messages take."""
        room = min(WIDEST, self._app.size.width - SIDES)
        rows = [row for item in told for row in wrap(item.message, room, _MOST_ROWS)]
        return Size(max(map(width_of, rows), default=0) + SIDES, len(rows))

    def uncover_dialog(self) -> None:
        """Take away what was said a while before a dialog opened, which it would cover.

        Errors stay for their time, and notices until they are read; so does what the key has said
        that led to the dialog, however long it took to open.
        """
        read = time.time() - self._said_at > READ_SECONDS and self._said_at < self._acted_at
        if self._said_at and read and not tells_error(self._app):
            self._take_away()
            self.show()
        if messages_change(self._app):
            self._app.screen.call_after_refresh(self.make_way)

    def acted(self) -> None:
        """Take in that a key was pressed, or the mouse: what is said from now on is not read.

        What is on show makes way, if one has moved beneath it.
        """
        self._acted_at = time.time()
        if self._acted_at < self._there_until:
            self._moved.soon(MOVED_SECONDS)

    def _take_away(self) -> None:
        """Take away what is shown, and nothing that is only on its way."""
        cleared_at = self._cleared_at
        self._app.clear_notifications()
        self._cleared_at = cleared_at

    def cleared(self) -> None:
        """Take in that all was cleared away, also what is on its way to be shown."""
        self._cleared_at = time.time()
        self._there_until = 0.0

    def is_late(self, event: Notify) -> bool:
        """Whether a message was on its way when all were cleared: quick keys do not pile up."""
        raised_at = event.notification.raised_at
        again = event.notification.timeout == _ALWAYS_S and raised_at < self._shown_at
        if again or raised_at < self._cleared_at:
            return True
        self._said_at = raised_at
        until = raised_at + event.notification.timeout + _LINGERS_S
        self._there_until = max(self._there_until, until)
        return False

    def uncover(self) -> None:
        """Take away what whoever presses a key has read: notices after their time.

        In a low window, which messages would cover, all of them go, after a moment.
        """
        self.acted()
        now_s = time.monotonic()
        if self._staying and any(until <= now_s for _, until in self._staying):
            self._staying = [item for item in self._staying if item[1] > now_s]
            self._take_away()
            self.show()
            # else what a notice covered is not painted again along with what the key changes
            self._app.call_later(self._app.screen.refresh, layout=True)
        if not self._said_at or self._app.size.height >= LOW:
            return
        if time.time() - self._said_at > READ_SECONDS:
            self._said_at = 0.0
            self._staying = []
            self._take_away()
