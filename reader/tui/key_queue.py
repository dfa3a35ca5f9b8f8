"""Gives keys one after the other: none before the one in front of it has been everywhere.

A key climbs from widget to widget as a message, and what it does there may be a message again, or
move the focus, or open a screen. Textual gives the next key meanwhile: to the field that had the
focus. Here it waits until nothing on the screen has anything in hand, so that keys sent in one
piece do what they do one by one. What the key does beside its handlers, in a worker, is waited for
where it says so (:meth:`KeyQueue.hold_while`). More than one may hold keys at a time, such as a
command that the palette runs: each lets go for itself alone, and the last one gives them.

So do keys typed right after a click: they wait for all that it leads to. A click itself does not
wait, because it is meant for what is seen.

Keys that are commands in the article are done at once by `reader.tui.quick_keys` and wait for
nothing; they come here only behind a key that does.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual import events
from textual.message_pump import MessagePump
from textual.worker import Worker

from reader.tui.reading.screen import ReadingScreen
from reader.tui.undocumented import busy_pump, is_busy, nothing_else_is_due, when_ended

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

Typed = events.Key | events.Paste
"""What comes from the keyboard, and keeps its order."""

AT_ONCE = 40
"""So often everything that is due is let go first, before one looks whether that was all."""

PAUSE_S = 0.004
"""Pause before one looks again, if somebody waits for something."""

PATIENCE = 250
"""So often one looks again for one key: about a second. What takes longer is not waited for."""

ESCAPABLE_S = 1.0
"""After so long Esc does not wait for what keys are held for."""

HELD_S = 10.0
"""After so long nothing comes of what keys were held for; they are dropped, and that is told."""

TOO_LATE = f"What keys were waiting for has not come in {HELD_S:.0f} seconds: they were dropped."


class KeyQueue:
    """The keys that have been typed and not been given yet.

    Args:
        app: The app, which every key comes to.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._waiting: deque[Typed] = deque()
        self._holders: set[object] = set()
        """Those that are about to change what keys mean, so that none is given."""
        self._under_way = False
        self._given: Typed | None = None
        self._looks = 0
        self._stuck: WeakSet[MessagePump] = WeakSet()
        """Those that were waited for in vain; nobody waits for them again before they go on."""
        self._held_since = 0.0
        self._held_too_long: asyncio.TimerHandle | None = None

    @property
    def held(self) -> bool:
        """Whether what keys mean is about to change, so that none is given."""
        return bool(self._holders)

    @property
    def at_rest(self) -> bool:
        """Whether every key that was typed has been everywhere."""
        return not (self._holders or self._under_way or self._given or self._waiting)

    def waits(self, event: Typed) -> bool:
        """Whether something typed has to wait for its turn; it is kept until then."""
        if event is self._given:
            self._given = None
            if not self._holders:
                return False
            self._waiting.appendleft(event)
            return True
        if not (self._holders or self._under_way or self._given or self._waiting):
            return False
        if self._holders and isinstance(event, events.Key):
            if event.key == "escape" and self._stopped():
                return True
            if self._has_priority(event.key):
                return False
        self._waiting.append(event)
        return True

    def follow(self) -> None:
        """Let the next one wait until the one just given has been everywhere."""
        self._looks = 0
        if self._stuck:
            self._stuck = WeakSet(filter(is_busy, self._stuck))
        if not self._under_way:
            self._under_way = True
            asyncio.get_running_loop().call_soon(self._look)

    def go_on(self) -> None:
        """Give the next one, if nothing stands in its way."""
        if self._waiting and not (self._holders or self._under_way or self._given):
            self._given = self._waiting.popleft()
            self._app.post_message(self._given)

    def _look(self) -> None:
        """Give the next one if the one before has been everywhere; else look again."""
        if not self._app.screen_stack:  # the app has ended
            return
        screen, loop = self._app.screen, asyncio.get_running_loop()
        self._looks += 1
        if self._looks <= AT_ONCE and not nothing_else_is_due(loop):
            loop.call_soon(self._look)
            return
        busy = busy_pump(self._app, self._stuck)
        on_its_way = busy or (isinstance(screen, ReadingScreen) and screen.between_modes)
        if on_its_way and self._looks <= AT_ONCE + PATIENCE:
            loop.call_later(PAUSE_S, self._look)  # for a frame, a file, another thread
        else:
            if busy is not None:
                self._stuck.add(busy)
            self._under_way = False
            self.go_on()

    # ------------------------------------------------------------------ held

    def _stopped(self) -> bool:
        """Let Esc stop what keys are held for, or else, after a second, that they are held.

        Returns whether that is all that it is for.
        """
        screen = self._app.screen
        if isinstance(screen, ReadingScreen) and screen.stop_search():
            return True
        if getattr(screen, "works", False):
            self.forget()
        elif asyncio.get_running_loop().time() > self._held_since + ESCAPABLE_S:
            self._let_all_go()
        return False

    def _has_priority(self, key: str) -> bool:
        """Whether a key is not for what is to come: it stops what is done, leaves the program."""
        if key == "escape" and getattr(self._app.screen, "works", False):
            return True
        return any(item.priority for item in self._app._bindings.key_to_bindings.get(key, ()))

    def hold(self, by: object) -> None:
        """Give nothing from now on, because what keys mean is about to change.

        Args:
            by: Who changes it, and has to let go.
        """
        self._holders.add(by)
        self._begin_to_wait()

    def hold_while(self, worker: Worker[Any]) -> None:
        """Hold keys until a worker lets go, or has ended, however it did."""
        self.hold(worker)
        when_ended(worker, partial(self.let_go, worker))

    def is_held_by(self, one: object) -> bool:
        """Whether somebody holds keys now."""
        return one in self._holders

    def let_go(self, by: object) -> None:
        """Hold keys no longer, if one did.

        If nobody else does, what was typed meanwhile is given, as soon as everything is in its
        place.
        """
        if by in self._holders:
            self._holders.remove(by)
            if not self._holders:
                self._cancel()
                self.follow()

    def forget(self) -> None:
        """Drop what was typed: what it was typed for is not going to happen."""
        self._waiting.clear()

    def _let_all_go(self) -> None:
        """Drop what was typed, and wait for nobody that holds keys."""
        self.forget()
        self._holders.clear()
        self._cancel()
        self.follow()

    def _begin_to_wait(self) -> None:
        self._cancel()
        loop = asyncio.get_running_loop()
        self._held_since = loop.time()
        self._held_too_long = loop.call_later(HELD_S, self._give_up)

    def _cancel(self) -> None:
        if self._held_too_long is not None:
            self._held_too_long.cancel()
            self._held_too_long = None

    def _give_up(self) -> None:
        """Hold keys no longer for something that does not come."""
        if not self._app.screen_stack:  # the app has ended
            return
        screen = self._app.screen
        searches = isinstance(screen, ReadingScreen) and screen.searches_far
        if searches or getattr(screen, "works", False):
            self._begin_to_wait()  # it says how far it is, and that Esc stops it
            return
        if self._waiting:
            self._app.notify(TOO_LATE, severity="warning", markup=False)
        self._let_all_go()
