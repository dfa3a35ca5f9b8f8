"""What is said of a judgement that is there: how sure, how likely, why. Import late."""

from __future__ import annotations

from reader.domain.codebook import Codebook, Facet
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.records import replace
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit, with_judgement

CONFIDENCES = (None, "low", "moderate", "high")
"""The steps of confidence, in the order in which the key goes through them."""


def said_of(
    judgement: Judgement, confidence: str | None, likelihood: int | None, reason: str | None
) -> Judgement:
    """Return a judgement with what is said of the tagging; an empty reason is none.

    Raises:
        UsageError: A value is out of range.
    """
    if confidence not in CONFIDENCES:
        raise UsageError(f"No confidence is called {confidence}.", "low, moderate or high.")
    if likelihood is not None and not 0 <= likelihood <= 100:
        raise UsageError(f"{likelihood} is no likelihood.", "Give a per cent from 0 to 100.")
    said = reason.strip() if reason else None
    return replace(judgement, confidence=confidence, likelihood=likelihood, reason=said or None)


def judge(
    known: Annotations,
    target: Target,
    judgement: Judgement,
    *,
    confidence: str | None = None,
    likelihood: int | None = None,
    reason: str | None = None,
) -> Edit:
    """Say more of a judgement that is there.

    Raises:
        UsageError: There is no highlight, or a value is out of range.
    """
    if target.highlight is None:
        raise UsageError("There is no judgement here.", "Set a tag first.")
    changed = said_of(judgement, confidence, likelihood, reason)
    after = with_judgement(target.highlight, changed)
    known_as = (item for item in target.highlight.judgements if item.uid == judgement.uid)
    return known.edit("judge", target, after, _summary(next(known_as, judgement), changed))


def next_step(confidence: str | None) -> str | None:
    """Return the step of confidence that follows: low, moderate, high, not given."""
    return CONFIDENCES[(CONFIDENCES.index(confidence) + 1) % len(CONFIDENCES)]


def next_confidence(known: Annotations, target: Target, codebook: Codebook, facet: Facet) -> Edit:
    """Go to the next step of confidence.

    Raises:
        UsageError: There is no judgement of the facet on the target.
    """
    found = target.highlight.judgement(codebook.id, facet.id) if target.highlight else None
    step = next_step(found.confidence) if found else None
    return set_confidence(known, target, codebook, facet, step)


def set_confidence(
    known: Annotations, target: Target, codebook: Codebook, facet: Facet, confidence: str | None
) -> Edit:
    """Say how sure the judgement of a facet is.

    Raises:
        UsageError: There is no judgement of the facet on the target.
    """
    found = target.highlight.judgement(codebook.id, facet.id) if target.highlight else None
    if target.highlight is None or found is None:
        raise UsageError("There is no tag here to be confident of.", "Set a tag first.")
    after = with_judgement(target.highlight, replace(found, confidence=confidence))
    return known.edit("confidence", target, after, f"confidence {confidence or 'not given'}")


def _summary(before: Judgement, after: Judgement) -> str:
    """Return in a few words what is said of a judgement now, and was not before."""
    words = [f"confidence {after.confidence or 'not given'}"] * (
        before.confidence != after.confidence
    )
    if before.likelihood != after.likelihood:
        given = after.likelihood is not None
        words.append(f"likelihood {after.likelihood} %" if given else "likelihood off")
    if before.reason != after.reason:
        words.append("reason" if after.reason else "reason off")
    if before.because != after.because:
        words.append("because of evidence" if after.because else "because of nothing any more")
    return ", ".join(words) or "judgement"
