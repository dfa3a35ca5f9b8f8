"""Cues that are phrases: "according to", "in her view", "his claim that", "as noted in"."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech import speakers
from reader.domain.speech.appositions import beyond
from reader.domain.speech.cue import Cue, low_at
from reader.domain.speech.senses import BE, CLAUSE, FINITE, NOT_SAID_BY, OWNERS, STATES, VIEWS
from reader.domain.speech.verbs import ACT_OF, many
from reader.domain.speech.words import Word

_DEGREES = many("very so also more less not most too quite still now always never long even as")
SPOKEN_NOUNS = many(
    "claim claims allegation allegations accusation accusations assertion assertions suggestion "
    "suggestions warning warnings insistence admission denial denials statement statements "
    "announcement acknowledgement acknowledgment belief contention complaint complaints report "
    "reports rumour rumours rumor rumors fear fears concern concerns speculation assurance "
    "assurances promise promises pledge pledges prediction predictions threat threats argument "
    "arguments view views opinion testimony remark remarks comment comments criticism criticisms "
    "opposition praise condemnation call calls vow objection objections advice demand demands "
    "proposal plea request expectation expectations doubt doubts assessment conclusion estimate "
    "forecast hope hopes support stance position characterization description tweet tweets "
    "apology endorsement finding findings notion"
)
"""Nouns that stand for somebody's words or thoughts."""
_OF = many("allegation accusation claim rumour rumor report fear prospect warning")
"""Nouns that are somebody's words with "of" as well, though nobody is named."""
_ABOUT = many("concern concerns complaints speculation rumours rumors calls criticism fears doubts")
"""Nouns that are somebody's with "about", "for", "over" as well."""
_RAISED = many(
    "raise raises raised voice voices voiced express expresses expressed issue issues issued make "
    "makes made level levelled leveled air aired raising voicing expressing issuing making"
)
"""Verbs that make a noun for words somebody's."""
_TIES = many("that of for to about on in over from against regarding by as")
_TIED = many("seen who whose which in on from by at for with")
"""Words that tie more to the phrase after "according to", as far as the next comma."""
_STRONG = many(
    "claim claims allegation allegations accusation accusations assertion assertions suggestion "
    "warning warnings insistence admission denial denials remark remarks comment comments "
    "criticism contention complaint complaints testimony objection objections opposition praise "
    "advice"
)
"""Nouns that are speech whatever follows, where they are somebody's."""


def according(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue "according to", or None where it goes by a plan or a rule."""
    speaker = speakers.after(words, at + 2)
    if speaker is None or words[speaker[1] - 1].low in NOT_SAID_BY:
        return None
    side = "after" if at == 0 else "before"
    behind = _behind(words, speaker) if at == 0 else speaker[1]
    content = behind + (low_at(words, behind) == ",")
    return Cue(
        at, at + 2, "according to", "assert", speaker, side, False, "“according to”", content
    )


def _behind(words: Sequence[Word], speaker: tuple[int, int]) -> int:
    """Return where "According to three people briefed on the talks," ends."""
    end = beyond(words, speaker)
    following = low_at(words, end)
    if following.endswith("ed") or following in _TIED:
        for place in range(end, min(end + 14, len(words))):
            if words[place].text == ",":
                return place
            if words[place].low in FINITE and not following.startswith("wh"):
                break
    return end


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
    noun, following = words[at].low, low_at(words, at + 1)
    speaker, after = _owner(words, at)
    if speaker is None and (raised := _raised(words, at, after)) is not None:
        return raised
    owned = after > at + 1 or (at > 0 and _owns_near(words, at))
    if not _is_tied(noun, following, owned, low_at(words, after)):
        return None
    tie = low_at(words, after)
    agentless = speaker is None and not owned
    why = f"“{noun} {tie}”" + (", and nobody is named" if agentless else "")
    content = min(after + (tie in _TIES), len(words) - 1)
    return Cue(at, at + 1, noun, None, speaker, "after", agentless, why.strip(), content)


def _raised(words: Sequence[Word], at: int, after: int) -> Cue | None:
    """Return a cue such as "raised concerns", "made the claim that", "concerns were raised"."""
    noun = words[at].low
    for place in range(at - 1, max(at - 5, -1), -1):
        if words[place].low in _RAISED:
            speaker = speakers.before(words, place)
            if speaker is None or words[place].low in ("report", "state"):
                return None
            why, content = f"“{words[place].low} … {noun}”", min(after + 1, len(words) - 1)
            return Cue(place, at + 1, noun, None, speaker, "after", False, why, content)
        if not words[place].is_word or low_at(words, place) in speakers.PRONOUNS:
            break
    for place in range(at + 2, min(at + 8, len(words))):
        if words[place].low in _RAISED and low_at(words, place - 1) in ("were", "was", "been"):
            why = f"“{noun} … {words[place].low}”, and nobody is named"
            return Cue(at, at + 1, noun, None, None, "around", True, why, at + 1)
    return None


def _is_tied(noun: str, following: str, owned: bool, tie: str) -> bool:
    """Whether what follows a noun, and whose it is, make it somebody's words."""
    if tie == "that":
        return True
    if owned:
        return noun in _STRONG or tie in _TIES - {"by", "in", "on", "as"}
    if following in ("he", "she", "they"):
        return noun.endswith("s")
    if following == "of":
        return noun.rstrip("s") in _OF
    return following in ("about", "for", "over", "from") and noun in _ABOUT


def _owner(words: Sequence[Word], at: int) -> tuple[tuple[int, int] | None, int]:
    """Return whose claim it is, and where what it is tied to stands.

    "Mr Smith's claim", "claims by the union".
    """
    for before in (at - 1, at - 2):
        if before >= 0 and words[before].is_possessive and words[before + 1].is_word:
            return speakers.ending_at(words, before), at + 1
    if low_at(words, at + 1) == "by":
        found = speakers.after(words, at + 2)
        if found is not None:
            return found, found[1]
    owner = next((n for n in (at - 1, at - 2) if low_at(words, n) in ("his", "her", "their")), None)
    return (None if owner is None else (owner, owner + 1)), at + 1


def _owns_near(words: Sequence[Word], at: int) -> bool:
    """Whether a noun is somebody's: "his claim", "the union's latest demand"."""
    return _owns(words[at - 1]) or (at > 1 and _owns(words[at - 2]) and words[at - 1].is_word)


def state_at(words: Sequence[Word], at: int) -> Cue | None:
    """Return a cue such as "is convinced that", "was critical of"."""
    last = at - 1
    while last >= 0 and (low_at(words, last) in _DEGREES or low_at(words, last).endswith("ly")):
        last -= 1
    following = low_at(words, at + 1)
    if low_at(words, last) not in BE:
        return None
    adjective = words[at].low
    clause = adjective in ("convinced", "confident", "adamant", "afraid") and following in CLAUSE
    alone = adjective in ("convinced", "sceptical", "skeptical", "unconvinced", "adamant")
    ends = alone and following in ("", ".", ",", ";")
    if following not in STATES[adjective].split() and not clause and not ends:
        return None
    speaker = speakers.before(words, last)
    if speaker is None or low_at(words, speaker[0]) == "it":
        return None
    content = min(at + 1 + (following in ("that", "of", "about")), len(words) - 1)
    side = "around" if ends else "after"
    return Cue(at, at + 1, adjective, "opine", speaker, side, False, f"“{adjective}”", content)


def as_noted(words: Sequence[Word], at: int, verb: str) -> Cue | None:
    """Return a cue such as "as noted in the Example Post"."""
    speaker = speakers.after(words, at + 2)
    if speaker is None:
        return None
    side = "after" if at <= 1 else "before"
    content = speaker[1] + (low_at(words, speaker[1]) == ",")
    why = f"“as {words[at].low} {words[at + 1].low}”"
    return Cue(at - 1, at + 2, verb, ACT_OF[verb], speaker, side, False, why, content)
