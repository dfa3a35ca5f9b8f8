"""The child process that runs a user's regular expression; the parent ends it when it hangs.

It is started with the folder of the package as its only argument. What goes in and out are lengths
(eight bytes, little endian) followed by so many bytes: first the text as UTF-8, then requests. A
request is JSON: ``{"query": …}`` takes another expression and is answered by an empty string or by
what is wrong with it; ``{"start": …, "end": …, "most": …}`` is answered by the starts and then the
ends of the hits that begin in that stretch, four bytes each.

It ends when the parent does, and of its own when a single answer takes too long.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from typing import IO

from reader.domain.errors import UsageError
from reader.domain.finding.search import compile_query, scan

LONGEST_ANSWER_S = 5
"""After so many seconds the parent has given up, or is gone."""

_MEMORY = 1 << 30
"""Bytes of memory that it may take, beside a few for each character of the text."""


def main() -> None:
    """Answer requests until there are no more."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    text = read(source).decode("utf-8", "surrogatepass")
    _limit(_MEMORY + 16 * len(text))
    pattern: re.Pattern[str] | None = None
    while request := read(source):
        _alarm(LONGEST_ANSWER_S)
        wish = json.loads(request)
        if "query" in wish:
            pattern, answer = _compiled(wish["query"])
        else:
            answer = _found(text, pattern, wish)
        write(sink, answer)
        _alarm(0)


def _compiled(query: str) -> tuple[re.Pattern[str] | None, bytes]:
    try:
        return compile_query(query, regex=True), b""
    except UsageError as error:
        return None, error.message.encode("utf-8", "replace")


def _found(text: str, pattern: re.Pattern[str] | None, wish: dict[str, int]) -> bytes:
    if pattern is None:
        return b""
    starts, ends = scan(text, pattern, wish["start"], wish["end"], wish["most"])
    return starts.tobytes() + ends.tobytes()


def read(source: IO[bytes], *, must: bool = False) -> bytes:
    """Return the next string of bytes; an empty one at the end.

    Raises:
        EOFError: The other side has ended and there must be one.
    """
    head = source.read(8)
    data = source.read(int.from_bytes(head, "little"))
    if must and (len(head) < 8 or len(data) < int.from_bytes(head, "little")):
        raise EOFError
    return data


def write(sink: IO[bytes], data: bytes) -> None:
    """Write a string of bytes."""
    sink.write(len(data).to_bytes(8, "little") + data)
    sink.flush()


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # what it does when it rings is to end the process


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
