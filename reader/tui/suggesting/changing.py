"""Lets a proposal be changed before it is taken: its words, speaker, voice and act. Import late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.attributed import ACTS, VOICES
from reader.domain.speech.kinds import named
from reader.domain.text import Span, shortened
from reader.services.attributing.candidates import Candidate, candidates
from reader.services.suggesting.deciding import Taken, as_proposed
from reader.services.suggesting.proposals import Proposal
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen

QUOTE = 60
"""Code points of the words that a row or title shows."""
NOBODY = "-"
"""Id of the choice that leaves something open."""


async def edited(screen: ReadingScreen, proposal: Proposal, upon: Span | None) -> Taken | None:
    """Let words, speaker, voice and act be changed, one after the other, until it is taken.

    Args:
        screen: The article's screen.
        proposal: The proposal.
        upon: The highlight around it of which it is to be said, or None.

    Returns:
        What is to be taken; None if nothing is.
    """
    taken = as_proposed(proposal, upon)
    while True:
        chosen = await screen.ask(ChoiceDialog("Take it so?", _rows(proposal, taken)))
        if chosen == "take":
            return taken
        if chosen is None:
            return None
        taken = await _changed(screen, proposal, taken, chosen, upon)


def _rows(proposal: Proposal, taken: Taken) -> list[Choice]:
    words = " ".join(proposal.words(taken.place).split())
    made = "Your highlight gets" if taken.upon else "The highlight is made, with"
    return [
        Choice("take", "take it so", f"{made} the attribution."),
        Choice("words", f"words: {shortened(words, QUOTE)}", "What is highlighted."),
        Choice("speaker", f"speaker: {taken.speaker or 'left open'}", "Who is said to say it."),
        Choice("voice", f"voice: {taken.voice or 'not said'}", "How it is told."),
        Choice("act", f"act: {taken.act or 'not said'}", "What the speaker does by it."),
    ]


async def _changed(
    screen: ReadingScreen, proposal: Proposal, taken: Taken, what: str, upon: Span | None
) -> Taken:
    if what == "words":
        return await _other_words(screen, proposal, taken, upon)
    if what == "speaker":
        return await _other_speaker(screen, proposal, taken)
    known = VOICES if what == "voice" else ACTS
    choices = [*(Choice(code, code) for code in known), Choice(NOBODY, "not said")]
    now_is = taken.voice if what == "voice" else taken.act
    chosen = await screen.ask(ChoiceDialog(what.capitalize(), choices, current=now_is or NOBODY))
    if chosen is None:
        return taken
    value = None if chosen == NOBODY else chosen
    return replace(taken, voice=value) if what == "voice" else replace(taken, act=value)


async def _other_words(
    screen: ReadingScreen, proposal: Proposal, taken: Taken, upon: Span | None
) -> Taken:
    sentence, cursor = proposal.found.sentence, screen.cursor
    said = (proposal.span, proposal.found.extra_spans)
    ways: dict[str, tuple[Span, tuple[Span, ...], Span | None]] = {
        **({"marked": (*said, upon)} if upon else {}),
        "said": (*said, None),
        "sentence": (sentence, (), None),
        "statement": (cursor or sentence, (), None),
    }
    choices = [
        Choice(name, shortened(proposal.words(around or span), QUOTE), note=name)
        for name, (span, _, around) in ways.items()
    ]
    chosen = await screen.ask(ChoiceDialog("Which words?", choices))
    if chosen is None:
        return taken
    span, extra, around = ways[chosen]
    return replace(taken, span=span, extra_spans=extra, upon=around)


async def _other_speaker(screen: ReadingScreen, proposal: Proposal, taken: Taken) -> Taken:
    found = candidates(proposal.text, screen.session.document.blocks, proposal.span, proposal.given)
    offered = [item for item in found if item.name]
    choices = [
        *(Choice(str(number), item.name, item.why, note=item.naming)
          for number, item in enumerate(offered)),
        Choice("type", "somebody else …", "Type a name."),
        Choice(NOBODY, "left open", "It is not known who says it."),
    ]  # fmt: skip
    chosen = await screen.ask(ChoiceDialog("Who says it?", choices))
    if chosen is None:
        return taken
    if chosen == NOBODY:
        return replace(taken, speaker="", naming="", role="")
    if chosen == "type":
        return await _typed(screen, taken)
    return _of(taken, offered[int(chosen)])


def _of(taken: Taken, candidate: Candidate) -> Taken:
    return replace(taken, speaker=candidate.name, naming=candidate.naming, role=candidate.role)


async def _typed(screen: ReadingScreen, taken: Taken) -> Taken:
    from reader.tui.screens.dialogs.prompt import PromptDialog

    name = await screen.ask(PromptDialog("Who says it?", "A name", taken.speaker))
    if not name or not name.strip():
        return taken
    return replace(taken, speaker=named(name, "described").name, naming="", role="")
