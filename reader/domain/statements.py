"""The segmenter: where the statements of a block begin and end.

One regular expression finds every place where a sentence may end: terminators, then whatever
closes with them (quotes, brackets, footnote marks), then white space, or nothing after the full
stops of Chinese, Japanese and Hindi. What stands on both sides of the place then decides. Each
decision looks at a bounded stretch, and no character is passed twice by the search, so the cost
is linear in the length of the block, whatever is in it.

Sentences inside quotations are statements of their own; a closing quote goes with the sentence
that it closes. Line feeds inside a block are white space like any other.
"""

from __future__ import annotations

import re

from reader.domain.abbreviations import (
    AFTER_TIME,
    BEFORE_NUMBER,
    NEVER_LAST,
    ORDINAL_LEADERS,
    ORDINAL_NOUNS,
    PERHAPS_LAST,
    STARTERS,
    TIME_OF_DAY,
    is_initials,
)
from reader.domain.late import LatePattern

VERSION = 1
"""Raised whenever the same text would be cut differently."""

_LOOK = 32  # code points looked at on either side of a place
_FREE = "。！？｡।॥።။។"  # terminators that need no white space after them
_GREEK_QUESTION = ";\u037e"
_TERMINATORS = rf".!?…‼⁇⁈⁉‽؟۔։{_FREE}{_GREEK_QUESTION}"
_CLOSERS = r"\"'”’“‘»«›‹)\]}」』】〉》）］｝＂＇⁾¹²³⁰⁴-⁹"

# The possessive quantifiers keep what was passed from being tried again. Whatever else a place must
# be like is asked in Python: each set of characters in an expression costs a start of the
# program 0.2 ms.
_CANDIDATE = re.compile(
    rf"""
    (
      [{_TERMINATORS}] [{_TERMINATORS}]*+
      (?P<closers>
        (?: [{_CLOSERS}]
          | \[\d{{1,3}}\]
          | [\ \u00a0\u202f][»›] (?=[\s.,;:]|\Z)
        )*+
      )
    )
    \s*+
    """,
    re.VERBOSE,
)
_GOING_ON = ".,;:!?…)]}%"  # no sentence begins with one of them
_NEXT = re.compile(
    r"[\"'“”„‚‘’«»‹›(\[{¿¡「『【〈《（［\-–—―•*·▪►>\s_]{0,16}+(\w{0,24}+)(.?)", re.DOTALL
)
_WORD = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s*+")
_ENUMERATOR = LatePattern(r"\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}")
_ROMAN = LatePattern(r"[IVXLCDM]+")
_OPENING = "\"'“”„‚‘’«»‹›([{¿¡<"
_SPEECH = (
    r"said|says|asked|asks|added|adds|replied|told|wrote|writes|tweeted|shouted|cried|answered|"
    r"wondered|continued|explained|insisted|warned|fragte|sagte|rief|demande|dit|preguntó|dijo"
)
_SPOKEN_BY = LatePattern(rf"(?:[\w.'’-]{{1,20}}+\ ){{1,4}}?(?:{_SPEECH})(?=[.,;:]|\Z)")
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
    begin = _SPACE.match(text, start, end).end()  # type: ignore[union-attr]  # always matches
    if not _WORD.search(text, begin, end):
        return []
    found: list[tuple[int, int]] = []
    lowercase = text[begin:end].islower()
    for place in _CANDIDATE.finditer(text, _after_terminators(text, begin, end), end):
        stop = place.end()
        if stop == end or text[stop] in _GOING_ON:
            continue
        if stop == place.end(1) and not _needs_no_space(text, place):
            continue
        if _ends_here(text, place, begin, end, lowercase):
            found.append((begin, place.end(1)))
            begin = stop
    found.append((begin, begin + len(text[begin:end].rstrip())))
    return found


def _after_terminators(text: str, start: int, end: int) -> int:
    """Return where to look from: a run of terminators that began before is no end of a sentence."""
    if start and text[start - 1] in _TERMINATORS:
        while start < end and text[start] in _TERMINATORS:
            start += 1
    return start


def _needs_no_space(text: str, place: re.Match[str]) -> bool:
    """Whether a place is one though no white space follows: after a full stop of Chinese, say."""
    closers = place.group("closers")
    return text[place.start("closers") - 1] in _FREE and (
        not closers or (len(closers) < 3 and not closers[0].isspace())
    )


def _ends_here(text: str, place: re.Match[str], begin: int, end: int, lowercase: bool) -> bool:
    """Whether a sentence that began at ``begin`` ends at a candidate."""
    run = text[place.start() : place.start("closers")]
    last = run[-1]
    if last in _FREE:
        return _ends_free(text, place, end)
    before = text[place.start() - 1] if place.start() > begin else ""
    if last in _GREEK_QUESTION and not "\u0370" <= before <= "\u1fff":
        return False
    following = _NEXT.match(text, place.end(), end)
    word, after = following.groups() if following else ("", "")
    if not _may_start(word, lowercase):
        return False
    if before in ("(", "[", "{") and place.end("closers") > place.start("closers"):
        return False
    if last == "." and len(run) == 1:
        initial = len(word) == 1 and after == "."
        return _ends_at_stop(text, place, begin, word + "." if initial else word)
    if last in "….":
        return word not in ("I", "I'm")
    return not (place.group("closers") and _SPOKEN_BY.match(text, place.end(), end))


def _ends_free(text: str, place: re.Match[str], end: int) -> bool:
    """Decide after a terminator that needs no white space: a quotation may go on ("…。」と")."""
    if not place.group("closers") or place.end() > place.end(1):
        return True
    return not _SPOKEN_BY_CJK.match(text, place.end(), end)


def _may_start(word: str, lowercase: bool) -> bool:
    """Whether what follows looks like the beginning of a sentence."""
    if not word:
        return True
    if not word[0].islower():
        return True
    return lowercase or any(letter.isupper() for letter in word[1:3])  # iPhone, eBay


def _ends_at_stop(text: str, place: re.Match[str], begin: int, word: str) -> bool:
    """Decide at a single full stop, from the token before it and the word after it."""
    stop = place.start()
    tokens = text[max(begin, stop - _LOOK) : stop].rsplit(None, 2)
    if not tokens or text[stop - 1].isspace():
        return True
    raw = tokens[-1]
    token = raw.lstrip(_OPENING)
    if token.isdigit() or _ENUMERATOR.fullmatch(token):
        if stop - len(token) <= begin or (len(tokens) > 1 and tokens[-2].endswith((":", ";"))):
            return False
        if token.isdigit():
            return _ends_at_number(token, tokens, word)
    if len(token) == 1 and len(tokens) > 1 and len(tokens[-2]) < 4 and tokens[-2][-1] == ".":
        token = tokens[-2].lstrip(_OPENING) + token  # "z. B.", "J. K."
    return _ends_at_token(token, word, bool(place.group("closers")))


def _ends_at_number(token: str, tokens: list[str], word: str) -> bool:
    """Decide after a number: German ordinals ("am 3. Mai") go on."""
    if len(token) > 3:
        return True
    if word in ORDINAL_NOUNS:
        return False
    leader = tokens[-2] if len(tokens) > 1 else ""
    return leader not in ORDINAL_LEADERS or word in STARTERS


def _ends_at_token(token: str, word: str, closed: bool) -> bool:
    """Decide after a word: abbreviations and initials go on unless a starter follows."""
    if token in NEVER_LAST:
        return False
    numbered = token in BEFORE_NUMBER or token.endswith("str")
    if numbered and (word[:1].isdigit() or _ROMAN.fullmatch(word)):
        return False
    if token in TIME_OF_DAY:
        return word not in AFTER_TIME
    if token in PERHAPS_LAST or is_initials(token):
        return closed or word in STARTERS or not word
    return True
