"""Searching a library of 100,000 articles of 4 kB, beside the same words asked of FTS5 alone.

Making that library and its index takes a few minutes and a gigabyte of room; both go into a
temporary folder. What is timed is what one waits for: the articles, in order, and the first page of
them with the places in each. FTS5 alone tells the numbers of the best fifty texts and no more.
Searches are timed in CPU time of their thread: where the library is in memory, which it is after
a first look, that is what the clock says on a machine that has nothing else to do.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from reader.domain.finding.found import Word
from reader.services.finding import rows
from reader.services.finding.query import read_query
from reader.services.finding.search import catch_up
from reader.storage.library import Library
from reader.storage.search.words import Stems, expression
from tests.benchmarks import library as made
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.material import Material

ARTICLES = 100_000
CHARACTERS = 4_000
MOST_MS = 50.0
"""What a search may take, in ms, in 95 of 100."""

_SYLLABLES = (  # noqa: SIM905 - a list of them would take sixty lines
    "ba be bi bo ca ce co da de di do fa fe ga go ha he in is ka la le li lo ma me mi mo na ne no"
    " pa pe po ra re ri ro sa se si so ta te ti to un va ve vi wa wo za con pro tra gov ment tion"
).split()
_WORDS = 40_000
_PARAGRAPHS = 20_000
AT = "2024-01-01T00:00:00.000Z"


def measure(material: Material | None, rounds: int, folder: Path) -> Iterator[Figure]:
    """Make the library, index it, search it."""
    del material  # it makes its own
    path = folder / "searched.db"
    words = _fill(path, ARTICLES)
    with Library(path) as library:
        began = time.perf_counter()
        catch_up(library)
        spent = time.perf_counter() - began
        yield Figure("search", f"indexing {ARTICLES:,} articles", spent, "s")
        text, index = _sizes(library.connection)
        yield Figure("search", "size of the index", index, "MB", index / text, "the texts")
        me = library.annotator(made.ANNOTATOR)
        yield from _searches(library, me, words, min(rounds, 3))
        yield from _saving(library, me)


def _fill(path: Path, count: int) -> list[str]:
    """Write articles straight into the tables; return their words, the most frequent first."""
    rng = random.Random(1)
    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))

    def some(most: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=most))

    paragraphs = [some(80)[:500] for _ in range(_PARAGRAPHS)]
    with Library(path) as library:
        ask, many = library.connection.execute, library.connection.executemany
        for pragma in ("foreign_keys=off", "synchronous=off"):
            ask(f"PRAGMA {pragma}")
        ask("BEGIN")
        many(
            "INSERT INTO article (uid, title, outlet, version_uid, created_at, updated_at, rev)"
            f" VALUES (?, ?, ?, ?, '{AT}', '{AT}', 1)",
            ((f"a{n}", some(8), f"Outlet {n % 40}", f"v{n}") for n in range(count)),
        )
        many(
            "INSERT INTO article_version (uid, article_uid, sha256, origin, media_type, extractor,"
            " captured_at, characters, raw_bytes, blocks, text, raw)"
            " VALUES (?, ?, ?, '', 'text/plain', 'plain/1',"
            f" '{AT}', {CHARACTERS}, 0, x'', ?, x'')",
            (
                (f"v{n}", f"a{n}", f"s{n}", "\n\n".join(rng.choices(paragraphs, k=8)))
                for n in range(count)
            ),
        )
        ask("COMMIT")
    return words


def vocabulary(rng: random.Random) -> list[str]:
    words = set()
    while len(words) < _WORDS:
        words.add("".join(rng.choices(_SYLLABLES, k=rng.choice([1, 2, 2, 3, 3, 4]))))
    # Short words are the frequent ones, by and large, as in any language.
    return sorted(sorted(words), key=lambda word: len(word) + rng.random() * 6)


def _sizes(connection: sqlite3.Connection) -> tuple[float, float]:
    """Return the MB of the texts and of the index."""
    sizes = dict(connection.execute("SELECT name, sum(pgsize) / 1e6 FROM dbstat GROUP BY name"))
    index = sum(size for name, size in sizes.items() if name.startswith("search_"))
    return ARTICLES * CHARACTERS / 1e6, index


# ------------------------------------------------------------------ searching


def _searches(library: Library, me: str, words: list[str], rounds: int) -> Iterator[Figure]:
    queries = {
        "while typing": list(_typed(words)),
        "whole words": [" ".join(found) for found in _mixed(words)],
        "phrases, not, filters": list(_special(words)),
    }
    ours, bare = [], []
    for name, texts in queries.items():
        spent = [_both(library, me, text, name == "while typing", rounds) for text in texts]
        p95, theirs = (percentile([pair[at] for pair in spent], 95) for at in (0, 1))
        ours += [pair[0] for pair in spent]
        bare += [pair[1] for pair in spent]
        yield Figure(
            "search", f"search, p95: {name}", p95, "CPU ms", note=f"bare FTS5 {theirs:.1f} ms"
        )
    p95, theirs = percentile(ours, 95), percentile(bare, 95)
    note = f"{len(ours)} searches; p50 {percentile(ours, 50):.1f} ms"
    yield Figure("search", "search, p95 of all", p95, "CPU ms", target=MOST_MS, note=note)
    yield Figure("search", "the same, as a ratio", p95, "CPU ms", p95 / theirs,
                 f"FTS5 alone, {theirs:.1f} ms", 2)  # fmt: skip


def _typed(words: list[str]) -> Iterator[str]:
    """Yield what stands in the line while words of all frequencies are typed, letter by letter."""
    rng = random.Random(2)
    for low, high in ((0, 1_000), (1_000, 5_000), (5_000, 40_000)):
        long = [word for word in words[low:high] if len(word) >= 5]
        for word in rng.sample(long, 6):
            yield from (word[:size] for size in range(3, len(word) + 1))
            other = rng.choice(words[100:5_000])
            yield from (f"{word} {other[:size]}" for size in range(2, len(other) + 1))


def _mixed(words: list[str]) -> Iterator[list[str]]:
    rng = random.Random(3)
    for count in (1, 2, 3):
        for low, high in ((0, 50), (50, 500), (500, 5_000), (5_000, 40_000)):
            for _ in range(3):
                yield rng.sample(words[low:high], count)


def _special(words: list[str]) -> Iterator[str]:
    rng = random.Random(4)
    for low, high in ((5, 50), (50, 500), (500, 5_000)):
        one, two = rng.sample(words[low:high], 2)
        yield f'"{one} {two}"'
        yield f"{one} -{two}"
        yield f'{one} outlet:"outlet 7"'


def _both(library: Library, me: str, text: str, typing: bool, rounds: int) -> tuple[float, float]:
    """Return the ms that a search takes, and FTS5 alone, each the best of some rounds."""
    asked = rows.ask_articles(text, me, typing=typing)

    def ours() -> None:
        found = asked.look(library)
        if found.pages:
            found.page(library, 0)

    match = _bare(text, typing)
    query = (
        "SELECT rowid FROM search_text WHERE search_text MATCH ?"
        " ORDER BY bm25(search_text) LIMIT 50"
    )
    ask = library.connection.execute
    spent = [(_ms(ours), _ms(lambda: ask(query, (match,)).fetchall())) for _ in range(rounds)]
    return min(pair[0] for pair in spent), min(pair[1] for pair in spent)


def _bare(text: str, typing: bool) -> str:
    """Return what one would ask FTS5 for it."""
    words = read_query(text, typing=typing).words
    stems = Stems()
    wanted = [expression(Word(word.text, word.prefix), stems) for word in words.wanted]
    match = " AND ".join(filter(None, wanted))
    if words.unwanted:
        match += f' NOT "{words.unwanted[0].text}"'
    stems.close()
    return match


def _ms(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


# ------------------------------------------------------------------ saving


def _saving(library: Library, me: str) -> Iterator[Figure]:
    """What noting that something is to be indexed costs a change: the triggers on, and off."""
    ask = library.connection.execute
    ask("PRAGMA synchronous=off")  # the disk would hide it
    changed = "UPDATE article SET rev = rev + 1 WHERE id = ?"
    triggers = ask("SELECT name, sql FROM sqlite_schema WHERE name = 'search_article_changed'")
    ((name, sql),) = triggers.fetchall()

    def work() -> None:
        for number in range(1, 2_001):
            ask(changed, (number,))

    with_it = min(_ms(work) for _ in range(3)) / 2_000
    ask(f"DROP TRIGGER {name}")
    without = min(_ms(work) for _ in range(3)) / 2_000
    ask(sql)
    cost = (with_it - without) * 1000
    yield Figure("search", "noting a change for the index", cost, "µs",
                 note="of a save, on top of what it takes", target=50)  # fmt: skip
