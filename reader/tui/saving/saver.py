"""Commits what the user does, in order, behind the screen, and tells how that stands."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import (
    ChangeRefused,
    DatabaseGone,
    DatabaseReadOnly,
    ReaderError,
    StorageError,
)
from reader.domain.operation import Group
from reader.storage.library import Library
from reader.tui.saving.database import Database

if TYPE_CHECKING:
    from reader.tui.saving.rescuing import Rescuing

RETRY_SECONDS = 1.0
"""Pause before a failed save is tried again."""

SLOW_S = 3.0
"""After so long, and at most twice as long, a save that has not ended counts as not saved."""

_END_S = 10.0
"""How long the last save may take when the program has been left."""

_BATCH = 64


class SaveState(Enum):
    """How saving stands."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "failed"
    READ_ONLY = "read-only"


READ_ONLY = "The library is open for reading only: nothing can be changed."
"""Why a key that changes something does nothing."""


class Saver:
    """A queue of groups on their way into the log.

    What cannot be saved stays in the queue and is tried again; what the library refuses for good
    (not for want of a lock or of room) is handed back.

    Args:
        database: The database thread.
        changed: Called with the new state and, for NOT_SAVED, the reason.
        refused: Called with a group that can never be saved, and why.
        rescued: Called with the file that what cannot be saved is kept in from now on, or with why
            there is none.
    """

    def __init__(
        self,
        database: Database,
        changed: Callable[[SaveState, StorageError | None], None],
        refused: Callable[[Group, ReaderError], None],
        rescued: Callable[[Path | None, ReaderError | None], None] = lambda path, error: None,
    ) -> None:
        self._database = database
        self._changed = changed
        self._refused = refused
        self._rescued = rescued
        self._rescue: Rescuing | None = None
        self.copy: Path | None = None
        """Where the library was copied to when its file was found to be gone."""
        self._waiting: deque[Group] = deque()
        self._afterwards: list[Callable[[Library], None]] = []
        self._batch: tuple[Group, ...] = ()
        self._busy = False
        self._task: asyncio.Task[None] | None = None
        self._look: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._tried = asyncio.Event()
        self.state = SaveState.READ_ONLY if database.read_only else SaveState.SAVED
        self.actions = 0
        """How many actions have come so far: what was read before the last is not what holds."""
        self.outdates: Callable[[], None] | None = None
        """Called once, with the next change: what was said of the one before holds no more."""
        self.last_saved: str | None = None
        """Time of the last COMMIT, ISO 8601, or None."""

    @property
    def pending(self) -> int:
        """How many actions are not in the library yet."""
        return len(self._waiting)

    def save(self, group: Group, *, quietly: bool = False) -> None:
        """Queue a group; one without changes is nothing to save.

        In a library that is open for reading only nothing is queued: the group is handed back.

        Args:
            group: The group.
            quietly: How far it is is told elsewhere; the state is only changed if it fails.
        """
        if not group.changes:
            return
        if self.state is SaveState.READ_ONLY:
            self._refused(group, DatabaseReadOnly(READ_ONLY))
            return
        self._waiting.append(group)
        self.actions += 1
        if self.outdates is not None:
            outdated, self.outdates = self.outdates, None
            outdated()
        if self.failing:
            self.rescue.changed()
        if not quietly and self.state is SaveState.SAVED:
            self._set(SaveState.SAVING)
        if not self._busy:
            self._busy = True
            loop = asyncio.get_running_loop()
            # Behind the frame that shows it: drawing and committing at once hinder each other.
            loop.call_soon(self._commit)
            if self._look is None:
                self._look = loop.call_later(SLOW_S, self._see_that_it_ends, ())

    def afterwards(self, job: Callable[[Library], None]) -> None:
        """Have something done in the library as soon as all that waits is saved, also at the end.

        Nothing tells of its failing, so that nothing may be lost by it.
        """
        self._afterwards.append(job)
        self._go_on_afterwards()

    def _go_on_afterwards(self) -> None:
        if not self._waiting:
            jobs, self._afterwards = self._afterwards, []
            for job in jobs:
                self._database.submit(job)

    @property
    def failing(self) -> bool:
        """Whether the last try to save failed."""
        return self.state is SaveState.NOT_SAVED

    # ------------------------------------------------------------------ what cannot be saved

    @property
    def rescue(self) -> Rescuing:
        """The file for what cannot be saved."""
        if self._rescue is None:
            from reader.tui.saving.rescuing import Rescuing  # late: seldom needed

            self._rescue = Rescuing(self._database.path, lambda: self._waiting, self._rescued)
        return self._rescue

    @property
    def rescue_file(self) -> Path | None:
        """Where what cannot be saved is kept, if something is."""
        return self._rescue.path if self._rescue else None

    def drop_draft(self, where: tuple[str, str, int, int], kind: str = "note") -> None:
        """Forget a note or a form that is no longer typed, if it was kept in the rescue file."""
        if self._rescue is not None:
            self._rescue.drop_draft(where, kind)

    def rescued_draft(self, where: tuple[str, str, int, int], kind: str = "note") -> str | None:
        """Return what the rescue file has of what was being typed."""
        return self._rescue.draft(where, kind) if self._rescue else None

    def finish(self) -> None:
        """Save what waits, or see that it is in the rescue file; blocks, for after the loop's end.

        Raises:
            ReaderError: Neither can be done.
        """
        groups = tuple(self._waiting)
        if groups and not self.failing:
            with suppress(Exception):  # then it goes where the next start offers it from
                self._database.submit(_rest_committer(groups)).result(_END_S)
                self._waiting.clear()
        self._go_on_afterwards()
        if self._waiting or self._rescue is not None:
            self.rescue.finish()

    # ------------------------------------------------------------------ how it stands

    def note_saved(self, at: str) -> None:
        """Take in that something was saved by another way than this queue."""
        self.actions += 1
        self.last_saved = at

    def local_time(self) -> str:
        """Return when the last save was, as the user's clock shows it."""
        if self.last_saved is None:
            return "–"
        return f"{datetime.fromisoformat(self.last_saved).astimezone():%H:%M:%S}"

    async def settled(self) -> None:
        """Wait until nothing is queued any more."""
        while self._busy:
            self._tried.clear()
            await self._tried.wait()

    async def tried(self) -> bool:
        """Wait until everything is saved or a try has failed; return whether all is saved."""
        while self._busy and not self.failing:
            self._tried.clear()
            await self._tried.wait()
        return not self.failing

    def retry_now(self) -> None:
        """Try a failed save again without waiting for the pause to end."""
        self._wake.set()

    # ------------------------------------------------------------------ on the way

    def _commit(self) -> None:
        self._batch = tuple(islice(self._waiting, _BATCH))
        self._database.tell(_committer(self._batch), self._ended)

    def _see_that_it_ends(self, seen: tuple[Group, ...]) -> None:
        """Look whether the save that was under way some time ago still is; a disk may hang.

        SQLite cannot be told to give up then. What waits is kept elsewhere meanwhile.
        """
        self._look = None
        if not self._busy or self.failing:
            return
        if seen and self._batch is seen:
            self._database.hangs = True
            self._set(SaveState.NOT_SAVED, _slow(self._database.path))
            self.rescue.changed()
        else:
            loop = asyncio.get_running_loop()
            self._look = loop.call_later(SLOW_S, self._see_that_it_ends, self._batch)

    def _ended(self, at: str | None, error: BaseException | None) -> None:
        """Go on with what waits; what failed is for a task, which may have to pause."""
        self._database.hangs = False
        if error is not None:
            self._task = asyncio.create_task(self._insist(error))
            return
        self._take_off(at)
        if self._waiting:
            self._commit()
        else:
            self._end()

    def _take_off(self, at: str | None) -> None:
        self.last_saved = at
        for _ in self._batch:
            self._waiting.popleft()

    def _end(self) -> None:
        self._busy = False
        self._go_on_afterwards()
        if self.state is SaveState.SAVED:
            self._tried.set()
        else:
            self._set(SaveState.SAVED)
        if self._rescue is not None:
            self._rescue.give_back(self._database)
            self._rescue.changed()

    async def _insist(self, error: BaseException | None) -> None:
        """Try again and again to save what waits, from a try that has failed."""
        size = _BATCH
        try:
            while error is not None or self._waiting:
                if isinstance(error, StorageError) and not isinstance(error, ChangeRefused):
                    await self._pause(error)
                elif error is not None and not isinstance(error, ReaderError):
                    await self._pause(_unforeseen(error))  # what waits is kept, whatever it is
                elif error is not None and len(self._batch) == 1:
                    self._refused(self._waiting.popleft(), error)
                elif error is not None:
                    size = 1  # one of them is refused; find out which
                error = await self._try(size) if self._waiting else None
        finally:
            self._busy = False  # so that the next action is not left waiting
        self._end()

    async def _try(self, size: int) -> Exception | None:
        """Save some of what waits; return why that failed, if it did."""
        self._batch = tuple(islice(self._waiting, size))
        try:
            self._take_off(await self._database.run(_committer(self._batch)))
        except Exception as error:
            return error
        return None

    async def _pause(self, error: StorageError) -> None:
        if isinstance(error, DatabaseGone):
            error = await self._with_copy(error)
        self._set(SaveState.NOT_SAVED, error)
        self.rescue.changed()
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), RETRY_SECONDS)
        except TimeoutError:
            return

    async def _with_copy(self, error: DatabaseGone) -> DatabaseGone:
        """Copy what is open while it can be read: a deleted file is there until it is closed."""
        if self.copy is None:
            from reader.services.care.gone import copy_of_gone  # late: seldom needed

            try:
                self.copy = await self._database.run(copy_of_gone)
            except ReaderError as failure:
                return DatabaseGone(
                    f"{error.message} It cannot be copied either: {failure.message}",
                    "Leave reader open: what was saved can be copied as long as it is. That is "
                    "tried again and again; or put the file and its folder back.",
                )
        said = f"A copy with all that was saved is {self.copy}."
        return DatabaseGone(f"{error.message} {said}", error.hint)

    def _set(self, state: SaveState, error: StorageError | None = None) -> None:
        self.state = state
        self._tried.set()
        self._changed(state, error)


def _slow(path: Path) -> StorageError:
    return StorageError(
        f"Saving in {path} has been under way for seconds and does not end.",
        "If it lies on a network mount or an external disk, see that it is connected. As soon as "
        "the disk answers, saving goes on.",
    )


def _unforeseen(error: BaseException) -> StorageError:
    said = f"{type(error).__name__}: {error}"
    return StorageError(f"Saving failed ({said}).", "Run `reader doctor`, and report it.")


def _committer(groups: tuple[Group, ...]) -> Callable[[Library], str]:
    return lambda library: library.log.commit(*groups, guarded=True)


def _rest_committer(groups: tuple[Group, ...]) -> Callable[[Library], None]:
    """Return what commits groups of which some may have been committed a moment ago."""

    def commit(library: Library) -> None:
        for group in groups:
            if not library.log.has(group):
                library.log.commit(group, guarded=True)

    return commit
