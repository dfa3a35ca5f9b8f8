"""A list that is read as it is gone through: what every screen of the ledger shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from reader.tui.widgets.cells import row, seg
from reader.tui.widgets.line_list import LineList

Entry = TypeVar("Entry")

_AHEAD = 10
"""Rows below the current one that have to be there, or more are asked for."""


class EntryList(LineList, Generic[Entry]):
    """Entries, as far as they have been read; the current one is open."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "ledger--head",
        "ledger--dim",
        "ledger--own",
        "ledger--bar",
        "ledger--warn",
        "ledger--current",
    }

    class MoreWanted(Message):
        """The end of what is there comes into view."""

    def __init__(self) -> None:
        super().__init__(id="entries")
        self.entries: list[Entry] = []

    @property
    def here(self) -> Entry | None:
        """The current entry."""
        return self.entries[self.current] if self.current is not None and self.entries else None

    def say(self, text: str) -> None:
        """Say something in place of a list."""
        self.EMPTY = text
        self.redraw()

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

    def set_current(self, position: int | None, *, held: bool = False) -> None:
        """Make an entry current; near the end, ask for more."""
        super().set_current(position, held=held)
        if self.current is not None:
            self._want_more(self.current)

    def _scroll(self, rows: int, event: object) -> None:
        super()._scroll(rows, event)  # type: ignore[arg-type] # whichever way the wheel turns
        self._want_more(self._top)

    def _want_more(self, at: int) -> None:
        if at + self.size.height + _AHEAD >= len(self.entries):
            self.post_message(self.MoreWanted())

    # ------------------------------------------------------------------ drawing

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return the row of an entry that is not current."""
        return row([seg("  "), *self.one_row(self.entries[position], width - 3)], width)

    def draw_marked(self, position: int, width: int) -> Strip:
        """Return the current entry in one row."""
        parts = self.one_row(self.entries[position], width - 3)
        return row([seg("▌ ", self.part("ledger--bar")), *parts], width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current entry, with a bar beside all of its rows."""
        most = max(1, self.size.height - 1)
        bar = seg("▌ ", self.part("ledger--bar"))
        shown = self.all_rows(self.entries[position], width - 3, most)[:most]
        return [row([bar, *parts], width) for parts in shown]

    def one_row(self, entry: Entry, width: int) -> list[Segment]:
        """Return an entry in one row."""
        raise NotImplementedError

    def all_rows(self, entry: Entry, width: int, most: int) -> list[list[Segment]]:
        """Return an entry in as many rows as it needs, ``most`` at most."""
        return [self.one_row(entry, width)]

    def dim(self, text: str) -> Segment:
        """Return text that steps back."""
        return seg(text, self.part("ledger--dim"))
