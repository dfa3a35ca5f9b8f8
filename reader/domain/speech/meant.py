"""Whom "he" or "she" means where only one person can be meant: a proposal, marked as probable.

That is the last one who spoke by name, here or a paragraph before, if nobody else is named or
spoken of since. Elsewhere nobody is proposed, however likely.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.domain.speech.full_names import FullNames
from reader.domain.speech.kinds import PEOPLE, is_person, named
from reader.domain.speech.mentions import is_thing, names_in
from reader.domain.speech.speakers import PRONOUNS
from reader.domain.speech.verbs import many
from reader.domain.text import Span

_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]+")
_BEGINS = re.compile(r"(?:^|[.!?”\"]\s+|\n)([A-ZÀ-ÖØ-Þ][\w-]+) (?:[a-z]+ly )?[a-z]+ed\b")
"""A single name that begins a sentence, and what is told of it: "Drury rejected"."""
_NO_NAMES = PRONOUNS | many("nobody everybody somebody nothing everyone")
_FEMALE = re.compile(r"\b(?:Ms|Mrs|Lady|Dame|\w*woman|mother|queen)\b")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|\w*[^o\W]man|father|king)\b")
_NEAR = 1
"""Paragraphs that may lie between."""


class _Speaker(NamedTuple):
    """Who spoke last.

    Attributes:
        span: Where the name stands, or the description.
        name: The name, if it is a person's; else empty.
        about: The words that name and describe.
        paragraph: In which paragraph, by its number.
    """

    span: Span
    name: str
    about: str
    paragraph: int


class Meant:
    """Remembers who spoke last.

    Args:
        text: The article.
        names: Its whole names.
    """

    def __init__(self, text: str, names: FullNames) -> None:
        self._text, self._names = text, names
        self._last: _Speaker | None = None

    def spoke(self, span: Span, whole: Span | None, naming: str, role: str, paragraph: int) -> None:
        """Note who speaks, other than by a pronoun.

        Args:
            span: Where the speaker is named or described.
            whole: Where the whole name stands, if that is elsewhere.
            naming: How.
            role: What the text says of the speaker beside the name.
            paragraph: The number of the paragraph.
        """
        words = self._text[slice(*(whole or span))]
        name = named(words, naming).name if naming == "named" else ""
        self.given(span, name, f"{self._text[slice(*span)]} {role}", paragraph)

    def given(self, span: Span, name: str, about: str, paragraph: int) -> None:
        """Note who speaks where somebody said so who read it.

        Args:
            span: What ends before anybody else may be named: the name, or what is said.
            name: The name of the speaker; empty if it is none.
            about: The words that name and describe the speaker.
            paragraph: The number of the paragraph.
        """
        self._last = _Speaker(span, name if is_person(name or "-") else "", about, paragraph)

    def by(self, pronoun: Span, paragraph: int) -> Span | None:
        """Return where the speaker is named whom a pronoun means, or None if that is not sure."""
        last = self._last
        if last is None or not last.name or paragraph - last.paragraph > _NEAR:
            return None
        word = self._text[slice(*pronoun)].lower()
        other = {"he": _FEMALE, "she": _MALE}.get(word)
        if other is None or other.search(last.about) or pronoun.start < last.span.end:
            return None
        between = Span(last.span.end, pronoun.start)
        return None if self._names_another(between, last) else last.span

    def _names_another(self, between: Span, last: _Speaker) -> bool:
        """Whether somebody else is named or spoken of in a stretch."""
        role = set(_WORDS.findall(last.about))
        words = set(_WORDS.findall(self._text[slice(*between)]))
        if not (words - role).isdisjoint(PEOPLE):
            return True
        names = (
            named(self._text[slice(*it)], "named").name
            for it in names_in(self._text, *between)
            if not is_thing(self._text, it)
        )
        own = last.name.split()
        if any(is_person(name) and name.split()[-1] != own[-1] for name in names):
            return True
        begins = {found[1] for found in _BEGINS.finditer(self._text, *between)}
        if any(word not in own and word.lower() not in _NO_NAMES for word in begins):
            return True
        alone = (Span(*it.span()) for it in _CAPITAL.finditer(self._text, *between))
        return any(
            self._names.of(it) is not None for it in alone if self._text[slice(*it)] not in own
        )
