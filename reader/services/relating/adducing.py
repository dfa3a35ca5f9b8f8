"""Adduces evidence for statements without a screen: add, use again, edit, unlink.

New evidence is an action of the library's own, since it may speak of statements in any article;
what it says of one belongs to that one's article. Both are written together. Undo in the article
takes back what the evidence says there, and the evidence stays to be used again; the undo of the
library takes it away only if nothing stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.evidence import Evidence, EvidenceLink
from reader.domain.highlight import Highlight
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass
from reader.services.annotating.edits import (
    Edit,
    changes_between,
    judged,
    with_judgement,
)
from reader.services.relating import evidence as proofs
from reader.services.relating.relating import End, left_over
from reader.storage.library import Library

KIND = "evidence"
"""Kind of the groups; a highlight that one of them made stays for what hangs on it."""

Tagged = tuple[Codebook, Facet, Tag]
"""A tag that is given because of evidence."""


@dataclass(frozen=True, slots=True)
class Adduced:
    """An action that is ready to be shown and committed.

    Attributes:
        groups: What goes to the log, in order and together; none if all was so already.
        edit: What becomes of the highlight; None if nothing does.
        evidence: The evidence; None if it is only unlinked.
    """

    groups: tuple[Group, ...]
    edit: Edit | None
    evidence: Evidence | None


def add(
    annotator_uid: str, end: End, evidence: Evidence, stance: str, tagged: Tagged | None = None
) -> Adduced:
    """Return what adds new evidence for a statement.

    Args:
        annotator_uid: Who looked at it.
        end: The statement.
        evidence: What was looked at.
        stance: What it says of the statement.
        tagged: The tag that is given because of it, or None.

    Raises:
        UsageError: An address, the date or the stance is wrong, or nothing says what it is.
    """
    evidence, made = proofs.making(evidence)
    own = Group(KIND, annotator_uid, None, (made,), summary=f"evidence {_short(evidence)}")
    done = use(annotator_uid, end, evidence, stance, None, tagged)
    return Adduced((own, *done.groups), done.edit, evidence)


def use(
    annotator_uid: str,
    end: End,
    evidence: Evidence,
    stance: str,
    there: EvidenceLink | None = None,
    tagged: Tagged | None = None,
) -> Adduced:
    """Return what has evidence that is there speak of a statement, or say something else of it.

    Args:
        annotator_uid: Who says so.
        end: The statement.
        evidence: The evidence.
        stance: What it says of the statement.
        there: The link between the two, if there is one.
        tagged: The tag that is given because of it, or None.

    Raises:
        UsageError: There is no such stance.
    """
    marked = end.marked(annotator_uid, KIND, "")
    after = marked.after
    assert after is not None  # noqa: S101 - it is marked
    if tagged is not None and after.annotator_uid == annotator_uid:
        after = _tagged(after, tagged, [evidence.uid])
    link = proofs.linking(evidence.uid, after.uid, stance, there)
    changes = [*_between(marked.before, after, end, marked), *link]
    said = f"evidence, {stance}: {_short(evidence)}"
    group = Group(
        KIND,
        annotator_uid,
        end.article_uid,
        tuple(changes),
        summary=said,
        codebook=tagged[0] if tagged else None,
    )
    edit = Edit(group, marked.before, _shown(marked.before, after, changes))
    return Adduced((group,) if changes else (), edit, evidence)


def judge(annotator_uid: str, end: End, evidence_uids: Sequence[str], tagged: Tagged) -> Adduced:
    """Return what gives a statement a tag because of evidence that is there for it."""
    marked = end.marked(annotator_uid, KIND, "")
    assert marked.after is not None  # noqa: S101 - it is marked
    after = _tagged(marked.after, tagged, evidence_uids)
    changes = _between(marked.before, after, end, marked)
    codebook, _, tag = tagged
    group = Group(
        "tag",
        annotator_uid,
        end.article_uid,
        changes,
        summary=f"{tag.symbol} {tag.label}",
        codebook=codebook,
    )
    edit = Edit(group, marked.before, _shown(marked.before, after, changes))
    return Adduced((group,) if changes else (), edit, None)


def edit(annotator_uid: str, article_uid: str | None, before: Evidence, after: Evidence) -> Adduced:
    """Return what says something else of evidence, wherever it speaks.

    Raises:
        UsageError: See :func:`add`.
    """
    changes = proofs.changing(before, after)
    said = f"evidence edited: {_short(after)}"
    group = Group(KIND, annotator_uid, article_uid, changes, summary=said)
    return Adduced((group,) if changes else (), None, after)


def unlink(
    library: Library,
    annotator_uid: str,
    article_uid: str,
    link: EvidenceLink,
    highlight: Highlight | None = None,
) -> Adduced:
    """Return what has evidence speak of a statement no more; no tag is given because of it then.

    Args:
        library: The library.
        annotator_uid: Who does it.
        article_uid: The statement's article.
        link: What goes.
        highlight: The statement, as the annotator has it now; None asks the library.

    Raises:
        StorageError: The library cannot be read.
    """
    found = highlight or library.highlights.get(link.highlight_uid)
    evidence = library.evidence.get(link.evidence_uid)
    changes: list[Change] = [proofs.unlinking(link)]
    made = None
    if found is not None and found.annotator_uid == annotator_uid:
        after = proofs.not_because(found, link.evidence_uid)
        gone = left_over(library, [found.uid], annotator_uid, link.uid)
        more = gone[0].group.changes if gone else changes_between(found, after, "")
        changes += more
        made = (found, None if gone else _shown(found, after, more))
    said = f"evidence off: {_short(evidence)}" if evidence else "evidence off"
    group = Group(KIND, annotator_uid, article_uid, tuple(changes), summary=said)
    return Adduced((group,), Edit(group, *made) if made else None, None)


def delete(library: Library, annotator_uid: str, evidence: Evidence) -> Adduced:
    """Return what takes evidence out of the library, from all statements that it spoke of.

    Raises:
        StorageError: The library cannot be read.
    """
    changes = proofs.deleting(evidence, library.evidence.links(evidence.uid))
    said = f"evidence deleted: {_short(evidence)}"
    return Adduced((Group(KIND, annotator_uid, None, changes, summary=said),), None, None)


def commit(library: Library, done: Adduced) -> None:
    """Write an action, all of it or nothing.

    Raises:
        ChangedMeanwhile: What it was worked out from has changed.
        StorageError: Nothing was written.
    """
    if done.groups:
        library.log.commit(*done.groups, guarded=True)


def _tagged(highlight: Highlight, tagged: Tagged, evidence_uids: Sequence[str]) -> Highlight:
    given = judged(highlight.judgements, highlight.uid, *tagged)
    return with_judgement(highlight, proofs.because(given, evidence_uids))


def _between(
    before: Highlight | None, after: Highlight, end: End, marked: Edit
) -> tuple[Change, ...]:
    """Return the changes of the highlight; none of one that is another annotator's."""
    if not marked.group.changes and after == marked.after:
        return ()
    return changes_between(before, after, end.text)


def _shown(before: Highlight | None, after: Highlight, changes: Sequence[Change]) -> Highlight:
    """Return the highlight as it will be stored."""
    steps = sum(change.entity in ("highlight", "judgement") for change in changes)
    if not steps or before is None:
        return after
    return replace(after, updated_at=now(), rev=before.rev + steps)


def _short(evidence: Evidence) -> str:
    from reader.domain.article import first_words

    return first_words(evidence.name, 60)
