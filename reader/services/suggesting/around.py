"""The highlight around what is proposed: whether who says it is to be said of that one.

Whoever has judged a statement wants to know who says it, and not a second highlight beside it.
That goes only where the statement is one speaker's: of several things said in it each is on its
own, and so is one in a statement of which somebody else is said to say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.suggesting.proposals import Proposal

SEVERAL = "more than one thing is said in this statement"
SAID = "it is said already who says the statement"


@dataclass(frozen=True, slots=True)
class Around:
    """A highlight around what is proposed, in the same statement.

    Attributes:
        highlight: The highlight.
        against: Why what is proposed is not to be said of all of it; empty if it is.
    """

    highlight: Highlight
    against: str = ""


def around(
    proposal: Proposal,
    statement: Span,
    near: Sequence[Proposal],
    highlights: Iterable[Highlight],
    has_speaker: Callable[[Highlight], bool],
) -> Around | None:
    """Return the smallest highlight of a statement that holds all that is proposed, or None.

    Args:
        proposal: What is proposed.
        statement: The statement in which it stands.
        near: All that is proposed there, also what was decided on.
        highlights: The annotator's highlights there.
        has_speaker: Whether it is said of a highlight who says it.
    """
    home = _joined(statement, proposal.found.sentence)
    holding = [
        item
        for item in highlights
        if item.span != proposal.span
        and _holds(home, (item.span, *item.extra_spans))
        and _holds(item.span, proposal.spans)
    ]
    if not holding:
        return None
    found = min(holding, key=lambda item: item.end - item.start)
    if has_speaker(found):
        return Around(found, SAID)
    several = any(_is_apart(other, proposal, found.span) for other in near)
    return Around(found, SEVERAL if several else "")


def _is_apart(other: Proposal, proposal: Proposal, where: Span) -> bool:
    """Whether something else is said in a stretch, and not within what is proposed.

    In "the bank said it expects prices to rise" what it expects is what it says.
    """
    if other.place == proposal.place or not any(span.overlaps(where) for span in other.spans):
        return False
    return not all(any(_holds(span, (part,)) for span in proposal.spans) for part in other.spans)


def _joined(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _holds(whole: Span, parts: Iterable[Span]) -> bool:
    return all(whole.start <= part.start and part.end <= whole.end for part in parts)
