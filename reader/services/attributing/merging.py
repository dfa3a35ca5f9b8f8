"""Sources that turn out to be one, and one that turns out to be two: merged, split, undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.domain.attributed import Attribution, hops_to_fields, with_source
from reader.domain.errors import UsageError
from reader.domain.operation import Change, Group
from reader.domain.source import Source, folded
from reader.services.attributing.edits import made
from reader.services.attributing.sources import do, new_source, only, there
from reader.storage.library import Library


def merge(library: Library, actor: str, others: Iterable[str], into: str) -> Group | None:
    """Say that sources are one with another one; None if they were so already.

    Their attributions stay as they were entered, and count for the one from now on.

    Raises:
        UsageError: One of them is not there.
        StorageError: Nothing was written.
    """
    end = there(library, library.sources.resolve(into))
    resolved = dict.fromkeys(library.sources.resolve(uid) for uid in others)
    gone = [there(library, uid) for uid in resolved if uid != end.uid]
    if not gone:
        return None
    changes = tuple(
        Change("source", source.uid, {"merged_into": end.uid}, {"merged_into": source.merged_into})
        for source in gone
    )
    names = ", ".join(source.name for source in gone[:3])
    more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
    return do(library, actor, "source-merge", changes, f"{names}{more} is {end.name}")


def split(
    library: Library, actor: str, uid: str, attributions: Sequence[Attribution], to: Source
) -> Group:
    """Let some attributions name another source than the one that they are counted for.

    Args:
        library: The library.
        actor: Who does it.
        uid: The source that they are counted for.
        attributions: Those that are about another; all of them, or none, if ``to`` was merged into
            the source and the merge is only to be taken back.
        to: A source that was merged into this one, which is one of its own again; another one that
            is there; or a new one, which is made.

    Raises:
        UsageError: Nothing would change.
        StorageError: Nothing was written.
    """
    members = library.sources.members(uid)
    end, changes = members[0], []
    known = library.sources.get(to.uid)
    own = _below(library, to.uid, members) if to.uid in members[1:] else [to.uid]
    if known is None:
        changes.append(made(to))
    elif to.uid in members[1:]:
        before = {"merged_into": known.merged_into}
        changes.append(Change("source", to.uid, {"merged_into": None}, before))
    chosen = {item.uid for item in attributions}
    for item in library.attributions.naming(members):
        if item.uid in chosen:
            after = with_source(item, [name for name in members if name not in own], to.uid)
        elif attributions:
            after = with_source(item, [name for name in own if name in members], end)
        else:
            continue
        if after != item:
            hops = {"hops": hops_to_fields(after.hops)}
            changes.append(
                Change("attribution", item.uid, hops, {"hops": hops_to_fields(item.hops)})
            )
    if not changes:
        raise UsageError("Nothing would change.", "Choose what is said by another source.")
    source = there(library, end)
    return do(library, actor, "source-split", tuple(changes), f"{to.name} is not {source.name}")


def split_named(
    library: Library, actor: str, source: Source, to: str, chosen: Sequence[str]
) -> Group:
    """Split what is named: see :func:`split`.

    Args:
        library: The library.
        actor: Who does it.
        source: The source that statements are counted for.
        to: Id of one that was merged into it, or its name; name of another, or of a new one.
        chosen: Ids, or their beginnings, of attributions or highlights.

    Raises:
        UsageError: One of them is not there, or nothing would change.
        StorageError: Nothing was written.
    """
    members = library.sources.members(source.uid)
    named = list(library.attributions.naming(members))
    attributions = [
        only(
            [it for it in named if it.uid.startswith(uid) or it.highlight_uid.startswith(uid)], uid
        )
        for uid in chosen
    ]
    merged = [item for uid in members[1:] if (item := library.sources.get(uid))]
    own = [item for item in merged if folded(item.name) == folded(to) or item.uid.startswith(to)]
    others = [] if own else library.sources.named(to)
    other = next(iter([*own, *others]), None) or new_source(to)
    return split(library, actor, source.uid, attributions, other)


def _below(library: Library, uid: str, members: Sequence[str]) -> list[str]:
    """Return a merged source with those that were merged into it before."""
    own = [uid]
    parents = {
        name: source.merged_into for name in members if (source := library.sources.get(name))
    }
    for _ in members:
        own += [name for name in members if parents.get(name) in own and name not in own]
    return own
