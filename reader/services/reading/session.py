"""What the reading screen knows and does, without a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.domain.codebook import Codebook, missing
from reader.domain.highlight import Highlight
from reader.domain.text import Role, Span, per_cent
from reader.services.annotating.annotations import Annotations
from reader.services.annotating.edits import Edit
from reader.services.articles import Opened
from reader.services.reading.codebooks_at_hand import CodebooksAtHand
from reader.services.reading.tally import Tally

if TYPE_CHECKING:
    from reader.domain.beside import Beside
    from reader.domain.content import CaptureDetails
    from reader.domain.overall import Overall
    from reader.services.annotating.history import Reversed
    from reader.storage.codebooks import Kept

CHARACTERS_PER_MINUTE = 1_300
"""Reading speed for "minutes left": 230 English words a minute (Brysbaert 2019: 238 silent)."""

_EVERY_STANCE = ("supports", "refutes")
"""All that evidence may have to say of a highlight."""
_MANY = 64
"""Highlights from which on it costs less to sort all anew than to put one by one."""


class Session(CodebooksAtHand):
    """One annotator reading one article with one codebook.

    Args:
        opened: The article as it was loaded.
        annotator: The annotator's uid.
        codebook: The codebook whose tags the digits set.
        kept: The codebooks that judgements may be from, as used in the library.
    """

    def __init__(
        self, opened: Opened, annotator: str, codebook: Codebook, kept: Kept | None = None
    ) -> None:
        self.opened = opened
        self.seen = opened.seen
        """Up to where in the log the highlights are known to be as they are in the library."""
        self.damaged = False
        """Whether the text was found to be another than was captured."""
        self.document = opened.document
        self.roles = dict(opened.version.roles)
        """Changed roles by the start of their block."""
        self.annotations = Annotations(
            opened.article.uid,
            opened.version.uid,
            annotator,
            opened.version.content,
            opened.highlights,
        )
        self.annotations.orphans.update((item.uid, (item, said)) for item, said in opened.orphans)
        self.tally = Tally(self.document, self.annotations, codebook.id)
        super().__init__(codebook, kept)
        self.overall: Overall | None = None
        """What is said of the article as a whole; None until it was read."""
        self.beside: Beside | None = None
        """For which highlights there is evidence, a relation, a source; None until it was read."""
        self.handles: dict[str, str] = {}
        """Names of the other annotators whose highlights are listed, by uid."""
        self.spoken: dict[tuple[str, str], frozenset[str]] = {}
        """Which highlights fit what the panel's filter asks of who said them, by that."""
        self.told: dict[str, tuple[tuple[str, str], ...]] = {}
        """What stands beside highlights that one has rested on, in words: labels and texts."""
        self.beginning: Span | None = None
        """The words that are about to be related to others; None if none are."""
        self.capture: CaptureDetails | None = None
        """Pages, quality and final URL of the capture; None until they were read."""

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page that a code point stands on, or None if unknown."""
        return self.capture.pages.at(offset) if self.capture is not None else None

    def page_in_words(self, offset: int, *, of_all: bool = False) -> str:
        """Return which page of the source a code point stands on: ``p. 12``; empty if unknown.

        Args:
            offset: The code point.
            of_all: Whether to say as well how many pages there are: ``p. 12/36``.
        """
        number = self.page_of(offset)
        if number is None or self.capture is None:
            return ""
        return f"p. {number:,}/{len(self.capture.pages):,}" if of_all else f"p. {number:,}"

    # ------------------------------------------------------------------ what tags want

    def use(self, codebook: Codebook) -> None:
        """Let the digits set the tags of another codebook, and count with those.

        Raises:
            CodebookError: It has no facet for statements.
        """
        super().use(codebook)
        self.tally.codebook = codebook.id

    def missing(self, highlight: Highlight) -> tuple[str, ...]:
        """Return what the tags of a highlight want beside them and do not have."""
        found: dict[str, None] = {}
        for judgement in highlight.judgements:
            tag = self.tag_of(judgement)
            if tag is None or not tag.requires:
                continue
            if self.beside is not None:
                lacks = self.beside.lacks(highlight, judgement, tag)
            else:  # what has not been read as yet is not said to be missing
                noted = bool(highlight.note or judgement.reason)
                lacks = missing(tag, note=noted, evidence=_EVERY_STANCE, relation=True, source=True)
            found.update(dict.fromkeys(lacks))
        return tuple(found)

    def verdict_wants(self, note: str | None = None) -> tuple[str, ...]:
        """Return what the verdicts on the article want beside them and do not have.

        Args:
            note: The note on the article, if it is about to be another one.
        """
        overall = self.overall
        if overall is None or not overall.verdicts:
            return ()
        from reader.domain.beside import Beside  # late: most articles have no verdict

        there, found = self.beside or Beside(), dict[str, None]()
        note = (overall.note or "") if note is None else note
        for judgement in overall.verdicts:
            tag = self.tag_of(judgement)
            if tag:
                found.update(dict.fromkeys(there.overall_lacks(judgement, tag, note)))
        return tuple(found)

    # ------------------------------------------------------------------ where one is

    def first_statement(self) -> Span | None:
        """Return the statement where the annotator left off."""
        return self.document.statement_at(self.opened.place.offset)

    def unjudged(self, start: Span, step: int) -> Span | None:
        """Return the next (+1) or previous (-1) one without a tag of the codebook, or None."""
        move = self.document.next_statement if step > 0 else self.document.previous_statement
        at = move(start)
        while at is not None and self.annotations.is_judged(at, self.codebook.id):
            at = move(at)
        return at

    def next_highlight(self, at: Highlight | Span, step: int) -> Highlight | None:
        """Return the next or previous highlight in document order, from a highlight or a place."""
        index = self.annotations.index
        if isinstance(at, Highlight):
            position = (index.position(at.uid) or 0) + step
        else:
            position = index.position_from(at.start + (step > 0)) - (step < 0)
        return index[position] if 0 <= position < len(index) else None

    def minutes_left(self, offset: int) -> int:
        """Return how many minutes of reading are left after an offset."""
        return round((self.document.length - offset) / CHARACTERS_PER_MINUTE)

    def percent(self, at: Span) -> int:
        """Return how far through the text a statement is, 0-100."""
        last = self.document.next_statement(at) is None
        return 100 if last else per_cent(at.end, self.document.length)

    def read_to(self, at: Span) -> int:
        """Return the offset up to which one has read who is at a statement: all at the last one."""
        last = self.document.next_statement(at) is None
        return self.document.length if last else at.end

    def work_some(self) -> bool:
        """Do a slice of the counting that can wait; False when nothing is left."""
        return self.tally.count_one_more()

    # ------------------------------------------------------------------ edits

    def apply(self, edit: Edit) -> None:
        """Take an edit into the memory, before it is committed."""
        if edit.group.changes:
            self.tally.put(edit.uid, self.annotations.in_text(edit.uid, edit.after))

    def apply_all(self, edits: Sequence[Edit]) -> None:
        """Take many edits into the memory at once, before they are committed."""
        self._put_all({edit.uid: edit.after for edit in edits if edit.group.changes})

    def take_back_in_steps(self, done: Reversed) -> Iterator[None]:
        """Do what :meth:`take_back` does, with a pause now and then for keys to come between.

        Until the end nothing else may be edited.
        """
        yield from self.tally.put_in_steps(done.highlights)
        self._take_roles(done)

    def _put_all(self, changed: Mapping[str, Highlight | None]) -> None:
        known = self.annotations
        changed = {uid: known.own(known.in_text(uid, item)) for uid, item in changed.items()}
        if len(changed) > _MANY:
            self.tally.put_all(changed)
            return
        for uid, highlight in changed.items():
            self.tally.put(uid, highlight)

    def take_in(self, page: Sequence[Highlight]) -> None:
        """Take in highlights that were read from the library."""
        fresh = [item for item in page if self.annotations.index.get(item.uid) is None]
        known = len(self.annotations.index)
        self.annotations.load(fresh)
        if len(self.annotations.index) != known:
            self.tally.take_in(h for h in fresh if self.annotations.index.get(h.uid))
            self.tally.recount()

    def take_back(self, done: Reversed) -> None:
        """Take in what an undo or redo did in the library."""
        self._put_all(done.highlights)
        self._take_roles(done)

    def _take_roles(self, done: Reversed) -> None:
        for start, role in done.roles.items():
            self.set_role(start, role)

    def set_role(self, start: int, role: Role | None) -> None:
        """Give a block another role in memory; None is the captured one."""
        if role is None:
            self.roles.pop(start, None)
            self.document.reset_role(start)
        else:
            self.roles[start] = role
            self.document.set_role(start, role)
        self.tally.recount()
