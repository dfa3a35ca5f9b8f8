"""A list that is read as it is gone through: what every screen of the ledger shows."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual.strip import Strip

from reader.tui.widgets.cells import row, seg
from reader.tui.widgets.growing_list import GrowingList

Entry = TypeVar("Entry")


class EntryList(GrowingList[Entry]):
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

    def __init__(self) -> None:
        super().__init__(id="entries")

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
