"""Lets a judgement that is there rest on evidence, with a reason. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.services.annotating.judging import judge
from reader.services.annotating.meanwhile import Asked
from reader.services.relating.evidence import because
from reader.tui.screens.dialogs.qualifying import reason_dialog

if TYPE_CHECKING:
    from reader.domain.evidence import Evidence
    from reader.domain.highlight import Highlight, Judgement
    from reader.tui.reading.screen import ReadingScreen


async def judge_because(
    screen: ReadingScreen, highlight: Highlight, judgement: Judgement, evidence: Evidence
) -> None:
    """Ask why, and have a judgement rest on evidence.

    Raises:
        ChangedMeanwhile: Another window has changed it, and that was not told.
    """
    session = screen.session
    name = session.tag_name(
        judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
    )
    known, reason = session.annotations, judgement.reason or ""
    asked = Asked(known, {highlight.uid: judgement.uid}, judgement, "reason")
    answer = await screen.ask(reason_dialog(name, reason, asked.lost, asked.met, saves_more=True))
    if answer is None:
        return
    there = asked.there()
    edit = judge(
        known,
        known.target(highlight.span, highlight.uid),
        because(there, [evidence.uid]),
        confidence=there.confidence,
        likelihood=there.likelihood,
        reason=answer,
    )
    screen.perform(edit)
    screen.say(f"{name}, because of {evidence.name}.")
