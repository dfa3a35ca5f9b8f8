"""What the mouse does in the article pane: clicks, drags that scroll past the edges, the wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from reader.domain.records import dataclass
from reader.tui.self_painted import SelfPainted
from reader.tui.widgets.article.look import GUTTER

if TYPE_CHECKING:
    from textual.timer import Timer

WHEEL_ROWS = 3
"""Rows that a notch of the wheel moves the text."""

SCROLL_ON_S = 0.05
"""Pause between two rows while a drag is held beyond an edge."""

_LOOK_ROWS = 3
"""Rows looked at for text where a drag is on an empty one."""


@dataclass
class PaneMessage(Message):
    """A message of a pane."""

    pane: Mouse

    @property
    def control(self) -> Mouse:
        """The pane, so that handlers can ask for one by its id."""
        return self.pane


class Mouse(SelfPainted):
    """The part of the pane that the mouse talks to."""

    @dataclass
    class Clicked(PaneMessage, namespace="article_pane"):
        """A click on a row of text.

        Attributes:
            offset: Offset of the character; in the gutter, of the row's statement.
            shift: Whether Shift was held.
            ctrl: Whether Ctrl was held.
            chain: 1 for a click, 2 for a double click, and so on.
            gutter: Whether it was left of the text.
        """

        offset: int
        shift: bool
        ctrl: bool
        chain: int
        gutter: bool = False

    @dataclass
    class Dragged(PaneMessage, namespace="article_pane"):
        """The mouse moves with its button held; no click follows.

        Attributes:
            start: Offset at which the button was pressed.
            offset: Offset under the mouse, or of the nearest text on the screen.
            begins: Whether the drag begins with this.
        """

        start: int
        offset: int
        begins: bool = False

    @dataclass
    class Wheeled(PaneMessage, namespace="article_pane"):
        """The mouse wheel has moved the view."""

    _pressed: int | None = None
    """Offset at which the button was pressed, while it is."""
    _dragged = False
    _pointer = (0, 0)
    """Where the mouse was last, in cells of the pane; rows outside it are beyond an edge."""
    _scrolling: Timer | None = None

    def offset_at(self, x: int, y: int) -> int | None:
        """Return the offset drawn at a cell of the pane, or None in an empty row."""
        raise NotImplementedError

    def scroll_lines(self, rows: int) -> None:
        """Move the view by rows, down if positive."""
        raise NotImplementedError

    # ------------------------------------------------------------------ wheel and clicks

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll a few rows down."""
        self._wheel(WHEEL_ROWS, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll a few rows up."""
        self._wheel(-WHEEL_ROWS, event)

    def _wheel(self, rows: int, event: events.MouseEvent) -> None:
        event.stop()
        self.scroll_lines(rows)
        if self._dragged:
            self._drag_to(*self._pointer)
        else:
            self.post_message(self.Wheeled(self))

    def on_click(self, event: events.Click) -> None:
        """Tell of a click on text, unless it is the end of a drag."""
        at = self.offset_at(event.x, event.y)
        if at is not None and not self._dragged and event.button <= 1:
            gutter = event.x < GUTTER
            self.post_message(self.Clicked(self, at, event.shift, event.ctrl, event.chain, gutter))

    # ------------------------------------------------------------------ drags

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin; the mouse is followed beyond the pane until it ends."""
        self._dragged = False
        self._pressed = self.offset_at(event.x, event.y) if event.button == 1 else None
        if self._pressed is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell of a drag."""
        if self._pressed is None:
            return
        if event.button != 1:  # it was let go where nobody told us
            self._let_go()
            return
        self._pointer = (event.x, event.y)
        self._drag_to(event.x, event.y)
        self._scroll_beyond(event.y)

    def on_mouse_up(self) -> None:
        """End a drag."""
        self._let_go()

    def on_mouse_release(self) -> None:
        """End a drag, because something else has taken the mouse."""
        self._let_go()

    def _let_go(self) -> None:
        self._pressed = None
        self._stop_scrolling()
        self.release_mouse()

    def _drag_to(self, x: int, y: int) -> None:
        """Tell which text is under the mouse, or nearest to it."""
        at = self._nearest(x, y)
        if self._pressed is None or at is None or (at == self._pressed and not self._dragged):
            return
        begins, self._dragged = not self._dragged, True
        self.post_message(self.Dragged(self, self._pressed, at, begins))

    def _nearest(self, x: int, y: int) -> int | None:
        """Return the offset at a cell; beside the text and in empty rows, of text nearby."""
        height = self.size.height
        x = max(x, GUTTER)
        if y >= height:
            x, y = (x if y == height else self.size.width), height - 1
        inward = -1 if y > 0 else 1
        for row in range(max(y, 0), max(y, 0) + inward * max(_LOOK_ROWS, height), inward):
            at = self.offset_at(x, row)
            if at is not None:
                return at
            x = self.size.width if inward < 0 else GUTTER
        return None

    def _scroll_beyond(self, y: int) -> None:
        """Scroll on for as long as a drag is held beyond an edge."""
        if 0 <= y < self.size.height:
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = self.set_interval(SCROLL_ON_S, self._scroll_on)

    def _scroll_on(self) -> None:
        x, y = self._pointer
        beyond = y if y < 0 else y - self.size.height + 1
        self.scroll_lines(beyond)  # the further away, the faster
        self._drag_to(x, y)

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
