"""What is told of changes that cannot be saved: once, and not at each new try. Import late."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.tui.saving.rescuing import where_kept

if TYPE_CHECKING:
    from reader.tui.asking import AskingScreen
    from reader.tui.saving.saver import Saver


class Trouble:
    """Why nothing is saved, and where what waits is kept meanwhile.

    Args:
        screen: Where it is told.
        saver: What cannot save.
    """

    def __init__(self, screen: AskingScreen, saver: Saver) -> None:
        self._screen, self._saver = screen, saver
        self._error = self._advice = self._unkept = ""

    def failed(self, error: ReaderError) -> None:
        """Take in why a change was not saved."""
        if error.message == self._error:
            return
        self._error = error.message
        self._advice = f"NOT SAVED: {error.message} {error.hint}".strip()
        if self._saver.rescue_file:  # else it is told with the file, in a moment
            self._screen.say(self.in_words(), error=True)

    def rescued(self, path: Path | None, error: ReaderError | None) -> None:
        """Say where what cannot be saved is kept, or that it is kept on the screen only."""
        said = f"{error.message} {error.hint}".strip() if error is not None else ""
        if said and said != self._unkept:
            self._unkept = said
            self._screen.say(self.in_words(), error=True)
        elif path is not None:
            self._unkept = ""
            self._screen.say(self.in_words(), error=True)

    def in_words(self) -> str:
        """Return why nothing is saved, what to do, and where what waits is kept meanwhile."""
        where = self._unkept or where_kept(self._saver.rescue_file)
        return f"{self._advice} {where}".strip()

    def ended(self) -> None:
        """Say that all is saved again, if it was said that it is not."""
        if self._error:
            self._error = self._unkept = ""
            self._screen.unsay_error()
            self._screen.say("All that waited is saved now.")
