"""Where a sentence says that somebody says something: verbs, phrases, nouns, adverbs.

Each kind of cue has its own rule for what must stand around it, for the words alone mean other
things as well: a report, a claim, "the plan was dismissed".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.domain.records import dataclass
from reader.domain.speech import speakers
from reader.domain.speech.verbs import (
    ACT_OF,
    AUXILIARIES,
    BARE_OBJECT,
    DENIABLE,
    NEEDS_OBJECT,
    PASSIVE,
    SPOKEN_NOUNS,
    SURE,
    VERBS,
    many,
)
from reader.domain.speech.words import Word

_VIEWS = many("view opinion words telling eyes account")
_OWNERS = many("his her their its my our")
_NEAR = 9
"""Words after a verb in which "that", a quotation or a tying word must stand."""
_QUESTION = many("if whether why what how when who where")
_ADVERBS = many("reportedly allegedly supposedly purportedly")
_BELIEVED = many(
    "say believe think report allege claim estimate fear speculate understand predict forecast"
)
_JUDGED = many(
    "describe accuse criticise criticize condemn denounce praise blame quote dub call label brand "
    "hail cite urge warn tell question portray characterise characterize"
)
_REPORTED = many("comment say answer confirm discuss reveal name give respond speak disclose "
                      "elaborate rule provide be identify specify talk")  # fmt: skip
_NOT_SAID_BY = many("plan plans schedule size need needs age taste law rules")
_NOUNS = many(
    "report reports claim claims note notes comment comments demand demands request requests call "
    "calls promise pledge pledges fear fears hope hopes doubt doubts estimate estimates forecast "
    "forecasts question questions support attack attacks post posts credit fault protest protests "
    "object objects state states label labels brand brands quote quotes reply remark remarks order "
    "orders document documents signal signals stress worry worries charge cause reason reasons "
    "brief appeal appeals view views wonder threat echo cry scream joke jokes point points boast "
    "tout answer back backs defend blast slam begin continue counter concur own"
)
_BEFORE_NOUN = many(
    "the a an his her their its our my your this that these those any some no new first latest "
    "such previous earlier further official two three several many of in by with for from on to "
    "and"
)
_DEEDS = many(
    "reveal disclose report post write confirm announce publish document begin continue back "
    "support echo protest attack signal threaten order request demand propose plead tout credit own "
    "accept praise welcome applaud worry object regret"
)
"""Verbs that are as often deeds: a quotation after them is theirs if it begins like a sentence."""
_CLAUSE = many(
    "he she it they we i you there this these those his her its their our my the a an some many "
    "most no none nothing all both each every nobody anyone everyone"
)


_CUE_WORDS = frozenset({*VERBS, *SPOKEN_NOUNS, *_ADVERBS, *_VIEWS, "according"})
_LETTERS = re.compile("[a-z]+")


def may_have_cue(text: str) -> bool:
    """Whether a sentence has any word that can be one of a cue; cheap, for most have none."""
    return not _CUE_WORDS.isdisjoint(_LETTERS.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue and what it is about, as positions among the words of a sentence.

    Attributes:
        first: Position of its first word.
        end: One past its last word.
        verb: Its verb, noun or adverb.
        act: One of the acts of the codebook `stance`, or None.
        speaker: Positions of the phrase that names the speaker, or None.
        side: Where what is said stands: ``after``, ``before``, or ``around``.
        agentless: Whether the sentence leaves out who says it.
        why: In words, for the user.
        content: Position at which what is said begins, if it stands after the cue.
    """

    first: int
    end: int
    verb: str
    act: str | None
    speaker: tuple[int, int] | None
    side: str
    agentless: bool
    why: str
    content: int


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
        return _in_words_of(words, at)
    if low == "according" and _low(words, at + 1) == "to":
        return _according(words, at)
    if low in _ADVERBS:
        return Cue(at, at + 1, low, None, None, "around", True, f"“{low}” names nobody", at + 1)
    if low in VERBS and not _is_noun(words, at):
        return _verb_at(words, at, VERBS[low])
    if low in SPOKEN_NOUNS:
        return _noun_at(words, at)
    return None


def _low(words: Sequence[Word], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _is_noun(words: Sequence[Word], at: int) -> bool:
    """Whether a word that may be a verb is a noun or a name here."""
    word, before = words[at], _low(words, at - 1)
    if word.is_capital and at > 0 and not words[at - 1].is_quotation and before not in ('"', ":"):
        return True
    if before == "to":
        return True  # "to say": not yet said
    possessive = at > 0 and words[at - 1].is_possessive
    if word.low in _NOUNS and before in VERBS and before not in _NOUNS:
        return True  # "dismissed claims"
    if word.low in _NOUNS:
        if possessive or before in _BEFORE_NOUN or _low(words, at + 1) in ("of", "from"):
            return True
        return at > 0 and _is_adjective(words, at)
    return before in ("the", "a", "an") and word.low.endswith(("ing", "ed"))


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether the two words before are a determiner and something between it and a noun."""
    return _low(words, at - 2) in ("the", "a", "an", "his", "her", "their", "its") and not (
        words[at].low.endswith("s") and _low(words, at + 1) in ("that", "the", "it", "he")
    ) and words[at - 1].is_word and words[at - 1].low not in AUXILIARIES and (
        words[at].low.endswith("s") or not words[at - 1].is_capital
    ) and words[at - 1].low not in speakers._ORGANISATIONS  # fmt: skip


# ---------------------------------------------------------------------- phrases


def _according(words: Sequence[Word], at: int) -> Cue | None:
    speaker = speakers.after(words, at + 2)
    if speaker is None or words[speaker[1] - 1].low in _NOT_SAID_BY:
        return None
    side = "after" if at == 0 else "before"
    content = speaker[1] + (_low(words, speaker[1]) == ",")
    return Cue(
        at, at + 2, "according to", "assert", speaker, side, False, "“according to”", content
    )


def _in_words_of(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "in the words of Jane Doe", "in her view"."""
    if [_low(words, at + n) for n in (1, 2, 3)] == ["the", "words", "of"]:
        speaker, end, why = speakers.after(words, at + 4), at + 4, "“in the words of”"
    else:
        view = next((n for n in range(at + 2, at + 7) if _low(words, n) in _VIEWS), None)
        if view is None or not _owns(words[view - 1]):
            return None
        speaker, end, why = (at + 1, view), view + 1, f"“in … {words[view].low}”"
        if words[view - 1].low in _OWNERS:
            speaker = None
    begins = max(end, speaker[1] if speaker else 0)
    content = begins + (_low(words, begins) == ",")
    side = "after" if at == 0 else "before"
    return Cue(at, end, "in words of", "assert", speaker, side, False, why, content)


def _owns(word: Word) -> bool:
    return word.is_possessive or word.low in _OWNERS


def _noun_at(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "his claim that", "allegations of", "concerns he"."""
    following = _low(words, at + 1)
    tied = following == "that" or (following in ("he", "she", "they") and words[at].low[-1] == "s")
    of = following == "of" and words[at].low.rstrip("s") in ("allegation", "accusation", "claim", "rumour", "rumor")  # fmt: skip
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


# ---------------------------------------------------------------------- verbs


def _verb_at(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    if _is_passive(words, at):
        return _passive(words, at, verb)
    low = words[at].low
    if _low(words, at - 1) == "as" and _low(words, at + 1) in ("in", "by"):
        return _as_noted(words, at, verb)
    act = _act(words, at, verb)
    content = _content(words, at, verb)
    if content is not None:
        speaker = _subject(words, at)
        inverted = (
            speakers.after(words, at + 1) if speaker is None and _is_inverted(words, at) else None
        )
        if speaker is None and inverted is None and not _may_lack_subject(words, at, low):
            return None
        found = speaker or inverted
        return Cue(at, at + 1, verb, act, found, "after", False, f"“{low}”", content)
    return _parenthetical(words, at, verb, act)


def _as_noted(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "as noted in the Example Post"."""
    speaker = speakers.after(words, at + 2)
    if speaker is None:
        return None
    side = "after" if at <= 1 else "before"
    content = speaker[1] + (_low(words, speaker[1]) == ",")
    why = f"“as {words[at].low} {words[at + 1].low}”"
    return Cue(at - 1, at + 2, verb, ACT_OF[verb], speaker, side, False, why, content)


def _act(words: Sequence[Word], at: int, verb: str) -> str | None:
    act = ACT_OF[verb]
    around = {_low(words, at - 1), _low(words, at - 2)}
    negated = bool(around & {"not", "never"}) or any(low.endswith("n't") for low in around)
    return None if negated else act


def _is_passive(words: Sequence[Word], at: int) -> bool:
    if not words[at].low.endswith(("ed", "en", "id", "old", "ought", "ubbed")):
        return False
    before = at - 1
    while before >= 0 and (words[before].low.endswith("ly") or words[before].low in (
        "also", "been", "not", "once", "long", "now", "previously", "again", "being")):  # fmt: skip
        if words[before].low in ("been", "being"):
            return True
        before -= 1
    return _low(words, before) in PASSIVE


def _passive(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "was criticised for", "is said to", "it was claimed that"."""
    low, following = words[at].low, _low(words, at + 1)
    if verb == "quote" and following == "as" and _low(words, at + 2) == "saying":
        speaker = speakers.before(words, at)
        return Cue(
            at, at + 3, "quote", "assert", speaker, "after", False, "“quoted as saying”", at + 3
        )
    speaker = _by(words, at + 1)
    by = speaker is not None
    if verb in _BELIEVED and (following in ("to", "that") or (_low(words, at - 2) == "it")):
        why = f"“{low}”, and nobody is named" if not by else f"“{low} by”"
        return Cue(at, at + 1, verb, None, speaker, "around", not by, why, at + 1)
    near = _lows(words, at + 1, _NEAR)
    if verb == "report" and following in ("missing", "dead", "killed", "injured", "safe", "stolen"):
        return Cue(at, at + 1, verb, None, speaker, "around", not by, f"“{low}”", at + 1)
    if verb in _JUDGED and (
        by or following in ("as", "of", "for", "over", "that", "to") or _quotes(words, at + 1)
    ):
        why = f"“was {low}”, and nobody is named" if not by else f"“{low} by”"
        return Cue(at, at + 1, verb, ACT_OF[verb], speaker, "around", not by, why, at + 1)
    return None if "that" not in near[:1] else Cue(
        at, at + 1, verb, ACT_OF[verb], speaker, "after", not by, f"“{low} that”", at + 2)  # fmt: skip


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


def _lows(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words up to a mark that ends a clause."""
    found: list[str] = []
    for word in words[at : at + count]:
        if word.text in (";", ".", "(", "?", "!"):
            break
        found.append(word.low)
    return found


def _quotes(words: Sequence[Word], at: int) -> bool:
    return any(word.is_quotation for word in words[at : at + _NEAR])


def _content(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return where what is said begins after a verb, or None if nothing said follows."""
    near = _lows(words, at + 1, _NEAR)
    if not near:
        return None
    quotation = _quotation_after(words, at, verb)
    if quotation is not None:
        return quotation
    if near[0] == "," and near[2:3] == [","]:
        near[0] = near[2] = ""  # "stressed, however, that"
    comma = near.index(",") if "," in near else len(near)
    if "that" in near[:comma]:
        return at + 2 + near.index("that")
    if near[0] in _QUESTION and (
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


def _quotation_after(words: Sequence[Word], at: int, verb: str) -> int | None:
    """Return the position of a quotation that belongs to a verb: near it, no clause between."""
    for place in range(at + 1, min(at + 1 + _NEAR, len(words))):
        word = words[place]
        if word.is_quotation:
            if verb in _DEEDS and not _is_sentence(words, place):
                return None
            short = place - at <= 2 or word.end - word.start > 20 or verb in SURE
            return place if short or verb in NEEDS_OBJECT["as"] or verb in ("call", "dub") else None
        if word.text in (";", ".", "(") or (word.low in VERBS and not _is_noun(words, place)):
            return None
    return None


def _is_sentence(words: Sequence[Word], place: int) -> bool:
    """Whether a quotation stands after a mark, or "that"; or begins with a capital."""
    return _low(words, place - 1) in (",", ":", "that")


def _tied(words: Sequence[Word], at: int, verb: str, near: list[str]) -> int | None:
    """Return where what is said begins after a word that ties it to the verb."""
    for tie, verbs in NEEDS_OBJECT.items():
        if verb not in verbs or tie not in near:
            continue
        place = at + 1 + near.index(tie)
        following = _low(words, place + 1)
        if tie == "to" and not _is_infinitive(following):
            continue
        if verb in ("refuse", "decline") and following not in _REPORTED:
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
    named = first.low in speakers.DETERMINERS or first.is_capital or first.low in _CLAUSE
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
    return low in _CLAUSE and _has_verb(words, at)


_FINITE = many(
    "is are was were has have had will would could may might can should must does did do "
    "isn't wasn't won't can't doesn't didn't"
)


def _has_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb stands in the next words."""
    for word in words[at : at + 14]:
        if word.text in (".", ";", ":"):
            return False
        if word.low in _FINITE or (word.low.endswith("ed") and len(word.low) > 4):
            return True
    return False


def _subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return who does what the verb at a position says."""
    low = words[at].low
    if low.endswith("ing"):
        return _subject_of_participle(words, at)
    before = speakers._back_over_auxiliaries(words, at - 1)
    if _low(words, before) in ("and", "but", "or") or (
        before >= 0 and words[before].low == "," and _low(words, before - 1) in ("",)
    ):
        return _sentence_subject(words, at)
    found = speakers.before(words, at)
    if found is not None and _is_inverted(words, at):
        return None if words[at - 1].is_quotation or _low(words, at - 1) == "," else found
    return found


def _subject_of_participle(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return who is "describing" or "adding": the phrase after "with", else the sentence's."""
    before = at - 1
    while before >= 0 and words[before].low.endswith("ly"):
        before -= 1
    if _low(words, before) in (",", "and", "by", "as", "before", "after", "while", "when", "in"):
        return _sentence_subject(words, at)
    for place in range(before, max(before - 14, -1), -1):
        if words[place].low == "with":
            return speakers.after(words, place + 1) and (place + 1, before + 1)
        if not words[place].is_word:
            break
    low = _low(words, before)
    if low in AUXILIARIES:
        return speakers.before(words, at)
    return _sentence_subject(words, at)


def _sentence_subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the subject of the sentence's first verb before a position, as far as one can tell."""
    for place in range(1, at):
        word = words[place]
        if (
            (word.low in VERBS and not _is_noun(words, place))
            or word.low in _FINITE
            or (word.low.endswith("ed") and len(word.low) > 4)
        ):
            found = speakers.before(words, place)
            if found is not None:
                return found
    return None


def _is_inverted(words: Sequence[Word], at: int) -> bool:
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
    return VERBS[words[at].low] in _INVERTED and speakers.before(words, at) is None


_INVERTED = many("say add write report note state ask reply warn explain conclude recall")
"""Verbs that may stand before their subject where no quotation goes before them."""


def _may_lack_subject(words: Sequence[Word], at: int, low: str) -> bool:
    """Whether the cue counts though no speaker was found: a quotation follows, or "that"."""
    return low.endswith("ing") or _quotes(words, at + 1) or "that" in _lows(words, at + 1, 4)


def _parenthetical(words: Sequence[Word], at: int, verb: str, act: str | None) -> Cue | None:
    """Return a cue after what is said: "…, officials said", "…" said Jane Doe, as X noted."""
    if verb not in SURE and verb not in ("note", "report", "state", "ask", "observe", "continue",
        "recall", "comment", "respond", "urge", "claim", "post", "shout", "answer", "begin"):  # fmt: skip
        return None
    if words[at].low.endswith("ing"):
        return None
    low, after = words[at].low, _low(words, at + 1)
    inverted = speakers.after(words, at + 1) if _is_inverted(words, at) and at else None
    if inverted is not None:
        return Cue(at, at + 1, verb, act, inverted, "before", False, f"“{low}”", inverted[1])
    closes = at + 1 >= len(words) or after in (",", ".", ";", ":", "?", "!", "–", "—", ")") or (
        after in ("on", "in", "at", "to", "during", "after", "when", "as", "yesterday", "last", "earlier", "late", "while")
        or after.endswith("ly") or words[at + 1].is_quotation
    )  # fmt: skip
    subject = speakers.before(words, at)
    if not closes or subject is None or subject[0] == 0:
        return None
    opening = words[subject[0] - 1]
    if opening.low == "as" and subject[0] == 1:
        return Cue(at, at + 1, verb, act, subject, "after", False, f"“as … {low}”", at + 2)
    if opening.is_quotation or opening.low in (",", "–", "—"):
        return Cue(at, at + 1, verb, act, subject, "before", False, f"“{low}”", at + 1)
    return None
