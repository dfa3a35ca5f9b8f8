"""How well attributions are found in labelled articles of our own, and how fast."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.domain.attribution import suggestions
from reader.domain.statements import segment
from reader.domain.text import Block, Role
from tests.benchmarks.figures import Figure, per_tenfold
from tests.domain.attributed_articles import labelled, measured

_WANTED = 0.5
"""MB per CPU second that the detector does at least."""


def measure(made: Any, rounds: int, folder: Path) -> Iterator[Figure]:
    """Yield the figures of each set of articles, then those of speed."""
    del made, rounds, folder
    for kind in ("known", "blind", "unseen"):
        yield from _quality(kind)
    yield from _speed()


def _quality(kind: str) -> Iterator[Figure]:
    found = measured(kind)
    for name, value, target, note in (
        ("quotations exact", found.quoted, 97, f"of {found.quotations}"),
        ("sentences, precision", found.precision, 88, f"of {found.found} proposed"),
        ("sentences, recall", found.recall, 80, f"of {found.sentences} that hold one"),
        ("speakers overlap", found.overlap, 88, f"of {found.speakers} offered"),
    ):
        what = f"{kind} articles: {name}"
        yield Figure("attribution", what, 100 * value, "%", target=target, at_least=True, note=note)


def _speed() -> Iterator[Figure]:
    small, large = (_text(size) for size in (100_000, 1_000_000))
    ours = min(_spent(small) for _ in range(3)), _spent(large)
    rate = len(large) / 1e6 / ours[1]
    yield Figure("attribution", "read", rate, "MB/CPU s", target=_WANTED, at_least=True)
    times = len(large) / len(small)
    grown = per_tenfold(ours[1], ours[0], times)
    against = "100 kB, per tenfold text"
    yield Figure("attribution", "1 MB", ours[1] * 1000, "CPU ms", grown, against, 12)
    segmented = _segmented(large)
    yield Figure("attribution", "1 MB, beside", segmented * 1000, "CPU ms", ours[1] / segmented,
                 "the segmenter alone on the same text")  # fmt: skip


def _text(size: int) -> str:
    once = "\n\n".join(article.text for article in labelled("known"))
    return "\n\n".join([once] * (size // len(once) + 1))


def _blocks(text: str) -> list[Block]:
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        found.append(Block(at, at + len(paragraph), Role.BODY))
        at += len(paragraph) + 2
    return found


def _spent(text: str) -> float:
    blocks = _blocks(text)
    before = time.process_time()
    suggestions(text, blocks)
    return time.process_time() - before


def _segmented(text: str) -> float:
    before = time.process_time()
    for block in _blocks(text):
        list(segment(text, block.start, block.end))
    return time.process_time() - before
