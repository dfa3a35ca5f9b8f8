"""The one module that prints: results to stdout, everything else to stderr.

Whatever goes to people passes :func:`~reader.domain.untrusted.safe`. JSON keeps every character,
those that a terminal could act on as escapes.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from reader.cli.columns import cells, clip, pad
from reader.domain import signs
from reader.domain.errors import FileError, ReaderError, UsageError
from reader.domain.untrusted import safe

if TYPE_CHECKING:
    from reader.formats.atomic import Writable

_ACTIVE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What JSON leaves as it is though a terminal could act on it."""


def prepare() -> None:
    """Let no character end the program because the terminal's encoding does not have it."""
    for stream in (sys.stdout, sys.stderr):
        signs.prepare(stream, os.environ)


def line(text: str = "") -> None:
    """Print one line of a result."""
    print(safe(text))


def note(text: str) -> None:
    """Print one line that is no result, on stderr."""
    print(safe(text), file=sys.stderr)


def script(text: str) -> None:
    """Print one line that another program reads, whose tabs have a meaning."""
    print("\t".join(map(safe, text.split("\t"))))


def counted(count: int, what: str) -> str:
    """Return a number with what it counts, in the right number: ``1 row``, ``2 rows``."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def help_text(text: str) -> None:
    """Print help that was not asked for, on stderr."""
    print("\n".join(map(safe, text.split("\n"))), file=sys.stderr)


def table(
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    shrink: int | None = None,
    gives: Sequence[int] = (),
    width: int | None = None,
) -> None:
    """Print rows in columns; no row is wider than the terminal.

    Args:
        rows: Cells; all rows have the same number.
        right: Indices of columns that are set flush right.
        shrink: Index of the column that gives way when the terminal is narrow.
        gives: Indices of columns that are shortened, then left out, in this order, before that
            column has less than half of the width.
        width: Cells there are; None does not clip (the output is no terminal).
    """
    shown = [[safe(cell) for cell in row] for row in rows]
    if not shown:
        return
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    if width is not None and shrink is not None:
        widths = _fitted(widths, shrink, gives, width)
    for row in shown:
        parts = [
            pad(clip(cell, size), size, right=index in right)
            for index, (cell, size) in enumerate(zip(row, widths, strict=True))
            if size or width is None
        ]
        line = "  ".join(parts).rstrip()
        print(line if width is None else clip(line, width))


_SHORT = 12
"""Cells down to which a column is shortened before one is left out."""


def _fitted(widths: Sequence[int], shrink: int, gives: Sequence[int], width: int) -> list[int]:
    """Return the cells of each column in so many cells; 0 for one that is left out."""
    fitted = list(widths)

    def excess() -> int:
        there = [size for size in fitted if size]
        return sum(there) + 2 * (len(there) - 1) - width

    if gives:
        fitted[shrink] = min(widths[shrink], width // 2)
    for index in gives:
        fitted[index] = max(min(_SHORT, fitted[index]), fitted[index] - max(0, excess()))
    for index in gives:
        fitted[index] = 0 if excess() > 0 else fitted[index]
    fitted[shrink] = max(min(8, widths[shrink]), min(widths[shrink], fitted[shrink] - excess()))
    return fitted


def document(value: Any) -> None:
    """Print one JSON document."""
    print(_json(value, indent=2))


def documents(values: Iterable[Any]) -> None:
    """Print one JSON array, an item a line, without holding it in memory."""
    print("[", end="")
    for number, value in enumerate(values):
        print(",\n" if number else "\n", _json(value), sep="", end="")
    print("\n]")


def _json(value: Any, indent: int | None = None) -> str:
    escaped = not _unicode(sys.stdout)  # substitutes would change what is said
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    return _ACTIVE.sub(_escaped, text)


def _unicode(stream: TextIO) -> bool:
    """Whether a stream takes every character."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD7C0 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"  # as UTF-16


def failure(error: BaseException, *, as_json: bool = False) -> int:
    """Say on stderr what failed, why, and what to do.

    Returns:
        The exit status.
    """
    known = error if isinstance(error, ReaderError) else _unexpected(error)
    details = known.details if isinstance(known, UsageError) else ()
    if as_json:
        fields = {"title": known.title, "message": known.message, "hint": known.hint}
        more = {"details": details} if details else {}
        print(_json({"error": fields | more}), file=sys.stderr)
        return known.exit_code
    title = _in_red(f"{known.title}:")
    print(f"{title} {safe(known.message)}", file=sys.stderr)
    for detail in details:
        note(f"  {detail}")
    if known.hint:
        note(f"  {known.hint}")
    return known.exit_code


def _unexpected(error: BaseException) -> ReaderError:
    """Return in the program's own words what no part of it foresaw."""
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        where = f"{error.filename}: " if error.filename else ""
        hint = "Check the name, and who may read and write there."
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return FileError(f"{where}{what}.", "Make room there, and try again." if full else hint)
    said = f"{type(error).__name__}: {error}".split("\n", 1)[0]
    return ReaderError(
        f"Something unforeseen happened ({said}).",
        "What was saved is saved. Run it again with READER_DEBUG=1 for the details, and report it.",
    )


def _in_red(text: str) -> str:
    colorless = os.environ.get("TERM") == "dumb" or signs.lacks_colors(os.environ)
    if not sys.stderr.isatty() or colorless:
        return text
    return f"\x1b[1;31m{text}\x1b[0m"


class Progress:
    """A counter on stderr that writes over itself; silent when stderr is no terminal.

    As a context manager it clears the line at the end.

    Args:
        what: What is counted.
    """

    def __init__(self, what: str) -> None:
        self._what = safe(what)
        self._shown = False
        self._on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, count: int) -> None:
        """Show a count."""
        if self._on:
            self._shown = True
            print(f"\r{count:,} {self._what}", end="", file=sys.stderr, flush=True)

    def step(self, name: str, count: int) -> None:
        """Show a count within a named step."""
        if self._on:
            self._shown = True
            shown = f"\r\x1b[K{safe(name)}: {count:,} {self._what}"
            print(shown, end="", file=sys.stderr, flush=True)

    def text(self, words: str) -> None:
        """Show words of one's own, cut to the terminal's width."""
        if self._on:
            self._shown = True
            width = shutil.get_terminal_size().columns - 1
            shown = f"\r\x1b[K{clip(safe(words), width)}"
            print(shown, end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.done()

    def of(self, done: int, total: int) -> None:
        """Show how many are done; how many there are in all is no use to a line that goes."""
        self(done)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _SafeStream:
    """Takes raw text to a terminal, line ends kept, everything else made harmless."""

    def write(self, text: str, /) -> int:
        """Write a piece of text."""
        sys.stdout.write("\n".join(safe(part) for part in text.replace("\r\n", "\n").split("\n")))
        return len(text)


@contextmanager
def raw_text() -> Iterator[Writable]:
    """Give a stream for text that is data: UTF-8, no newline changed, unless a terminal shows it.

    Standard output stays open.
    """
    if sys.stdout.isatty():
        yield _SafeStream()
        return
    sys.stdout.flush()
    stream = io.TextIOWrapper(
        sys.stdout.buffer, "utf-8", errors="strict", newline="", write_through=False
    )
    try:
        yield stream
    finally:
        stream.flush()
        stream.detach()


@contextmanager
def file_or_raw_text(name: str | None) -> Iterator[Path | Writable]:
    """Give the file of a name to write to, or standard output for text that is data."""
    if name:
        yield Path(name).expanduser()
    else:
        with raw_text() as stream:
            yield stream


def terminal_width(default: int = 80) -> int | None:
    """Return the columns of the terminal that the result goes to; None if it goes elsewhere."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or default
    except OSError:
        return default
