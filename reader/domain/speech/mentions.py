"""Who was met so far in an article: for pronouns, and for quotations that nobody is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.domain.records import dataclass
from reader.domain.speech.kinds import is_person, named, without_title
from reader.domain.speech.speakers import PRONOUNS
from reader.domain.speech.verbs import many
from reader.domain.statements import segment
from reader.domain.text import Span

_CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180))))
_WORD = rf"[{_CAPITALS}][\w\-]*(?:(?:\.|[’'](?=[{_CAPITALS}]\w))[\w\-]+)*\.?"
_SMALL = r"(?:(?:de|del|la|van|von|der|den|di|da|du|bin|ibn) ){0,2}(?:al-|el-)?"
"""Small words between those of a name."""
_NAME = re.compile(rf"\b{_WORD}(?:[ \u00a0]{_SMALL}{_WORD})+")
_OFFERED = 3
_PARAGRAPH = 2_000
"""Code points of a paragraph that are looked at before a pronoun, at most."""
_SINCE_THEN = ("is spoken of since", "is named since")
_SINCE = 2
"""Of these so many, at most, that are named since somebody spoke."""
_KEPT = 24
_MALE, _FEMALE = (
    frozenset({"mr.", "mr", "sir", "lord"}),
    frozenset({"mrs.", "mrs", "ms.", "ms", "lady", "dame"}),
)
_FIRST_NAMES_TOO = many("may april june august")
_NOT_PEOPLE = many(
    "monday tuesday wednesday thursday friday saturday sunday january february march july "
    "september october november december i the a an in on at it he she they we you but and or so "
    "not no nor yes this that these those there here then now thus also even still yet just only "
    "as for with from by of to into over under during without against despite after before since "
    "until while when where once if though although because whether unless who what why how which "
    "his her their its our my your one two three four five six seven eight nine ten some many most "
    "few several both all each every another other such none last next today yesterday tomorrow "
    "however meanwhile instead later earlier perhaps according asked"
)
"""Words with a capital, at the beginning of a sentence say, that are no part of the name behind."""
_DATED = re.compile(r"(?:\b(?:in|on|of|by|since|until|from|to|last|next|early|late)|\d) $", re.I)
"""What stands before a month, and before nobody's first name."""
_PLACED = re.compile(r"\b(?:in|at|near|around|across|outside|inside|into) $", re.I)
"""What stands before places; before people seldom."""
_LONGEST = 200
"""Code points of a name behind the end of a stretch; what has more is none."""
_AROUND = 96
"""Code points around a name from which it is told where sentences end: more than three words."""
_LETTERS = many("KC QC SC MP MEP MSP MBE OBE CBE PhD MD")
"""Letters behind a name."""
_JUNIOR = ("Jr.", "Sr.")


def names_in(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where names stand: words with capitals, two or more in a row, without "By" or "In".

    A name ends with its sentence: in "on 10 May. He left" there is none, "Mr. Lowe" is one. One
    that begins in the stretch is whole, also where it goes on behind it.
    """
    stop = end + _LONGEST
    for place in _NAME.finditer(text, start, stop):
        if place.start() >= end or (place.end() == stop < len(text)):
            return
        for part in _within_sentences(text, Span(*place.span())):
            name = _name_alone(text, part)
            if name is not None and name.start < end:
                yield name


def _within_sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts of a stretch of words that lie in one sentence each."""
    words = text[slice(*span)]
    begin = span.start
    if ". " in words or ".\u00a0" in words:
        for stop in _sentence_ends(text, span):
            yield Span(begin, stop)
            begin = stop + 1
    yield Span(begin, span.end)


def _sentence_ends(text: str, span: Span) -> list[int]:
    """Return where sentences end inside a stretch, as the statements of the article do."""
    first, last = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    start = text.rfind("\n\n", first, span.start) + 2
    end = text.find("\n\n", span.end, last)
    near = segment(text, start if start > 1 else first, last if end < 0 else end)
    return [stop for _, stop in near if span.start < stop < span.end]


def _name_alone(text: str, span: Span) -> Span | None:
    """Return the name in a row of words with capitals: two words at least; or None."""
    first, words = span.start, text[slice(*span)].split()
    article = None
    while len(words) > 1 and _begins_no_name(text, first, words[0]):
        article = first if words[0] == "The" else None
        first = text.index(words[1], first + len(words[0]))
        del words[0]
    if len(words) > 2 and words[-1].rstrip(".") in _LETTERS:
        span = Span(span.start, text.rindex(words.pop(), first, span.end) - 1)
    if len(words) < 2 or without_title(" ".join(words)) == "I":
        return None
    end = span.end - (words[-1].endswith(".") and words[-1] not in _JUNIOR)
    return Span(first if article is None else article, end)


def _begins_no_name(text: str, at: int, word: str) -> bool:
    low = word.lower()
    if low in _FIRST_NAMES_TOO:
        return _DATED.search(text, max(0, at - 8), at) is not None
    return low in _NOT_PEOPLE


def is_thing(text: str, span: Span) -> bool:
    """Whether what stands before a name shows that it is nobody's: "the West Wing"."""
    before = text[max(0, span.start - 4) : span.start].lower()
    return before == "the " and not named(text[slice(*span)], "named").role


def _is_place(text: str, span: Span) -> bool:
    """Whether a name stands where a place does: "in Old Fenmouth", "near it"."""
    return _PLACED.search(text, max(0, span.start - 8), span.start) is not None


@dataclass(slots=True)
class _Mention:
    """A name, or what somebody is, and what is known of who has it.

    Attributes:
        span: Where it stands, the last time.
        name: As it stands there.
        naming: ``named``, ``described`` or ``anonymous``.
        spoke: Where it stood as a speaker's, one past its end; 0 is nowhere.
        heard: Where the sentence ends in which it did.
        seen: Where it stood last.
        sex: ``m``, ``f``, or empty.
        place: Whether it stood where a place does, the last time.
        kind: What it is, if that was asked for: ``person``, ``organisation`` or the like.
    """

    span: Span
    name: str
    naming: str
    spoke: int
    heard: int
    seen: int
    sex: str = ""
    place: bool = False
    kind: str = ""


class Mentions:
    """Who was met in an article so far, the most recent last.

    Args:
        text: The article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._all: dict[str, _Mention] = {}

    def spoke(self, span: Span, naming: str, end: int) -> None:
        """Note that somebody was named, or described, as a speaker.

        Args:
            span: Where.
            naming: ``named``, ``described`` or ``anonymous``.
            end: Where the sentence ends: who is named in it does not come before the speaker.
        """
        mention = self._note(span, naming)
        mention.spoke, mention.heard = span.end, end

    def read(self, start: int, end: int, *, within: bool = False) -> None:
        """Note the names of a stretch of text, but for what "the" is before.

        Args:
            start: Its first code point.
            end: One past its last.
            within: Whether the sentence goes on with the pronoun that is asked for: in "Pressed by
                Ada Lowe, he said" another one is meant.
        """
        for span in names_in(self._text, start, end):
            if not self._text.startswith("The ", span.start) and not is_thing(self._text, span):
                by = within and self._text.endswith("by ", 0, span.start)
                self._note(span, "named").place = by or _is_place(self._text, span)

    def is_plain(self, meant: Span, pronoun: str, at: int) -> bool:
        """Whether nothing that is known of people speaks against one whom a pronoun may mean.

        A title does ("Mr" for "she"), and so does a speaker in the same paragraph whose title fits
        better.
        """
        wanted = "m" if pronoun == "he" else "f"
        name = self._text[slice(*meant)].split()[-1].lower()
        sex = self._all[name].sex if name in self._all else ""
        first = max(0, at - _PARAGRAPH)
        first = max(first, self._text.rfind("\n\n", first, at))
        others = (it for key, it in self._all.items() if key != name and it.spoke > first)
        return sex == wanted or not (sex or any(item.sex == wanted for item in others))

    def _note(self, span: Span, naming: str) -> _Mention:
        name = self._text[slice(*span)]
        key = name.split()[-1].lower()
        mention = self._all.pop(key, None) or _Mention(span, name, naming, 0, 0, 0)
        if mention.name != name:
            mention.name, mention.naming, mention.kind = name, naming, ""
        mention.span, mention.seen = span, span.start
        first = name.split()[0].lower()
        mention.sex = "m" if first in _MALE else "f" if first in _FEMALE else mention.sex
        self._all[key] = mention
        while len(self._all) > _KEPT:
            del self._all[next(iter(self._all))]
        return mention

    def candidates(self, pronoun: str, at: int) -> list[tuple[Span, str]]:
        """Return whom a pronoun may mean, the likeliest first; an empty one fits everybody.

        A person who is named since somebody spoke, whatever is told of him or her, comes before
        the one who spoke.

        Args:
            pronoun: In small letters.
            at: Where it stands.
        """
        last = max((item.heard for item in self._all.values()), default=0)
        fitting = [item for item in self._all.values() if _fits(item, pronoun)]
        seen = [(self._seen(item, at), item) for item in fitting if last and _is_person(item)]
        since = sorted((it for it in seen if it[0] >= last), key=_first, reverse=True)[:_SINCE]
        found = [(item.span, _SINCE_THEN[item.naming == "named"]) for _, item in since]
        before = [item for item in fitting if all(item is not other for _, other in since)]
        before.sort(key=lambda item: (item.spoke, item.seen), reverse=True)
        found += [(item.span, _why(item, number)) for number, item in enumerate(before)]
        return found[:_OFFERED]

    def _seen(self, mention: _Mention, at: int) -> int:
        """Return where somebody is named last, or is what a sentence is of: "The inspector …"."""
        if mention.naming == "named":
            return mention.seen
        noun = mention.name.split()[-1]
        return max(mention.seen, self._text.rfind(f"The {noun} ", mention.seen, at))


def _kind(mention: _Mention) -> str:
    """Return what somebody is, by the name without what stands before it."""
    if not mention.kind:
        found = named(mention.name, mention.naming)
        person = mention.naming == "named" and bool(found.name) and is_person(found.name)
        mention.kind = "person" if person else found.kind
    return mention.kind


def _first(pair: tuple[int, _Mention]) -> int:
    return pair[0]


def _is_person(mention: _Mention) -> bool:
    return not mention.place and _kind(mention) == "person"


def _fits(mention: _Mention, pronoun: str) -> bool:
    """Whether a pronoun may mean somebody, by what that is; where it is unknown, it may."""
    if mention.name.lower() in PRONOUNS:
        return False
    if pronoun in ("he", "she"):
        not_of = "f" if pronoun == "he" else "m"
        return _kind(mention) in ("person", "unknown") and mention.sex != not_of
    if pronoun == "it":
        return _kind(mention) not in ("person", "group", "account")
    return pronoun != "they" or _kind(mention) not in ("person", "document")


def _why(mention: _Mention, number: int) -> str:
    if mention.spoke:
        return "spoke last" if number == 0 else "spoke before"
    return "was named before"
