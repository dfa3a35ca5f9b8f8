"""Edits of many targets as one action, made at once."""

from __future__ import annotations

from collections.abc import Iterable

from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.bulk import Bulk, Gathering, Make


def in_one(
    known: Annotations, targets: Iterable[Target], make: Make, *, kind: str, summary: str
) -> Bulk:
    """Return the edits of some targets as one action."""
    gathering = Gathering(known, targets, make, kind=kind, summary=summary)
    while gathering.work_for(60.0):
        pass
    return gathering.bulk()
