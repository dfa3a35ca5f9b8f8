"""Cues in the passive: "was criticised for", "is said to", "it was claimed that"."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import Cue, low_at, lows, quotes
from reader.domain.speech.senses import ALONE, BELIEVED, FINITE, JUDGED, NEAR, TOLD
from reader.domain.speech.silences import is_negated
from reader.domain.speech.verbs import ACT_OF, DAYS, PASSIVE, many
from reader.domain.speech.words import Word

_CLOSING = DAYS | many(", . on in at by")
_BETWEEN = many("also been not once long now again being then often still")


def is_passive(words: Sequence[Word], at: int) -> bool:
    """Whether a participle stands after a form of "to be"."""
    low = words[at].low
    if not (low.endswith(("ed", "en", "id", "old", "ought")) or low in ("found", "known", "shown")):
        return False
    before = at - 1
    while before >= 0 and (words[before].low.endswith("ly") or words[before].low in _BETWEEN):
        if words[before].low in ("been", "being"):
            return True
        before -= 1
    return low_at(words, before) in PASSIVE


def passive(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "was criticised for", "is said to", "it was claimed that"."""
    low, following = words[at].low, low_at(words, at + 1)
    if verb == "tell" and (heard := _listener(words, at)) is not None:
        why = f"“was {low}”, and nobody is named"
        return Cue(heard, at + 1, verb, "assert", None, "before", True, why, at + 1)
    if verb in TOLD and is_negated(words, at):
        return None  # "they had not been told of it"
    if verb == "quote" and following == "as" and low_at(words, at + 2) == "saying":
        return quoted(words, at, at + 1, speakers.before(words, at))
    speaker = _by(words, at + 1)
    by = speaker is not None
    if verb in BELIEVED and (following in ("to", "that") or (low_at(words, at - 2) == "it")):
        why = f"“{low}”, and nobody is named" if not by else f"“{low} by”"
        return Cue(at, at + 1, verb, None, speaker, "around", not by, why, at + 1)
    near = lows(words, at + 1, NEAR)
    if verb == "report" and following in ("missing", "dead", "killed", "injured", "safe", "stolen"):
        return Cue(at, at + 1, verb, None, speaker, "around", not by, f"“{low}”", at + 1)
    if verb in JUDGED and (
        by
        or verb in ALONE
        or following in ("as", "of", "for", "over", "that", "to")
        or quotes(words, at + 1)
    ):
        why = f"“was {low}”, and nobody is named" if not by else f"“{low} by”"
        return Cue(at, at + 1, verb, ACT_OF[verb], speaker, "around", not by, why, at + 1)
    if near[:1] != ["that"]:
        return None
    return Cue(at, at + 1, verb, ACT_OF[verb], speaker, "after", not by, f"“{low} that”", at + 2)


def _listener(words: Sequence[Word], at: int) -> int | None:
    """Return where "the court" begins in "He had left, the court was told."; else None."""
    found = speakers.before(words, at)
    if found is None or found[0] < 2 or is_negated(words, at):
        return None
    closes = low_at(words, at + 1) in _CLOSING or at + 1 >= len(words)
    clause = any(word.low in FINITE or word.is_quotation for word in words[: found[0] - 1])
    return found[0] if closes and clause and words[found[0] - 1].text == "," else None


def quoted(words: Sequence[Word], at: int, tie: int, speaker: tuple[int, int] | None) -> Cue:
    """Return the cue "quoted as saying", or "quoted an official as saying"."""
    content = min(tie + 2 + (low_at(words, tie + 2) == "that"), len(words) - 1)
    why = "“quoted as saying”"
    return Cue(at, tie + 2, "quote", "assert", speaker, "after", False, why, content)


def _by(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the phrase after the first "by" nearby."""
    for place in range(at, min(at + 12, len(words))):
        if words[place].low == "by":
            found = speakers.after(words, place + 1)
            if found and not words[found[0]].low.endswith("ing"):
                return found
        if words[place].low in (",", ";", ":"):
            break
    return None
