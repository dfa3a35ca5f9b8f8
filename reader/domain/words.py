"""Words for selecting by word, and the trimming of a selection.

A word is a run of letters, digits and the marks that combine with them. An apostrophe, a hyphen
or a middle dot belongs to the word when it has a letter or digit on both sides, as does a full
stop ("example.com", "U.S"), and a comma between digits ("1,000"). Each Chinese ideograph and each
hiragana is a word of its own; a run of katakana is one. Emoji are words, other punctuation is not.

Everything looks at a bounded stretch around its offset. A word longer than :data:`LONGEST_WORD` is
cut at the offsets that are multiples of it.
"""

from __future__ import annotations

import re
import unicodedata

from reader.domain.abbreviations import is_abbreviation
from reader.domain.text import Span

LONGEST_WORD = 512
"""Code points."""
LONGEST_GAP = 65_536
"""Code points without a word after which moving by word finds nothing."""
LONGEST_TRIM = 64
"""Code points of punctuation that are taken off either end at most."""

_JOINERS = "'’\u2019-\u2010\u2011·."
_SINGLE = r"\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_EMOJI = r"\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_CORE = re.compile(rf"[^\W_]|[{_EMOJI}]")
_SINGLE_CHARACTER = re.compile(rf"[{_SINGLE}]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।۔][\"'”’“»«›‹)\]}」』】]{0,4}\Z")
_LEADING = ",;:.!?…、，；：。！？-–—)]}”»›」』】）_*"
_CLOSING_QUOTE = re.compile(r"['’](?!\w)")
_OPENING_QUOTE = re.compile(r"(?<!\w)['‘]")
_TRAILING = ",;:.!?…、，；：。！？-–—([{“„«‹「『【（_*"
_PAIRS = {
    ")": "(", "]": "[", "}": "{", "”": "“„", "»": "«", "›": "‹", "」": "「", "』": "『", "】": "【",
    "）": "（", "“": "„", "«": "»", "‹": "›",
}  # fmt: skip
_OPENERS = "([{“„«‹「『【（»›"
_NEAR = 8


def word_at(text: str, offset: int) -> Span:
    """Return the word that holds the offset, else the next one, else the one before.

    Without any word nearby the span is empty, at the offset (clamped to the text).
    """
    offset = min(max(offset, 0), len(text))
    if offset < len(text) and _in_word(text, offset):
        return _word_around(text, offset)
    found = next_word(text, offset) or previous_word(text, offset)
    return found or Span(offset, offset)


def next_word(text: str, offset: int) -> Span | None:
    """Return the first word that begins after the offset, or None."""
    at = max(offset, 0)
    if offset >= 0 and at < len(text) and _in_word(text, at):
        here = _word_around(text, at)
        at = here.end if here.start <= offset else here.start
    match = _CORE.search(text, at, min(len(text), at + LONGEST_GAP))
    return _word_around(text, match.start()) if match else None


def previous_word(text: str, offset: int) -> Span | None:
    """Return the last word that begins before the offset, or None."""
    at = min(offset, len(text)) - 1
    stop = max(0, at - LONGEST_GAP)
    while at >= stop:
        if _in_word(text, at):
            return _word_around(text, at)
        at -= 1
    return None


def word_end(text: str, offset: int) -> int | None:
    """Return the first end of a word that lies after the offset, or None."""
    here = word_at(text, offset)
    if here.end > offset and here.end > here.start:
        return here.end
    following = next_word(text, offset)
    return following.end if following else None


def clings(text: str, offset: int) -> bool:
    """Whether the character at an offset is drawn together with the one before it.

    Marks, variation selectors, skin tones, and both neighbours of a zero width joiner.

    Args:
        text: Canonical text.
        offset: From 1 to the last code point.
    """
    here, before = text[offset], text[offset - 1]
    joined = "\u200d" in (here, before) or "\U0001f3fb" <= here <= "\U0001f3ff"
    return joined or unicodedata.category(here)[0] == "M"


def _is_core(text: str, index: int) -> bool:
    """Whether a character makes a word by itself."""
    return bool(_CORE.match(text, index))


def _in_word(text: str, index: int) -> bool:
    """Whether a character belongs to a word: by itself, as a mark, or as a joiner."""
    if _is_core(text, index):
        return True
    letter = text[index]
    if letter in "\u200c\u200d" or unicodedata.category(letter)[0] == "M":
        return True
    if not 0 < index < len(text) - 1:
        return False
    before, after = text[index - 1], text[index + 1]
    if letter == ",":
        return before.isdigit() and after.isdigit()
    joins = letter in _JOINERS and _is_letter(before) and after.isalnum()
    return joins and not _is_single(before) and not _is_single(after)


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"


def _is_single(letter: str) -> bool:
    return bool(_SINGLE_CHARACTER.match(letter))


def _breaks(text: str, index: int) -> bool:
    """Whether a word ends between two characters that both belong to words."""
    if unicodedata.category(text[index])[0] == "M":
        return False
    return _is_single(text[index]) or _is_single(text[index - 1])


def _word_around(text: str, offset: int) -> Span:
    """Return the word that a character of it lies in; cut to a grid if it is too long."""
    low, high = max(0, offset - LONGEST_WORD - 1), min(len(text), offset + LONGEST_WORD + 1)
    start, end = offset, offset + 1
    while start > low and _in_word(text, start - 1) and not _breaks(text, start):
        start -= 1
    while end < high and _in_word(text, end) and not _breaks(text, end):
        end += 1
    if end - start <= LONGEST_WORD:
        return Span(start, end)
    cell = offset // LONGEST_WORD * LONGEST_WORD
    return Span(max(start, cell), min(end, cell + LONGEST_WORD))


# ---------------------------------------------------------------------- trimming


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a selection without what a hand takes along by accident.

    White space goes at both ends, always. A selection that begins where a sentence begins and ends
    where one ends keeps everything else. From any other selection the outer punctuation goes:
    commas, colons, dashes, terminators, and quotes and brackets whose partner is not inside. The
    full stop of an abbreviation stays. A selection without any word keeps what is not white space;
    one of white space alone becomes empty, at its start.

    Args:
        text: Canonical text.
        start: First code point of the selection.
        end: One past its last code point.
    """
    start, end = _without_space(text, max(start, 0), min(end, len(text)))
    if start >= end or _is_sentence(text, start, end) or not _CORE.search(text, start, end):
        return Span(start, max(start, end))
    for _ in range(LONGEST_TRIM):
        low, high = _one_less(text, start, end)
        if (low, high) == (start, end):
            break
        start, end = _without_space(text, low, high)
    return Span(start, end)


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    low = start
    while low < end and text[low].isspace():
        low += 1
    return (low, end) if low < end else (start, start)


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a selection begins where a sentence begins and ends where one ends."""
    if not _SENTENCE_END.search(text, max(start, end - _NEAR), end):
        return False
    if end < len(text) and not text[end].isspace() and text[end - 1] not in "。！？」』”।":
        return False
    at = start
    while at > max(0, start - _NEAR) and text[at - 1].isspace():
        at -= 1
    gap = text[at:start]
    if at == 0 or gap.count("\n") > 1:
        return True
    return bool(_SENTENCE_END.search(text, max(0, at - _NEAR), at)) and (
        bool(gap) or text[at - 1] in "。！？」』”।"
    )


def _one_less(text: str, start: int, end: int) -> tuple[int, int]:
    """Take one character off at either end if it has to go."""
    if _goes_at_end(text, start, end):
        end -= 1
    if start < end and _goes_at_start(text, start, end):
        start += 1
    return start, end


def _goes_at_start(text: str, start: int, end: int) -> bool:
    letter = text[start]
    if letter == '"':
        return text.count('"', start, end) % 2 == 1
    if letter in "'‘’":
        return not _CLOSING_QUOTE.search(text, start + 1, end)
    partners = [close for close, opening in _PAIRS.items() if letter in opening]
    if letter in _OPENERS:
        return not any(text.find(close, start + 1, end) >= 0 for close in partners)
    return letter in _LEADING


def _goes_at_end(text: str, start: int, end: int) -> bool:
    letter = text[end - 1]
    if letter == ".":
        token = text[max(start, end - 33) : end - 1].split()[-1:]
        return not (token and is_abbreviation(token[0].lstrip("\"'“‘([")))
    if letter == '"':
        return text.count('"', start, end) % 2 == 1
    if letter in "'’":
        return not _OPENING_QUOTE.search(text, start, end - 1)
    if letter in _PAIRS:
        return not any(text.find(opening, start, end - 1) >= 0 for opening in _PAIRS[letter])
    return letter in _TRAILING
