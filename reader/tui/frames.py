"""Writes what our own widgets have changed to the terminal: once for each key, and nothing else.

Textual's way from a changed widget to the terminal is long: a message to the screen, a timer, all
widgets around the change rendered and divided at every edge that any widget has. Widgets that hand
out their own rows need none of it where nothing lies over them. Where something does, or a dialog
is in front, they go Textual's way; what is shown is the same.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from rich.color import ColorSystem
from rich.style import Style
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.pen import Pen, Rows
    from reader.tui.terminal import Output

FRAME_S = 1 / 60
"""Least time between two frames, on average: keys that come faster are drawn together."""

_AT_ONCE = 3
"""Frames that may follow each other faster: what comes when the cursor rests holds up no key."""

MANY_KEYS = 8
"""Keys since the last frame from which on they were typed ahead, and more are on their way."""

HELD_S = 0.02
"""Least time between two keys of one that is held: those that come faster were typed ahead."""

PAUSE_S = 0.04
"""Pause after which no more of them come: on a busy machine they arrive by the dozen."""

LONGEST_S = 0.5
"""How long a frame waits at most for keys that come and come; the next ones twice as long."""

_LONGEST = 2 * LONGEST_S

_SYNC_BEGINS, _SYNC_ENDS = "\x1b[?2026h", "\x1b[?2026l"

_Span = tuple[int, int, int]
"""Row, first cell, one past the last."""


class Drawn(Protocol):
    """A widget that draws itself when the next frame is due."""

    def settled(self) -> Sequence[Region]:
        """Draw what has changed since the last time; return where that is."""
        ...

    def lines(self) -> Sequence[Strip]:
        """Return all rows, each as wide as the widget."""
        ...


class Frames:
    """Collects what is to be drawn, and draws it when everything that a key does has been done.

    Args:
        app: The app, whose screen and terminal these are.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._dirty: dict[Any, list[Region]] = {}
        self._draws_all = False
        self._coming: asyncio.Handle | None = None
        self._drawn_at = deque([0.0] * _AT_ONCE, _AT_ONCE)
        self._keys = 0
        self._first_key_at = self._key_at = 0.0
        self._patience = LONGEST_S
        self._map: object = None
        self._places: dict[Widget, Region | None] = {}
        self._rows: Rows = {}
        self._looks: object = None
        self._ground = ""

    def want(self, widget: Drawn, regions: Iterable[Region] = ()) -> None:
        """Have a widget drawn in the next frame.

        Args:
            widget: The widget.
            regions: What is to be sent of it even if it is found to look as before.
        """
        self._dirty.setdefault(widget, []).extend(regions)
        if self._coming is None:
            self._plan()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Take in that all of the screen is drawn now: nothing that is rendered has to be again."""
        self._draws_all = True
        try:
            yield
        finally:
            self._draws_all = False

    def rendered(self, widget: Drawn) -> None:
        """Take in that a widget gave all its lines as they are now."""
        if self._draws_all:
            self._dirty.pop(widget, None)

    def key_came(self) -> None:
        """Take in that a key is worked off; many between two frames are drawn together."""
        self._key_at = asyncio.get_running_loop().time()
        if not self._keys:
            self._first_key_at = self._key_at
        self._keys += 1

    def _plan(self) -> None:
        loop = asyncio.get_running_loop()
        due = self._drawn_at[0] + _AT_ONCE * FRAME_S
        wait = 0.0 if self._app.is_headless else due - loop.time()
        self._coming = loop.call_later(wait, self._due) if wait > 0 else loop.call_soon(self._due)

    def _due(self) -> None:
        self._coming = None
        if self._keys and self._more_come():
            self._coming = asyncio.get_running_loop().call_later(FRAME_S, self._due)
            return
        try:
            self._draw()
        except Exception as error:  # as for any other mistake while something is drawn
            self._app._handle_exception(error)

    def _more_come(self) -> bool:
        """Whether more keys are likely to come before anybody could see what they do."""
        time = asyncio.get_running_loop().time()
        if self._app.is_headless or time - self._first_key_at >= self._patience:
            return False
        fast = self._key_at - self._first_key_at < self._keys * HELD_S
        ahead = self._keys >= MANY_KEYS and fast and time - self._key_at < PAUSE_S
        return ahead or _key_waits(self._app)

    def _begin_anew(self, time: float) -> None:
        """Count keys anew, because a frame is drawn; be patient if more of them come and come."""
        waited = self._keys and time - self._first_key_at >= self._patience
        self._patience = _LONGEST if waited else LONGEST_S
        self._keys = 0

    # ------------------------------------------------------------------ one frame

    def _draw(self) -> None:
        app = self._app
        self._drawn_at.append(asyncio.get_running_loop().time())
        if _is_behind(app):  # its terminal has not taken the last frame yet: skip this one
            self._coming = asyncio.get_running_loop().call_later(FRAME_S, self._due)
            return
        self._begin_anew(self._drawn_at[-1])
        dirty, self._dirty = self._dirty, {}
        pen: Pen | None = None
        for widget, regions in dirty.items():
            if not widget.is_attached:
                continue
            changed = [*regions, *widget.settled()]
            place = self._place(widget)
            if place is None:
                Widget.refresh(widget, *changed) if changed else None
            elif changed:
                pen = pen or self._pen()
                _write(pen, place, widget.lines(), changed)
        if pen is not None and (written := pen.written()):
            _send(app, written)

    def _pen(self) -> Pen:
        from reader.tui.pen import Pen, codes_of  # late: the first screen is drawn by Textual

        colors = self._app.console._color_system or ColorSystem.TRUECOLOR
        looks = (self._app.theme, self._app.no_color)
        if looks != self._looks:
            style = self._app.screen.rich_style
            native = style.bgcolor is None or style.bgcolor.is_default or self._app.no_color
            ground = Style(color=style.color, bgcolor=style.bgcolor)
            self._looks, self._ground = looks, "" if native else codes_of(ground, colors)
            self._rows.clear()
        return Pen(colors, self._rows, self._ground)

    def _place(self, widget: Widget) -> Region | None:
        """Return where on the terminal a widget is, or None if it has to go Textual's way."""
        app, screen = self._app, self._app.screen
        if app._batch_count or screen._layout_required:
            return None
        visible = screen._compositor.visible_widgets
        if visible is not self._map:
            self._map = visible
            self._places.clear()
        if widget not in self._places:
            self._places[widget] = _uncovered(widget, visible)  # None on another screen, too
        return self._places[widget]


def _uncovered(widget: Widget, visible: dict[Widget, tuple[Region, Region]]) -> Region | None:
    """Return the region of a widget that is wholly visible; None if anything lies over it."""
    if widget not in visible:
        return None
    region, clip = visible[widget]
    if not clip.contains_region(region):
        return None
    for other, (over, _) in visible.items():  # from front to back
        if other is widget:
            return region
        if over.overlaps(region):
            return None
    return None


def _key_waits(app: App[Any]) -> bool:
    """Whether a key has come that is not worked off yet."""
    waiting: Sequence[object] = app._message_queue.values
    return bool(waiting) and isinstance(waiting[-1], Key)


def _is_behind(app: App[Any]) -> bool:
    """Whether frames wait for the terminal to take them."""
    output: Output | None = getattr(app._driver, "output", None)
    if output is not None:
        return output.is_behind
    writer = getattr(app._driver, "_writer_thread", None)
    return writer is not None and writer._queue.qsize() > 0


def _send(app: App[Any], what: str) -> None:
    """Send a frame to the terminal in one piece; its cursor then goes where it belongs."""
    driver = app._driver
    if driver is None or app.is_headless or not app._running or app._closed:
        return
    if getattr(driver, "_writer_thread", driver) is None:  # the terminal was given away
        return
    columns, rows = app.screen.outer_size
    x, y = app.cursor_position
    x, y = max(0, min(x, columns - 1)), max(0, min(y, rows - 1))
    home = "\x1b[H" if (x, y) == (0, 0) else f"\x1b[{y + 1};{x + 1}H"
    text = what + home
    driver.write(f"{_SYNC_BEGINS}{text}{_SYNC_ENDS}" if app._sync_available else text)


# ---------------------------------------------------------------------- what is sent


def _write(pen: Pen, place: Region, lines: Sequence[Strip], changed: Sequence[Region]) -> None:
    """Write what brings the changed cells of a widget to the terminal."""
    for y, start, end in _spans(changed, place.width, min(place.height, len(lines))):
        pen.row(place.x + start, place.y + y, lines[y], start, end)


def _spans(regions: Sequence[Region], width: int, height: int) -> list[_Span]:
    """Return the cells of regions row by row, those that overlap or touch as one."""
    spans: list[_Span] = []
    last = -1
    for x, y, columns, depth in regions:
        end = min(x + columns, width)
        if depth != 1 or not last < y < height or not 0 <= x < end:
            return _joined(regions, width, height)
        spans.append((y, x, end))
        last = y
    return spans


def _joined(regions: Sequence[Region], width: int, height: int) -> list[_Span]:
    """Return the same of regions in any order, of any height, that may overlap."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for x, y, columns, depth in regions:
        for row in range(max(y, 0), min(y + depth, height)):
            rows.setdefault(row, []).append((max(x, 0), min(x + columns, width)))
    spans: list[_Span] = []
    for row in sorted(rows):
        runs = rows[row]
        if len(runs) == 1:
            spans.append((row, *runs[0]))
            continue
        runs.sort()
        start, end = runs[0]
        for first, last in runs[1:]:
            if first > end:
                spans.append((row, start, end))
                start, end = first, last
            else:
                end = max(end, last)
        spans.append((row, start, end))
    return [span for span in spans if span[1] < span[2]]
