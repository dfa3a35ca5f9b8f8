"""Checks of what holds a library together: pages, tables, references, search indexes."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from reader.storage.connection import SCHEMA_VERSION
from reader.storage.doctor.subject import Subject
from reader.storage.ledger.prints import Prints
from reader.storage.schema import tables as schema
from reader.storage.search.indexing import Index


def missing_end(path: Path) -> str:
    """Return how much of a file is missing, if its header says that there was more; else nothing.

    The header is described at https://sqlite.org/fileformat2.html: the size of a page at byte 16,
    the number of pages at byte 28, valid if the numbers at bytes 24 and 92 are the same.
    """
    with path.open("rb") as file:
        head = file.read(100)
        size = os.fstat(file.fileno()).st_size
    page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    whole = (65_536 if page == 1 else page) * pages
    if len(head) < 100 or head[24:28] != head[92:96] or size >= whole:
        return ""
    return f"The file has been cut short: it has {size:,} of {whole:,} bytes."


def pages(subject: Subject) -> Iterator[str]:
    """Yield what SQLite says of its own pages and indexes."""
    for (said,) in subject.ask("PRAGMA integrity_check"):
        if said != "ok":
            yield f"SQLite: {said}"


def tables(subject: Subject) -> Iterator[str]:
    """Yield tables, indexes, triggers and views that are missing or other than they were made.

    The triggers are what keeps the log and the texts from being changed.
    """
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(fresh)
        listed = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        wanted = dict(fresh.execute(listed))
    finally:
        fresh.close()
    found = dict(subject.ask(listed))
    for name, sql in wanted.items():
        if _OF_FTS5.match(name):
            continue  # FTS5 makes these, in its own words
        if name not in found:
            yield f"The {name} is missing."
        elif found[name] != sql:
            yield f"The {name} is not as reader makes it."


def references(subject: Subject) -> Iterator[str]:
    """Yield rows that refer to something that is not there."""
    for table, row, parent, _ in subject.ask("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a {parent} that is not there."


def orphans(subject: Subject) -> Iterator[str]:
    """Yield rows that belong to nothing, where no foreign key watches."""
    for what, query in _ORPHANS.items():
        for (uid,) in subject.ask(query):
            yield f"{what}: {uid}."


def search(subject: Subject) -> Iterator[str]:
    """Yield full-text indexes, where there are any, that disagree with what they index.

    What has changed since it was last indexed is no fault: it is noted, for the next search.

    FTS5 examines itself only when it may write, so it does that in a copy.
    """
    names = [
        name
        for name, sql in subject.ask("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        if _FTS5.match(sql or "")
    ]
    if not names:
        return
    copy = sqlite3.connect("", isolation_level=None)  # on the disk if it grows
    try:
        subject.connection.backup(copy)
        for name in names:
            table = '"' + name.replace('"', '""') + '"'
            try:
                # The 1 has it compare with the indexed table, too, if that is another one.
                copy.execute(
                    f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - own names
                )
            except sqlite3.DatabaseError as error:
                yield f"The full-text index {name} does not hold what it indexes: {error}."
    finally:
        copy.close()
    if subject.schema == SCHEMA_VERSION:
        yield from Index(subject.connection, subject.path).differences()


def overlap(subject: Subject) -> Iterator[str]:
    """Yield where what is noted of passages that stand elsewhere is not what the texts have.

    What is not noted yet is no fault.
    """
    yield from Prints(subject.connection, subject.path).differences()


_OF_FTS5 = re.compile(r"table search_(text|words)_(data|idx|content|docsize|config)$")

_FTS5 = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\b.*\bUSING\s+fts5\b", re.IGNORECASE | re.DOTALL)

_ORPHANS = {
    "An article whose current version is one of another": "SELECT uid FROM article WHERE"
    " version_uid IS NOT NULL AND version_uid NOT IN"
    " (SELECT uid FROM article_version WHERE article_uid = article.uid)",
    "An article without a text": "SELECT uid FROM article WHERE uid NOT IN"
    " (SELECT article_uid FROM article_version)",
    "An operation of an annotator who is not there": "SELECT uid FROM operation WHERE actor NOT IN"
    " (SELECT uid FROM annotator)",
    "An operation on an article that is not there": "SELECT uid FROM operation WHERE article_uid"
    " IS NOT NULL AND article_uid NOT IN (SELECT uid FROM article)",
    "An undo of something that is not there": "SELECT uid FROM operation WHERE undoes IS NOT NULL"
    " AND undoes NOT IN (SELECT group_uid FROM operation WHERE group_uid IS NOT NULL)",
    "An operation of which it is not said whose it is": "SELECT uid FROM operation WHERE NOT EXISTS"
    " (SELECT 1 FROM op WHERE op.id = operation.id)",
    "An attribution that names a source that is not there": "SELECT DISTINCT attribution_uid"
    " FROM hop WHERE source_uid IS NOT NULL AND source_uid NOT IN (SELECT uid FROM source)",
    "A reading place in an article that is not there": "SELECT article_uid FROM reading WHERE"
    " article_uid NOT IN (SELECT uid FROM article)",
    "A draft on a text that is not there": "SELECT version_uid FROM draft WHERE version_uid"
    " NOT IN (SELECT uid FROM article_version)",
}
"""Rows that belong to nothing: what they are, and how they are found."""
