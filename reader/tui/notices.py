"""What is told at the bottom right: notices that stay for their time, messages that leave in time.

Import late: nothing is told at most starts.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.notifications import Notify

from reader.domain.untrusted import safe
from reader.tui.undocumented import messages_change, put_messages, tells_error
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.domain.text import Span
    from reader.tui.app_messages import MessagesApp
    from reader.tui.widgets.article.pane import ArticlePane
    from reader.tui.widgets.panel import AnnotationPanel

LOW = 18
"""Rows of the window below which messages would cover what a dialog shows."""

READ_SECONDS = 0.5
"""How long a message is there at least before a key takes it away, in a low window."""

NOTICE_SECONDS = 12.0
"""How long a notice stays at least; then the next key takes it away."""
_ALWAYS_S = 86_400.0
"""A time that a notice without an end of its own does not reach."""


_ZONE = 7
"""Rows at the bottom, and at the top, that messages may cover."""
_CARD = 6
"""Rows that an entry may take when it is open."""
_TOP_ROWS = 2
"""Rows at the top of the article that they cover for the most part, when they stand there."""


def _worked_in(screen: Screen[Any]) -> tuple[int, int] | None:
    """Return the rows of the window that one works in, as far as it can be told.

    In the article those are the open entry's, if there is one, unless the statement is at the top;
    else the statement's, of which only the half is known that it is in.
    """
    focused = screen.focused
    pane: ArticlePane | None = getattr(screen, "pane", None)
    panel: AnnotationPanel | None = getattr(screen, "panel", None)
    if focused is None:
        return None
    if pane is not None and panel is not None and focused is pane:
        cursor: Span | None = getattr(screen, "cursor", None)
        at = cursor.start if cursor else 0
        if at < (pane.offset_at(0, _TOP_ROWS) or 0):
            return None
        opened = _rows_of(panel) if panel.display else None
        if opened:  # it is opened a moment later
            opened = opened[0], max(opened[1], min(opened[0] + _CARD, panel.region.bottom - 1))
        low = at > (pane.offset_at(0, pane.region.height // 2) or 0)
        return opened or ((pane.region.bottom - 1,) * 2 if low else None)
    if isinstance(focused, LineList):
        return _rows_of(focused)
    return focused.region.y, max(focused.region.y, focused.region.bottom - 1)


def _has_room_above(screen: Screen[Any]) -> bool:
    """Whether messages have room over a dialog whose last lines, its keys, they would cover."""
    frame = next(iter(screen.query(".dialog")), None)
    if frame is None:
        return False
    return frame.region.y > _TOP_ROWS and frame.region.bottom > screen.app.size.height - _ZONE


def _rows_of(entries: LineList) -> tuple[int, int] | None:
    """Return the rows of the window that the current entry of a list takes."""
    found, top = entries.current_rows(), entries.region.y
    return (top + found[0], top + found[1]) if found else None


class Notices:
    """What is told now.

    Args:
        app: The app that shows it.
    """

    def __init__(self, app: MessagesApp) -> None:
        self._app = app
        self._staying: list[tuple[str, float]] = []
        self._said_at = self._cleared_at = self._shown_at = self._acted_at = 0.0

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

    def make_way(self) -> None:
        """Put messages at the top where the line that one works in is low, else at the bottom."""
        if not self._app.screen_stack:
            return  # it ends
        screen, height = self._app.screen, self._app.size.height
        rows = _worked_in(screen)
        above = rows is not None and rows[1] >= height - _ZONE and rows[0] >= _ZONE
        above = above or _has_room_above(screen)
        for shown in self._app.screen_stack:  # each has its own, and a dialog does not cover all
            put_messages(shown, above=above)

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
        """Take in that a key was pressed, or the mouse: what is said from now on is not read."""
        self._acted_at = time.time()

    def _take_away(self) -> None:
        """Take away what is shown, and nothing that is only on its way."""
        cleared_at = self._cleared_at
        self._app.clear_notifications()
        self._cleared_at = cleared_at

    def cleared(self) -> None:
        """Take in that all was cleared away, also what is on its way to be shown."""
        self._cleared_at = time.time()

    def is_late(self, event: Notify) -> bool:
        """Whether a message was on its way when all were cleared: quick keys do not pile up."""
        raised_at = event.notification.raised_at
        again = event.notification.timeout == _ALWAYS_S and raised_at < self._shown_at
        if again or raised_at < self._cleared_at:
            return True
        self._said_at = raised_at
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
