"""The tag bar: the keys, symbols and labels of the active facet, always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.cells import cells_of, clip, row, seg
from reader.tui.widgets.strips import StripWidget

SET_SIGN = "▸"
"""Stands before a tag that is set, where colour and underline do not show."""

_GAP = 2
_ONE_ROW_LABELS = range(24, 8, -1)
_TWO_ROW_LABELS = (*range(24, 2, -1), 0)
_BOLD = Style(bold=True)


@dataclass(frozen=True, slots=True)
class TagItem:
    """A tag as the bar shows it; ``color`` is ``#RRGGBB``, ``shown`` what to press for it."""

    key: str
    symbol: str
    label: str
    color: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which tags stand in which row, and how long labels may be.

    Attributes:
        rows: The tags of each row.
        label_cells: Longest label in each row.
        title: What stands before the first tag.
    """

    rows: tuple[tuple[TagItem, ...], ...]
    label_cells: tuple[int, ...]
    title: str


class TagBar(StripWidget):
    """One line of tags, two where it is narrow; a click on a tag sets it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tagbar--title",
        "tagbar--key",
        "tagbar--label",
        "tagbar--set",
    }

    @dataclass
    class Chosen(Message):
        """The user clicked on a tag."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = ""
        self._items: tuple[TagItem, ...] = ()
        self._set: frozenset[str] = frozenset()
        self._laid_out: tuple[tuple[str, tuple[TagItem, ...], int], _Layout] | None = None

    def show(
        self, facet: str, tags: Sequence[TagItem], keys_set: frozenset[str], place: str = ""
    ) -> None:
        """Show a facet's tags.

        Args:
            facet: The facet's title, shown where there are several facets.
            tags: In the order of their keys.
            keys_set: Keys of the tags that are set on this statement.
            place: ``1/2`` where there are several facets, else empty.
        """
        title = f"{facet} {place}" if place else ""
        shown = (title, tuple(tags), keys_set)
        if shown != (self._title, self._items, self._set):
            self._title, self._items, self._set = shown
            self.content_changed()

    def rows_for(self, width: int) -> int:
        """Return 1, or 2 where the tags do not fit in one row."""
        return len(self._layout(width).rows)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the tags."""
        shown = (width, self._title, self._items, self._set)
        return self.once(shown, lambda: self._drawn(width))

    def _drawn(self, width: int) -> list[Strip]:
        layout = self._layout(width)
        rows = [[*self._lead(layout if not index else None)] for index in range(len(layout.rows))]
        for cells, tags, size in zip(rows, layout.rows, layout.label_cells, strict=True):
            for tag in tags:
                cells.extend([*self._tag(tag, size), seg(" " * _GAP)])
        return [row(cells, width) for cells in rows]

    def _layout(self, width: int) -> _Layout:
        """Return the first arrangement that fits: short labels rather than two rows, within reason.

        Two rows with symbols alone are cut off if even they do not fit.
        """
        known = (self._title, self._items, width)
        if self._laid_out is None or self._laid_out[0] != known:
            self._laid_out = (known, self._arranged(width))
        return self._laid_out[1]

    def _arranged(self, width: int) -> _Layout:
        half = (len(self._items) + 1) // 2
        one, two = (self._items,), (self._items[:half], self._items[half:])
        for rows, sizes in ((one, _ONE_ROW_LABELS), (two, _TWO_ROW_LABELS)):
            for title in dict.fromkeys([self._title, ""]):
                found = [
                    self._widest(tags, width - self._lead_cells(title if not index else ""), sizes)
                    for index, tags in enumerate(rows)
                ]
                fitting = tuple(size for size in found if size is not None)
                if len(fitting) == len(rows):
                    return _Layout(rows, fitting, title)
        return _Layout(two, (0, 0), "")

    def _widest(self, tags: Sequence[TagItem], room: int, sizes: Sequence[int]) -> int | None:
        """Return the longest label that fits in a row, or None."""
        for size in sizes:
            if sum(cells_of(self._tag(tag, size)) + _GAP for tag in tags) - _GAP <= room:
                return size
        return None

    def _lead_cells(self, title: str) -> int:
        return cells_of(self._lead(_Layout((), (), title)))

    def _lead(self, layout: _Layout | None) -> list[Segment]:
        title = layout.title if layout else ""
        return [seg(" "), seg(f"{title}  " if title else "", self.part("tagbar--title"))]

    def _tag(self, tag: TagItem, label_cells: int) -> list[Segment]:
        is_set = tag.key in self._set
        label_style = self.part("tagbar--set" if is_set else "tagbar--label")
        ink = self.tag_ink(tag.color) + _BOLD
        label = clip(tag.label, label_cells)
        return [
            seg(tag.shown or tag.key, self.part("tagbar--key")),
            seg(SET_SIGN if is_set else " ", ink),
            seg(tag.symbol, ink),
            seg(" " if label else ""),
            seg(label, label_style),
        ]

    def tag_at(self, x: int, y: int) -> TagItem | None:
        """Return the tag that is drawn at a cell, or None."""
        layout = self._layout(self.size.width)
        if y >= len(layout.rows):
            return None
        at = cells_of(self._lead(layout if not y else None))
        for tag in layout.rows[y]:
            end = at + cells_of(self._tag(tag, layout.label_cells[y]))
            if at <= x < end:
                return tag
            at = end + _GAP
        return None

    def on_click(self, event: events.Click) -> None:
        """Say which tag was clicked."""
        tag = self.tag_at(event.x, event.y)
        if tag is not None:
            event.stop()
            self.post_message(self.Chosen(tag.key))
