"""Waits until an app has nothing to do, without giving each of its widgets something to do.

`Pilot.pause` has every widget of a screen work off a message of its own, five times for every key
that a test presses: half of the time that the tests took. Looking whether the queues are empty
tells the same.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump

SECONDS = 30
"""How long something may have to do, as in Textual."""

TURNS = 3
"""Turns of the event loop without anything to do: what is called soon has been called by then."""


async def idle(app: App[Any]) -> None:
    """Wait until nobody on the screen has a message to work off; then have Textual draw.

    A failure of the app ends the waiting: `run_test` raises it.

    Raises:
        TimeoutError: There was something to do all the time.
    """
    async with asyncio.timeout(SECONDS):
        quiet = 0
        while quiet < TURNS and not app._exception_event.is_set():
            await asyncio.sleep(0)
            quiet = 0 if any(map(_busy, _pumps(app))) else quiet + 1
    if app.screen_stack:
        app.screen._on_timer_update()


def _pumps(app: App[Any]) -> list[MessagePump]:
    """Return what has a queue and matters: the app, and what is on the screen."""
    return [app, *app.screen.walk_children(with_self=True)] if app.screen_stack else [app]


def _busy(pump: MessagePump) -> bool:
    """Return whether there is a message or one is being worked off: nobody waits for the next."""
    if pump._closed or pump._task is None or pump._task.done():
        return False
    queue = pump._message_queue
    return bool(queue.values) or not queue.ready_event._waiters
