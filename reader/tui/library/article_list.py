"""The list of articles: status, title, labels, outlet, date, how far one has read, tags given.

It knows the ids of all articles listed and the rows of those that were seen; what is missing is
asked for, with a page before and after, and drawn when it comes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.services.codebooks.finding import statement_facet
from reader.tui.commands import Command
from reader.tui.library.article_row import ArticleItem, Needs, RowStyles, cells, in_words
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import row, seg, uncut, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_KEPT = 4_000
"""Rows that are kept; beyond, those that are not near are forgotten."""


class ArticleList(LineList):
    """The articles of the library."""

    PUTS_CURSOR = True
    HELP = "The articles of the library; Enter opens one."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "articles--dim",
        "articles--bar",
        "articles--current",
        "articles--title",
        "articles--mark",
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
        """The list is empty, and Enter was pressed."""

    @dataclass
    class RowsWanted(Message):
        """Rows are about to be seen that are not known, or not known to be as they were."""

        ids: Sequence[int]

    @dataclass
    class Marked(Message):
        """An article was clicked with Ctrl, or (a range) with Shift."""

        position: int
        range: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        take_own_keys(self, self.CARRIED)
        self.ids: array[int] = array("q")
        """The articles listed, by their local ids."""
        self.marked: set[int] = set()
        """The articles that are marked, listed or not."""
        self.last_marked: int | None = None
        self.goal: int | None = None
        """The article that the user went to last, whether the list has it just now or not."""
        self._items: dict[int, ArticleItem] = {}
        self._fresh: set[int] = set()
        self._needs = Needs()
        self._empty = ""

    # ------------------------------------------------------------------ what is listed

    def show(self, ids: array[int], current: int | None, known: Iterable[ArticleItem] = ()) -> None:
        """List other articles.

        Args:
            ids: Their local ids.
            current: The one to be on, if it is listed; else the position stays where it can.
            known: Rows that are known already.
        """
        self.ids = ids
        self._fresh.clear()
        self._needs = Needs()
        if len(self._items) > _KEPT:
            self._items.clear()
        self._take(known)
        self.refresh_entries()
        place = self.position_of(current)
        if place is not None:
            self.set_current(place)
            self.goal = current
        elif self.current is None and ids:
            self.set_current(0)

    def take(self, items: Iterable[ArticleItem]) -> None:
        """Take in rows that were asked for, and draw them."""
        self._take(items)
        self._row_cache.clear()
        self.reopen()

    def _take(self, items: Iterable[ArticleItem]) -> None:
        for item in items:
            self._items[item.id] = item
            self._fresh.add(item.id)
            self._needs = self._needs.and_of(item)

    def set_empty(self, text: str) -> None:
        """Say something else in a list without articles."""
        self._empty = text

    def position_of(self, id: int | None) -> int | None:
        """Return where an article is in the list, or None."""
        try:
            return None if id is None else self.ids.index(id)
        except ValueError:
            return None

    @property
    def current_id(self) -> int | None:
        """The local id of the current article, or None."""
        return None if self.current is None or not self.ids else self.ids[self.current]

    def item(self, id: int | None) -> ArticleItem | None:
        """Return the row of an article, if it is known."""
        return None if id is None else self._items.get(id)

    @property
    def items(self) -> list[ArticleItem | None]:
        """The rows of all articles listed, those that are known."""
        return [self._items.get(id) for id in self.ids]

    # ------------------------------------------------------------------ marks

    def set_marked(self, marked: set[int]) -> None:
        """Mark other articles."""
        self.marked = marked
        self.refresh_entries()

    # ------------------------------------------------------------------ drawing

    def entry_count(self) -> int:
        """Return how many articles there are."""
        return len(self.ids)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible rows; ask for those that are missing, here and a page around."""
        lines = super().draw(width, height)
        near = self.ids[max(0, self._top - height) : self._top + 2 * height]
        missing = [id for id in near if id not in self._fresh]
        if missing:
            self._fresh.update(missing)  # asked for once
            self.post_message(self.RowsWanted(missing))
        return lines

    def draw_empty(self, width: int, height: int) -> list[Strip]:
        """Return what stands in an empty list."""
        dim = self.part("line-list--empty")
        rows = wrap(self._empty, width - 4, height)
        return [row([seg("  "), seg(text, dim)], width) for text in rows]

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return an article that is not current."""
        return row(self._cells(position, width, current=False), width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current article: the same row, raised."""
        style = self.part("articles--current")
        parts = self._cells(position, width, current=True)
        raised = [Segment(part.text, style + (part.style or style)) for part in parts]
        return [row(raised, width, style)]

    def tell_entry(self, position: int, width: int) -> list[Strip]:
        """Return an article in words."""
        id = self.ids[position]
        facet = statement_facet(cast("ReaderApp", self.app).codebook)
        labels = {tag.symbol: tag.label for tag in facet.tags}
        told = in_words(self._items.get(id), labels, marked=id in self.marked)
        return uncut(told, width)

    def _cells(self, position: int, width: int, *, current: bool) -> list[Segment]:
        id = self.ids[position]
        marked = id in self.marked
        return cells(
            self._items.get(id), width, self._styles(), self._needs,
            current=current, marked=marked, marks=bool(self.marked),
        )  # fmt: skip

    def _styles(self) -> RowStyles:
        return RowStyles(
            dim=self.part("articles--dim"),
            bar=self.part("articles--bar"),
            title=self.part("articles--title"),
            mark=self.part("articles--mark"),
            ink=self.tag_ink,
            plain=bool(getattr(self.app, "plain", False)),
        )

    # ------------------------------------------------------------------ moving

    def set_current(self, position: int | None) -> None:
        """Make an article current; in plain mode the terminal's cursor goes there."""
        super().set_current(position)
        if getattr(self.app, "plain", False) and self.current is not None:
            self.call_after_refresh(self._put_cursor, self.current - self._top)

    def jump(self) -> None:
        """Say that the current article was chosen; keys from now on are for it."""
        if self.current is not None:
            cast("ReaderApp", self.app).hold_keys(self)
        super().jump()

    def go(self, position: int) -> None:
        """Go to an article and say so."""
        super().go(position)
        self.goal = self.current_id

    def _put_cursor(self, line: int) -> None:
        if self.screen.is_current:
            self.app.cursor_position = self.region.offset + Offset(0, line)
            self.refresh(Region(0, line, 1, 1))

    def on_click(self, event: events.Click) -> None:
        """Go to an article, or open it with a double click; mark with Ctrl, with Shift up to it."""
        position = self.position_at(event.y)
        event.stop()
        event.prevent_default()
        if position is None:
            return
        if event.ctrl or event.shift:
            self.post_message(self.Marked(position, event.shift))
        else:
            self.go(position)
            if event.chain == 2:
                self.jump()

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
        self.go(len(self.ids) - 1)

    def action_library_open(self) -> None:
        """Open the current article, or the sample if there is none yet."""
        if self.ids:
            self.jump()
        else:
            self.post_message(self.SampleWanted())
