"""What a statement holds that a reader may want to know of, in words: no judgement, no advice."""

from __future__ import annotations

from reader.domain.speech.remarks import Remark, remarks

_READ = 4_000
"""Code points of a statement that are looked at: a statement may be a whole book."""
_WORDS = 3
"""Hedging words that are named at most."""


def remarks_of(text: str, span: tuple[int, int]) -> list[Remark]:
    """Return the remarks on a statement, in order of their places.

    Args:
        text: The article's text.
        span: The statement; of a very long one only the beginning is looked at.
    """
    start, end = span
    found = remarks(text, start, end if end - start <= _READ else _word_end(text, start))
    return sorted(found, key=lambda item: item.span)


def _word_end(text: str, start: int) -> int:
    """Return where what is looked at of a long statement ends: behind a word, if it has words."""
    space = text.rfind(" ", start, start + _READ + 1)
    return space if space > start else start + _READ


def told(text: str, span: tuple[int, int]) -> str:
    """Return what a statement holds: ``contains a number; hedged: “may”``; empty for nothing."""
    plain = _plain(text, span)
    return "; ".join([*([f"contains {plain}"] if plain else []), *_hedged(text, span)])


def hint(text: str, span: tuple[int, int], key: str) -> str:
    """Return what a statement holds, with what can be done: ``a number: f to check later``.

    Args:
        text: The article's text.
        span: The statement.
        key: The key that flags it; empty where it is flagged: then nothing is left to be done.
    """
    plain = _plain(text, span) if key else ""
    return "; ".join([*([f"{plain}: {key} to check later"] if plain else []), *_hedged(text, span)])


def _plain(text: str, span: tuple[int, int]) -> str:
    kinds = (item.kind for item in remarks_of(text, span) if item.kind != "hedge")
    return ", ".join(dict.fromkeys(f"a {kind}" for kind in kinds))


def _hedged(text: str, span: tuple[int, int]) -> list[str]:
    found = (item for item in remarks_of(text, span) if item.kind == "hedge")
    hedges = dict.fromkeys(text[slice(*item.span)] for item in found)
    named = [f"“{word}”" for word in list(hedges)[:_WORDS]]
    more = [f"{len(hedges) - _WORDS} more"] if len(hedges) > _WORDS else []
    return [f"hedged: {', '.join([*named, *more])}"] if named else []
