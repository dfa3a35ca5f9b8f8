"""Where a sentence says that somebody says nothing: "declined to comment", "did not respond".

Nothing said is reported there: what is proposed is the clause itself, which the article tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import Cue, low_at, lows
from reader.domain.speech.senses import ANSWERED, NEAR, QUESTION, REPORTED
from reader.domain.speech.subjects import subject
from reader.domain.speech.verbs import many
from reader.domain.speech.words import Word

_TO_BE = many("interviewed quoted named identified drawn reached")
"""What somebody declines "to be"."""
_KEPT = many("say reveal disclose specify")
"""Verbs that are a silence where they are denied of a question: "would not say whether"."""
_CALLS = many("call calls message messages email emails request requests")
_NOT = many("not never")
_AUXILIARIES = many("did does do has have had would will could can was were is are be been")
SILENT = many("reached available unavailable comment")
"""Words other than verbs of saying that may show that somebody says nothing."""


def is_negated(words: Sequence[Word], at: int) -> bool:
    """Whether "not", "never" or a word in "n't" stands just before a verb, or "neither … nor"."""
    before = [word.low for word in words[max(0, at - 12) : at]]
    if any(low in _NOT or low.endswith("n't") for low in before[-3:]):
        return True
    return "neither" in before and "nor" in before[before.index("neither") :]


def refusal(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "declined to comment", "did not immediately respond", or None."""
    if verb in ("decline", "refuse"):
        end = _refused(words, at)
        return None if end is None else _silence(words, at, end, verb)
    if verb == "confirm" and (first := _neither(words, at)) is not None:
        return _silence(words, first, at + 3, verb)
    if not is_negated(words, at) or not _is_silence(words, at, verb):
        return None
    return _silence(words, _begin(words, at), at + 1, verb)


def unreached(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "could not be reached for comment", "had no comment", or None."""
    low, following = words[at].low, lows(words, at + 1, 2)
    if low == "comment":
        have = next((n for n in (at - 2, at - 3) if low_at(words, n) in ("had", "has", "have",
                                                                         "made")), -1)  # fmt: skip
        if have < 0 or "no" not in lows(words, have + 1, at - have - 1):
            return None
        return _silence(words, have, at + 1, "comment")
    if following[:1] != ["for"] or following[1:] not in (["comment"], ["interview"]):
        return None
    if low != "unavailable" and not is_negated(words, at):
        return None
    return _silence(words, _begin(words, at), at + 3, low)


def _silence(words: Sequence[Word], first: int, end: int, verb: str) -> Cue | None:
    speaker = subject(words, first)
    if speaker is None:
        return None
    beside = words[first].low.endswith("ing") or speakers.before(words, first) != speaker
    why = " ".join(word.text for word in words[first:end])
    begin = first if beside or speaker[0] > first else speaker[0]
    return Cue(first, end, verb, "non-answer", speaker, "itself", False, f"“{why}”", begin)


def _refused(words: Sequence[Word], at: int) -> int | None:
    """Return where "declined to comment", "declined to be interviewed" ends, or None."""
    near = lows(words, at + 1, 3)
    if near[:1] == ["comment"]:
        return at + 2
    if near[:1] != ["to"] or near[1:2] == [] or near[1] not in REPORTED:
        return None
    return at + 4 if near[1] == "be" and near[2:] and near[2] in _TO_BE else at + 3


def _neither(words: Sequence[Word], at: int) -> int | None:
    """Return where "neither confirmed nor denied", "would not confirm or deny" begins, or None."""
    near = lows(words, at + 1, 2)
    if len(near) < 2 or not near[1].startswith(("deny", "denied", "denies")):
        return None
    first = _begin(words, at)
    if near[0] == "nor" and low_at(words, at - 1) == "neither":
        return _begin(words, at - 1)
    return first if near[0] == "or" and is_negated(words, at) else None


def _is_silence(words: Sequence[Word], at: int, verb: str) -> bool:
    near = lows(words, at + 1, NEAR)
    if any(word.is_quotation for word in words[at : at + NEAR]) or "that" in near[:2]:
        return False
    if verb == "return":
        return not _CALLS.isdisjoint(near[:4])
    if verb in _KEPT:
        return bool(near) and near[0] in QUESTION
    return verb in ANSWERED or verb == "elaborate"


def _begin(words: Sequence[Word], at: int) -> int:
    """Return where "could not immediately be reached" begins."""
    first = at
    for place in range(at - 1, max(at - 6, -1), -1):
        low = low_at(words, place)
        if low in _AUXILIARIES | _NOT or low.endswith("n't"):
            first = place
        elif not low.endswith("ly"):
            break
    return first
