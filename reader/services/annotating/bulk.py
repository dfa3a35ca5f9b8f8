"""One edit over many targets, as one action: one group in the log, one undo.

The way to use it, from a screen::

    gathering = Gathering(session.annotations, targets, make, kind="tag", summary="+ plausible")
    while gathering.work_for(0.005):     # a slice; let keys come in between, or stop for good
        await rest(0)
    bulk = gathering.bulk()
    await screen.perform_in_slices(bulk)   # into the memory, one saver.save, widgets

Nothing is changed before `perform_in_slices`: whoever stops before has changed nothing. For a few
targets :func:`in_one` does all of it at once. `make` is what a key does to one target, the same
function that `Tags.act` takes: ``lambda known, target: known.set_tag(target, book, facet, tag)``.
Targets are worked out from the memory as it is, so do it in a turn (`Turns`), not across an undo.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from reader.domain.codebook import Codebook
from reader.domain.errors import UsageError
from reader.domain.operation import Change, Group
from reader.domain.records import dataclass
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
    """

    group: Group
    edits: tuple[Edit, ...]
    replaced: tuple[tuple[str, str], ...] = ()
    refused: int = 0
    reason: str = ""

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
        self._kind, self._summary = kind, summary
        self._seen: set[object] = set()
        self._edits: list[Edit] = []
        self._changes: list[Change] = []
        self._codebook: Codebook | None = None
        self._replaced: list[tuple[str, str]] = []
        self._refused, self._reason = 0, ""
        self.done = 0
        """Targets worked on so far."""

    def work_for(self, seconds: float) -> bool:
        """Go on for a while; False when there is nothing left to do."""
        until = time.perf_counter() + seconds
        for target in self._targets:
            self._take(target)
            if time.perf_counter() >= until:
                return True
        return False

    def _take(self, target: Target) -> None:
        self.done += 1
        key: object = target.highlight.uid if target.highlight else target.span
        if key in self._seen:
            return
        self._seen.add(key)
        try:
            edit = self._make(self._known, target)
        except UsageError as error:
            self._refused += 1
            self._reason = self._reason or f"{error.message} {error.hint}".strip()
            return
        if edit.group.changes:
            self._edits.append(edit)
            self._changes.extend(edit.group.changes)
            self._codebook = self._codebook or edit.group.codebook
            if (old := edit.replaced) is not None:
                self._replaced.append((edit.uid, old.uid))

    def bulk(self) -> Bulk:
        """Return what was gathered so far as one action."""
        group = Group(
            self._kind,
            self._known.annotator_uid,
            self._known.article_uid,
            tuple(self._changes),
            summary=_times(self._summary, len(self._edits)),
            codebook=self._codebook,
        )
        replaced = tuple(self._replaced)
        return Bulk(group, tuple(self._edits), replaced, self._refused, self._reason)


def in_one(
    known: Annotations, targets: Iterable[Target], make: Make, *, kind: str, summary: str
) -> Bulk:
    """Return the edits of some targets as one action; see :class:`Gathering` for very many."""
    gathering = Gathering(known, targets, make, kind=kind, summary=summary)
    while gathering.work_for(60.0):
        pass
    return gathering.bulk()


def _times(summary: str, count: int) -> str:
    return summary if count == 1 else f"{summary} × {count:,}"
