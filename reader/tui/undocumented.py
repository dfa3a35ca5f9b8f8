"""The few places that lean on undocumented parts of Textual, each watched by a test.

The ways past it that are worth a module of their own are `reader.tui.frames` (from a widget to the
terminal) and `reader.tui.quick_keys` (from a key to what it does).

Textual paints a widget through a cache that applies borders, padding, links and filters to each
line. The article pane has none of these but the filters, and knows itself which of its lines have
changed; going past that cache takes a millisecond or more off each key.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual._compositor import ChopsUpdate, Compositor, CompositorMap
from textual.app import App
from textual.binding import BindingsMap, BindingType
from textual.cache import FIFOCache
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets._toast import ToastRack

from reader.tui import first_paint

if TYPE_CHECKING:
    from reader.tui.frames import Frames
    from reader.tui.look.ground import Ground


class Row(Strip):
    """A strip with none of its caches for what Textual makes of it, until it makes that.

    Making seven of them takes longer than painting a row that is then sent as it is.

    Args:
        segments: What it consists of; kept as it is.
        cell_length: The cells of that.
    """

    __slots__ = ()

    def __init__(self, segments: list[Segment], cell_length: int) -> None:
        self._segments = segments
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """Make a cache that was never asked for."""
        if not name.endswith("_cache"):
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(16)
        setattr(self, name, cache)
        return cache


def filtered(widget: Widget, strip: Strip) -> Strip:
    """Return a strip as the app's filters want it, such as the one that takes all colours away."""
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return strip


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """Return the lines of a widget of which nothing but its ground is seen: it lies under others.

    Textual draws each line of it by itself, also those that are wholly covered.
    """
    below, own = widget.background_colors
    line = Strip.blank(crop.width, Style(background=below + own).rich_style)
    return [filtered(widget, line)] * crop.height


def cropped(strips: Sequence[Strip], crop: Region, width: int) -> list[Strip]:
    """Return the part of a widget's lines that the compositor asks ``render_lines`` for."""
    lines = list(strips[crop.y : crop.bottom])
    if crop.column_span == (0, width):
        return lines
    return [strip.crop(crop.x, crop.right) for strip in lines]


def forget_dirty_regions(widget: Widget) -> None:
    """Drop what a widget that paints itself was told is dirty; nothing else empties it."""
    widget._dirty_regions.clear()
    widget._styles_cache._dirty_lines.clear()


def busy_pump(app: App[Any], but: Container[MessagePump] = ()) -> MessagePump | None:
    """Return a widget of the top screen, the screen or the app if it has messages in hand.

    None if each of them waits for the next one: all that was sent was handled, all that is to be
    mounted is, and has its place. One that goes away is waited for no more, nor those in ``but``.
    """
    screen = app.screen
    for pump in (app, screen, *screen.walk_children()):
        if is_busy(pump) and pump not in but:
            return pump
    return screen if screen._layout_required and screen not in but else None


def is_busy(pump: MessagePump) -> bool:
    """Whether one that handles messages has any in hand, or does not run yet."""
    queue: Any = pump._message_queue
    waits = queue.ready_event._waiters and not queue.values
    return not (waits or pump._closing or pump._closed)


def nothing_else_is_due(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether all tasks wait for time to pass, or for something outside of the program."""
    return not getattr(loop, "_ready", ())


def replace_bindings(node: DOMNode, bindings: Iterable[BindingType]) -> None:
    """Give a node other bindings in the place of those that have an id, for itself alone.

    Textual's own way, `App.set_keymap`, takes a key from every command of the node that has it,
    also from those that are valid in another mode, and cannot leave a command without a key.
    """
    kept = [binding for _, binding in node._bindings if binding.id is None]
    node._bindings = BindingsMap([*kept, *bindings])


def show_cursor(app: App[Any]) -> None:
    """Show the terminal's own cursor, which Textual hides when it starts."""
    if app._driver is not None:
        app._driver.write("\x1b[?25h")


def hand_over_quickly(app: App[Any]) -> None:
    """Let an app have its input from the driver's thread without a task of its own for each key.

    Esc is no part of the key after it, but for who has keys with Alt.
    """
    if sys.platform != "win32":
        from textual.drivers import linux_driver  # of macOS too

        from reader.tui.terminal import parser_for

        linux_driver.XTermParser = parser_for(app)  # type: ignore[attr-defined] # its thread makes one

    class Quick(app.driver_class):  # type: ignore[name-defined,misc] # chosen when the app is made
        def send_message(self, message: Message) -> None:
            self._loop.call_soon_threadsafe(self._app.post_message, message)

        def _get_terminal_size(self) -> tuple[int, int]:
            found = first_paint.output_size()  # Textual imports shutil, and all that can unpack
            return found or super()._get_terminal_size()

    app.driver_class = Quick


def without_threads(app: App[Any]) -> bool:
    """Let an app read from the terminal and write to it on the loop, where that is possible."""
    if sys.platform != "linux" or not all(map(os.isatty, (0, 2))):
        return False
    from reader.tui.terminal import Straight  # late: there is no such thing on Windows

    if issubclass(Straight, app.driver_class):
        app.driver_class = Straight
    return app.driver_class is Straight


def ask_ground(app: App[Any], ground: Ground, question: str) -> bool:
    """Ask the terminal for its background, where its answer can be told from keys.

    Textual takes an answer that it does not know for keys.
    """
    ask = getattr(app._driver, "ask_ground", None)
    if ask is not None:
        ask(ground, question)
    return ask is not None


_OTHER_SCREEN = "\x1b[?1049h"


def keep_screen(app: App[Any]) -> None:
    """Let an app go on with the terminal's other screen, which was painted before it started.

    Its driver would enter that screen once more, which empties it: the words would blink.
    """

    class Keeping(app.driver_class):  # type: ignore[name-defined,misc] # chosen when the app is made
        entered = False

        def start_application_mode(self) -> None:
            first_paint.let_speak()  # what is found now is what is left behind at the end
            super().start_application_mode()

        def write(self, data: str) -> None:
            if data == _OTHER_SCREEN and not self.entered:
                self.entered = True
                return
            super().write(data)

    app.driver_class = Keeping


def begin_with_theme(app: App[Any], name: str) -> None:
    """Give an app its theme before it runs.

    A theme that is set in the documented way has all style sheets parsed twice at the start: with
    the colours of Textual's own theme, then once more.
    """
    app.set_reactive(App.theme, name)
    theme = app.current_theme
    modes = {"-dark-mode": theme.dark, "-light-mode": not theme.dark}
    app.update_classes({f"-theme-{theme.name}": True, **modes}, update=False)
    app._refresh_truecolor_filter(app.ansi_theme)
    app.stylesheet.set_variables(app.get_css_variables())


def messages_change(app: App[Any]) -> bool:
    """Whether the rack of messages has to be told what to show, because there is or was something.

    Textual tells it at each change of screens, and the first time it hears that there is nothing
    to be shown, everything is laid out again: once more at each start.
    """
    racks = app._screen_stack[-1].query_children(ToastRack) if app._screen_stack else ()
    return bool(app._notifications) or any(rack.children for rack in racks)


def tells_error(app: App[Any]) -> bool:
    """Whether one of the messages on show is an error."""
    return any(item.severity == "error" for item in app._notifications)


def put_messages(screen: Screen[Any], *, above: bool) -> None:
    """Put the rack of messages below the first row of a screen, or at its bottom."""
    for rack in screen.query_children(ToastRack):
        edge = "top" if above else "bottom"
        if rack.styles.dock != edge:
            rack.styles.dock = edge
            rack.styles.align_vertical = edge
            if above:
                rack.styles.margin = (1, 0, 0, 0)
            else:
                rack.styles.clear_rule("margin")


def decide_bar_anew(widget: Widget) -> None:
    """Lay a widget out without its scroll bar, and show the bar only if it is needed then.

    A bar narrows what it stands beside; what is wrapped for it may be so high that it stays,
    though all would have room without it. Textual decides only where a size has changed.
    """
    widget.show_vertical_scrollbar = False
    widget.call_after_refresh(widget._refresh_scrollbars)


def dotted(style: RichStyle) -> RichStyle:
    """Return a style whose line under the words is dotted (SGR 4:4), which Rich has no name for.

    A strip asks a style for its sequence before it makes one, so that the style is given it.
    """
    plain = Strip.render_ansi(style, ColorSystem.TRUECOLOR)
    marked = style.copy()
    marked._ansi = _LINE_CODE.sub(r"\g<1>4:4", plain)
    return marked


_LINE_CODE = re.compile("^((?:[123];)*)4(?=;|$)")
"""The underline among the codes that come before the colours, which have fours of their own."""


class _Tight(ChopsUpdate):
    """An update that sends what is dirty and nothing left of it.

    Textual crops at the right only, so that a counter at the end of a line sends the whole line.
    """

    def render_segments(self, console: Console) -> str:
        """Return what goes to the terminal."""
        return "".join(self._pieces(console))

    def _pieces(self, console: Console) -> Iterator[str]:
        last_y = self.spans[-1][0]
        for y, x1, x2 in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= x2 or end <= x1:
                    continue
                start = max(x, x1)
                yield Control.move_to(start, y).segment.text
                yield strip.crop(start - x, min(end, x2) - x).render(console)
            if y != last_y:
                yield "\n"


def tight(update: RenderableType | None) -> RenderableType | None:
    """Return the compositor's update of a part of the screen, in fewer bytes."""
    if type(update) is ChopsUpdate:
        return _Tight(update.chops, update.spans, update.chop_ends)
    return update


class SelfPainted(Widget):
    """A widget that hands its lines to the compositor itself, or past it to the terminal.

    Subclasses give :meth:`lines`, and :meth:`settled` if they put off drawing until a frame is due.
    Border and padding from the style sheets have no effect.
    """

    _frames: Frames | None = None

    def lines(self) -> Sequence[Strip]:
        """Return all lines of the widget, top to bottom, each exactly as wide as the widget."""
        raise NotImplementedError

    def settled(self) -> Sequence[Region]:
        """Draw what has changed since the last time; return where that is."""
        return ()

    @property
    def size(self) -> Size:
        """Columns and rows: there is nothing around the content."""
        return self._size

    @property
    def frames(self) -> Frames | None:
        """What draws several widgets at once; None in an app that has no such thing."""
        if self._frames is None:
            self._frames = getattr(self.app, "frames", None)
        return self._frames

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Have regions sent to the terminal, or the whole widget if none are named."""
        if regions and repaint and not (layout or recompose) and self.frames is not None:
            self.frames.want(self, regions)
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region, for the compositor."""
        forget_dirty_regions(self)
        lines = self.lines()
        if self._frames is not None and self.is_mounted:
            self._frames.rendered(self)
        return cropped(lines, crop, self.size.width)

    def render_line(self, y: int) -> Strip:
        """Return one line; Textual asks for it when it looks for what is under the mouse."""
        lines = self.lines()
        return lines[y] if 0 <= y < len(lines) else Strip.blank(self.size.width)

    def render(self) -> Any:
        """Return nothing to render: the lines are all there is."""
        return ""


_find_all: Callable[[Compositor], CompositorMap] = vars(Compositor)["full_map"].fget


def _found_and_noted(compositor: Compositor) -> CompositorMap:
    """Return where all widgets are; where others are than before is painted anew.

    Textual notes what has changed with a layout only. If a widget is looked for in between, all are
    found anew before that, and the layout sees no change: a message that was taken away stayed on
    the screen.
    """
    before, is_old = compositor._full_map, compositor._full_map_invalidated
    found = _find_all(compositor)
    if is_old and found is not before and compositor.size.region not in compositor._dirty_regions:
        changed = {
            item.clip.intersection(item.region) for _, item in found.items() ^ before.items()
        }
        compositor._dirty_regions.update(region for region in changed if region)
    return found


Compositor.full_map = property(_found_and_noted)  # type: ignore[method-assign, assignment]  # Textual's own has to be replaced


class PaintedOnce(Screen[None]):
    """A screen that is sent once when all of it is sent.

    While widgets come and are laid out, each asks for itself to be painted, some several times.
    When Textual works that off, all has been painted already: it would paint all of it again, and
    then once more because the screen has come.
    """

    app: App[Any]

    def _compositor_refresh(self) -> None:
        compositor, frames = self._compositor, getattr(self.app, "frames", None)
        whole = self is self.app.screen and compositor.size.region in compositor._dirty_regions
        if frames is None or not whole:
            super()._compositor_refresh()
            return
        for widget in compositor.visible_widgets:
            widget._exchange_repaint_regions()
        with frames.whole():
            super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:  # Textual tells of the first size three times
            super()._screen_resized(size)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.prevent_default()  # it is done here
        is_new = self._size != self.app.size
        super()._on_screen_resume(event)
        if is_new and self.is_attached:  # it was laid out, and painted
            self._exchange_repaint_regions()


async def replace_screen(app: App[Any], screen: Screen[Any]) -> None:
    """Put a screen in the place of the one on top, also if that is the first one.

    Textual takes what a screen's result goes to from a list, which for the first one is empty.
    """
    if not app.screen._result_callbacks:
        app.screen._push_result_callback(app.screen, None)
    await app.switch_screen(screen)
