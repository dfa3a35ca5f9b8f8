"""Carries highlights over to another version of their article: what becomes of each, as changes.

Nothing is written here. A highlight that is not found stays on the version that it is on, as an
orphan; what a person still had to look at stays marked so, whatever comes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from reader.domain.comparing.anchoring import Anchoring, Found
from reader.domain.highlight import UNCONFIRMED, Anchor, Earlier, Fate, Highlight
from reader.domain.late import Late
from reader.domain.operation import Change
from reader.domain.records import dataclass
from reader.domain.text import Role
from reader.services.annotating.edits import place_fields
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library

if TYPE_CHECKING:
    from rapidfuzz import fuzz

    from reader.domain.article import Version
else:
    fuzz = Late("rapidfuzz.fuzz")

_SEVERITY = (Fate.KEPT, Fate.MOVED, Fate.REWORDED, Fate.CHECK)
"""Fates, the one that needs a person most last."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of one highlight.

    Attributes:
        before: As it is.
        after: As it is to be; an orphan is where it was.
        change: What leads there, or None if nothing changes.
    """

    before: Highlight
    after: Highlight
    change: Change | None


def likeness(one: str, other: str) -> float:
    """Return how much alike two strings are: the share of letters that can stay, 0 to 1."""
    return fuzz.ratio(one, other) / 100


class Anchorings:
    """Finds the places of other versions in one version; each of them is aligned with it once.

    Args:
        library: The library.
        to: The version in which places are looked for.
    """

    def __init__(self, library: Library, to: Version) -> None:
        self._library = library
        self._to = to
        self._known: dict[str, Anchoring] = {}

    def of(self, version_uid: str) -> Anchoring | None:
        """Return what finds the places of a version; None if its text is not there."""
        if version_uid not in self._known:
            version = self._library.articles.version(version_uid)
            if version is None:
                return None
            self._known[version_uid] = Anchoring(version.text, self._to.text, likeness)
        return self._known[version_uid]


def carry(
    highlights: Iterable[AnchoredHighlight], to: Version, anchorings: Anchorings
) -> list[Carried]:
    """Return what becomes of highlights on a version; orphans are looked for once more.

    Args:
        highlights: On whichever versions they are.
        to: The version that they are to be on.
        anchorings: Finds their places.
    """
    by_version = sorted(highlights, key=lambda item: item.highlight.version_uid)
    carried: list[Carried] = []
    for uid, group in groupby(by_version, key=lambda item: item.highlight.version_uid):
        items = list(group)
        if uid == to.uid:
            carried += (_as_it_is(item) for item in items)
        elif (anchoring := anchorings.of(uid)) is not None:
            carried += _found_again(items, to, anchoring)
    return list(_told_apart(carried, to.text))


def _as_it_is(item: AnchoredHighlight) -> Carried:
    """Return what becomes of a highlight on the very version: it is no orphan any more."""
    before = item.highlight
    if before.fate is not Fate.ORPHANED:
        return Carried(before, before, None)
    return _changed(item, replace(before, fate=Fate.KEPT), item.anchor)


def _found_again(
    items: list[AnchoredHighlight], to: Version, anchoring: Anchoring
) -> Iterator[Carried]:
    spans = [(item.highlight.span, *item.highlight.extra_spans) for item in items]
    found = iter(anchoring.find([span for group in spans for span in group]))
    for item, group in zip(items, spans, strict=True):
        yield _placed(item, to, [next(found) for _ in group])


def _placed(item: AnchoredHighlight, to: Version, found: list[Found]) -> Carried:
    """Return what becomes of a highlight whose stretches were found so."""
    before = item.highlight
    back = before.was
    if back is not None and back.version_uid == to.uid and before.fate is not Fate.CONFIRMED:
        return _changed(item, _back(before, back), Anchor(back.exact, back.prefix, back.suffix))
    if any(place.fate is Fate.ORPHANED for place in found):
        after = replace(before, fate=Fate.ORPHANED)
        return _changed(item, after, item.anchor)
    fate = max((place.fate for place in found), key=_SEVERITY.index)
    was = _earlier(before, item.anchor)
    if before.fate in UNCONFIRMED and before.was is not None:
        fate, was = max(fate, before.fate, key=_SEVERITY.index), before.was
    after = replace(
        before,
        version_uid=to.uid,
        start=found[0].span.start,
        end=found[0].span.end,
        extra_spans=tuple(place.span for place in found[1:]),
        fate=fate,
        was=was,
    )
    return _changed(item, after, Anchor.of(to.text, after.start, after.end))


def _back(before: Highlight, was: Earlier) -> Highlight:
    """Return a highlight on the place from which it was carried over."""
    return replace(
        before,
        version_uid=was.version_uid,
        start=was.start,
        end=was.end,
        extra_spans=was.extra_spans,
        fate=None,
        was=None,
    )


def _earlier(highlight: Highlight, anchor: Anchor) -> Earlier:
    return Earlier(
        version_uid=highlight.version_uid,
        start=highlight.start,
        end=highlight.end,
        extra_spans=highlight.extra_spans,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )


def _changed(item: AnchoredHighlight, after: Highlight, anchor: Anchor) -> Carried:
    before, old = item.highlight, place_fields(item.highlight, item.anchor)
    new = place_fields(after, anchor)
    change = Change("highlight", before.uid, new, old) if new != old else None
    return Carried(before, after, change)


def _told_apart(carried: list[Carried], text: str) -> Iterator[Carried]:
    """Yield all, those that came to be on the words of another one marked as to be checked."""
    taken: set[tuple[object, ...]] = set()
    for item in carried:
        after = item.after
        place = (after.annotator_uid, after.version_uid, after.span, after.extra_spans)
        if place in taken and item.change is not None and after.fate is not Fate.ORPHANED:
            after = replace(after, fate=Fate.CHECK)
            anchor = Anchor.of(text, after.start, after.end)
            change = replace(item.change, patch=place_fields(after, anchor))
            item = replace(item, after=after, change=change)
        taken.add(place)
        yield item


def role_changes(old: Version, new: Version, anchoring: Anchoring) -> list[Change]:
    """Return the changes that give paragraphs the roles that they were given before."""
    alignment = anchoring.alignment
    starts = {block.start for block in new.blocks}
    changes = []
    for start, role in sorted(old.roles.items()):
        first, end = alignment.old.within((start, start + 1))
        there = alignment.there[first] if first < end else -1
        place = alignment.new.starts[there] if there >= 0 else -1
        if place in starts and place not in new.roles:
            changes.append(_role_change(new.uid, place, role))
    return changes


def _role_change(version_uid: str, start: int, role: Role) -> Change:
    fields = {"version_uid": version_uid, "start": start, "role": str(role)}
    return Change("block", f"{version_uid}:{start}", fields)
