"""The few places that lean on undocumented parts of Textual, each watched by a test.

The ways past it that are worth a module of their own are `reader.tui.self_painted` (from a widget
to its rows), `reader.tui.compositing` and `reader.tui.frames` (from there to the terminal) and
`reader.tui.quick_keys` (from a key to what it does).
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.style import Style as RichStyle
from textual.app import App
from textual.binding import BindingsMap, BindingType
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.notifications import Notification
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import ToastRack
from textual.worker import Worker

from reader.tui import first_paint

if TYPE_CHECKING:
    from reader.tui.look.ground import Ground


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


def when_ended(worker: Worker[Any], call: Callable[[], object]) -> None:
    """Call something when a worker has ended, however it did.

    Textual tells it to whom the worker belongs, which may be gone by then; and of one that was
    cancelled before it began, it tells nothing.
    """
    if worker._task is not None:  # it has one as soon as it is started, which is at once
        worker._task.add_done_callback(lambda _: call())


def as_if_typed(key: str, character: str | None) -> Key:
    """Return a key as the terminal sends it.

    One that a widget sends would climb no further than to that widget.
    """
    event = Key(_character_to_key(key) if len(key) == 1 else key, character)
    event._sender = None
    return event


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


def drop_messages(app: App[Any]) -> None:
    """Remove from the racks of all screens what is told no longer.

    Textual removes a message that is cleared away from the screen on top only, though those below
    are seen beside a dialog; and it leaves behind what holds it at the right: a row each where
    messages stand at the top, to be laid out with all that is told later.
    """
    told = {ToastRack._toast_id(item) for item in app._notifications}
    for screen in app._screen_stack:
        for rack in screen.query_children(ToastRack):
            for holder in rack.children:
                if holder.id not in told:
                    holder.remove()


def tells_error(app: App[Any]) -> bool:
    """Whether one of the messages on show is an error."""
    return any(item.severity == "error" for item in app._notifications)


def messages_of(app: App[Any]) -> list[Notification]:
    """Return the messages on show."""
    return list(app._notifications)


def put_messages(screen: Screen[Any], edge: str, margin: int | None) -> None:
    """Put the rack of messages of a screen so many rows from its top or bottom.

    Args:
        screen: Whose rack it is.
        edge: ``top`` or ``bottom``.
        margin: Rows between that edge and the messages; None for what the styles say.
    """
    for rack in screen.query_children(ToastRack):
        styles = rack.styles
        if styles.dock != edge:
            styles.dock = edge
            styles.align_vertical = edge
        if margin is None:
            styles.margin = None
        else:
            styles.margin = (margin, 0, 0, 0) if edge == "top" else (0, 0, margin, 0)


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


async def replace_screen(app: App[Any], screen: Screen[Any]) -> None:
    """Put a screen in the place of the one on top, also if that is the first one.

    Textual takes what a screen's result goes to from a list, which for the first one is empty.
    """
    if not app.screen._result_callbacks:
        app.screen._push_result_callback(app.screen, None)
    await app.switch_screen(screen)
