"""Runs what a key means in the article or the panel at once, without its way through the widgets.

Textual copies the bindings of every node from the focused widget up to the app, twice for a key,
and has the key climb from one to the next as messages. What a key means there depends on nothing
but the focused widget and, by ``check_action``, the mode: it is looked up once and then known.

What goes the long way is followed by `reader.tui.key_queue`, which keeps the order.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.actions import SkipAction
from textual.dom import DOMNode
from textual.widget import Widget

from reader.domain.records import NamedTuple

if TYPE_CHECKING:
    from textual import events

    from reader.tui.app import ReaderApp


_TELLS = "TELLS_AT_ONCE"
"""Set in a widget in which a key has done all that it does when its action has ended."""


class Meaning(NamedTuple):
    """What a key does in one of the nodes that bind it.

    Attributes:
        node: The node that has the action.
        action: The action's name.
        values: What it is called with.
        run: Its method.
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

    async def take(self, event: events.Key) -> bool:
        """Do what a key means; False if it has to go the long way, because that is not known."""
        focused = self._app.keys_go_to()
        if focused is None:
            return False
        self._app.frames.key_came()
        known = self._known.get(focused)
        if known is None:
            known = self._known[focused] = {}
        meanings = known.get(event.key)
        if meanings is None:
            meanings = known[event.key] = _meanings(self._app, event.key)
        for meaning in meanings:
            if meaning.node.check_action(meaning.action, meaning.values) and await _done(meaning):
                if self._app.focused is not focused or not getattr(focused, _TELLS, False):
                    self._app.key_queue.follow()  # the next key waits for who is told of it
                return True
        return False


def _meanings(app: ReaderApp, key: str) -> tuple[Meaning, ...]:
    """Return what a key means, from the focused widget up; nothing if it is known before that."""
    found = []
    for node, bindings in app.screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if binding.priority:
                return ()
            target, name, values = app._parse_action(binding.action, node)
            own = getattr(target, f"_action_{name}", None)  # Textual's own methods come first
            run = own or getattr(target, f"action_{name}", None)
            if callable(run):
                found.append(Meaning(target, name, values, run))
    return tuple(found)


async def _done(meaning: Meaning) -> bool:
    """Run an action; False if it says that it was not meant."""
    try:
        result = meaning.run(*meaning.values)
        if isawaitable(result):
            await result
    except SkipAction:
        return False
    return True
