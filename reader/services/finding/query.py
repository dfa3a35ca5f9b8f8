"""What is typed to search the library, taken apart: words for the index, filters for the articles.

``"central bank" rates -inflation outlet:wire`` looks for a phrase and a word in articles of an
outlet that do not speak of something else. The language of filters is that of the list of
articles, see :mod:`reader.services.library.filters`; everything without a field is looked for.
"""

from __future__ import annotations

import re

from reader.domain.errors import UsageError
from reader.domain.finding.filters import Term, parse
from reader.domain.finding.found import Word, Words
from reader.domain.records import dataclass

LETTERS = 3
"""From so many letters on a word is looked for while it is being typed."""

_LONGEST = 1_000
_MOST_WORDS = 32
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_SHORT_SCRIPTS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0003ffff]")
"""Scripts in which one character can be a word."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search.

    Attributes:
        words: What is looked for; nothing lists all articles that the filter leaves.
        where: The filter: which articles are searched.
        asks: Whether it is worth while to look already: it has a word of some letters, or a filter.
    """

    words: Words
    where: str
    asks: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked at all."""
        return not (self.words.wanted or self.words.unwanted or self.where)


def read_query(text: str, *, typing: bool = False) -> Query:
    """Take apart what was typed.

    Args:
        text: What was typed; whatever it is, it is a query.
        typing: Whether its last word may not be finished: it is then the beginning of a word.

    Raises:
        UsageError: It is too long.
    """
    clean = _CONTROLS.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    if len(clean) > _LONGEST:
        raise UsageError(f"The search is longer than {_LONGEST} characters.", "Leave words out.")
    terms = parse(clean)
    if len(terms) > _MOST_WORDS:
        raise UsageError(f"The search has more than {_MOST_WORDS} words.", "Leave words out.")
    unfinished = terms[-1] if typing and terms and not clean[-1:].isspace() else None
    wanted: list[Word] = []
    unwanted: list[Word] = []
    for term in terms:
        alone = len(terms) == 1
        if not term.field and (word := _word(term, typing=term is unfinished, alone=alone)):
            (unwanted if term.negated else wanted).append(word)
    where = " ".join(term.source for term in terms if term.field)
    asks = bool(where) or any(_is_long(word.text) for word in wanted)
    return Query(Words(tuple(wanted), tuple(unwanted)), where, asks)


def _word(term: Term, *, typing: bool, alone: bool) -> Word | None:
    """Return what a term without a field looks for; None if that is nothing, or nothing yet."""
    (text,) = term.values
    if term.quoted:
        return Word(text) if text.strip() else None
    bare = text.rstrip("*")
    if not bare.strip('"'):
        return None
    unfinished = typing and not term.negated and bare == text
    if unfinished and not _is_long(bare):
        return Word(bare) if alone else None  # the beginning of half of all words
    return Word(bare, prefix=unfinished or bare != text, typing=unfinished)


def _is_long(text: str) -> bool:
    return len(text) >= LETTERS or _SHORT_SCRIPTS.search(text) is not None
