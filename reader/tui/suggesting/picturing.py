"""Asks whether a paragraph is the caption or credit that it looks like. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.speech.pictures import Picture
from reader.services.suggesting.deciding import Where
from reader.services.suggesting.pictures import decision, dismissed
from reader.services.suggesting.proposals import Proposal
from reader.tui.reading.roles import change_role
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def decide_picture(screen: ReadingScreen, found: Picture, others: list[Proposal]) -> None:
    """Ask what becomes of it; what else is suggested for the statement can be gone on to."""
    role = found.role.value
    choices = [
        Choice(
            "accept", f"accept: it is a {role}", f"It {found.reason}. It has no statements then."
        ),
        Choice("dismiss", "dismiss", "It is not suggested again."),
    ]
    if others:
        choices.append(Choice("others", "who says it …", "What else is suggested here."))
    chosen = await screen.ask(ChoiceDialog(f"Suggested: {role}", choices))
    if chosen == "accept":
        _accept(screen, found)
    elif chosen == "dismiss":
        await _dismiss(screen, found)
    elif chosen == "others":
        from reader.tui.suggesting.deciding import decide

        await decide(screen, others)


def _accept(screen: ReadingScreen, found: Picture) -> None:
    document = screen.session.document
    block = document.block_at(found.span.start)
    if block is not None:
        also = (decision(Where.of(screen.session.annotations), document.text, found, "accepted"),)
        start, old = block.start, block.role
        screen.turns.take(lambda: change_role(screen, start, old, found.role, also))


async def _dismiss(screen: ReadingScreen, found: Picture) -> None:
    await screen.turns.ended()
    if not screen.may_change():
        return
    screen.saver.save(
        dismissed(Where.of(screen.session.annotations), screen.session.document.text, found)
    )
    await screen.saver.tried()
    if screen.suggested is not None:
        await screen.suggested.load()
    screen.say_done("Dismissed.")
