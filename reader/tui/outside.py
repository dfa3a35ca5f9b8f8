"""The world outside the screen: clipboard, browser, the user's own editor. Import late."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reader.domain.article import Metadata
from reader.domain.errors import ReaderError, UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.text import Span, canonical
from reader.services import browser
from reader.services.reading.citing import Citation, tag_words
from reader.services.reading.session import Session
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

PATIENCE_S = 3.0
"""How long to wait for a word on whether a browser could be started."""

LONGEST_COPY = 70_000
"""Bytes: what terminals take at most is a little more than that."""

_FORMS = {"plain": "quotation", "markdown": "quotation as Markdown", "offsets": "offsets"}


class Say(Protocol):
    """Shows a short message."""

    def __call__(self, text: str, *, error: bool = False) -> None:
        """Show it."""


# ---------------------------------------------------------------------- clipboard


def copy(
    app: ReaderApp, session: Session, found: Sequence[tuple[Span, Highlight | None]], form: str
) -> str:
    """Send quotations to the terminal's clipboard (OSC 52); return what to say of it.

    Whether the terminal takes them cannot be known: it does not answer.
    """
    if not found:
        return "There is nothing here to copy."
    text = "\n\n".join(citation(session, *item).as_form(form) for item in found)
    if len(text.encode()) > LONGEST_COPY:
        return "That is too long for a terminal's clipboard; `reader quote` prints it."
    app.copy_to_clipboard(text)
    what = _FORMS[form] if len(found) == 1 else f"{len(found)} quotations"
    said = f"The {what} went to the terminal's clipboard."
    if os.environ.get("TMUX"):
        said += " tmux passes it on after `set -s set-clipboard on`."
    return said


def citation(session: Session, span: Span, highlight: Highlight | None) -> Citation:
    """Return what there is to say of a stretch of the article that is open."""

    def name(judgement: Judgement) -> str:
        return session.tag_name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )

    opened = session.opened
    return Citation(
        name=opened.name,
        metadata=opened.article.metadata,
        page=session.page_of(span.start),
        sha256=opened.version.sha256,
        span=span,
        words=session.annotations.words(span, highlight),
        tags=tag_words(highlight, name),
        note=highlight.note if highlight else None,
    )


# ---------------------------------------------------------------------- browser


async def open_original(say: Say, metadata: Metadata) -> None:
    """Open an article's address in the browser, and say so.

    Raises:
        UsageError: There is none to open, or no browser.
    """
    if not metadata.url:
        give = f"{key_for('article.details')} gives it one."
        raise UsageError("This article has no address.", give)
    await open_address(say, metadata.url)


async def open_address(say: Say, address: str | None) -> None:
    """Open an address in the browser, and say so.

    Without ``TERM`` no browser is chosen that needs a terminal, and would show nothing.

    Raises:
        UsageError: It is none of the web, or there is no browser.
    """
    url = browser.checked(address)
    process = await asyncio.create_subprocess_exec(
        *browser.command_for(url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "TERM"},
        start_new_session=True,  # it has no terminal then, and outlives this program
    )
    try:
        status = await asyncio.wait_for(process.wait(), PATIENCE_S)
    except TimeoutError:
        status = 0  # a browser that is waited for
    if status:
        raise UsageError("No browser could be started.", f"Set BROWSER, or copy the address: {url}")
    say(f"Opened {url}")


# ---------------------------------------------------------------------- shell


def shell_waits() -> bool:
    """Return whether a shell started the program that can be gone to, and can wake it again.

    It has then a process group of its own, in its parent's session. A program that was started by a
    terminal itself, or by a script, would be stopped for good.
    """
    if sys.platform == "win32":
        return False
    parent = os.getppid()
    try:
        ours = os.getsid(parent) == os.getsid(0)
        return ours and os.getpgid(parent) != os.getpgrp()
    except OSError:  # the parent is gone, or another user's
        return False


# ---------------------------------------------------------------------- editor


def editor_command() -> list[str]:
    """Return the words of the user's own editor.

    Raises:
        UsageError: None is set, or it cannot be understood.
    """
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value and shutil.which(value):  # a path with blanks and nothing else, not in quotes
            return [value]
        if value:
            try:
                return shlex.split(value)
            except ValueError as error:
                raise UsageError(f"{name} cannot be understood: {error}.", "Correct it.") from error
    raise UsageError(
        "No editor is set.", "Set VISUAL or EDITOR and start again, as in `export EDITOR=nano`."
    )


def edited(app: ReaderApp, text: str) -> str:
    """Let the user write on a text in an editor that has the terminal meanwhile.

    The file is readable for its owner only, and gone afterwards with all that the editor left
    beside it.

    Returns:
        The new text, without the line feed that editors put at the end.

    Raises:
        ReaderError: The text is as it was; the editor could not be started or said so.
    """
    command = editor_command()
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        file = Path(folder, "note.txt")
        file.touch(0o600)
        file.write_text(f"{text}\n" if text else "", "utf-8")
        _run(app, [*command, str(file)])
        try:
            new = file.read_text("utf-8", errors="replace")
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReaderError(f"{command[0]} left no file: {reason}.", "The note is as it was.") \
                from error  # fmt: skip
    return canonical(new).removesuffix("\n")


def _run(app: ReaderApp, command: list[str]) -> None:
    """Run a program in the terminal; the app's own screen is away until it ends."""
    from textual.app import SuspendNotSupported

    try:
        with _signals_left_to_it(), app.suspend():  # also on the way back
            status = _status(command)
    except SuspendNotSupported as error:
        raise UsageError("There is no terminal to give to an editor.") from error
    if isinstance(status, OSError):
        reason = status.strerror or str(status)
        raise UsageError(
            f"{command[0]} cannot be started: {reason}.", "Set VISUAL or EDITOR to one that can."
        ) from status
    if status:
        raise UsageError(f"{command[0]} ended with status {status}.", "The note is as it was.")


def _status(command: list[str]) -> int | OSError:
    """Run a program to its end; an error is given back, since the app would not come back after it.

    Textual takes the terminal again only if nothing is raised meanwhile.
    """
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own
    except OSError as error:
        return error


@contextmanager
def _signals_left_to_it() -> Iterator[None]:
    """Let Ctrl-C and the like mean what the other program makes of them.

    They reach all programs of the terminal. A handler that does nothing is not inherited, as
    ignoring them would be.
    """
    mine = {number: signal.signal(number, lambda *_: None)
            for number in (signal.SIGINT, signal.SIGQUIT)}  # fmt: skip
    try:
        yield
    finally:
        for number, handler in mine.items():
            signal.signal(number, handler)
