"""Likelihood in per cent and in the words of ICD 203 (Analytic Standards, US, 2015).

The standard's bands share their ends (5, 20, 45, 55, 80, 95). Such a value belongs to the band
nearer the middle, so that no word says more than the number does, and p and 100 - p always get
mirrored words. 0 and 100 are outside the bands: the standard has no word for certainty.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.domain.errors import UsageError


class Band(NamedTuple):
    """A stretch of likelihood with its word.

    Attributes:
        word: The standard's word.
        also: Its other word for the same.
        low: Least per cent in it.
        high: Greatest per cent in it.
        middle: What the word alone stands for, per cent.
    """

    word: str
    also: str
    low: int
    high: int
    middle: int


BANDS = (
    Band("almost no chance", "remote", 1, 4, 3),
    Band("very unlikely", "highly improbable", 5, 19, 12),
    Band("unlikely", "improbable", 20, 44, 32),
    Band("roughly even chance", "roughly even odds", 45, 55, 50),
    Band("likely", "probable", 56, 80, 68),
    Band("very likely", "highly probable", 81, 95, 88),
    Band("almost certain", "nearly certain", 96, 99, 97),
)
"""The bands from low to high, without gap or overlap from 1 to 99."""

_SHORTEST = 3
"""Letters of a word that has only been begun: with fewer it may be a slip."""

OUTSIDE = "outside the words of ICD 203"
"""What stands where a word would, at 0 and 100."""


def word_of(likelihood: int) -> str:
    """Return the word for a likelihood in per cent; for 0 and 100 that there is none."""
    found = (band.word for band in BANDS if band.low <= likelihood <= band.high)
    return next(found, OUTSIDE)


def in_words(likelihood: int) -> str:
    """Return a likelihood as it is shown: ``70 % (likely)``."""
    return f"{likelihood} % ({word_of(likelihood)})"


def parse_likelihood(text: str) -> int | None:
    """Return per cent from ``70``, ``70%`` or a word such as ``likely``; None from nothing.

    A word stands for the middle of its band; its beginning will do where no other begins so.

    Raises:
        UsageError: It is none of these.
    """
    said = " ".join(text.casefold().split())
    number = said.removesuffix("%").removesuffix("per cent").strip()
    if not said:
        return None
    if number.isascii() and number.isdigit() and len(number) <= 3 and int(number) <= 100:
        return int(number)
    for band in BANDS:
        if said in (band.word, band.also, band.word.removesuffix(" chance")):
            return band.middle
    begun = [band for band in BANDS if any(word.startswith(said) for word in band[:2])]
    if len(begun) == 1 and len(said) >= _SHORTEST:
        return begun[0].middle
    words = ", ".join(band.word for band in BANDS)
    raise UsageError(
        f"{text.strip()} is no likelihood.", f"Give a whole per cent from 0 to 100, or: {words}."
    )
