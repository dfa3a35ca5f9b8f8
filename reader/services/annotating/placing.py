"""Where a highlight stands, as a person says: its ends, its place in a text that has changed.

Each action returns an :class:`Edit`, as those of :class:`Annotations` do. Import late.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.errors import UsageError
from reader.domain.highlight import Anchor, Earlier, Fate, Highlight
from reader.domain.operation import Change, now
from reader.domain.records import replace
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit, changes_between, place_fields


def move_ends(known: Annotations, highlight: Highlight, span: Span) -> Edit:
    """Let a highlight begin and end elsewhere.

    Raises:
        UsageError: Another highlight is on exactly that stretch.
    """
    _see_that_it_is_free(known, highlight, span)
    after = _with_ends(highlight, span)
    return known.edit("move", Target(highlight.span, highlight), after, "ends of a highlight")


def with_ends(
    known: Annotations,
    target: Target,
    span: Span,
    make: Callable[[Annotations, Target], Edit],
) -> Edit:
    """Move the ends of a target's highlight and do something to it, as one action.

    Raises:
        UsageError: The highlight is gone, or another one is on exactly that stretch.
    """
    before = target.highlight
    if before is None:
        raise UsageError("The highlight is no longer there.", "")
    _see_that_it_is_free(known, before, span)
    done = make(known, Target(span, _with_ends(before, span)))
    if done.after is None:
        return Edit(done.group, before, None)
    changes = changes_between(before, done.after, known.text)
    shown = replace(done.after, rev=before.rev + len(changes))
    return Edit(replace(done.group, changes=changes), before, shown)


def _with_ends(highlight: Highlight, span: Span) -> Highlight:
    """Return the highlight with other ends; whoever sets them has looked at where it stands."""
    fate = Fate.CONFIRMED if highlight.is_unconfirmed else highlight.fate
    return replace(highlight, start=span.start, end=span.end, fate=fate)


def confirm(known: Annotations, highlight: Highlight) -> Edit:
    """Say that a highlight stands where it should since the page has changed."""
    after = replace(highlight, fate=Fate.CONFIRMED)
    return known.edit("confirm", Target(highlight.span, highlight), after, "place confirmed")


def orphan(known: Annotations, highlight: Highlight) -> Edit:
    """Say that a highlight is not in this version: it goes back to the one where it was.

    Raises:
        UsageError: It was made on this version.
    """
    was = highlight.was
    if was is None:
        raise UsageError("This highlight was made on this very text.", "")
    after = replace(
        highlight,
        version_uid=was.version_uid,
        start=was.start,
        end=was.end,
        extra_spans=was.extra_spans,
        fate=Fate.ORPHANED,
        was=None,
    )
    patch = place_fields(after, Anchor(was.exact, was.prefix, was.suffix))
    before = place_fields(highlight, Anchor.of(known.text, *highlight.span))
    change = Change("highlight", highlight.uid, patch, before)
    group = known.group("orphan", (change,), "not in this version")
    return Edit(group, highlight, replace(after, rev=after.rev + 1))


def place(known: Annotations, lost: Highlight, anchor: Anchor, span: Span) -> Edit:
    """Put an orphan where a person says that it stands in this version.

    Args:
        known: The annotator's highlights on this version.
        lost: The orphan, as it is on the version that has it.
        anchor: Its words there.
        span: Where it is to stand.

    Raises:
        UsageError: It is no orphan any more, or another highlight is on exactly that stretch.
    """
    found = known.orphans.get(lost.uid)
    if found is None or found[0].version_uid != lost.version_uid:
        raise UsageError("It is no orphan any more.", "")
    before = found[0]
    _see_that_it_is_free(known, before, span)
    after = _placed(before, anchor, known.version_uid, span)
    there = Anchor.of(known.around(*span), *span)
    patch, old = place_fields(after, there), place_fields(before, anchor)
    group = known.group("place", (Change("highlight", before.uid, patch, old),), "orphan placed")
    return Edit(group, before, replace(after, updated_at=now(), rev=before.rev + 1))


def _placed(lost: Highlight, anchor: Anchor, version_uid: str, span: Span) -> Highlight:
    """Return an orphan as it is when a person has placed it on a stretch of another version."""
    was = Earlier(
        lost.version_uid,
        lost.start,
        lost.end,
        lost.extra_spans,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
    )
    return replace(
        lost,
        version_uid=version_uid,
        start=span.start,
        end=span.end,
        extra_spans=(),
        fate=Fate.CONFIRMED,
        was=was,
    )


def _see_that_it_is_free(known: Annotations, highlight: Highlight, span: Span) -> None:
    there = known.index.with_span(*span)
    if there is not None and there.uid != highlight.uid:
        raise UsageError("Another highlight is on exactly these words.", "Choose other ends.")
