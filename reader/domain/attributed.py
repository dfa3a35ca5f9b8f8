"""Attribution: who said what is marked, through whom, in which voice, and what that does.

An attribution is one per highlight. It says what the article claims of its saying; whether it was
said, and whether it is so, are two judgements beside it: the one on the attribution, the other on
the highlight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from reader.domain.records import dataclass
from reader.domain.uids import derived_uid

VOICES = ("direct", "partial", "indirect", "narrator", "unclear")
"""How it is told: word for word, with some words of the speaker's, in reported speech, by the
article itself, or so that it cannot be told apart."""

ACTS = ("assert", "admit", "deny", "narrow-denial", "opine", "explain", "non-answer")
"""What a speaker does in saying it; those of the codebook `stance`, and a denial that is narrower
than what was alleged."""


_ACT_LABELS = {"narrow-denial": "narrow denial"}


def act_label(act: str) -> str:
    """Return what an act is called where people read it; most are words already."""
    return _ACT_LABELS.get(act, act)


MANUAL = "manual"
"""The origin of what a person entered unasked."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the text that a highlight is on, and what stands there.

    Attributes:
        start: First code point.
        end: One past the last one.
        exact: The words; where others stand there now, the stretch is not valid.
    """

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of the chain from the origin to the outlet.

    Attributes:
        source: Uid of who it is; None is not known.
        mention: Where the text names it, or None.
        cue: Where the text says that it says something, or None.
    """

    source: str | None = None
    mention: Words | None = None
    cue: Words | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what is marked.

    Attributes:
        uid: Derived from the highlight, see :func:`attribution_uid`.
        highlight_uid: The highlight.
        voice: One of :data:`VOICES`, or None.
        act: One of :data:`ACTS`, or None.
        scope_certain: Whether it surely ends where the highlight ends; None is not said.
        origin: ``manual`` or ``suggestion:detector@version:accepted|edited``.
        hops: The chain, origin first; empty if only voice or act were given.
        rev: Number of operations on it so far.
    """

    uid: str
    highlight_uid: str
    voice: str | None = None
    act: str | None = None
    scope_certain: bool | None = None
    origin: str = MANUAL
    hops: tuple[Hop, ...] = ()
    rev: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.hops and self.voice is None and self.act is None and not self.says_scope

    @property
    def says_scope(self) -> bool:
        """Whether it is said if the scope is certain."""
        return self.scope_certain is not None

    @property
    def sources(self) -> tuple[str, ...]:
        """The uids of the known sources in its chain, origin first."""
        return tuple(hop.source for hop in self.hops if hop.source is not None)


def attribution_uid(highlight_uid: str) -> str:
    """Return the id of the one attribution that a highlight can have."""
    return derived_uid(f"attribution\n{highlight_uid}")


def hops_to_fields(hops: Iterable[Hop]) -> list[dict[str, Any]]:
    """Return a chain as it is stored."""
    return [
        {"source": hop.source, "mention": _to_fields(hop.mention), "cue": _to_fields(hop.cue)}
        for hop in hops
    ]


def hops_from_fields(stored: Iterable[Mapping[str, Any]]) -> tuple[Hop, ...]:
    """Return a chain from how it is stored.

    Raises:
        ValueError: It is none.
    """
    try:
        return tuple(
            Hop(
                item.get("source"), _from_fields(item.get("mention")), _from_fields(item.get("cue"))
            )
            for item in stored
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("this is no chain of sources") from error


def _to_fields(words: Words | None) -> dict[str, Any] | None:
    return None if words is None else {name: getattr(words, name) for name in _WORDS}


_WORDS = ("start", "end", "exact")


def _from_fields(stored: Mapping[str, Any] | None) -> Words | None:
    return None if stored is None else Words(*(stored[name] for name in _WORDS))


def with_source(attribution: Attribution, old: Iterable[str], new: str) -> Attribution:
    """Return the attribution with one source in the place of others."""
    gone = frozenset(old)
    hops = tuple(
        replace(hop, source=new) if hop.source in gone else hop for hop in attribution.hops
    )
    return replace(attribution, hops=hops)


def words_at(text: str, start: int, end: int) -> Words:
    """Return a stretch of a text with the words that stand there."""
    return Words(start, end, text[start:end])
