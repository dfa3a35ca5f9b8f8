"""What a filter asks of who said a highlight: ``source:`` ``naming:`` ``voice:`` ``act:``.

The same words mean the same in the panel, in lists of highlights, and in lists of articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.domain.attributed import ACTS, VOICES
from reader.domain.errors import UsageError
from reader.domain.finding.filters import parse, word_of
from reader.domain.source import NAMINGS
from reader.storage.search import spoken

if TYPE_CHECKING:
    from reader.storage.library import Library

SPOKEN = spoken.FIELDS
"""The fields."""

BESIDE = tuple(spoken.BESIDE)
"""What ``has:`` can ask for beside a highlight."""

Asked = tuple[str, str]
"""A field, or ``has``, and what stands behind the colon."""

_KNOWN = {"naming": NAMINGS, "voice": VOICES, "act": ACTS}


def spoken_value(field: str, value: str) -> str:
    """Return what a value of a field means; nothing asks for any.

    Raises:
        UsageError: It means nothing.
    """
    known = _KNOWN.get(field)
    return word_of(field, value, known, "") if known and value else value


def asked_of(query: str) -> Iterator[Asked]:
    """Yield what a filter asks that only the library knows; each is answered by :func:`such_on`.

    What means nothing is left out: whoever makes the test of it says so.
    """
    for term in parse(query):
        for value in term.values:
            if term.field in SPOKEN:
                with suppress(UsageError):
                    yield term.field, spoken_value(term.field, value)
            elif term.field == "has":
                yield from (("has", name) for name in BESIDE if value and name.startswith(value))


def such_on(library: Library, version_uid: str, asked: Asked) -> frozenset[str]:
    """Return the uids of the highlights on a version of which that is so.

    Raises:
        StorageError: It cannot be read.
    """
    from reader.storage.search.highlights import HighlightWish  # late: for this filter only

    field, value = asked
    return library.search.highlights.such_on(version_uid, HighlightWish(field, (value,)))
