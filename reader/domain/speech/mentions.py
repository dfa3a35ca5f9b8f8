"""Who was met so far in an article: for pronouns, and for quotations that nobody is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.domain.records import dataclass
from reader.domain.speech.kinds import is_person, named
from reader.domain.speech.speakers import PRONOUNS
from reader.domain.speech.verbs import many
from reader.domain.text import Span

NAME = re.compile(
    r"\b([A-Z][\w.\-]*)(?:[ \u00a0](?:de |van |von |der |bin |al-)?[A-Z][\w\-]*(?:[’'][A-Z]\w+)?)+"
)
_OFFERED = 3
_SINCE = 2
"""Of these so many, at most, that are named since somebody spoke."""
_KEPT = 24
_MALE, _FEMALE = (
    frozenset({"mr.", "mr", "sir", "lord"}),
    frozenset({"mrs.", "mrs", "ms.", "ms", "lady", "dame"}),
)
_NOT_PEOPLE = many(
    "monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december i the a "
    "an in on at it he she they we but and this that these there as for with from "
    "by of to after before when while if not or so his her their its our my what who how why where"
)
_LONGEST_ABBREVIATION = 5
"""Letters and stop of a word that a name may begin with: "Prof."; a longer one ends a sentence."""


def names_in(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where names stand: words with capitals, two or more in a row, without "By" or "In"."""
    for place in NAME.finditer(text, start, end):
        first, words = place.start(), place[0].split()
        while len(words) > 1 and _begins_no_name(words[0]):
            first = text.index(words[1], first + len(words[0]))
            del words[0]
        if len(words) > 1:
            yield Span(first, place.end())


def _begins_no_name(word: str) -> bool:
    if word.endswith(".") and len(word) > _LONGEST_ABBREVIATION:
        return True
    low = word.lower().rstrip(".")
    return low in _NOT_PEOPLE and low not in ("the", "a", "may", "april", "june", "august")


@dataclass(slots=True)
class _Mention:
    """A name and what is known of who has it.

    Attributes:
        span: Where it stands, the last time.
        name: As it stands there.
        spoke: Where it stood as a speaker's, one past its end; 0 is nowhere.
        seen: Where it stood last.
        sex: ``m``, ``f``, or empty.
        group: Whether several are called so.
    """

    span: Span
    name: str
    spoke: int
    seen: int
    sex: str = ""
    group: bool = False


class Mentions:
    """The names of an article so far, the most recent last.

    Args:
        text: The article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._all: dict[str, _Mention] = {}

    def spoke(self, span: Span, *, group: bool) -> None:
        """Note that somebody was named as a speaker."""
        mention = self._note(span)
        mention.spoke, mention.group = span.end, group

    def read(self, start: int, end: int) -> None:
        """Note the names of a stretch of text, but for those of months and what "the" is before."""
        for span in names_in(self._text, start, end):
            if self._text[slice(*span)].split()[0].lower() not in _NOT_PEOPLE:
                self._note(span)

    def _note(self, span: Span) -> _Mention:
        name = self._text[slice(*span)]
        key = name.split()[-1].lower()
        known = self._all.pop(key, None)
        mention = known or _Mention(span, name, 0, 0)
        mention.span, mention.seen = span, span.start
        first = name.split()[0].lower()
        mention.sex = "m" if first in _MALE else "f" if first in _FEMALE else mention.sex
        self._all[key] = mention
        while len(self._all) > _KEPT:
            del self._all[next(iter(self._all))]
        return mention

    def candidates(self, pronoun: str) -> list[tuple[Span, str]]:
        """Return whom a pronoun may mean, the likeliest first; an empty one fits everybody.

        A person who is named since somebody spoke, whatever is told of him or her, comes before
        the one who spoke.
        """
        last = max((item.spoke for item in self._all.values()), default=0)
        fitting = [item for item in self._all.values() if _fits(item, pronoun)]
        since = [item for item in fitting if item.seen >= last > 0 and _is_person(item)]
        since = sorted(since, key=lambda item: item.seen, reverse=True)[:_SINCE]
        rest = [item for item in fitting if item not in since]
        rest.sort(key=lambda item: (item.spoke, item.seen), reverse=True)
        found = [(item.span, "is named since") for item in since]
        found += [(item.span, _why(item, number)) for number, item in enumerate(rest)]
        return found[:_OFFERED]


def _is_person(mention: _Mention) -> bool:
    name = named(mention.name, "named").name
    return bool(name) and not mention.group and is_person(name)


def _fits(mention: _Mention, pronoun: str) -> bool:
    if mention.name.lower() in PRONOUNS:
        return False
    if pronoun in ("he", "she"):
        return not mention.group and mention.sex != ("f" if pronoun == "he" else "m")
    return mention.group or pronoun not in ("it", "they")


def _why(mention: _Mention, number: int) -> str:
    if mention.spoke:
        return "spoke last" if number == 0 else "spoke before"
    return "was named before"
