"""Finds what the command line names: a relation or evidence by its id, a statement by its place."""

from __future__ import annotations

from reader.domain.article import Article, Version
from reader.domain.errors import UsageError
from reader.domain.evidence import Evidence, EvidenceLink
from reader.domain.relation import Relation
from reader.domain.text import Span
from reader.services.relating.relating import End
from reader.storage.library import Library


def end_at(
    library: Library, article: Article, version: Version, span: Span, annotator_uid: str
) -> End:
    """Return a stretch of an article as an end of a relation, or as what evidence is for.

    Raises:
        StorageError: It cannot be read.
    """
    there = library.highlights.with_span(version.uid, annotator_uid, *span)
    return End(article.uid, version.uid, version.text, span, there)


def relation_named(library: Library, name: str) -> Relation:
    """Return the relation of that id, or whose id begins so.

    Raises:
        UsageError: There is none, or more than one.
    """
    uid = _the_one(library.relations.beginning_with(name), name, "relation", "relation list")
    found = library.relations.get(uid)
    assert found is not None  # noqa: S101 - it was found a moment ago
    return found


def evidence_named(library: Library, name: str) -> Evidence:
    """Return the evidence of that id, or whose id begins so.

    Raises:
        UsageError: There is none, or more than one.
    """
    uid = _the_one(library.evidence.beginning_with(name), name, "evidence", "evidence list")
    found = library.evidence.get(uid)
    assert found is not None  # noqa: S101 - it was found a moment ago
    return found


def link_between(library: Library, evidence: Evidence, end: End) -> EvidenceLink | None:
    """Return what a piece of evidence says of a statement, or None.

    Raises:
        StorageError: It cannot be read.
    """
    if end.highlight is None:
        return None
    linked = library.evidence.of([end.highlight.uid]).get(end.highlight.uid, [])
    return next((it.link for it in linked if it.evidence.uid == evidence.uid), None)


_ENOUGH = 4
"""Characters that the beginning of an id has at least: "0" begins all of them."""


def _the_one(found: list[str], name: str, what: str, where: str) -> str:
    if found and len(name) < _ENOUGH:
        raise UsageError(
            f"“{name}” is too little of an id.",
            f"Give {_ENOUGH} characters of it or more: see `reader {where}`.",
        )
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{name} begins the id of more than one {what}.", "Give more of it.")
    raise UsageError(f"There is no {what} {name}.", f"See `reader {where}`.")
