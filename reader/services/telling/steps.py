"""Words for the history of a highlight: who is said to have said it, what was judged of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reader.domain.attributed import attribution_uid
from reader.domain.operation import Fields, Operation
from reader.services.attributing.chains import UNKNOWN
from reader.storage.library import Library

_SCOPE = {None: "not said", True: "certain", False: "uncertain"}


class SayingSteps:
    """Tells what was done about the attribution of one highlight.

    Attributes:
        judgements: Codebook and facet of all judgements ever made on it, by uid.

    Args:
        library: The library.
        highlight_uid: The highlight.
    """

    def __init__(self, library: Library, highlight_uid: str) -> None:
        self._library = library
        self._uid = attribution_uid(highlight_uid)
        self._chain: Sequence[Mapping[str, Any]] = ()
        self._values: dict[str, Any] = {}
        self.judgements = library.ratings.ever("attribution", self._uid)

    @property
    def uids(self) -> list[str]:
        """The uids of the attribution and of all judgements ever made on it."""
        return [self._uid, *self.judgements]

    def step(self, op: Operation) -> str:
        """Return what an operation on the attribution did; empty if that need not be told."""
        if op.patch.get("deleted_at"):
            self._chain, self._values = (), {}
            return "attribution taken away"
        said = [*self._chains(op.patch), *self._others(op.patch)]
        return ", ".join(said)

    def _chains(self, patch: Fields) -> list[str]:
        if "hops" not in patch:
            return []
        before, self._chain = self._chain, patch["hops"] or ()
        old, new = self._said_by(before), self._said_by(self._chain)
        if old == new or not (before or self._chain):
            return []
        return [f"{old} → {new}" if before else new]

    def _said_by(self, hops: Sequence[Mapping[str, Any]]) -> str:
        if not hops:
            return "nobody named"
        uids = [hop.get("source") for hop in hops]
        known = self._library.sources.all_of(uid for uid in uids if uid)
        names = [known[uid].name if uid in known else UNKNOWN for uid in uids]
        return " via ".join([f"said by {names[0]}", *names[1:]])

    def _others(self, patch: Fields) -> list[str]:
        said = []
        for name in ("voice", "act"):
            old, new = self._values.get(name), patch.get(name)
            if name in patch and old != new:
                said.append(f"{name} {old or '–'} → {new or '–'}" if old else f"{name} {new}")
        scope = patch.get("scope_certain")
        if "scope_certain" in patch and self._values.get("scope_certain") != scope:
            said.append(f"where it ends: {_SCOPE[None if scope is None else bool(scope)]}")
        self._values.update({name: patch[name] for name in _TOLD if name in patch})
        return said


_TOLD = ("voice", "act", "scope_certain")
