"""Offers what pages say otherwise of themselves than they did: title, byline, outlet, date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.domain.untrusted import safe
from reader.services.changes.details import SPOKEN
from reader.services.changes.refreshing import Refreshed
from reader.tui.commands import commands_for
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.progress import Words
from reader.tui.widgets.bindings import bindings_for

_MOST = 6
"""Details that are shown; of more only the number."""


class DetailsOffer(Dialog[bool | None]):
    """Gives back True to take what the pages say now, None to leave what is known.

    Args:
        found: Articles captured again whose pages say something otherwise.
    """

    HELP = "Enter takes what the page says now; Esc leaves what is known."
    CONTEXTS = ("offer",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("offer")),
        Binding("enter", "take", "take", show=False),
    ]

    def __init__(self, found: Sequence[Refreshed]) -> None:
        title = "The page says otherwise now" if len(found) == 1 else "Pages say otherwise now"
        super().__init__(title)
        self._take = Words("Enter takes it", "dim")
        self._leave = Line("Esc leaves what is known", "dim")
        self._lines = [line for item in found for line in _lines(item, named=len(found) > 1)]

    def body(self) -> Iterable[Widget]:
        """Return what is known and what is there now, and the keys."""
        for number, line in enumerate(self._lines[:_MOST]):
            yield Line(line, max_rows=1 if number > 1 else 3)
        if len(self._lines) > _MOST:
            yield Line(f"… and {len(self._lines) - _MOST:,} more", "dim")
        yield self._take
        yield self._leave

    def on_mount(self) -> None:
        """Begin on what takes the details."""
        self._take.focus()

    def on_click(self, event: events.Click) -> None:
        """Take the mouse for the key that is named where it clicks."""
        if event.widget in (self._take, self._leave):
            self.dismiss(True if event.widget is self._take else None)

    def action_take(self) -> None:
        """Take what the page says now."""
        self.dismiss(True)


def _lines(done: Refreshed, *, named: bool) -> Iterable[str]:
    of = f" of {done.name}" if named else ""
    for name, value in done.details.items():
        known = getattr(done.article.metadata, name)
        yield safe(f"{SPOKEN[name]}{of}: “{known}” → “{value}”")
