"""How well highlights are found again in an edited text, and how long it takes."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from reader.domain.comparing.anchoring import Anchoring
from reader.domain.highlight import Fate
from tests.benchmarks.edited import Edited, all_edited
from tests.benchmarks.figures import Figure, per_tenfold
from tests.benchmarks.texts import prose


def similarity(one: str, other: str) -> float:
    """How alike two strings are, as the program says it."""
    return fuzz.ratio(one, other) / 100


@dataclass(slots=True)
class Count:
    """What became of stretches that are still there, and of those that are gone."""

    there: int = 0
    exact: int = 0
    wrong: int = 0
    orphaned: int = 0
    gone: int = 0
    false: int = 0

    def add(self, item: Edited) -> None:
        """Find the stretches of an edited text, and count."""
        found = Anchoring(item.old, item.new, similarity).find(item.stretches)
        for place, truth in zip(found, item.truth, strict=True):
            orphaned = place.fate is Fate.ORPHANED
            if truth is None:
                self.gone += 1
                self.false += not orphaned
                continue
            self.there += 1
            self.orphaned += orphaned
            self.exact += not orphaned and place.span == truth
            self.wrong += not orphaned and not place.span.overlaps(truth)

    def plus(self, other: Count) -> None:
        """Add another count to this one."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def counted(seeds: Sequence[int], most: int | None = None) -> dict[str, Count]:
    """Count for every kind of edit, and for all together under an empty name."""
    counts: dict[str, Count] = {"": Count()}
    for kind, items in all_edited(seeds, most).items():
        counts[kind] = Count()
        for item in items:
            counts[kind].add(item)
        counts[""].plus(counts[kind])
    return counts


SEEDS = 12
"""Times that each text gets each edit."""


def measure(made: Any, rounds: int, folder: Path) -> Iterator[Figure]:
    """Yield the figures of all edits together, of each, and how the cost grows with the text."""
    del made, rounds, folder
    for kind, count in counted(range(SEEDS)).items():
        name = kind or "all edits"
        target: dict[str, Any] = {"target": 98, "at_least": True} if not kind else {}
        note = f"of {count.there:,} highlights; {count.orphaned} orphaned"
        exact = 100 * count.exact / count.there
        yield Figure("anchoring", f"exact: {name}", exact, "%", note=note, **target)
        if not kind:
            wrong = 100 * count.wrong / count.there
            yield Figure("anchoring", "in a wrong place", wrong, "%", target=0.2)
            false = 100 * count.false / count.gone
            note = f"of {count.gone:,} quotations that are gone, two thirds of them replaced"
            yield Figure("anchoring", "false anchors", false, "%", target=3, note=note)
    yield from _growth()


def _growth() -> Iterator[Figure]:
    """Yield the CPU time for 2,000 highlights on texts of which 3 % was changed."""
    small, large = (_spent(size) for size in (100_000, 1_000_000))
    yield Figure("anchoring", "2,000 highlights, 100 kB", small, "CPU ms")
    yield Figure(
        "anchoring", "2,000 highlights, 1 MB", large, "CPU ms", per_tenfold(large, small, 10),
        "100 kB, per tenfold text", 12,
    )  # fmt: skip


def _spent(size: int) -> float:
    chance = random.Random(size)
    old = prose(size)
    new = re.sub(r"\w+", lambda word: word[0] if chance.random() > 0.03 else "changed", old)
    sentences = [match.span() for match in re.finditer(r"[^\n.]{20,}\.", old)]
    spans = sorted(chance.choices(sentences, k=2_000))
    before = time.process_time()
    Anchoring(old, new, similarity).find(spans)
    return 1_000 * (time.process_time() - before)
