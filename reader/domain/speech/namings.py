"""How a phrase names its speaker: by name, by description, without a name, by a pronoun."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech.speakers import INSIDE, PRONOUNS
from reader.domain.speech.verbs import many
from reader.domain.speech.words import Word

_ANONYMOUS = many(
    "source sources official officials insider insiders aide aides person people "
    "someone somebody diplomat diplomats officer officers analyst analysts expert "
    "experts critics critic observers observer witness witnesses resident residents "
    "campaigners activists lawyers advisers advisors adviser advisor scientists "
    "researchers economists traders investors others many some most several few "
    "neighbours neighbors friends colleagues investigators supporters opponents "
    "lawmakers politicians ministers users commentators historians doctors teachers "
    "students parents workers employees staff members individuals anyone everyone "
    "fans locals bystanders insurgents rebels militants sceptics skeptics figure "
    "figures executive executives"
)
"""Nouns that name nobody, unless a name stands beside them."""
ORGANISATIONS = many(
    "ministry agency company government police department bank court council "
    "party commission administration army military union association group firm "
    "authority office report newspaper study survey poll statement committee "
    "team force service network organisation organization institute university "
    "board club hospital watchdog regulator airline broadcaster paper magazine "
    "website outlet charity court embassy foundation centre center"
)
DOCUMENTS = many(
    "report study survey poll letter statement memo document documents minutes filing filings "
    "records lawsuit complaint indictment affidavit transcript email emails review audit analysis "
    "paper article book research figures data statistics census verdict ruling bill tweet post "
    "picture pictures photograph photographs video footage recording paragraph sentence chapter"
)
_OFFICES = many(
    "governor president minister chancellor mayor senator judge prosecutor spokesperson"
)
"""Nouns that name nobody where they stand alone, as in a headline."""


def naming(words: Sequence[Word], stretch: tuple[int, int]) -> str:
    """Return how a phrase names its speaker: named, described, anonymous, or pronoun."""
    phrase = words[slice(*stretch)]
    if _asks_not_to_be_named(words[stretch[1] : stretch[1] + 16]):
        return "anonymous"
    if len(phrase) == 1 and phrase[0].low in PRONOUNS:
        return "pronoun"
    head = _head(phrase)
    noun = head[-1]
    if phrase[0].text.isdecimal():  # "71% of Norlanders"
        return "anonymous" if {word.low for word in phrase} & _ANONYMOUS else "described"
    lows = {word.low for word in head}
    several = len(head) == 1 and noun.low.endswith("s") and phrase[1:2] and phrase[1].low != "of"
    if noun.is_capital and (len(head) > 1 or not (several or _is_common(noun))):
        return "named"
    if lows & _ANONYMOUS and not _has_person(head):
        return "anonymous"
    return "described"


def _asks_not_to_be_named(words: Sequence[Word]) -> bool:
    """Whether what follows a phrase says that somebody must not be named."""
    lows = [word.low for word in words]
    for place, low in enumerate(lows):
        if low == "anonymity" or (low == "anonymously" and place < 4):
            return True
        if low in ("named", "identified") and lows[max(place - 2, 0) : place] == ["to", "be"]:
            return True
        if low in ("said", "told", "says"):
            return False
    return False


def _head(phrase: Sequence[Word]) -> Sequence[Word]:
    """Return a phrase up to what describes it further: "a US official" of "… close to …"."""
    for at, word in enumerate(phrase):
        if at and word.low in INSIDE | {",", "who", "whose"} and phrase[at - 1].is_word:
            if word.low == "of" and phrase[at - 1].is_capital:
                continue  # "Bank of England"
            return phrase[:at]
    return phrase


def _is_common(word: Word) -> bool:
    """Whether a single word that begins a sentence is a common noun with a capital."""
    low = word.low
    if low in _ANONYMOUS or low in _OFFICES or low.endswith(("ists", "ians")):
        return True
    return not {low, low.removesuffix("s")}.isdisjoint(ORGANISATIONS | DOCUMENTS)


def _has_person(head: Sequence[Word]) -> bool:
    """Whether a name ends the phrase, as in "US official Jane Doe"."""
    return len(head) > 1 and head[-1].is_capital and head[-2].is_capital
