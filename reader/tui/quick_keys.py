"""Runs what a key means in the article or the panel at once, without its way through the widgets.

Textual copies the bindings of every node from the focused widget up to the app, twice for a key,
and has the key climb from one to the next as messages. What a key means there depends on nothing
but the focused widget and, by ``check_action``, the mode: it is looked up once and then known.

Keys keep their order: while one that went the long way may still be on it, others follow there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from textual.actions import SkipAction
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events

    from reader.tui.app import ReaderApp

PATIENCE_S = 1.0
"""After so long a key that went the long way has ended it, or its widget was taken away."""


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


class KeyPassed(Message):
    """Follows a key on the long way; when it reaches the app, the key has been there."""

    bubble = True


class QuickKeys:
    """What keys mean, by focused widget.

    Args:
        app: The app, which asks for each key that comes from the terminal.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._known: WeakKeyDictionary[Widget, dict[str, tuple[Meaning, ...]]] = WeakKeyDictionary()
        self._on_the_way: list[Widget] = []
        """Where keys went that have not ended the long way, in their order."""
        self._followed_at = 0.0

    async def take(self, event: events.Key) -> bool:
        """Do what a key means; False if it has to go the long way, because that is not known."""
        focused = self._app.keys_go_to()
        if focused is None or self._waits():
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
                return True
        return False

    def _waits(self) -> bool:
        """Whether a key may still be on the long way, which this one must not overtake."""
        return self.on_their_way()

    def on_their_way(self) -> bool:
        """Whether keys go from widget to widget still."""
        if not self._on_the_way:
            return False
        if asyncio.get_running_loop().time() - self._followed_at > PATIENCE_S:
            self.give_up()
        # What went to a dialog that has been left goes nowhere any more.
        self._on_the_way = [widget for widget in self._on_the_way if widget.is_attached]
        return bool(self._on_the_way)

    def went_elsewhere(self) -> bool:
        """Whether keys are on their way in widgets that have lost the focus since."""
        if not self.on_their_way():
            return False
        aim = self._aim()
        return any(widget is not aim for widget in self._on_the_way)

    def give_up(self) -> None:
        """Wait for no key any longer."""
        self._on_the_way.clear()

    def follow(self, event: events.Key) -> None:
        """Send something after a key, if it went the long way."""
        aim = self._aim()
        if event.is_forwarded and aim.post_message(KeyPassed()):
            self._on_the_way.append(aim)
            self._followed_at = asyncio.get_running_loop().time()

    def passed(self) -> None:
        """Take in that a key has ended its long way."""
        if self._on_the_way:
            self._on_the_way.pop(0)

    def _aim(self) -> Widget:
        return self._app.focused or self._app.screen


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
