"""Evidence for statements: what is shown of it, and what changes it.

Shown: :func:`evidence_of` for highlights, :func:`known` for all that can be used again. Changed:
each function returns changes, which are one action with whatever else they are committed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.evidence import Evidence, EvidenceLink, check_stance, checked, link_uid
from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import Change, now
from reader.storage.library import Library
from reader.storage.relating.evidence import Linked

FIELDS = ("kind", "citation", "url", "archive_url", "accessed_at", "excerpt")
"""What can be said of a piece of evidence."""


def evidence_of(library: Library, highlight_uids: Sequence[str]) -> dict[str, list[Linked]]:
    """Return the evidence for each of some highlights, oldest first; none are left out.

    One question to the library, however many highlights there are.

    Raises:
        StorageError: It cannot be read.
    """
    return library.evidence.of(highlight_uids)


def known(library: Library) -> list[tuple[Evidence, int]]:
    """Return all evidence, the newest first, each with how many statements it speaks of."""
    return library.evidence.all()


# ---------------------------------------------------------------------- what changes it


def making(evidence: Evidence) -> tuple[Evidence, Change]:
    """Return evidence as it is kept, and the change that makes it.

    Raises:
        UsageError: An address or the date is wrong, or nothing says what it is.
    """
    evidence = checked(evidence)
    fields = {"annotator_uid": evidence.annotator_uid, **_fields(evidence)}
    return evidence, Change("evidence", evidence.uid, fields)


def changing(before: Evidence, after: Evidence) -> tuple[Change, ...]:
    """Return what makes one piece of evidence another; perhaps nothing.

    Raises:
        UsageError: See :func:`making`.
    """
    old, new = _fields(before), _fields(checked(after))
    names = [name for name in FIELDS if (old[name] or None) != (new[name] or None)]
    if not names:
        return ()
    patch, there = ({name: fields[name] for name in names} for fields in (new, old))
    return (Change("evidence", before.uid, patch, there),)


def overwritten(library: Library, before: Evidence, after: Evidence) -> bool:
    """Whether a change would put something over what was changed since; other fields may have been.

    Args:
        library: The library.
        before: The evidence as it was when it was begun to be changed.
        after: As it is to be.

    Raises:
        UsageError: See :func:`making`.
    """
    stored = library.evidence.get(before.uid)
    there = None if stored is None else _fields(stored)
    return any(
        there is None or there[name] != value
        for change in changing(before, after)
        for name, value in (change.before or {}).items()
    )


def deleting(evidence: Evidence, links: Sequence[EvidenceLink]) -> tuple[Change, ...]:
    """Return what takes a piece of evidence away, from all statements that it spoke of."""
    gone = Change(
        "evidence", evidence.uid, {"deleted_at": now()}, {"deleted_at": None}, _fields(evidence)
    )
    return (*(unlinking(link) for link in links), gone)


def linking(
    evidence_uid: str, highlight_uid: str, stance: str, there: EvidenceLink | None = None
) -> tuple[Change, ...]:
    """Return what has a piece of evidence speak of a statement; perhaps nothing.

    Args:
        evidence_uid: The evidence.
        highlight_uid: The statement.
        stance: What it says of it.
        there: The link between the two, if there is one.

    Raises:
        UsageError: There is no such stance.
    """
    stance = check_stance(stance)
    uid = link_uid(evidence_uid, highlight_uid)
    if there is None:
        fields = {"evidence_uid": evidence_uid, "highlight_uid": highlight_uid, "stance": stance}
        return (Change("evidence_link", uid, fields),)
    if there.stance == stance:
        return ()
    return (Change("evidence_link", uid, {"stance": stance}, {"stance": there.stance}),)


def unlinking(link: EvidenceLink) -> Change:
    """Return what has evidence speak of a statement no more."""
    gone, knows = {"deleted_at": now()}, {"stance": link.stance}
    return Change("evidence_link", link.uid, gone, {"deleted_at": None}, knows)


def because(judgement: Judgement, evidence_uids: Sequence[str]) -> Judgement:
    """Return a judgement as it is if it was given because of some evidence as well."""
    return replace(judgement, because=tuple(dict.fromkeys([*judgement.because, *evidence_uids])))


def not_because(highlight: Highlight, evidence_uid: str) -> Highlight:
    """Return a highlight with no judgement given because of a piece of evidence."""
    kept = tuple(
        replace(item, because=tuple(uid for uid in item.because if uid != evidence_uid))
        if evidence_uid in item.because
        else item
        for item in highlight.judgements
    )
    return replace(highlight, judgements=kept)


def _fields(evidence: Evidence) -> dict[str, str | None]:
    return {name: getattr(evidence, name) for name in FIELDS}
