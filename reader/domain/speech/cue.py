"""What a cue is, and the questions about words that all rules for cues ask."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.records import dataclass
from reader.domain.speech import speakers
from reader.domain.speech.namings import ORGANISATIONS
from reader.domain.speech.senses import BEFORE_NOUN, LEADING_TO, NEAR, NOUNS
from reader.domain.speech.times import OCCASIONS
from reader.domain.speech.verbs import AUXILIARIES, VERBS, many
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
        side: Where what is said stands: ``after``, ``before``, or ``around``; ``itself`` if nothing
            said is reported, and the clause tells just that.
        agentless: Whether the sentence leaves out who says it.
        why: In words, for the user.
        content: Position at which what is said begins, if it stands after the cue, or the clause.
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
    """Whether a word that may be a verb is a noun, an adjective or a name here."""
    word, before = words[at], low_at(words, at - 1)
    if word.is_capital and at > 0 and not words[at - 1].is_quotation and before not in ('"', ":"):
        return not _is_headline(words)
    if before == "to":
        return low_at(words, at - 2) not in LEADING_TO  # "to say": not yet said
    if VERBS.get(word.low) == "point" and low_at(words, at + 1) == "out":
        return False
    if before in ("not", "never") or before.endswith("n't"):
        return False
    if word.low in NOUNS and before in VERBS and before not in NOUNS:
        return True  # "dismissed claims"
    if word.low in NOUNS:
        return _is_noun_form(words, at)
    if word.low.endswith("ed") and before in OCCASIONS and "in" in lows(words, at - 4, 3):
        return True  # "said in a statement posted on its site"
    if word.low.endswith("ed") and at > 0 and words[at - 1].is_possessive:
        return True
    return before in ("the", "a", "an") and word.low.endswith(("ing", "ed"))


def _is_headline(words: Sequence[Word]) -> bool:
    """Whether most words begin with a capital, so that a capital tells nothing."""
    plain = [word for word in words if word.is_word and len(word.text) > 3]
    return len(plain) > 3 and sum(word.is_capital for word in plain) > 0.8 * len(plain)


def _is_noun_form(words: Sequence[Word], at: int) -> bool:
    """Whether a word that is as often a noun is one, by the words beside it."""
    before, following = low_at(words, at - 1), low_at(words, at + 1)
    if following == "that" and words[at].low in _ONLY_VERBS:
        return False
    possessive = at > 0 and words[at - 1].is_possessive
    if possessive or before in BEFORE_NOUN or following in ("of", "from"):
        return True
    if following in _AFTER_NOUN and before not in _SUBJECTS:
        return True
    if at == 0 or not words[at - 1].is_word:
        return at == 0 and following not in ("that",)
    if (
        before in _SUBJECTS | _COUNTS
        or before.isdigit()
        or before in AUXILIARIES
        or before.endswith(("ly", "n't"))
    ):
        return False
    if words[at].low.endswith("s"):
        return _is_adjective(words, at) or (before.endswith("s") and not words[at - 1].is_capital)
    return not before.endswith(("s", "people", "men", "women")) and _begins_phrase(words, at - 1)


_ONLY_VERBS = many(
    "show shows find hope hopes wish hear charge charges rule rules note notes state states"
)
_COUNTS = many("percent cent % half third majority number voters")
_SUBJECTS = many("i you he she it we they who which others some many most people one both also to")
_AFTER_NOUN = many("is are was were has have had will would could may might , . released published")


def _begins_phrase(words: Sequence[Word], last: int) -> bool:
    """Whether a word is one of a phrase in the singular: "a Government report"."""
    for place in range(last, max(last - 5, -1), -1):
        if words[place].low in ("a", "an", "the", "this", "that", "its", "his", "her", "their"):
            return True
        if not words[place].is_word:
            return False
    return not words[last].is_capital


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether the two words before are a determiner and something between it and a noun."""
    return low_at(words, at - 2) in ("the", "a", "an", "his", "her", "their", "its") and not (
        words[at].low.endswith("s") and low_at(words, at + 1) in ("that", "the", "it", "he", "to")
    ) and words[at - 1].low not in AUXILIARIES and _may_describe(words[at - 1]) and (
        words[at - 1].low not in ORGANISATIONS
    ) and low_at(words, at + 1) not in speakers.DETERMINERS | speakers.PRONOUNS  # fmt: skip


def _may_describe(word: Word) -> bool:
    """Whether a word may be an adjective: of those with a capital, "American"."""
    return not word.is_capital or word.low.endswith(("an", "ish", "ese", "ern", "ic", "ch"))


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
