"""What a search looks for: smart case, phrases across line breaks, typed quotes and hyphens."""

from __future__ import annotations

import re
import warnings
from array import array

from reader.domain.errors import UsageError

LONGEST_QUERY = 1_000
"""Code points; a longer query is refused."""
LONGEST_HIT = 4_096
"""Code points; a regular expression finds nothing longer where the search is cut into windows."""

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
            f"No regular expression: {_what_is_wrong(error)}.",
            "Correct it, or search for the plain text instead.",
        ) from error


def _what_is_wrong(error: Exception) -> str:
    """Return what is wrong with an expression, and at which character of it, from 1."""
    if isinstance(error, re.error) and error.pos is not None:
        return f"{error.msg} (character {error.pos + 1})"
    return str(error)


def _literal(word: str) -> str:
    return "".join(_LOOKALIKES.get(letter) or re.escape(letter) for letter in word)


def scan(
    text: str, pattern: re.Pattern[str], start: int, end: int, most: int
) -> tuple[array[int], array[int]]:
    """Return starts and ends of the hits that begin in a stretch, in order.

    Args:
        text: Where to search.
        pattern: What to search for; hits of no length are passed over.
        start: First code point of the stretch; what stands before it is looked at by ``^`` and
            the like, as is what stands behind the end.
        end: One past its last code point.
        most: After so many it stops.
    """
    starts, ends = array("I"), array("I")
    for match in pattern.finditer(text, start, min(len(text), end + LONGEST_HIT)):
        low, high = match.span()
        if low >= end or len(starts) >= most:
            break
        if high > low:
            starts.append(low)
            ends.append(high)
    return starts, ends
