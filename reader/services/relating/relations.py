"""How statements are related: what is shown of it from both ends, and what changes it.

Shown: :func:`related`. Changed: each function returns changes, which are one action with whatever
else they are committed with; :func:`group` makes that of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import Change, Group, new_uid, now
from reader.domain.rating import rating_uid
from reader.domain.records import dataclass
from reader.domain.relation import Place, Relation, relation_type, words_of
from reader.services.annotating.edits import judged, judgement_changes
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library

_SUMMARY = 60
"""Characters of a statement in a summary."""


# ---------------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class Rated:
    """A judgement on a relation.

    Attributes:
        annotator_uid: Whose it is.
        annotator: The handle.
        judgement: The judgement.
        tag: The tag that it gives; None if its codebook is not known.
    """

    annotator_uid: str
    annotator: str
    judgement: Judgement
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as it is seen from one of its ends.

    Attributes:
        relation: The relation.
        outgoing: Whether it is seen from the statement that does something to the other.
        words: What it is, seen from there: ``contradicts``, ``contradicted by``.
        other: The statement at the other end, and its article.
        annotator: The handle of whose relation it is.
        ratings: What was judged of the relation itself.
    """

    relation: Relation
    outgoing: bool
    words: str
    other: Place
    annotator: str
    ratings: tuple[Rated, ...] = ()


def related(library: Library, highlight_uids: Sequence[str]) -> dict[str, list[Related]]:
    """Return the relations of each of some highlights, from both ends, oldest first.

    Highlights without any are left out. It takes a handful of questions to the library, however
    many highlights there are: ask for what is visible.

    Raises:
        StorageError: It cannot be read.
    """
    found = library.relations.by_highlight(highlight_uids)
    relations = {item.uid: item for each in found.values() for item in each}
    if not relations:
        return {}
    ends = {uid for item in relations.values() for uid in (item.from_uid, item.to_uid)}
    places, handles = library.relations.places(ends), library.annotators.handles()
    ratings = _ratings(library, relations, handles)
    return {
        uid: [
            Related(
                relation=item,
                outgoing=item.from_uid == uid,
                words=words_of(item.type, outgoing=item.from_uid == uid),
                other=places[item.other(uid)],
                annotator=handles.get(item.annotator_uid, "?"),
                ratings=ratings.get(item.uid, ()),
            )
            for item in each
        ]
        for uid, each in found.items()
    }


def _ratings(
    library: Library, uids: Iterable[str], handles: Mapping[str, str]
) -> dict[str, tuple[Rated, ...]]:
    tags = Tags(library)
    found = library.ratings.on("relation", uids)
    return {
        uid: tuple(
            Rated(
                it.annotator_uid,
                handles.get(it.annotator_uid, "?"),
                it.judgement,
                tags.of(it.judgement),
            )
            for it in each
        )
        for uid, each in found.items()
    }


def own_ratings(item: Related, annotator_uid: str) -> tuple[Judgement, ...]:
    """Return what an annotator has judged of a relation."""
    return tuple(it.judgement for it in item.ratings if it.annotator_uid == annotator_uid)


# ---------------------------------------------------------------------- what changes it


def new_relation(
    from_uid: str, to_uid: str, annotator_uid: str, type: str, note: str | None = None
) -> Relation:
    """Return a relation that is not stored yet.

    Raises:
        UsageError: It is one of a statement to itself, or of a kind that there is not.
    """
    if from_uid == to_uid:
        raise UsageError("A statement is not related to itself.", "Go to another one.")
    kind = relation_type(type).code
    return Relation(new_uid(), from_uid, to_uid, annotator_uid, kind, _said(note), now())


def _said(note: str | None) -> str | None:
    return note.strip() if note and note.strip() else None


def making(relation: Relation) -> Change:
    """Return the change that makes a relation."""
    return Change(
        "relation",
        relation.uid,
        {
            "from_uid": relation.from_uid,
            "to_uid": relation.to_uid,
            "annotator_uid": relation.annotator_uid,
            "type": relation.type,
            "note": relation.note,
        },
    )


def changing(relation: Relation, type: str, note: str | None) -> tuple[Change, ...]:
    """Return what makes a relation one of another kind, or with another note; perhaps nothing.

    Raises:
        UsageError: There is no such kind.
    """
    after = replace(relation, type=relation_type(type).code, note=_said(note))
    names = [name for name in ("type", "note") if getattr(after, name) != getattr(relation, name)]
    if not names:
        return ()
    patch = {name: getattr(after, name) for name in names}
    return (Change("relation", relation.uid, patch, {n: getattr(relation, n) for n in names}),)


def retracting(relation: Relation) -> Change:
    """Return the change that takes a relation back, with what was judged of it."""
    gone, knows = {"deleted_at": now()}, {"type": relation.type, "note": relation.note}
    return Change("relation", relation.uid, gone, {"deleted_at": None}, knows)


def rating(
    relation_uid: str,
    annotator_uid: str,
    there: Sequence[Judgement],
    codebook: Codebook,
    facet: Facet,
    tag: Tag | None,
) -> tuple[Change, ...]:
    """Return what gives a relation a tag of a facet, or takes it off; perhaps nothing.

    Args:
        relation_uid: The relation.
        annotator_uid: Who judges.
        there: What that annotator has judged of it so far.
        codebook: The codebook.
        facet: One of its facets for relations.
        tag: The tag; None takes off what is given.
    """
    others = [item for item in there if (item.codebook, item.facet) != (codebook.id, facet.id)]
    given = []
    if tag is not None:
        target = rating_uid(relation_uid, annotator_uid)
        given = [judged(there, target, codebook, facet, tag)]
    where = {"relation_uid": relation_uid, "annotator_uid": annotator_uid}
    return tuple(judgement_changes(there, [*others, *given], where))


def group(
    kind: str,
    annotator_uid: str,
    article_uid: str,
    changes: Iterable[Change],
    summary: str,
    codebook: Codebook | None = None,
) -> Group:
    """Return changes as one action in an article."""
    return Group(
        kind, annotator_uid, article_uid, tuple(changes), summary=summary, codebook=codebook
    )


def summary(type: str, words: str) -> str:
    """Return what was done in a few words: ``contradicts “The second statement…”``."""
    from reader.domain.article import first_words

    return f"{words_of(type, outgoing=True)} “{first_words(words, _SUMMARY)}”"


def kept(highlight: Highlight) -> Highlight:
    """Return a highlight as it is with something on it that refers to it: it stays by itself.

    An implicit one would go with its last tag, and a relation, evidence or attribution with it.
    """
    return replace(highlight, implicit=False)


def relation_facets(codebook: Codebook) -> tuple[Facet, ...]:
    """Return the facets that are asked of relations."""
    return tuple(facet for facet in codebook.facets if "relation" in facet.applies_to)


def facet_for_relations(codebook: Codebook) -> tuple[Codebook, Facet]:
    """Return what is asked of relations: by the codebook in use, else by the one for that."""
    facets = relation_facets(codebook)
    if not facets:
        from reader import assets

        codebook = assets.load_builtin(STANCE)
        facets = relation_facets(codebook)
    return codebook, facets[0]


STANCE = "stance"
"""Id of the built-in codebook that asks something of relations."""
