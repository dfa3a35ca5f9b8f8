"""Which rows of a document are on the screen, and how the screen moves over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reader.domain.text import Span
from reader.tui.widgets.article.rows import Place, Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.domain.document import Document

_OVERLAP = 2
"""Rows that a page down keeps of the page before."""

_CONTEXT = 1
"""Rows that stay on the screen beside a stretch that the view has turned to."""


class View:
    """A screenful of a document, which hangs on a text offset.

    Attributes:
        anchor: The offset that the view hangs on. Another width or height leaves it alone, so that
            there and back shows the same again.
        height: Rows of the screen; 0 before the first layout.
        rows: The rows of the document, or None while there is none, or nothing in it.
        top: The row at the top.
    """

    def __init__(self) -> None:
        self.anchor = 0
        self.height = 0
        self.rows: Rows | None = None
        self.top = Place(0, 0)
        self._spanned: tuple[Place, Span] | None = None
        self._placed: tuple[Place, list[Place]] | None = None

    def lay_out(self, document: Document | None, width: int, height: int) -> None:
        """Wrap a document for a size, and find the top row again by its offset.

        Args:
            document: The document, or None for nothing.
            width: Cells of a row of text.
            height: Rows of the screen.
        """
        self.height = height
        self._spanned = self._placed = None
        if document is None or not len(document.blocks):
            self.rows = None
            return
        rows = self.rows
        if rows is None or rows.document is not document or rows.width != width:
            self.rows = rows = Rows(document, width)
        self.top = self._lifted(rows, rows.place_of(self.anchor))

    def places(self) -> list[Place]:
        """Return the rows on the screen; fewer than its height if the document is shorter."""
        if not self.rows:
            return []
        if self._placed is None or self._placed[0] != self.top:
            self._placed = self.top, self.rows.window(self.top, self.height)
        return self._placed[1]

    def span(self) -> Span:
        """Return the stretch of text on the screen; an empty one before the first layout."""
        if not self.rows or not self.height:
            return Span(self.anchor, self.anchor)
        if self._spanned is None or self._spanned[0] != self.top:
            bottom = self.rows.moved(self.top, self.height - 1)
            span = Span(self.rows.offset_of(self.top), self.rows.end_of(bottom))
            self._spanned = self.top, span
        return self._spanned[1]

    def rows_of(self, span: Span) -> range:
        """Return which rows of the screen show something of a stretch of text."""
        if not self.rows or span.end <= span.start:
            return range(0)
        places = self.places()
        first, last = self.rows.place_of(span.start), self.rows.place_of(span.end - 1)
        return range(bisect_left(places, first), bisect_right(places, last))

    @property
    def at_end(self) -> bool:
        """Whether the last row of the document is on the screen."""
        if not self.rows:
            return True
        follow = len(self.rows.document.blocks) - self.top.block - 1
        return follow < self.height and self.top >= self._lowest_top(self.rows)

    def scroll(self, rows: int) -> None:
        """Move by rows, down if positive."""
        if self.rows:
            self._go_to(self.rows, self.rows.moved(self.top, rows))

    def page(self, fraction: float = 1.0) -> int:
        """Return the rows of a page (which overlaps the one before) or of a part of one."""
        rows = self.height - _OVERLAP if fraction >= 1 else int(self.height * fraction)
        return max(1, rows)

    def go_to(self, offset: int) -> None:
        """Bring an offset to the top, or as far up as the end of the document allows."""
        self.anchor = offset
        if self.rows:
            self._go_to(self.rows, self.rows.place_of(offset))

    def turn_to(self, span: Span) -> None:
        """Bring a stretch of text onto the screen, with a row of context, if it is not there.

        What lies within a page is turned to as a page is turned; what lies further comes to the
        upper third. Of a stretch taller than the screen its beginning is shown.
        """
        if not self.rows or not self.height:
            return
        rows, height = self.rows, self.height
        first = rows.place_of(span.start)
        last = rows.place_of(max(span.start, span.end - 1))
        tall = rows.distance(first, last, height) + 1
        context = min(_CONTEXT, max(0, height - tall))
        third = max(context, (height - tall) // 3)
        if first >= self.top:
            below = rows.distance(self.top, first, 2 * height)
            if below and below + tall > height:
                self._go_to(rows, rows.moved(first, -(context if below < 2 * height else third)))
        elif rows.distance(first, self.top, height) < height and tall <= height:
            self._go_to(rows, rows.moved(last, 1 + context - height))
        else:
            self._go_to(rows, rows.moved(first, -third))

    def _go_to(self, rows: Rows, top: Place) -> None:
        self.top = self._lifted(rows, top)
        self.anchor = rows.offset_of(self.top)

    def _lifted(self, rows: Rows, top: Place) -> Place:
        """Return a top row that leaves no row of the screen empty, if there is one.

        Where as many blocks follow as there are rows, the end is too far away to be looked at.
        """
        follow = len(rows.document.blocks) - top.block - 1
        return top if follow >= self.height else min(top, self._lowest_top(rows))

    def _lowest_top(self, rows: Rows) -> Place:
        return rows.moved(rows.last(), 1 - max(1, self.height))
