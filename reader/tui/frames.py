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
from typing import TYPE_CHECKING, Any, Protocol

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.layout import is_narrow

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.terminal import Output

FRAME_S = 1 / 60
"""Least time between two frames, on average: keys that come faster are drawn together."""

_AT_ONCE = 3
"""Frames that may follow each other faster: what comes when the cursor rests holds up no key."""

MANY_KEYS = 8
"""Keys since the last frame from which on they were typed ahead, and more are on their way."""

PAUSE_S = 0.04
"""Pause after which no more of them come: on a busy machine they arrive by the dozen."""

LONGEST_S = 0.5
"""How long a frame waits at most for keys that come and come."""

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
        self._coming: asyncio.Handle | None = None
        self._drawn_at = deque([0.0] * _AT_ONCE, _AT_ONCE)
        self._last = 0.0
        self._keys = 0
        self._key_at = 0.0
        self._map: object = None
        self._places: dict[Widget, Region | None] = {}

    def want(self, widget: Drawn, regions: Iterable[Region] = ()) -> None:
        """Have a widget drawn in the next frame.

        Args:
            widget: The widget.
            regions: What is to be sent of it even if it is found to look as before.
        """
        self._dirty.setdefault(widget, []).extend(regions)
        if self._coming is None:
            self._plan()

    def key_came(self) -> None:
        """Take in that a key is worked off; many between two frames are drawn together."""
        self._keys += 1
        self._key_at = asyncio.get_running_loop().time()

    def _plan(self) -> None:
        loop = asyncio.get_running_loop()
        due = self._drawn_at[0] + _AT_ONCE * FRAME_S
        wait = 0.0 if self._app.is_headless else due - loop.time()
        self._coming = loop.call_later(wait, self._due) if wait > 0 else loop.call_soon(self._due)

    def _due(self) -> None:
        self._coming = None
        if self._keys >= MANY_KEYS and self._more_come():
            self._coming = asyncio.get_running_loop().call_later(FRAME_S, self._due)
            return
        try:
            self._draw()
        except Exception as error:  # as for any other mistake while something is drawn
            self._app._handle_exception(error)

    def _more_come(self) -> bool:
        """Whether more keys are likely to come before anybody could see what they do."""
        time = asyncio.get_running_loop().time()
        waited, paused = time - self._last, time - self._key_at
        return not self._app.is_headless and waited < LONGEST_S and paused < PAUSE_S

    # ------------------------------------------------------------------ one frame

    def _draw(self) -> None:
        app = self._app
        self._drawn_at.append(asyncio.get_running_loop().time())
        if _is_behind(app):  # its terminal has not taken the last frame yet: skip this one
            self._coming = asyncio.get_running_loop().call_later(FRAME_S, self._due)
            return
        self._last, self._keys = self._drawn_at[-1], 0
        dirty, self._dirty = self._dirty, {}
        pieces: list[str] = []
        for widget, regions in dirty.items():
            if not widget.is_attached:
                continue
            changed = [*regions, *widget.settled()]
            place = self._place(widget)
            if place is None:
                Widget.refresh(widget, *changed) if changed else None
            elif changed:
                pieces += _pieces(app.console, place, widget.lines(), changed)
        if pieces:
            _send(app, "".join(pieces))

    def _place(self, widget: Widget) -> Region | None:
        """Return where on the terminal a widget is, or None if it has to go Textual's way."""
        app, screen = self._app, widget.screen
        if screen is not app.screen or app._batch_count or screen._layout_required:
            return None
        visible = screen._compositor.visible_widgets
        if visible is not self._map:
            self._map = visible
            self._places.clear()
        if widget not in self._places:
            self._places[widget] = _uncovered(widget, visible)
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
    x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
    text = f"{what}\x1b[{y + 1};{x + 1}H"
    driver.write(f"{_SYNC_BEGINS}{text}{_SYNC_ENDS}" if app._sync_available else text)


# ---------------------------------------------------------------------- what is sent


def _pieces(
    console: Console, place: Region, lines: Sequence[Strip], changed: Iterable[Region]
) -> Iterator[str]:
    """Yield what brings the changed cells of a widget to the terminal."""
    colors = console._color_system or ColorSystem.TRUECOLOR
    for y, start, end in _spans(changed, place.width, min(place.height, len(lines))):
        yield f"\x1b[{place.y + y + 1};{place.x + start + 1}H"
        yield from _cut(lines[y], start, end, colors)


def _cut(strip: Strip, start: int, end: int, colors: ColorSystem) -> Iterator[str]:
    """Yield some cells of a strip as the terminal wants them; see `Strip.crop` and `Strip.render`.

    A cut strip would be made and then used once.
    """
    at = 0
    for segment in strip:
        text, style, _ = segment
        size = len(text) if text.isascii() else cell_len(text)
        if at + size > start:
            if at < start or at + size > end:
                first, last = max(start - at, 0), min(end - at, size)
                if is_narrow(text):
                    text = text[first:last]
                else:
                    text = segment.split_cells(first)[1].split_cells(last - first)[0].text
            yield text if style is None else Strip.render_style(style, text, color_system=colors)
        at += size
        if at >= end:
            return


def _spans(regions: Iterable[Region], width: int, height: int) -> list[_Span]:
    """Return the cells of regions row by row, those that overlap or touch as one."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for x, y, columns, depth in regions:
        for row in range(max(y, 0), min(y + depth, height)):
            rows.setdefault(row, []).append((max(x, 0), min(x + columns, width)))
    spans: list[_Span] = []
    for row in sorted(rows):
        runs = sorted(rows[row])
        start, end = runs[0]
        for first, last in runs[1:]:
            if first > end:
                spans.append((row, start, end))
                start, end = first, last
            else:
                end = max(end, last)
        spans.append((row, start, end))
    return [span for span in spans if span[1] < span[2]]
