"""Cues that are phrases: "according to", "in her view", "his claim that", "as noted in"."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import Cue, low_at
from reader.domain.speech.senses import NOT_SAID_BY, OWNERS, VIEWS
from reader.domain.speech.verbs import ACT_OF, many
from reader.domain.speech.words import Word

_OF = many("allegation accusation claim rumour rumor")
"""Nouns that are somebody's words with "of" as well."""


def according(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue "according to", or None where it goes by a plan or a rule."""
    speaker = speakers.after(words, at + 2)
    if speaker is None or words[speaker[1] - 1].low in NOT_SAID_BY:
        return None
    side = "after" if at == 0 else "before"
    content = speaker[1] + (low_at(words, speaker[1]) == ",")
    return Cue(
        at, at + 2, "according to", "assert", speaker, side, False, "“according to”", content
    )


def in_words_of(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "in the words of Jane Doe", "in her view"."""
    if [low_at(words, at + n) for n in (1, 2, 3)] == ["the", "words", "of"]:
        speaker, end, why = speakers.after(words, at + 4), at + 4, "“in the words of”"
    else:
        view = next((n for n in range(at + 2, at + 7) if low_at(words, n) in VIEWS), None)
        if view is None or not _owns(words[view - 1]):
            return None
        speaker, end, why = (at + 1, view), view + 1, f"“in … {words[view].low}”"
        if words[view - 1].low in OWNERS:
            speaker = None
    begins = max(end, speaker[1] if speaker else 0)
    content = begins + (low_at(words, begins) == ",")
    side = "after" if at == 0 else "before"
    return Cue(at, end, "in words of", "assert", speaker, side, False, why, content)


def _owns(word: Word) -> bool:
    return word.is_possessive or word.low in OWNERS


def noun_at(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "his claim that", "allegations of", "concerns he"."""
    following = low_at(words, at + 1)
    tied = following == "that" or (following in ("he", "she", "they") and words[at].low[-1] == "s")
    of = following == "of" and words[at].low.rstrip("s") in _OF
    if not tied and not of:
        return None
    speaker = _owner(words, at)
    noun = words[at].low
    why = f"“{noun} {following}”" + ("" if speaker else ", and nobody is named")
    content = at + 1 + (following in ("that", "of"))
    return Cue(at, at + 1, noun, None, speaker, "after", speaker is None, why, content)


def _owner(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the phrase whose claim it is: "Mr Smith's claim", "claims by the union"."""
    before = at - 1
    if before >= 0 and words[before].is_possessive:
        return speakers.ending_at(words, before)
    return None


def as_noted(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "as noted in the Example Post"."""
    speaker = speakers.after(words, at + 2)
    if speaker is None:
        return None
    side = "after" if at <= 1 else "before"
    content = speaker[1] + (low_at(words, speaker[1]) == ",")
    why = f"“as {words[at].low} {words[at + 1].low}”"
    return Cue(at - 1, at + 2, verb, ACT_OF[verb], speaker, side, False, why, content)
