"""What no phrase of a speaker ends in: verbs, and words for a part of the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech.senses import NOUNS
from reader.domain.speech.verbs import VERBS, many
from reader.domain.speech.words import Word

_PARTICIPLES = many("seen made held led run written sent given known shown taken found built paid")
_BEFORE_NOUN = many("the a an his her its their our my your this these those some many most both")
"""Words behind which a participle is a noun: "the accused", "those affected"."""
_PARTS = many(
    "sentence sentences paragraph paragraphs passage passages line lines section sections page "
    "pages table tables chart charts graph graphs diagram diagrams caption captions footnote "
    "footnotes"
)
_WHICH = many(
    "the a an this that these those one two three another other both each every same next "
    "following previous preceding first second third last final opening closing"
)
_WHERE = many("above below here there")


def is_participle(word: Word) -> bool:
    """Whether a word may be a past participle, as far as its letters tell."""
    return not word.is_capital and (word.low.endswith("ed") or word.low in _PARTICIPLES)


def is_finite(word: Word) -> bool:
    """Whether a word is a verb of saying in a form that no noun has: "found", "briefed"."""
    verb = VERBS.get(word.low)
    return verb is not None and word.low != verb and not word.low.endswith("s")


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a verb of saying in the past: "found that both", but not "the accused"."""
    word = words[at]
    past = is_finite(word) and not word.low.endswith("ing") and word.low not in NOUNS
    return past and not word.is_capital and not (at and words[at - 1].low in _BEFORE_NOUN)


def names_nothing(phrase: Sequence[Word]) -> bool:
    """Whether a phrase has nothing in it but participles: "advanced" of "in advanced talks"."""
    return all(map(is_participle, phrase))


def is_of_text(phrase: Sequence[Word]) -> bool:
    """Whether a phrase means a part of the text: "the next sentence", but not "the report"."""
    words = [word.low for word in phrase if word.low not in _WHERE]
    return len(words) > 1 and words[-1] in _PARTS and _WHICH.issuperset(words[:-1])
