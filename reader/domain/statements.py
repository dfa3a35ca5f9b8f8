"""The segmenter: where the statements of a block begin and end.

A sentence may end where terminators stand, then whatever closes with them (quotes, brackets,
footnote marks), then white space, or nothing after the full stops of Chinese, Japanese and Hindi.
What stands on both sides of the place then decides. Each decision looks at a bounded stretch, and
no character is passed twice by the search, so the cost is linear in the length of the block,
whatever is in it.

Sentences inside quotations are statements of their own; a closing quote goes with the sentence
that it closes. Line feeds inside a block are white space like any other.

No regular expression is needed for most texts: importing ``re`` and compiling some would take a
fifth of the time until the first words of an article are on the screen.
"""

from __future__ import annotations

from reader.domain.abbreviations import (
    AFTER_TIME,
    BEFORE_NUMBER,
    CAPITALS_BEFORE_CAPITALS,
    CAPITALS_BEFORE_NUMBER,
    NEVER_LAST,
    ORDINAL_LEADERS,
    ORDINAL_NOUNS,
    PERHAPS_LAST,
    SPEECH,
    STARTERS,
    TIME_OF_DAY,
    is_initials,
)
from reader.domain.late import LatePattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 2
"""Raised whenever the same text would be cut differently."""

_LOOK = 32  # code points looked at on either side of a place
_FREE = "。！？｡।॥።။។"  # terminators that need no white space after them
_GREEK_QUESTION = ";\u037e"
_ASCII_TERMINATORS = ".!?;"
_TERMINATORS = f".!?…‼⁇⁈⁉‽؟۔։{_FREE}{_GREEK_QUESTION}"
_CLOSERS = "\"'”’“‘»«›‹)]}」』】〉》）］｝＂＇⁾¹²³⁰⁴⁵⁶⁷⁸⁹"
_SPACES = " \u00a0\u202f"  # that may stand before a quotation mark that closes
_GOING_ON = ".,;:!?…)]}%"  # no sentence begins with one of them
_BEFORE_WORD = "\"'“”„‚‘’«»‹›([{¿¡「『【〈《（［-–—―•*·▪►>_"
_OPENING = "\"'“”„‚‘’«»‹›([{¿¡<"
_ROMAN = "IVXLCDM"
_DASHES = ("—", "–", "--", "- ", "_ ", "| ")  # between a dateline and what is reported
_DATELINE = 60  # code points of place and area at most
_AGENCY = 42  # the same of an agency in brackets behind them
_IN_NAMES = "_.'’-"  # besides letters and digits
_SPOKEN_BY_CJK = LatePattern(
    r"と|って|という|など|は|が|を|に|の|、|，|[^\s。！？，、：「」『』“”]{1,8}?(?:说|說|道|问|問|表示|称|稱)[。，：]"
)


def segment(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the statements of one block as spans into the text, in order.

    Spans begin and end with a character that is not white space, do not overlap, and leave out
    nothing but white space. A block without a letter or digit has no statements.

    Args:
        text: Canonical text.
        start: First code point of the block.
        end: One past its last code point.
    """
    block = text[start:end]
    begin = len(block) - len(block.lstrip())
    if not any(map(str.isalnum, block)):
        return []
    found: list[tuple[int, int]] = []
    lowercase = block.islower()
    for place in _places(block, _after_terminators(text, start, begin, end)):
        if place.stop == len(block) or block[place.stop] in _GOING_ON:
            continue
        if place.stop == place.end and not _needs_no_space(block, place):
            continue
        if _ends_here(block, place, begin, lowercase):
            found.append((start + begin, start + place.end))
            begin = place.stop
    found.append((start + begin, start + len(block.rstrip())))
    return found


class _Place:
    """Where a sentence may end.

    Attributes:
        first: The first terminator.
        closers: One past the last terminator, where what closes with them begins.
        end: One past what closes.
        stop: One past the white space behind that.
    """

    __slots__ = ("closers", "end", "first", "stop")

    def __init__(self, first: int, closers: int, end: int, stop: int) -> None:
        self.first = first
        self.closers = closers
        self.end = end
        self.stop = stop

    @property
    def is_closed(self) -> bool:
        """Whether something closes with the terminators."""
        return self.end > self.closers


def _places(block: str, start: int) -> Iterator[_Place]:
    """Yield the places where a sentence may end, in order."""
    stop, length = start, len(block)
    for first in _terminators(block):
        if first < stop:
            continue  # of the place before
        closers = first + 1
        while closers < length and block[closers] in _TERMINATORS:
            closers += 1
        near = block[closers : closers + 2].strip()
        end = stop = closers if near.isalpha() else _after_closers(block, closers)  # most are
        while stop < length and block[stop].isspace():
            stop += 1
        yield _Place(first, closers, end, stop)


def _terminators(block: str) -> list[int]:
    """Return where the terminators stand, in order."""
    found, find = [], block.find
    for sign in _ASCII_TERMINATORS if block.isascii() else _TERMINATORS:
        at = find(sign)
        while at >= 0:
            found.append(at)
            at = find(sign, at + 1)
    found.sort()
    return found


def _after_closers(block: str, at: int) -> int:
    """Return where what closes with terminators ends: quotes, brackets, footnote marks."""
    while sign := block[at : at + 1]:
        if sign in _CLOSERS:
            at += 1
        elif sign == "[" and (end := _after_footnote(block, at)):
            at = end
        elif sign in _SPACES and _closes_apart(block, at):
            at += 2
        else:
            break
    return at


def _after_footnote(block: str, at: int) -> int:
    """Return where the mark of a footnote ends, up to three digits in brackets; 0 if it is none."""
    end = block.find("]", at, at + 5)
    return end + 1 if block[at + 1 : max(end, 0)].isdecimal() else 0


def _closes_apart(block: str, at: int) -> bool:
    """Whether a space stands between terminators and a quotation mark that closes."""
    behind = block[at + 2 : at + 3]
    return block[at + 1 : at + 2] in ("»", "›") and (
        not behind or behind in ".,;:" or behind.isspace()
    )


def _after_terminators(text: str, start: int, begin: int, end: int) -> int:
    """Return where to look from: a run of terminators that began before is no end of a sentence.

    Args:
        text: The whole text.
        start: Where the block starts in it.
        begin: Where the block's first sentence begins in the block, as the result.
        end: Where the block ends in the text.
    """
    at = start + begin
    if at and text[at - 1] in _TERMINATORS:
        while at < end and text[at] in _TERMINATORS:
            at += 1
    return at - start


def _needs_no_space(block: str, place: _Place) -> bool:
    """Whether a place is one though no white space follows: after a full stop of Chinese, say."""
    closers = block[place.closers : place.end]
    return block[place.closers - 1] in _FREE and (
        not closers or (len(closers) < 3 and not closers[0].isspace())
    )


def _ends_here(block: str, place: _Place, begin: int, lowercase: bool) -> bool:
    """Whether a sentence that began at ``begin`` ends at a place."""
    last = block[place.closers - 1]
    if last in _FREE:
        return _ends_free(block, place)
    before = block[place.first - 1] if place.first > begin else ""
    if last in _GREEK_QUESTION and not "\u0370" <= before <= "\u1fff":
        return False
    word, after = _word_from(block, place.stop)
    if not _may_start(word, lowercase):
        return False
    if before in ("(", "[", "{") and place.is_closed:
        return False
    if last == "." and place.closers == place.first + 1:
        initial = len(word) == 1 and after == "."
        return _ends_at_stop(block, place, begin, word + "." if initial else word)
    if last in "….":
        return word not in ("I", "I'm")
    return not (place.is_closed and _is_told(block, place.stop))


def _word_from(block: str, at: int) -> tuple[str, str]:
    """Return the word that follows what may stand before one, and the character behind it."""
    if not block[at].isalnum():  # most are
        at = _after_openers(block, at)
    near = block[at : at + 25]
    word = near[:24].partition(" ")[0]
    if not word.isalnum():
        word = word[: _letters(word, "_")]
    return word, near[len(word) : len(word) + 1]


def _after_openers(block: str, at: int) -> int:
    """Return where what may stand before a word ends."""
    most = at + 16
    while at < most and (sign := block[at : at + 1]) and (sign in _BEFORE_WORD or sign.isspace()):
        at += 1
    return at


def _letters(text: str, others: str) -> int:
    """Return how many letters, digits, or others of some characters a text begins with."""
    for number, sign in enumerate(text):
        if not sign.isalnum() and sign not in others:
            return number
    return len(text)


def _is_told(block: str, at: int) -> bool:
    """Whether one to four names follow, and then that they said it: the sentence goes on."""
    for _ in range(4):
        length = _letters(block[at : at + 20], _IN_NAMES)
        at += length + 1
        if not length or block[at - 1 : at] != " ":
            return False
        end = at + _letters(block[at : at + 20], "_")
        if block[at:end] in SPEECH and (end == len(block) or block[end] in ".,;:"):
            return True
    return False


def _ends_free(block: str, place: _Place) -> bool:
    """Decide after a terminator that needs no white space: a quotation may go on ("…。」と")."""
    if not place.is_closed or place.stop > place.end:
        return True
    return not _SPOKEN_BY_CJK.match(block, place.stop)


def _may_start(word: str, lowercase: bool) -> bool:
    """Whether what follows looks like the beginning of a sentence."""
    if not word:
        return True
    if not word[0].islower():
        return True
    return lowercase or any(letter.isupper() for letter in word[1:3])  # iPhone, eBay


def _ends_at_stop(block: str, place: _Place, begin: int, word: str) -> bool:
    """Decide at a single full stop, from the token before it and the word after it."""
    stop = place.first
    if block[place.stop] in "—–-_|(" and _ends_dateline(block, place, begin):
        return False
    tokens = block[max(begin, stop - _LOOK) : stop].rsplit(None, 2)
    if not tokens or block[stop - 1].isspace():
        return True
    raw = tokens[-1]
    token = raw.lstrip(_OPENING)
    if token.isdigit() or _enumerates(token):
        if stop - len(token) <= begin or (len(tokens) > 1 and tokens[-2].endswith((":", ";"))):
            return False
        if token.isdigit():
            return _ends_at_number(token, tokens, word)
    if len(token) == 1 and len(tokens) > 1 and len(tokens[-2]) < 4 and tokens[-2][-1] == ".":
        token = tokens[-2].lstrip(_OPENING) + token  # "z. B.", "J. K."
    return _ends_at_token(token, word, place.is_closed)


def _enumerates(token: str) -> bool:
    """Whether a token may number what follows: a short number, a letter, a Roman number."""
    if token.isdecimal():
        return len(token) <= 3
    if len(token) == 1:
        return token.isascii() and token.isalpha()
    return 1 < len(token) <= 5 and not token.strip("ivxIVX")


def _ends_at_number(token: str, tokens: list[str], word: str) -> bool:
    """Decide after a number: German ordinals ("am 3. Mai") go on."""
    if len(token) > 3:
        return True
    if word in ORDINAL_NOUNS:
        return False
    leader = tokens[-2] if len(tokens) > 1 else ""
    return leader not in ORDINAL_LEADERS or word in STARTERS


def _ends_dateline(block: str, place: _Place, begin: int) -> bool:
    """Whether place and area of a dateline end here: capitals, a comma, one to three words.

    A dash follows, with an agency before it or without one: "TAMPA, Fla. (AP) — The council …".
    """
    name, _, area = block[begin : min(place.first, begin + _DATELINE)].partition(",")
    at = place.stop
    if block[at] == "(":
        at = block.find(")", at, at + _AGENCY) + 1
        at += block[at : at + 1] == " "
    return (
        at > 0
        and block.startswith(_DASHES, at)
        and place.first - begin <= _DATELINE
        and len(name) > 2  # "I, too. — …"
        and name.isupper()
        and 0 < len(words := area.split()) <= 3
        and not words[0].islower()
    )


def _goes_on_in_capitals(token: str, word: str) -> bool:
    """Whether a short form in capitals goes on: "ST. LOUIS", "MR. JONES", "DEC. 3"."""
    if token in CAPITALS_BEFORE_NUMBER:
        return word[:1].isdigit()
    if token not in CAPITALS_BEFORE_CAPITALS:
        return False
    return word.isupper() and word.capitalize() not in STARTERS  # "ON MAIN ST. THE HOUSE"


def _ends_at_token(token: str, word: str, closed: bool) -> bool:
    """Decide after a word: abbreviations and initials go on unless a starter follows."""
    if token in NEVER_LAST or _goes_on_in_capitals(token, word):
        return False
    numbered = token in BEFORE_NUMBER or token.endswith("str")
    if numbered and word and (word[0].isdigit() or not word.strip(_ROMAN)):
        return False
    if token in TIME_OF_DAY:
        return word not in AFTER_TIME
    if token in PERHAPS_LAST or is_initials(token):
        return closed or word in STARTERS or not word
    return True
