"""Who does what a verb says: before it, after it, or the subject of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import is_noun, low_at, lows, quotes
from reader.domain.speech.heads import is_verb
from reader.domain.speech.senses import FINITE, INVERTED
from reader.domain.speech.verbs import AUXILIARIES, FRAMES, VERBS
from reader.domain.speech.words import Word


def subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return who does what the verb at a position says."""
    if words[at].low.endswith("ing"):
        return _subject_of_participle(words, at)
    before = speakers.back_over_auxiliaries(words, at - 1)
    if low_at(words, before) == "to":
        return _subject_before_to(words, before)
    if low_at(words, before) in ("and", "but", "or", "then") or (
        before >= 0 and words[before].low == "," and low_at(words, before - 1) in ("",)
    ):
        return _sentence_subject(words, at)
    return speakers.before(words, at)


def _subject_before_to(words: Sequence[Word], to: int) -> tuple[int, int] | None:
    """Return who "continued to insist", "is more likely to say", "went on to say"."""
    at = to - 1
    while at > 0 and low_at(words, at - 1) in ("more", "less", "most", "slightly", "went", "goes"):
        at -= 1
    return speakers.before(words, at)


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
    if low == "be" and low_at(words, before - 1) == "to":  # "was reported to be considering"
        return speakers.before(words, before - 2)
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


def inverted(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the subject after the verb: after a quotation, or after a clause and a comma."""
    before = at - 1
    while before > 0 and words[before].low.endswith("ly"):
        before -= 1
    if at + 1 >= len(words) or before < 0 or "s" not in FRAMES[VERBS[words[at].low]]:
        return None
    quoted = words[before].is_quotation or (
        words[before].low in (",", "–", "—", "-") and before > 0 and words[before - 1].is_quotation
    )
    # "the union, which has 240 members, said the": what stands between commas is no clause
    clause = (
        words[before].low == ","
        and VERBS[words[at].low] in INVERTED
        and (speakers.before(words, at) is None or _ends_in_name(words, at))
    )
    return speakers.after(words, at + 1) if quoted or clause else None


def _ends_in_name(words: Sequence[Word], at: int) -> bool:
    """Whether a sentence ends in "said Dr. J. P. Smith Jr.", so that a clause stands before."""
    found = speakers.after(words, at + 1) if VERBS[words[at].low] == "say" else None
    if found is None or not _only_describes(words[found[1] :]):
        return False
    name = words[slice(*found)]
    return len(name) > 1 and name[0].low != "the" and all(word.is_capital for word in name)


def _only_describes(rest: Sequence[Word]) -> bool:
    """Whether nothing follows a name but what describes it: ", an economist in Arle."."""
    if not any(word.is_word for word in rest):
        return True
    return rest[0].low == "," and not any(
        word.low in FINITE or word.low in VERBS or word.is_quotation for word in rest
    )


def may_lack_subject(words: Sequence[Word], at: int, low: str) -> bool:
    """Whether the cue counts though no speaker was found: a quotation follows, or "that"."""
    before = speakers.back_over_auxiliaries(words, at - 1)
    if before > 0 and low_at(words, before) == "that" and is_verb(words, before - 1):
        return False  # "found that both explain"
    if "c" in FRAMES[VERBS[low]] and low_at(words, at + 1).partition("'")[0] in speakers.PRONOUNS:
        return True
    return low.endswith("ing") or quotes(words, at + 1) or "that" in lows(words, at + 1, 4)
