"""One annotator's highlights on one article: what a key does to them.

Each action returns an :class:`Edit`: shown at once by :meth:`Annotations.apply`, committed by
whoever owns the library. Nothing here waits for a database.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import CONTEXT, Highlight, in_parts
from reader.domain.highlight_index import HighlightIndex
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass, replace
from reader.domain.text import LongText, Role, Span
from reader.services.annotating.edits import (
    Edit,
    changes_between,
    deletion,
    is_bare,
    judged,
    judgement_like,
    new_highlight,
    with_judgement,
    with_note,
    without_judgement,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a key acts on: a stretch, and the highlight on it if there is one."""

    span: Span
    highlight: Highlight | None = None


Changed = tuple[Highlight | None, Highlight | None]
"""A highlight as it was, None if it is new, and as it is, None if it is gone."""


class Watcher(Protocol):
    """What follows the changes of an index."""

    def changed_in_steps(self, changes: Sequence[Changed]) -> Iterator[None]:
        """Take in very many changes, with a pause now and then."""

    def changed(self, changes: Sequence[Changed]) -> None:
        """Take in that highlights were made, changed or removed."""


class Annotations:
    """One annotator's own highlights on one version, in memory.

    Args:
        article_uid: The article.
        version_uid: The version the offsets point into.
        annotator_uid: Whose highlights these are.
        text: The version's text.
        highlights: Those known so far; more may come with :meth:`load`.
    """

    def __init__(
        self,
        article_uid: str,
        version_uid: str,
        annotator_uid: str,
        text: str | LongText,
        highlights: Iterable[Highlight] = (),
    ) -> None:
        self.article_uid = article_uid
        self.version_uid = version_uid
        self.annotator_uid = annotator_uid
        self._content = text
        self.index = HighlightIndex(highlights)
        self.watchers: list[Watcher] = []
        """Told of every change of the index, after it."""
        self.orphans: dict[str, tuple[Highlight, str]] = {}
        """What the version has not, with its words as they were, by uid."""
        self._touched: set[str] = set()

    @property
    def text(self) -> str:
        """All of the version's text."""
        return self._content if isinstance(self._content, str) else self._content.whole()

    def load(self, page: Sequence[Highlight]) -> None:
        """Take in highlights read from the library; what was changed meanwhile is left alone."""
        known = self.index.get
        fresh = [item for item in page if item.uid not in self._touched and not known(item.uid)]
        self.index.extend(fresh)
        if self.watchers:
            self._tell([(None, item) for item in fresh])

    def _tell(self, changes: Sequence[Changed]) -> None:
        for watcher in self.watchers:
            watcher.changed(changes)

    # ------------------------------------------------------------------ what a key acts on

    def target(self, span: Span, uid: str | None = None) -> Target:
        """Return what a key acts on.

        Args:
            span: The selection, or the statement under the cursor.
            uid: The highlight that the cursor was moved to, if it was.
        """
        moved_to = self.index.get(uid) if uid else None
        if uid in self.orphans:
            moved_to = self.orphans[uid][0]
        if moved_to is not None:
            return Target(moved_to.span, moved_to)
        return Target(span, self.index.with_span(*span))

    def words(self, span: Span, highlight: Highlight | None = None) -> str:
        """Return the words of a stretch; those of an orphan are not in this text."""
        if highlight is not None and highlight.uid in self.orphans:
            return self.orphans[highlight.uid][1]
        return self.around(*span)[slice(*span)]

    def around(self, start: int, end: int) -> str:
        """Return a text that has the same characters in a stretch and around it, for an anchor."""
        text = self._content
        if isinstance(text, str):
            return text
        return text.over(max(0, start - CONTEXT), min(len(text), end + CONTEXT))

    def judged_with(self, span: Span) -> set[str]:
        """Return the codebooks of the live judgements on highlights that overlap a statement."""
        overlapping = self.index.overlapping(*span)
        return {each.codebook for item in overlapping for each in item.judgements}

    def is_judged(self, span: Span, codebook: str) -> bool:
        """Whether a highlight with a live judgement of a codebook overlaps a statement."""
        return codebook in self.judged_with(span)

    # ------------------------------------------------------------------ actions

    def toggle_tag(self, target: Target, codebook: Codebook, facet: Facet, tag: Tag) -> Edit:
        """Set a tag, or take it off if it is set; one of an exclusive facet replaces another."""
        found = target.highlight
        old = judgement_like(found.judgements, found.uid, codebook, facet, tag) if found else None
        if found is not None and old is not None and old.code == tag.code:
            after = without_judgement(found, old.uid)
            return self.edit("untag", target, after, f"{tag.symbol} {tag.label} off")
        return self.set_tag(target, codebook, facet, tag)

    def set_tag(self, target: Target, codebook: Codebook, facet: Facet, tag: Tag) -> Edit:
        """Set a tag; setting it again changes nothing."""
        highlight = target.highlight or self._new(target.span)
        judgement = judged(highlight.judgements, highlight.uid, codebook, facet, tag)
        after = with_judgement(highlight, judgement)
        return self.edit("tag", target, after, f"{tag.symbol} {tag.label}", codebook)

    def toggle_flag(self, target: Target) -> Edit:
        """Flag to check later, or take the flag off."""
        return self.set_flag(target, not (target.highlight and target.highlight.flag))

    def set_flag(self, target: Target, flag: bool) -> Edit:
        """Flag to check later, or not."""
        highlight = target.highlight or self._new(target.span)
        after = replace(highlight, flag=flag)
        return self.edit("flag", target, after, "flag" if flag else "flag off")

    def set_note(self, target: Target, note: str) -> Edit:
        """Write the note; only white space takes it away."""
        highlight = target.highlight or self._new(target.span)
        after = with_note(highlight, note)
        return self.edit("note", target, after, "note" if after.note else "note off")

    def plain(self, target: Target) -> Edit:
        """Highlight without a tag; an implicit highlight becomes one that stays."""
        highlight = target.highlight or self._new(target.span)
        return self.edit("highlight", target, replace(highlight, implicit=False), "highlight")

    def delete(self, highlight: Highlight) -> Edit:
        """Delete a highlight with all that is on it."""
        group = self.group("delete", (deletion(highlight, highlight),), "delete highlight")
        return Edit(group, highlight, None)

    def role_change(self, start: int, old: Role, new: Role, *, changed_before: bool) -> Group:
        """Return the group that gives the block starting at an offset another role."""
        fields = {"version_uid": self.version_uid, "start": start, "role": str(new)}
        before = {"role": str(old)} if changed_before else None
        patch = {"role": str(new)} if changed_before else fields
        change = Change("block", f"{self.version_uid}:{start}", patch, before)
        return self.group("role", (change,), f"paragraph is {new.value}")

    # ------------------------------------------------------------------ in memory

    def apply(self, edit: Edit) -> None:
        """Take an edit into the memory, before it is committed."""
        self.put(edit.uid, edit.after)

    def put(self, uid: str, highlight: Highlight | None) -> None:
        """Put a highlight as it is now in the library, or forget it."""
        self._touched.add(uid)
        before = self.index.get(uid)
        after = self.own(highlight)
        if after is None:
            self.index.discard(uid)
        else:
            self.index.put(after)
        self._tell([(before, after)])

    def put_all(self, changed: Mapping[str, Highlight | None]) -> None:
        """Put many highlights as they are now in the library, or forget them; see :meth:`put`."""
        self._touched.update(changed)
        own = {uid: self.own(item) for uid, item in changed.items()}
        before = {uid: self.index.get(uid) for uid in own}
        self.index.put_all(own)
        self._tell([(before[uid], item) for uid, item in own.items()])

    def own(self, highlight: Highlight | None) -> Highlight | None:
        """Return a highlight if it is the annotator's own."""
        mine = highlight is not None and highlight.annotator_uid == self.annotator_uid
        return highlight if mine else None

    def in_text(self, uid: str, highlight: Highlight | None) -> Highlight | None:
        """Return a highlight if it is on this version; one on another becomes an orphan here."""
        known = self.orphans.pop(uid, None)
        if highlight is None or highlight.version_uid == self.version_uid:
            return highlight
        there = self.index.get(uid)
        was = there.was.exact if there and there.was else ""
        if highlight.annotator_uid == self.annotator_uid:
            self.orphans[uid] = (highlight, known[1] if known else was)
        return None

    def put_in_steps(
        self, changed: Mapping[str, Highlight | None]
    ) -> Generator[None, None, list[Changed]]:
        """Do what :meth:`put_all` does, with pauses; all of it is seen at once.

        Returns:
            What has changed.
        """
        own: dict[str, Highlight | None] = {}
        for uids in in_parts(changed):
            self._touched.update(uids)
            for uid in uids:
                own[uid] = self.own(self.in_text(uid, changed[uid]))
            yield
        before = yield from self.index.put_in_steps(own)
        changes: list[Changed] = []
        for uids in in_parts(own):
            changes.extend((before.get(uid), own[uid]) for uid in uids)
            yield
        for watcher in self.watchers:
            yield from watcher.changed_in_steps(changes)
        return changes

    def _new(self, span: Span) -> Highlight:
        return new_highlight(self.version_uid, self.annotator_uid, span)

    def edit(
        self,
        kind: str,
        target: Target,
        after: Highlight,
        summary: str,
        codebook: Codebook | None = None,
    ) -> Edit:
        """Return the edit that leads from the target's highlight to another state of it."""
        before = target.highlight
        gone = after.implicit and is_bare(after)
        changes = () if gone and before is None else self._changes(before, after)
        group = self.group(kind, changes, summary, codebook)
        shown = replace(after, updated_at=now(), rev=after.rev + len(changes))
        return Edit(group, before, None if gone else shown)

    def _changes(self, before: Highlight | None, after: Highlight) -> tuple[Change, ...]:
        """Return the changes between two states; the text is looked at only for a new place."""
        if before is not None and (before.span, before.fate) == (after.span, after.fate):
            return changes_between(before, after, "")
        both = (before or after, after)
        text = self.around(min(item.start for item in both), max(item.end for item in both))
        return changes_between(before, after, text)

    def group(
        self,
        kind: str,
        changes: tuple[Change, ...],
        summary: str,
        codebook: Codebook | None = None,
    ) -> Group:
        """Return some changes as one action of the annotator's in the article."""
        return Group(
            kind,
            self.annotator_uid,
            self.article_uid,
            changes,
            summary=summary,
            codebook=codebook,
        )
