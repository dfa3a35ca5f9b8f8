"""Turns "the highlight was like this, and shall be like that" into changes for the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reader.domain.highlight import Anchor, Highlight, Judgement
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One user action on one highlight, ready to be shown and to be committed.

    Attributes:
        group: What goes to the log.
        before: The highlight as it was, or None if it is made.
        after: The highlight as it shall be, or None if it goes.
    """

    group: Group
    before: Highlight | None
    after: Highlight | None

    @property
    def uid(self) -> str:
        """The highlight's uid."""
        either = self.after or self.before
        return either.uid if either else ""


def is_bare(highlight: Highlight) -> bool:
    """Whether nothing is left that an implicit highlight was made for."""
    return not (highlight.judgements or highlight.note or highlight.flag)


def changes_between(before: Highlight | None, after: Highlight, text: str) -> tuple[Change, ...]:
    """Return the changes that lead from one state of a highlight to another.

    Args:
        before: The state that is stored, or None if the highlight is new.
        after: The wanted state. An implicit highlight with nothing on it is deleted.
        text: The version's text, for the anchor of a new highlight.
    """
    if before is None:
        made = Change("highlight", after.uid, _fields(after, text))
        return (made, *_judgement_changes((), after))
    changes = [*_field_changes(before, after, text), *_judgement_changes(before.judgements, after)]
    if after.implicit and is_bare(after):
        changes = [change for change in changes if change.entity != "highlight"]
        changes.append(deletion(after, before))
    return tuple(changes)


def deletion(after: Highlight, before: Highlight) -> Change:
    """Return the change that deletes a highlight, with any field it loses by the way."""
    patch, old = _differing(before, after)
    return Change(
        "highlight", after.uid, {**patch, "deleted_at": now()}, {**old, "deleted_at": None}
    )


def _fields(highlight: Highlight, text: str) -> dict[str, Any]:
    return {
        **_place(highlight, text),
        "version_uid": highlight.version_uid,
        "annotator_uid": highlight.annotator_uid,
        "extra_spans": [list(span) for span in highlight.extra_spans],
        "note": highlight.note,
        "flag": highlight.flag,
        "implicit": highlight.implicit,
        "origin": highlight.origin,
    }


_EDITABLE = ("note", "flag", "implicit")


def _differing(before: Highlight, after: Highlight) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return new and old values of the fields that differ."""
    names = [name for name in _EDITABLE if getattr(before, name) != getattr(after, name)]
    return (
        {name: getattr(after, name) for name in names},
        {name: getattr(before, name) for name in names},
    )


def _field_changes(before: Highlight, after: Highlight, text: str) -> Iterator[Change]:
    patch, old = _differing(before, after)
    if before.span != after.span:
        patch.update(_place(after, text))
        old.update(_place(before, text))
    if patch:
        yield Change("highlight", after.uid, patch, old)


def _place(highlight: Highlight, text: str) -> dict[str, Any]:
    """Return the fields that say where a highlight is."""
    anchor = Anchor.of(text, highlight.start, highlight.end)
    return {
        "start": highlight.start,
        "end": highlight.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


def _judgement_changes(before: tuple[Judgement, ...], after: Highlight) -> Iterator[Change]:
    old = {judgement.uid: judgement for judgement in before}
    new = {judgement.uid: judgement for judgement in after.judgements}
    for uid, judgement in old.items():
        if uid not in new:
            yield Change(
                "judgement",
                uid,
                {"deleted_at": now()},
                {"deleted_at": None, "value": value_of(judgement)},
            )
    for uid, judgement in new.items():
        if uid not in old:
            yield Change("judgement", uid, _judgement_fields(judgement, after.uid))
        elif value_of(judgement) != value_of(old[uid]):
            yield Change(
                "judgement", uid, {"value": value_of(judgement)}, {"value": value_of(old[uid])}
            )


def value_of(judgement: Judgement) -> dict[str, Any]:
    """Return what changes as one field: the tag and what is said of the tagging."""
    return {
        "codebook_version": judgement.codebook_version,
        "code": judgement.code,
        "confidence": judgement.confidence,
        "likelihood": judgement.likelihood,
        "reason": judgement.reason,
    }


def _judgement_fields(judgement: Judgement, highlight_uid: str) -> dict[str, Any]:
    return {
        "highlight_uid": highlight_uid,
        "codebook": judgement.codebook,
        "facet": judgement.facet,
        "value": value_of(judgement),
    }


def with_judgement(highlight: Highlight, judgement: Judgement) -> Highlight:
    """Return the highlight with a judgement added, or put in the place of the one of its uid."""
    kept = [item for item in highlight.judgements if item.uid != judgement.uid]
    ordered = sorted([*kept, judgement], key=lambda j: (j.codebook, j.facet, j.code))
    return replace(highlight, judgements=tuple(ordered))


def without_judgement(highlight: Highlight, uid: str) -> Highlight:
    """Return the highlight without one judgement."""
    kept = tuple(item for item in highlight.judgements if item.uid != uid)
    return replace(highlight, judgements=kept)
