"""The one thread that owns the writing library; the interface awaits it and never blocks on it."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from reader.storage.connection import worded
from reader.storage.library import Library

T = TypeVar("T")

Ended = Callable[[Any, BaseException | None], object]
"""Called with a job's result, or with why it has none."""


_HANGING_S = 1.0
"""How long a job that hangs is waited for at the end."""


class _Told:
    """Has the event loop told of a job's end; for the thread it is a future."""

    def __init__(self, ended: Ended) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = ended

    def set_running_or_notify_cancel(self) -> bool:
        return True

    def set_result(self, result: object) -> None:
        self._tell(result, None)

    def set_exception(self, error: BaseException) -> None:
        self._tell(None, error)

    def _tell(self, result: object, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._ended, result, error)


_Job = tuple[Callable[[Library], Any], "Future[Any] | _Told"]


class Database:
    """Runs functions of a library one after the other, in the order in which they were given.

    The thread starts at once, so that the library is opened while the interface is imported. If it
    cannot be opened, each job fails with the reason, and the next one tries again. One that can be
    read and not written is opened for reading only.

    Attributes:
        path: The library's file.
        read_only: Whether it can only be read; known once the first job was done.

    Args:
        path: The library's file.
        only_read: Open it for reading only, beside the thread that writes.
        told: Is told, in the thread, how far bringing an older library up to date is.
    """

    def __init__(
        self,
        path: Path,
        *,
        only_read: bool = False,
        told: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.path = path
        self._tell = told
        self.read_only = self._only_read = only_read
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self.hangs = False
        """Whether a job has not ended for so long that nobody waits for it any more."""
        self._library: Library | None = None
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Library], T]) -> Future[T]:
        """Queue a job and return its future; for callers outside the event loop.

        After :meth:`close` it is cancelled at once.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                future.cancel()
            else:
                self._jobs.put((job, future))
        return future

    async def run(self, job: Callable[[Library], T]) -> T:
        """Queue a job and wait for its result, without holding up the event loop.

        Raises:
            ReaderError: Whatever the job raises; an error of SQLite comes as a StorageError.
        """
        return await asyncio.wrap_future(self.submit(job))

    def tell(self, job: Callable[[Library], T], ended: Ended) -> None:
        """Queue a job and have something called on the event loop when it has ended.

        For what many keys do: a future for the thread, and another one for the task that awaits
        it, take longer than the job. After :meth:`close` nothing is done.
        """
        with self._lock:
            if not self._closed:
                self._jobs.put((job, _Told(ended)))

    def now(self, job: Callable[[Library], T]) -> T:
        """Wait for a job where the caller cannot await it, from any thread.

        Raises:
            ReaderError: Whatever the job raises.
        """
        if threading.current_thread() is self._thread and self._library is not None:
            return job(self._library)
        return self.submit(job).result()

    def close(self) -> None:
        """Do what is queued, close the library, and end the thread; one that hangs is left."""
        self.end()
        self._thread.join(_HANGING_S if self.hangs else None)

    def end(self) -> None:
        """Do the same without waiting for it."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)

    def _told(self, words: str) -> None:
        """Tell how far the library is, or have that ended: whoever waited has left."""
        if self._closed and words:
            raise KeyboardInterrupt
        self._tell(words)

    def _work(self) -> None:
        library: Library | None = None  # this thread's own
        while (entry := self._jobs.get()) is not None:
            job, future = entry
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if library is None:
                    library = (
                        Library(self.path, read_only=True)
                        if self._only_read
                        else Library.for_reading(self.path, told=self._told)
                    )
                    self.read_only = library.read_only
                    self._library = library
                with worded(self.path, others_too=True):
                    result = job(library)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            del entry, job, future  # nothing is kept alive while the thread waits
        if library is not None:
            library.close()
