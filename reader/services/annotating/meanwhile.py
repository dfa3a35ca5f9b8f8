"""Refuses what was decided on a highlight that was removed while a form on it was open.

Import late: in the action that saves a form.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.errors import ChangedMeanwhile
from reader.domain.highlight import Judgement
from reader.services.annotating.annotations import Annotations, Target

REMOVED = "Another window has removed this highlight meanwhile"
"""Why what a form says is not saved."""
RETAGGED = "Another window has changed or removed this tag meanwhile"
"""Why what a form says of a judgement is not saved."""


def is_gone(known: Annotations, target: Target) -> bool:
    """Whether a form was opened on a highlight that is no longer there.

    Another one on the same words is not the one that was looked at.
    """
    highlight = target.highlight
    return (
        highlight is not None
        and highlight.uid not in known.orphans
        and known.index.get(highlight.uid) is None
    )


def check(known: Annotations, target: Target, way_out: str) -> None:
    """See that what a form was opened on is still there.

    Args:
        known: The article's highlights as they are now.
        target: What the form was opened on.
        way_out: What to do, in a sentence.

    Raises:
        ChangedMeanwhile: It was removed, or replaced by another highlight.
    """
    if is_gone(known, target):
        raise ChangedMeanwhile(f"{REMOVED}: nothing was saved.", way_out)


def lost(known: Annotations, uids: Mapping[str, str], first: Judgement) -> str:
    """Return why nothing can be said of judgements; empty if one of them is as it was.

    Args:
        known: The article's highlights as they are now.
        uids: The uid of each judgement, by that of its highlight.
        first: The first of them, as it was when the form was opened.
    """
    live = [highlight for uid in uids if (highlight := known.index.get(uid))]
    if any(
        item.uid == uids[highlight.uid] and item.code == first.code
        for highlight in live
        for item in highlight.judgements
    ):
        return ""
    return f"{REMOVED if not live else RETAGGED}: nothing was saved."
