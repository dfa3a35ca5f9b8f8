"""Who can be picked as the source of a statement: a row of the picker, and how one is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.domain.attributed import Hop, Words
from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.domain.source import KINDS, NAMINGS, Source, folded
from reader.domain.uids import derived_uid
from reader.services.attributing.chain_edit import Link
from reader.services.attributing.sources import new_source

NOBODY = "nobody named"
"""What the source is called that the text leaves out."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who can be picked.

    Attributes:
        source: Who; None is a hop that is not known.
        new: Whether it is not in the library yet.
        why: Why it is offered, or what is known of it, in words.
        note: A few words at the end of its row.
        mention: Where the text names it, for this statement.
        cue: Where the text says that it says something.
        voice: The voice that the text shows, or None.
        names: Other names by which it is found.
        from_text: Whether the text suggests it.
        sure: Whether nobody else can be meant, by the text: it may be chosen beforehand.
    """

    source: Source | None
    new: bool = False
    why: str = ""
    note: str = ""
    mention: Words | None = None
    cue: Words | None = None
    voice: str | None = None
    names: tuple[str, ...] = ()
    from_text: bool = False
    sure: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return self.source.name if self.source else "unknown"

    @property
    def link(self) -> Link:
        """The hop that picking it makes."""
        uid = self.source.uid if self.source else None
        return Link(Hop(uid, self.mention, self.cue), self.source)


UNKNOWN_HOP = Offer(None, why="Somebody, but the text does not say who.", note="a hop not known")


def nobody() -> Source:
    """Return the source of what is said without anybody who says it: "was criticised".

    It is one in all libraries, so that it meets itself after a merge.
    """
    return Source(derived_uid("source\nagentless"), NOBODY, "unknown", "agentless")


def created(text: str, listed: Iterable[Offer]) -> Offer | None:
    """Return the offer to make a source of what is typed; None if it is none, or known by name."""
    name = folded(text)
    for offer in listed:
        if offer.source and name in {folded(offer.name), *map(folded, offer.names)}:
            return None
    try:
        source = new_source(text)
    except UsageError:
        return None
    return Offer(source, new=True, why="A new source; kind and naming are guessed.", note="new")


def turned(offer: Offer, field: str) -> Offer:
    """Return the offer of a new source with the next kind, or the next naming."""
    source = offer.source
    if source is None or not offer.new:
        return offer
    if field == "kind":
        kind = KINDS[(KINDS.index(source.kind) + 1) % len(KINDS)]
        return replace(offer, source=replace(source, kind=kind))
    naming = NAMINGS[(NAMINGS.index(source.naming) + 1) % len(NAMINGS)]
    return replace(offer, source=replace(source, naming=naming))


class Offered:
    """The offers of a picker: found by parts of names, best first.

    Args:
        listed: All of them, in the order shown before anything is typed.
    """

    def __init__(self, listed: Sequence[Offer]) -> None:
        self.listed = listed
        self._names = [
            tuple(f" {folded(name)}" for name in (offer.name, *offer.names)) for offer in listed
        ]
        self._more = [folded(offer.why) for offer in listed]

    def find(self, query: str) -> list[Offer]:
        """Return what matches every word of a query.

        The beginning of a name counts most, then that of a word in it, any part of it, and last a
        part of what is known of the source. ``?`` alone finds the hop that is not known.
        """
        words = folded(query).split()
        if not words:
            return list(self.listed)
        if words == ["?"]:
            return [UNKNOWN_HOP]
        ranked = [
            (score, number)
            for number in range(len(self.listed))
            if (score := self._score(number, words)) is not None
        ]
        ranked.sort()
        return [self.listed[number] for _, number in ranked]

    def _score(self, number: int, words: list[str]) -> int | None:
        total = 0
        for word in words:
            scores = [_in_name(name, word) for name in self._names[number]]
            best = min((score for score in scores if score is not None), default=None)
            if best is None and word in self._more[number]:
                best = 8
            if best is None:
                return None
            total += best
        return total


def _in_name(name: str, word: str) -> int | None:
    """Return how well a word fits a name: 0 its beginning, 1 that of a word in it, 3 a part."""
    at = name.find(f" {word}")
    if at == 0:
        return 0
    if at > 0:
        return 1
    return 3 if word in name else None
