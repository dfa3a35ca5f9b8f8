"""Aligns two versions of a text word by word, in a time that hardly more than grows with them.

Words are compared as a reader would: straight and curled quotation marks, kinds of dashes and of
white space are the same. The words that stand only once in both versions give the frame (as in a
patience diff, after Bram Cohen); between them it is tried again, and what is then left is small
enough for :mod:`difflib`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from reader.domain.text import Span

SINGLE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Letters of scripts that put no space between words: each is a word of its own here."""

_WORD = re.compile(rf"[{SINGLE}]|[^\W{SINGLE}]+|\.\.\.|[^\w\s]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\u2060": None,
    }
)
_GRAMS = (4, 2, 1)
"""How many words in a row must stand only once in both versions; the first that finds any wins."""
_SMALL = 10_000
"""Pairs of words up to which difflib looks at once."""
_LARGEST = 250_000
"""Pairs of words up to which it looks if there is no frame at all."""
_SLIDE = 32
"""Words by which what was taken out is moved at most, to be a sentence."""
_ENDS = frozenset(".!?…。！？")
"""What ends a sentence."""
_LOOKS = 60
"""How often a word is looked at for a frame, on average at most."""

Run = tuple[int, int, int]
"""Words that are the same: first one in the old version, in the new one, and how many."""


class Words:
    """The words of a text, with punctuation, and where they stand.

    Attributes:
        text: The text.
        words: What is compared.
        starts: First code point of each.
        ends: One past the last code point of each.

    Args:
        text: Canonical text.
        places: Starts and ends, where they were found before.
    """

    def __init__(self, text: str, places: tuple[array[int], array[int]] | None = None) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts = array("l")
        self.ends = array("l")
        if places is not None:
            self.starts, self.ends = places
            pairs = zip(*places, strict=True)
            self.words = [_as_compared(text[start:end]) for start, end in pairs]
            return
        for found in _WORD.finditer(text):
            word = _as_compared(found[0])
            if word:
                self.words.append(word)
                self.starts.append(found.start())
                self.ends.append(found.end())

    def __len__(self) -> int:
        return len(self.words)

    def within(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return the first word that a stretch touches, and the one behind its last."""
        first = bisect_right(self.ends, span[0])
        return first, max(first, bisect_left(self.starts, span[1]))

    def span(self, first: int, end: int) -> Span:
        """Return the stretch of some words."""
        return Span(self.starts[first], self.ends[end - 1])


def _as_compared(word: str) -> str:
    if word.isascii():
        return "…" if word == "..." else "'" if word == "`" else word
    return word.translate(_SAME)


def as_compared(text: str) -> str:
    """Return a text as its words are compared, one space between them: equal means same words."""
    return " ".join(filter(None, map(_as_compared, _WORD.findall(text))))


# ---------------------------------------------------------------------- the diff


def matches(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs of words that two versions have in common, in order, as long as they go."""
    return _Matching(old, new).runs()


_Part = tuple[int, int, int, int, int]
"""Stretches of both versions that are still to be compared, and which of :data:`_GRAMS` is next."""


class _Matching:
    """One comparison, which looks at each word a limited number of times, whatever the texts."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old = old
        self._new = new
        self._found: list[Run] = []
        self._budget = _LOOKS * (len(old) + len(new))

    def runs(self) -> list[Run]:
        """Return what is the same."""
        todo = [(0, len(self._old), 0, len(self._new), 0)]
        while todo:
            a, a_end, b, b_end, level = todo.pop()
            a, b = self._take_head(a, b, min(a_end - a, b_end - b))
            a_end, b_end = self._take_tail(a_end, b_end, min(a_end - a, b_end - b))
            if a < a_end and b < b_end:
                todo += self._further((a, a_end, b, b_end, level))
        runs = list(_joined(sorted(self._found)))
        for number in range(len(runs) - 1):
            runs[number : number + 2] = _slid(runs[number], runs[number + 1], self._old, self._new)
        return runs

    def _take_head(self, a: int, b: int, most: int) -> tuple[int, int]:
        count = 0
        while count < most and self._old[a + count] == self._new[b + count]:
            count += 1
        self._found += [(a, b, count)] * (count > 0)
        return a + count, b + count

    def _take_tail(self, a: int, b: int, most: int) -> tuple[int, int]:
        count = 0
        while count < most and self._old[a - count - 1] == self._new[b - count - 1]:
            count += 1
        self._found += [(a - count, b - count, count)] * (count > 0)
        return a - count, b - count

    def _further(self, part: _Part) -> Iterator[_Part]:
        """Take what is found in a part, and yield the parts between that."""
        a, a_end, b, b_end, level = part
        pairs = (a_end - a) * (b_end - b)
        for number in range(level, len(_GRAMS) if pairs > _SMALL else 0):
            self._budget -= a_end - a + b_end - b
            frame = _frame(self._old, self._new, part, _GRAMS[number]) if self._budget > 0 else []
            if frame:
                self._found += frame
                ends = [(a, b, 0), *frame, (a_end, b_end, 0)]
                for (i, j, count), (after_i, after_j, _) in pairwise(ends):
                    yield i + count, after_i, j + count, after_j, number
                return
        if pairs <= _LARGEST:
            slow = pairs <= _SMALL
            parts = (self._old[a:a_end], self._new[b:b_end])
            blocks = SequenceMatcher(None, *parts, autojunk=not slow).get_matching_blocks()
            self._found += [(a + i, b + j, count) for i, j, count in blocks if count]


def _frame(old: Sequence[str], new: Sequence[str], part: _Part, length: int) -> list[Run]:
    """Return the runs around words that stand only once in both parts, in order in both."""
    a, a_end, b, b_end, _ = part
    there = _only_once(new, b, b_end, length)
    once = _only_once(old, a, a_end, length)
    places = [(i, there[gram]) for gram, i in once.items() if gram in there]
    return list(_joined([(i, j, length) for i, j in _rising(places)]))


def _only_once(words: Sequence[str], first: int, end: int, length: int) -> dict[object, int]:
    """Return the places of so many words in a row that stand only once in a part."""
    grams: Iterator[object] = zip(*(words[first + n : end] for n in range(length)), strict=False)
    found: dict[object, int] = {}
    for place, gram in enumerate(grams, first):
        found[gram] = -1 if gram in found else place
    return {gram: place for gram, place in found.items() if place >= 0}


def _rising(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of some pairs, ordered by the first, that rises in the second."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(places):
        length = bisect_left(tails, j)
        before.append(at[length - 1] if length else -1)
        if length == len(tails):
            tails.append(j)
            at.append(number)
        else:
            tails[length], at[length] = j, number
    found = []
    number = at[-1] if at else -1
    while number >= 0:
        found.append(places[number])
        number = before[number]
    return found[::-1]


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs in order, those that overlap or touch on one diagonal as one; none crosses."""
    last: Run | None = None
    for i, j, count in runs:
        if last is None:
            last = (i, j, count)
            continue
        i_end, j_end = last[0] + last[2], last[1] + last[2]
        if i - last[0] == j - last[1] and i <= i_end:
            last = (last[0], last[1], max(last[2], i + count - last[0]))
        elif i >= i_end and j >= j_end:
            yield last
            last = (i, j, count)
    if last is not None:
        yield last


def _slid(one: Run, two: Run, old: Sequence[str], new: Sequence[str]) -> tuple[Run, Run]:
    """Return two runs with what was taken out or put in between them moved to whole sentences.

    ``safe [. They left] .`` and ``safe . [They left .]`` say the same, but the second is what was
    done.
    """
    (i, j, count), (i_two, j_two, count_two) = one, two
    if j + count == j_two:
        words, first, end = old, i + count, i_two
    elif i + count == i_two:
        words, first, end = new, j + count, j_two
    else:
        return one, two
    for step in (0, *range(1, min(count_two, _SLIDE)), *range(-1, -min(count, _SLIDE), -1)):
        begin = min(0, step)
        moved = words[first + begin : first + max(0, step)]
        if moved != words[end + begin : end + max(0, step)]:
            continue
        if words[end + step - 1] in _ENDS:
            return (i, j, count + step), (i_two + step, j_two + step, count_two - step)
    return one, two


class Alignment:
    """Two versions of a text, and which words of them are the same.

    Attributes:
        old: The words of the old version.
        new: The words of the new version.
        runs: The runs that both have in common, in order.
        there: For each old word the new one that it is, or -1.
        back: For each new word the old one that it is, or -1.

    Args:
        old: The old text, or its words.
        new: The new text, or its words.
        runs: What both have in common, where it was found before.
    """

    def __init__(
        self, old: str | Words, new: str | Words, runs: Sequence[Run] | None = None
    ) -> None:
        self.old = Words(old) if isinstance(old, str) else old
        self.new = Words(new) if isinstance(new, str) else new
        self.runs = matches(self.old.words, self.new.words) if runs is None else list(runs)
        self.there = array("l", [-1]) * len(self.old)
        self.back = array("l", [-1]) * len(self.new)
        for i, j, count in self.runs:
            self.there[i : i + count] = array("l", range(j, j + count))
            self.back[j : j + count] = array("l", range(i, i + count))

    def offset(self, old: int) -> int:
        """Return where in the new text what stands at an offset of the old text stands, or would.

        That is for places of the eye, such as where one left off: nothing is looked for elsewhere.
        """
        i = bisect_right(self.old.ends, old)
        run = bisect_right(self.runs, (i, len(self.new), 0)) - 1
        if run >= 0 and i < self.runs[run][0] + self.runs[run][2]:
            j = self.there[i]
            within = max(0, old - self.old.starts[i])
            return min(self.new.starts[j] + within, self.new.ends[j] - 1)
        after = self.runs[run + 1][1] if run + 1 < len(self.runs) else len(self.new)
        before = self.runs[run][1] + self.runs[run][2] if run >= 0 else 0
        j = min(before, after)
        return self.new.starts[j] if j < len(self.new) else len(self.new.text)
