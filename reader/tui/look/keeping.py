"""Keeps what the user changes in the app in the settings file, beside the keys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.tui.asking import run_beside
from reader.tui.at_rest import AtRest

if TYPE_CHECKING:
    from reader.tui.look.appearing import AppearingApp

PAUSE_S = 0.5
"""Pause after the last change before the file is written: ``+ + +`` writes once."""


class Keeper:
    """Writes changed settings into the file that they are from."""

    def __init__(self, app: AppearingApp) -> None:
        self._app = app
        self._due: dict[str, str | int | bool] = {}
        self._write_at_rest = AtRest(self._start)
        self._one_at_a_time = asyncio.Lock()
        self._told = ""

    def keep(self, name: str, value: str | int | bool) -> None:
        """Let a setting have a value from now on, and have it written soon."""
        app = self._app
        setattr(app.settings, name.removeprefix("keys."), value)
        if app.settings.path is None:
            return
        self._due[name] = value
        self._write_at_rest.soon(PAUSE_S)

    def _start(self) -> None:
        run_beside(self._app, self.settled, "settings")

    async def settled(self) -> None:
        """Write what is due; what fails is told, the first time."""
        async with self._one_at_a_time:
            due, self._due = self._due, {}
            path = self._app.settings.path
            if not due or path is None:
                return
            from reader.services.settings import (
                change as settings_change,  # late: only when something changes
            )

            try:
                await asyncio.to_thread(settings_change.keep, path, due)
            except ReaderError as error:
                text = f"{error.message} {error.hint}".strip()
                if text != self._told:
                    self._app.add_notices([f"The settings are not kept: {text}"])
                self._told = text
