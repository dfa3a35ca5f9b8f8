"""One edit over many targets, as one action: one group in the log, one undo.

Edits are gathered in slices, and what was gathered is taken off as a part of the one group::

    gathering = Gathering(session.annotations, targets, make, kind="tag", summary="+ plausible")
    while more:
        more = gathering.work_for(0.004, SLICE)  # reads the memory, changes nothing
        part = gathering.bulk()
        session.apply_all(part.edits)            # into the memory at once, before any key comes
        saver.save(part.group)                   # and wait until it is saved

Whoever stops has done what was done before.
`make` is what a key does to one target, the same function that `Tags.act` takes:
``lambda known, target: known.set_tag(target, book, facet, tag)``.

Each target is met as it is when its turn has come. What was done to it since, between the slices,
was done by somebody who saw it as it was, and stays where both say something of the same.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from reader.domain.codebook import Codebook
from reader.domain.errors import UsageError
from reader.domain.operation import Change, Group, new_uid
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit

Make = Callable[[Annotations, Target], Edit]
"""Makes the edit of one target, as a key does."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Many edits that are one action.

    Attributes:
        group: All changes, to be saved once.
        edits: What becomes of each highlight; those that change nothing are left out.
        replaced: Of each tag that gave way to another, the uids of highlight and judgement.
        refused: How many targets the edit made no sense for.
        reason: What the first of them was refused for; empty if there is none.
        count: How many highlights all parts so far make, change or delete.
    """

    group: Group
    edits: tuple[Edit, ...]
    replaced: tuple[tuple[str, str], ...] = ()
    refused: int = 0
    reason: str = ""
    count: int = 0

    def __len__(self) -> int:
        """How many highlights are made, changed or deleted."""
        return len(self.edits)


class Gathering:
    """Makes the edits of many targets, as much at a time as the caller allows.

    Args:
        known: The annotator's highlights, which it only reads.
        targets: What to act on. A target that occurs twice (the same highlight, or the same bare
            stretch) is acted on once.
        make: Makes the edit of one target; a ``UsageError`` refuses that target alone.
        kind: Kind of the group: ``tag``, ``delete``, ``confidence`` …
        summary: What is done to each, in a few words; how often is added to it.
    """

    def __init__(
        self,
        known: Annotations,
        targets: Iterable[Target],
        make: Make,
        *,
        kind: str,
        summary: str,
    ) -> None:
        self._known = known
        self._targets: Iterator[Target] = iter(targets)
        self._make = make
        self.kind, self._summary = kind, summary
        """Kind of the group, and what is done to each."""
        self._seen: set[object] = set()
        self._edits: list[Edit] = []
        self._changes: list[Change] = []
        self._codebook: Codebook | None = None
        self.uid = new_uid()
        """The group that all parts make up."""
        self.done = 0
        """Targets worked on so far."""
        self.count = 0
        """Highlights that are made, changed or deleted so far."""
        self.replaced: list[tuple[str, str]] = []
        """Of each tag that gave way to another, the uids of highlight and judgement."""
        self.refused = 0
        """How many targets the edit made no sense for."""
        self.reason = ""
        """What the first of them was refused for."""

    @property
    def summary(self) -> str:
        """What is done so far, in a few words."""
        return _times(self._summary, self.count)

    def work_for(self, seconds: float, at_most: int = sys.maxsize, *, at_least: int = 1) -> bool:
        """Go on for a while; False when there is nothing left to do.

        Args:
            seconds: How long.
            at_most: How many edits are gathered before it stops earlier.
            at_least: How many targets are met before time matters: on a busy machine one of them
                may take as long as many.
        """
        until = time.perf_counter() + seconds
        for number, target in enumerate(self._targets, 1):
            self._take(target)
            late = number >= at_least and time.perf_counter() >= until
            if late or len(self._edits) >= at_most:
                return True
        return False

    def _take(self, target: Target) -> None:
        self.done += 1
        key: object = target.highlight.uid if target.highlight else target.span
        if key in self._seen:
            return
        self._seen.add(key)
        try:
            edit = self._edit(target)
        except UsageError as error:
            self.leave_out(f"{error.message} {error.hint}".strip())
            return
        if edit.group.changes:
            self.count += 1
            self._edits.append(edit)
            self._changes.extend(edit.group.changes)
            self._codebook = self._codebook or edit.group.codebook
            if (old := edit.replaced) is not None:
                self.replaced.append((edit.uid, old.uid))

    def leave_out(self, reason: str) -> None:
        """Count a target that it is not done to."""
        self.refused += 1
        self.reason = self.reason or reason

    def _edit(self, target: Target) -> Edit:
        """Make the edit of a target as it is now.

        Raises:
            UsageError: It makes no sense, or would take back what was done meanwhile.
        """
        now = self._as_it_is(target)
        edit = self._make(self._known, now)
        if now.highlight is not target.highlight and _meets(edit, self._make(self._known, target)):
            raise _CHANGED
        return edit

    def _as_it_is(self, target: Target) -> Target:
        was = target.highlight
        if was is None:
            return self._known.target(target.span)
        if was.uid in self._known.orphans:
            return target
        now = self._known.index.get(was.uid)
        if now is None:
            raise UsageError("It was deleted meanwhile.")
        return target if now is was else Target(now.span, now)

    def bulk(self) -> Bulk:
        """Return what was gathered since the last call, as a part of the one action."""
        group = Group(
            self.kind,
            self._known.annotator_uid,
            self._known.article_uid,
            tuple(self._changes),
            summary=self.summary,
            codebook=self._codebook,
            uid=self.uid,
        )
        edits, self._edits, self._changes = tuple(self._edits), [], []
        replaced = tuple(self.replaced)
        return Bulk(group, edits, replaced, self.refused, self.reason, self.count)

    def give_back(self, part: Bulk) -> None:
        """Meet the targets of a part anew, because it was not done."""
        self.count -= len(part)
        self.done -= len(part)
        gone = {edit.uid for edit in part.edits}
        self.replaced = [pair for pair in self.replaced if pair[0] not in gone]
        targets = [_target_of(edit) for edit in part.edits]
        for target in targets:
            self._seen.discard(target.highlight.uid if target.highlight else target.span)
        self._targets = chain(targets, self._targets)


_CHANGED = UsageError("It was changed meanwhile.")


def _target_of(edit: Edit) -> Target:
    """Return what an edit was made of."""
    if edit.before is not None:
        return Target(edit.before.span, edit.before)
    return Target(edit.after.span if edit.after else Span(0, 0))


def _meets(edit: Edit, wanted: Edit) -> bool:
    """Whether an edit would take back what was done to its target since.

    Args:
        edit: What would be done to it as it is now.
        wanted: What would have been done to it as it was.
    """
    if edit.after is None:
        return True
    if wanted.before is None:  # made since: only what nothing is said of yet
        return any(any((change.before or {}).values()) for change in edit.group.changes)
    before = {change.uid: change.before for change in wanted.group.changes}
    changes = edit.group.changes
    return any(item.uid not in before or item.before != before[item.uid] for item in changes)


def _times(summary: str, count: int) -> str:
    return summary if count == 1 else f"{summary} × {count:,}"
