"""What attributing does to a highlight, and which changes for the log that makes.

The one place that knows the rules; screen and command line both go by it. A highlight that is
attributed stays, whatever tags are taken off it; taking the attribution away takes away a highlight
that was made for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reader.domain.attributed import Attribution, attribution_uid, hops_to_fields
from reader.domain.highlight import Highlight
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.domain.text import Span
from reader.services.annotating.edits import (
    Edit,
    changes_between,
    is_bare,
    new_highlight,
)
from reader.services.annotating.holding import made_to_hold
from reader.storage.library import Library

_FIELDS = ("voice", "act", "scope_certain", "origin")

ACCEPTED, EDITED = ":accepted", ":edited"
"""Ends of the origin of what was proposed: taken as it was, or not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is attributed.

    Attributes:
        article_uid: The article.
        version_uid: Its version.
        annotator_uid: Who attributes.
        text: The version's text.
        span: The stretch.
        highlight: The annotator's highlight on it, or None.
        before: What is stored as its attribution, or None.
        held: Whether the highlight stays only for what hangs on it, see :func:`is_held`.
    """

    article_uid: str
    version_uid: str
    annotator_uid: str
    text: str
    span: Span
    highlight: Highlight | None = None
    before: Attribution | None = None
    held: bool = False


def attribute(place: Place, said: Attribution, summary: str = "", *, decided: bool = False) -> Edit:
    """Say who said something; the highlight is made if there is none.

    Args:
        place: Where.
        said: The attribution as it shall be; its uids are those of the place. An empty one is
            taken away.
        summary: What is done, in a few words.
        decided: Whether it is a proposal that is decided on just now, and tells so.

    Returns:
        The action; its group has no changes if it was so already.
    """
    if said.is_empty:
        return clear(place)
    highlight = place.highlight or new_highlight(place.version_uid, place.annotator_uid, place.span)
    after = replace(highlight, implicit=False)
    said = replace(said, uid=attribution_uid(highlight.uid), highlight_uid=highlight.uid)
    if not decided and place.before is not None:
        said = replace(said, origin=_origin_of(said, place.before))
    changes = attribution_changes(place.before, said)
    if changes:
        changes = (*changes_between(place.highlight, after, place.text), *changes)
    return _edit(place, changes, after, summary or "attribution")


def _origin_of(said: Attribution, before: Attribution) -> str:
    """Return where an attribution came from: one that was proposed and is changed was edited."""
    proposed = said.origin == before.origin and said.origin.endswith(ACCEPTED)
    return said.origin.removesuffix(ACCEPTED) + EDITED if proposed else said.origin


def clear(place: Place) -> Edit:
    """Take an attribution away, and the highlight that was made for nothing else."""
    if place.highlight is None or place.before is None:
        return _edit(place, (), place.highlight, "attribution off")
    gone = Change(
        "attribution",
        place.before.uid,
        {"deleted_at": now()},
        {"deleted_at": None, **_fields(place.before)},
    )
    after = replace(place.highlight, implicit=place.highlight.implicit or place.held)
    changes = (gone, *changes_between(place.highlight, after, place.text))
    left = None if after.implicit and is_bare(after) else after
    return _edit(place, changes, left, "attribution off")


def _edit(place: Place, changes: tuple[Change, ...], after: Highlight | None, summary: str) -> Edit:
    group = Group("attribute", place.annotator_uid, place.article_uid, changes, summary=summary)
    if after is not None and changes:
        steps = sum(change.entity == "highlight" for change in changes)
        after = replace(after, updated_at=now(), rev=after.rev + steps)
    return Edit(group, place.highlight, after)


def attribution_changes(before: Attribution | None, after: Attribution) -> tuple[Change, ...]:
    """Return the changes that lead from what is stored to another attribution of its highlight."""
    if before is None:
        fields = {"highlight_uid": after.highlight_uid, **_fields(after)}
        return (Change("attribution", after.uid, fields),)
    old, new = _fields(before), _fields(after)
    patch = {name: value for name, value in new.items() if value != old[name]}
    if not patch.keys() - {"origin"}:  # where it came from is no change of its own
        return ()
    return (Change("attribution", after.uid, patch, {name: old[name] for name in patch}),)


def _fields(said: Attribution) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(said, name) for name in _FIELDS}
    return {**fields, "hops": hops_to_fields(said.hops)}


def making(actor: str, sources: Sequence[Source]) -> list[Group]:
    """Return the actions that make new sources: the library's own, one for each.

    Its undo takes back only those that nothing stands on.
    """
    return [
        Group("source", actor, None, (made(source),), summary=f"source {source.name}")
        for source in sources
    ]


def made(source: Source) -> Change:
    """Return the change that makes a source."""
    names = ("name", "kind", "naming", "role", "affiliation", "url", "merged_into")
    return Change("source", source.uid, {name: getattr(source, name) for name in names})


def is_held(library: Library, highlight_uid: str) -> bool:
    """Whether a highlight stays only because it was attributed.

    Not so if a person has made it a plain one, or if relations or evidence hang on it as well.

    Raises:
        StorageError: It cannot be read.
    """
    if library.attributions.holds(highlight_uid):
        return False
    return made_to_hold(library, highlight_uid)
