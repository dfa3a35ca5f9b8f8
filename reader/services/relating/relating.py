"""Relates statements without a screen: one action that one undo in the article takes back.

A statement that is related has a highlight that stays; what another article has to have for it is
an action of its own in that article, written together with the relation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass
from reader.domain.relation import Relation
from reader.domain.text import Span
from reader.services.annotating.edits import (
    Edit,
    changes_between,
    deletion,
    is_bare,
    new_highlight,
)
from reader.services.annotating.holding import made_to_hold
from reader.services.relating import relations
from reader.storage.library import Library

KIND = "relate"
"""Kind of the groups; a highlight that one of them made stays for what hangs on it."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation, or what evidence is for: words, perhaps not marked as yet.

    Attributes:
        article_uid: The article.
        version_uid: The version that the offsets point into.
        text: Its text; not needed where there is a highlight that is somebody else's.
        span: The words.
        highlight: The highlight on them, or None.
    """

    article_uid: str
    version_uid: str
    text: str
    span: Span
    highlight: Highlight | None = None

    def marked(self, annotator_uid: str, kind: str, summary: str) -> Edit:
        """Return what gives it a highlight that stays; another annotator's is left as it is."""
        before = self.highlight
        if before is not None and before.annotator_uid != annotator_uid:
            return Edit(Group(kind, annotator_uid, self.article_uid, ()), before, before)
        fresh = before or new_highlight(self.version_uid, annotator_uid, self.span)
        after = relations.kept(fresh)
        changes = changes_between(before, after, self.text)
        if changes and before is not None:
            after = replace(after, updated_at=now(), rev=after.rev + len(changes))
        group = Group(kind, annotator_uid, self.article_uid, changes, summary=summary)
        return Edit(group, before, after)

    @property
    def words(self) -> str:
        """The words themselves, as far as they are known here."""
        return self.text[slice(*self.span)]


@dataclass(frozen=True, slots=True)
class Made:
    """An action that is ready to be shown and committed.

    Attributes:
        groups: What goes to the log, in order and together.
        edits: What becomes of highlights, each with the article that it is in.
        relation: The relation as it is then; None if it goes.
    """

    groups: tuple[Group, ...]
    edits: tuple[tuple[str, Edit], ...]
    relation: Relation | None


Rated = tuple[Codebook, Facet, Tag]
"""A tag of a facet that is asked of relations."""


def relate(
    annotator_uid: str, one: End, other: End, type: str, note: str = "", rated: Rated | None = None
) -> Made:
    """Return what relates one statement to another.

    Args:
        annotator_uid: Who says so.
        one: What does something to the other; the action belongs to its article.
        other: The other.
        type: The kind of relation.
        note: A note on it.
        rated: What is judged of the relation itself.

    Raises:
        UsageError: Both are the same, or there is no such kind.
    """
    same = one.article_uid == other.article_uid
    if same and one.span == other.span and one.version_uid == other.version_uid:
        raise UsageError("A statement is not related to itself.", "Go to another one.")
    first = one.marked(annotator_uid, KIND, "")
    second = other.marked(annotator_uid, KIND, "marked for a relation")
    relation = relations.new_relation(first.uid, second.uid, annotator_uid, type, note)
    changes: list[Change] = [*first.group.changes, relations.making(relation)]
    if same:
        changes = [*second.group.changes, *changes]
    if rated is not None:
        changes += relations.rating(relation.uid, annotator_uid, (), *rated)
    group = relations.group(
        KIND,
        annotator_uid,
        one.article_uid,
        changes,
        relations.summary(type, other.words),
        rated[0] if rated else None,
    )
    before = (second.group,) if not same and second.group.changes else ()
    edits = ((one.article_uid, first), (other.article_uid, second))
    return Made((*before, group), edits, relation)


def change(
    library: Library,
    relation: Relation,
    annotator_uid: str,
    article_uid: str,
    type: str,
    note: str,
    rated: tuple[Codebook, Facet, Tag | None] | None = None,
    judged: Sequence[Judgement] | None = None,
) -> Made:
    """Return what gives a relation another kind or note, or judges it.

    Args:
        library: Where the relation is.
        relation: As it is.
        annotator_uid: Who does it.
        article_uid: Where.
        type: The kind that it shall have.
        note: The note that it shall have.
        rated: What is judged of it; a tag of None takes the judgement off. None leaves it.
        judged: What the annotator has judged of it as it was seen; None asks the library.

    Raises:
        UsageError: It is another annotator's, and not only judged.
        StorageError: The library cannot be read.
    """
    changes = list(relations.changing(relation, type, note))
    if changes and relation.annotator_uid != annotator_uid:
        raise UsageError("This relation is another annotator's.", "Relate the two yourself.")
    if rated is not None:
        if judged is None:
            there = library.ratings.on("relation", [relation.uid], annotator_uid)
            judged = [item.judgement for item in there.get(relation.uid, ())]
        changes += relations.rating(relation.uid, annotator_uid, judged, *rated)
    words = library.relations.places([relation.to_uid])
    exact = words[relation.to_uid].exact if relation.to_uid in words else ""
    group = relations.group(
        "relation",
        annotator_uid,
        article_uid,
        changes,
        relations.summary(type, exact),
        rated[0] if rated else None,
    )
    return Made((group,) if changes else (), (), relation)


def retract(library: Library, relation: Relation, annotator_uid: str, article_uid: str) -> Made:
    """Return what takes a relation back, and highlights of the article that were made for it alone.

    Raises:
        UsageError: It is another annotator's.
        StorageError: The library cannot be read.
    """
    if relation.annotator_uid != annotator_uid:
        raise UsageError("This relation is another annotator's.", "It is not yours to take back.")
    places = library.relations.places([relation.from_uid, relation.to_uid])
    here = [uid for uid, place in places.items() if place.article_uid == article_uid]
    edits = left_over(library, here, annotator_uid, relation.uid)
    changes = [relations.retracting(relation), *(it for e in edits for it in e.group.changes)]
    exact = places[relation.to_uid].exact if relation.to_uid in places else ""
    said = f"{relations.summary(relation.type, exact)} taken back"
    group = relations.group("unrelate", annotator_uid, article_uid, changes, said)
    return Made((group,), tuple((article_uid, edit) for edit in edits), None)


def left_over(
    library: Library, highlight_uids: Sequence[str], annotator_uid: str, without: str
) -> list[Edit]:
    """Return what deletes highlights that nothing is left on when something is taken off them.

    Only those that were made for a relation, evidence or an attribution, and never kept as plain
    ones by a person.

    Args:
        library: The library.
        highlight_uids: The highlights.
        annotator_uid: Whose they must be.
        without: The uid of the relation or the link of evidence that is taken off.

    Raises:
        StorageError: It cannot be read.
    """
    found = []
    for uid, highlight in library.highlights.all_of(highlight_uids).items():
        mine = highlight.annotator_uid == annotator_uid and not highlight.implicit
        bare = mine and is_bare(highlight) and not _hangs(library, uid, without)
        if bare and made_to_hold(library, uid):
            group = Group("delete", annotator_uid, None, (deletion(highlight, highlight),))
            found.append(Edit(group, highlight, None))
    return found


def _hangs(library: Library, uid: str, without: str) -> bool:
    """Whether something else hangs on a highlight."""
    if any(item.uid != without for item in library.relations.of([uid])):
        return True
    if any(item.link.uid != without for item in library.evidence.of([uid]).get(uid, ())):
        return True
    return library.attributions.of(uid) is not None


def commit(library: Library, made: Made) -> None:
    """Write an action, all of it or nothing.

    Raises:
        ChangedMeanwhile: What it was worked out from has changed.
        StorageError: Nothing was written.
    """
    if made.groups:
        library.log.commit(*made.groups, guarded=True)
