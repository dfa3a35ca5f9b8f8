"""Files that are being written: beside the file whose place they take when they are whole."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_STALE_SECONDS = 3_600
"""Age from which on nobody writes such a file any more."""


def beside(target: Path) -> Path:
    """Return a new name in a file's folder to write it under; what is stale there is deleted."""
    _clear_away(target.parent)
    return target.parent / f".reader-{os.urandom(8).hex()}.tmp"


def _clear_away(folder: Path) -> None:
    """Delete what killed programs left half written: it may be as large as a library."""
    with suppress(OSError):
        for leftover in folder.glob(".reader-*.tmp*"):
            if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                leftover.unlink(missing_ok=True)
