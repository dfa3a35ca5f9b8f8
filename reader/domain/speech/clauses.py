"""Where what is said begins after a verb: a clause, a quotation, what a word ties to it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import is_noun, low_at, lows
from reader.domain.speech.senses import CLAUSE, DEEDS, FINITE, NEAR, QUESTION, REPORTED
from reader.domain.speech.verbs import BARE_OBJECT, DENIABLE, NEEDS_OBJECT, SURE, VERBS
from reader.domain.speech.words import Word


def content_at(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return where what is said begins after a verb, or None if nothing said follows."""
    near = lows(words, at + 1, NEAR)
    if not near:
        return None
    quotation = _quotation_after(words, at, verb)
    if quotation is not None:
        return quotation
    that = _that(near)
    if that is not None:
        return at + 2 + that
    if near[0] in QUESTION and (
        verb in SURE or verb in ("ask", "wonder", "question", "reveal", "recall", "describe")
    ):
        return at + 1
    tied = _tied(words, at, verb, near)
    if tied is not None:
        return tied
    if words[at].low.endswith("ing") and verb != "deny":
        return None
    if verb in BARE_OBJECT or verb in ("dismiss", "reject", "dispute"):
        return _object(words, at, verb, near)
    if verb in SURE and _begins_clause(words, at + 1, verb):
        return at + 1
    if near[0] == ":" and verb in SURE:
        return at + 2
    return None


def _that(near: list[str]) -> int | None:
    """Return where "that" stands among the words after a verb, before any comma."""
    if near[0] == "," and near[2:3] == [","]:
        near[0] = near[2] = ""  # "stressed, however, that"
    comma = near.index(",") if "," in near else len(near)
    return near.index("that") if "that" in near[:comma] else None


def _quotation_after(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return the position of a quotation that belongs to a verb: near it, no clause between."""
    for place in range(at + 1, min(at + 1 + NEAR, len(words))):
        word = words[place]
        if word.is_quotation:
            if verb in DEEDS and not _is_sentence(words, place):
                return None
            short = place - at <= 2 or word.end - word.start > 20 or verb in SURE
            return place if short or verb in NEEDS_OBJECT["as"] or verb in ("call", "dub") else None
        if word.text in (";", ".", "(") or (word.low in VERBS and not is_noun(words, place)):
            return None
    return None


def _is_sentence(words: Sequence[Word], place: int) -> bool:
    """Whether a quotation stands after a mark, or "that"; or begins with a capital."""
    return low_at(words, place - 1) in (",", ":", "that")


def _tied(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where what is said begins after a word that ties it to the verb."""
    for tie, verbs in NEEDS_OBJECT.items():
        if verb not in verbs or tie not in near:
            continue
        place = at + 1 + near.index(tie)
        following = low_at(words, place + 1)
        if tie == "to" and not _is_infinitive(following):
            continue
        if verb in ("refuse", "decline") and following not in REPORTED:
            continue
        if (
            tie == "to"
            and verb in ("agree", "call", "threaten")
            and place > at + 1
            and verb != "call"
        ):
            continue
        if tie == "for" and verb in ("call", "credit") and place > at + 1:
            continue
        return place + (tie != "to")
    return None


def _is_infinitive(low: str) -> bool:
    return bool(low) and low.isalpha() and low not in speakers.DETERMINERS | speakers.PRONOUNS


def _object(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where the object begins of a verb that is speech with one."""
    if verb in ("deny", "dismiss", "reject", "dispute", "refute", "rebut"):
        denied = DENIABLE & set(near[:7])
        gerund = verb == "deny" and near[0].endswith("ing")
        if (
            not denied
            and not gerund
            and not (verb in ("deny", "refute") and near[0] in ("it", "any", "this"))
        ):
            return None
        return at + 1
    first = words[at + 1]
    named = first.low in speakers.DETERMINERS or first.is_capital or first.low in CLAUSE
    return at + 1 if named or first.low.endswith("s") else None


def _begins_clause(words: Sequence[Word], at: int, verb: str) -> bool:
    """Whether a clause may begin at a word, after a verb that needs no "that"."""
    if at >= len(words) or not words[at].is_word:
        return False
    low = words[at].low
    if verb in (
        "say",
        "claim",
        "insist",
        "argue",
        "contend",
        "maintain",
        "allege",
        "predict",
        "vow",
    ):
        return low not in ("so", "to", "of", "about", "goodbye", "hello", "for", "with", "as", "by")
    if low in ("to", "of", "about", "for", "with", "as", "by", "in", "on", "up", "at", "from"):
        return False
    if verb in ("deny", "confirm", "admit", "acknowledge", "announce", "concede"):
        return True
    return low in CLAUSE and _has_verb(words, at)


def _has_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb stands in the next words."""
    for word in words[at : at + 14]:
        if word.text in (".", ";", ":"):
            return False
        if word.low in FINITE or (word.low.endswith("ed") and len(word.low) > 4):
            return True
    return False
