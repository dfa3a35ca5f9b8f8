"""Edits of very many highlights, and what takes them back, in slices between the keys. Import late.

Each slice is worked out, shown and written by itself, so that any other key waits for one slice at
most; all slices are one group, which one undo takes back. Esc stops: what was done before stays,
and is said.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.operation import Group, now
from reader.services.annotating import history
from reader.tui.asking import rest
from reader.tui.many import no_search_for_garbage

if TYPE_CHECKING:
    from reader.services.annotating.bulk import Bulk, Gathering
    from reader.services.annotating.edits import Edit
    from reader.services.annotating.history import Reversed
    from reader.services.annotating.reversing import Reversing
    from reader.tui.reading.base import ReadingBase

SLICE = 200
"""Highlights of one slice: well below a tenth of a second in the library."""

FEW = 20
"""So few are done at one go, however busy the machine is."""

PART = 100
"""Highlights that are worked out before keys come: a hundredth of a second."""

PART_S = 0.02
"""How long that may take at most, on a busy machine."""

TELL_EVERY_S = 0.4
"""Pause between two drawings of how far it is and of what has changed."""

PATIENCE_S = 0.3
"""How long it may take before it says how far it is."""

Took = Callable[[Sequence["Edit"]], None]
"""Is told which edits were done, as soon as they are sure to stay."""

REFUSED = "Another window has changed it meanwhile."


class UnderWay:
    """Something that is done in slices on a screen.

    Attributes:
        group: The group that is written, or taken back.
        reverses: Whether it takes something back.
        between: Held while a slice is done; whoever holds it has the memory as the library is.
        stopped: Whether it shall end after the slice that is under way.

    Args:
        screen: The screen.
        group: The group.
        reverses: Whether it takes something back.
    """

    def __init__(self, screen: ReadingBase, group: str, *, reverses: bool) -> None:
        self.group, self.reverses = group, reverses
        self.between = asyncio.Lock()
        self.stopped = False
        self.refused: list[Group] = []
        """Parts that the library has refused, until they are looked after."""
        self.met: set[str] = set()
        """Highlights that another window has changed meanwhile: what waits did not see that."""
        self._screen = screen
        self._ended = asyncio.Event()
        self._told = time.monotonic() + PATIENCE_S - TELL_EVERY_S
        screen.under_way = self

    def stop(self) -> None:
        """Let it end after the slice that is under way."""
        self.stopped = True

    async def ended(self) -> None:
        """Wait until it has ended."""
        await self._ended.wait()

    async def tell(self, summary: str, done: int, total: int) -> None:
        """Say how far it is and draw what has changed, now and then; let keys come first."""
        if time.monotonic() - self._told >= TELL_EVERY_S:
            self._told = time.monotonic()
            words = f"{summary}: {done:,} of {total:,}, Esc stops"
            self._screen.status_bar.set_progress(words)
            self._screen.pane.refresh_marks()
            self._screen.refresh_panel()
        await rest(0)

    def end(self) -> None:
        """Let others go on."""
        self._screen.status_bar.set_progress("")
        self._screen.under_way = None
        self._ended.set()


@asynccontextmanager
async def between_slices(screen: ReadingBase) -> AsyncIterator[None]:
    """Be sure that no slice is under way in the block."""
    work = screen.under_way
    if work is None:
        yield
    else:
        async with work.between:
            yield


def when_ended(screen: ReadingBase, step: Callable[[], None]) -> bool:
    """Do a step in its turn when what is under way has ended; False if nothing is."""
    work = screen.under_way
    if work is None:
        return False

    async def wait() -> None:
        await work.ended()
        screen.turns.take(step)

    screen.work(wait, "waiting", exclusive=False)
    screen.say("It is done when what is under way has ended. Esc stops that.")
    return True


# ---------------------------------------------------------------------- bulk edits


def perform(
    screen: ReadingBase,
    gathering: Gathering,
    total: int,
    tell: Callable[[ReadingBase, Bulk], None],
    at_once_s: float,
    took: Took | None = None,
) -> None:
    """Do a bulk edit at one go if it is worked out within so many seconds, else in slices.

    Args:
        screen: The screen.
        gathering: What is to be done.
        total: Of how many targets it is.
        tell: Says what was done, if it was done to its end.
        at_once_s: How long it may take at one go.
        took: Is told what was done, also if it was not done to its end.
    """
    if gathering.work_for(at_once_s, SLICE, at_least=FEW):
        begin(screen, gathering, total, tell, took)
    elif screen.may_change():
        bulk = gathering.bulk()
        screen.perform_all(bulk)
        if took is not None:
            took(bulk.edits)
        tell(screen, bulk)


def begin(
    screen: ReadingBase,
    gathering: Gathering,
    total: int,
    tell: Callable[[ReadingBase, Bulk], None],
    took: Took | None = None,
) -> None:
    """Do the rest of a bulk edit in slices, from the next turn of the event loop on.

    Args:
        screen: The screen.
        gathering: What may have been begun.
        total: Of how many targets it is.
        tell: Says what was done, if it was done to its end.
        took: Is told what was done, also if it was not done to its end.
    """
    work = UnderWay(screen, gathering.uid, reverses=False)
    screen.work(
        lambda: _do_all(screen, work, gathering, total, tell, took), "under way", exclusive=False
    )


async def _do_all(
    screen: ReadingBase,
    work: UnderWay,
    gathering: Gathering,
    total: int,
    tell: Callable[[ReadingBase, Bulk], None],
    took: Took | None,
) -> None:
    size, more, touched = SLICE, True, list[str]()
    try:
        with no_search_for_garbage():
            while more and not work.stopped and screen.may_change():
                async with work.between:
                    more, parts = await _slice(screen, work, gathering, size)
                    refused = await _refused(screen, work, parts)
                    for part in parts:
                        touched.extend(edit.uid for edit in part.edits)
                        if any(part is other for other in refused):
                            _meet_anew(gathering, part)
                        elif took is not None:
                            took(part.edits)
                more = more or bool(refused)
                size = max(1, len(refused[0]) // 2) if refused else min(SLICE, 2 * size)
                await work.tell(gathering.summary.rpartition(" × ")[0], gathering.done, total)
    finally:
        work.end()
    screen.performed(gathering.kind, touched)
    screen.ask_why(gathering.replaced)
    if more:
        _say_stopped(screen, gathering, total)
    else:
        tell(screen, gathering.bulk())


async def _slice(
    screen: ReadingBase, work: UnderWay, gathering: Gathering, size: int
) -> tuple[bool, list[Bulk]]:
    """Do a slice, some at a time: what was worked out is shown before any key comes.

    Returns:
        Whether there is more to do, and what is on its way to the library.
    """
    parts: list[Bulk] = []
    more, room = True, size
    while more and room > 0 and not work.stopped:
        more = gathering.work_for(PART_S, min(PART, room))
        part = gathering.bulk()
        if part.edits:
            screen.session.apply_all(part.edits)
            screen.saver.save(part.group, quietly=True)
            parts.append(part)
            room -= len(part)
        await rest(0)
    return more, parts


async def _refused(screen: ReadingBase, work: UnderWay, parts: Sequence[Bulk]) -> list[Bulk]:
    """Wait until a slice is saved; return what of it the library has refused, shown as it was."""
    while not await screen.saver.tried() and not work.stopped:
        await rest(0.2)
    groups, work.refused = work.refused, []
    for group in groups:
        was = await screen.database.run(partial(history.state_of, group=group))
        screen.session.take_back(was)
        work.met.update(was.highlights)
    return [part for part in parts if any(part.group is group for group in groups)]


def _meet_anew(gathering: Gathering, part: Bulk) -> None:
    """Go on with smaller slices, until it is known which highlight was refused."""
    if len(part) > 1:
        gathering.give_back(part)
    else:
        gathering.count -= 1
        gathering.leave_out(REFUSED)


def _say_stopped(screen: ReadingBase, gathering: Gathering, total: int) -> None:
    if gathering.count:
        done = f"{gathering.done:,} of {total:,}"
        screen.say_done(f"Stopped after {done}: {gathering.summary} stays.")
    else:
        screen.say("Stopped: nothing has been changed.")


# ---------------------------------------------------------------------- undo and redo


async def take_back(screen: ReadingBase, reversing: Reversing, done: str) -> None:
    """Undo or redo very many changes in slices.

    Args:
        screen: The screen.
        reversing: What is taken back.
        done: What it says when it has ended: ``Undid`` or ``Did again``.
    """
    work = UnderWay(screen, reversing.group, reverses=True)
    found = history.Reversed(reversing.told)
    try:
        with no_search_for_garbage():
            while reversing.more and not work.stopped:
                async with work.between:
                    part = await screen.database.run(reversing.go_on)
                    screen.session.take_back(part)
                    found = _both(found, part)
                screen.saver.note_saved(now())
                await work.tell(f"{done}: {reversing.told}", reversing.done, reversing.total)
    except ReaderError as error:
        if reversing.done:
            error.hint += f" {_part(reversing, done)}"
        screen.say_error(error)
    finally:
        work.end()
    if reversing.settled:
        await screen.show_anew()
    else:
        screen.taken_back(found)
        screen.many_changed()
        screen.facts_changed()
    _say_taken_back(screen, work, reversing, done)


def _say_taken_back(screen: ReadingBase, work: UnderWay, reversing: Reversing, done: str) -> None:
    if not reversing.more:
        screen.say(f"{done}: {reversing.told}")
    elif work.stopped:
        screen.say(f"Stopped. {_part(reversing, done)}")


def _part(reversing: Reversing, done: str) -> str:
    steps = f"{reversing.done:,} of {reversing.total:,} steps of {reversing.told}"
    return f"{done}: {steps}. The same key goes on."


def _both(found: Reversed, part: Reversed) -> Reversed:
    """Return what is to be shown of what was taken back so far, without the highlights."""
    return replace(
        found,
        said=found.said or part.said,
        beside=found.beside | (frozenset(part.highlights) if part.said else part.beside),
    )
