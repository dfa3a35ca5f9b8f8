"""Passages that stand in several articles: 10,000 articles of 4 kB, with copies planted in them.

Words follow one another as in real texts: a vocabulary of 20,000 with Zipf's frequencies, and every
twelfth place a phrase of every day, which stands in hundreds of articles and is no passage. Planted
are paragraphs copied word for word, with one word of ten or of five changed, cut up otherwise, and
quotations that both have; each in an article of its own, so that nothing else leads to it.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from reader.services.ledger.overlap import Overlap, all_twins, catch_up
from reader.storage.library import Library
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.material import Material
from tests.benchmarks.searching import AT, vocabulary

ARTICLES = 10_000
SMALL = 1_000
PARAGRAPHS, WORDS = 9, 72
"""Of an article: about 4 kB."""
PLANTED = 100
"""Copies of each kind."""
EVERY, PHRASES = 12, 300
"""A phrase of every day stands at every twelfth place; so many there are."""

KINDS = ("word for word", "1 word of 10 changed", "1 word of 5 changed", "cut up", "one sentence")
LEAST = {"word for word": 1.0, "1 word of 10 changed": 0.98, "cut up": 1.0, "one sentence": 1.0}
"""Which share of each kind has to be found."""


def measure(material: Material | None, rounds: int, folder: Path) -> Iterator[Figure]:
    """Make libraries of two sizes, note their passages, and look for what was planted."""
    del material, rounds  # it makes its own
    spent = {}
    for count in (SMALL, ARTICLES):
        path = folder / f"overlap-{count}.db"
        texts, planted = _texts(count)
        _fill(path, texts)
        with Library(path) as library:
            began = time.process_time()
            catch_up(library)
            spent[count] = (time.process_time() - began) / count * 1000
            if count == ARTICLES:
                yield from _figures(library, planted, spent)


def _figures(
    library: Library, planted: dict[str, list[tuple[int, int]]], spent: dict[int, float]
) -> Iterator[Figure]:
    growth = spent[ARTICLES] / spent[SMALL]
    yield Figure("overlap", "noting an article of 4 kB", spent[ARTICLES], "CPU ms", growth,
                 f"the same in {SMALL:,} articles", 1.5)  # fmt: skip
    (size,) = library.connection.execute(
        "SELECT sum(pgsize) / 1e6 FROM dbstat WHERE name = 'overlap'"
    ).fetchone()
    yield Figure("overlap", f"size of the index of {ARTICLES:,}", size, "MB", note="texts: 40 MB")
    times = [_ms(library, f"a{number}") for number in range(0, ARTICLES, ARTICLES // 50)]
    yield Figure("overlap", "one article beside all, p95", percentile(times, 95), "CPU ms",
                 target=500, note=f"p50 {percentile(times, 50):.0f} ms")  # fmt: skip
    began = time.process_time()
    found = {
        (int(twin.other.listed.uid[1:]), int(twin.this.listed.uid[1:])): twin
        for twin in all_twins(library)
    }
    yield Figure("overlap", "all pairs, compared", time.process_time() - began, "CPU s", target=120)
    tracemalloc.start()
    count = len(library.prints.pairs(2))
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    yield Figure(
        "overlap", "all pairs, memory", peak, "MB", target=300, note=f"{count:,} looked at"
    )
    told = {tuple(sorted(pair)) for pair in found}
    for kind, pairs in planted.items():
        share = sum(tuple(sorted(pair)) in told for pair in pairs) / len(pairs)
        least = 100 * LEAST[kind] if kind in LEAST else None
        yield Figure("overlap", f"found: {kind}", 100 * share, "%", target=least, at_least=True)
    real = {tuple(sorted(pair)) for pairs in planted.values() for pair in pairs}
    yield Figure("overlap", "told that were not planted", len(told - real), "pairs", target=0)


def _ms(library: Library, uid: str) -> float:
    began = time.process_time()
    found = Overlap(library, uid)
    found.twins(library, 0, 8)
    return (time.process_time() - began) * 1000


# ------------------------------------------------------------------ the texts


def _texts(count: int) -> tuple[list[str], dict[str, list[tuple[int, int]]]]:
    """Return texts, and which pairs of them have something in common."""
    rng = random.Random(1)
    words = vocabulary(rng)[:20_000]
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    phrases = [rng.choices(words[:3_000], k=rng.randint(3, 7)) for _ in range(PHRASES)]

    def paragraph() -> list[str]:
        some = rng.choices(words, cum_weights=weights, k=WORDS)
        for at in range(EVERY - 1, WORDS, EVERY):
            some[at : at + 1] = rng.choice(phrases)
        return some

    articles = [[paragraph() for _ in range(PARAGRAPHS)] for _ in range(count)]
    numbers = iter(rng.sample(range(count), 2 * PLANTED * len(KINDS)))
    planted: dict[str, list[tuple[int, int]]] = {}
    for kind in KINDS:
        planted[kind] = [(next(numbers), next(numbers)) for _ in range(PLANTED)]
        for one, other in planted[kind]:
            _plant(kind, articles[one], articles[other], words, rng)
    return ["\n\n".join(map(_written, article)) for article in articles], planted


def _plant(
    kind: str, one: list[list[str]], other: list[list[str]], words: list[str], rng: random.Random
) -> None:
    source = one[rng.randrange(PARAGRAPHS)]
    at = rng.randrange(PARAGRAPHS)
    if kind == "one sentence":
        copied = source[:14]
        copied[-1] += "."
        source[13] += "."
        other[at] = [*copied, *other[at]]
    elif kind == "cut up":
        other[at : at + 1] = [source[:20], source[20:45], source[45:]]
    else:
        every = {"1 word of 10 changed": 10, "1 word of 5 changed": 5}.get(kind, 0)
        changed = rng.sample(range(len(source)), len(source) // every) if every else ()
        other[at] = [
            rng.choice(words) if place in changed else word for place, word in enumerate(source)
        ]


def _written(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


def _fill(path: Path, texts: list[str]) -> None:
    """Write articles straight into the tables."""
    from reader.domain.blocks import BlockTable
    from reader.domain.text import Block, Role

    def blocks(text: str) -> bytes:
        table, at = [], 0
        for part in text.split("\n\n"):
            table.append(Block(at, at + len(part), Role.BODY))
            at += len(part) + 2
        return BlockTable(table).pack()

    with Library(path) as library:
        ask, many = library.connection.execute, library.connection.executemany
        for pragma in ("foreign_keys=off", "synchronous=off"):
            ask(f"PRAGMA {pragma}")
        ask("BEGIN")
        many(
            "INSERT INTO article (uid, title, version_uid, created_at, updated_at, rev)"
            f" VALUES (?, ?, ?, '{AT}', '{AT}', 1)",
            ((f"a{n}", f"Article {n}", f"v{n}") for n in range(len(texts))),
        )
        many(
            "INSERT INTO article_version (uid, article_uid, sha256, origin, media_type, extractor,"
            " captured_at, characters, raw_bytes, blocks, text, raw)"
            f" VALUES (?, ?, ?, '', 'text/plain', 'plain/1', '{AT}', ?, 0, ?, ?, x'')",
            (
                (f"v{n}", f"a{n}", f"s{n}", len(text), blocks(text), text)
                for n, text in enumerate(texts)
            ),
        )
        ask("COMMIT")
