"""Compares versions in a child process: neither keys nor saves wait for it. Call from a thread."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from reader.capture import framing
from reader.domain.article_draft import ArticleDraft
from reader.domain.comparing.alignment import Alignment
from reader.domain.errors import Cancelled, ReaderError
from reader.domain.highlight import Fate
from reader.domain.operation import Change
from reader.services.changes.compare_child import as_json, read_alignment
from reader.services.changes.refreshing import Prepared

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox

T = TypeVar("T")

_CODE = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from reader.services.changes.compare_child import main; main()"
)


def prepare(path: Path, article_uid: str, draft: ArticleDraft, sandbox: Sandbox) -> Prepared:
    """Do what :func:`reader.services.changes.refreshing.prepare` does.

    Args:
        path: The library's file.
        article_uid: The article.
        draft: What was captured anew.
        sandbox: Cancelling it ends the comparison.

    Raises:
        Cancelled: The sandbox was cancelled.
        ReaderError: It cannot be worked out.
    """
    wish = as_json({"job": "prepare", "path": str(path), "article": article_uid})

    def ask(child: _Child) -> Prepared:
        framing.write(child.sink, wish)
        framing.write_draft(child.sink, draft)
        head = _head(child.source)
        before, version = str(head["before"]), str(head["version"])
        alignment = None
        if before != version:
            old = framing.read(child.source).decode("utf-8")
            alignment = read_alignment(child.source, old, draft.text)
        changes = tuple(Change(*item) for item in head["changes"])
        fates = {Fate(fate): int(count) for fate, count in head["fates"].items()}
        newest = int(head["newest"])
        return Prepared(article_uid, before, version, newest, changes, fates, alignment)

    with _Child() as child, sandbox.ending(child.kill):
        return _asked(lambda: ask(child), lambda: sandbox.cancelled)


def align(old: str, new: str, sandbox: Sandbox) -> Alignment:
    """Return which words of two texts are the same.

    Args:
        old: A text.
        new: Another one.
        sandbox: Cancelling it ends the comparison.

    Raises:
        Cancelled: The sandbox was cancelled.
        ReaderError: They cannot be compared.
    """

    def ask(child: _Child) -> Alignment:
        texts = (old.encode("utf-8"), new.encode("utf-8"))
        framing.write(child.sink, as_json({"job": "align"}), *texts)
        return read_alignment(child.source, old, new)

    with _Child() as child, sandbox.ending(child.kill):
        return _asked(lambda: ask(child), lambda: sandbox.cancelled)


class _Child:
    """The child while it is needed."""

    def __enter__(self) -> _Child:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-c", _CODE, str(Path(__file__).parents[3])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent to deal with
        )
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        self.sink: IO[bytes] = self._process.stdin
        self.source: IO[bytes] = self._process.stdout
        return self

    def kill(self) -> None:
        """End it; from any thread."""
        self._process.kill()

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.wait()
        for pipe in (self.sink, self.source):
            with suppress(OSError):  # what was to be written is lost on the dead
                pipe.close()


def _asked(ask: Callable[[], T], cancelled: Callable[[], bool]) -> T:
    """Return what the child answers.

    Raises:
        Cancelled: It was ended because nobody wants to know any more.
        ReaderError: It says what is wrong, or has ended.
    """
    try:
        return ask()
    except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
        if cancelled():
            raise Cancelled("The comparison was cancelled.") from error
        raise ReaderError(
            "The two versions could not be compared: the program for it has ended.",
            "Nothing was changed. Try again with more memory free.",
        ) from error


def _head(source: IO[bytes]) -> dict[str, Any]:
    head = dict(json.loads(framing.read(source)))
    if "error" in head:
        message, hint = map(str, head["error"])
        raise ReaderError(message, hint)
    return head
