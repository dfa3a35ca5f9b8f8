"""Finds a highlight again in another version of its text, or says that it cannot be found.

First the versions are aligned word by word: what stands where it stood is where it was. What was
changed, or is not there, is looked for in the whole text by pairs of its words, and judged by its
own words and by what stands around it. A quotation that is not found well enough is an orphan: it
is better not to place it than to place it wrongly.

How alike two strings are is said by a function that is given in (0 to 1, the share of characters
that need not be changed): the best ones are not in the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.domain.comparing.alignment import Alignment, Words, matches
from reader.domain.comparing.stretches import Locating, Similarity, runs_to_places
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.domain.text import Span

CERTAIN = 0.86
"""From here on the words are so much alike that nobody has to say whether it is the statement."""
FLOOR = 0.60
"""Below this, words and surroundings together, it is not the statement."""
QUOTE_FLOOR = 0.50
"""Below this the words alone are so different that no surroundings help."""
WORD_FLOOR = 0.50
"""Below this share of words in common, letters that happen to be the same do not count."""

_OWN, _AROUND = 0.8, 0.2
"""What words and surroundings weigh."""
_NEAR = 8
"""Words on each side that are the surroundings."""
_LONG = 4_000
"""Code points beyond which whole words are compared instead of letters."""
_LONGEST = 2_000
"""Words beyond which what is found in its place is not looked for elsewhere as well."""
_COMMON = 200
"""Places at which a pair of words stands at most, to say anything."""
_CANDIDATES = 4
"""Places that are looked at closely for one highlight."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a stretch of the old version is in the new one.

    Attributes:
        fate: How it was found; :attr:`Fate.ORPHANED` if it was not.
        span: Where it is; of an orphan the stretch in the old version, unmoved.
        score: How much alike it is with its surroundings, 0 to 1.
        reworded: Whether its words are others now.
    """

    fate: Fate
    span: Span
    score: float = 1.0
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words of the new version that may be those of a highlight."""

    first: int
    end: int
    quote: float
    context: float
    in_place: bool

    @property
    def score(self) -> float:
        return _OWN * self.quote + _AROUND * self.context


class Anchoring:
    """Finds stretches of one version in another.

    Args:
        old: The old text.
        new: The new text.
        similarity: How alike two strings are, 0 to 1.
    """

    def __init__(self, old: str, new: str, similarity: Similarity) -> None:
        self.alignment = Alignment(old, new)
        self._old = self.alignment.old
        self._new = self.alignment.new
        self._similarity = similarity
        self._pairs: dict[tuple[str, str], list[int]] = {}
        self._locating = Locating(
            self._old.words, self._new.words, self.alignment.there, similarity
        )

    def find(self, spans: Sequence[tuple[int, int]]) -> list[Found]:
        """Return where some stretches of the old version are, in the order in which they came."""
        placed = [self._in_place(Span(*span)) for span in spans]
        pairs = list(zip(spans, placed, strict=True))
        self._index([span for span, item in pairs if not isinstance(item, Found)])
        return [
            item if isinstance(item, Found) else self._best(Span(*span), item)
            for span, item in pairs
        ]

    # ------------------------------------------------------------------ where it stood

    def _in_place(self, span: Span) -> Found | _Candidate | None:
        """Return where a stretch is if nothing in it was changed, else what came of it there."""
        first, end = self._old.within(span)
        if first == end:
            return self._without_words(span)
        there = self.alignment.there
        whole = there[end - 1] - there[first] == end - 1 - first and min(there[first:end]) >= 0
        if whole:
            return Found(Fate.KEPT, self._exact(span, first, end, there[first]))
        located = self._locating.find(first, end)
        if located is None:
            return None
        candidate = self._candidate(first, end, *located, in_place=True)
        if self._same(first, end, candidate):
            return Found(Fate.KEPT, self._exact(span, first, end, candidate.first))
        return candidate

    def _same(self, first: int, end: int, candidate: _Candidate) -> bool:
        """Whether the words are the same."""
        own = self._old.words[first:end]
        return self._new.words[candidate.first : candidate.end] == own

    def _without_words(self, span: Span) -> Found:
        """Return where a stretch without any word is: between the same words as before."""
        text = self._old.text[slice(*span)]
        before, after = self._old.within(span)[0] - 1, self._old.within(span)[0]
        starts = [span.start] if before < 0 else []
        if before >= 0 and self.alignment.there[before] >= 0:
            starts.append(
                self._new.ends[self.alignment.there[before]] + span.start - self._old.ends[before]
            )
        if after < len(self._old) and self.alignment.there[after] >= 0:
            starts.append(
                self._new.starts[self.alignment.there[after]]
                - (self._old.starts[after] - span.start)
            )
        for start in starts:
            if start >= 0 and text and self._new.text.startswith(text, start):
                return Found(Fate.KEPT, Span(start, start + len(text)))
        return Found(Fate.ORPHANED, span, 0.0)

    def _exact(self, span: Span, first: int, end: int, new: int) -> Span:
        """Return the stretch for words that are the same, to the character where that is so."""
        old_start, old_end = self._old.span(first, end)
        start, stop = self._new.span(new, new + end - first)
        before, after = old_start - span.start, span.end - old_end
        wanted = Span(max(0, start - before), min(len(self._new.text), stop + after))
        if self._new.text[slice(*wanted)] == self._old.text[slice(*span)]:
            return wanted
        if before < 0 and self._length(self._old, first) == self._length(self._new, new):
            start -= before
        last = new + end - first - 1
        if after < 0 and self._length(self._old, end - 1) == self._length(self._new, last):
            stop += after
        return Span(start, max(stop, start + 1))

    @staticmethod
    def _length(words: Words, number: int) -> int:
        return words.ends[number] - words.starts[number]

    # ------------------------------------------------------------------ elsewhere

    def _index(self, spans: Sequence[tuple[int, int]]) -> None:
        """Note where in the new version the pairs of words of some stretches stand."""
        wanted: dict[tuple[str, str], list[int]] = {}
        for span in spans:
            wanted.update((pair, []) for pair in self._pairs_of(span))
        if wanted:
            for place, pair in enumerate(pairwise(self._new.words)):
                if pair in wanted:
                    wanted[pair].append(place)
        self._pairs = wanted

    def _pairs_of(self, span: tuple[int, int]) -> list[tuple[str, str]]:
        first, end = self._old.within(span)
        if end - first == 1:  # with the next word, and the one before
            first, end = max(0, first - 1), min(len(self._old), end + 1)
        return list(pairwise(self._old.words[first:end]))

    def _best(self, span: Span, in_place: _Candidate | None) -> Found:
        """Return the best of what may be a stretch of which something was changed or moved."""
        first, end = self._old.within(span)
        candidates = [in_place] if in_place else []
        if not candidates or end - first <= _LONGEST:
            candidates += self._elsewhere(span, first, end)
        candidates.sort(key=lambda item: (item.score, item.in_place), reverse=True)
        good = [item for item in candidates if self._is_good(item, first, end)]
        if not good:
            score = candidates[0].score if candidates else 0.0
            return Found(Fate.ORPHANED, span, score)
        best = good[0]
        if self._same(first, end, best):
            place = self._exact(span, first, end, best.first)
            twice = any(self._same(first, end, item) for item in good[1:])
            sure = best.context >= 0.5 or (end - first >= _CANDIDATES and not twice)
            return Found(Fate.MOVED if sure else Fate.CHECK, place, best.score)
        fate = Fate.REWORDED if best.in_place else Fate.MOVED
        sure = best.quote >= CERTAIN and (best.in_place or best.context >= 0.5)
        place = self._new.span(best.first, best.end)
        return Found(fate if sure else Fate.CHECK, place, best.score, reworded=True)

    def _is_good(self, item: _Candidate, first: int, end: int) -> bool:
        """Whether a candidate may be it at all."""
        if item.quote < QUOTE_FLOOR or item.score < FLOOR:
            return False
        if end - first < _CANDIDATES and not item.in_place and item.context < 0.5:
            return False  # a word or two stand in many places
        if item.quote >= CERTAIN:
            return True
        own, there = self._old.words[first:end], self._new.words[item.first : item.end]
        return _share(own, there) >= WORD_FLOOR

    def _elsewhere(self, span: Span, first: int, end: int) -> Iterator[_Candidate]:
        """Yield the places where most pairs of the words of a stretch stand together."""
        count = end - first
        votes: Counter[int] = Counter()
        width = max(4, count // 4)
        begin = max(0, first - 1) if count == 1 else first
        for number, pair in enumerate(self._pairs_of(span)):
            places = self._pairs.get(pair, ())
            if len(places) <= _COMMON:
                for place in places:
                    votes[(place - number - (first - begin)) // width] += 1
        slack = width + count // 3 + 4
        for bucket, _ in votes.most_common(_CANDIDATES):
            window = (max(0, bucket * width - slack), (bucket + 1) * width + count + slack)
            candidate = self._in_window(first, end, window)
            if candidate and not self._is_another(candidate, first, end):
                yield candidate

    def _in_window(self, first: int, end: int, window: tuple[int, int]) -> _Candidate | None:
        """Return what of a stretch is among some words of the new version, or None."""
        begin = max(0, first - _NEAR)
        old = self._old.words[begin : end + _NEAR]
        new = self._new.words[slice(*window)]
        there = runs_to_places(matches(old, new), len(old))
        located = Locating(old, new, there, self._similarity).find(first - begin, end - begin)
        if located is None:
            return None
        a, b = located
        return self._candidate(first, end, window[0] + a, window[0] + b, in_place=False)

    def _is_another(self, item: _Candidate, first: int, end: int) -> bool:
        """Whether words of the new version are those of something else in the old one."""
        back = self.alignment.back[item.first : item.end]
        others = sum(1 for old in back if old >= 0 and not first <= old < end)
        return 2 * others > item.end - item.first

    # ------------------------------------------------------------------ how much alike

    def _candidate(
        self, first: int, end: int, new: int, new_end: int, *, in_place: bool
    ) -> _Candidate:
        quote = _alike(self._old.words[first:end], self._new.words[new:new_end], self._similarity)
        context = self._context(first, end, new, new_end)
        return _Candidate(new, new_end, quote, context, in_place)

    def _context(self, first: int, end: int, new: int, new_end: int) -> float:
        """Return how much alike the surroundings are; those at an end of the text are one."""
        before = _around(
            self._old.words[max(0, first - _NEAR) : first],
            self._new.words[max(0, new - _NEAR) : new],
        )
        after = _around(
            self._old.words[end : end + _NEAR][::-1],
            self._new.words[new_end : new_end + _NEAR][::-1],
        )
        return (before + after) / 2


def _share(old: Sequence[str], new: Sequence[str]) -> float:
    """Return the share of words in common, without punctuation."""
    one, other = (Counter(filter(str.isalnum, words)) for words in (old, new))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _around(old: Sequence[str], new: Sequence[str]) -> float:
    """Return the share of words that are the same, those next to the highlight counting most."""
    if not old and not new:
        return 1.0
    if not old or not new:
        return 0.0
    total = same = 0.0
    for distance, (one, other) in enumerate(zip(reversed(old), reversed(new), strict=False)):
        weight = 1 / (1 + distance / 2)
        total += weight
        same += weight * (one == other)
    common = sum((Counter(old) & Counter(new)).values())
    return max(same / total, 2 * common / (len(old) + len(new)))


def _alike(old: Sequence[str], new: Sequence[str], similarity: Similarity) -> float:
    """Return how much alike two stretches of words are."""
    one, other = " ".join(old), " ".join(new)
    if len(one) <= _LONG and len(other) <= _LONG:
        return similarity(one, other)
    common = sum((Counter(old) & Counter(new)).values())
    return 2 * common / (len(old) + len(new))
