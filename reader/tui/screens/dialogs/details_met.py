"""What another window has changed while an article's details were open: nothing goes unseen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.domain.highlight import Judgement

MORE = ("confidence", "likelihood", "reason")
"""What is said of a verdict beside its tag."""

BOTH_NOTES = "Another window has written a note here meanwhile: both are kept, yours below."
BOTH_LABELS = "Another window has changed the labels meanwhile: yours come beside that."
VERDICT = "Another window has changed the verdict meanwhile: nothing was saved."
"""Why what was said of it is not."""


def joined_note(opened: str, now: str, mine: str) -> str:
    """Return the note to be written.

    Args:
        opened: The note as it was when the details were opened.
        now: As it is now.
        mine: As it was written in the details.

    Returns:
        One's own, below the one that another window has written since; nothing of it twice.
    """
    if now in ("", opened) or now in mine:
        return mine
    return now if mine in now else f"{now}\n\n{mine}"


def is_as_before(verdict: Judgement | None, before: Judgement, what: Iterable[str]) -> bool:
    """Whether a verdict is the one that it was, and some things are said of it as they were."""
    return (
        verdict is not None
        and verdict.code == before.code
        and all(getattr(verdict, name) == getattr(before, name) for name in what)
    )


def with_more(verdict: Judgement | None, before: Judgement, after: Judgement) -> Judgement | None:
    """Return the verdict that is there now with what was said of it; None if that was changed.

    Args:
        verdict: As it is now; None if it was taken off.
        before: As it was when more was to be said of it.
        after: With what was said.
    """
    changed = [name for name in MORE if getattr(before, name) != getattr(after, name)]
    if verdict is None or not is_as_before(verdict, before, changed):
        return None
    return replace(verdict, **{name: getattr(after, name) for name in changed})
