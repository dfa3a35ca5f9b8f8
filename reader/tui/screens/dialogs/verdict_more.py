"""What more is said of a verdict in the article's details: how sure, how likely, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.highlight import Judgement
from reader.domain.likelihood import in_words, parse_likelihood
from reader.domain.untrusted import safe
from reader.services.annotating.judging import next_step
from reader.tui.commands import key_for
from reader.tui.screens.dialogs.qualifying import likelihood_dialog, reason_dialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


def ask_more(
    app: ReaderApp,
    judgement: Judgement,
    what: str,
    use: Callable[[Judgement], None],
    lost: Callable[[str], str],
) -> None:
    """Ask for one thing more, or go to the next step of confidence, which needs no question.

    Args:
        app: Shows the question.
        judgement: The verdict as it is.
        what: ``confidence``, ``likelihood`` or ``reason``.
        use: Called with the verdict as it shall be; not, if the question is left.
        lost: Returns why that cannot be said of it any more; empty if it can.
    """
    if what == "confidence":
        use(replace(judgement, confidence=next_step(judgement.confidence)))
        return
    title, why_not = "the verdict", partial(lost, what)
    if what == "likelihood":
        dialog = likelihood_dialog(title, judgement.likelihood, why_not)
    else:
        dialog = reason_dialog(title, judgement.reason or "", why_not)

    def answered(answer: str | None) -> None:
        if answer is None or answer == dialog.value:
            return
        if what == "likelihood":
            use(replace(judgement, likelihood=parse_likelihood(answer)))
        else:
            use(replace(judgement, reason=answer or None))

    app.push_screen(dialog, answered)


def said_in_words(judgement: Judgement) -> str:
    """Return what is said of a verdict beside its tag; empty if nothing is."""
    parts = [f"{judgement.confidence} confidence"] if judgement.confidence else []
    if judgement.likelihood is not None:
        parts.append(in_words(judgement.likelihood))
    if judgement.reason:
        parts.append(f"because: {safe(judgement.reason)}")
    return " · ".join(parts)


def more_keys() -> str:
    """Return the keys that say more, in one line."""
    keys = (("confidence", "how sure"), ("likelihood", "how likely"), ("reason", "why"))
    return " · ".join(f"{key_for(command)} {words}" for command, words in keys)
