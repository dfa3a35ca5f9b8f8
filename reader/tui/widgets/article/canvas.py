"""The painted rows of the screen: which have changed, and which need no painting at all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import compress, count
from operator import ne

from textual.geometry import Region
from textual.strip import Strip

from reader.tui.widgets.article.look import BARE, Look
from reader.tui.widgets.article.paint import Brush, Palette
from reader.tui.widgets.article.rows import Place, Rows
from reader.tui.widgets.differing import changed_runs

_KEPT_STRIPS = 512

_NOWHERE = Place(-1, 0)
"""Stands for the rows below the end of the document."""

_EMPTY = Strip([], 0)


class Canvas:
    """The rows of the screen as strips, each painted once for each of its looks.

    Attributes:
        places: The row of the document that each row of the screen shows.
        strips: What is painted, one for each row of the screen.
        painted: Rows found changed so far, for tests.
    """

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.strips: list[Strip] = []
        self.painted = 0
        self._ink: list[int] = []
        self._found: Sequence[tuple[Place, Look] | None] = ()
        self._brush = Brush(Palette())
        self._finish: Callable[[Strip], Strip] = lambda strip: strip
        self._kept: OrderedDict[tuple[Place, Look], tuple[Strip, int]] = OrderedDict()

    def take(self, palette: Palette, finish: Callable[[Strip], Strip]) -> None:
        """Paint with other colours from now on.

        Args:
            palette: The colours.
            finish: What is done to each strip at last, such as taking its colours away.
        """
        self._brush = Brush(palette)
        self._finish = finish
        self.forget()

    def forget(self) -> None:
        """Forget all strips, because the rows have been laid out anew."""
        self._found = ()
        self._kept.clear()

    def paint(
        self,
        rows: Rows | None,
        places: Sequence[Place],
        looks: Sequence[Look],
        size: tuple[int, int],
    ) -> list[Region]:
        """Paint the screen.

        Args:
            rows: The rows of the document.
            places: Those on the screen; fewer than its height at the end of the document.
            looks: How they look.
            size: Columns and rows of the screen.

        Returns:
            Where the screen has changed: row by row, in each no more than what differs.
        """
        width, height = size
        found = [*zip(places, looks, strict=True), *[(_NOWHERE, BARE)] * (height - len(places))]
        before, ink, stood = self.strips, self._ink, self.places
        known = self._found if len(self._found) == height else [None] * height
        anew = [*compress(count(), map(ne, found, known))]
        fits = len(before) == height
        strips = before.copy() if fits else [_EMPTY] * height
        cells = ink.copy() if fits else [0] * height
        for y in anew:
            strips[y], cells[y] = self._kept.get(found[y]) or self._strip(rows, found[y], width)
        self._found, self.strips, self._ink = found, strips, cells
        self.places = [*places, *[_NOWHERE] * (height - len(places))]
        if not fits:
            return [Region(0, 0, width, height)]
        changed = [y for y in anew if strips[y] is not before[y] and strips[y] != before[y]]
        self.painted += len(changed)
        regions: list[Region] = []
        for y in changed:
            if self.places[y] != stood[y]:
                regions.append(Region(0, y, max(1, ink[y], cells[y]), 1))
                continue
            for start, end in changed_runs(before[y], strips[y]):  # the same words look different
                regions.append(Region(start, y, max(1, end - start), 1))
        return regions

    def _strip(self, rows: Rows | None, which: tuple[Place, Look], width: int) -> tuple[Strip, int]:
        """Return a row's strip, and the cells of it before the empty ones at its end."""
        strip, ink = self._painted(rows, *which, width)
        made = self._kept[which] = self._finish(strip), ink
        if len(self._kept) > _KEPT_STRIPS:
            self._kept.popitem(last=False)
        return made

    def _painted(
        self, rows: Rows | None, place: Place, look: Look, width: int
    ) -> tuple[Strip, int]:
        if rows is None or place is _NOWHERE:
            return self._brush.blank(width), 0
        laid = rows.laid(place.block)
        if place.row < laid.gap:
            return self._brush.blank(width), 0
        return self._brush.row(laid, place.row - laid.gap, look, width)
