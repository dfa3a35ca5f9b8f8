"""Whom a last name means: the one whole name in the article that ends in it, or nobody.

Where two whole names end in it, or it is a place as well, nothing is said: the name stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.domain.speech.kinds import is_person, named, without_role, without_title
from reader.domain.speech.mentions import names_in
from reader.domain.speech.verbs import many
from reader.domain.text import Span

_BEFORE, _AFTER = 40_000, 20_000
"""Code points before and after a mention in which whole names are looked for."""
_LONGEST = 80
"""Code points of a whole name, at most, with what stands before it."""
_PLACES = many("in the near around across outside inside into throughout at")
"""Words before a name by which it is a place, or a thing."""
_PARTICLES = many("de del la van von der den di da du bin ibn")
"""Small words that a last name may begin with: "De la Cruz"."""
_ARTICLES = many("the a an")
_WORD_BEFORE = re.compile(r"(\w+)[ \u00a0\n]\Z")


class FullNames:
    """The whole names of an article, looked for as they are needed.

    Args:
        text: The article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, int, bool], Span | None] = {}

    def of(self, mention: Span) -> Span | None:
        """Return where the whole name of somebody stands who is called by the last name alone.

        Args:
            mention: Where the last name stands, with or without a title or a role before it.

        Returns:
            The whole name without titles, or None: it is whole already, no whole name ends in it,
            or more than one does.
        """
        words = self._text[slice(*mention)]
        surname = _surname(words)
        if not surname:
            return None
        part = mention.start // _AFTER  # the same answer for all mentions that are near each other
        asked = surname, part, words.endswith(surname) and words != surname
        if asked not in self._known:
            self._known[asked] = self._look(surname, part * _AFTER, sure=asked[2])
        return self._known[asked]

    def _look(self, surname: str, near: int, *, sure: bool) -> Span | None:
        """Look around; where it is sure that a person is meant, a place may be called so."""
        start = max(0, near - _BEFORE)
        end = min(len(self._text), near + _AFTER + _AFTER)
        found: dict[str, list[Span]] = {}
        for place in _places(self._text, surname, start, end):
            span = self._name_at(*place)
            if span is not None:
                given = without_title(self._text[slice(*span)]).split()[0]
                found.setdefault(given, []).append(span)
            elif not sure and self._is_place(*place):
                return None
        return _the_one(found)

    def _name_at(self, start: int, end: int) -> Span | None:
        """Return the whole name of a person that ends in a word, without what is before it."""
        before = self._text[max(0, start - _LONGEST) : start].split()[-1:]
        if not before or not (any(map(str.isupper, before[0])) or before[0] in _PARTICLES):
            return None
        for span in names_in(self._text, max(0, start - _LONGEST), end + _LONGEST):
            if span.end == end:
                core = named(self._text[slice(*span)], "named").name
                first, *others = without_title(core).split()
                if others and first.lower() not in _PARTICLES and is_person(core):
                    return Span(end - len(core), end)
        return None

    def _is_place(self, start: int, end: int) -> bool:
        """Whether what stands before a last name alone shows that it is a place, or a thing."""
        if self._text[end : end + 2] in ("’s", "'s"):
            return False
        before = _WORD_BEFORE.search(self._text[max(0, start - 20) : start])
        return before is not None and before[1].lower() in _PLACES


def _places(text: str, word: str, start: int, end: int) -> Iterator[Span]:
    """Yield where a word stands, and is no part of another one."""
    at = text.find(word, start, end)
    while at >= 0:
        behind = at + len(word)
        if not (text[max(0, at - 1) : at].isalnum() or text[behind : behind + 1].isalnum()):
            yield Span(at, behind)
        at = text.find(word, behind, end)


def _surname(mention: str) -> str:
    """Return a last name that stands alone, but for titles and roles; else an empty text."""
    words = mention.split()
    while len(words) > 1 and words[0].islower() and words[0] not in _ARTICLES:
        del words[0]
    name = without_title(without_role(" ".join(words), least=1))
    *small, last = name.split() or [""]
    if small and all(word.lower() in _PARTICLES for word in small):
        name = last
    letters = re.sub(r"['’\-]", "", name)
    return name if letters.isalpha() and name[0].isupper() and not _is_acronym(name) else ""


def _is_acronym(name: str) -> bool:
    return name.isupper() or len(name) < 2


def _the_one(found: dict[str, list[Span]]) -> Span | None:
    """Return the first place of the only person among whole names, by their first words."""
    given = sorted(found, key=lambda word: (len(word.rstrip(".")), word), reverse=True)
    if not given or not all(_is_short_for(word, given[0]) for word in given):
        return None
    return min(found[given[0]])


def _is_short_for(word: str, whole: str) -> bool:
    """Whether a first name is another one, or an initial of it."""
    return word == whole or (len(word.rstrip(".")) == 1 and word[0] == whole[0])
