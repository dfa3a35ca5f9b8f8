"""What the dialogs on who said something act on: statements, and what is said of them so far.

It holds what was read from the library when a dialog was opened, takes in what the dialog does, and
has it shown and saved by the reading screen. Import late: in the action that opens a dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.attributed import Attribution, attribution_uid
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.operation import Group
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.services.annotating import meanwhile
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.bulk import Bulk, Gathering
from reader.services.annotating.edits import Edit
from reader.services.attributing import edits, rating
from reader.storage.library import Library
from reader.tui.reading import several, under_way
from reader.tui.reading.panel_list import AT_ONCE_S

if TYPE_CHECKING:
    from reader.tui.reading.base import ReadingBase
    from reader.tui.reading.panel_keys import Listing

Change = Callable[[Attribution], Attribution]
"""Gives the attribution that a statement shall have, from the one that it has."""

Asked = tuple[Codebook, Facet, Tag]
"""A tag with where it is from."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was read from the library for some statements.

    Attributes:
        attributions: By the highlight's uid.
        held: Highlights that stay only because they are attributed.
    """

    attributions: Mapping[str, Attribution]
    held: frozenset[str]


def read(library: Library, uids: Sequence[str]) -> Known:
    """Read what is said of some highlights so far.

    Raises:
        StorageError: It cannot be read.
    """
    found = library.attributions.of_all(uids)
    return Known(found, frozenset(uid for uid in found if edits.is_held(library, uid)))


class Desk:
    """Statements that are attributed.

    Args:
        screen: Shows and saves what is done.
        targets: The statements; at least one.
        known: What is said of them so far.
    """

    def __init__(self, screen: Listing, targets: Sequence[Target], known: Known) -> None:
        self.screen = screen
        self.targets = list(targets)
        self._said = dict(known.attributions)
        self._held = set(known.held)
        self.done = ""
        """What was done last, in a few words; empty if nothing was."""
        self.left = False
        """Whether the dialog has been left, so that the article says what is done."""
        self._wished: Attribution | None = None
        """What shall be said of the first of many statements, though its turn may yet come."""

    @property
    def words(self) -> str:
        """The words of the first statement, and how many more there are."""
        first = self.targets[0]
        known = self.screen.session.annotations
        words = " ".join(known.words(first.span, first.highlight)[:400].split())
        more = len(self.targets) - 1
        return f"“{words}”" + (f" and {more:,} more" if more else "")

    @property
    def said(self) -> Attribution | None:
        """What is said of the first statement."""
        if self._wished is not None:
            return None if self._wished.is_empty else self._wished
        highlight = self.targets[0].highlight
        return self._said.get(highlight.uid) if highlight else None

    @property
    def attribution_uid(self) -> str | None:
        """The uid of the first statement's attribution; None if it has none."""
        said, highlight = self.said, self.targets[0].highlight
        return attribution_uid(highlight.uid) if said and highlight else None

    # ------------------------------------------------------------------ changing

    def change(self, change: Change, summary: str, fresh: Sequence[Source] = ()) -> bool:
        """Say something else of the statements, as one action; many come in slices.

        Args:
            change: What is said then, from what is said now.
            summary: What is done, in a few words.
            fresh: Sources that are made with it: each is an action of the library's own.

        Returns:
            Whether that could be: the statement may be gone, which is told.
        """
        screen = self.screen
        if not screen.may_change() or self._is_gone():
            return False
        for group in edits.making(screen.session.annotations.annotator_uid, fresh):
            screen.saver.save(group)
        if len(self.targets) == 1:
            known, (target,) = screen.session.annotations, self.targets
            uid = target.highlight.uid if target.highlight else None
            edit = self._edit(known, known.target(target.span, uid), change, summary)
            screen.perform(edit)
            self._take([edit], change)
            self.done = edit.group.summary if edit.group.changes else self.done
            return True
        self._wished = change(self.said or Attribution("", ""))
        screen.turns.take(lambda: self._change_all(change, summary))
        return True

    def _is_gone(self) -> bool:
        """Whether the one statement was removed meanwhile: told once, then its words are meant."""
        known, first = self.screen.session.annotations, self.targets[0]
        if len(self.targets) > 1 or not meanwhile.is_gone(known, first):
            return False
        if first.highlight is not None:
            self._said.pop(first.highlight.uid, None)
        self.targets[0] = known.target(first.span)
        way_out = "The same key again says it of the words as they are now; Esc leaves."
        self.screen.say(f"{meanwhile.REMOVED}: nothing was saved. {way_out}", error=True)
        return True

    def _change_all(self, change: Change, summary: str) -> None:
        screen = self.screen
        if under_way.when_ended(screen, lambda: self._change_all(change, summary)):
            return
        known = screen.session.annotations
        live = [
            target
            if meanwhile.is_gone(known, target)
            else known.target(target.span, target.highlight.uid)
            for target in self.targets
            if target.highlight
        ]
        gathering = Gathering(
            known,
            live,
            lambda known, target: self._edit(known, target, change, summary),
            kind="attribute",
            summary=summary,
        )

        under_way.perform(
            screen,
            gathering,
            len(live),
            self._tell,
            AT_ONCE_S,
            lambda done: self._take(done, change),
        )

    def _tell(self, screen: ReadingBase, bulk: Bulk) -> None:
        """Say what was done, unless a dialog shows it."""
        self.done = bulk.group.summary if bulk.count else self.done
        if self.left or bulk.refused:
            several.tell(screen, bulk)

    def _edit(self, known: Annotations, target: Target, change: Change, summary: str) -> Edit:
        highlight = target.highlight
        uid = highlight.uid if highlight else ""
        if uid in known.orphans:
            raise UsageError("It stands in an earlier version only: attribute it there.")
        if meanwhile.is_gone(known, target):
            raise UsageError(f"{meanwhile.REMOVED}.")
        before = self._said.get(uid)
        place = edits.Place(
            known.article_uid,
            known.version_uid,
            known.annotator_uid,
            known.text,
            target.span,
            highlight,
            before,
            uid in self._held,
        )
        return edits.attribute(place, change(before or Attribution("", "")), summary)

    def _take(self, done: Sequence[Edit], change: Change) -> None:
        """Know what was done, for what is done next."""
        for edit in done:
            if edit.group.changes:
                self._take_one(edit, change)
        first = self.targets[0]
        uid = first.highlight.uid if first.highlight else None
        self.targets[0] = self.screen.session.annotations.target(first.span, uid)

    def _take_one(self, edit: Edit, change: Change) -> None:
        after = edit.after
        made = change(self._said.pop(edit.uid, Attribution("", "")))
        if after is None or made.is_empty:
            return
        if edit.before is None or edit.before.implicit:
            self._held.add(edit.uid)
        uid = attribution_uid(after.uid)
        self._said[after.uid] = replace(made, uid=uid, highlight_uid=after.uid)

    # ------------------------------------------------------------------ judging

    def rate(
        self,
        what: rating.Rated,
        uid: str,
        there: Sequence[Judgement],
        tag: Asked,
    ) -> tuple[Judgement, ...]:
        """Give a tag to a source or an attribution, or take it off; saved at once.

        Returns:
            What the annotator has judged of it then.
        """
        screen = self.screen
        if not screen.may_change():
            return tuple(there)
        known = screen.session.annotations
        changes, after = rating.toggled(what, uid, known.annotator_uid, there, tag)
        codebook, facet, chosen = tag
        off = len(after) < len(there)
        group = Group(
            f"rate-{what}",
            known.annotator_uid,
            known.article_uid if what == "attribution" else None,
            changes,
            summary=rating.summary(facet, chosen, off=off),
            codebook=None if off else codebook,
        )
        of_many = what == "attribution" and len(self.targets) > 1
        if not (of_many and under_way.when_ended(screen, lambda: screen.saver.save(group))):
            screen.saver.save(group)
        return after
