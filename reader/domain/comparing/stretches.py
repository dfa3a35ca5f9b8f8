"""Finds the ends of a stretch of words, some of which were changed, in a new version.

Nothing here looks further than the stretch and its neighbours: where it is roughly is known from
an alignment. Ends that were changed themselves are the hard part: ``The ministry said`` may be
``A new sentence. The office said``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Similarity = Callable[[str, str], float]

_EDGE = 60
"""Words that are tried as the changed beginning or end of a stretch."""
_REACH = 256
"""Words outside a stretch among which the next unchanged one is looked for."""
_LIKE = 0.5
"""From here on, changed words at an end are those of before."""
_ENDS = frozenset(".!?…。！？:;")
"""What ends a sentence, or a part of one."""
_TRIED = 3
"""Runs of unchanged words from which the ends are tried."""


class Locating:
    """Finds stretches of words of one version in another.

    Args:
        old: Words of the old version.
        new: Words of the new version.
        there: For each old word the new one that it is, or -1; rising.
        similarity: How alike two strings are, 0 to 1.
    """

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        there: Sequence[int],
        similarity: Similarity,
    ) -> None:
        self._old = old
        self._new = new
        self._there = there
        self._similarity = similarity

    def find(self, first: int, end: int) -> tuple[int, int] | None:
        """Return the first word of a stretch in the new version and the one behind, or None."""
        runs = self._runs(first, end)
        if not runs:
            return self._replaced(first, end)
        longest = sorted(runs, key=lambda run: -run[2])[:_TRIED]
        starts = [self._walked(i, j, first - i) for i, j, _ in longest]
        stops = [self._walked(i + n - 1, j + n - 1, end - i - n) for i, j, n in longest]
        for start, stop in zip(starts, stops, strict=True):
            if start is not None and stop is not None:
                return start, stop + 1
        head = starts[0] if starts[0] is not None else self._head(first, runs[0])
        tail = stops[0] if stops[0] is not None else self._tail(end - 1, runs[-1])
        return (head, tail + 1) if head <= tail else None

    def _head(self, first: int, run: tuple[int, int, int]) -> int:
        """Return the new word for the first one, from the first run of unchanged words."""
        walked = self._walked(run[0], run[1], first - run[0])
        return self._edge(first, run[0], run[1], -1) if walked is None else walked

    def _tail(self, last: int, run: tuple[int, int, int]) -> int:
        """Return the new word for the last one, from the last run of unchanged words."""
        i, j = run[0] + run[2] - 1, run[1] + run[2] - 1
        walked = self._walked(i, j, last - i)
        return self._edge(last, i, j, 1) if walked is None else walked

    def _runs(self, first: int, end: int) -> list[tuple[int, int, int]]:
        """Return the runs of unchanged words in a stretch, without those far from the longest."""
        runs: list[tuple[int, int, int]] = []
        for i in range(first, end):
            j = self._there[i]
            if j < 0:
                continue
            if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            else:
                runs.append((i, j, 1))
        if not runs:
            return []
        i, j, _ = max(runs, key=lambda run: run[2])
        return [run for run in runs if abs((run[1] - run[0]) - (j - i)) <= end - first + 4]

    def _walked(self, i: int, j: int, steps: int) -> int | None:
        """Return where one arrives walking over equal words, or None if others come between."""
        step = 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            i, j = i + step, j + step
            if not 0 <= j < len(self._new) or self._old[i] != self._new[j]:
                return None
        return j

    def _outside(self, i: int, step: int) -> tuple[int, int] | None:
        """Return the next unchanged word on that side, in both versions, or the end of both."""
        for k in range(i, i + step * _REACH, step):
            if k < 0:
                return -1, -1
            if k >= len(self._old):
                return len(self._old), len(self._new)
            if self._there[k] >= 0:
                return k, self._there[k]
        return None

    def _edge(self, edge: int, i: int, j: int, step: int) -> int:
        """Return the new word for the word at an end of a stretch, which was changed.

        Args:
            edge: That word.
            i: The unchanged word of the stretch that is next to it.
            j: The same in the new version.
            step: -1 for the beginning, 1 for the end.
        """
        count = abs(i - edge)
        outside = self._outside(edge + step, step) if count else None
        if not count or outside is None:
            return j
        gap_old, gap_new = abs(outside[0] - i) - 1, abs(outside[1] - j) - 1
        if gap_old == gap_new:
            return j + step * count
        return j + step * self._taken(edge, i, j, step, gap_old, max(0, gap_new))

    def _taken(self, edge: int, i: int, j: int, step: int, gap_old: int, gap_new: int) -> int:
        """Return how many of the words in a gap of the new version belong to the stretch."""
        count = abs(i - edge)
        most = min(gap_new, _EDGE)
        own = self._words(self._old, i, step, count)
        rated = [
            (self._similarity(own, self._words(self._new, j, step, taken)), -abs(taken - count))
            for taken in range(1, most + 1)
        ]
        best = max(rated, default=(0.0, 0))
        if best[0] >= _LIKE:
            return rated.index(best) + 1
        if count == gap_old and gap_new <= 2 * count + 2:
            return most  # nothing outside the stretch was changed here
        ended = self._to_sentence(j, step, most)
        return ended if ended is not None else min(count, most)

    @staticmethod
    def _words(words: Sequence[str], at: int, step: int, count: int) -> str:
        stretch = words[at + 1 : at + 1 + count] if step > 0 else words[max(0, at - count) : at]
        return " ".join(stretch)

    def _to_sentence(self, j: int, step: int, most: int) -> int | None:
        """Return how many words there are to the nearest end of a sentence in a gap, or None."""
        for taken in range(most):
            word = self._new[j + step * (taken + 1)]
            if word in _ENDS:
                return taken + (step > 0)
        return None

    def _replaced(self, first: int, end: int) -> tuple[int, int] | None:
        """Return what came in the place of a stretch of which no word is left, or None."""
        before, after = self._outside(first - 1, -1), self._outside(end, 1)
        if before is None or after is None:
            return None
        (i, j), (i_end, j_end) = before, after
        if j_end - j < 2:
            return None
        if i_end - i == j_end - j:
            return j + first - i, j + end - i
        if (i, i_end) == (first - 1, end):
            return j + 1, j_end
        count = end - first
        own = " ".join(self._old[first:end])
        starts = range(j + 1, min(j_end - count, j + _EDGE) + 1)
        rated = [(self._similarity(own, " ".join(self._new[at : at + count])), at) for at in starts]
        _, at = max(rated, default=(0.0, j + 1))
        return at, min(at + count, j_end)


def runs_to_places(runs: Sequence[tuple[int, int, int]], count: int) -> list[int]:
    """Return for each old word the new one that it is, or -1, from the runs of an alignment."""
    there = [-1] * count
    for i, j, length in runs:
        there[i : i + length] = range(j, j + length)
    return there
