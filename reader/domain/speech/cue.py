"""What a cue is, and the questions about words that all rules for cues ask."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.records import dataclass
from reader.domain.speech import speakers
from reader.domain.speech.senses import BEFORE_NOUN, NEAR, NOUNS
from reader.domain.speech.verbs import AUXILIARIES, VERBS
from reader.domain.speech.words import Word


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


def low_at(words: Sequence[Word], at: int) -> str:
    """Return the word at a position in lower case; empty for a quotation or beyond the ends."""
    return words[at].low if 0 <= at < len(words) else ""


def is_noun(words: Sequence[Word], at: int) -> bool:
    """Whether a word that may be a verb is a noun or a name here."""
    word, before = words[at], low_at(words, at - 1)
    if word.is_capital and at > 0 and not words[at - 1].is_quotation and before not in ('"', ":"):
        return True
    if before == "to":
        return True  # "to say": not yet said
    possessive = at > 0 and words[at - 1].is_possessive
    if word.low in NOUNS and before in VERBS and before not in NOUNS:
        return True  # "dismissed claims"
    if word.low in NOUNS:
        if possessive or before in BEFORE_NOUN or low_at(words, at + 1) in ("of", "from"):
            return True
        return at > 0 and _is_adjective(words, at)
    return before in ("the", "a", "an") and word.low.endswith(("ing", "ed"))


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether the two words before are a determiner and something between it and a noun."""
    return low_at(words, at - 2) in ("the", "a", "an", "his", "her", "their", "its") and not (
        words[at].low.endswith("s") and low_at(words, at + 1) in ("that", "the", "it", "he")
    ) and words[at - 1].is_word and words[at - 1].low not in AUXILIARIES and (
        words[at].low.endswith("s") or not words[at - 1].is_capital
    ) and words[at - 1].low not in speakers.ORGANISATIONS  # fmt: skip


def lows(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words up to a mark that ends a clause."""
    found: list[str] = []
    for word in words[at : at + count]:
        if word.text in (";", ".", "(", "?", "!"):
            break
        found.append(word.low)
    return found


def quotes(words: Sequence[Word], at: int) -> bool:
    """Whether a quotation begins soon after a position."""
    return any(word.is_quotation for word in words[at : at + NEAR])
