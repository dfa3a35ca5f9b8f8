"""A dialog with a list to walk through by letters, because nothing is typed in it."""

from __future__ import annotations

from typing import TypeVar

from reader.tui.screens.dialogs.base import Dialog
from reader.tui.widgets.line_list import LineList

Result = TypeVar("Result")


class WalkingDialog(Dialog[Result]):
    """Moves in the list; subclasses have the bindings of their contexts."""

    @property
    def walked(self) -> LineList:
        """The list that the keys go through."""
        raise NotImplementedError

    def action_step(self, step: int) -> None:
        """Go to the next or previous entry."""
        self.walked.move(step)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self.walked.page(direction)

    def action_end(self, position: int) -> None:
        """Go to the first (0) or last (-1) entry."""
        self.walked.go(position if not position else self.walked.entry_count() - 1)

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()
