"""Judgements on something else than a statement: on an attribution, a source, a relation."""

from __future__ import annotations

from reader.domain.uids import derived_uid


def rating_uid(target_uid: str, annotator_uid: str) -> str:
    """Return what the ids of one annotator's judgements on something are derived from.

    Two people's ratings of one source are two things, as their highlights are.

    Args:
        target_uid: The attribution, source or relation.
        annotator_uid: Whose judgement it is.
    """
    return derived_uid(f"rating\n{target_uid}\n{annotator_uid}")
