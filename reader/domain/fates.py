"""Signs and words for how a highlight came to the version that it is on."""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.highlight import UNCONFIRMED, Fate

SIGNS: Mapping[Fate, str] = {
    Fate.CHECK: "¿",
    Fate.REWORDED: "≈",
    Fate.MOVED: "→",
    Fate.ORPHANED: "⌀",
    Fate.CONFIRMED: "=",
    Fate.KEPT: "=",
}
"""One cell each, besides the word: no colour is needed to tell them apart."""

WORDS: Mapping[Fate, str] = {
    Fate.CHECK: "please check",
    Fate.REWORDED: "reworded",
    Fate.MOVED: "moved",
    Fate.ORPHANED: "orphaned",
    Fate.CONFIRMED: "confirmed",
    Fate.KEPT: "kept",
}
"""In the order in which a person should look at them."""

ORDER = tuple(WORDS)


def named(fate: Fate) -> str:
    """Return sign and word: ``≈ reworded``."""
    return f"{SIGNS[fate]} {WORDS[fate]}"


def told(fate: Fate | None) -> str:
    """Return what stands before a highlight that is not surely where it was; else nothing."""
    return f"{named(fate)} " if fate == Fate.ORPHANED or fate in UNCONFIRMED else ""


def in_words(fates: Mapping[Fate, int]) -> str:
    """Return how many highlights had which fate: ``1 please check, 12 kept``."""
    return ", ".join(f"{fates[fate]:,} {WORDS[fate]}" for fate in ORDER if fates.get(fate))
