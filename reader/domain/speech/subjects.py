"""Who does what a verb says: before it, after it, or the subject of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import is_noun, low_at, lows, quotes
from reader.domain.speech.senses import FINITE, INVERTED
from reader.domain.speech.verbs import AUXILIARIES, VERBS
from reader.domain.speech.words import Word


def subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return who does what the verb at a position says."""
    low = words[at].low
    if low.endswith("ing"):
        return _subject_of_participle(words, at)
    before = speakers._back_over_auxiliaries(words, at - 1)
    if low_at(words, before) in ("and", "but", "or") or (
        before >= 0 and words[before].low == "," and low_at(words, before - 1) in ("",)
    ):
        return _sentence_subject(words, at)
    found = speakers.before(words, at)
    if found is not None and is_inverted(words, at):
        return None if words[at - 1].is_quotation or low_at(words, at - 1) == "," else found
    return found


def _subject_of_participle(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return who is "describing" or "adding": the phrase after "with", else the sentence's."""
    before = at - 1
    while before >= 0 and words[before].low.endswith("ly"):
        before -= 1
    if low_at(words, before) in (",", "and", "by", "as", "before", "after", "while", "when", "in"):
        return _sentence_subject(words, at)
    for place in range(before, max(before - 14, -1), -1):
        if words[place].low == "with":
            return speakers.after(words, place + 1) and (place + 1, before + 1)
        if not words[place].is_word:
            break
    low = low_at(words, before)
    if low in AUXILIARIES:
        return speakers.before(words, at)
    return _sentence_subject(words, at)


def _sentence_subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the subject of the sentence's first verb before a position, as far as one can tell."""
    for place in range(1, at):
        word = words[place]
        if (
            (word.low in VERBS and not is_noun(words, place))
            or word.low in FINITE
            or (word.low.endswith("ed") and len(word.low) > 4)
        ):
            found = speakers.before(words, place)
            if found is not None:
                return found
    return None


def is_inverted(words: Sequence[Word], at: int) -> bool:
    """Whether the subject follows the verb: after a quotation, or after a clause and a comma."""
    if at + 1 >= len(words):
        return False
    before = words[at - 1] if at else None
    if before is None or before.is_quotation:
        return True
    if before.low not in (",", "–", "—"):
        return False
    if at > 1 and words[at - 2].is_quotation:
        return True
    # "the union, which has 240 members, said the": what stands between commas is no clause
    return VERBS[words[at].low] in INVERTED and speakers.before(words, at) is None


def may_lack_subject(words: Sequence[Word], at: int, low: str) -> bool:
    """Whether the cue counts though no speaker was found: a quotation follows, or "that"."""
    return low.endswith("ing") or quotes(words, at + 1) or "that" in lows(words, at + 1, 4)
