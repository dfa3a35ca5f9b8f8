"""The article pane: the text, the cursor, what is marked, and nothing of what it means."""

from __future__ import annotations

from collections.abc import Sequence

from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip

from reader.domain.document import Document
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.tui.self_painted import filtered
from reader.tui.widgets.article.canvas import Canvas
from reader.tui.widgets.article.look import GUTTER, MARGIN, Glyph, HitSource, Look, Mark, MarkSource
from reader.tui.widgets.article.looks import LaidMarks, looks
from reader.tui.widgets.article.mouse import Mouse, PaneMessage
from reader.tui.widgets.article.paint import Palette
from reader.tui.widgets.article.palette import palette_of, spares_text
from reader.tui.widgets.article.view import View

__all__ = ["READING_WIDTH", "ArticlePane", "Glyph", "Mark", "MarkSource"]

READING_WIDTH = 72
"""Columns of text, where the pane has them."""


class ArticlePane(Mouse, can_focus=True):
    """Shows a document of any length, a screenful at a time.

    The view hangs on a text offset, so that resizing, another reading width or a changed role
    leave the words in their place. Only what is on the screen is wrapped and painted, and of that
    only the rows that change are painted again.
    """

    DEFAULT_CSS = """
    ArticlePane {
        width: 1fr;
        height: 1fr;
    }
    """

    ALLOW_SELECT = False

    HELP = "The article. Move by statement, tag with a digit."
    TELLS_AT_ONCE = True
    """What a key does here is done when its action has ended: it sends no message."""

    @dataclass
    class Scrolled(PaneMessage):
        """The screen shows another part of the text; it is told without the panes in between.

        Attributes:
            top_offset: Offset at the top of the view.
        """

        top_offset: int

    @dataclass
    class Resized(PaneMessage):
        """The pane has another size than before: the cursor may be off the screen."""

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        reading_width: int = READING_WIDTH,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor: Span | None = None
        """The statement under the cursor; set by :meth:`move_cursor`."""
        self.target: str | None = None
        """The uid of the highlight that the cursor was moved to; set by :meth:`set_target`."""
        self.selection: Span | None = None
        """What is selected; set by :meth:`set_selection`."""
        self._document: Document | None = None
        self._marks: MarkSource | None = None
        self._hits: HitSource | None = None
        self._suggested: HitSource | None = None
        self._reading_width = reading_width
        self._mark_style = "tint"
        self._view = View()
        self._laid_out = (0, 0)
        self._palette: Palette | None = None
        self._canvas = Canvas()
        self._marks_laid = LaidMarks()
        self._reported = (-1, -1)
        self._stale = False

    # ------------------------------------------------------------------ what is shown

    @property
    def document(self) -> Document | None:
        """The document on show."""
        return self._document

    def show(self, document: Document, marks: MarkSource, at: int = 0) -> None:
        """Show a document.

        Args:
            document: The document.
            marks: What is marked in it; asked again for each change of the view.
            at: Offset that comes to the top of the view.
        """
        self._document, self._marks = document, marks
        self.cursor = self.selection = self.target = None
        self._hits = self._suggested = None
        self._view.anchor = at
        self._lay_out()
        self._paint()

    def move_cursor(self, span: Span | None, *, reveal: bool = True) -> None:
        """Put the cursor on a statement.

        Args:
            span: The statement, or None for no cursor.
            reveal: Whether the view follows when it is off the screen.
        """
        self.cursor = span
        if span is not None and reveal:
            self._view.turn_to(span)
        self._paint()

    def set_target(self, uid: str | None) -> None:
        """Say which highlight the cursor was moved to, to be drawn stronger; None for none."""
        if uid != self.target:
            self.target = uid
            self._paint()

    def set_selection(self, span: Span | None, moving_end: int | None = None) -> None:
        """Show a selection.

        Args:
            span: What is selected, or None.
            moving_end: Offset of the end that moves; the view follows it.
        """
        self.selection = span
        if span is not None and moving_end is not None:
            at = min(max(moving_end, span.start), max(span.start, span.end - 1))
            self._view.turn_to(Span(at, at + 1))
        self._paint()

    def set_search(self, hits: HitSource | None) -> None:
        """Show what is searched for; None for nothing."""
        self._hits = hits
        self._paint()

    def set_suggested(self, suggested: HitSource | None) -> None:
        """Show what is proposed; None for nothing."""
        self._suggested = suggested
        self._paint()

    def refresh_marks(self, start: int = 0, end: int | None = None) -> None:
        """Show marks that have changed in a stretch of text (anywhere by default)."""
        shown = self.visible_span()
        if start < shown.end and (end is None or end > shown.start):
            self._paint()

    def set_mark_style(self, style: str) -> None:
        """Show highlights as a ``tint``, in a ``solid`` colour, or with an ``underline``."""
        if style != self._mark_style:
            self._mark_style = style
            self._palette = None
            self._paint()

    def rows_changed(self, start: int | None = None) -> None:
        """Wrap anew, because the block at an offset (any block by default) has changed."""
        self._marks_laid.forget()
        if self._view.rows is not None:
            self._view.rows.forget()
            self._lay_out()
            self._paint()

    @property
    def mark_style(self) -> str:
        """How highlights look: ``tint``, ``solid`` or ``underline``."""
        return self._mark_style

    @property
    def reading_width(self) -> int:
        """Columns of text, where the pane has them."""
        return self._reading_width

    def set_reading_width(self, columns: int) -> None:
        """Set the columns of text; what stands at the top stays there."""
        self._reading_width = max(1, columns)
        self._lay_out()
        self._paint()

    # ------------------------------------------------------------------ where the view is

    @property
    def top_offset(self) -> int:
        """The offset that the view hangs on: the first in its top row."""
        return self._view.anchor

    def visible_span(self) -> Span:
        """Return the stretch of text on the screen; an empty one before the first layout."""
        return self._view.span()

    @property
    def at_end(self) -> bool:
        """Whether the last row of the document is on the screen."""
        return self._view.at_end

    def region_of(self, span: Span) -> Region:
        """Return which cells of the pane show a stretch of text; none if it is off the screen."""
        shown, laid = self._view.rows_of(span), self._view.rows
        return Region(0, shown.start, GUTTER + laid.width, len(shown)) if laid else Region()

    def offset_at(self, x: int, y: int) -> int | None:
        """Return the offset drawn at a cell of the pane.

        Args:
            x: Column; left of the text it stands for the statement that begins in the row.
            y: Row.

        Returns:
            The offset, or None in an empty row.
        """
        if self._stale:  # what has moved and is not drawn yet is looked at as it will be
            self.lines()
        rows, places = self._view.rows, self._canvas.places
        if rows is None or not 0 <= y < len(places) or places[y].block < 0:
            return None
        place = places[y]
        laid = rows.laid(place.block)
        row = place.row - laid.gap
        if row < 0:
            return None
        if x >= GUTTER:
            cell = x - GUTTER - len(laid.front(row))
            return laid.flow.offset(laid.flow.position_at(row, cell))
        start, end = rows.offset_of(place), rows.end_of(place)
        begun = (s.start for s in rows.document.statements(start, end) if s.start >= start)
        return next(begun, start)

    # ------------------------------------------------------------------ moving the view

    def scroll_lines(self, rows: int) -> None:
        """Move the view by rows, down if positive."""
        self._view.scroll(rows)
        self._paint()

    def scroll_pages(self, pages: int, fraction: float = 1.0) -> None:
        """Move the view by pages, or by a fraction of a page each."""
        self.scroll_lines(pages * self._view.page(fraction))

    def scroll_to_offset(self, offset: int) -> None:
        """Bring an offset to the top of the view, or as far up as the end allows."""
        self._view.go_to(offset)
        self._paint()

    def reveal(self, span: Span) -> None:
        """Bring a stretch of text onto the screen if it is not there, by a page."""
        self._view.turn_to(span)
        self._paint()

    # ------------------------------------------------------------------ laying out and painting

    def _lay_out(self) -> None:
        """Wrap for the present size."""
        self._marks_laid.forget()
        width, height = self.size
        self._laid_out = (width, height)
        self._canvas.forget()
        text_width = min(self._reading_width, width - GUTTER - MARGIN)
        self._view.lay_out(self._document, text_width, height)

    def lines(self) -> Sequence[Strip]:
        """Return the rows on the screen, laid out anew if the size has changed unnoticed."""
        if self._laid_out != tuple(self.size):
            self._lay_out()
            self._repaint()
        elif self._palette is None:
            self._repaint()
        elif self._stale and (changed := self.settled()):
            self.refresh(*changed)
        return self._canvas.strips

    def notify_style_update(self) -> None:
        """Take over another theme's colours with the next painting."""
        super().notify_style_update()
        self._palette = None

    def _paint(self) -> None:
        """Have what has changed painted with the next frame; at once where nothing makes frames."""
        if self._laid_out != tuple(self.size) or not self._view.height or not self.is_attached:
            return
        self._stale = True
        if self.frames is not None:
            self.frames.want(self)
        elif changed := self.settled():
            self.refresh(*changed)

    def settled(self) -> Sequence[Region]:
        """Paint the rows whose look has changed, if any may have; return where they are."""
        if not self._stale or self._laid_out != tuple(self.size):
            return ()
        return self._repaint()

    def _repaint(self) -> list[Region]:
        """Paint the rows whose look has changed; return where they are."""
        self._stale = False
        if self._palette is None:
            self._take_palette()
        rows, places = self._view.rows, self._view.places()
        found: Sequence[Look] = ()
        if rows is not None and places:
            found = looks(
                rows,
                places,
                self._marks,
                cursor=self.cursor,
                target=self.target,
                selection=self.selection,
                hits=self._hits,
                suggested=self._suggested,
                laid=self._marks_laid,
            )
        changed = self._canvas.paint(rows, places, found, self._laid_out)
        self._report()
        return changed

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what a line goes through; not what replaces signs: the brush spares the text."""
        return [each for each in super().get_line_filters() if not spares_text(each)]

    def _take_palette(self) -> None:
        self._palette = palette_of(self, self._mark_style)
        self._canvas.take(self._palette, lambda strip: filtered(self, strip))

    def _report(self) -> None:
        """Tell when another part of the text is on the screen."""
        span = self._view.span()
        if self._reported != span and span.end:
            self._reported = span
            self.screen.post_message(self.Scrolled(self, self._view.anchor))

    # ------------------------------------------------------------------ events

    def on_resize(self) -> None:
        """Lay out for another size, and tell of it unless it is the first."""
        if self._laid_out != (0, 0):
            self.post_message(self.Resized(self))
        if self._laid_out != tuple(self.size):
            self._lay_out()
            self._paint()
