"""Waits until an app has nothing to do, without giving each of its widgets something to do.

`Pilot.pause` has every widget of a screen work off a message of its own, five times for every key
that a test presses: half of the time that the tests took. Looking whether the queues are empty
tells the same.

What an app does later, or beside the event loop, is in no queue: a worker, a job of another thread,
what waits until one pauses. A test that does not wait for it passes on a machine that is fast
enough, so :func:`under_way` looks for all of it, whoever began it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump

from reader.storage.library import Library
from reader.tui.at_rest import Clock
from reader.tui.saving.database import Database, Ended

T = TypeVar("T")

SECONDS = 30
"""How long something may have to do, as in Textual."""

TURNS = 3
"""Turns of the event loop without anything to do: what is called soon has been called by then."""

SOON_S = 0.1
"""What is to be done within so long is waited for; what is to come later is not."""

AT_REST_S = 0.4
"""The same for what the app does when one pauses, which a test may have put off for longer."""

FOR_EVER = frozenset({"watch", "rescue"})
"""Groups of workers that end with the app, or when nobody types any more."""


BEHIND_WORK = FOR_EVER | {"dialog", "fetch", "palette"}
"""Groups of those that have a dialog show how far they are."""


DRAWING = "drawing"
"""What goes on until :func:`idle` has it drawn."""


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
        before = active_app.set(app)  # it may be another one's turn, if there are two
        app.screen._on_timer_update()
        active_app.reset(before)


def _pumps(app: App[Any]) -> list[MessagePump]:
    """Return what has a queue and matters: the app, and what is on the screen."""
    return [app, *app.screen.walk_children(with_self=True)] if app.screen_stack else [app]


def _busy(pump: MessagePump) -> bool:
    """Return whether there is a message or one is being worked off: nobody waits for the next."""
    if pump._closed or pump._task is None or pump._task.done():
        return False
    queue = pump._message_queue
    return bool(queue.values) or not queue.ready_event._waiters


# ---------------------------------------------------------------------- later, or elsewhere


def under_way(app: App[Any], database: CountedDatabase) -> str:
    """Say what goes on, or will soon, though nobody has a message to work off; empty if nothing."""
    if app._exception_event.is_set() or app._exit or not app.screen_stack:
        return ""
    if getattr(app.screen, "works", False):  # whoever looks how far it is wants to see that
        groups = (item.group for item in app.workers if not item.is_finished)
        return next((f"worker {group}" for group in groups if group not in BEHIND_WORK), "")
    if database.elsewhere:
        return "another thread"
    screen = app.screen
    if screen._callbacks or screen._layout_required or screen._dirty_widgets:
        return DRAWING
    for worker in app.workers:
        if not worker.is_finished and worker.group not in FOR_EVER and not _asks(app, worker._task):
            return f"worker {worker.group}"
    return next(_due_soon(app), "")


def _asks(app: App[Any], task: asyncio.Task[Any] | None) -> bool:
    """Return whether a task waits for the answer to a dialog that is open."""
    answers = {each.future for screen in app.screen_stack for each in screen._result_callbacks}
    return _waits_for(task) in answers - {None}


def _waits_for(task: object) -> object:
    """Return what a task waits for in the end."""
    while isinstance(task, asyncio.Task):
        task = task._fut_waiter  # type: ignore[attr-defined]  # its inside
    return task


def _due_soon(app: App[Any]) -> Iterator[str]:
    """Yield what the event loop is to do soon, but for what it does again and again."""
    loop: Any = asyncio.get_running_loop()
    now = loop.time()
    due = [
        item
        for item in loop._scheduled
        if not item._cancelled and item._when - now < (AT_REST_S if _at_rest(item) else SOON_S)
    ]
    if not due:
        return
    again = {_waits_for(timer._task) for pump in _pumps(app) for timer in _lasting(pump)}
    again |= {_waits_for(it._task) for it in app.workers if it.group in FOR_EVER}
    for item in due:
        if not (item._args and item._args[0] in again):
            yield f"timer {item}"


def _at_rest(due: Any) -> bool:
    """Return whether something due is what waits until one pauses."""
    return isinstance(getattr(due._callback, "__self__", None), Clock)


def _lasting(pump: MessagePump) -> list[Any]:
    """Return the timers of a widget that tell no end of something, or only that of a message."""
    lasts = type(pump).__name__ == "Toast"
    return [timer for timer in pump._timers if timer._repeat is None or lasts]


class CountedDatabase(Database):
    """A library's thread of which one can tell whether somebody waits for it.

    Attributes:
        in_hand: Jobs whose end the event loop has not heard of yet.
    """

    in_hand = 0

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._threads = Threads()

    @property
    def elsewhere(self) -> int:
        """How many jobs other threads have, this one's or any other."""
        return self.in_hand + self._threads.in_hand

    async def run(self, job: Callable[[Library], T]) -> T:
        """Count a job while it is awaited."""
        self.in_hand += 1
        try:
            return await super().run(job)
        finally:
            self.in_hand -= 1

    def tell(self, job: Callable[[Library], T], ended: Ended) -> None:
        """Count a job until its end is told."""

        def told(result: Any, error: BaseException | None) -> None:
            self.in_hand -= 1
            ended(result, error)

        self.in_hand += 1
        super().tell(job, told)


class Threads:
    """Counts what the running event loop has given to other threads.

    Attributes:
        in_hand: What has not come back.
    """

    def __init__(self) -> None:
        loop: Any = asyncio.get_running_loop()
        self.in_hand = 0
        self._run = loop.run_in_executor
        loop.run_in_executor = self._counted

    def _counted(self, executor: Any, job: Callable[..., Any], *given: Any) -> Any:
        future = self._run(executor, job, *given)
        self.in_hand += 1
        future.add_done_callback(self._ended)
        return future

    def _ended(self, _future: object) -> None:
        self.in_hand -= 1
