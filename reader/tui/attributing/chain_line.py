"""Draws a chain of hops, origin first, with the place that one is at."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.services.attributing.chain_edit import ChainEdit
from reader.services.attributing.chains import open_words, source_words
from reader.tui.widgets.cells import cells_of, clip, row, seg
from reader.tui.widgets.strips import StripWidget

_ROWS = 3
"""Rows that a long chain takes at most."""

_LONGEST = 36
"""Cells of a name."""


class ChainLine(StripWidget):
    """The hops of a chain in one to three rows; a click goes to one.

    Args:
        chain: The chain.
        outlet: Where the article appeared: the end of the chain, which is no hop.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chain--hop",
        "chain--current",
        "chain--dim",
    }

    @dataclass
    class Chosen(Message):
        """A hop was clicked; the number of hops stands for the place behind the last one."""

        number: int

    def __init__(self, chain: ChainEdit, outlet: str) -> None:
        super().__init__(id="chain")
        self._chain, self._outlet = chain, outlet
        self._places: list[list[tuple[int, int, int]]] = []

    def _pieces(self, width: int) -> list[tuple[list[Segment], int]]:
        """Return what is drawn, piece by piece, each with the number of its hop or -1."""
        chain, most = self._chain, max(4, min(_LONGEST, width - 8))
        slot = ([seg("[ … ]", self.part("chain--current"))], chain.at)
        pieces: list[tuple[list[Segment], int]] = []
        for number, link in enumerate(chain.links):
            if chain.fresh and number == chain.at:
                pieces.append(slot)
            here = not chain.fresh and number == chain.at
            style = self.part("chain--current" if here else "chain--hop")
            name = clip(
                source_words(link.source) if link.source else open_words(link.hop, "? unknown"),
                most,
            )
            pieces.append(([seg(f"[{name}]" if here else f" {name} ", style)], number))
        if chain.fresh and chain.at == len(chain.links):
            pieces.append(slot)
        outlet = clip(self._outlet or "this article", most)
        pieces.append(([seg(outlet, self.part("chain--dim"))], len(chain.links)))
        return pieces

    def _laid(self, width: int) -> list[list[tuple[list[Segment], int]]]:
        """Return the pieces in rows."""
        rows: list[list[tuple[list[Segment], int]]] = [[]]
        used = 0
        for number, (piece, hop) in enumerate(self._pieces(width)):
            arrow = [seg(" → ", self.part("chain--dim"))] if number else []
            cells = cells_of(piece) + cells_of(arrow)
            if rows[-1] and used + cells > width:
                rows.append([])
                used = 0
            rows[-1].append(([*arrow, *piece], hop))
            used += cells
        return rows

    def rows_for(self, width: int) -> int:
        """Return how many rows the chain takes."""
        return min(_ROWS, len(self._laid(width)))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the rows in which one is."""
        rows = self._laid(width)
        here = next(
            (n for n, pieces in enumerate(rows) if any(h == self._chain.at for _, h in pieces)), 0
        )
        first = max(0, min(here - height + 1, len(rows) - height))
        shown = rows[first : first + height]
        self._places = []
        for pieces in shown:
            at, places = 0, []
            for piece, hop in pieces:
                end = at + cells_of(piece)
                places.append((at, end, hop))
                at = end
            self._places.append(places)
        return [row([part for piece, _ in pieces for part in piece], width) for pieces in shown]

    def on_click(self, event: events.Click) -> None:
        """Go to the hop that was clicked."""
        event.stop()
        if event.y < len(self._places):
            for start, end, hop in self._places[event.y]:
                if start <= event.x < end:
                    self.post_message(self.Chosen(hop))
