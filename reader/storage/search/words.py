"""Puts what people look for into the words of FTS5: never as they typed it, so that all is valid.

What FTS5 cannot take apart is looked for as it stands: scripts that put no spaces between words
would be one long word to it, and of a lone dash it knows nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from reader.domain.finding.found import Word
from reader.storage.search.schema import TOKENIZE, UNSTEMMED

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


_UNDOING = ("", "ness", "ful", "e", "ing", "ed")
"""Endings that the stemmer takes off again, leaving what stands before as it is."""


_KNOWN = 200
"""So many words are remembered."""


def is_literal(text: str) -> bool:
    """Whether a text is written without spaces between words."""
    return _NO_SPACES.search(text) is not None


class Stems:
    """Takes words apart exactly as the index does, by asking FTS5 itself.

    Attributes:
        asked: What :func:`expression` has said of words: each article that is shown asks again.
    """

    def __init__(self) -> None:
        self.asked: dict[Word, str | None] = {}
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        # The stemmer counts bytes, and may cut a character in two.
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        ask = self._connection.execute
        for table, tokenize in (("words", TOKENIZE), ("plain", UNSTEMMED)):
            ask(f"CREATE VIRTUAL TABLE {table} USING fts5(word, tokenize='{tokenize}')")
            ask(f"CREATE VIRTUAL TABLE {table}_told USING fts5vocab({table}, 'instance')")

    def of(self, text: str) -> list[str]:
        """Return the stems of a text's words, in order."""
        return self.of_each([text])[0]

    def of_each(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the same of several texts."""
        return self._told("words", texts)

    def folded(self, text: str) -> list[str]:
        """Return a text's words in order, without case and diacritics but with their endings."""
        return self._told("plain", [text])[0]

    def _told(self, table: str, texts: Sequence[str]) -> list[list[str]]:
        ask = self._connection.execute
        put = f"INSERT INTO {table} (rowid, word) VALUES (?, ?)"  # noqa: S608 - own names
        found: list[list[str]] = [[] for _ in texts]
        told = f"SELECT doc, term FROM {table}_told ORDER BY doc, offset"  # noqa: S608 - own names
        try:
            self._connection.executemany(put, enumerate(texts, 1))
            for document, term in ask(told):
                found[document - 1].append(term)
        finally:
            ask(f"DELETE FROM {table}")  # noqa: S608 - own names
        return found

    def close(self) -> None:
        """Give back what it holds."""
        self._connection.close()


def expression(word: Word, stems: Stems) -> str | None:
    """Return what FTS5 is asked for a word; None if it has to be looked for as it stands."""
    if word not in stems.asked:
        if len(stems.asked) >= _KNOWN:
            stems.asked.clear()
        stems.asked[word] = _expression(word, stems)
    return stems.asked[word]


def _expression(word: Word, stems: Stems) -> str | None:
    if is_literal(word.text):
        return None
    found = stems.of(word.text)
    if not found:
        return None
    if not word.prefix:
        return quoted(word.text)
    folded = stems.folded(word.text)
    either = [f"{quoted(_beginning(word.text, folded, stems))} *"]
    if not found[-1].startswith(folded[-1]):
        either.append(quoted(word.text))  # it is filed under a stem that does not begin with it
    if word.typing and len(found) == 1:
        either += map(quoted, _ended(word.text, folded[0], found[0], stems))
    return either[0] if len(either) == 1 else f"({' OR '.join(either)})"


def _beginning(text: str, folded: list[str], stems: Stems) -> str:
    """Return a word whose stem is just the beginning of a word, which FTS5 would stem as well.

    It would look for ``mai`` where one has typed ``may``, and for ``bu`` in place of ``bus``.
    """
    tried = [text + ending for ending in _UNDOING]
    for other, found in zip(tried, stems.of_each(tried), strict=True):
        if found == [*stems.of(text)[:-1], folded[-1]]:
            return other
    return text


def quoted(text: str) -> str:
    """Return a text as a string of FTS5, in which nothing is an operator."""
    return '"' + text.replace('"', '""') + '"'


def _ended(text: str, folded: str, stem: str, stems: Stems) -> list[str]:
    """Return words that a half typed one may become and that are filed under a shorter stem.

    ``governme`` is the beginning of no stem, but will be ``government``, which is filed under
    ``govern``: without this, what was found would go and come again while one types.
    """
    candidates = list(_endings_of(text))
    kept: dict[str, str] = {}
    for candidate, found in zip(candidates, stems.of_each(candidates), strict=True):
        if len(found) == 1 and found[0] != stem and not found[0].startswith(folded):
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
