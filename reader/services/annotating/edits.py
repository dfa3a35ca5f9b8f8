"""What a tag, a note, a flag do to a highlight, and which changes for the log that makes.

The one place that knows the rules; screen and command line both go by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import (
    Anchor,
    Earlier,
    Highlight,
    Judgement,
    judgement_uid,
)
from reader.domain.operation import Change, Group, new_uid, now
from reader.domain.records import dataclass, replace
from reader.domain.text import Span


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

    @property
    def stays(self) -> bool:
        """Whether the highlight was there, and is where it was."""
        before, after = self.before, self.after
        return before is not None and after is not None and before.span == after.span

    @property
    def replaced(self) -> Judgement | None:
        """The judgement whose tag gave way to another one, as it was; None if none did."""
        if self.before is None or self.after is None:
            return None
        codes = {item.uid: item.code for item in self.after.judgements}
        old = self.before.judgements
        return next((item for item in old if codes.get(item.uid, item.code) != item.code), None)


# ---------------------------------------------------------------------- the rules


def new_highlight(version_uid: str, annotator_uid: str, span: Span) -> Highlight:
    """Return a highlight that is not stored yet, and goes with the last thing on it."""
    made = now()
    return Highlight(
        uid=new_uid(),
        version_uid=version_uid,
        annotator_uid=annotator_uid,
        start=span.start,
        end=span.end,
        created_at=made,
        updated_at=made,
    )


def tag_uid(target_uid: str, codebook: Codebook, facet: Facet, tag: Tag) -> str:
    """Return the id of the judgement that a tag gives on a target."""
    code = tag.code if facet.select == "many" else None
    return judgement_uid(target_uid, codebook.id, facet.id, code)


def judgement_like(
    there: Sequence[Judgement], target_uid: str, codebook: Codebook, facet: Facet, tag: Tag
) -> Judgement | None:
    """Return the judgement that setting a tag would repeat or replace, or None."""
    uid = tag_uid(target_uid, codebook, facet, tag)
    return next((item for item in there if item.uid == uid), None)


def judged(
    there: Sequence[Judgement], target_uid: str, codebook: Codebook, facet: Facet, tag: Tag
) -> Judgement:
    """Return the judgement that setting a tag gives; it is there already if the tag is set.

    Another tag of an exclusive facet replaces the judgement: its reason and likelihood start
    empty, the confidence stays. The old values stay in the history.
    """
    old = judgement_like(there, target_uid, codebook, facet, tag)
    if old is not None and old.code == tag.code:
        return old
    return Judgement(
        uid=tag_uid(target_uid, codebook, facet, tag),
        codebook=codebook.id,
        codebook_version=codebook.version,
        facet=facet.id,
        code=tag.code,
        confidence=old.confidence if old else None,
    )


def with_note(highlight: Highlight, note: str) -> Highlight:
    """Return the highlight with another note; only white space takes it away."""
    return replace(highlight, note=note.strip("\n") if note.strip() else None)


def ordered(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return judgements in the library's order."""
    return tuple(sorted(judgements, key=lambda j: (j.codebook, j.facet, j.code)))


def with_judgement(highlight: Highlight, judgement: Judgement) -> Highlight:
    """Return the highlight with a judgement added, or put in the place of the one of its uid."""
    kept = [item for item in highlight.judgements if item.uid != judgement.uid]
    return replace(highlight, judgements=ordered([*kept, judgement]))


def without_judgement(highlight: Highlight, uid: str) -> Highlight:
    """Return the highlight without one judgement."""
    kept = tuple(item for item in highlight.judgements if item.uid != uid)
    return replace(highlight, judgements=kept)


def is_bare(highlight: Highlight) -> bool:
    """Whether nothing is left that an implicit highlight was made for."""
    return not (highlight.judgements or highlight.note or highlight.flag)


# ---------------------------------------------------------------------- changes for the log


def changes_between(before: Highlight | None, after: Highlight, text: str) -> tuple[Change, ...]:
    """Return the changes that lead from one state of a highlight to another.

    Args:
        before: The state that is stored, or None if the highlight is new.
        after: The wanted state. An implicit highlight with nothing on it is deleted.
        text: The version's text, for the anchor of a new highlight.
    """
    if before is None:
        made = Change("highlight", after.uid, _fields(after, text))
        return (made, *_on(after, ()))
    changes = [*_field_changes(before, after, text), *_on(after, before.judgements)]
    if after.implicit and is_bare(after):
        changes = [change for change in changes if change.entity != "highlight"]
        changes.append(deletion(after, before))
    return tuple(changes)


def deletion(after: Highlight, before: Highlight) -> Change:
    """Return the change that deletes a highlight, with any field it loses by the way.

    Args:
        after: The highlight as it is then, without the tags that were taken off just before.
        before: As it is stored.
    """
    patch, old = _differing(before, after)
    seen = {item.uid: (item.code, *said(item)) for item in after.judgements}
    # It stays by itself as soon as somebody is said to say it, or relations or evidence hang on it.
    knows = {name: getattr(before, name) for name in _EDITABLE} | {"judgements": seen}
    gone, there = {**patch, "deleted_at": now()}, {**old, "deleted_at": None}
    return Change("highlight", after.uid, gone, there, knows)


def said(judgement: Judgement) -> tuple[str | None, int | None, str | None]:
    """Return what is said of a judgement beside its tag: confidence, likelihood, and why."""
    return judgement.confidence, judgement.likelihood, judgement.reason


def _fields(highlight: Highlight, text: str) -> dict[str, Any]:
    return {
        **_place(highlight, text),
        "annotator_uid": highlight.annotator_uid,
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
    if (before.span, before.fate) != (after.span, after.fate):
        patch.update(_place(after, text))
        old.update(_place(before, text))
    if patch:
        yield Change("highlight", after.uid, patch, old)


def _place(highlight: Highlight, text: str) -> dict[str, Any]:
    return place_fields(highlight, Anchor.of(text, highlight.start, highlight.end))


def place_fields(highlight: Highlight, anchor: Anchor) -> dict[str, Any]:
    """Return the fields that say where a highlight is, and how it came there.

    They are written together, always: of two machines that each move a highlight, one over to
    another version, the later one wins, and never a version of one with offsets of the other.
    """
    was = highlight.was
    return {
        "version_uid": highlight.version_uid,
        "start": highlight.start,
        "end": highlight.end,
        "extra_spans": [list(span) for span in highlight.extra_spans],
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "fate": str(highlight.fate) if highlight.fate else None,
        "was": earlier_fields(was) if was else None,
    }


def earlier_fields(was: Earlier) -> dict[str, Any]:
    """Return an earlier place as it is stored."""
    return {
        "version_uid": was.version_uid,
        "start": was.start,
        "end": was.end,
        "extra_spans": [list(span) for span in was.extra_spans],
        "exact": was.exact,
        "prefix": was.prefix,
        "suffix": was.suffix,
    }


def _on(highlight: Highlight, before: Sequence[Judgement]) -> Iterator[Change]:
    return judgement_changes(before, highlight.judgements, {"highlight_uid": highlight.uid})


def judgement_changes(
    before: Sequence[Judgement], after: Sequence[Judgement], target: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes that lead from some judgements on a target to others.

    Args:
        before: Those that are stored.
        after: Those that are wanted.
        target: The fields that say what is judged, such as ``highlight_uid``.
    """
    old = {judgement.uid: judgement for judgement in before}
    new = {judgement.uid: judgement for judgement in after}
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
            yield Change("judgement", uid, _judgement_fields(judgement, target))
        elif value_of(judgement) != value_of(old[uid]):
            yield Change(
                "judgement", uid, {"value": value_of(judgement)}, {"value": value_of(old[uid])}
            )


def value_of(judgement: Judgement) -> dict[str, Any]:
    """Return what changes as one field: the tag and what is said of the tagging."""
    value: dict[str, Any] = {
        "codebook_version": judgement.codebook_version,
        "code": judgement.code,
        "confidence": judgement.confidence,
        "likelihood": judgement.likelihood,
        "reason": judgement.reason,
    }
    if judgement.because:
        value["because"] = list(judgement.because)
    return value


def _judgement_fields(judgement: Judgement, target: Mapping[str, str]) -> dict[str, Any]:
    return {
        **target,
        "codebook": judgement.codebook,
        "facet": judgement.facet,
        "value": value_of(judgement),
    }
