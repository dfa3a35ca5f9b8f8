"""Highlights that stay for what hangs on them: an attribution, a relation, evidence."""

from __future__ import annotations

from reader.storage.library import Library

HOLDING = frozenset({"attribute", "relate", "evidence", "suggest"})
"""Kinds of group that make a highlight stay for what they put on it."""


def made_to_hold(library: Library, highlight_uid: str) -> bool:
    """Whether a highlight stays only for what hangs on it, and no person has made it plain.

    Raises:
        StorageError: The log cannot be read.
    """
    kinds: dict[str, str] = {}
    held = False
    for op in library.log.of_entities([highlight_uid]):
        kinds[op.group_uid] = kinds.get(op.undoes or "", op.kind)
        if "implicit" in op.patch:
            held = not op.patch["implicit"] and kinds[op.group_uid] in HOLDING
    return held
