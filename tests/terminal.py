"""Runs a program in a real pseudo-terminal and looks at the screen as a user would.

A thread reads what the program writes, notes when each piece arrived, and answers the questions
that a terminal is asked. The screen is emulated (with pyte) only when somebody looks at it, so that
the emulation is in no measurement.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

ROOT = __file__.rpartition(os.sep + "tests" + os.sep)[0]
"""Folder of the checkout."""

READER = (sys.executable, "-m", "reader")
"""The program under test, run by the interpreter that runs the tests."""

PATIENCE = 60.0
"""How long to wait for something that should happen at once, in s: machines can be busy."""

_INHERITED = (
    *("PATH", "HOME", "USER", "TMPDIR", "VIRTUAL_ENV"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
)
_QUERY = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"  # is this mode known?
    rb"|\x1b\[(?P<attributes>>?0?c)"  # what are you?
    rb"|\x1b\[(?P<position>6n)"  # where is the cursor?
    rb"|\x1b\](?P<color>1[01]);\?(?:\x07|\x1b\\)"  # which foreground, background?
)
_KNOWN_MODES = {b"2026": b"2"}  # synchronized output: known, and off
# Sequences that the emulator would take for text: private CSI other than mode switches, and DCS.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\??[0-9;]*[$ !\"][@-~]|\x1b\[\?[0-9;]*u|\x1bP.*?\x1b\\",
    re.DOTALL,
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?$ !\"]*|[\]P][^\x07\x1b]*\x1b?)?\Z")
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of output.

    Attributes:
        at: When it arrived, in s on the clock of ``time.perf_counter``.
        data: The bytes.
    """

    at: float
    data: bytes


class NotShown(AssertionError):  # noqa: N818 - it reads as a finding, which it is
    """What was waited for did not appear; the message shows the screen instead."""


class Terminal:
    """A program in a pseudo-terminal of its own. Close it, or use it in a ``with`` block.

    Attributes:
        started: When the program was started, in s on the clock of ``time.perf_counter``.
        chunks: All output so far, with arrival times.

    Args:
        argv: The program (a path) and its arguments.
        size: Columns and rows.
        env: Further environment variables.
        link: Bytes per second that the line to the terminal carries; 0 is no limit.
        background: What it says of its background when it is asked, three hexadecimal numbers.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        link: int = 0,
        background: str = "0000/0000/0000",
    ) -> None:
        self._background = background.encode()
        self.columns, self.rows = size
        self.chunks: list[Chunk] = []
        self.returncode: int | None = None
        self._link = link
        self._arrived = threading.Condition()
        self._ended = False
        self._parsed = 0
        self._carry = b""
        self._in_frame = False
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._spawn(list(argv), {**_environment(), **(env or {})})
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def _spawn(self, argv: list[str], env: dict[str, str]) -> None:
        self._fd, slave = os.openpty()
        self._set_size(slave)
        name = os.ttyname(slave)
        self.started = time.perf_counter()
        self.pid = os.posix_spawn(
            argv[0],
            argv,
            env,
            setsid=True,  # the first terminal it opens then becomes its own
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
                (os.POSIX_SPAWN_CLOSE, slave),
            ],
        )
        os.close(slave)

    # ------------------------------------------------------------------ the reading thread

    def _read(self) -> None:
        asked = b""
        while True:
            try:
                data = os.read(self._fd, 256 if self._link else 65_536)
            except OSError:  # the program has closed its side
                data = b""
            at = time.perf_counter()
            if self._link:
                time.sleep(len(data) / self._link)
            asked = self._answer(asked + data)
            with self._arrived:
                if data:
                    self.chunks.append(Chunk(at, data))
                else:
                    self._ended = True
                self._arrived.notify_all()
            if not data:
                return

    def _answer(self, data: bytes) -> bytes:
        """Answer what the program asks; return the beginning of a question not yet complete."""
        for question in _QUERY.finditer(data):
            found = question.groupdict()
            if found["mode"]:
                known = _KNOWN_MODES.get(found["mode"], b"0")
                self._write(b"\x1b[?" + found["mode"] + b";" + known + b"$y")
            elif found["attributes"]:
                self._write(b"\x1b[?62;22c")
            elif found["position"]:
                self._write(b"\x1b[1;1R")
            elif found["color"]:
                shade = b"ffff/ffff/ffff" if found["color"] == b"10" else self._background
                self._write(b"\x1b]" + found["color"] + b";rgb:" + shade + b"\x1b\\")
        unfinished = _UNFINISHED.search(data[-64:])
        return unfinished.group() if unfinished else b""

    def _write(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError:  # it is gone; whoever waits for an effect will notice
            return

    # ------------------------------------------------------------------ the user's side

    def send(self, keys: str | bytes) -> float:
        """Type keys; return when, in s on the clock of ``time.perf_counter``."""
        at = time.perf_counter()
        self._write(keys.encode() if isinstance(keys, str) else keys)
        return at

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size and tell the program."""
        self._absorb()
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._set_size(self._fd)

    def _set_size(self, fd: int) -> None:
        size = struct.pack("HHHH", self.rows, self.columns, self.rows * 16, self.columns * 8)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, size)

    # ------------------------------------------------------------------ looking

    def cpu(self) -> float:
        """Return the CPU time of the program so far, all its threads together, in ms (Linux)."""
        return time.clock_gettime(~self.pid << 3 | 2) * 1000

    def memory(self) -> float:
        """Return the most memory that the program has held so far, in MB (Linux)."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - there is no path object here
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) / 1024

    @property
    def descriptor(self) -> int:
        """The user's end of the terminal, for asking after its modes."""
        return self._fd

    @staticmethod
    def emulated(output: bytes, size: tuple[int, int]) -> list[str]:
        """Return the rows of a screen of some size after some output."""
        screen = pyte.Screen(*size)
        pyte.ByteStream(screen).feed(_UNKNOWN_TO_PYTE.sub(b"", output))
        return [line.rstrip() for line in _rows(screen)]

    def screen(self) -> list[str]:
        """Return the rows of the screen as they are now, without trailing space."""
        self._absorb()
        return [line.rstrip() for line in _rows(self._screen)]

    def text(self) -> str:
        """Return the screen as one string."""
        return "\n".join(self.screen())

    def wait_for(self, what: str | Callable[[str], bool], timeout: float = PATIENCE) -> float:
        """Wait until the screen shows something; return when the deciding bytes arrived.

        A frame that the program sends as one is looked at only when it is complete.

        Args:
            what: A text, which may not span lines, or a test of the whole screen.
            timeout: In s.

        Raises:
            NotShown: It did not appear, or the program ended first.
        """
        shows = what if callable(what) else lambda text: what in text
        deadline = time.monotonic() + timeout
        if shows(self._shown()):
            return self.chunks[self._parsed - 1].at if self._parsed else self.started
        while self._wait_for_more(deadline):
            chunk = self._parse_next()
            if not self._in_frame and shows(self._shown()):
                return chunk.at
        name = "what was waited for" if callable(what) else repr(what)
        ended = " (the program has ended)" if self._ended else ""
        raise NotShown(f"{name} is not shown{ended}; the screen is:\n{self.text()}")

    def wait_for_quiet(self, quiet: float = 0.3, timeout: float = PATIENCE) -> None:
        """Wait until nothing has been written for a while."""
        deadline = time.monotonic() + timeout
        with self._arrived:
            seen = -1
            while seen != len(self.chunks) and not self._ended and time.monotonic() < deadline:
                seen = len(self.chunks)
                self._arrived.wait(quiet)

    def wait_for_frame(self, since: int, timeout: float = PATIENCE) -> float:
        """Wait for the end of the first frame after a number of chunks; return when it came.

        Raises:
            NotShown: None came.
        """
        deadline = time.monotonic() + timeout
        with self._arrived:
            while (at := self._frame_end(since)) is None:
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    raise NotShown("no frame came")
                self._arrived.wait(left)
            return at

    def _frame_end(self, since: int) -> float | None:
        """Return when the end of the first frame after a number of chunks came, or None."""
        before = b""
        for chunk in self.chunks[since:]:
            if _FRAME_ENDS in before + chunk.data:
                return chunk.at
            before = chunk.data[-len(_FRAME_ENDS) + 1 :]
        return None

    def output(self, since: int = 0) -> bytes:
        """Return all that the program has written, or what came after a number of chunks."""
        with self._arrived:
            return b"".join(chunk.data for chunk in self.chunks[since:])

    def _shown(self) -> str:
        return "\n".join(_rows(self._screen))

    def _wait_for_more(self, deadline: float) -> bool:
        """Wait for output that is not parsed yet; False if none comes."""
        with self._arrived:
            while self._parsed == len(self.chunks):
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    return False
                self._arrived.wait(left)
        return True

    def _absorb(self) -> None:
        while self._parsed < len(self.chunks):
            self._parse_next()

    def _parse_next(self) -> Chunk:
        chunk = self.chunks[self._parsed]
        self._parsed += 1
        data = self._carry + chunk.data
        unfinished = _UNFINISHED.search(data, max(0, len(data) - 4096))
        cut = unfinished.start() if unfinished else len(data)
        data, self._carry = data[:cut], data[cut:]
        begins, ends = data.rfind(_FRAME_BEGINS), data.rfind(_FRAME_ENDS)
        if begins != ends:
            self._in_frame = begins > ends
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return chunk

    # ------------------------------------------------------------------ the end

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait until the program has ended; return its exit status (negative: the signal).

        Raises:
            NotShown: It goes on.
        """
        deadline = time.monotonic() + timeout
        with self._arrived:
            while not self._ended and time.monotonic() < deadline:
                self._arrived.wait(deadline - time.monotonic())
        while self._poll() is None:
            if time.monotonic() > deadline:
                raise NotShown(f"the program goes on; the screen is:\n{self.text()}")
            time.sleep(0.005)  # it has closed its terminal, so this is a matter of moments
        assert self.returncode is not None
        return self.returncode

    def _poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def kill(self, number: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; return the exit status."""
        if self._poll() is None:
            os.kill(self.pid, number)
        return self.wait()

    def close(self) -> None:
        """End the program if it still runs, and give everything back. Harmless when repeated."""
        if self._fd < 0:
            return
        if self._poll() is None:
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
        self._reader.join(5)
        os.close(self._fd)
        self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def prepare(database: Path) -> None:
    """Do what is to be done before a program begins with a library: nothing.

    Tests have it make a library that is not there (see :mod:`tests.new_libraries`).
    """


def reader(
    *words: str,
    database: os.PathLike[str] | str,
    size: tuple[int, int] = (120, 40),
    env: Mapping[str, str] | None = None,
    link: int = 0,
    background: str = "0000/0000/0000",
) -> Terminal:
    """Start the program under test on a library file of its own."""
    prepare(Path(database))
    own = {"READER_DB": os.fspath(database), "READER_ANNOTATOR": "ana", "PYTHONPATH": ROOT}
    own["XDG_STATE_HOME"] = str(Path(database).absolute().parent / "state")
    return Terminal(
        [*READER, *words], size=size, env={**own, **(env or {})}, link=link, background=background
    )


def _environment() -> dict[str, str]:
    env = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return env | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }


def _rows(screen: pyte.Screen) -> list[str]:
    """Return what stands on each row; half of a wide character that was written over is a space.

    The emulator itself cannot show such a half, which there may be until the next bytes come.
    """
    return ["".join(_characters(screen.buffer[y], screen.columns)) for y in range(screen.lines)]


def _characters(line: Mapping[int, Any], columns: int) -> Iterator[str]:
    x = 0
    while x < columns:
        data = line[x].data or " "
        yield data
        x += 2 if x + 1 < columns and not line[x + 1].data and line[x].data else 1
