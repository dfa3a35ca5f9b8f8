"""The words of a sentence as cues and speakers are looked for in it; a quotation is one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reader.domain.speech.quotations import Quotation
from reader.domain.text import Span

TITLES = (
    "Mr|Mrs|Ms|Mx|Dr|Sen|Rep|Gov|Gen|Prof|St|Lt|Col|Sgt|Rev|Hon|Capt|Maj|Adm|Pres|Sec|Insp|Supt"
)
_WORD = re.compile(
    rf"(?=[A-Z])(?:(?:[A-Z]\.){{2,}}|[A-Z]\.(?=\s[A-Z])|(?:{TITLES}|Jr|Sr|No)\.)|\b[ap]\.m\."
    r"|\w+(?:[’'.\-]\w+)*(?:[’'](?=\s))?|[^\w\s]"
)
_POSSESSIVE = ("'s", "’s", "s'", "s’")


class Word(NamedTuple):
    """One word, one punctuation mark, or one whole quotation.

    Attributes:
        text: As it is written; a quotation is empty.
        low: In lower case.
        start: First code point.
        end: One past the last.
        is_word: Whether this is a word or a number.
        is_capital: Whether it begins with a capital letter.
        quotation: The quotation, if it is one.
    """

    text: str
    low: str
    start: int
    end: int
    is_word: bool
    is_capital: bool
    quotation: Quotation | None = None

    @property
    def is_quotation(self) -> bool:
        """Whether this is a quotation."""
        return self.quotation is not None

    @property
    def is_possessive(self) -> bool:
        """Whether it is a noun that something belongs to."""
        return self.low.endswith(_POSSESSIVE)


def words_of(text: str, span: Span, quoted: Sequence[Quotation]) -> list[Word]:
    """Return the words of a stretch of text.

    Args:
        text: The text.
        span: The stretch.
        quoted: The outermost quotations that have a part in it, in order.
    """
    found: list[Word] = []
    at = span.start
    for quotation in quoted:
        for part in quotation.parts:
            if part.start >= span.end or part.end <= at:
                continue
            found += _plain(text, at, max(at, part.start))
            found.append(Word("", "", part.start, part.end, False, False, quotation))
            at = part.end
    found += _plain(text, at, span.end)
    return found


def _plain(text: str, start: int, end: int) -> list[Word]:
    found: list[Word] = []
    for place in _WORD.finditer(text, start, end):
        word = place[0]
        first = word[0]
        low = word.lower().replace("’", "'")
        found.append(Word(word, low, *place.span(), first.isalnum(), first.isupper()))
    return found
