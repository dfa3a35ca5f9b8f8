"""Fills libraries for the measurements, through the program's own layers."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from reader import assets
from reader.domain.highlight import around, judgement_uid
from reader.domain.operation import Group, new_uids
from reader.domain.text import Span
from reader.services import articles
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage.library import Library

CODEBOOK = "credibility-7"
ANNOTATOR = "ana"
_GROUPS_AT_ONCE = 1_000


def add(path: Path, database: Path) -> None:
    """Add a file to a library."""
    with Library(database) as library:
        adding.add_file(library, path, library.annotator(ANNOTATOR))


def tag_statements(path: Path, database: Path, count: int) -> int:
    """Tag as many statements of a file that was added, spread evenly; return how many it were.

    Each is one group of operations, as if a key had been pressed for it.
    """
    codebook = assets.load_builtin(CODEBOOK)
    facet = codebook.statement_facets[0]
    with Library(database) as library:
        me = library.annotator(ANNOTATOR)
        article = articles.resolve(library, str(path))
        version = version_of(library, article)
        spans = [statement.span for statement in statements_of(version)]
        step = max(1, len(spans) // count)
        marks = Annotations(article.uid, version.uid, me, version.text)
        edits = (
            marks.set_tag(marks.target(span), codebook, facet, facet.tags[number % len(facet.tags)])
            for number, span in enumerate(spans[::step][:count])
        )
        done = 0
        while batch := [edit.group for edit in islice(edits, _GROUPS_AT_ONCE)]:
            _commit(library, batch)
            done += len(batch)
    return done


def _commit(library: Library, groups: list[Group]) -> None:
    library.log.commit(*groups)


TABLES = ("operation", "highlight", "judgement")
"""The tables that a tag changes."""
REFERRED_TO = ("annotator", "codebook", "tag")
"""The tables that highlights and judgements refer to, besides versions."""


def commit_times(path: Path, database: Path, count: int) -> tuple[list[float], list[float]]:
    """Return how long a tag takes to be durable, and a bare transaction beside it, in ms.

    The bare one writes the same rows to the same tables of another file with the same pragmas.
    """
    add(path, database)
    tag_statements(path, database, 1)  # keeps the codebook
    other = database.with_name("bare.db")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(other)) as copy:
        source.backup(copy)
    codebook = assets.load_builtin(CODEBOOK)
    facet = codebook.statement_facets[0]
    ours: list[float] = []
    theirs: list[float] = []
    with Library(database) as library, closing(_bare(other)) as bare:
        me = library.annotator(ANNOTATOR)
        article = articles.resolve(library, str(path))
        version = version_of(library, article)
        marks = Annotations(article.uid, version.uid, me, version.text)
        for number in range(1, count + 1):
            last = newest(library.connection)
            target = marks.target(Span(number, number + 20))
            edit = marks.set_tag(target, codebook, facet, facet.tags[number % len(facet.tags)])
            ours.append(_ms(partial(library.log.commit, edit.group)))
            rows = [
                (name, library.connection.execute(f"SELECT * FROM {name} WHERE id > {last[name]}"))
                for name in TABLES
            ]
            theirs.append(_ms(partial(_insert, bare, [(n, found.fetchall()) for n, found in rows])))
    return ours, theirs


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=extra", "foreign_keys=on"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _last(connection: sqlite3.Connection, table: str) -> int:
    last: int = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    return last


def _insert(
    connection: sqlite3.Connection, rows: list[tuple[str, list[tuple[object, ...]]]]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, found in rows:
        marks = ", ".join("?" * len(found[0])) if found else ""
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
    connection.execute("COMMIT")


def newest(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the largest id of each of the tables that a tag changes."""
    return {name: _last(connection, name) for name in TABLES}


def copy_bare(source: Path, target: Path, after: dict[str, int]) -> tuple[int, float]:
    """Copy what is new of a library with nothing but SQLite, in one transaction like an import's.

    Args:
        source: A library with new highlights.
        target: One with the same articles, without them.
        after: The largest id of each table before they were there.

    Returns:
        How many highlights were copied, and the CPU time of writing in s.
    """
    rows: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(source)) as connection:
        for name in (*REFERRED_TO, *TABLES):
            query = f"SELECT * FROM {name} WHERE rowid > {after.get(name, 0)}"
            rows[name] = connection.execute(query).fetchall()
    with closing(_bare(target)) as bare:
        bare.execute("PRAGMA cache_size=-65536")
        for name in REFERRED_TO:
            bare.execute(f"DELETE FROM {name}")
        _insert(bare, [(name, rows.pop(name)) for name in REFERRED_TO])
        begun = time.process_time()
        _insert(bare, list(rows.items()))
    return len(rows["highlight"]), time.process_time() - begun


def multiply(source: Path, target: Path, times: int) -> int:
    """Copy a library with that many highlights for each of its own; return how many there are.

    Each is of other words than all others, with ids as if all had been made from the top to the
    end of the article. They are in the tables, not in the log: they are there to be exported.
    All of them are in memory: a process that is started later would count it as its own.
    """
    shutil.copy(source, target)
    with closing(sqlite3.connect(target)) as connection:
        connection.row_factory = sqlite3.Row
        longest = "SELECT text FROM article_version ORDER BY characters DESC LIMIT 1"
        (text,) = connection.execute(longest).fetchone()
        marks = [
            (*_copy(mark["start"], mark["end"], number), mark, said)
            for mark, said in _marks(connection)
            for number in range(times)
        ]
        marks.sort(key=lambda item: item[:2])
        for table in ("highlight", "judgement"):
            connection.execute(f"DELETE FROM {table}")
        for uid, (start, end, mark, said) in zip(new_uids(len(marks)), marks, strict=True):
            prefix, suffix = around(text, start, end)
            anchor = {"exact": text[start:end], "prefix": prefix, "suffix": suffix}
            place = {"uid": uid, "start": start, "end": end}
            _put(connection, "highlight", {**mark, **place, **anchor})
            named = judgement_uid(uid, said["codebook"], said["facet"], None)
            _put(connection, "judgement", {**said, "uid": named, "highlight_uid": uid})
        connection.commit()
    return len(marks)


def _copy(start: int, end: int, number: int) -> tuple[int, int]:
    """Return the stretch of a copy: it begins later, or ends later where there is no more room."""
    room = end - start
    return (start + number, end) if number < room else (start, end + number - room + 1)


def _marks(
    connection: sqlite3.Connection,
) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Return all highlights with the judgement on each, as columns."""
    found = connection.execute("SELECT * FROM judgement")
    said = {row["highlight_uid"]: dict(row) for row in found}
    rows = connection.execute("SELECT * FROM highlight").fetchall()
    return [(dict(row), said[row["uid"]]) for row in rows]


def _put(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = [name for name in row if name != "id"]
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    values = [row[name] for name in names]
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
