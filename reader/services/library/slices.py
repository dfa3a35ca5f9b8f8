"""Changes of very many articles, and what takes them back, a slice at a time.

Each slice is written in a transaction of its own and belongs to the one group that all of them make
up: whoever stops, or is stopped, has done what was done before, and one undo takes that back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reader.domain.operation import Change, Group, Operation, new_uid
from reader.services.annotating import history
from reader.services.library.changes import Make, committed, summary_of
from reader.storage.library import Library

SLICE = 200
"""Articles, or operations, of one slice: a tenth of a second."""

_OF_ARTICLES = frozenset({"status", "archived_at"})
"""Fields of an article that can be taken back without the other articles' ones."""


class Slices(Protocol):
    """Work of which each call of :meth:`go_on` does a part.

    Attributes:
        total: Of how many parts it is; known after the first slice.
        done: How many of them are done.
    """

    total: int
    done: int

    def go_on(self, library: Library) -> bool:
        """Do the next slice; return whether there is more to do.

        Raises:
            StorageError: Nothing of the slice was written; those before it stay.
        """
        ...


class Changing:
    """Does something to articles as one action, as ``perform`` in ``changes`` does at one go.

    Args:
        uids: The articles; what is gone is left out.
        make: Makes what changes in one of them.
        actor: Who does it.
        kind: Kind of the group.
        summary: What is done, in a few words.

    Attributes:
        touched: In how many articles something changed.
    """

    def __init__(
        self, uids: Sequence[str], make: Make, actor: str, kind: str, summary: str
    ) -> None:
        self._uids, self._make = uids, make
        self._actor, self._kind, self._about = actor, kind, summary
        self._group = new_uid()
        self.total, self.done, self.touched = len(uids), 0, 0

    @property
    def summary(self) -> str:
        """What was done so far, in a few words."""
        return summary_of(self._about, self.touched)

    def go_on(self, library: Library) -> bool:
        """Change the next articles; return whether there are more."""
        part = self._uids[self.done : self.done + SLICE]
        self.touched += committed(library, part, self._make, self._part)[1]
        self.done += len(part)
        return self.done < self.total

    def _part(self, changes: Sequence[Change], touched: int) -> Group:
        told = summary_of(self._about, self.touched + touched)
        return Group(self._kind, self._actor, None, tuple(changes), summary=told, uid=self._group)


class Reversing:
    """Takes back the last thing that was done in the list, or does it again.

    What is not just labels and statuses of articles is taken back at one go.

    Args:
        what: ``undo`` or ``redo``.
        actor: Whose actions count.

    Attributes:
        summary: What is taken back, in a few words.
    """

    def __init__(self, what: str, actor: str) -> None:
        self._what, self._actor = what, actor
        self._group = new_uid()
        self._left: list[Operation] | None = None
        self.total, self.done, self.summary = 0, 0, ""

    def go_on(self, library: Library) -> bool:
        """Take back the last operations that are left; return whether there are more."""
        if self._left is None:
            target = library.log.undoing.next(self._what, None, self._actor)
            self._left = library.log.undoing.left(target) if target else []
            self._group = (target.by if target else "") or self._group
            self.total = len(self._left)
            self.summary = self._left[-1].summary if self._left else ""
        if self.total <= SLICE or not all(map(_is_of_one_article, self._left)):
            self._at_one_go(library)
            return False
        part = self._left[-SLICE:]
        scope = (None, self._actor)
        library.log.undoing.reverse_some(self._what, scope, part, self._group, self.summary)
        del self._left[-SLICE:]
        self.done += len(part)
        return bool(self._left)

    def _at_one_go(self, library: Library) -> None:
        step = history.undo if self._what == "undo" else history.redo
        if self.total:
            step(library, None, self._actor)
        self.done = self.total


def _is_of_one_article(op: Operation) -> bool:
    return op.entity == "label" or (op.entity == "article" and _OF_ARTICLES.issuperset(op.patch))
