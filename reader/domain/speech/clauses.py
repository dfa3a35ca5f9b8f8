"""Where what is said begins after a verb: a clause, a quotation, what a word ties to it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.cue import is_noun, low_at, lows
from reader.domain.speech.senses import (
    BE,
    CLAUSE,
    DEEDS,
    FINITE,
    NEAR,
    NOUNS,
    QUESTION,
    TOLD,
)
from reader.domain.speech.times import over_time
from reader.domain.speech.verbs import (
    AFTER_OBJECT,
    AUXILIARIES,
    DAYS,
    DENIABLE,
    FRAMES,
    PARTICLES,
    VERBS,
    many,
)
from reader.domain.speech.words import Word

_INTERPOSED = many(
    "on in at to during after through via by from as last this yesterday earlier late early also "
    "again today tonight however instead publicly privately before when while , – —"
)
"""Words that may begin what stands between a verb and its "that"."""
_NO_CLAUSE = many("so to of about goodbye hello for with as by in on up at from yes no out back")
_NO_OBJECT = many(
    "to of about for with as by in on up at from out off over into onto against through and or but "
    "not never that if when while because , : ; – — since until after before during here there "
    "again too"
)
_BEFORE_PARTICIPLE = many(", by for and while – —")
_NAMED = many("word words term phrase title titled entitled called named name headline book film")
"""Words before a quotation that is a word itself, or a title."""
_ADMITTED = DENIABLE | many(
    "that mistake mistakes error errors defeat failure failures fault faults lie lies truth role "
    "murder theft fraud crime crimes offence offences it this"
)
"""What is admitted when that is speech."""
_OBJECTS = many("him her it them us me you this that those these both everyone anyone nobody")


def content_at(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return where what is said begins after a verb, or None if nothing said follows."""
    near = lows(words, at + 1, NEAR)
    if not near:
        return None
    quotation = _quotation_after(words, at, verb)
    if quotation is not None:
        return quotation
    for rule in (_that, _question, _infinitive, _particle, _told, _after_object, _clause, _object):
        place = rule(words, at, verb, near)
        if place is not None:
            return place
    return at + 2 if near[0] == ":" and "s" in FRAMES[verb] else None


def _quotation_after(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return the position of a quotation that belongs to a verb: near it, no clause between."""
    for place in range(at + 1, min(at + 1 + NEAR, len(words))):
        word = words[place]
        if word.is_quotation:
            return place if _takes(words, at, verb, place) else None
        if word.text in (";", ".", "(") or (word.low in VERBS and not is_noun(words, place)):
            return None
    return None


def _takes(words: Sequence[Word], at: int, verb: str, place: int) -> bool:
    """Whether a quotation is what a verb says, and no name or title in passing."""
    if low_at(words, place - 1) in _NAMED:
        return place == at + 1 and low_at(words, at - 1) in speakers.PRONOUNS  # "what she called"
    if not FRAMES[verb] or verb in DEEDS:
        return low_at(words, place - 1) in (",", ":", "that")
    quotation = words[place]
    near = place - at <= 2 or quotation.end - quotation.start > 20
    return near or "c" in FRAMES[verb] or verb in AFTER_OBJECT["as"] or verb in ("call", "dub")


def _that(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where the clause after "that" begins, if it is the verb's and no relative one."""
    if "that" not in near or not ("t" in FRAMES[verb] or verb in TOLD):
        return None
    place = near.index("that")
    if words[at].low.endswith("ing") and "," in near[:place]:
        return None  # "Writing on X, the mayor said that"
    if near[0] == "," and near[2:3] == [","] and place == 3:
        return at + 2 + place  # "stressed, however, that"
    listened = verb in TOLD and "," not in near[:place]
    between = near[0] in _INTERPOSED | DAYS or near[0].endswith("ly")
    return at + 2 + place if not place or listened or between else None


def _told(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where a clause begins after a listener: "told reporters it was"."""
    if verb not in ("tell", "inform", "assure", "remind", "warn") or near[0] in _NO_OBJECT:
        return None
    for place in range(1, min(len(near), 6)):
        if _bare(near[place]) in CLAUSE and _has_verb(words, at + 1 + place):
            return at + 1 + place
        if near[place] in _NO_OBJECT:
            return None
    return None


def _bare(low: str) -> str:
    """Return a word without what is drawn together with it: "he's", "they'll"."""
    return low.partition("'")[0]


def _question(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    frames = FRAMES[verb]
    if near[0] in QUESTION and ("q" in frames or ("c" in frames and near[0] not in ("when", "if"))):
        return at + 1
    if verb in ("ask", "tell", "question") and near[0] not in _NO_OBJECT:
        place = next((n for n, low in enumerate(near[:6]) if low in QUESTION), None)
        return None if place is None or "," in near[:place] else at + 1 + place
    return None


def _infinitive(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where "to …" begins: what somebody vows, or urges others to."""
    if "to" not in near:
        return None
    place = near.index("to")
    following = near[place + 1] if place + 1 < len(near) else ""
    if not _is_infinitive(following):
        return None
    own = "i" in FRAMES[verb] and (not place or near[:place] == ["not"])
    others = "I" in FRAMES[verb] and place and near[0] not in _NO_OBJECT
    return at + 1 + place if own or others or (verb == "claim" and not place) else None


def _is_infinitive(low: str) -> bool:
    return bool(low) and low.isalpha() and low not in speakers.DETERMINERS | speakers.PRONOUNS


def _particle(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where it begins after a word that the verb forms a pair with: "called on"."""
    place = int(near[0].endswith("ly") and len(near) > 1)
    if near[place] not in PARTICLES.get(verb, "").split():
        return None
    if verb == "point" and near[place + 1 : place + 2] == ["that"]:
        place += 1
    if over_time(words, at + 1 + place) > at + 1 + place:
        return None  # "insisted on Sunday"
    return min(at + 2 + place, len(words) - 1)


def _after_object(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where it begins after an object and a word that ties it: "accused him of"."""
    if near[0] in _NO_OBJECT:
        return None
    for tie, verbs in AFTER_OBJECT.items():
        if verb in verbs and tie in near[1:]:
            place = near.index(tie, 1)
            if "who" in near[:place]:
                continue  # "dismissed Ada Lowe, who as a director was"
            if "," not in near[:place] or tie in ("as", "of"):
                return at + 2 + place
    return _named(words, at, verb, near)


def _named(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where it begins after "called it", if a name for the thing follows."""
    if verb not in ("call", "term", "dub", "label", "brand", "deem"):
        return None
    if near[0] in _OBJECTS and len(near) > 1 and near[1] not in _NO_OBJECT | DAYS:
        return at + 2
    place = next((n for n, low in enumerate(near[1:7], 1) if low in ("a", "an")), None)
    return None if place is None or set(near[:place]) & _NO_OBJECT else at + 1 + place


def _clause(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where a clause begins that has no "that" before it."""
    if "c" not in FRAMES[verb] or (words[at].low.endswith("ing") and near[0] not in CLAUSE):
        return None
    first = words[at + 1]
    later = over_time(words, at + 1)
    begins = later < len(words) and (
        words[later].low in CLAUSE | speakers.DETERMINERS or words[later].is_capital
    )
    if begins and later > at + 1:
        return later if _has_verb(words, later) else None
    if not first.is_word or (near[0] in _NO_CLAUSE and not _no_such(words, at, verb)):
        return None
    if verb in ("say", "claim", "insist", "argue", "contend", "allege", "predict"):
        return at + 1
    if verb == "admit" and _lets_in(words, at, near):
        return None
    if verb in ("deny", "confirm", "admit", "acknowledge", "announce", "concede", "fear"):
        return at + 1 if not first.low.endswith("ly") or _has_verb(words, at + 1) else None
    if _bare(near[0]) in speakers.PRONOUNS:
        return at + 1
    begins = _bare(near[0]) in CLAUSE or first.is_capital or first.low.endswith("s")
    return at + 1 if begins and _has_verb(words, at + 1) else None


def _lets_in(words: Sequence[Word], at: int, near: list[str]) -> bool:
    """Whether "admitted" means that somebody was let in: "admitted a visitor to the hall"."""
    place = next((at for at, low in enumerate(near) if low in ("to", "into", ",", "that")), 0)
    if not place or near[place] not in ("to", "into") or _has_verb(words, at):
        return False
    return _ADMITTED.isdisjoint(near[:place])


def _no_such(words: Sequence[Word], at: int, verb: str) -> bool:
    """Whether "no" begins a clause: "said no more would come", but not "said no to it"."""
    noun = low_at(words, at + 2)
    clause = noun.isalpha() and noun not in _NO_OBJECT | {"thanks"}
    return low_at(words, at + 1) == "no" and clause and (verb == "say" or _has_verb(words, at + 2))


def _has_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb stands in the next words."""
    for word in words[at + 1 : at + 14]:
        if word.text in (".", ";", ":") or word.low in ("that", "which", "who", "when"):
            return False
        if word.low in ("being", "to"):
            return False
        if word.low in FINITE or (word.low.endswith("ed") and len(word.low) > 4):
            return True
    return False


def _object(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where the object begins of a verb that is speech with one."""
    frames = FRAMES[verb]
    if "g" in frames and near[0].endswith("ing"):
        return at + 1
    if "d" in frames:
        it = verb in ("deny", "refute") and near[0] in ("it", "any", "this")
        if it or DENIABLE & set(_first_phrase(near)):
            return at + 1
    if "o" not in frames or near[0] in _NO_OBJECT or near[0].endswith("ly"):
        return None
    participle = words[at].low.endswith("ing")
    if participle and low_at(words, at - 1) not in _BEFORE_PARTICIPLE | BE | AUXILIARIES:
        return None
    first = words[at + 1]
    named = near[0] in speakers.DETERMINERS | _OBJECTS or first.is_capital or first.is_possessive
    surely = words[at].low not in NOUNS and verb not in DEEDS
    return at + 1 if named or surely or any(low.endswith("s") for low in near[:2]) else None


def _first_phrase(near: list[str]) -> list[str]:
    """Return the words up to the end of the first phrase, so far as one can tell."""
    for place, low in enumerate(near):
        if low in (",", "that", "which", "who", "and", "but", "with", "in", "for", "by", "as"):
            return near[:place]
    return near
