"""What a person has said of who says what, as it concerns what is proposed there and behind it.

What has an attribution is proposed no more. Behind it a pronoun, or a quotation that nobody is
named for, may be the same source's: that one is offered first, and before all that the text tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from reader.domain.text import Span
from reader.services.attributing.given import Given, can_mean_only, goes_on, nearest
from reader.services.suggesting.proposals import Proposal

NEAR = 700
"""Code points between what has an attribution and a proposal that it may tell something of."""


class ByHand:
    """Who says what in a part of an article, as its annotator said.

    Args:
        given: All of it there.
    """

    def __init__(self, given: Iterable[Given] = ()) -> None:
        self._given = sorted(given, key=lambda item: item.span)
        self._starts = [item.span.start for item in self._given]
        self._reach = list(accumulate((item.span.end for item in self._given), max))
        """The furthest end of each and those before it: where to stop looking."""

    def open(self, found: Iterable[Proposal], near: Sequence[Proposal]) -> list[Proposal]:
        """Return the proposals of which it is not said yet who says it, with whom they may mean.

        Args:
            found: The proposals.
            near: All that is proposed around them, also what was decided on.
        """
        return [self.beside(item, near) for item in found if not self.answers(item, near)]

    def answers(self, item: Proposal, near: Sequence[Proposal]) -> bool:
        """Whether it is said of a stretch who says it: around what is proposed, or most of it."""
        for given in self._between(*item.span):
            if _holds(given.span, item.span):
                return True
            if _holds(item.span, given.span) and _is_most(given.span, item.span):
                holding = [other.span for other in near if _holds(other.span, given.span)]
                if not any(span != item.span and _holds(item.span, span) for span in holding):
                    return True
        return False

    def beside(self, item: Proposal, near: Iterable[Proposal]) -> Proposal:
        """Return a proposal with the one who says what stands before, if that may be meant."""
        if item.found.naming not in ("pronoun", "unknown"):
            return item
        place = item.found.speaker or Span(item.span.start, item.span.start)
        given = nearest(self._between(place.start - NEAR, place.start), place.start)
        named = (it.found.speaker for it in near if it.found.naming != "pronoun")
        if given is None or not goes_on(given, place, filter(None, named)):
            return item
        plain = item.found.speaker is not None and can_mean_only(item.text, given, place)
        return replace(item, given=given, plain=plain)

    def says(self, stretch: Span) -> bool:
        """Whether it is said of anything in a stretch who says it."""
        return any(item.span.overlaps(stretch) for item in self._between(*stretch))

    def _between(self, start: int, end: int) -> Iterator[Given]:
        """Yield what has a code point in a stretch, or ends at its beginning; the last first."""
        for index in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[index] < start:
                return
            if self._given[index].span.end >= start:
                yield self._given[index]


def _holds(whole: Span, part: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _is_most(part: Span, whole: Span) -> bool:
    return 2 * (part.end - part.start) >= whole.end - whole.start
