"""Refuses what was decided on a highlight that was removed while a form on it was open.

Import late: in the action that saves a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reader.domain.codebook import Codebook, Facet
from reader.domain.errors import ChangedMeanwhile
from reader.domain.highlight import Highlight, Judgement
from reader.domain.text import shortened
from reader.services.annotating.annotations import Annotations, Target

REMOVED = "Another window has removed this highlight meanwhile"
"""Why what a form says is not saved."""
RETAGGED = "Another window has changed or removed this tag meanwhile"
"""Why what a form says of a judgement is not saved."""

_MET = 80
"""Code points that are told of what another window has said."""


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


def same_tags(seen: Highlight, now: Highlight | None, codebook: Codebook, facet: Facet) -> bool:
    """Whether a highlight has the tags of a facet that it had when it was looked at."""
    codes = [
        [judgement.code for judgement in item.judgements_of(codebook.id, facet.id)]
        for item in (seen, now or seen)
    ]
    return codes[0] == codes[1]


class Asked:
    """Judgements of which one thing more is asked, and what was seen of that when it was.

    Args:
        known: The article's highlights.
        uids: The uid of each judgement, by that of its highlight.
        first: The first of them, as it was when it was asked.
        what: What is asked: ``confidence``, ``likelihood`` or ``reason``.
    """

    def __init__(
        self, known: Annotations, uids: Mapping[str, str], first: Judgement, what: str
    ) -> None:
        self._known, self.uids, self.first = known, uids, first
        self._what = what
        self._seen = {getattr(first, what)}

    def lost(self) -> str:
        """Return why nothing can be said of them; empty if one of them has the tag that it had."""
        if any(True for _ in self._live()):
            return ""
        gone = not any(self._known.index.get(uid) for uid in self.uids)
        return f"{REMOVED if gone else RETAGGED}: nothing was saved."

    def met(self, mine: str | int | None) -> str:
        """Return, once, what another window has said of it since; empty if that is nothing.

        Args:
            mine: What is to be said here: the same is no matter.
        """
        values = dict.fromkeys(getattr(item, self._what) for item in self._live())
        there = [value for value in values if value not in self._seen and value != mine]
        self._seen.update(values)
        if not there:
            return ""
        now = f"“{shortened(str(there[0]), _MET)}” now" if there[0] is not None else "gone"
        return f"Another window has changed it meanwhile: the {self._what} is {now}."

    def there(self) -> Judgement:
        """Return the first of them as it is now.

        Raises:
            ChangedMeanwhile: It has another tag, or what is asked was changed and not seen.
        """
        found = next(self._live(), None)
        if found is None or not self.is_as_seen(found):
            raise ChangedMeanwhile(f"{RETAGGED}: nothing was saved.", "Look at it and do it again.")
        return found

    def is_as_seen(self, judgement: Judgement) -> bool:
        """Whether nobody has changed or replaced a judgement unseen."""
        return judgement.code == self.first.code and getattr(judgement, self._what) in self._seen

    def _live(self) -> Iterator[Judgement]:
        for highlight in filter(None, map(self._known.index.get, self.uids)):
            for item in highlight.judgements:
                if (item.uid, item.code) == (self.uids[highlight.uid], self.first.code):
                    yield item
