"""What has the focus, in a few lines of plain text at the bottom: for screen readers.

Each widget that can have the focus says in words what it is and what it holds (`told`), a list says
its current entry. The terminal's cursor goes to these lines, unless somebody is typing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.geometry import Offset, Region
from textual.strip import Strip

from reader.domain.text import shortened
from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

_ROWS = ((30, 5), (18, 4), (0, 3))
"""Rows of lines in windows of so many rows at least."""
_SIGNS = "▌▏|· "
"""What may stand before an entry and is no word."""
_PAUSE_S = 0.8
"""After so long without a key what was typed is told."""
_SCROLLED_S = 0.1
"""After so long a field that got the focus has been scrolled to, and what is in it."""
_TITLE_S = 1.0
"""So long the screen's title stays in front, whatever is told while it is being set up."""


@runtime_checkable
class Telling(Protocol):
    """A widget that can be told in words."""

    def told(self) -> tuple[str, str]:
        """Return what it is and holds, and what its keys do; either may be empty."""


class PlainCurrent(StripWidget):
    """What has the focus, what else is known of it, and what keys do, down to the last row."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._said = ""
        self._entry = ("", "")
        self._list: Widget | None = None
        self._lines: tuple[str, ...] = ()
        self._line = 0
        self._pausing: Timer | None = None
        self._is_set_up = False

    def on_mount(self) -> None:
        """Follow the focus, and have the cursor come back with the screen."""
        self._title = str(getattr(self.screen, "told_title", ""))
        self.set_timer(_TITLE_S, self._set_up)
        self.watch(self.screen, "focused", self._focus_moved)
        when_seen_again(self, self._put_cursor)

    def _set_up(self) -> None:
        self._is_set_up = True

    # ------------------------------------------------------------------ what is told

    def show(self, entries: Widget, rows: Sequence[Strip]) -> None:
        """Show the current entry of a list as it draws it: its first row, and the others in one."""
        self._list = entries
        texts = [" ".join(strip.text.strip().strip(_SIGNS).split()) for strip in rows]
        first, *rest = [text for text in texts if text] or [""]
        self._entry = (first, "; ".join(text.rstrip(".") for text in rest))
        self.tell()

    def tell(self) -> None:
        """Tell what has the focus as it is now."""
        lines = tuple(filter(None, self._now()))
        if lines != self._lines:
            self._said = ""
            self._title = "" if self._is_set_up else self._title
            self._lines = lines
            self.redraw()

    def say(self, text: str) -> None:
        """Tell something else first, for as long as nothing else has the focus or is current."""
        self._said = f"{text} " if text == self._said else text
        self.redraw()

    def tell_soon(self) -> None:
        """Tell it when nothing is typed for a while."""
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(_PAUSE_S, self.tell)

    def _now(self) -> Sequence[str]:
        """Return the lines: what the focus is on, what is known of it, what keys do."""
        focused, entries = self.screen.focused, self._list
        what, own_keys = focused.told() if isinstance(focused, Telling) else ("", "")
        keys = " · ".join(filter(None, (own_keys, getattr(self.screen, "told_keys", ""))))
        if entries is not None and (focused is entries or not entries.can_focus or not what):
            first, rest = self._entry
            return (first, rest or getattr(self.screen, "told_about", ""), keys)
        return (what, getattr(self.screen, "told_about", ""), keys)

    def _focus_moved(self) -> None:
        self.tell()
        self.call_after_refresh(self._put_cursor)
        self.set_timer(_SCROLLED_S, self._put_cursor)

    # ------------------------------------------------------------------ drawing

    def rows_for(self, width: int) -> int:
        """Return how many rows there are, whatever is current."""
        return rows_taken(self.app.size.height) - 1

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the lines, and put the cursor there."""
        lines = list(self._lines)[:height]
        if lines and self._title:
            lines[0] = f"{shortened(self._title, width * (height - 2) // 2)}: {lines[0]}"
        if self._said:
            lines = [self._said, *lines][:height]
        rows: list[str] = []
        for number, text in enumerate(lines):
            rows += wrap(text, width, height - len(rows) - (len(lines) - number - 1))
        self._line = height - len(rows)
        self.call_after_refresh(self._put_cursor)
        self._put_cursor(send=False)
        return [row([seg(text)], width) for text in ([""] * self._line + rows)]

    def _put_cursor(self, *, send: bool = True) -> None:
        """Put the terminal's cursor on the lines, unless the screen has it on something else."""
        if self.is_attached and not getattr(self.screen.focused, "PUTS_CURSOR", False):
            put_cursor(self, self._line, send=send)


def rows_taken(height: int) -> int:
    """Return how many rows the lines take in a window of so many, with an empty one above them."""
    return next(rows for least, rows in _ROWS if height >= least) + 1


def put_cursor(widget: StripWidget, line: int, *, send: bool) -> None:
    """Put the terminal's cursor on a line of a widget, or where somebody is typing.

    A screen that is seen below another one is left alone.

    Args:
        widget: The widget.
        line: One of its rows.
        send: Whether to have it sent at once, as no frame is about to be.
    """
    if not widget.is_attached or widget.app.screen is not widget.screen:
        return
    screen, app = widget.screen, widget.app
    focused = screen.focused
    typing: Offset | None = None
    if getattr(focused, "TAKES_TEXT", False):
        typing = getattr(focused, "cursor_screen_offset", None)
    wanted = widget.region.offset + Offset(0, line) if typing is None else typing
    if wanted != app.cursor_position:
        app.cursor_position = wanted
        if send:
            widget.refresh(Region(0, line, 1, 1))


def when_seen_again(widget: StripWidget, call: Callable[[], None]) -> None:
    """Have something called whenever the widget's screen was laid out, as when it comes back."""

    def laid_out(_: Screen[Any]) -> None:
        widget.call_after_refresh(call)

    widget.screen.screen_layout_refresh_signal.subscribe(widget, laid_out)


def lines_of(screen: Screen[Any]) -> PlainCurrent:
    """Return the lines of a screen, which is given some if it has none."""
    found = next(iter(screen.query(PlainCurrent)), None)
    if found is None:
        found = PlainCurrent()
        screen.mount(found)
    return found


def tell(widget: Widget, *, soon: bool = False, said: str = "") -> None:
    """Tell a widget again, which is not what it was; nothing is done but in plain mode.

    Args:
        widget: The widget.
        soon: Whether to wait until nothing is typed for a while.
        said: What is to be told first.
    """
    if not getattr(widget.app, "plain", False) or not widget.is_attached:
        return
    for lines in widget.screen.query(PlainCurrent):
        if said:
            lines.say(said)
        elif soon:
            lines.tell_soon()
        else:
            lines.tell()
