"""Tells windows of the program apart, and whether another one is still open."""

from __future__ import annotations

import os
import platform
import secrets
import sys
from pathlib import Path

_open_here: set[str] = set()
"""Windows of this very process that are open."""


def open_window() -> str:
    """Return what this window is known by: its machine, its process, and a number by chance."""
    pid = os.getpid()
    window = f"{platform.node()} {pid} {_started(pid)} {secrets.token_hex(4)}"
    _open_here.add(window)
    return window


def close_window(window: str) -> None:
    """Let others know that a window of this process is no more."""
    _open_here.discard(window)


def is_open(window: str) -> bool:
    """Whether a window is open still, as far as can be told.

    One of another machine is taken to be: its notes are offered there. Where processes cannot be
    looked at (Windows), it is not.
    """
    parts = window.rsplit(" ", 3)
    if len(parts) != 4 or not parts[1].isdecimal():
        return False
    machine, pid, started, _ = parts
    if machine != platform.node():
        return True
    if int(pid) == os.getpid():
        return window in _open_here
    return _runs(int(pid)) and started == _started(int(pid))


def _runs(pid: int) -> bool:
    if sys.platform == "win32":  # a signal 0 would end it there
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is another user's, or no number of a process
        return True
    return True


def _started(pid: int) -> str:
    """Return when a process began, in ticks since the machine did; ``0`` where nothing tells."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        return stat.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"
