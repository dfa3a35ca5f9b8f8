"""Carries places over to another version of an article: where annotators are, marks, drafts.

They are local: no operations, never exchanged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from reader.storage.connection import transaction
from reader.storage.library import Library

_OFFSETS = frozenset({"offset", "furthest", "start"})
"""Columns of places."""


def carry_places(
    library: Library, article_uid: str, versions: tuple[str, str], offset: Callable[[int], int]
) -> None:
    """Let all annotators be where they were, in another version.

    Args:
        library: The library.
        article_uid: The article.
        versions: The version of before, and the current one.
        offset: Gives the place in the current one for one in the version of before.

    Raises:
        StorageError: Nothing was written.
    """
    before, current = versions
    with transaction(library.connection, library.path):
        for table, where, value in (
            ("reading", "article_uid", article_uid),
            ("bookmark", "version_uid", before),
            ("draft", "version_uid", before),
        ):
            cursor = library.connection.execute(
                f"SELECT * FROM {table} WHERE {where} = ?",  # noqa: S608 - own names
                (value,),
            )
            _carry_rows(library.connection, table, cursor, current, offset)


def _carry_rows(
    connection: sqlite3.Connection,
    table: str,
    cursor: sqlite3.Cursor,
    version: str,
    offset: Callable[[int], int],
) -> None:
    names = [column[0] for column in cursor.description]
    marks = ", ".join("?" * len(names))
    for row in cursor.fetchall():
        values = dict(zip(names, row, strict=True))
        values.update({name: offset(values[name]) for name in _OFFSETS & values.keys()})
        if "end" in values:  # one past the last character
            values["end"] = offset(row[names.index("end")] - 1) + 1
        if "version_uid" in values:
            values["version_uid"] = version
        connection.execute(
            f"INSERT OR REPLACE INTO {table} VALUES ({marks})",  # noqa: S608 - own names
            list(values.values()),
        )
