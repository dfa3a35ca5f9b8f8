"""Who is meant by a phrase that another one stands beside: "a spokeswoman, Petra Vos".

Of a description with a name beside it the name is the speaker, and the description what it is; of a
name with a description beside it likewise. Where the two commas may mean something else, neither is
taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.domain.speech.namings import naming
from reader.domain.speech.senses import CLAUSE, FINITE
from reader.domain.speech.speakers import PRONOUNS
from reader.domain.speech.times import NOT_NAMES
from reader.domain.speech.verbs import many
from reader.domain.speech.words import Word

Stretch = tuple[int, int]
"""Positions among the words of a sentence: the first, and one past the last."""

_PARTICLES = many("de van von der den bin al la le di du of")
"""Small words inside names."""
_BEGIN_ROLE = many("a an the its his her their our my one")
ROLES = many(
    "spokesman spokeswoman spokesperson director president chairman chairwoman chair chief head "
    "leader mayor minister secretary deputy former professor editor author founder owner manager "
    "lawyer analyst economist lecturer researcher adviser advisor captain coach father mother"
)
"""Nouns that say what somebody is without "the" before them."""
_NO_ROLES = many(
    "day days week weeks month months year years hour hours minute minutes night evening morning "
    "afternoon moment time first last only same latest having being"
)
_NO_ROLE = _BEGIN_ROLE | _PARTICLES | PRONOUNS | FINITE | CLAUSE | many("in at on for with by and")
"""Words that are no role before a name."""
_LONGEST = 12
"""Words of a description, at most."""


class Identified(NamedTuple):
    """Who speaks.

    Attributes:
        speaker: The name, or the phrase if there is no name beside it.
        role: What stands beside the name, or None.
    """

    speaker: Stretch
    role: Stretch | None = None


def identified(words: Sequence[Word], phrase: Stretch, cue: int, *, leads: bool) -> Identified:
    """Return who a phrase is, by what stands behind it between commas.

    Args:
        words: The sentence.
        phrase: The phrase.
        cue: Position of the cue: what stands beside the phrase does not go beyond it.
        leads: Whether what is said follows the phrase at once, as after "according to".
    """
    end = phrase[1]
    if end >= len(words) or words[end].text != ",":
        return Identified(phrase)
    kind = naming(words, phrase)
    stop = cue if phrase[0] < cue else len(words)
    if kind == "named":
        role = _role_at(words, end + 1, stop)
        return Identified(phrase, role if role and _closed(words, role[1], leads=leads) else None)
    name = _name_at(words, end + 1, stop) if kind != "pronoun" else None
    if name is None or not _closed(words, name[1], leads=leads):
        return Identified(phrase)
    return Identified(name, phrase)


def beyond(words: Sequence[Word], phrase: Stretch) -> int:
    """Return where what follows "according to" a phrase begins: behind what stands beside it."""
    found = identified(words, phrase, -1, leads=True)
    return max(phrase[1], found.speaker[1], found.role[1] if found.role else 0)


def _closed(words: Sequence[Word], end: int, *, leads: bool) -> bool:
    """Whether a phrase that began behind a comma ends where a further one can."""
    if end >= len(words) or words[end].text in (".", "!", "?", ";", ")"):
        return True
    if words[end].text not in (",", "–", "—"):
        return words[end].is_quotation
    return not leads or _begins_clause(words, end + 1)


def _begins_clause(words: Sequence[Word], at: int) -> bool:
    """Whether a clause with its own subject and verb begins, before the next comma."""
    if at >= len(words) or not (words[at].low in CLAUSE or words[at].is_capital):
        return False
    for word in words[at + 1 : at + 14]:
        if word.text in (",", ";"):
            return False
        if word.low in FINITE or (word.low.endswith("ed") and len(word.low) > 4):
            return True
    return False


def _name_at(words: Sequence[Word], at: int, stop: int) -> Stretch | None:
    """Return the name of two words or more that begins at a position, or None."""
    begin = end = at
    while at < min(stop, begin + 2) and _may_be_role(words[at]):  # "farmer Lukas Brandl"
        at = end = at + 1
    while end < stop and _is_of_name(words, at, end):
        end += 1
    capitals = sum(word.is_capital for word in words[at:end])
    return (begin, end) if capitals > 1 and words[end - 1].is_capital and end - at <= 6 else None


def _may_be_role(word: Word) -> bool:
    return word.is_word and word.text.isalpha() and word.text.islower() and word.low not in _NO_ROLE


def _is_of_name(words: Sequence[Word], first: int, at: int) -> bool:
    word = words[at]
    if not word.is_word or word.low in NOT_NAMES or word.low in PRONOUNS:
        return False
    return word.is_capital or (at > first and word.low in _PARTICLES)


def _role_at(words: Sequence[Word], at: int, stop: int) -> Stretch | None:
    """Return the description that begins at a position, or None."""
    if at >= stop:
        return None
    first = words[at]
    if not (first.low in _BEGIN_ROLE or first.low in ROLES or first.is_possessive):
        return None
    end = at
    while end < stop and words[end].is_word and words[end].low not in ("who", "which", "whose"):
        if words[end].low in FINITE or words[end].low in PRONOUNS - {"one"}:
            return None
        end += 1
    short = 1 < end - at <= _LONGEST or (end - at == 1 and first.low in ROLES)
    is_time = any(word.low in _NO_ROLES for word in words[at : at + 3])
    return (at, end) if short and not is_time else None
