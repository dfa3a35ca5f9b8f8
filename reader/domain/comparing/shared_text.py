"""The passages that two texts share word for word, or nearly, with every shared word's place.

The words of one text are looked up by runs of four; what goes on alike is a run; runs that follow
one another closely in both texts are a passage, and the few words between them are compared one by
one. The work is linear in both texts.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from reader.domain.comparing.shingles import SEED, SHINGLE, SURE, Words
from reader.domain.records import dataclass
from reader.domain.text import Span

GAP = 12
"""Words at most, in either text, between two runs of a passage."""

LEAST = 12
"""Shared words from which on a passage is told, if it is not one whole sentence."""

MANY = 20
"""Shared words that are told however they are interrupted; with fewer, some must stand in a row:
two phrases of every day may follow one another in two texts by chance."""

_IN_A_ROW = 10
_DENSE = 0.5
"""Share of a passage's words that must be the same."""
_WHOLE = 0.8
"""Share of a sentence's words from which on it counts as standing in the other text."""
_QUOTED = 0.8
"""Share of the shared words from which on a passage is a quotation that both texts have."""
_PLACES = 8
"""Places of a run of four words that are tried; what stands in more is a phrase of every day."""
_BACK = 400
"""Code points at most by which a passage is shown from the beginning of its sentence on."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’“»«)\]]{0,3}\s")
_QUOTATION = re.compile(
    '“[^”\n]{1,5000}(?:”|$)|"[^"\n]{1,5000}(?:"|$)|„[^“”\n]{1,5000}(?:[“”]|$)'
    "|«[^»\n]{1,5000}(?:»|$)|「[^」\n]{1,5000}(?:」|$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in two texts, word for word or nearly; in both texts whole sentences.

    Attributes:
        here: Where it stands in the one text.
        there: Where it stands in the other.
        shared_here: The words of it that are in the other, neighbours joined.
        shared_there: The same words there.
        words: How many words are shared.
        is_quotation: Whether these stand in quotation marks, in both texts: both quote somebody.
    """

    here: Span
    there: Span
    shared_here: tuple[Span, ...]
    shared_there: tuple[Span, ...]
    words: int
    is_quotation: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts have in common.

    Attributes:
        passages: The passages, in the order of the first text.
        words_here: Words of the first text that are shared.
        words_there: Words of the other one that are shared.
        quoted: Words of the first text that are shared and stand in quotation marks in both.
    """

    passages: tuple[Passage, ...] = ()
    words_here: int = 0
    words_there: int = 0
    quoted: int = 0


class SharedText:
    """One text, with which others are compared.

    Args:
        text: The text.
        where: Its paragraphs that count, in order.
    """

    def __init__(self, text: str, where: Sequence[Span]) -> None:
        self.text = text
        self.words = Words(text, where)
        self.where = where
        self._edges = array("I", [span.end for span in where])
        self._quoted = _in_quotation_marks(text, self.words)
        self._places: dict[int, list[int] | int] = {}

    def _index(self) -> dict[int, list[int] | int]:
        """Return the place of each run of four words, or its places; made when first wanted."""
        if not self._places:
            for place, four in enumerate(self.words.fours):
                known = self._places.setdefault(four, place)
                if isinstance(known, list):
                    if len(known) < _PLACES:
                        known.append(place)
                elif known != place:
                    self._places[four] = [known, place]
        return self._places

    def with_other(self, other: SharedText) -> Shared:
        """Return what this text and another one have in common."""
        marked_here, marked_there = bytearray(len(self.words)), bytearray(len(other.words))
        quoted = bytearray(len(self.words))
        passages: list[Passage] = []
        for pairs in self._alike(other):
            for i, j, length in pairs:
                marked_here[i : i + length] = marked_there[j : j + length] = b"\x01" * length
                both = (self._quoted[i + n] & other._quoted[j + n] for n in range(length))
                quoted[i : i + length] = bytes(both)
            passages += self._passages(pairs, other)
        passages.sort(key=lambda passage: (passage.here, passage.there))
        return Shared(tuple(passages), sum(marked_here), sum(marked_there), sum(quoted))

    # ------------------------------------------------------------------ runs of the same words

    def _alike(self, other: SharedText) -> Iterator[list[_Run]]:
        """Yield what is alike in both texts and no mere phrase: runs in order, in both texts."""
        turned = len(other.words) < len(self.words)  # the shorter one is looked up, not the longer
        one, two = (other, self) if turned else (self, other)
        for chain in _chains(one._runs(two)):
            pairs = _filled(chain, one.words.hashes, two.words.hashes)
            if one._tells(pairs, chain) or two._tells(_turned(pairs), chain):
                yield _turned(pairs) if turned else pairs

    def _runs(self, other: SharedText) -> Iterator[_Run]:
        """Yield the runs of words that both texts have, in the order of the other."""
        index, ours, theirs = self._index(), self.words.hashes, other.words.hashes
        at = 0
        fours = other.words.fours
        while at < len(fours):
            places = index.get(fours[at])
            if places is None:
                at += 1
                continue
            some = places if isinstance(places, list) else [places]
            length, place = max((_length(ours, i, theirs, at), -i) for i in some)
            if length >= SEED:
                yield -place, at, length
            at += max(1, length - SEED + 1)

    def _tells(self, pairs: Sequence[_Run], chain: Sequence[_Run]) -> bool:
        """Whether a chain of runs is more than a phrase that everybody uses."""
        shared = sum(length for _, _, length in pairs)
        (i, j, _), (i_last, j_last, length) = pairs[0], pairs[-1]
        longest = max(i_last + length - i, j_last + length - j)
        run = max(run[2] for run in chain)
        if shared < _DENSE * longest or run < SHINGLE:
            return False
        if shared >= MANY or (shared >= LEAST and run >= _IN_A_ROW):
            return True
        return shared >= SURE and shared >= _WHOLE * self._words_in(self._sentence(pairs))

    def _words_in(self, span: Span) -> int:
        return bisect_left(self.words.starts, span.end) - bisect_left(self.words.starts, span.start)

    def _sentence(self, pairs: Sequence[_Run]) -> Span:
        """Return where a piece stands, from the beginning of a sentence to the end of one."""
        (first, _, _), (last, _, length) = pairs[0], pairs[-1]
        return self._whole(self.words.span(first, last + length))

    def _whole(self, span: Span) -> Span:
        """Return a stretch made longer to the ends of its sentences, within its paragraphs."""
        first, last = self._paragraph(span.start), self._paragraph(span.end - 1)
        at, most = max(first.start, span.start - _BACK), min(last.end, span.end + _BACK)
        before = [found.end() for found in _SENTENCE_END.finditer(self.text, at, span.start)]
        after = _SENTENCE_END.search(self.text, span.end, most)
        start = before[-1] if before else (at if at == first.start else span.start)
        end = after.end() - 1 if after else (most if most == last.end else span.end)
        while start < span.start and self.text[start].isspace():
            start += 1
        return Span(start, end)

    def _paragraph(self, offset: int) -> Span:
        return self.where[bisect_right(self._edges, offset)]

    # ------------------------------------------------------------------ passages

    def _passages(self, pairs: Sequence[_Run], other: SharedText) -> Iterator[Passage]:
        """Yield a chain in pieces: each is within one paragraph of this text."""
        for piece in self._by_paragraph(pairs):
            shared = sum(length for _, _, length in piece)
            if shared < SEED:
                continue
            quoted = sum(
                self._quoted[i + n] & other._quoted[j + n]
                for i, j, length in piece
                for n in range(length)
            )
            yield Passage(
                self._sentence(piece),
                other._sentence(_turned(piece)),
                tuple(self.words.span(i, i + length) for i, _, length in piece),
                tuple(other.words.span(j, j + length) for _, j, length in piece),
                shared,
                quoted >= _QUOTED * shared,
            )

    def _by_paragraph(self, pairs: Sequence[_Run]) -> Iterator[list[_Run]]:
        piece: list[_Run] = []
        for i, j, length in pairs:
            while length:
                cut = self._paragraph_end(i) - i
                if piece and self._paragraph_end(piece[-1][0]) != i + cut:
                    yield piece
                    piece = []
                taken = min(cut, length)
                piece.append((i, j, taken))
                i, j, length = i + taken, j + taken, length - taken
        if piece:
            yield piece

    def _paragraph_end(self, word: int) -> int:
        """Return the first word after the paragraph that a word is in."""
        return bisect_left(self.words.starts, self._paragraph(self.words.starts[word]).end)


_Run = tuple[int, int, int]
"""First word in this text, first word in the other, how many."""


def _turned(runs: Iterable[_Run]) -> list[_Run]:
    """Return runs as the other text sees them."""
    return [(j, i, length) for i, j, length in runs]


def _length(ours: Sequence[int], i: int, theirs: Sequence[int], j: int) -> int:
    """Return how many words are the same from two places on."""
    length, most = 0, min(len(ours) - i, len(theirs) - j)
    while length < most and ours[i + length] == theirs[j + length]:
        length += 1
    return length


def _chains(runs: Iterable[_Run]) -> list[list[_Run]]:
    """Return the runs that follow one another closely in both texts, together."""
    done: list[list[_Run]] = []
    going: list[list[_Run]] = []
    for run in runs:
        going = [chain for chain in going if run[1] - _end(chain)[1] <= GAP]
        for chain in reversed(going):
            i, j = _end(chain)
            if 0 <= run[0] - i <= GAP and run[1] >= j:
                chain.append(run)
                break
            over = max(i - run[0], j - run[1])  # both begin with the same words
            if 0 < over < run[2] and run[0] + over - i <= GAP and run[0] > chain[-1][0]:
                chain.append((run[0] + over, run[1] + over, run[2] - over))
                break
        else:
            chain = [run]
            going.append(chain)
            done.append(chain)
    return done


def _end(chain: Sequence[_Run]) -> tuple[int, int]:
    i, j, length = chain[-1]
    return i + length, j + length


def _filled(chain: Sequence[_Run], ours: Sequence[int], theirs: Sequence[int]) -> list[_Run]:
    """Return a chain with the single words that are the same between its runs."""
    pairs = [chain[0]]
    for run in chain[1:]:
        i, j = _end(pairs)
        if run[0] > i and run[1] > j:
            between = SequenceMatcher(None, ours[i : run[0]], theirs[j : run[1]], autojunk=False)
            pairs += [(i + a, j + b, size) for a, b, size in between.get_matching_blocks() if size]
        if _end(pairs) == run[:2]:
            pairs[-1] = (*pairs[-1][:2], pairs[-1][2] + run[2])
        else:
            pairs.append(run)
    return pairs


def _in_quotation_marks(text: str, words: Words) -> bytearray:
    """Return one byte a word: 1 if it stands in quotation marks."""
    quoted = bytearray(len(words))
    for found in _QUOTATION.finditer(text):
        first = bisect_left(words.starts, found.start())
        end = bisect_left(words.starts, found.end())
        quoted[first:end] = b"\x01" * (end - first)
    return quoted
