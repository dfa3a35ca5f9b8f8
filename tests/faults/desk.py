"""A library with one article of numbered statements, and what must be true of it after a fault."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.services import articles
from reader.services.capturing import adding
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage.library import Library

STATEMENTS = 60
STATE = ("annotator", "article", "block", "highlight", "judgement", "article_note", "label")
CODES = {"1": "corroborated", "2": "plausible", "3": "contested", "4": "doubtful"}
"""Code of the tag on a key, in the codebook that the app starts with."""


def make_article(folder: Path, statements: int = STATEMENTS) -> Path:
    """Write the article; each statement says its number."""
    path = folder / "article.txt"
    paragraphs = [
        " ".join(f"Statement number {n + i} stands here." for i in range(5))
        for n in range(1, statements + 1, 5)
    ]
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def make_library(folder: Path) -> tuple[Path, Path]:
    """Make a library that holds the article; return the article's and the library's file."""
    path, database = make_article(folder), folder / "library.db"
    with Library(database) as library:
        adding.add_file(library, path, library.annotator("ana"))
    return path, database


def tagged(database: Path) -> list[str | None]:
    """Return each statement's code, None where it has no judgement, as a new start would find it.

    Raises:
        AssertionError: The file is damaged, or the log does not add up to the state.
    """
    with Library(database) as library:
        check(library)
        version = version_of(library, articles.resolve(library, "1"))
        codes = {
            item.highlight.span: item.highlight.judgements[0].code
            for item in library.highlights.anchored(version.uid)
            if item.highlight.judgements
        }
        return [codes.get(statement.span) for statement in statements_of(version)]


def check(library: Library) -> None:
    """Find the file whole, and the state what the log says it is."""
    assert library.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    before = state(library)
    library.log.rebuild()
    assert state(library) == before


def state(library: Library) -> dict[str, list[str]]:
    """Return the rows of all state tables, without local ids."""
    found: dict[str, list[str]] = {}
    for table in STATE:
        cursor = library.connection.execute(f"SELECT * FROM {table}")
        keep = [i for i, column in enumerate(cursor.description) if column[0] != "id"]
        found[table] = sorted(repr([row[i] for i in keep]) for row in cursor)
    return found


def stored(database: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the library's file from outside, as another program would."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
