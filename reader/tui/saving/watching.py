"""Notices what other programs write to the library, and has it shown. Import late."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

WATCH_SECONDS = 0.4
"""Pause between two looks: what another window does is shown within a second."""

LIST_SECONDS = 2.0
"""Pause between two readings of the list of articles: it costs more than a look."""


class Watch:
    """Looks whether the file has changed, which costs microseconds, and only then what.

    Args:
        app: The app.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._seen: int | None = None
        self._listed = 0.0
        self._list_due = False

    async def run(self) -> None:
        """Look again and again, until it is cancelled."""
        while True:
            with suppress(ReaderError):  # it cannot be read now; whoever needs it says so
                await self._look()
            await asyncio.sleep(WATCH_SECONDS)

    async def _look(self) -> None:
        version, notices = await self._app.database.run(_state)
        self._app.add_library_notices(notices)
        if version != self._seen:
            self._list_due = self._seen is not None
            if await self._take_news():
                self._seen = version
        await self._show_list()

    async def _take_news(self) -> bool:
        """Have it shown in the article that is open; False if that has to be tried again."""
        reading = self._app.reading_screens()
        if reading:
            others = await asyncio.to_thread(import_module, "reader.tui.reading.others")
            return all([await others.take_news(screen) for screen in reading])
        return True

    async def _show_list(self) -> None:
        """Read the list of articles anew if it is on the screen, but not too often."""
        screens = self._app.screen_stack  # empty once the program is being left
        if not (screens and self._list_due) or time.monotonic() - self._listed < LIST_SECONDS:
            return
        self._list_due = False  # elsewhere it is read anyway when it comes to the front
        if screens[-1].id == "library":  # its class need not be imported to know it
            from reader.tui.opening import reload

            await reload(self._app)
            self._listed = time.monotonic()


def _state(library: Library) -> tuple[int, tuple[str, ...]]:
    return library.data_version(), tuple(library.notices)
