"""Compares a short quotation with a longer one in the same article: is it what was said?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from reader.domain.records import dataclass
from reader.domain.speech.quotations import Quotation
from reader.domain.text import Span

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_LEAST, _MOST = 3, 40
"""Words that a short quotation has."""
_TIMES = 1.5
"""How many times as many words the longer one has at least."""
_SHARED = 0.6
"""Share of the short one's words that must stand in the longer one, in order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A short quotation that is not, word for word, in the longer one that it seems to be from.

    Attributes:
        short: The short quotation without its marks.
        long: The words in the longer one that answer it.
        left_out: Words of the longer one that the short one has not, in between.
        put_in: Words of the short one that the longer one has not there.
    """

    short: Span
    long: Span
    left_out: tuple[str, ...]
    put_in: tuple[str, ...]


def differences(text: str, quoted: Sequence[Quotation]) -> list[Difference]:
    """Return the short quotations that differ from a longer one, in order.

    Args:
        text: The article.
        quoted: Its quotations.
    """
    read = [_words(text, item) for item in quoted]
    index = _index(read)
    found: list[Difference] = []
    for number, short in enumerate(read):
        if _LEAST <= len(short) <= _MOST:
            best = _best(short, number, read, index)
            if best is not None:
                found.append(best)
    return found


_Words = list[tuple[str, Span]]


def _words(text: str, item: Quotation) -> _Words:
    return [
        (place.group().lower().replace("’", "'"), Span(*place.span()))
        for part in item.inner
        for place in _WORD.finditer(text, *part)
    ]


def _index(read: Sequence[_Words]) -> dict[tuple[str, str], set[int]]:
    """Return, by pairs of words, in which quotations each stands."""
    index: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, words in enumerate(read):
        for (one, _), (two, _) in pairwise(words):
            index[one, two].add(number)
    return index


def _best(
    short: _Words, number: int, read: Sequence[_Words], index: dict[tuple[str, str], set[int]]
) -> Difference | None:
    """Return how a quotation differs from the longer one that it is nearest to, or None."""
    votes: dict[int, int] = defaultdict(int)
    for (one, _), (two, _) in pairwise(short):
        for other in index[one, two]:
            votes[other] += 1
    longer = [n for n in votes if n != number and len(read[n]) >= _TIMES * len(short)]
    if not longer:
        return None
    return _compared(short, read[max(longer, key=lambda n: votes[n])])


def _compared(short: _Words, long: _Words) -> Difference | None:
    ours, theirs = [word for word, _ in short], [word for word, _ in long]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    blocks = _dense([item for item in matcher.get_matching_blocks() if item.size], len(ours))
    shared = sum(item.size for item in blocks)
    if shared < _SHARED * len(ours) or (shared == len(ours) and len(blocks) == 1):
        return None
    first, last = blocks[0], blocks[-1]
    begin = max(0, first.b - first.a)
    end = min(len(long), last.b + last.size + len(ours) - last.a - last.size)
    kept = {item.b + n for item in blocks for n in range(item.size)}
    used = {item.a + n for item in blocks for n in range(item.size)}
    left_out = tuple(theirs[at] for at in range(begin, end) if at not in kept)
    put_in = tuple(word for at, word in enumerate(ours) if at not in used)
    return Difference(
        Span(short[0][1].start, short[-1][1].end),
        Span(long[begin][1].start, long[end - 1][1].end),
        left_out,
        put_in,
    )


def _dense(blocks: list, size: int) -> list:  # type: ignore[type-arg]
    """Return the blocks that stand near the largest: stray common words elsewhere do not count."""
    if not blocks:
        return blocks
    anchor = max(blocks, key=lambda item: item.size)
    return [item for item in blocks if abs((item.b - anchor.b) - (item.a - anchor.a)) <= size]
