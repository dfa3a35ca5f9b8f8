"""Lists short quotations that differ from a longer one in the article. Import late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.services.suggesting.fidelity import Compared, compared
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen

_QUOTE = 60


async def compare_quotations(screen: ReadingScreen) -> None:
    """Show which short quotations are not, word for word, in the longer ones; go to one."""
    document = screen.session.document
    found = await asyncio.to_thread(compared, document.text, document.blocks)
    if not found:
        screen.say("No short quotation differs from a longer one in this article.")
        return
    choices = [_choice(number, item) for number, item in enumerate(found)]
    chosen = await screen.ask(ChoiceDialog("Quotations that differ from longer ones", choices))
    if chosen is not None:
        span = found[int(chosen)].span
        screen.leaving()
        screen.go(document.statement_at(span.start), reveal=False)
        screen.pane.reveal(span)


def _choice(number: int, item: Compared) -> Choice:
    words = item.words if len(item.words) <= _QUOTE else f"{item.words[: _QUOTE - 1]}…"
    about = f"It {item.told}. The longer one: “{item.longer}”"
    return Choice(str(number), f"“{words}”", about)
