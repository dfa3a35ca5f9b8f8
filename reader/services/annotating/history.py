"""What was done in an article: undo, redo, and what an action was about as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from reader.domain.highlight import Highlight
from reader.domain.operation import Change, Group, Operation, free_in_parts
from reader.domain.records import dataclass
from reader.domain.text import Role
from reader.storage.library import Library

STAYS = " (what others did there, or you on another machine, stays)"
"""What an undo says that could not take all of it away."""


@dataclass(frozen=True, slots=True)
class Reversed:
    """What an undo or redo did.

    Attributes:
        summary: What the reversed action was, in a few words.
        highlights: The touched highlights as they are now; None is gone, or was not looked at
            because the action belongs to no article.
        roles: Start offsets of blocks whose role changed, with the role; None is as captured.
        overall: Whether something that is said of the article as a whole changed.
        version: Whether another version of the article is the current one now.
        details: Whether title, date and so on of an article, or its status, changed.
        said: Whether who said something changed: an attribution, or a source.
        beside: Highlights, in whichever article, of which relations or evidence changed.
    """

    summary: str
    highlights: dict[str, Highlight | None] = field(default_factory=dict)
    roles: dict[int, Role | None] = field(default_factory=dict)
    overall: bool = False
    version: bool = False
    details: bool = False
    said: bool = False
    beside: frozenset[str] = frozenset()


def undo(library: Library, article_uid: str | None, annotator: str) -> Reversed | None:
    """Take back the annotator's newest action in an article; None if there is none.

    Raises:
        StorageError: Nothing was changed.
    """
    return _touched(library, library.log.undo(article_uid, annotator), article_uid)


def redo(library: Library, article_uid: str | None, annotator: str) -> Reversed | None:
    """Do again what the last undo took back; see :func:`undo`."""
    return _touched(library, library.log.redo(article_uid, annotator), article_uid)


def _touched(library: Library, group: Group | None, article_uid: str | None) -> Reversed | None:
    if group is None:
        return None
    for uid in _perhaps_astray(group, article_uid):
        if library.highlights.astray(uid):
            from reader.services.changes.settling import settle  # late: seldom needed

            settle(library, uid)
    state = state_of(library, group)
    told = library.log.undoing.in_words(group.uid, group.summary)
    if library.log.undoing.leaves_something(group):
        told += STAYS
    state = replace(state, summary=told)
    if state.version:
        from reader.services.changes.settling import carry_places  # late: seldom needed

        carry_places(library, group)
    held = list(group.changes)
    del group
    free_in_parts(held)
    return state


def _perhaps_astray(group: Group, article_uid: str | None) -> set[str]:
    """Return the articles of which an undo or redo may have left marks on another version."""
    if article_uid is not None:
        return {article_uid}
    articles = [change for change in group.changes if change.entity == "article"]
    moved = any(change.entity == "highlight" for change in group.changes)
    return {change.uid for change in articles if moved or "version_uid" in change.patch}


def state_of(library: Library, group: Group) -> Reversed:
    """Return what a group was about as it is in the library, whether the group is there or not.

    Raises:
        StorageError: It cannot be read.
    """
    highlights: dict[str, Highlight | None] = {}
    roles: dict[int, Role | None] = {}
    overall = False
    beside: set[str] = set()
    for change in group.changes:
        uid = highlight_of(library, change)
        touched = _beside(library, change) if uid is None else ()
        if touched:
            beside.update(touched)
        elif uid is not None:
            highlights[uid] = None
        elif change.entity == "block":
            start = int(change.uid.rpartition(":")[2])
            roles[start] = library.articles.role(change.uid)
        elif change.entity in ("judgement", "article_note", "label"):
            overall = True
    if group.article_uid:
        highlights.update(library.highlights.all_of(list(highlights)))
    changed: set[str] = set()
    for change in group.changes:
        if change.entity == "article" and change.before is not None:
            changed.update(change.patch)
    version, details = "version_uid" in changed, bool(changed - {"version_uid"})
    said = not _SAYING.isdisjoint(change.entity for change in group.changes)
    return Reversed(
        group.summary, highlights, roles, overall, version, details, said, frozenset(beside)
    )


_SAYING = frozenset({"attribution", "source", "source_alias", "source_role"})
"""Entities that say who said something."""


@dataclass(frozen=True, slots=True)
class News:
    """What was written in an article since it was last looked at, by whomever.

    Attributes:
        state: What it was about, as it is now.
        seen: The number to go on from.
        more: Whether there is more of it.
    """

    state: Reversed
    seen: int
    more: bool


def since(library: Library, article_uid: str, seen: int) -> News:
    """Return what was written in an article after a number that the log gave before.

    What an action on the whole library (tags renamed, annotators joined) did in it belongs to it.

    Raises:
        StorageError: It cannot be read.
    """
    seen, operations, more = library.log.since(seen, article_uid)
    changes = tuple(Change(op.entity, op.entity_uid, op.patch, op.before) for op in operations)
    state = state_of(library, Group("news", "", article_uid, changes))
    made = [op for op in operations if op.entity == "article" and op.before is None]
    if made:  # the same article, taken in from another library
        state = replace(state, details=True, version=state.version or _is_other(library, made))
    if any(op.article_uid is None for op in operations):
        article = library.articles.get(article_uid)
        there = article.version_uid if article else ""
        elsewhere = [
            u for u, item in state.highlights.items() if item and item.version_uid != there
        ]
        for uid in elsewhere:
            del state.highlights[uid]
    return News(state, seen, more)


def _is_other(library: Library, made: Sequence[Operation]) -> bool:
    """Whether what another library captured of an article may be its text now."""
    uid = made[0].entity_uid
    article, versions = library.articles.get(uid), library.articles.versions(uid)
    captured = {op.patch.get("version_uid") for op in made}
    return article is not None and len(versions) > 1 and article.version_uid in captured


def highlight_of(library: Library, change: Change) -> str | None:
    """Return the uid of the highlight that a change is about, or None."""
    if change.entity == "highlight":
        return change.uid
    if change.entity == "attribution":
        return change.patch.get("highlight_uid") or library.attributions.owner(change.uid)
    if change.entity != "judgement":
        return None
    told = change.patch.get("highlight_uid") or (change.before or {}).get("highlight_uid")
    return told or library.judged.highlight_of(change.uid)


def _beside(library: Library, change: Change) -> set[str]:
    """Return the highlights whose relations or evidence a change is about."""
    if change.entity == "relation":
        return library.relations.ends([change.uid])
    if change.entity == "judgement":
        relation = library.relations.of_judgement(change.uid)
        return library.relations.ends([relation]) if relation else set()
    if change.entity in ("evidence", "evidence_link"):
        return library.evidence.spoken_of(change.uid)
    return set()
