"""Acting on all hits of a search: what is done to every statement that contains one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from reader.domain.codebook import Tag
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.bulk import Make
from reader.services.annotating.edits import Edit
from reader.services.reading.session import Session


class State(Enum):
    """How a statement stands to what shall be done to it."""

    OPEN = "it is done"
    SAME = "it is so already"
    JUDGED = "another tag of the question is on it, or on a part of it"
    UNASKED = "the question is not asked of it"


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do to many statements.

    Attributes:
        kind: Kind of the group in the log.
        summary: A few words for messages: ``+ plausible``.
        make: Does it to one.
        state: Tells how a statement stands to it.
    """

    kind: str
    summary: str
    make: Make
    state: Callable[[Target], State]


def tagging(session: Session, tag: Tag) -> Act:
    """Return the setting of a tag of the active facet."""
    book, facet = session.codebook, session.facet
    index = session.annotations.index

    def state(target: Target) -> State:
        given = target.highlight.judgements_of(book.id, facet.id) if target.highlight else []
        if any(item.code == tag.code for item in given):
            return State.SAME
        if session.asked_after(target):
            return State.UNASKED
        over = index.overlapping(*target.span)
        judged = any(item.judgements_of(book.id, facet.id) for item in over)
        return State.JUDGED if judged and facet.select == "one" else State.OPEN

    def make(known: Annotations, target: Target) -> Edit:
        return known.set_tag(target, book, facet, tag)

    return Act("tag", f"{tag.symbol} {tag.label}", make, state)


def flagging() -> Act:
    """Return the setting of the flag."""

    def state(target: Target) -> State:
        return State.SAME if target.highlight and target.highlight.flag else State.OPEN

    return Act("flag", "flag", lambda known, target: known.toggle_flag(target), state)


def highlighting() -> Act:
    """Return the plain highlighting."""

    def state(target: Target) -> State:
        return State.SAME if target.highlight else State.OPEN

    return Act("highlight", "highlight", lambda known, target: known.plain(target), state)


class Sorting:
    """Finds the statements that contain hits, and sorts them by how they stand to an act.

    Args:
        session: Whose highlights.
        hits: The hits, in text order.
        act: What shall be done.

    Attributes:
        open: Statements that it can be done to.
        judged: Statements that are judged otherwise, wholly or in part.
        replaced: How many of those would lose a tag.
        same: How many have it already.
        unasked: How many the question is not asked of.
        outside: Hits that are in no statement.
        done: Hits looked at so far.
        met: The highlights on exactly those statements, as they were when looked at.
    """

    def __init__(self, session: Session, hits: Iterable[Span], act: Act) -> None:
        self._session, self._act = session, act
        self._hits: Iterator[Span] = iter(hits)
        self._end = 0
        self.open: list[Span] = []
        self.judged: list[Span] = []
        self.met: dict[Span, Highlight] = {}
        self.replaced = self.same = self.unasked = self.outside = self.done = 0

    def work_for(self, seconds: float) -> bool:
        """Go on for a while; False when all hits have been looked at."""
        until = time.perf_counter() + seconds
        for hit in self._hits:
            self._take(hit)
            if time.perf_counter() >= until:
                return True
        return False

    def _take(self, hit: Span) -> None:
        self.done += 1
        found = False
        for statement in self._session.document.statements(*hit):
            found = True
            if statement.end > self._end:  # hits are in order: the others were there before
                self._end = statement.end
                self._sort(statement)
        self.outside += not found

    def _sort(self, statement: Span) -> None:
        target = self._session.annotations.target(statement)
        state = self._act.state(target)
        if target.highlight is not None:
            self.met[statement] = target.highlight
        if state is State.OPEN:
            self.open.append(statement)
        elif state is State.JUDGED:
            self.judged.append(statement)
            own, book, facet = target.highlight, self._session.codebook, self._session.facet
            self.replaced += bool(own and own.judgements_of(book.id, facet.id))
        elif state is State.SAME:
            self.same += 1
        else:
            self.unasked += 1
