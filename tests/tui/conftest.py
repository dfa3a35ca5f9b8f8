"""What holds for all tests of the interface."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from textual.notifications import Notification

from reader.tui import notices
from reader.tui.reading import later, panel_list, screen
from reader.tui.saving.watching import Watch
from reader.tui.suggesting import showing
from reader.tui.widgets import panel
from tests.tui.known_sheets import parsed_once

IDLE_S = 0.004
"""Pause after the last key before background work goes on: every test waited for it once."""

LONGER = 10
"""So many times as long as for a user messages stay."""


@pytest.fixture(autouse=True, scope="session")
def _shorter_pauses() -> Iterator[None]:
    """Have background work go on sooner after a key: that it waits matters, not how long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(later, "IDLE_SECONDS", IDLE_S)
        patch.setattr(later, "SETTLE_SECONDS", IDLE_S)
        patch.setattr(panel, "OPEN_PAUSE_S", IDLE_S)
        patch.setattr(notices, "MOVED_SECONDS", IDLE_S)
        for module in (panel_list, showing):
            patch.setattr(module, "IDLE_SECONDS", IDLE_S)
        patch.setattr(screen, "SETTLE_SECONDS", IDLE_S)
        yield


@pytest.fixture(autouse=True, scope="session")
def _known_sheets() -> Iterator[None]:
    """Have each style sheet parsed once, not in each app."""
    with parsed_once():
        yield


@pytest.fixture(autouse=True, scope="session")
def _longer_messages() -> Iterator[None]:
    """Have messages stay longer: on a busy machine they went before a test had looked."""

    def time_left(message: Notification) -> float:
        return message.raised_at + LONGER * message.timeout - time.time()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Notification, "time_left", property(time_left))
        yield


@pytest.fixture
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """See to it that what others do is noticed only when a test says so."""

    async def look(watch: Watch) -> None:
        return

    monkeypatch.setattr(Watch, "_look", look)
