"""The list of articles: title, outlet, date, how far one has read, which tags were given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.commands import Command, key_for
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import PLAIN, cells_of, clip, fit, row, seg
from reader.tui.widgets.counts import CountItem
from reader.tui.widgets.line_list import LineList

_BAR = 10
_TAGS = 22
"""Cells for the tags given, seven of them with one figure each."""
_WIDE = 110
_NARROW = 70


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """An article as the list shows it.

    Attributes:
        uid: The article's uid.
        name: Title or first words.
        outlet: Where it was published, or an empty string.
        date: When, or an empty string.
        percent: How far it was read, 0-100; None if it was never opened.
        counts: Tags given, those given at least once.
        highlights: How many highlights.
        labels: Its labels, separated by commas.
    """

    uid: str
    name: str
    outlet: str
    date: str
    percent: int | None
    counts: tuple[CountItem, ...] = ()
    highlights: int = 0
    labels: str = ""


class ArticleList(LineList):
    """The articles of the library."""

    HELP = "The articles of the library; Enter opens one."
    EMPTY = (
        "No articles yet. {open} opens the sample article. "
        "{add} adds your own: a file, a folder, or a text that you paste."
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "articles--dim",
        "articles--bar",
        "articles--current",
        "articles--title",
    }
    CARRIED: ClassVar[list[Command]] = carried(
        "library",
        ["library_next", "library_previous", "library_open", "text_top", "text_bottom",
         "page_down", "page_up"],
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(CARRIED)

    class Jumped(LineList.Jumped):
        """The user chose an article. A class of its own: handlers are found by its name."""

    class SampleWanted(Message):
        """The library is empty, and Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        take_own_keys(self, self.CARRIED)
        self.EMPTY = self.EMPTY.format(open=key_for("library.open"), add=key_for("library.add"))
        self._items: Sequence[ArticleItem] = ()

    @property
    def items(self) -> Sequence[ArticleItem]:
        """The articles on show."""
        return self._items

    def show(self, items: Sequence[ArticleItem], *, stay: bool = False) -> None:
        """Show other articles.

        Args:
            items: The articles.
            stay: Whether to stay on the current article, if it is among them; else the current
                position stays where it can.
        """
        here = self._items[self.current].uid if stay and self.current is not None else None
        self._items = items
        self.refresh_entries()
        places = (place for place, item in enumerate(items) if item.uid == here)
        if (place := next(places, None)) is not None:
            self.set_current(place)
        if self.current is None and items:
            self.set_current(0)

    def set_current(self, position: int | None, *, held: bool = False) -> None:
        """Make an article current; in plain mode the terminal's cursor goes there."""
        super().set_current(position, held=held)
        if getattr(self.app, "plain", False) and self.current is not None:
            self.call_after_refresh(self._put_cursor, self.current - self._top)

    def _put_cursor(self, line: int) -> None:
        if self.screen.is_current:
            self.app.cursor_position = self.region.offset + Offset(0, line)
            self.refresh(Region(0, line, 1, 1))

    def go_to(self, uid: str) -> None:
        """Make an article current, if it is in the list."""
        places = (place for place, item in enumerate(self._items) if item.uid == uid)
        self.set_current(next(places, self.current))

    def entry_count(self) -> int:
        """Return how many articles there are."""
        return len(self._items)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return an article that is not current."""
        return row(self._cells(self._items[position], width, current=False), width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current article: the same row, raised."""
        style = self.part("articles--current")
        cells = self._cells(self._items[position], width, current=True)
        raised = [Segment(cell.text, style + (cell.style or style)) for cell in cells]
        return [row(raised, width, style)]

    def _cells(self, item: ArticleItem, width: int, *, current: bool) -> list[Segment]:
        right = self._right(item, width)
        dim = self.part("articles--dim")
        facts = (
            [fit(item.outlet, 18), " ", fit(item.date[:10], 10), " "] if width >= _NARROW else []
        )
        room = width - 4 - cells_of(right) - sum(len(fact) for fact in facts) - 1
        mark = "▌" if current else " "
        state = "○" if item.percent is None else "●" if item.percent < 100 else " "
        title = self.part("articles--title") if current else PLAIN
        return [
            seg(mark, self.part("articles--bar")),
            seg(f"{state} ", dim),
            *self._named(item, max(8, room), title),
            *(seg(fact, dim) for fact in facts),
            *right,
        ]

    def _named(self, item: ArticleItem, room: int, style: Style) -> list[Segment]:
        """Return the title with the labels behind it, which take half of the room at most."""
        labels = clip(f" [{item.labels}]", room // 2) if item.labels else ""
        name = clip(item.name, room - cell_len(labels))
        used = cell_len(name) + cell_len(labels)
        return [
            seg(name, style),
            seg(labels, self.part("articles--dim")),
            seg(" " * (room - used + 1), style),
        ]

    def _right(self, item: ArticleItem, width: int) -> list[Segment]:
        """Return progress and tags, in columns."""
        dim = self.part("articles--dim")
        percent = item.percent or 0
        plain = getattr(self.app, "plain", False)
        full = round(percent * _BAR / 100)
        bar = f"{'█' * full}{'░' * (_BAR - full)} " if width >= _NARROW and not plain else ""
        cells = [seg(bar, dim), seg(f"{percent:3d} %  ", dim)]
        if width >= _WIDE:
            cells += self._tags(item)
        return cells

    def _tags(self, item: ArticleItem) -> list[Segment]:
        cells: list[Segment] = []
        for count in item.counts:
            cells += [seg(count.symbol, self.tag_ink(count.color)), seg(f"{count.count} ")]
        return [*row(cells, _TAGS)]

    def action_library_next(self) -> None:
        """Go to the next article."""
        self.move(1)

    def action_library_previous(self) -> None:
        """Go to the previous article."""
        self.move(-1)

    def action_page_down(self) -> None:
        """Go on by a page."""
        self.page(1)

    def action_page_up(self) -> None:
        """Go back by a page."""
        self.page(-1)

    def action_text_top(self) -> None:
        """Go to the first article."""
        self.go(0)

    def action_text_bottom(self) -> None:
        """Go to the last article."""
        self.go(len(self._items) - 1)

    def action_library_open(self) -> None:
        """Open the current article, or the sample if there is none yet."""
        if self._items:
            self.jump()
        else:
            self.post_message(self.SampleWanted())
