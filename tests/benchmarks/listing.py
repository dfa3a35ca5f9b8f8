"""What a key costs in the list of articles, and opening it, with few articles and with many."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from tests.benchmarks import library
from tests.benchmarks.figures import Figure
from tests.benchmarks.keys import ALIKE, MOVE, MOVES, Subject
from tests.benchmarks.material import Material
from tests.terminal import Terminal, reader

FEW, MANY = 100, 100_000
"""Articles that are compared."""

TEXT = "The ferry was late again. Nobody said why.\n\n" * 12


def measure(material: Material, rounds: int, folder: Path) -> Iterator[Figure]:
    """Open the list, and press j and page keys in it."""
    databases = {count: make(folder, count) for count in (FEW, MANY)}
    opened: dict[int, list[float]] = {FEW: [], MANY: []}
    for _ in range(max(2, rounds // 2)):
        for count, database in databases.items():
            opened[count].append(_open(database, count))
    with ExitStack() as stack:
        subjects = {}
        for count, database in databases.items():
            terminal = stack.enter_context(reader(database=database))
            _wait_for_rows(terminal, count)
            terminal.wait_for_quiet(1.0)
            subjects[count] = Subject(terminal)
        for number in range(rounds):
            for subject in subjects.values():
                for _ in range(MOVES):
                    subject.press("jk"[number % 2], MOVE)
        few, many = subjects[FEW], subjects[MANY]
        for what, unit, own, base in (
            ("p50", "ms", many.p50(MOVE), few.p50(MOVE)),
            ("CPU", "CPU ms", many.cpu(MOVE), few.cpu(MOVE)),
        ):
            yield Figure("library", f"j in the list {what}, {MANY:,} articles", own, unit,
                         own / base, f"{FEW} articles", ALIKE)  # fmt: skip
    own, base = (median(opened[count]) for count in (MANY, FEW))
    yield Figure("library", f"start to the first rows, {MANY:,} articles", own, "ms", own / base,
                 f"{FEW} articles")  # fmt: skip


def make(folder: Path, count: int) -> Path:
    """Write a library with so many articles: one that was added, and copies of it."""
    path, database = folder / "one.txt", folder / f"articles-{count}.db"
    path.write_text(TEXT, "utf-8")
    library.add(path, database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous=off")
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'search_%'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")  # nothing is searched for here
        numbers = f"WITH n(i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        for table, renamed in (
            ("article", {"uid": "uid || i", "title": "'Article ' || i", "version_uid": "NULL",
                         "outlet": "'Post ' || (i % 50)"}),
            ("article_version", {"uid": "uid || i", "article_uid": "article_uid || i",
                                 "sha256": "sha256 || i"}),
        ):  # fmt: skip
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][1:]
            values = ", ".join(renamed.get(name, f'"{name}"') for name in columns)
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(
                f"INSERT INTO {table} ({names}) {numbers}"
                f" SELECT {values} FROM n, (SELECT * FROM {table} WHERE id = 1)"
            )
        connection.commit()
    return database


def _wait_for_rows(terminal: Terminal, count: int) -> None:
    terminal.wait_for(lambda screen: f"Article {count} " in screen, timeout=60)


def _open(database: Path, count: int) -> float:
    """Return how long it takes from the start to the first rows, in ms."""
    begun = time.perf_counter()
    with reader(database=database) as terminal:
        _wait_for_rows(terminal, count)
        spent = (time.perf_counter() - begun) * 1000
        terminal.send("q")
        terminal.wait()
    return spent
