"""What kind of source a phrase names, and how its name and what it says of them come apart."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from reader.domain.speech.appositions import ROLES
from reader.domain.speech.metonyms import stands_for
from reader.domain.speech.namings import DOCUMENTS, ORGANISATIONS
from reader.domain.speech.speakers import PRONOUNS
from reader.domain.speech.verbs import many

_OFFICES = many("office ministry presidency embassy secretariat")
_KINDS = (("document", DOCUMENTS), ("office", _OFFICES), ("organisation", ORGANISATIONS))
_HEADS = {
    **dict.fromkeys(many("register database archive ledger dossier logbook"), "document"),
    **dict.fromkeys(
        many(
            "works house registry bureau department parliament congress senate factory college "
            "school academy research laboratory museum clinic nations union post times tribune "
            "gazette herald journal news press radio television tv wire"
        ),
        "organisation",
    ),
    **dict.fromkeys(
        many("city town village county road river airport harbour wing state states island"),
        "unknown",
    ),
}
"""What a source is by its last noun only: "Meridian Works", but not "a works manager"."""
_BODIES = many("city town country state county nation region district village side")
"""Nouns, not names, of what speaks as one: "the city says"."""
PEOPLE = ROLES | many(
    "woman man girl boy wife husband daughter son sister brother aunt uncle niece nephew partner "
    "friend colleague neighbour neighbor boss doctor nurse teacher officer official judge "
    "prosecutor governor senator chancellor defendant victim witness driver player author aide "
    "spokesman spokeswoman spokesperson deputy engineer scientist officer reader king queen pope"
)
"""Nouns for somebody who may be meant by "he" or "she"."""
_PERSONS = PEOPLE | many(
    "person source insider diplomat analyst expert critic observer resident employee worker member "
    "farmer inspector general ambassador envoy candidate dissenter survivor speaker"
)
_SEVERAL = many("people staff some several many most few both all two three none")
_FIRST_OF_BODIES = many("radio channel bank university hotel national international royal united")
_NO_GIVEN_NAMES = many(
    "north south east west northern southern eastern western central upper lower new old great "
    "greater united san santa saint st los las el fort mount lake port cape royal national "
    "international first second third the a an radio channel bank university hotel"
)
"""Words that no person's name begins with."""
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Rev|Hon|Capt|Cllr|Sir|Dame|Lord|Lady|"
    r"Senator|President|Minister|Chancellor|Professor|Justice|Judge)\b\.?\s+)+"
)
_SHORT_TITLES = "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Rev|Hon|Capt|Cllr"
"""Titles that are no part of a name of two words; "Sir" is."""
_HONORIFICS = re.compile(rf"^(?:(?:{_SHORT_TITLES})\b\.?\s+)+")
_TITLE = re.compile(rf"^(?:{_SHORT_TITLES})\.?$")
_CIVIL = re.compile(r"^(?:Mr|Mrs|Ms|Mx)\.?$")
"""Titles that say nothing of what somebody is."""
_INSIDE = many("of for and & the de la le du di da van von der den bin al")
"""Small words inside names, and between two of them."""
_PLACED = many("of for at in from")
_BEHIND = _PLACED | many("by with close near familiar who whose which to on")
"""Words by which what a noun means is told further."""
_WORKS = many("spokesman spokeswoman spokesperson lawyer analyst economist")
"""What begins a sentence with a capital, and is no part of the name after it."""
_AFTER_NAMES = re.compile(r"(?<=[a-z]) (?P<after>(?:KC|QC|SC|MP|MEP|MSP|MBE|OBE|CBE|PhD|MD))$")
"""Letters behind a name that are no part of it."""
_ROLE = re.compile(
    r"^(?:[A-Z][\w.\-]*\s+){0,3}?(?:President|Minister|Governor|Mayor|Prosecutor|Manager|Speaker|"
    r"Chancellor|Senator|Ambassador|Director|Chairman|Chairwoman|Chair|Secretary|Sheriff|Captain|"
    r"Professor|Commissioner|Councillor|Congressman|Congresswoman|MP|MEP|Leader|Chief|Officer|"
    r"Detective|Sergeant|Inspector|Superintendent|(?:Attorney|Solicitor|Secretary)[ -]General|"
    r"Coach|Striker|Goalkeeper|Referee|Engineer|Judge|Justice|Attorney|Lawyer|Analyst|Economist|Adviser|"
    r"Advisor|Epidemiologist|Scientist|Treasurer|Envoy|Spokesman|Spokeswoman|Spokesperson)\s+"
    r"(?=[A-Z])"
)
"""Capital words before a name that say what somebody is: "Foreign Minister"."""
_HOUSE = re.compile(r"\s(?:of|at|from)\s(?P<house>(?:the\s)?[A-Z].*)$")
_HOUSES = many("university college school institute research laboratory academy museum clinic")
_NO_NAMES = many("league school schools business department ministry office board of for and")
"""Words that no name begins with: what stands before them is no role."""
_ARTICLE = re.compile(r"^(?:an?|the|one|his|her|its|their|our|my)\s+", re.IGNORECASE)
_ACCOUNT = re.compile(r"^@\w+$|\baccount$")


_KEPT = 1_000
"""Names and phrases of which it is kept what they are: an article says the same ones often."""


class Named(NamedTuple):
    """A phrase taken apart.

    Attributes:
        name: The name alone, or the whole phrase where it names nobody.
        role: What stands before or after the name: "the mayor", "energy minister"; or empty.
        kind: ``person``, ``organisation``, ``office``, ``document``, ``account``, ``group``, or
            ``unknown``.
    """

    name: str
    role: str
    kind: str


@lru_cache(_KEPT)
def named(phrase: str, naming: str, beside: str = "") -> Named:
    """Return what a phrase says of its source.

    Args:
        phrase: As it stands in the text.
        naming: ``named``, ``described``, ``anonymous`` or ``pronoun``.
        beside: What stands beside it between commas and says what the source is: "a spokeswoman".
    """
    found = _named(" ".join(phrase.split()), naming)
    role = _ARTICLE.sub("", " ".join(beside.split()))
    return found._replace(role=", ".join(filter(None, (found.role, role)))) if role else found


def without_title(name: str) -> str:
    """Return a name without the titles before it: "Ekberg" of "Mr. Ekberg"."""
    return _TITLES.sub("", name)


def without_role(name: str, *, least: int = 2) -> str:
    """Return a name without the role in capitals before it: "Ines Kok" of "Mayor Ines Kok".

    Args:
        name: The name.
        least: So many words have to be left.
    """
    found = _ROLE.match(name)
    while found is not None:
        rest = name[found.end() :]
        words = rest.split()
        if len(words) < least or words[0].lower() in _NO_NAMES:
            break
        name, found = rest, _ROLE.match(rest)
    return name


@lru_cache(_KEPT)
def is_person(name: str) -> bool:
    """Whether a name looks like a person's: two to four capital words, none of a body's."""
    words = name.lower().split()
    is_body = words[-1] in ORGANISATIONS | _OFFICES or words[-1] in _HEADS
    return _kind_of_name(name) == "person" and not is_body and words[0] not in _NO_GIVEN_NAMES


def _named(phrase: str, naming: str) -> Named:
    if naming != "named":
        return Named(phrase, "", _kind(phrase, naming))
    head, _, after = phrase.partition(",")
    letters = _AFTER_NAMES.search(head)
    if letters:
        head, after = head[: letters.start()], f"{letters['after']}, {after}"
    head, house = _without_house(head)
    role, name = _apart(head)
    after = ", ".join(part for part in (house, after.strip(" ,")) if part)
    role = " ".join(filterfalse(_TITLE.match, role.split())) or _CIVIL.sub("", role)
    return Named(
        name, ", ".join(part for part in (role, after.strip()) if part), _kind(name, naming)
    )


def _without_house(head: str) -> tuple[str, str]:
    """Return a person's name, and behind it the house that he or she is "of" or "at", or nothing.

    A house is what such are called by; of "Bank of England" nothing is taken away.
    """
    found = _HOUSE.search(head)
    if found is None:
        return head, ""
    name = head[: found.start()]
    words = {word.lower() for word in found["house"].split()}
    ours = is_person(_apart(name)[1]) and not words.isdisjoint(ORGANISATIONS | _HOUSES)
    return (name, found["house"].removeprefix("the ")) if ours else (head, "")


def _apart(head: str) -> tuple[str, str]:
    """Return what stands before a name in small letters, and the name: "farmer", "Jo Lind"."""
    words = head.split()
    first = len(words)
    while first and _is_of_name(words, first - 1):
        first -= 1
    if first == len(words) or words[0].lower() == "the":
        return "", head
    core = without_role(" ".join(words[first:]))
    core = _HONORIFICS.sub("", core) if _HONORIFICS.sub("", core).count(" ") else core
    if is_person(core):
        first = len(words) - len(core.split())
    if first and words[first - 1] in _PLACED and len(words) - first > 2:
        first += 1  # "the mayor of Arle Ines Kok": of two capitals at least the name is
    if not first and words[0].lower() in _WORKS and len(words) > 2:
        first = 1
    return " ".join(words[:first]), " ".join(words[first:])


def _is_of_name(words: list[str], at: int) -> bool:
    """Whether a word is of the name that the words after it are of: "of" in "Bank of England"."""
    if _is_capital(words[at]):
        return True
    before = at - 1
    while before >= 0 and words[before] in _INSIDE:
        before -= 1
    return (
        words[at] in _INSIDE
        and at < len(words) - 1
        and before >= 0
        and (words[before][:1].isupper() and not words[before].endswith(("'s", "’s")))
    )


def _kind(name: str, naming: str) -> str:
    """Return what kind of source it is, as far as its words tell."""
    if _ACCOUNT.search(name):
        return "account"
    if naming != "named":
        return _kind_of_phrase(name)
    if stands_for(name):
        return _kind_of_name(name)
    words = re.split(r"[\s-]+", name)
    lows = [word.lower().strip(".,'’") for word in words[:6]]
    titled = len(words) > 1 and all(word[:1].isupper() for word in words)  # "Bill Trask"
    common = {
        low for low, word in zip(lows, words, strict=False)
        if word.islower() or (word is words[0] and not titled)
    }  # fmt: skip
    for kind, nouns in _KINDS:
        if nouns & (common if kind == "document" else set(lows)) and not _TITLES.match(name):
            return kind
    head = _head(lows)
    if head in _HEADS and not _TITLES.match(name):
        return _HEADS[head]
    return _kind_of_name(name)


def _kind_of_phrase(phrase: str) -> str:
    """Return what a phrase describes by its noun: "an official" of "an official for the city"."""
    lows = [word.strip(".,'’") for word in re.split(r"[\s-]+", phrase.lower())]
    noun = _head(lows)
    if noun in _PERSONS or lows[0] in PRONOUNS:
        return "person"
    for kind, nouns in _KINDS:
        if noun in nouns:
            return kind
    if noun in _HEADS and _HEADS[noun] != "unknown":
        return _HEADS[noun]
    if noun in _BODIES:
        return "organisation"
    if noun.endswith("s") or noun in _SEVERAL or lows[0] in _SEVERAL:
        return "group"
    return "person" if lows[0] in ("a", "an", "one") else "unknown"


def _head(lows: list[str]) -> str:
    """Return the last word before "of", "at" and the like, or before what was done "by" somebody.

    A document "by", or people "polled by": what stands before it is meant.
    """
    end = next((n for n, low in enumerate(lows) if n and low in _BEHIND), len(lows))
    if end > 1 and lows[end - 1].endswith("ed") and lows[end - 1] not in ORGANISATIONS:
        end -= 1
    return lows[end - 1]


def _kind_of_name(name: str) -> str:
    if " and " in name:
        return "group"
    plain = _TITLES.sub("", name)
    words = [word for word in plain.split() if word not in _INSIDE - {"of", "the"}]
    if plain == name and len(words) > 1 and words[0].lower() in _NO_GIVEN_NAMES - {"the"}:
        return "organisation" if words[0].lower() in _FIRST_OF_BODIES else "unknown"
    place = stands_for(name)
    if place or name[:4].lower() == "the ":
        return place or "organisation"
    if plain != name or (2 <= len(words) <= 4 and all(map(_is_capital, words))):
        return "organisation" if words and words[-1].isupper() and len(words[-1]) > 2 else "person"
    return "organisation" if name.isupper() else "unknown"


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, also behind an article: "al-Badri"."""
    return word[:1].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())
