"""What a reader takes for one word: a number, a date, a time, an amount, an address.

Versions are aligned by smaller parts, which is right for where a highlight begins and ends. What is
shown of a change, and counted, are whole words: ``1.9`` that became ``2.1`` was not changed on both
sides of a point that stayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.domain.comparing.alignment import SINGLE, Alignment, Run, Words

_LETTER = rf"[^\W{SINGLE}]"
_MONEY = "$¢£¤¥฿\u20a0-\u20cf"
_SIGN = r"[-+±\u2212]"
_IN_MARKS = '"“”„«»‘’<>'
_SENTENCE = ".,;:!?…'"

_WHOLE = re.compile(
    rf"(?:https?://|www\.)[^\s{_IN_MARKS}{SINGLE}]*[^\s{_IN_MARKS}{SINGLE}{_SENTENCE}()\[\]]"
    rf"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[@#]{_LETTER}+"
    r"|\b(?:[A-Za-z]\.){2,}"
    # an amount may begin with a sign, a currency, or the point of its decimals
    rf"|(?:(?<![\w.,:)\]]){_SIGN}?[{_MONEY}]?{_SIGN}?\.?(?=\d))?"
    rf"{_LETTER}+"
    # letters go on after an apostrophe or hyphen, digits also after what stands within numbers
    rf"(?:(?:['’&‐‑-]|(?<=\d)[.,:/](?=\d)|(?<=[a-z0-9])\.(?=[a-z])|[{_MONEY}](?=\d)){_LETTER}+)*"
    rf"(?:(?<=\d)(?:[%‰]|°{_LETTER}?|[{_MONEY}]))?"
)
_COUNTED = re.compile(rf"{_WHOLE.pattern}|[{SINGLE}]")
_JOINTS = "\u00a0\u2007\u2009\u202f"
"""Spaces that stand between the thousands of a number: ``1 200 000``."""
_JOINT = re.compile(rf"(?<=\d)[{_JOINTS}](?=\d{{3}}(?!\d))")
_FAR = 400
"""Code points around a place in which the word is looked for that it may be in."""


def whole_word_at(text: str, place: int) -> tuple[int, int] | None:
    """Return where the word begins and ends in the midst of which a place is, or None."""
    first = max(0, place - _FAR)
    around = _joined(text[first : place + _FAR])
    before, after = around[: place - first], around[place - first :]
    if not (before and after) or before[-1].isspace() or after[0].isspace():
        return None
    head, tail = before.split()[-1], after.split(None, 1)[0]
    start = place - len(head)
    for found in _WHOLE.finditer(head + tail):
        if found.start() < len(head) < found.end():
            return start + found.start(), start + found.end()
    return None


def counted(text: str) -> int:
    """Return how many words a text has, without punctuation."""
    words = _COUNTED.finditer(_joined(text))
    return sum(1 for found in words if any(map(str.isalnum, found[0])))


def _joined(text: str) -> str:
    """Return a text of the same length in which commas stand between thousands."""
    return _JOINT.sub(",", text)


def by_whole_words(alignment: Alignment) -> Alignment:
    """Return an alignment in which no word is partly the same: it is, or it is not."""
    old, new = alignment.old, alignment.new
    runs = [run for run in (_trimmed(run, old, new) for run in alignment.runs) if run[2] > 0]
    return alignment if runs == alignment.runs else Alignment(old, new, runs)


def _trimmed(run: Run, old: Words, new: Words) -> Run:
    """Return a run without the parts of words at its ends."""
    i, j, count = run
    while count > 0 and (skip := max(_into(old, i), _into(new, j))):
        i, j, count = i + skip, j + skip, count - skip
    while count > 0 and (skip := max(_short_of(old, i + count), _short_of(new, j + count))):
        count -= skip
    return i, j, count


def _into(words: Words, number: int) -> int:
    """Return how many parts of a whole word begin at a part that is not its first."""
    found = _torn(words, number)
    return words.within(found)[1] - number if found else 0


def _short_of(words: Words, number: int) -> int:
    """Return how many parts of a whole word end before a part that is not its first."""
    found = _torn(words, number)
    return number - words.within(found)[0] if found else 0


def _torn(words: Words, number: int) -> tuple[int, int] | None:
    """Return the whole word to which a part and the one before it belong, or None."""
    if not 0 < number < len(words):
        return None
    between = words.text[words.ends[number - 1] : words.starts[number]]
    if between and between not in _JOINTS:
        return None
    return whole_word_at(words.text, words.starts[number])


def unmatched(words: Words, other: Sequence[int]) -> int:
    """Return how many words, without punctuation, are not in the other version.

    Args:
        words: The words of one version.
        other: For each the word of the other version that it is, or -1.
    """
    return sum(
        counted(words.text[words.starts[first] : words.ends[end - 1]])
        for first, end in _gaps(other)
    )


def _gaps(other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that have none in the other version."""
    first: int | None = None
    for number, place in enumerate(other):
        if place < 0 and first is None:
            first = number
        elif place >= 0 and first is not None:
            yield first, number
            first = None
    if first is not None:
        yield first, len(other)
