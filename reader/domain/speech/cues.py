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
from reader.domain.speech.cue import Cue, is_noun, low_at, lows
from reader.domain.speech.passives import is_passive, passive, quoted
from reader.domain.speech.phrases import (
    SPOKEN_NOUNS,
    according,
    as_noted,
    in_words_of,
    noun_at,
    state_at,
)
from reader.domain.speech.senses import ADVERBS, FINITE, NEAR, STATES, VIEWS
from reader.domain.speech.silences import SILENT, is_negated, refusal, unreached
from reader.domain.speech.subjects import inverted, may_lack_subject, subject
from reader.domain.speech.times import OCCASIONS
from reader.domain.speech.verbs import ACT_OF, FRAMES, VERBS, many
from reader.domain.speech.words import Word

_GO = ("went", "goes")
_CUE_WORDS = frozenset(
    {*VERBS, *SPOKEN_NOUNS, *ADVERBS, *VIEWS, *STATES, *SILENT, *_GO, "according"}
)
_BEGIN = _CUE_WORDS | {"in"}
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
        if word.low not in _BEGIN or (found and at < found[-1].end):
            continue
        cue = _cue_at(words, at)
        if cue is not None and not (found and _is_occasion(words, found[-1], cue)):
            found.append(_as_before(words, found, cue))
    return found


def _is_occasion(words: Sequence[Word], before: Cue, cue: Cue) -> bool:
    """Whether a noun stands between a verb and what is said: "said in a statement that"."""
    return (
        before.side == "after"
        and cue.first < before.content <= cue.content
        and words[cue.first].low in OCCASIONS
        and "in" in [low_at(words, cue.first - n) for n in (1, 2, 3)]
    )


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
    if low == "asked" and (at == 0 or words[at - 1].low == "when"):
        return None  # "Asked whether he would resign, the mayor said"
    if low == "in":
        return in_words_of(words, at)
    if low in _GO and low_at(words, at + 1) == "on":
        return _went_on(words, at)
    if low == "according" and low_at(words, at + 1) == "to":
        return according(words, at)
    if low in ADVERBS:
        return Cue(at, at + 1, low, None, None, "around", True, f"“{low}” names nobody", at + 1)
    found = unreached(words, at) if low in SILENT else None
    if found is None and low in VERBS and not is_noun(words, at):
        found = _verb_at(words, at, VERBS[low])
    if found is None and low in STATES:
        found = state_at(words, at)
    if found is None and low in SPOKEN_NOUNS:
        found = noun_at(words, at)
    return found


def _verb_at(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    if is_passive(words, at):
        return passive(words, at, verb)
    low = words[at].low
    if verb in ("quote", "cite") and (tie := _as_saying(words, at)) is not None:
        return quoted(words, at, tie, speakers.after(words, at + 1))
    if low_at(words, at - 1) == "as" and low_at(words, at + 1) in ("in", "by"):
        return as_noted(words, at, verb)
    silent = refusal(words, at, verb)
    if silent is not None:
        return silent
    act = _act(words, at, verb)
    after = inverted(words, at)
    if after is not None:
        return Cue(at, at + 1, verb, act, after, "before", False, f"“{low}”", after[1])
    told = _parenthetical(words, at, verb, act)
    if told is not None and words[(told.speaker or (1, 1))[0] - 1].is_quotation:
        return told
    content = content_at(words, at, verb)
    if content is not None:
        speaker = subject(words, at)
        if speaker is None and not may_lack_subject(words, at, low):
            return None
        if _is_supposed(words, at, verb, speaker):
            return None
        return Cue(at, at + 1, verb, act, speaker, "after", False, f"“{low}”", content)
    return told or _alone(words, at, verb, act)


def _went_on(words: Sequence[Word], at: int) -> Cue | None:
    """Return "…, the report went on, …": said only between what somebody says, or beside it."""
    found = _parenthetical(words, at, "continue", "assert")
    if found is None or found.speaker is None:
        return None
    rest = words[at + 2 : at + 4]
    goes_on = len(rest) > 1 and rest[0].text == "," and (rest[1].low in FINITE)
    if not goes_on and not words[found.speaker[0] - 1].is_quotation:
        return None
    return replace(found, end=at + 2, why=f"“{words[at].low} on”", content=at + 2)


def _is_supposed(words: Sequence[Word], at: int, verb: str, who: tuple[int, int] | None) -> bool:
    """Whether nobody is told to hold it: "if they think so", "a reader who knew it"."""
    conditional = who is not None and low_at(words, who[0] - 1) in ("if", "unless")
    if verb != "know":
        return conditional and ACT_OF[verb] == "opine"
    before = speakers.back_over_auxiliaries(words, at - 1)
    relative = low_at(words, before) == "who" and words[before - 1].is_word
    return conditional or relative or is_negated(words, at)


def _as_saying(words: Sequence[Word], at: int) -> int | None:
    """Return where "as saying" stands after somebody who is quoted, or None."""
    near = lows(words, at + 1, NEAR)
    places = (n for n in range(1, len(near) - 1) if near[n : n + 2] == ["as", "saying"])
    return next((at + 1 + n for n in places), None)


def _alone(words: Sequence[Word], at: int, verb: str, act: str | None) -> Cue | None:
    """Return a cue that needs nothing after it: "apologised", "did not respond"."""
    if "z" not in FRAMES[verb]:
        return None
    speaker = subject(words, at)
    if speaker is None or words[at].low.endswith("ing"):
        return None
    return Cue(at, at + 1, verb, act, speaker, "around", False, f"“{words[at].low}”", at + 1)


def _act(words: Sequence[Word], at: int, verb: str) -> str | None:
    return None if is_negated(words, at) else ACT_OF[verb]


def _parenthetical(words: Sequence[Word], at: int, verb: str, act: str | None) -> Cue | None:
    """Return a cue after what is said: "…, officials said", "as the memo put it"."""
    if "s" not in FRAMES[verb] and verb not in ("show", "find", "put", "hope", "know", "hear"):
        return None
    if words[at].low.endswith("ing"):
        return None
    low, after = words[at].low, low_at(words, at + 1)
    closes = at + 1 >= len(words) or words[at + 1].is_quotation or _closes(after)
    subject = speakers.before(words, at)
    if subject is None or subject[0] == 0:
        return None
    opening = words[subject[0] - 1]
    if opening.low == "as" and at + 2 > len(words):  # "as Ada Lowe said", and nothing more
        return None
    if not closes and not (opening.is_quotation and after not in ("that", ":")):
        return None
    if opening.low == "as" and subject[0] == 1:
        return Cue(at, at + 1, verb, act, subject, "after", False, f"“as … {low}”", at + 2)
    if opening.is_quotation or opening.low in (",", "–", "—", "-", "as"):
        return Cue(at, at + 1, verb, act, subject, "before", False, f"“{low}”", at + 1)
    return None


def _closes(low: str) -> bool:
    """Whether a word may follow a verb of saying at the end of what is said."""
    return low in _CLOSING or low.endswith("ly")
