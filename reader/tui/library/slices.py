"""Work on very many articles on the screen: a slice at a time, how far it is, Esc to stop it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.records import dataclass
from reader.services.library.slices import Slices
from reader.tui.reading.base import PATIENCE_S
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.progress import WorkDialog

if TYPE_CHECKING:
    from reader.tui.library.screen import LibraryScreen


@dataclass(frozen=True, slots=True)
class Worked:
    """How work came to its end.

    Attributes:
        whole: Whether all was done.
        error: What failed, if something did; what was done before stays.
    """

    whole: bool
    error: ReaderError | None = None

    def check(self) -> None:
        """Raise what failed.

        Raises:
            ReaderError: Something failed.
        """
        if self.error is not None:
            raise self.error


async def work_through(screen: LibraryScreen, title: str, slices: Slices) -> Worked:
    """Do work in slices; what takes longer than a moment says how far it is and can be stopped.

    Args:
        screen: The list.
        title: What is done.
        slices: The work.

    Raises:
        ReaderError: The first slice failed; nothing was done.
    """
    until = time.monotonic() + PATIENCE_S
    while await screen.database.run(slices.go_on):
        if time.monotonic() > until:
            worked = await screen.ask(SlicesDialog(screen.database, title, slices))
            # The slice that was under way when it was stopped is counted as well.
            await screen.database.run(lambda library: None)
            return worked or Worked(slices.done >= slices.total)
    return Worked(whole=True)


class SlicesDialog(WorkDialog[Worked | None]):
    """Goes on with work; gives back how it ended, or None if it was stopped.

    Args:
        database: Where it is done.
        title: What is done.
        slices: The work.
    """

    HELP = "Esc stops; what was done before stays."

    def __init__(self, database: Database, title: str, slices: Slices) -> None:
        self._database, self._slices = database, slices
        super().__init__(title, "Esc stops", self._how_far())

    async def follow(self) -> None:
        """Work, slice after slice."""
        try:
            while await self._database.run(self._slices.go_on):
                self.line.show(self._how_far())
        except ReaderError as error:
            self.dismiss(Worked(whole=False, error=error))
        else:
            self.dismiss(Worked(whole=True))

    def _how_far(self) -> str:
        return f"{self._slices.done:,} of {self._slices.total:,} done"
