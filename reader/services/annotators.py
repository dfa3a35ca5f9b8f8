"""Who annotates: names them, and lets two that are one person be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.storage.annotators import Annotator
from reader.storage.library import Library
from reader.storage.merging.annotators import join_annotators


@dataclass(frozen=True, slots=True)
class Joined:
    """Two annotators that are one now.

    Attributes:
        other: The one that went.
        into: The one that stayed.
        highlights: Live highlights of the one that went.
        joined: Of these: how many were joined with one on the same words.
    """

    other: Annotator
    into: Annotator
    highlights: int
    joined: int


def resolve(library: Library, reference: str) -> Annotator:
    """Return the annotator of a handle, or of a uid or the beginning of one.

    Raises:
        UsageError: There is none, or there are several.
    """
    everyone = library.annotators.all()
    found = [item for item in everyone if item.handle == reference]
    found = [item for item in found if not item.joined_into] or found
    if len(found) != 1 and len(reference) >= _UID_BEGINS:
        found = [item for item in everyone if item.uid.startswith(reference)] or found
    if not found:
        raise UsageError(f"There is no annotator “{reference}”.", "See `reader annotator list`.")
    if len(found) > 1:
        raise UsageError(
            f"There are {len(found)} annotators “{reference}”.",
            "Name one by its id, or enough of it: see `reader annotator list`.",
        )
    return found[0]


def known_handles(library: Library) -> list[str]:
    """Return the names under which somebody annotates already, in order of the alphabet."""
    known = library.annotators
    names = {name for name in known.handles().values() if known.find(name)}
    return sorted(names, key=lambda name: (name.casefold(), name))


ANYONE = "any"
"""Among names, all annotators."""


def meant(library: Library, names: Iterable[str]) -> frozenset[str]:
    """Return the uids of those whose work is meant by names.

    Each is a handle, in capitals or not, which several people may have; or an id, or the beginning
    of one. Those who were joined are one.

    Raises:
        UsageError: There is no such annotator.
    """
    handles = library.annotators.handles()
    called = {uid for name in names for uid in _called(name, handles)}
    return frozenset(uid for one in called for uid in library.annotators.persons(one))


def _called(name: str, handles: dict[str, str]) -> list[str]:
    called = [uid for uid, handle in handles.items() if handle.casefold() == name.casefold()]
    if not called and name == ANYONE:
        return list(handles)
    if not called and len(name) >= _UID_BEGINS:
        called = [uid for uid in handles if uid.startswith(name)]
    if not called:
        known = ", ".join(sorted(set(handles.values())))
        raise UsageError(f"There is no annotator “{name}”.", f"Known are {known}; {ANYONE} is all.")
    return called


_UID_BEGINS = 4
"""Characters of an id that are enough to look for one that begins so."""


def told_apart(handles: Mapping[str, str]) -> dict[str, str]:
    """Return what annotators are called where they stand side by side, by uid.

    That is the handle; where several have the same one, the beginning of the id stands behind it.

    Args:
        handles: The handle of each, by uid.
    """
    names = dict(handles)
    for handle, count in Counter(handles.values()).items():
        if count > 1:
            same = [uid for uid, name in handles.items() if name == handle]
            names.update((uid, f"{handle} ({beginning})") for uid, beginning in _begin(same))
    return names


def names_of(library: Library) -> dict[str, str]:
    """Return what all annotators of a library are called, by uid: see :func:`told_apart`."""
    return told_apart(library.annotators.handles())


def _begin(uids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield ids, each with a beginning that none of the others has, one part of it at least."""
    ends = [at for at, sign in enumerate(uids[0]) if sign == "-"]
    enough = (end for end in ends if len({uid[:end] for uid in uids}) == len(uids))
    end = next(enough, None)
    return ((uid, uid[:end]) for uid in uids)


def join(library: Library, other: str, into: str, actor: str) -> Joined:
    """Say that two annotators are one; one undo takes it back.

    Args:
        library: The library.
        other: Handle or id of the one that goes.
        into: Handle or id of the one that stays.
        actor: Uid of who says so.

    Raises:
        UsageError: One is not there, or they are one already.
        StorageError: Nothing was written.
    """
    gone, stays = resolve(library, other), resolve(library, into)
    persons = library.annotators.persons(stays.uid)
    if gone.uid in persons:
        raise UsageError(
            f"{gone.handle} ({gone.uid}) and {stays.handle} ({stays.uid}) are one already.",
            "See `reader annotator list`.",
        )
    end = library.annotators.joined().get(stays.uid, stays.uid)
    joined = join_annotators(library, gone.uid, end, actor)
    return Joined(gone, stays, gone.highlights, joined)
