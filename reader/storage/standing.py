"""What stands of an entity's operations, once some of them were taken back.

On one machine an undo follows what it takes back. Once libraries have met, others may have done
something to the same thing in between, or may have made it on their own: its id is worked out from
what it is about. An undo takes back what its own action did, and nothing else: what stands is what
all actions that were not taken back give, in the order of their clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from reader.domain.operation import Operation
from reader.domain.records import dataclass
from reader.storage.state import comes_once

FOUND = ("article", "source", "attribution")
"""What may be made twice with several fields, of which each counts on its own."""

_BY_THE_WAY = frozenset({"join", "annotators", "settle", "refresh", "rename", "merge-tags"})
"""Kinds of group that change what is there, whatever it is: nobody says something of it by that."""


@dataclass(slots=True)
class Standing:
    """What an entity is.

    Attributes:
        fields: Its fields, as operations hold them.
        live: Whether it is there.
        removed_at: If a deletion that stands removed it, when.
        chosen: Whether somebody has said which version of an article is the current one.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    live: bool = False
    removed_at: str | None = None
    chosen: bool = False


def reverses(op: Operation) -> bool:
    """Whether an operation takes something back, or does it again.

    One without fields was written to leave as it is what has changed meanwhile.
    """
    return op.undoes is not None and bool(op.patch)


def says_more(op: Operation) -> bool:
    """Whether somebody who saw an entity said something more of it, or brought it back."""
    if op.before is None or op.undoes is not None or not op.patch:
        return False
    if "deleted_at" in op.patch:
        return op.patch["deleted_at"] is None
    return op.kind not in _BY_THE_WAY


def roots(groups: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    """Return, for the groups of an entity's operations, the group that each is about.

    That is itself, but for an undo the group that it takes back, and for a redo the one that it
    does again.

    Args:
        groups: Group, kind, and what it undoes, of each operation, oldest first.
    """
    found: dict[str, str] = {}
    for group, kind, undoes in groups:
        about = undoes or group
        found[group] = found.get(about, about) if kind == "redo" else about
    return found


def _roots_of(operations: Sequence[Operation]) -> dict[str, str]:
    return roots((op.group_uid, op.kind, op.undoes) for op in operations)


def not_taken_back(operations: Sequence[Operation]) -> list[Operation]:
    """Return the operations of an entity that stand, without undo and redo.

    What was last done to a group counts: two machines may have taken it back both, and one of them
    done it again.
    """
    about = _roots_of(operations)
    undone = {about[op.group_uid]: op.kind == "undo" for op in operations if reverses(op)}
    own = [op for op in operations if op.undoes is None]
    stands = [op for op in own if not undone.get(op.group_uid)]
    if any(op.before is None for op in stands) or not any(map(says_more, stands)):
        return stands
    # Somebody went on with what its maker took back: it is what they saw, and what they made of it.
    return [op for op in own if op.before is None or not undone.get(op.group_uid)]


def is_only_unmade(operations: Sequence[Operation]) -> bool:
    """Whether an entity is not there because its making was taken back, and nobody deleted it.

    Args:
        operations: All that was done to it, oldest first.
    """
    stands = own(operations)
    return not any(op.before is None or op.patch.get("deleted_at") for op in stands)


def as_it_stands(operations: Sequence[Operation]) -> Standing:
    """Return what an entity is.

    Args:
        operations: All that was done to it, oldest first.
    """
    return given(own(operations))


def given(stands: Sequence[Operation]) -> Standing:
    """Return what an entity is by some operations that stand, oldest first."""
    here = Standing()
    for op in stands:
        _take(here, op)
    return here


def own(operations: Sequence[Operation]) -> list[Operation]:
    """Return what stands of an entity, without what only copied it."""
    stands = not_taken_back(operations)
    return [op for op in stands if not copies(op)] if is_owned(operations) else stands


def is_owned(operations: Sequence[Operation]) -> bool:
    """Whether somebody has made an entity, other than by an import."""
    return any(op.before is None and op.kind != "import" for op in operations)


def copies(op: Operation) -> bool:
    """Whether an operation does nothing to what has come from its owner as well."""
    return _imports(op) and comes_once(op)


def of_a_copy(op: Operation, operations: Sequence[Operation]) -> bool:
    """Whether an undo or redo is about nothing but a copy of what has come from its owner as well.

    Args:
        op: The undo or redo.
        operations: All that was done to its entity so far.
    """
    about = _roots_of(operations)
    did = [one for one in operations if one.undoes is None and one.group_uid == about[op.group_uid]]
    return op.undoes is not None and is_owned(operations) and all(map(copies, did))


def _take(here: Standing, op: Operation) -> None:
    patch = dict(op.patch)
    removed = patch.pop("deleted_at", None)
    if op.before is None:
        if here.live and _imports(op):
            return
        if here.live and op.entity in FOUND:
            here.fields |= made_again(op, chosen=here.chosen)
            return
    elif chooses(op):
        here.chosen = True
    if op.before is None or "deleted_at" in op.patch:
        here.live, here.removed_at = removed is None, removed
    here.fields |= patch


def _imports(op: Operation) -> bool:
    return op.kind == "import" and op.before is None


def chooses(op: Operation) -> bool:
    """Whether somebody says which version of an article is the current one."""
    return op.entity == "article" and op.before is not None and "version_uid" in op.patch


def made_again(op: Operation, *, chosen: bool) -> Mapping[str, Any]:
    """Return what making something that is there says besides.

    What came with making it was found, and does not count against what a person has said of it
    since in either library, whatever the clocks say.

    Args:
        op: What makes it.
        chosen: Whether somebody has said which version of an article is the current one.
    """
    if op.entity == "article" and not chosen:
        # The page as it was captured last.
        return {name: value for name, value in op.patch.items() if name == "version_uid"}
    if op.entity != "attribution":
        return {}
    patch = {name: value for name, value in op.patch.items() if value is not None and value != []}
    if "hops" not in patch:
        patch.pop("origin", None)  # of the chain
    return patch
