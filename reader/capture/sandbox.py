"""Runs the parsers of foreign formats in a child process that may hang, crash, or eat memory.

The child has 1.5 GB of address space and 20 seconds of computing for each source; after 30 seconds
by the clock it is ended from here, which is what holds on systems that know no such limits. A long
document that reports progress, such as a PDF of thousands of pages, has as much again from there,
up to five times in all. One child does one source after the other; one that failed in a way of its
own making is not used again.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reader.capture import framing
from reader.capture.extractors import MB, Extractor, extractor_of
from reader.capture.source import Report, Source, quiet
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import Cancelled, InputError
from reader.domain.records import dataclass

_CODE = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from reader.capture.sandbox_child import main; main()"
)
_CLOCKS = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGALRM")} - {0}
"""Exit statuses of a child that was ended because its time was over."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take for one source.

    Attributes:
        memory: Bytes of address space.
        cpu_s: Seconds of computing.
        wall_s: Seconds by the clock.
        times: How often as much is allowed, as long as there is progress.
    """

    memory: int = 1_500_000_000
    cpu_s: int = 20
    wall_s: float = 30.0
    times: int = 5


class _Watch:
    """Calls something when the time is over; progress gives more of it.

    Args:
        limits: How much, and how often.
        over: Is called in a thread of its own.
    """

    def __init__(self, limits: Limits, over: Callable[[], None]) -> None:
        self._wall_s = limits.wall_s
        self._last = time.monotonic() + limits.times * limits.wall_s
        self._over = over
        self.goes_on()
        self._arm()

    def goes_on(self) -> None:
        """Give as much time again from now on, within what is allowed in all."""
        self._until = min(self._last, time.monotonic() + self._wall_s)

    def cancel(self) -> None:
        """Stop watching."""
        self._timer.cancel()

    def _arm(self) -> None:
        self._timer = threading.Timer(max(0.0, self._until - time.monotonic()), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        if time.monotonic() < self._until:
            self._arm()
        else:
            self._over()


class Sandbox:
    """A child process that extracts articles from foreign formats; made when first needed.

    Used from one thread; only :meth:`cancel` may be called from another.

    Args:
        limits: What the child may take for one source.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._ends: list[Callable[[], None]] = []
        self._late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def extract(self, kind: str, source: Source, report: Report = quiet) -> ArticleDraft:
        """Return the draft of a source; its raw bytes and origin are the caller's to fill in.

        Args:
            kind: A key of :data:`reader.capture.extractors.EXTRACTORS`.
            source: What is to be read.
            report: Told of progress, in this thread.

        Raises:
            InputError: It cannot be read: damaged, locked, without text, over a limit.
            Cancelled: Somebody cancelled it.
        """
        found = self._run(kind, source, report)
        if isinstance(found, ArticleDraft):
            return found
        raise self._reason(source.name, extractor_of(kind))

    def listing(self, kind: str, source: Source, report: Report = quiet) -> dict[str, Any]:
        """Return what a feed, or a list of feeds, lists: see the module that parses it.

        Args:
            kind: A key of :data:`reader.capture.extractors.LISTS`.
            source: What is to be read.
            report: Told of progress, in this thread.

        Raises:
            InputError: It cannot be read.
            Cancelled: Somebody cancelled it.
        """
        found = self._run(kind, source, report)
        if isinstance(found, dict):
            return found
        raise self._reason(source.name, extractor_of(kind))

    def _run(self, kind: str, source: Source, report: Report) -> ArticleDraft | dict[str, Any]:
        extractor = extractor_of(kind)
        if len(source.raw) > extractor.limit:
            raise InputError(
                f"{source.name} is larger than {extractor.limit // MB} MB, the limit for "
                f"{extractor.called}.",
                "Split it into parts and add those.",
            )
        try:
            return self._ask(kind, source, report)
        except InputError:
            raise
        except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
            raise self._reason(source.name, extractor) from error
        except BaseException:  # interrupted: what the child still says belongs to nobody
            self._drop()
            raise

    @property
    def cancelled(self) -> bool:
        """Whether no more work is wanted."""
        return self._cancelled

    def cancel(self) -> None:
        """End what is running, and refuse what comes; from any thread."""
        with self._lock:
            self._cancelled = True
            if self._child is not None:
                self._child.kill()
            for end in self._ends:
                end()

    @contextlib.contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Let being cancelled end something else as well while the block runs, such as a fetch.

        Args:
            end: Ends it; called from any thread.
        """
        with self._lock:
            self._ends.append(end)
            if self._cancelled:
                end()
        try:
            yield
        finally:
            with self._lock:
                self._ends.remove(end)

    def close(self) -> None:
        """End the child."""
        self._drop()

    def _ask(self, kind: str, source: Source, report: Report) -> ArticleDraft | dict[str, Any]:
        child = self._started()
        assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018 - pipes
        self._late = False
        watch = _Watch(self._limits, lambda: self._too_late(child))

        def told(done: int, total: int) -> None:
            watch.goes_on()
            report(done, total)

        try:
            framing.write_request(child.stdin, kind, source)
            head = framing.read_head(child.stdout, told)
            if "listing" in head:
                return dict(head["listing"])
            if "error" not in head:
                return framing.read_draft(child.stdout, head)
        finally:
            watch.cancel()
        if head["error"] == "input":
            raise InputError(str(head["message"]), str(head["hint"]))
        self._drop()  # it may have leaked, or be in disorder
        raise _failed(source.name, extractor_of(kind), _WORDS.get(head["error"], _WORDS["damage"]))

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the child.

        Raises:
            Cancelled: No more work is wanted.
        """
        with self._lock:
            if self._cancelled:
                raise Cancelled("Reading was cancelled.")
            if self._child is None:
                self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                    [sys.executable, "-I", "-c", _CODE, str(Path(__file__).parents[2]),
                     str(self._limits.memory), str(self._limits.cpu_s),
                     str(int(self._limits.wall_s) + 5), str(self._limits.times)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the parent to deal with
                )  # fmt: skip
            return self._child

    def _too_late(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

    def _reason(self, name: str, extractor: Extractor) -> InputError | Cancelled:
        """Return why the child has ended."""
        code = self._drop(patience_s=0.5)
        if self._cancelled:
            return Cancelled("Reading was cancelled.")
        if self._late or code in _CLOCKS:
            return _failed(name, extractor, _WORDS["time"])
        return _failed(name, extractor, _WORDS["crash"])

    def _drop(self, patience_s: float = 0.0) -> int | None:
        """End the child and return its exit status, negative for a signal.

        Args:
            patience_s: How long to wait for it to end by itself, which tells why it did.
        """
        with self._lock:
            child, self._child = self._child, None
        if child is None:
            return None
        try:
            code = child.wait(patience_s)
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was to be written is lost on the dead
                    pipe.close()
        return code


_WORDS = {
    "damage": "it is damaged, or not really {called}",
    "memory": "reading it takes more memory than is allowed (1.5 GB)",
    "time": "reading it takes too long",
    "crash": "its parser broke down over it: it is damaged, or made to do harm",
}


def _failed(name: str, extractor: Extractor, why: str) -> InputError:
    reason = why.format(called=extractor.called)
    return InputError(f"{name} cannot be read: {reason}.", extractor.instead)
