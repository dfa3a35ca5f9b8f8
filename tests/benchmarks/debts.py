"""Evidence debt and the ledger in a library with 100,000 highlights, each said by somebody.

What is timed is what one waits for when the screen opens: all that lacks something and the first
page of it; a row for each of 500 sources.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reader import assets
from reader.services.ledger.debt import PAGE, debts, page
from reader.services.ledger.sources import Scope, ledger_of
from reader.storage.library import Library
from tests.benchmarks import library as made
from tests.benchmarks import texts
from tests.benchmarks.figures import Figure
from tests.benchmarks.material import HIGHLIGHTS, Material
from tests.benchmarks.searching import AT

TAGGED = 1_000
SOURCES = 500


def measure(material: Material | None, rounds: int, folder: Path) -> Iterator[Figure]:
    """Make the library, and read both lists from it."""
    del material  # it makes its own
    text, one, many = folder / "owing.txt", folder / "owing.db", folder / "owing-many.db"
    text.write_text(texts.prose(200_000), "utf-8")
    made.add(text, one)
    made.tag_statements(text, one, TAGGED)
    count = made.multiply(one, many, HIGHLIGHTS // TAGGED)
    _attribute(many)
    book = assets.load_builtin(made.CODEBOOK)
    with Library(many) as library:
        me = library.annotator(made.ANNOTATOR)
        found = debts(library, [me])

        def owed() -> None:
            page(library, debts(library, [me]).ids[:PAGE])

        def said() -> None:
            ledger_of(library, Scope((me,)), book, book.statement_facets[0])

        for name, work, most, note in (
            ("evidence debt, first page", owed, 1_000, f"{len(found.ids):,} lack something"),
            (f"ledger of {SOURCES} sources", said, 4_000, f"{count:,} statements"),
        ):
            spent = min(_ms(work) for _ in range(max(2, rounds // 3)))
            yield Figure("debts", name, spent, "CPU ms", target=most, note=note)


def _attribute(path: Path) -> None:
    """Write straight into the tables who says each highlight, and through whom."""
    with Library(path) as library:
        ask, many = library.connection.execute, library.connection.executemany
        ask("PRAGMA synchronous=off")
        uids = [uid for (uid,) in ask("SELECT uid FROM highlight")]
        ask("BEGIN")
        many(
            "INSERT INTO source (uid, name, kind, naming, created_at, updated_at, rev)"
            f" VALUES (?, ?, 'person', 'named', '{AT}', '{AT}', 1)",
            ((f"s{number}", f"Source {number}") for number in range(SOURCES)),
        )
        many(
            "INSERT INTO attribution (uid, highlight_uid, voice, hops, created_at, updated_at, rev)"
            f" VALUES (?, ?, ?, ?, '{AT}', '{AT}', 1)",
            (
                (f"a{number}", uid, ("direct", "indirect")[number % 2], _hops(number))
                for number, uid in enumerate(uids)
            ),
        )
        ask("COMMIT")


def _hops(number: int) -> str:
    return json.dumps(
        [
            {"source": f"s{(number * step) % SOURCES}", "mention": None, "cue": None}
            for step in (1, 7)
        ]
    )


def _ms(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000
