"""The child process that parses foreign formats; started by ``sandbox``, see ``framing``.

Its arguments are the folder of the package, bytes of memory, seconds of computing, seconds by the
clock, and how often as much is allowed. It ends when its parent does, and of its own when a source
takes too long.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import IO, Any

from reader.capture import framing
from reader.capture.extractors import extractor_of
from reader.capture.source import Report, Source
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError

_BETWEEN_REPORTS_S = 0.1

Extract = Callable[[Source, Report], ArticleDraft | dict[str, Any]]
"""What parses a format."""


def main() -> None:
    """Answer requests until there are no more."""
    memory, cpu_s, wall_s, times = map(int, sys.argv[2:6])
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _settle(memory)
    while True:
        try:
            kind, given = framing.read_request(source)
        except EOFError:
            return
        extract = importlib.import_module(extractor_of(kind).module).extract
        clocks = _Clocks(cpu_s, wall_s, times)
        _answer(sink, extract, given, clocks)
        _alarm(0)
        gc.collect()


def _answer(sink: IO[bytes], extract: Extract, given: Source, clocks: _Clocks) -> None:
    """Write the draft of a source, or what is wrong with it."""
    try:
        found = extract(given, _Reports(sink, clocks))
        if isinstance(found, ArticleDraft):
            framing.write_draft(sink, found)
        else:
            framing.write_listing(sink, found)
    except InputError as error:
        framing.write_error(sink, "input", error.message, error.hint)
    except MemoryError:
        framing.write_error(sink, "memory", "")
    except Exception as error:
        framing.write_error(sink, "damage", repr(error)[:500])


class _Reports:
    """Tells the parent of progress, ten times a second at most."""

    def __init__(self, sink: IO[bytes], clocks: _Clocks) -> None:
        self._sink, self._clocks = sink, clocks
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS_S or done == total:
            self._last = now
            self._clocks.go_on()
            framing.write_progress(self._sink, done, total)


def _settle(memory: int) -> None:
    """Limit memory, leave no core file, and let the parent's work go first."""
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        import resource
    except ImportError:  # pragma: no cover - not on Windows
        return
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # pragma: no cover - a system that does not take it
            continue


class _Clocks:
    """Limits the time for one source: the parent may be gone by the time that it is over.

    Args:
        cpu_s: Seconds of computing without progress.
        wall_s: Seconds by the clock without progress.
        times: How often as much is allowed in all.
    """

    def __init__(self, cpu_s: int, wall_s: int, times: int) -> None:
        self._cpu_s, self._wall_s = cpu_s, wall_s
        self._last_cpu_s = int(time.process_time()) + times * cpu_s
        self._last_s = time.monotonic() + times * wall_s
        self.go_on()

    def go_on(self) -> None:
        """Give as much time again from now on, within what is allowed in all."""
        _alarm(max(1, int(min(self._wall_s, self._last_s - time.monotonic()))))
        try:
            import resource
        except ImportError:  # pragma: no cover - not on Windows
            return
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        soft = min(int(time.process_time()) + self._cpu_s, self._last_cpu_s)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # what it does when it rings is to end the process
