"""What is done to a source: make it, edit it, give it names and roles; see `merging` for more.

Each is one action, which undo takes back. It belongs to no article but to the
library: its list of sources has an undo of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from reader.domain.errors import UsageError
from reader.domain.operation import Change, Group, new_uid, now
from reader.domain.source import (
    DETAILS,
    Alias,
    Role,
    Source,
    alias_uid,
    checked,
    checked_day,
    folded,
    guess_kind,
    guess_naming,
)
from reader.services.attributing.edits import made
from reader.services.attributing.namesakes import refuse_namesake
from reader.storage.library import Library

_SUMMARY = 200
"""Characters of a summary."""


def new_source(name: str, given: Mapping[str, str | None] | None = None) -> Source:
    """Return a source that is not stored yet; kind and naming are guessed where not given.

    Raises:
        UsageError: A detail cannot be.
    """
    said = checked("name", name) or ""
    known = {key: checked(key, value) for key, value in (given or {}).items() if value}
    return Source(
        new_uid(),
        said,
        kind=known.get("kind") or guess_kind(said),
        naming=known.get("naming") or guess_naming(said),
        role=known.get("role"),
        affiliation=known.get("affiliation"),
        url=known.get("url"),
    )


def create(library: Library, actor: str, source: Source, *, anyway: bool = False) -> Group:
    """Put a new source into the library; ``anyway`` also where another one is called so.

    Raises:
        NamesakeError: Another one is called so.
        StorageError: Nothing was written.
    """
    if not anyway:
        refuse_namesake(library, source, source.name)
    return do(library, actor, "source", (made(source),), f"source {source.name}")


def edit(
    library: Library,
    actor: str,
    uid: str,
    given: Mapping[str, str | None],
    *,
    anyway: bool = False,
) -> Group | None:
    """Give a source other details, by the names in ``DETAILS``; None if it was so already.

    Raises:
        NamesakeError: Another one is called so, and it is not wished ``anyway``.
        UsageError: A detail cannot be, or there is no such source.
        StorageError: Nothing was written.
    """
    return _commit(library, _edited(library, actor, there(library, uid), given, anyway=anyway))


def _edited(
    library: Library, actor: str, source: Source, given: Mapping[str, str | None], *, anyway: bool
) -> Group | None:
    uid = source.uid
    patch = {name: checked(name, given[name]) for name in DETAILS if name in given}
    before = {name: getattr(source, name) for name in patch}
    patch = {name: value for name, value in patch.items() if value != before[name]}
    if not patch:
        return None
    if (name := patch.get("name")) and not anyway:
        refuse_namesake(library, source, name)
    old = {name: before[name] for name in patch}
    summary = (
        f"{source.name} renamed {patch['name']}" if "name" in patch else
        f"{source.name}: {', '.join(patch)}"
    )  # fmt: skip
    return _group(actor, "source-edit", (Change("source", uid, patch, old),), summary)


def met(library: Library, before: Source, given: Mapping[str, str]) -> dict[str, str]:
    """Return those of some details that were changed since, by name, as they are now.

    Args:
        library: The library.
        before: The source as it was when they were begun to be changed.
        given: The details as they are to be.

    Raises:
        UsageError: There is no such source any more.
        StorageError: The library cannot be read.
    """
    source = there(library, before.uid)
    now = {name: getattr(source, name) or "" for name in given}
    return {
        name: value
        for name, value in now.items()
        if value not in (getattr(before, name) or "", given[name])
    }


def remove(library: Library, actor: str, uid: str, seen: Source | None = None) -> Group:
    """Take a source that says nothing out of the library.

    Args:
        library: The library.
        actor: Who does it.
        uid: The source.
        seen: The source as it was seen; None is as it is.

    Raises:
        ChangedMeanwhile: It was another one by then.
        UsageError: It says something, or others were merged into it.
        StorageError: Nothing was written.
    """
    source = there(library, uid)
    use = library.sources.uses().get(uid)
    if use is not None:
        raise UsageError(
            f"{source.name} says {use.statements} statement{'s' * (use.statements > 1)}.",
            "Merge it into another one, or say of those that somebody else said them.",
        )
    if len(library.sources.members(uid)) > 1:
        raise UsageError(f"Others were merged into {source.name}.", "Split them off first.")
    names = ("name", "kind", "naming", "role", "affiliation", "url", "merged_into")
    before = {"deleted_at": None, **{name: getattr(seen or source, name) for name in names}}
    change = Change("source", uid, {"deleted_at": now()}, before)
    return do(library, actor, "source-delete", (change,), f"delete source {source.name}")


def there(library: Library, uid: str) -> Source:
    """Return a live source as it is itself.

    Raises:
        UsageError: There is none.
    """
    source = library.sources.get(uid)
    if source is None or source.removed:
        raise UsageError("The source is not in the library.", "See `reader source list`.")
    return source


# ---------------------------------------------------------------------- other names, roles


def _aliased(
    library: Library, actor: str, uid: str, name: str, *, anyway: bool = False
) -> Group | None:
    source, said = there(library, uid), checked("name", name) or ""
    known = [source.name, *(item.name for item in library.sources.aliases([uid]).get(uid, ()))]
    if folded(said) in map(folded, known):
        return None
    if not anyway:
        refuse_namesake(library, source, said)
    change = Change("source_alias", alias_uid(uid, said), {"source_uid": uid, "name": said})
    return _group(actor, "source-edit", (change,), f"{source.name}: also {said}")


def _not_aliased(actor: str, alias: Alias) -> Group:
    before = {"deleted_at": None, "source_uid": alias.source_uid, "name": alias.name}
    change = Change("source_alias", alias.uid, {"deleted_at": now()}, before)
    return _group(actor, "source-edit", (change,), f"not called {alias.name}")


def _with_role(library: Library, actor: str, role: Role) -> Group:
    source = there(library, role.source_uid)
    fields = role_fields(role)
    change = Change("source_role", new_uid(), {"source_uid": role.source_uid, **fields})
    return _group(actor, "source-edit", (change,), f"{source.name}: {role_words(role)}")


def _without_role(actor: str, role: Role) -> Group:
    before = {"deleted_at": None, "source_uid": role.source_uid, **role_fields(role)}
    change = Change("source_role", role.uid, {"deleted_at": now()}, before)
    return _group(actor, "source-edit", (change,), f"not {role_words(role)}")


def edit_all(
    library: Library,
    actor: str,
    source: Source,
    given: Mapping[str, str | None],
    *,
    names: Sequence[str] = (),
    not_names: Sequence[str] = (),
    roles: Sequence[Role] = (),
    not_roles: Sequence[str] = (),
    anyway: bool = False,
) -> Group | None:
    """Do several things to a source as one action; None if it was so already.

    Args:
        library: The library.
        actor: Who does it.
        source: The source as it was seen.
        given: Details, by the names in ``DETAILS``.
        names: Other names that it gets.
        not_names: Other names that it loses.
        roles: What it was for a time; source and uid are given here.
        not_roles: Uids, or their beginnings, of roles over time that it loses.
        anyway: Whether it may get a name that another source has.

    Raises:
        NamesakeError: Another one is called so.
        UsageError: Something of it cannot be; nothing was written.
        ChangedMeanwhile: What is given was not so by then as it was seen; nothing was written.
        StorageError: Nothing was written.
    """
    there(library, source.uid)
    of_all = library.sources.aliases(library.sources.members(source.uid)).values()
    aliases = {folded(item.name): item for own in of_all for item in own}
    known = library.sources.roles([source.uid]).get(source.uid, [])
    gone = [
        only([item for key, item in aliases.items() if key == folded(name)], name)
        for name in not_names
    ]
    ended = [only([item for item in known if item.uid.startswith(uid)], uid) for uid in not_roles]
    new = {folded(name): name for name in names}
    groups = [
        _edited(library, actor, source, given, anyway=anyway),
        *(_aliased(library, actor, source.uid, name, anyway=anyway) for name in new.values()),
        *(_not_aliased(actor, alias) for alias in gone),
        *(_with_role(library, actor, replace(role, source_uid=source.uid)) for role in roles),
        *(_without_role(actor, item) for item in ended),
    ]
    done = [group for group in groups if group is not None]
    if not done:
        return None
    said = "; ".join(group.summary for group in done)
    changes = tuple(change for group in done for change in group.changes)
    return do(library, actor, "source-edit", changes, said[:_SUMMARY])


T = TypeVar("T")


def only(found: Sequence[T], name: str) -> T:
    """Return the one thing of a name or an id.

    Raises:
        UsageError: There is none, or there are several.
    """
    if len(found) != 1:
        raise UsageError(f"The source has no “{name}”.", "See `reader source show`.")
    return found[0]


def role_fields(role: Role) -> dict[str, str | None]:
    """Return a role as it is stored.

    Raises:
        UsageError: It says nothing, or ends before it begins.
    """
    said = checked("role", role.role), checked("affiliation", role.affiliation)
    since, until = checked_day(role.since), checked_day(role.until)
    if not any(said):
        raise UsageError("A role over time says what somebody was, or for whom.", "Give one.")
    if since and until and until < since[: len(until)]:
        raise UsageError(f"{until} is before {since}.", "Give the first day first.")
    return {"role": said[0], "affiliation": said[1], "since": since, "until": until}


def role_words(role: Role) -> str:
    """Return a role in words: ``minister, government (2019 – 2021-12)``."""
    said = ", ".join(part for part in (role.role, role.affiliation) if part)
    if not (role.since or role.until):
        return said
    return f"{said} ({role.since or '…'} – {role.until or '…'})"


def _group(actor: str, kind: str, changes: tuple[Change, ...], summary: str) -> Group:
    return Group(kind, actor, None, changes, summary=summary)


Made = TypeVar("Made", Group, Group | None)


def _commit(library: Library, group: Made) -> Made:
    if group is not None:
        library.log.commit(group, guarded=True)
    return group


def do(library: Library, actor: str, kind: str, changes: tuple[Change, ...], summary: str) -> Group:
    """Do something to sources as one action of the library's own.

    Raises:
        StorageError: Nothing was written.
    """
    return _commit(library, _group(actor, kind, changes, summary))


def in_place(source: Source, field: str, value: str | None) -> Source:
    """Return a source that is not stored yet with another detail.

    Raises:
        UsageError: It cannot be.
    """
    given: dict[str, Any] = {field: checked(field, value)}
    return replace(source, **given)
