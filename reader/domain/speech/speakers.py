"""Who speaks: the noun phrase before or after a verb, and what kind of naming it is.

Without a grammar of the language: a phrase ends at its verb and begins where something stands that
no noun phrase has in it. Where that is not enough, no speaker is offered.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech.heads import is_finite, is_participle, is_verb, names_nothing
from reader.domain.speech.times import NOT_NAMES, back_over_time
from reader.domain.speech.verbs import AUXILIARIES, VERBS, many
from reader.domain.speech.words import Word

PRONOUNS = many("he she they it i we you who one")
DETERMINERS = many(
    "the a an his her their its our my your this these those some several many most "
    "two three four five six seven another other one both all any each few numerous "
    "various"
)
_BREAKS = many(
    "that because while when whenever after before if as but which whom since although "
    "though whether where so than until unless how what why or nor yet and then there "
    "here not whose amid despite into about says"
)
"""Words that no phrase of a speaker has in it; "and" joins two speakers at most."""
_LEADING = many(
    "in on at by for with from during of to under over through against without within "
    "across around near following amid despite however meanwhile also later earlier "
    "still yesterday today instead moreover nevertheless nonetheless indeed perhaps "
    "speaking asked additionally separately only even now once again overall initially "
    "previously recently finally thus hence and but or so yet while as last next this "
    "until since before after like unlike"
)
"""Words that stand before a phrase and are no part of it."""
INSIDE = many("of for at from to with in on by close near familiar")
"""Words that tie a phrase to what stands before them: "the head of the union"."""
_ENDS_AFTER = many(
    "on after when while as during who which that because but yesterday today last "
    "late early before since despite amid if until following in where via through "
    "whose had has have is was are were will would into than monday tuesday "
    "wednesday thursday friday saturday sunday later earlier"
)
"""Words at which a phrase after its verb ends."""
_NO_ADVERBS = many("family italy assembly ally reply rally supply elderly daily weekly monthly fly")


_OF_PHRASES = many("first even just only further both all each")
"""Words between a subject and its verb that may be of a phrase as well: "both parties"."""
_SEASONS = many("spring summer autumn fall winter weekend term season")
_PERIODS = _SEASONS | NOT_NAMES | many("week month year time morning afternoon evening night")
_WHICH = many("last this next that every each")
_ARTICLES = many("the a an his her their its this these those no")


def before(words: Sequence[Word], verb: int) -> tuple[int, int] | None:
    """Return the subject before a verb as a stretch of words, or None.

    Args:
        words: The sentence.
        verb: Position of the verb.
    """
    last = back_over_auxiliaries(words, verb - 1)
    if last < 0:
        return None
    word = words[last]
    if word.low in ("who", "which", "that") and last > 0:
        earlier = last - 2 if words[last - 1].low == "," else last - 1
        return ending_at(words, earlier)
    if word.low in (",", "–", "—", ")", "-"):
        return _before_apposition(words, last)
    who = _who_before(words, last)
    if who is not None:
        return ending_at(words, who - 1)
    return _before_participle(words, ending_at(words, last))


def _who_before(words: Sequence[Word], last: int) -> int | None:
    """Return where "who" stands in "a man who asked not to be named said"; None if it does not."""
    for place in range(last, max(last - 14, 0), -1):
        word = words[place]
        if word.low == "who":
            return place if words[place - 1].is_word else None
        if not word.is_word or word.low in ("that", "and", "but", "because", "while", "if", "as"):
            return None
    return None


def back_over_auxiliaries(words: Sequence[Word], last: int) -> int:
    """Return the last position before auxiliaries, adverbs, and words for times and occasions."""
    while last >= 0:
        low = words[last].low
        if low in AUXILIARIES or low.endswith("n't") or _is_adverb(low):
            last -= 1
        elif (earlier := back_over_time(words, last)) < last:
            last = earlier
        else:
            break
    return last


def _is_adverb(low: str) -> bool:
    return low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS


def _before_participle(
    words: Sequence[Word], found: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Return what "seen by this newspaper" describes: the documents are the subject."""
    if found is None or found[0] < 3:
        return found
    at = found[0] - 1
    while at > 1 and words[at].low in INSIDE | {"by", "last", "this"}:
        at -= 1
    participle = is_participle(words[at])
    noun = words[at - 1].is_word and words[at - 1].low not in AUXILIARIES | PRONOUNS | _BREAKS
    if at == found[0] - 1 or not participle or not noun:
        return found
    return ending_at(words, at - 1) or found


def _before_apposition(words: Sequence[Word], closing: int) -> tuple[int, int] | None:
    """Return the phrase before "…, the head of the union, who …,"."""
    mark = words[closing].low
    opening = {",": (",",), ")": ("(",)}.get(mark, ("–", "—", "-"))
    at = closing
    for _ in range(6):
        at = _mark_before(words, at, opening)
        if at < 1:
            return None
        begin = _mark_before(words, at, (",",)) + 1
        if mark == ")" or not _goes_further(words, begin, at):
            return _before_participle(words, ending_at(words, at - 1))
    return None


def _mark_before(words: Sequence[Word], at: int, marks: Sequence[str]) -> int:
    """Return the position of the nearest of the marks before one; -1 if there is none."""
    for place in range(at - 1, max(at - 40, -1), -1):
        if words[place].is_quotation or words[place].low in (";", ":"):
            return -1
        if words[place].low in marks:
            return place
    return -1


def _goes_further(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether what stands between two commas describes what stands before them, too."""
    if begin < 2 or begin >= end:
        return False
    low = words[begin].low
    if low in ("who", "which", "whose", "where", "and", "or") or low[:1].isdigit():
        return True
    if low not in ("a", "an", "the", "one", "chief", "former", "director", "head", "chairman"):
        return False
    earlier = words[begin - 2]
    return earlier.is_capital and earlier.low not in NOT_NAMES


def ending_at(words: Sequence[Word], last: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends with a word, or None."""
    if last < 0 or not words[last].is_word:
        return None
    if words[last].low in PRONOUNS:
        return (last, last + 1) if words[last].low not in ("you", "one") else None
    if is_verb(words, last):
        return None
    first = last
    while first >= 0 and last - first < 20 and _may_be_inside(words, first, last):
        first -= 1
    return _trimmed(words, first + 1, last)


def _may_be_inside(words: Sequence[Word], at: int, last: int) -> bool:
    word = words[at]
    if word.low == "and":
        return at > 0 and at < last and _joins(words[at - 1], words[at + 1])
    share = word.text == "%" and at > 0 and words[at - 1].text[:1].isdigit()
    if not word.is_word and word.text != "&" and not share:
        return False
    if word.low in PRONOUNS or word.low in _BREAKS:
        return False
    if word.low in AUXILIARIES and not (at < last and word.low in _OF_PHRASES):
        return False
    verb = VERBS.get(word.low)
    finite = verb is not None and word.low != verb and not word.low.endswith(("s", "ing"))
    return not (finite and not word.is_capital and at < last)


def _joins(left: Word, right: Word) -> bool:
    """Whether "and" stands between two names, or two nouns of one phrase."""
    return left.is_capital == right.is_capital or right.low in DETERMINERS


def _trimmed(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """Return the phrase without what only stands before it."""
    if first <= last and _leads(words, first):
        first = _last_phrase(words, first + 1, last)
    while first <= last and (_leads(words, first) or words[first].low in NOT_NAMES):
        first += 1
    first = _behind_time(words, first, last)
    if first + 1 < last and is_participle(words[first]) and words[first + 1].low in INSIDE:
        first += 2  # "obtained from a partner country": a partner country at most
    if first > last:
        return None
    head = words[last]
    if head.low in _LEADING or head.low in DETERMINERS - {"some", "many", "most", "others", "few"}:
        return None
    if head.text[0].isdigit() or head.low in ("there", "this", "that", "it's"):
        return None
    if names_nothing(words[first : last + 1]):
        return None
    return first, last + 1


def _leads(words: Sequence[Word], at: int) -> bool:
    """Whether a word only stands before a phrase; "this" does where a time follows."""
    if words[at].low == "this":
        return at + 1 < len(words) and words[at + 1].low in _PERIODS
    return words[at].low in _LEADING


def _behind_time(words: Sequence[Word], first: int, last: int) -> int:
    """Return where a phrase begins behind a year or "last summer": "In 2025 parents"."""
    for at in range(last - 1, first - 1, -1):
        year = words[at].text
        if len(year) == 4 and year.isdecimal() and year[:2] in ("19", "20"):
            return at + 1
    if 0 < first < last and words[first].low in _SEASONS and words[first - 1].low in _WHICH:
        return first + 1
    return first


def _last_phrase(words: Sequence[Word], first: int, last: int) -> int:
    """Return where the last phrase of "In a statement on Tuesday the ministry" begins."""
    at = last
    while at > first:
        word, previous = words[at], words[at - 1]
        starts = word.low in DETERMINERS or (word.is_capital and not previous.is_capital
                                             and previous.low not in DETERMINERS
                                             and not _describes(previous))  # fmt: skip
        after_time = previous.low in NOT_NAMES
        if (starts or after_time) and previous.low not in INSIDE:
            return at
        at -= 1
    return first


def _describes(word: Word) -> bool:
    """Whether a word can stand before a name: "spokesperson", "minister"."""
    return word.is_word and word.low not in INSIDE and word.low not in NOT_NAMES


def after(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at a word, or None.

    Args:
        words: The sentence.
        at: Position of its first word.
    """
    if at >= len(words) or not words[at].is_word:
        return None
    if words[at].low in PRONOUNS:
        if words[at].low not in ("you", "one", "it"):
            return at, at + 1
        if words[at].low != "one":
            return None
    end = at
    while end < len(words) and end - at < 16 and _goes_on(words, at, end):
        end += 1
    while end > at and (
        words[end - 1].low in INSIDE | {"and", "the", "a"} or is_participle(words[end - 1])
    ):
        end -= 1
    return (at, end) if end > at and words[at].low not in _ENDS_AFTER | INSIDE else None


def _goes_on(words: Sequence[Word], first: int, at: int) -> bool:
    word = words[at]
    if word.low == "and":
        return at + 1 < len(words) and at > first and words[at + 1].is_capital
    if not word.is_word and word.text != "&":
        return False
    if at > first and (word.low in _ENDS_AFTER or word.low in PRONOUNS):
        return False
    if at > first and word.low in ("at", "in") and words[at - 1].is_capital:
        return at + 1 < len(words) and words[at + 1].is_capital  # not "at her press conference"
    if at > first and word.low in _ARTICLES and words[at - 1].low not in INSIDE | {"and", "&"}:
        return False  # another phrase begins
    return not (at > first and is_finite(word))
