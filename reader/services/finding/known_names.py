"""Tells a tag, a label or a source of which nothing is found from one that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from reader.domain.errors import UsageError
from reader.domain.finding.filters import parse
from reader.domain.overall import folded
from reader.services.codebooks.finding import available, called
from reader.storage.library import Library

UNKNOWN = "?"
"""After ``source:``, somebody who is not known."""
_SHOWN = 20
"""Names that a message tells at most."""


def check_names(library: Library, text: str, *, keys: bool = False) -> None:
    """Refuse a filter that asks for a tag, a label or a source that there is not.

    A tag is known if it was used in the library or is of a codebook that is at hand, whichever; of
    all names the beginning that a filter takes is enough.

    Args:
        library: The library.
        text: The filter, see :mod:`reader.domain.finding.filters`.
        keys: Whether a tag may be meant by its key or its sign in ASCII as well.

    Raises:
        UsageError: There is none; the hint names the closest, or those that there are.
        StorageError: The library cannot be read.
    """
    for term in parse(text):
        for value in filter(None, term.values):
            if term.field in ("tag", "verdict"):
                check_tag(library, value, keys=keys)
            elif term.field == "label":
                _check_label(library, value)
            elif term.field == "source" and value != UNKNOWN:
                _check_source(library, value)


def problem_of(library: Library, text: str, *, keys: bool = False) -> str:
    """Return in one line what :func:`check_names` refuses; empty if that is nothing."""
    try:
        check_names(library, text, keys=keys)
    except UsageError as error:
        short = error.hint if error.hint.startswith("Did you mean") else ""
        return f"{error.message} {short}".strip()
    return ""


def check_tag(library: Library, value: str, *, keys: bool = False) -> None:
    """Refuse what is no tag: neither used in the library nor of a codebook that is at hand.

    Args:
        library: The library.
        value: What stands after ``tag:``: a sign, or the beginning of a code or a label.
        keys: Whether it may be a key, or a sign in ASCII.

    Raises:
        UsageError: There is no such tag.
    """
    if library.search.highlights.knows_tag(value):
        return
    begins = folded(value)
    known: dict[str, None] = {}
    books = available(library)
    for tag in (tag for book in books for facet in book.facets for tag in facet.tags):
        signs = (tag.symbol, tag.ascii, tag.key) if keys else (tag.symbol,)
        names = (tag.code, tag.label)
        if value in signs or any(folded(name).startswith(begins) for name in names):
            return
        known.update(dict.fromkeys(names))
    where = ", ".join(map(called, books))
    raise UsageError(f"There is no tag “{value}”.", _hint(value, known, f"Codebooks: {where}."))


def _check_label(library: Library, value: str) -> None:
    known = library.overall.label_counts()
    if not any(folded(name).startswith(folded(value)) for name in known):
        raise UsageError(f"There is no label “{value}”.", _hint(value, known))


def _check_source(library: Library, value: str) -> None:
    if library.search.highlights.knows_source(value):
        return
    known = library.search.highlights.source_names()
    raise UsageError(f"There is no source “{value}”.", _hint(value, known))


def _hint(value: str, names: Iterable[str], else_said: str = "") -> str:
    """Return the closest of some names in words, or those that there are."""
    from difflib import get_close_matches  # late: for this message only

    by_key = {folded(name): name for name in names}
    close = get_close_matches(folded(value), by_key, n=1)
    if close:
        return f"Did you mean “{by_key[close[0]]}”?"
    listed = list(by_key.values())
    if not listed:
        return else_said or "There is none as yet."
    more = f" and {len(listed) - _SHOWN:,} more" if len(listed) > _SHOWN else ""
    return f"Known are {', '.join(listed[:_SHOWN])}{more}. {else_said}".strip()
