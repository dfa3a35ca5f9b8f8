"""What holds for all tests of the interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.tui.reading import later
from reader.tui.widgets import panel

IDLE_S = 0.02
"""Pause after the last key before background work goes on: every test waited for it once."""


@pytest.fixture(autouse=True, scope="session")
def _shorter_pauses() -> Iterator[None]:
    """Have background work go on sooner after a key: that it waits matters, not how long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(later, "IDLE_SECONDS", IDLE_S)
        patch.setattr(panel, "OPEN_PAUSE_S", IDLE_S)
        yield
