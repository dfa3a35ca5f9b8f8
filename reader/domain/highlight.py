"""Highlights and the judgements on them: what a reader has said of a stretch of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.domain.uids import derived_uid

STEP = 256
"""So many highlights of very many are worked on at a time, between two keys."""

CONTEXT = 32
"""Characters of the text kept on each side of a highlight, to find it again."""


Item = TypeVar("Item")


def in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what there is in lists of `STEP`."""
    left = iter(items)
    while part := list(islice(left, STEP)):
        yield part


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a highlight and of its surroundings."""

    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Anchor:
        """Return the anchor of a stretch of canonical text."""
        return cls(text[start:end], *around(text, start, end))


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a stretch of canonical text: prefix and suffix."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


class Fate(StrEnum):
    """How a highlight came to the version that it is on; one that was made on it has none."""

    KEPT = "kept"
    """The same words in the same place."""
    REWORDED = "reworded"
    """The same place, but its words were changed."""
    MOVED = "moved"
    """Its words stand elsewhere now."""
    CHECK = "check"
    """What was found may be another statement: a person has to look."""
    CONFIRMED = "confirmed"
    """A person has looked, and it stands where it should."""
    ORPHANED = "orphaned"
    """It was not found again, and stays on the version that it was on."""


UNCONFIRMED = frozenset({Fate.REWORDED, Fate.MOVED, Fate.CHECK})
"""What is marked until a person has confirmed it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The place of a highlight in the version from which it was carried over.

    Attributes:
        version_uid: That version.
        start: First code point in it.
        end: One past the last one.
        extra_spans: Further stretches.
        exact: Its words there.
        prefix: What stood before them.
        suffix: What stood behind them.
    """

    version_uid: str
    start: int
    end: int
    extra_spans: tuple[Span, ...]
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A tag from a codebook on a highlight.

    Attributes:
        uid: Derived from target, codebook and facet, see :func:`judgement_uid`.
        codebook: Id of the codebook.
        codebook_version: Its version.
        facet: Id of the facet.
        code: The tag's code.
        confidence: ``low``, ``moderate``, ``high`` or None.
        likelihood: Per cent, 0-100, or None.
        reason: Why, or None.
        rev: Number of operations on it so far.
        because: Uids of the evidence that it was given because of.
    """

    uid: str
    codebook: str
    codebook_version: int
    facet: str
    code: str
    confidence: str | None = None
    likelihood: int | None = None
    reason: str | None = None
    rev: int = 1
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked stretch of a version, with its live judgements.

    Attributes:
        uid: Random (version 7), leaves the database.
        version_uid: The article version it points into.
        annotator_uid: Whose it is.
        start: First code point.
        end: One past the last code point.
        extra_spans: Further stretches, for a quotation split by "he said".
        note: Free text or None.
        flag: Marked to check later.
        implicit: Made by a tag or a note, and gone with the last of them.
        origin: ``manual``, ``import:<format>`` or ``suggestion:…``.
        created_at: UTC, ISO 8601 with milliseconds and ``Z``.
        updated_at: The same, of the newest operation on it or its judgements.
        rev: Number of operations on it so far.
        judgements: Live judgements, ordered by codebook, facet, code.
        fate: How it came to its version; None if it was made on it.
        was: Where it was before that, or None.
    """

    uid: str
    version_uid: str
    annotator_uid: str
    start: int
    end: int
    extra_spans: tuple[Span, ...] = ()
    note: str | None = None
    flag: bool = False
    implicit: bool = True
    origin: str = "manual"
    created_at: str = ""
    updated_at: str = ""
    rev: int = 1
    judgements: tuple[Judgement, ...] = field(default=())
    fate: Fate | None = None
    was: Earlier | None = None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a person has to look at how it was carried over."""
        return self.fate in UNCONFIRMED

    @property
    def span(self) -> Span:
        """The main stretch."""
        return Span(self.start, self.end)

    def judgement(self, codebook: str, facet: str) -> Judgement | None:
        """Return the first live judgement of a facet, or None."""
        return next(iter(self.judgements_of(codebook, facet)), None)

    def judgements_of(self, codebook: str, facet: str) -> list[Judgement]:
        """Return the live judgements of a facet (several where it takes many)."""
        return [j for j in self.judgements if j.codebook == codebook and j.facet == facet]


@lru_cache(maxsize=16)
def judgement_uid(target_uid: str, codebook: str, facet: str, code: str | None) -> str:
    """Return the id under which a judgement meets itself after a merge.

    Args:
        target_uid: The highlight's uid.
        codebook: The codebook's id (not its version).
        facet: The facet's id.
        code: The tag's code if the facet takes many tags, else None.
    """
    return named_judgement_uid(target_uid, judgement_name(codebook, facet, code))


def judgement_name(codebook: str, facet: str, code: str | None) -> str:
    """Return what tells a judgement from others of a target; see :func:`judgement_uid`."""
    return f"{codebook}\n{facet}" if code is None else f"{codebook}\n{facet}\n{code}"


def named_judgement_uid(target_uid: str, name: str) -> str:
    """Return the id of a judgement of which the name was worked out already."""
    return derived_uid(f"judgement\n{target_uid}\n{name}")
