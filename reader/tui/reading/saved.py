"""Says how saving stands. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.commands import key_for
from reader.tui.saving.saver import READ_ONLY

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen
    from reader.tui.saving.saver import Saver


def say_how_it_stands(screen: ReadingScreen) -> None:
    """Say when the last change was saved, or why nothing can be."""
    saver = screen.saver
    if screen.database.read_only:
        screen.say(" ".join((READ_ONLY, *screen.app.library_notices)))
    elif saver.pending:
        why = screen.trouble.in_words() if saver.failing else "not saved yet."
        screen.say(f"{_unsaved(saver)} {why}", error=True)
        saver.retry_now()
    elif saver.last_saved is None:
        screen.say("Nothing has been changed since the article was opened.")
    else:
        screen.say(f"Everything is saved; last at {saver.local_time()}.")


def say_that_it_stays(screen: ReadingScreen) -> None:
    """Say why the article is not left: something is not saved; and what leaving would mean."""
    kept = "and the next start offers to take in what is not saved"
    kept = kept if screen.saver.rescue_file else "and what is not saved is lost"
    screen.say(
        f"{_unsaved(screen.saver)} NOT SAVED. Saving is tried again and again; "
        f"{key_for('quit')} twice leaves, {kept}.",
        error=True,
    )


def _unsaved(saver: Saver) -> str:
    """Return how many changes are not saved: ``2 changes are``."""
    count = saver.pending
    return "1 change is" if count == 1 else f"{count:,} changes are"
