"""Waits for what cannot be saved, where no article on the screen shows it. Import late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.tui.commands import key_for
from reader.tui.screens.dialogs.progress import Words, WorkDialog

if TYPE_CHECKING:
    from reader.tui.saving.saver import Saver
    from reader.tui.saving.trouble import Trouble

_LOOK_S = 0.2
"""Pause between two looks at how it stands."""

_ROWS = 8
"""Rows that the reason may take, with what to do and where what waits is kept."""


class UnsavedDialog(WorkDialog[bool | None]):
    """Says that something is not saved, and why; gives back True when it is.

    It is not left before: Esc has it tried again at once. If the program is left, what waits is in
    the rescue file, and the next start offers to take it in.

    Args:
        saver: What cannot save.
        trouble: Says why.
    """

    HELP = "Saving is tried again every second; Esc tries at once."

    def __init__(self, saver: Saver, trouble: Trouble) -> None:
        super().__init__("NOT SAVED", f"Esc tries again · {key_for('quit')} ends reader")
        self._saver, self._trouble = saver, trouble
        self.line = Words(self._why(), max_rows=_ROWS)

    async def follow(self) -> None:
        """Say why, until all is saved; then leave."""
        while self._saver.pending:
            self.line.show(self._why())
            await asyncio.sleep(_LOOK_S)
        self.dismiss(True)

    def _why(self) -> str:
        return self._trouble.in_words().removeprefix("NOT SAVED: ")

    def action_leave(self) -> None:
        """Try again at once."""
        self._saver.retry_now()
