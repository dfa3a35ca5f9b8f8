"""Words for the history of a highlight: its relations, its evidence, and because of which a tag."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.article import first_words
from reader.domain.operation import Fields, Operation
from reader.domain.relation import words_of
from reader.storage.library import Library

_WORDS = 48
"""Characters of a statement or a citation that the history shows."""


class Telling:
    """Tells what was done about the relations and the evidence of one highlight.

    Args:
        library: The library.
        highlight_uid: The highlight.
    """

    def __init__(self, library: Library, highlight_uid: str) -> None:
        self._library = library
        self._relations = {
            uid: (from_uid == highlight_uid, type, words)
            for uid, from_uid, type, words in library.relations.ever(highlight_uid)
        }
        self._links = library.evidence.ever(highlight_uid)
        self._names: dict[str, str] = {}

    @property
    def uids(self) -> list[str]:
        """The uids of all relations and evidence that the highlight ever had."""
        return [*self._relations, *self._links]

    def step(self, op: Operation) -> str:
        """Return what an operation on one of them did; empty if that need not be told."""
        if op.entity == "relation":
            return self._relation(op)
        return self._link(op)

    def _relation(self, op: Operation) -> str:
        outgoing, type, other = self._relations[op.entity_uid]
        type = op.patch.get("type") or type
        said = f"{words_of(type, outgoing=outgoing)} “{first_words(other, _WORDS)}”"
        if op.patch.get("deleted_at"):
            return f"relation taken back: {said}"
        if op.before is None or "deleted_at" in op.patch:
            return f"relation: {said}"
        if "type" in op.patch:
            before = words_of(op.before["type"], outgoing=outgoing)
            return f"relation: {before} → {said}"
        return f"relation, note: {said}" if "note" in op.patch else ""

    def _link(self, op: Operation) -> str:
        stance, name = self._links[op.entity_uid]
        name = first_words(name, _WORDS)
        if op.patch.get("deleted_at"):
            return f"evidence taken off: {name}"
        stance = op.patch.get("stance") or stance
        if op.before and "stance" in op.before and "deleted_at" not in op.patch:
            return f"evidence: {op.before['stance']} → {stance}: {name}"
        return f"evidence, {stance}: {name}"

    def because(self, value: Fields, old: Fields) -> Sequence[str]:
        """Return because of which evidence a judgement was given, as far as that is new."""
        uids = [uid for uid in value.get("because") or () if uid not in (old.get("because") or ())]
        unknown = [uid for uid in uids if uid not in self._names]
        if unknown:
            found = self._library.evidence.all_of(unknown, gone_too=True)
            self._names.update((uid, item.name) for uid, item in found.items())
        names = [first_words(self._names[uid], _WORDS) for uid in uids if uid in self._names]
        return [f"because of {name}" for name in names]
