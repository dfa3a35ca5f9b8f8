"""What the app tells: messages that leave in time, and notices that stay for theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.notifications import Notify

from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe
from reader.services.settings.fields import Settings
from reader.tui.counting import CountingApp
from reader.tui.undocumented import drop_messages, messages_change

if TYPE_CHECKING:
    from reader.tui.notices import Notices
    from reader.tui.widgets.plain_current import PlainCurrent
    from reader.tui.widgets.plain_lines import PlainLines

WIDEST, SIDES = 76, 2
"""Cells of a row of a message at most, and those that are empty beside it, by its style."""
_AROUND = 4
"""Cells beside a row of a message in a narrow window, and rows beside all of it in a low one."""


class MessagesApp(CountingApp):
    """An app that tells something at the right, or in a line of text in plain mode.

    Args:
        settings: How it is to look, and whether all is to be told in words.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(ansi_color=True)
        self.settings = settings
        self.library_notices: list[str] = []
        """What is to be noticed of the library, in sentences."""
        self._notices: Notices | None = None

    @property
    def plain(self) -> bool:
        """Whether everything is told in lines of text, for screen readers."""
        return self.settings.plain

    @property
    def notices(self) -> Notices:
        """What is told at the right."""
        if self._notices is None:
            from reader.tui.notices import Notices

            self._notices = Notices(self)
        return self._notices

    def add_notices(self, texts: Iterable[str]) -> None:
        """Show what is to be noticed; it stays for its time, whatever else is said meanwhile."""
        if told := list(texts):
            self.notices.add(told)

    def add_library_notices(self, notices: Sequence[str]) -> None:
        """Show what has become to be noticed of the library since it was opened."""
        new = [text for text in notices if text not in self.library_notices]
        self.library_notices += new
        self.add_notices(new)

    def notify(self, message: str, **how: Any) -> None:
        """Show a message for a while; in plain mode as a line of text, where there is one."""
        lines = self._lines_to_say_in() if self.plain else None
        if lines is None:
            super().notify(self._in_rows(message), **how)
        else:
            lines.say(message)

    def show_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        text = safe(f"{error.message} {error.hint}".strip())
        self.notify(text, severity="error", timeout=10, markup=False)

    def clear_notifications(self) -> None:
        """Take away what is said, also what is on its way to be shown."""
        super().clear_notifications()
        self.notices.cleared()

    def uncover(self) -> None:
        """Let a message that covers work go with the next key."""
        if self._notices is not None:
            self._notices.uncover()

    def clicked(self) -> None:
        """Take in that the mouse did something: what is said from now on is not read."""
        if self._notices is not None:
            self._notices.acted()

    def on_notify(self, event: Notify) -> None:
        """Drop a message that comes too late; put another where it covers no work."""
        if self.notices.is_late(event):
            event.prevent_default()
        else:
            self.notices.make_way(event.notification)

    def _in_rows(self, message: str) -> str:
        """Return a message in rows that a narrow window has room for; Textual would cut them."""
        room = self.size.width - _AROUND
        if room >= WIDEST or len(message) <= room:
            return message
        from reader.tui.widgets.cells import wrap  # late: where a window is narrow

        return "\n".join(wrap(message, room, max(1, self.size.height - _AROUND)))

    def _lines_to_say_in(self) -> PlainLines | PlainCurrent | None:
        from reader.tui.widgets.plain_current import PlainCurrent  # late: plain mode only

        found: PlainLines | None = getattr(self.screen, "plain_lines", None)
        return found or next(iter(self.screen.query(PlainCurrent)), None)

    def _refresh_notifications(self) -> None:
        if messages_change(self):
            self.call_later(drop_messages, self)
            super()._refresh_notifications()
