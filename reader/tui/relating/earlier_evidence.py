"""Lets evidence be chosen that was used before. Import late."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from reader.domain.evidence import Evidence
from reader.services.relating.evidence import known
from reader.tui.commands.pressed import first_key
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def choose(screen: ReadingScreen, linked: Set[str]) -> Evidence | None:
    """Let evidence of the library be chosen, and return it; None if nothing was.

    Args:
        screen: The article.
        linked: The uids of what speaks of the statement already.

    Raises:
        StorageError: The library cannot be read.
    """
    there = await screen.database.run(known)
    found = {item.uid: (item, count) for item, count in there if item.uid not in linked}
    if not found:
        key = first_key("evidence.add")
        adds = f" {key} adds some." if key else ""
        screen.say(f"There is no other evidence in the library yet.{adds}")
        return None
    choices = [_choice(item, count) for item, count in found.values()]
    uid = await screen.ask(ChoiceDialog("Earlier evidence", choices))
    return found[uid][0] if uid in found else None


def _choice(item: Evidence, count: int) -> Choice:
    """Return what stands for evidence that speaks of so many statements."""
    return Choice(
        item.uid,
        item.name,
        description=". ".join(filter(None, (item.kind, item.url, item.excerpt))),
        note=f"{count:,} statement{'' if count == 1 else 's'}" if count else "unused",
    )
