"""A list that is read as it is gone through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.message import Message

from reader.tui.widgets.line_list import LineList

Entry = TypeVar("Entry")

_AHEAD = 10
"""Rows below the current one that have to be there, or more are asked for."""


class GrowingList(LineList, Generic[Entry]):
    """Entries, as far as they have been read.

    Attributes:
        entries: The entries that are there.
    """

    class MoreWanted(Message):
        """The end of what is there comes into view."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.entries: list[Entry] = []

    @property
    def here(self) -> Entry | None:
        """The current entry."""
        return self.entries[self.current] if self.current is not None and self.entries else None

    def say(self, text: str) -> None:
        """Say something in place of a list."""
        self.EMPTY = text
        self.redraw()
        self.tell_again()

    def show(self, entries: Sequence[Entry], current: int = 0) -> None:
        """Show other entries."""
        self.entries = list(entries)
        self._top = 0
        self.set_current(None)
        self.refresh_entries()
        self.set_current(current if self.entries else None)

    def add(self, entries: Sequence[Entry]) -> None:
        """Show more of the same."""
        self.entries += entries
        self.refresh_entries()
        if self.current is None and self.entries:
            self.set_current(0)

    def entry_count(self) -> int:
        """Return how many entries there are."""
        return len(self.entries)

    def set_current(self, position: int | None) -> None:
        """Make an entry current; near the end, ask for more."""
        super().set_current(position)
        if self.current is not None:
            self._want_more(self.current)

    def _scroll(self, rows: int, event: object) -> None:
        super()._scroll(rows, event)  # type: ignore[arg-type] # whichever way the wheel turns
        self._want_more(self._top)

    def _want_more(self, at: int) -> None:
        if at + self.size.height + _AHEAD >= len(self.entries):
            self.post_message(self.MoreWanted())
