"""Says what plain rows become, in columns: most rows of most files, all looked at together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from reader.domain.highlight import CONTEXT
from reader.formats.csv_plain import PlainRows
from reader.formats.csv_row import Imported, Rejected
from reader.services.importing.becoming import Becoming, Common
from reader.storage.highlights import Highlights
from reader.storage.new_highlights import Alike, PlainHighlights

_MOST_TAGS = 20
"""Tags of a plain row: with more, a page of rows could be more than can be written together."""


T = TypeVar("T")


def meet(rows: PlainRows, others: Sequence[Imported | Rejected]) -> bool:
    """Whether one of the others has an id or a stretch of one of the rows: the first is to win."""
    apart = [row for row in others if isinstance(row, Imported)]
    if not apart:
        return False
    uids, spans = set(rows.uids), set(zip(rows.starts, rows.ends, strict=True))
    return any(row.highlight_id in uids or (row.start, row.end) in spans for row in apart)


def by_version(rows: PlainRows, becoming: Becoming) -> Iterator[tuple[PlainRows, list[Common]]]:
    """Yield the rows in parts of one version each, with what they become; nothing if not known."""
    ready = {id(kind): _ready(becoming.known(kind)) for kind in _distinct(rows.kinds)}
    commons = [ready[id(kind)] for kind in rows.kinds]
    end = 0
    for version, part in groupby([common and common.version_uid for common in commons]):
        first, end = end, end + sum(1 for _ in part)
        found = commons[first:end] if version else []
        yield rows.part(first, end), [common for common in found if common is not None]


def _ready(common: Common | None) -> Common | None:
    """Return what rows of a kind become if one of them was written, and they can be in columns."""
    if common is None or not (common.owner and common.kept):
        return None
    return common if len(common.meaning.named) <= _MOST_TAGS else None


def new_of(
    rows: PlainRows, commons: Sequence[Common], text: str, highlights: Highlights
) -> PlainHighlights | None:
    """Return the highlights that rows become, or None if they have to be looked at one by one.

    That is if the words of one are not in its place, or one is there already, or twice among them.

    Args:
        rows: The rows, all on one version.
        commons: What each becomes.
        text: The version's text.
        highlights: What the library has.
    """
    places = list(zip(rows.starts, rows.ends, strict=True))
    exacts = [text[start:end] for start, end in places]
    if exacts != rows.texts or _some_there(rows, commons, highlights):
        return None
    alike = {id(common): _alike(common) for common in _distinct(commons)}
    return PlainHighlights(
        [alike[id(common)] for common in commons],
        *(rows.uids, rows.starts, rows.ends, exacts),
        [text[max(0, start - CONTEXT) : start] for start in rows.starts],
        [text[end : end + CONTEXT] for end in rows.ends],
    )


def _some_there(rows: PlainRows, commons: Sequence[Common], highlights: Highlights) -> bool:
    """Whether an id or somebody's stretch is there already, or twice among the rows."""
    owners = [common.owner for common in commons]
    spots = set(zip(owners, rows.starts, rows.ends, strict=True))
    if len(spots) < len(owners) or len(set(rows.uids)) < len(owners):
        return True
    if highlights.made(rows.uids):
        return True
    there = highlights.starting_at(commons[0].version_uid, rows.starts)
    return any((owner, start, end) in spots for owner, start, end, _ in there)


def _alike(common: Common) -> Alike:
    whose = (common.version_uid, common.owner)
    return Alike(*whose, common.flag, common.implicit, common.origin, common.meaning.named)


def _distinct(kinds: Sequence[T]) -> Collection[T]:
    """Return each of the objects once."""
    return {id(kind): kind for kind in kinds}.values()
