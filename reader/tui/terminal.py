"""Reads keys from the terminal and writes to it on the event loop itself. Not for Windows.

Textual has a thread that waits for input and another one that writes output. For one to wake the
other takes as long as drawing what a key changes, and a key wakes four: here it wakes none.
"""

from __future__ import annotations

import asyncio
import os
import re
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from reader.tui import first_paint
from reader.tui.look.appearing import AppearingApp

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.look.ground import Ground
    from reader.tui.quick_keys import QuickKeys

_READ = 4096
"""Bytes of input that are taken at once."""

_MOST = 1_000_000
"""Bytes that may wait for a slow terminal before the program waits as well."""

_KEYS = 256
"""Keys of which it is remembered what the terminal sends for them."""

_ESCAPED = re.compile(r"\x1b(?![\[\]OPX^_\\bf])(?=[^\x00-\x1f\x7f-\x9f])")
"""The Esc key, and a character after it with which no sequence begins."""


class Output:
    """Writes to a terminal what it takes, and keeps the rest until it takes more.

    It has the terminal opened once more: a write that never waits is a matter of how it was opened,
    and the shell that started the program has it opened as well.

    Args:
        file: The terminal as it is open; None if it is not.

    Raises:
        OSError: It cannot be opened.
    """

    def __init__(self, file: TextIO | None) -> None:
        if file is None:
            raise OSError
        flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
        self._descriptor = os.open(os.ttyname(file.fileno()), flags)
        self._encoding, self._errors = file.encoding, file.errors or "strict"
        self._loop = asyncio.get_running_loop()
        self._rest = b""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken all that was written."""
        return bool(self._rest)

    def write(self, data: str) -> None:
        """Write something behind what waits; nothing is written any more when it is closed."""
        if self._descriptor < 0:
            return
        piece = data.encode(self._encoding, self._errors)
        if self._rest:
            self._rest += piece
            if len(self._rest) > _MOST:
                self._drain()
            return
        self._rest = self._left_of(piece)
        if self._rest:
            self._loop.add_writer(self._descriptor, self._go_on)

    def _go_on(self) -> None:
        self._rest = self._left_of(self._rest)
        if not self._rest:
            self._loop.remove_writer(self._descriptor)

    def _left_of(self, piece: bytes) -> bytes:
        """Write what the terminal takes now; return the rest."""
        try:
            return piece[os.write(self._descriptor, piece) :]
        except BlockingIOError:
            return piece
        except OSError:  # it is gone: a signal tells that
            return b""

    def _drain(self) -> None:
        """Wait until the terminal has taken everything."""
        if self._rest:
            ready = select.poll()
            ready.register(self._descriptor, select.POLLOUT)
            while self._rest:
                ready.poll()
                self._rest = self._left_of(self._rest)
            self._loop.remove_writer(self._descriptor)

    def close(self) -> None:
        """Wait until the terminal has taken everything, and let go of it."""
        if self._descriptor >= 0:
            self._drain()
            os.close(self._descriptor)
            self._descriptor = -1


def has_alt(app: App[Any]) -> bool:
    """Whether the user has given a command a key with Alt."""
    keys = app.settings.keys.values() if isinstance(app, AppearingApp) else ()
    return any("alt" in str(value).lower() for value in keys)


class KeyParser(XTermParser):
    """Reads keys as Textual does, with an Esc key taken in before the key after it comes.

    Textual takes both for one key with Alt where less than a tenth of a second, or a busy program,
    is between them: Esc would close nothing.
    """

    _ends_with_escape = False

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what was typed."""
        start = 0
        waits = self._ends_with_escape and self._timeout_time is not None
        if waits and _ESCAPED.match(f"\x1b{data}"):
            yield from self._taken_in()
        for found in _ESCAPED.finditer(data):
            yield from super().feed(data[start : found.end()])
            yield from self._taken_in()
            start = found.end()
        self._ends_with_escape = data.endswith("\x1b")
        if start < len(data) or not data:  # nothing at all is the end of the input
            yield from super().feed(data[start:])

    def _taken_in(self) -> Iterable[Message]:
        """Yield what has begun to be read as if nothing more of it came."""
        self._timeout_time = 0.0
        return self.tick()


def parser_for(app: App[Any]) -> type[XTermParser]:
    """Return what reads keys: who has keys with Alt gets them, and has to wait after Esc."""
    return XTermParser if has_alt(app) else KeyParser


class Straight(LinuxDriver):
    """Textual's driver with its two threads left out."""

    output: Output | None = None
    ground: Ground | None = None
    """Takes the terminal's answer about its background out of what is typed, once it is asked."""

    def start_application_mode(self) -> None:
        """Take the terminal, and its keys from now on."""
        first_paint.let_speak()  # what is found now is what is left behind at the end
        self.output = None
        with suppress(OSError):  # then Textual's own way is left: its thread
            self.output = Output(sys.__stderr__)
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        self._parser = parser_for(self._app)(self._debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._waiting: asyncio.TimerHandle | None = None
        self._giving_up: asyncio.TimerHandle | None = None
        self._keys: dict[str, str] = {}
        self._read_a_key = False
        self._loop.add_reader(self.fileno, self._take_input)
        self._take_early()

    def _take_early(self) -> None:
        """Take what came before, if the terminal was asked for its background then."""
        app = self._app
        if not isinstance(app, AppearingApp) or app.typed_early is None:
            return
        from reader.tui.look.ground import Ground

        self.ground = Ground(app.learn_ground)
        read, app.typed_early = app.typed_early, None
        self._take(read)

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if self.output is not None:
            self.output.write(data)
        else:
            super().write(data)

    def close(self) -> None:
        """Let go of the terminal when it has taken everything."""
        if self.output is not None:
            self.output.close()
        super().close()

    def disable_input(self) -> None:
        """Take no more keys."""
        self._loop.remove_reader(self.fileno)
        super().disable_input()

    def send_message(self, message: Message) -> None:
        """Give the app a key, or whatever else has come."""
        self._app.post_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        found = first_paint.output_size()  # Textual imports shutil, and all that can unpack
        return found or super()._get_terminal_size()

    def _run_input_thread(self) -> None:
        """Do nothing: this is Textual's own thread."""

    # ------------------------------------------------------------------ input

    def _take_input(self) -> None:
        try:
            read = os.read(self.fileno, _READ)
        except BlockingIOError:  # somebody else has taken it
            return
        except OSError:  # it is gone; whoever ignores the signal for that would stay for ever
            read = b""
        if not read:
            self._loop.remove_reader(self.fileno)
            self._hang_up()
            return
        self._take(read)

    def _take(self, read: bytes) -> None:
        if text := self._decode(read):  # a part of a character is no text yet
            self._pass_on(text if self.ground is None else self._without_answer(self.ground, text))

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again, unless it is gone: that comes as this signal, too."""
        if os.isatty(self.fileno):
            super()._sigcont_application()

    def _hang_up(self) -> None:
        """End the app: nobody can press a key any more."""
        from reader.tui.app import ReaderApp
        from reader.tui.saving.ending import HUNG_UP, end_soon

        if isinstance(self._app, ReaderApp):
            end_soon(self._app, HUNG_UP)

    def ask_ground(self, ground: Ground, question: str) -> None:
        """Ask the terminal for its background; from now on its answer is no key."""
        self.ground = ground
        self.write(question)

    def _without_answer(self, ground: Ground, text: str) -> str:
        """Return what was typed; what may be the beginning of an answer waits for its end."""
        typed = ground.taken_out(text)
        if self._giving_up is not None:
            self._giving_up.cancel()
        if ground.holds:
            self._giving_up = self._loop.call_later(constants.ESCAPE_DELAY, self._give_up)
        return typed

    def _give_up(self) -> None:
        if self.ground is not None and (typed := self.ground.give_up()):
            self._pass_on(typed)

    def _pass_on(self, text: str) -> None:
        """Give the app what was typed."""
        if not text or self._is_taken(text):
            return
        try:
            messages = list(self._parser.feed(text))
            self._note(text, messages)
            for message in messages:
                self.process_message(message)
        except Exception as error:
            self._app._handle_exception(error)
        self._wait_for_the_rest()

    def _is_taken(self, text: str) -> bool:
        """Let the app do at once what a key means; False if it has to go Textual's way."""
        if not self._read_a_key:
            return False
        key = self._keys.get(text)
        quick: QuickKeys | None = getattr(self._app, "quick_keys", None)
        return key is not None and quick is not None and quick.take_now(key)

    def _note(self, text: str, messages: Sequence[Message]) -> None:
        """Take in which key is typed as what, and whether the next may be one by itself.

        It may not in the middle of a paste or of a sequence: a key is known to have ended it.
        """
        one = messages[0] if len(messages) == 1 else None
        self._read_a_key = isinstance(one, Key) and self._parser._timeout_time is None
        if isinstance(one, Key) and self._read_a_key and len(self._keys) < _KEYS:
            self._keys[text] = one.key

    def _wait_for_the_rest(self) -> None:
        """See to it that what begins like the sequence of a key does not wait for its end."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self._parser._timeout_time is not None:
            delay = constants.ESCAPE_DELAY
            self._waiting = self._loop.call_later(delay, self._nothing_followed)

    def _nothing_followed(self) -> None:
        for message in self._parser.tick():
            self.process_message(message)
        self._wait_for_the_rest()
