"""Where a sentence says that somebody says something: verbs, phrases, nouns, adverbs.

Each kind of cue has its own rule for what must stand around it, for the words alone mean other
things as well: a report, a claim, "the plan was dismissed".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.domain.speech import speakers
from reader.domain.speech.clauses import content_at
from reader.domain.speech.cue import Cue, is_noun, low_at
from reader.domain.speech.passives import is_passive, passive
from reader.domain.speech.phrases import according, as_noted, in_words_of, noun_at
from reader.domain.speech.senses import ADVERBS, PARENTHETICAL, VIEWS
from reader.domain.speech.subjects import is_inverted, may_lack_subject, subject
from reader.domain.speech.verbs import ACT_OF, SPOKEN_NOUNS, SURE, VERBS, many
from reader.domain.speech.words import Word

_CUE_WORDS = frozenset({*VERBS, *SPOKEN_NOUNS, *ADVERBS, *VIEWS, "according"})
_LETTERS = re.compile("[a-z]+")


_CLOSING = frozenset(",.;:?!–—)") | many(
    "on in at to during after when as yesterday last earlier late while"
)


def may_have_cue(text: str) -> bool:
    """Whether a sentence has any word that can be one of a cue; cheap, for most have none."""
    return not _CUE_WORDS.isdisjoint(_LETTERS.findall(text.lower()))


def cues_in(words: Sequence[Word]) -> list[Cue]:
    """Return the cues of a sentence in order."""
    found: list[Cue] = []
    for at, word in enumerate(words):
        if not word.is_word or (found and at < found[-1].end):
            continue
        cue = _cue_at(words, at)
        if cue is not None:
            found.append(_as_before(words, found, cue))
    return found


def _as_before(words: Sequence[Word], before: Sequence[Cue], cue: Cue) -> Cue:
    """Let "…, adding that" have the speaker of the cue before it."""
    goes_on = cue.verb in ACT_OF and words[cue.first].low.endswith("ing")
    if goes_on and before and before[-1].speaker and not _with_subject(words, cue.first):
        return replace(cue, speaker=before[-1].speaker)
    return cue


def _with_subject(words: Sequence[Word], at: int) -> bool:
    """Whether a participle has a subject of its own: "with Jane Doe saying"."""
    for place in range(at - 1, max(at - 14, -1), -1):
        if words[place].low == "with":
            return True
        if not words[place].is_word or words[place].low in ("that", "and", "as"):
            return False
    return False


def _cue_at(words: Sequence[Word], at: int) -> Cue | None:
    low = words[at].low
    if low == "in":
        return in_words_of(words, at)
    if low == "according" and low_at(words, at + 1) == "to":
        return according(words, at)
    if low in ADVERBS:
        return Cue(at, at + 1, low, None, None, "around", True, f"“{low}” names nobody", at + 1)
    if low in VERBS and not is_noun(words, at):
        return _verb_at(words, at, VERBS[low])
    if low in SPOKEN_NOUNS:
        return noun_at(words, at)
    return None


def _verb_at(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    if is_passive(words, at):
        return passive(words, at, verb)
    low = words[at].low
    if low_at(words, at - 1) == "as" and low_at(words, at + 1) in ("in", "by"):
        return as_noted(words, at, verb)
    act = _act(words, at, verb)
    content = content_at(words, at, verb)
    if content is not None:
        speaker = subject(words, at)
        inverted = (
            speakers.after(words, at + 1) if speaker is None and is_inverted(words, at) else None
        )
        if speaker is None and inverted is None and not may_lack_subject(words, at, low):
            return None
        found = speaker or inverted
        return Cue(at, at + 1, verb, act, found, "after", False, f"“{low}”", content)
    return _parenthetical(words, at, verb, act)


def _act(words: Sequence[Word], at: int, verb: str) -> str | None:
    act = ACT_OF[verb]
    around = {low_at(words, at - 1), low_at(words, at - 2)}
    negated = bool(around & {"not", "never"}) or any(low.endswith("n't") for low in around)
    return None if negated else act


def _parenthetical(words: Sequence[Word], at: int, verb: str, act: str | None) -> Cue | None:
    """Return a cue after what is said: "…, officials said", "…" said Jane Doe, as X noted."""
    if verb not in SURE and verb not in PARENTHETICAL:
        return None
    if words[at].low.endswith("ing"):
        return None
    low, after = words[at].low, low_at(words, at + 1)
    inverted = speakers.after(words, at + 1) if is_inverted(words, at) and at else None
    if inverted is not None:
        return Cue(at, at + 1, verb, act, inverted, "before", False, f"“{low}”", inverted[1])
    closes = at + 1 >= len(words) or words[at + 1].is_quotation or _closes(after)
    subject = speakers.before(words, at)
    if not closes or subject is None or subject[0] == 0:
        return None
    opening = words[subject[0] - 1]
    if opening.low == "as" and subject[0] == 1:
        return Cue(at, at + 1, verb, act, subject, "after", False, f"“as … {low}”", at + 2)
    if opening.is_quotation or opening.low in (",", "–", "—"):
        return Cue(at, at + 1, verb, act, subject, "before", False, f"“{low}”", at + 1)
    return None


def _closes(low: str) -> bool:
    """Whether a word may follow a verb of saying at the end of what is said."""
    return low in _CLOSING or low.endswith("ly")
