"""Asks a terminal of a kind that was never asked for its background, before the first paint.

The answer comes among the keys while the rest of the program is imported, so that the first paint
is light where the terminal is. Nobody waits for it: what comes later is found by the driver, as
ever (see `reader.tui.look.ground`), and keys that were typed meanwhile go to it as well.
"""

from __future__ import annotations

import os
import select
import sys

from textual import constants

from reader.tui import first_paint
from reader.tui.look.ground import QUESTION, Ground
from reader.tui.look.themes import remember

_READ = 4096
"""Bytes of input that are taken at once."""

_DROP_MS = 50
"""How long is waited for an answer that nobody needs any more: the shell would take it for keys."""


def ask() -> bool:
    """Ask, where the driver of the app will know the answer; return whether that is so."""
    at_terminal = sys.platform == "linux" and all(map(os.isatty, (0, 2)))
    if not at_terminal or sys.__stderr__ is None or constants.DRIVER is not None:
        return False
    first_paint.be_silent()
    sys.__stderr__.write(QUESTION)
    sys.__stderr__.flush()
    return True


def come() -> bytes:
    """Take in the answer, if it is there; return all that has come, which is for the driver."""
    read = _read(0)
    Ground(lambda light: remember(os.environ, light)).taken_out(read.decode("utf-8", "replace"))
    return read


def drop() -> None:
    """Keep the answer from the shell, if the app did not come to start."""
    if first_paint.is_silent():
        _read(_DROP_MS)
        first_paint.let_speak()


def _read(wait_ms: int) -> bytes:
    ready = select.poll()
    ready.register(0, select.POLLIN)
    try:
        return os.read(0, _READ) if ready.poll(wait_ms) else b""
    except OSError:  # the terminal is gone: the driver will notice
        return b""
