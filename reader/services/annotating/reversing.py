"""Undo and redo of very many changes in an article, a slice at a time.

Each slice is written in a transaction of its own and belongs to the one group that all of them make
up. Whoever stops, or is stopped, has taken back what was taken back before: the next undo goes on
with the rest, and one redo does again what was taken back.
"""

from __future__ import annotations

from reader.domain.operation import Operation, free_in_parts, new_uid
from reader.services.annotating import history
from reader.services.annotating.history import Reversed
from reader.storage.library import Library
from reader.storage.undoing_next import ToReverse

AT_ONCE = 1_000
"""Operations that are taken back at one go."""

SLICE = 300
"""Operations of one slice: well below a tenth of a second."""

_ENTITIES = ("highlight", "judgement", "attribution")
"""What can be taken back in slices: each of them makes sense without the others."""


class Reversing:
    """Takes back the last thing that was done in an article, or does it again.

    Args:
        what: ``undo`` or ``redo``.
        article_uid: The article.
        actor: Whose actions count.

    Attributes:
        group: The group that is taken back.
        total: Of how many operations it is.
        done: How many of them are taken back.
        summary: What is taken back, in a few words, as the log says it.
        told: The same, with how much it is if that is an import.
        settled: Whether something has come back that had to be carried over to another version.
    """

    def __init__(self, what: str, article_uid: str, actor: str) -> None:
        self._what = what
        self._scope = (article_uid, actor)
        self._uid = new_uid()
        self._left: list[int] = []
        self.group, self.total, self.done, self.summary, self.told = "", 0, 0, "", ""
        self.settled = False

    def find(self, library: Library) -> bool:
        """Look for what is to be taken back; False if it is little, or nothing, or one whole.

        Raises:
            StorageError: The library cannot be read.
        """
        undoing = library.log.undoing
        target = undoing.next(self._what, *self._scope)
        if target is None or not self._is_much(library, target):
            return False
        self.group, self._uid = target.group, target.by or self._uid
        self._left = undoing.numbers(target)
        (last,) = library.log.numbered(self._left[-1:])
        self.total, self.summary = len(self._left), last.summary
        self.told = undoing.in_words(last.group_uid, last.summary)
        return True

    def _is_much(self, library: Library, target: ToReverse) -> bool:
        undoing = library.log.undoing
        return undoing.count(target.group) > AT_ONCE and undoing.is_of(target, _ENTITIES)

    def go_on(self, library: Library) -> Reversed:
        """Take back the last operations that are left, and return what that changed.

        Raises:
            StorageError: Nothing of the slice was written; those before it stay.
        """
        part = self._next(library)
        group = library.log.undoing.reverse_some(
            self._what, self._scope, part, self._uid, self.summary
        )
        del self._left[len(self._left) - len(part) :]
        self.done += len(part)
        free_in_parts(part)
        if not self._left and library.highlights.astray(self._scope[0]):
            from reader.services.changes.settling import settle  # late: seldom needed

            settle(library, self._scope[0])
            self.settled = True
        return history.state_of(library, group)

    @property
    def more(self) -> bool:
        """Whether something is left to be taken back."""
        return bool(self._left)

    def _next(self, library: Library) -> list[Operation]:
        """Return the last operations; what was made together goes together."""
        found = library.log.numbered(self._left[-SLICE - 1 :])
        first, second = found[0], found[min(1, len(found) - 1)]
        made_on = second.patch.get("highlight_uid")
        if len(found) > SLICE and made_on != first.entity_uid:
            del found[0]
        return found


def reverse(
    library: Library, what: str, article_uid: str, annotator: str
) -> Reversed | Reversing | None:
    """Undo or redo at one go, or return what is too much for that; None if there is nothing.

    Raises:
        StorageError: Nothing was changed.
    """
    much = Reversing(what, article_uid, annotator)
    if much.find(library):
        return much
    step = history.undo if what == "undo" else history.redo
    return step(library, article_uid, annotator)
