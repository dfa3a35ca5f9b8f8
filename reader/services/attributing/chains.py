"""Attributions with the sources in their chains, for whoever shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader.domain.attributed import Attribution, Hop
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.storage.library import Library

UNKNOWN = "?"
"""Stands for a hop that is not known."""

_MENTION = 40
"""Code points of the words of the text for somebody who is not identified."""

_MARKS = {"described": "described", "anonymous": "anonymous", "agentless": "agentless"}


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with its sources.

    Attributes:
        attribution: The attribution.
        chain: Who each of its hops is, origin first, merged sources as what they were merged into;
            None is not known.
    """

    attribution: Attribution
    chain: tuple[Source | None, ...] = ()

    @property
    def origin(self) -> Source | None:
        """Who said it first, as far as that is known."""
        return self.chain[0] if self.chain else None

    @property
    def hops(self) -> tuple[tuple[Hop, Source | None], ...]:
        """Each hop with who it is."""
        return tuple(zip(self.attribution.hops, self.chain, strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        """What each hop is called, origin first; ``?`` is not known, or not identified."""
        return tuple(source.name if source else UNKNOWN for source in self.chain)

    @property
    def words(self) -> tuple[str, ...]:
        """What each hop is called, for people: one that the text only points to by its word."""
        return tuple(source.name if source else open_words(hop) for hop, source in self.hops)

    @property
    def as_in_text(self) -> tuple[str | None, ...]:
        """For each hop the text's own words for somebody who is not identified; None for others."""
        return tuple(
            hop.mention.exact if source is None and hop.mention else None
            for hop, source in self.hops
        )

    @property
    def origin_words(self) -> str:
        """Who said it first, in a few words; empty if nothing is said of that."""
        return hop_words(*self.hops[0]) if self.chain else ""


def chain_fields(said: Said | None) -> dict[str, Any]:
    """Return a chain for JSON: its names, and beside them the words of the text for open hops."""
    return {
        "chain": list(said.names) if said else [],
        "as_in_text": list(said.as_in_text) if said else [],
    }


def said_of(library: Library, attributions: Iterable[Attribution]) -> dict[str, Said]:
    """Return attributions with their sources, by the highlight's uid.

    Raises:
        StorageError: It cannot be read.
    """
    listed = list(attributions)
    known = library.sources.all_of(uid for item in listed for uid in item.sources)
    return {
        item.highlight_uid: Said(item, tuple(known.get(hop.source or "") for hop in item.hops))
        for item in listed
    }


def chains(library: Library, highlight_uids: Iterable[str]) -> dict[str, Said]:
    """Return who said what is marked, of many highlights at once, by the highlight's uid.

    Raises:
        StorageError: It cannot be read.
    """
    return said_of(library, library.attributions.of_all(highlight_uids).values())


def chain_words(said: Said, outlet: str | None = None) -> str:
    """Return a chain in one line, origin first: ``Foreign ministry > news agency > [outlet]``.

    Args:
        said: The attribution.
        outlet: What the article appeared in; it ends the chain if given.
    """
    return " > ".join([*said.words, *([f"[{outlet}]"] if outlet else [])])


def open_words(hop: Hop, unknown: str = UNKNOWN) -> str:
    """Return in words a hop of which nobody has said who it is.

    The text may have a word for it, such as a pronoun: that is told apart from one of whom the text
    says nothing.

    Args:
        hop: The hop.
        unknown: What stands for one of whom the text says nothing.
    """
    words = " ".join(hop.mention.exact.split()) if hop.mention else ""
    short = words if len(words) <= _MENTION else f"{words[: _MENTION - 1]}…"
    return f"“{short}” (not identified)" if short else unknown


def hop_words(hop: Hop, source: Source | None) -> str:
    """Return a hop in a few words: its source's, or that of the text, or that it is unknown."""
    return source_words(source) if source else open_words(hop, "unknown")


def source_words(source: Source | None) -> str:
    """Return a source in a few words: ``a US official (described)``; a name needs no more."""
    if source is None:
        return "unknown"
    mark = _MARKS.get(source.naming)
    return f"{source.name} ({mark})" if mark and mark not in source.name.casefold() else source.name


def summary_of(said: Said) -> str:
    """Return who said it in a few words, for messages: ``said by A via B``."""
    if not said.chain:
        parts = (said.attribution.voice, said.attribution.act)
        return ", ".join(part for part in parts if part) or "attribution"
    first, *rest = said.words
    return f"said by {first}" + "".join(f" via {name}" for name in rest)
