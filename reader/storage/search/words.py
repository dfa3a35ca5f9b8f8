"""Puts what people look for into the words of FTS5: never as they typed it, so that all is valid.

What FTS5 cannot take apart is looked for as it stands: scripts that put no spaces between words
would be one long word to it, and of a lone dash it knows nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

from reader.domain.found import Word
from reader.storage.search.schema import TOKENIZE

_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese, and Korean with its particles."""

_ENDINGS = (
    *("able", "al", "ally", "ance", "ate", "ated", "ating", "ation", "ational", "ations", "ed"),
    *("ely", "ement", "ence", "er", "ers", "es", "ful", "fulness", "ible", "ic", "ical", "ied"),
    *("ies", "ing", "ings", "ion", "ions", "ism", "ist", "ists", "ities", "ity", "ive", "iveness"),
    *("ization", "ize", "ized", "izing", "less", "ly", "ment", "ments", "ness", "ous", "ously"),
)
"""Endings that the stemmer takes off."""


def is_literal(text: str) -> bool:
    """Whether a text is written without spaces between words."""
    return _NO_SPACES.search(text) is not None


class Stems:
    """Takes words apart exactly as the index does, by asking FTS5 itself."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        ask = self._connection.execute
        ask(f"CREATE VIRTUAL TABLE words USING fts5(word, tokenize='{TOKENIZE}')")
        ask("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")

    def of(self, text: str) -> list[str]:
        """Return the stems of a text's words, in order."""
        return self.of_each([text])[0]

    def of_each(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the same of several texts."""
        ask = self._connection.execute
        count = 0
        for count, text in enumerate(texts, 1):
            ask("INSERT INTO words (rowid, word) VALUES (?, ?)", (count, text))
        found: list[list[str]] = [[] for _ in range(count)]
        for document, term in ask("SELECT doc, term FROM stems ORDER BY doc, offset"):
            found[document - 1].append(term)
        ask("DELETE FROM words")
        return found

    def close(self) -> None:
        """Give back what it holds."""
        self._connection.close()


def expression(word: Word, stems: Stems) -> str | None:
    """Return what FTS5 is asked for a word; None if it has to be looked for as it stands."""
    if is_literal(word.text):
        return None
    found = stems.of(word.text)
    if not found:
        return None
    asked = f"{quoted(word.text)} *" if word.prefix else quoted(word.text)
    if not word.typing or len(found) > 1:
        return asked
    others = _ended(word.text, found[0], stems)
    return f"({' OR '.join([asked, *map(quoted, others)])})" if others else asked


def quoted(text: str) -> str:
    """Return a text as a string of FTS5, in which nothing is an operator."""
    return '"' + text.replace('"', '""') + '"'


def _ended(text: str, stem: str, stems: Stems) -> list[str]:
    """Return words that a half typed one may become and that are filed under a shorter stem.

    ``governme`` is the beginning of no stem, but will be ``government``, which is filed under
    ``govern``: without this, what was found would go and come again while one types.
    """
    candidates = list(_endings_of(text))
    kept: dict[str, str] = {}
    for candidate, found in zip(candidates, stems.of_each(candidates), strict=True):
        if len(found) == 1 and not found[0].startswith(stem):
            kept.setdefault(found[0], candidate)
    return list(kept.values())


def _endings_of(text: str) -> Iterator[str]:
    for ending in _ENDINGS:
        for size in range(1, len(ending)):
            begun = len(text) - size
            if begun >= 3 and text.casefold().endswith(ending[:size]):
                yield text[:begun] + ending
    if len(text) > 3 and text[-1] == text[-2]:
        yield f"{text}ing"  # running is filed under run
