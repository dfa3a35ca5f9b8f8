"""Search in a text: smart case, phrases across line breaks, hits in both directions."""

from __future__ import annotations

import re
import warnings

from reader.domain.errors import UsageError
from reader.domain.text import Span

LONGEST_QUERY = 1_000
"""Code points; a longer query is refused."""
LONGEST_HIT = 4_096
"""Code points; a regular expression finds nothing longer where the search is cut into windows."""

_WINDOW = 65_536
_LOOKALIKES = {
    "'": "['’‘]",
    '"': '["“”„«»]',
    "-": "[-‐‑–—]",
}  # what a keyboard has for what a typesetter puts


def compile_query(query: str, regex: bool = False) -> re.Pattern[str]:
    """Return the pattern of a search.

    Smart case: a query without capitals finds both cases. White space in a plain query finds any
    run of white space, so that phrases are found across line breaks; straight quotes and hyphens
    find the typographic ones. A regular expression is taken as it is; ``^`` and ``$`` are the ends
    of a line.

    Args:
        query: What the user typed.
        regex: Whether it is a regular expression.

    Raises:
        UsageError: Nothing to search for, too long, or no regular expression.
    """
    if not query.strip():
        raise UsageError("There is nothing to search for.", "Type a word or a phrase.")
    if len(query) > LONGEST_QUERY:
        raise UsageError(
            f"The search is longer than {LONGEST_QUERY} characters.", "Search for a part of it."
        )
    source = query if regex else r"\s+".join(map(_literal, query.split()))
    letters = re.sub(r"\\.", "", query) if regex else query
    flags = re.MULTILINE if letters != letters.lower() else re.MULTILINE | re.IGNORECASE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python may change in some later version
            return re.compile(source, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(
            f"This is no regular expression: {error}.",
            "Correct it, or search for the plain text instead.",
        ) from error


def _literal(word: str) -> str:
    return "".join(_LOOKALIKES.get(letter) or re.escape(letter) for letter in word)


def find(text: str, pattern: re.Pattern[str], offset: int, *, forward: bool = True) -> Span | None:
    """Return the nearest hit from an offset, going round at the ends, or None if there is none.

    Args:
        text: Where to search.
        pattern: What to search for; hits of no length are passed over.
        offset: Forward, hits that begin here or later come first; backward, those that begin
            before it, nearest first.
        forward: The direction.
    """
    offset = min(max(offset, 0), len(text))
    if forward:
        return _first(text, pattern, offset, len(text)) or _first(text, pattern, 0, offset)
    return _last(text, pattern, 0, offset) or _last(text, pattern, offset, len(text))


def _first(text: str, pattern: re.Pattern[str], start: int, end: int) -> Span | None:
    """The first hit that begins in a stretch."""
    for match in pattern.finditer(text, start, min(len(text), end + LONGEST_HIT)):
        if match.start() >= end:
            return None
        if match.end() > match.start():
            return Span(*match.span())
    return None


def _last(text: str, pattern: re.Pattern[str], start: int, end: int) -> Span | None:
    """The last hit that begins in a stretch, looked for window by window from its end."""
    while end > start:
        low = max(start, end - _WINDOW)
        found = None
        for match in pattern.finditer(text, low, min(len(text), end + LONGEST_HIT)):
            if match.start() >= end:
                break
            if match.end() > match.start():
                found = Span(*match.span())
        if found:
            return found
        end = low
    return None
