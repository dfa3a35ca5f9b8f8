"""Say what failed, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.tui.screens.dialogs.base import Dialog, Line


class ErrorDialog(Dialog[None]):
    """An error that needs more than a toast."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,space", "leave", show=False)]

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(title)
        self.add_class("-error")
        self._message, self._hint = message, hint

    def body(self) -> Iterable[Widget]:
        """Return message, hint and how to close."""
        yield Line(self._message, max_rows=8)
        if self._hint:
            yield Line(self._hint, "dim", max_rows=6)
        yield Line("Enter or Esc closes", "dim")

    def on_click(self) -> None:
        """Close."""
        self.action_leave()
