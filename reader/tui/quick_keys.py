"""Runs what a key means in the article or the panel at once, without its way through the widgets.

Textual copies the bindings of every node from the focused widget up to the app, twice for a key,
and has the key climb from one to the next as messages. What a key means there depends on nothing
but the focused widget and, by ``check_action``, the mode: it is looked up once and then known.

What goes the long way is followed by `reader.tui.key_queue`, which keeps the order.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context, copy_context
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.actions import SkipAction
from textual.dom import DOMNode
from textual.widget import Widget

from reader.domain.records import NamedTuple
from reader.tui.undocumented import is_busy

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


_TELLS = "TELLS_AT_ONCE"
"""Set in a widget in which a key has done all that it does when its action has ended."""


class Meaning(NamedTuple):
    """What a key does in one of the nodes that bind it.

    Attributes:
        node: The node that has the action.
        action: The action's name.
        values: What it is called with.
        run: Its method, which need not be awaited.
    """

    node: DOMNode
    action: str
    values: tuple[object, ...]
    run: Callable[..., Any]


class QuickKeys:
    """What keys mean, by focused widget.

    Args:
        app: The app, which asks for each key that comes from the terminal.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._known: WeakKeyDictionary[Widget, dict[str, tuple[Meaning, ...]]] = WeakKeyDictionary()
        self._context: Context | None = None
        """What actions are run in: that of the app's messages."""

    def forget(self) -> None:
        """Look up anew what keys mean: they mean something else now."""
        self._known.clear()

    def take(self, key: str) -> bool:
        """Do what a key means; False if it has to go the long way, because that is not known."""
        if self._context is None:
            self._context = copy_context()
        focused = self._app.keys_go_to()
        if focused is None:
            return False
        self._app.frames.key_came()
        for meaning in self._meanings(focused, key):
            if meaning.node.check_action(meaning.action, meaning.values) and self._did(meaning):
                self._see_to_the_next(focused)
                return True
        return False

    def take_now(self, key: str) -> bool:
        """Do likewise where a key is read, outside of any message.

        Returns:
            False if it has to go through the app's messages, also because others are in front of
            it.
        """
        app = self._app
        if self._context is None or is_busy(app) or not app.key_queue.at_rest:
            return False
        try:
            return self._context.run(self._take_now, key)
        except Exception as error:  # as for any other mistake in an action
            app._handle_exception(error)
            return True

    def _take_now(self, key: str) -> bool:
        self._app.uncover()
        return self.take(key)

    def _meanings(self, focused: Widget, key: str) -> tuple[Meaning, ...]:
        """Return what a key means where the focus is, looked up once."""
        known = self._known.get(focused)
        if known is None:
            known = self._known[focused] = {}
        meanings = known.get(key)
        if meanings is None:
            meanings = known[key] = _meanings(self._app, key)
        return meanings

    def _did(self, meaning: Meaning) -> bool:
        """Run an action, and have the app wait for what is left to wait for; False if not meant."""
        try:
            result = meaning.run(*meaning.values)
        except SkipAction:
            return False
        if isawaitable(result):
            self._app.call_later(lambda: result)
        return True

    def _see_to_the_next(self, focused: Widget) -> None:
        """Let the next key wait for who is told of this one."""
        if self._app.focused is not focused or not getattr(focused, _TELLS, False):
            self._app.key_queue.follow()


def _meanings(app: ReaderApp, key: str) -> tuple[Meaning, ...]:
    """Return what a key means, from the focused widget up; nothing if Textual is to see to it.

    That is what is known before the widgets are asked, and what has to be awaited.
    """
    found = []
    for node, bindings in app.screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if binding.priority:
                return ()
            target, name, values = app._parse_action(binding.action, node)
            own = getattr(target, f"_action_{name}", None)  # Textual's own methods come first
            run = own or getattr(target, f"action_{name}", None)
            if iscoroutinefunction(run):
                return ()
            if callable(run):
                found.append(Meaning(target, name, values, run))
    return tuple(found)
