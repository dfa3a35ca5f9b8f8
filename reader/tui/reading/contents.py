"""The article's headings, to go to one of them. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.text import Span
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.tui.reading.base import ReadingBase


async def go_to_heading(screen: ReadingBase) -> None:
    """List the headings and go to the one that is chosen."""
    choices = [*_headings(screen)]
    if not choices:
        screen.say("The article has no headings.")
        return
    chosen = await screen.ask(ChoiceDialog("Contents", choices, current=_heading_here(screen)))
    if chosen is not None:
        at = int(chosen)
        screen.leaving()
        screen.pane.scroll_to_offset(at)
        screen.go(screen.session.document.statement_at(at), reveal=False)
        screen.pane.reveal(screen.cursor or Span(at, at + 1))


def _headings(screen: ReadingBase) -> Iterator[Choice]:
    """Yield the headings, each further in than the one it stands under, with its page."""
    document = screen.session.document
    for block in document.headings():
        words = document.text[block.start : min(block.end, block.start + 200)].split()
        title = "  " * max(0, block.level - 1) + " ".join(words)
        yield Choice(str(block.start), title, note=screen.session.page_in_words(block.start))


def _heading_here(screen: ReadingBase) -> str | None:
    """Return the id of the choice whose section the cursor is in."""
    at = screen.cursor.start if screen.cursor else 0
    starts = [block.start for block in screen.session.document.headings() if block.start <= at]
    return str(starts[-1]) if starts else None
