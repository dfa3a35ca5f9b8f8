"""What must hold of a library whatever was done to it."""

from __future__ import annotations

from typing import Any

from reader.domain.errors import ReaderError
from reader.services.annotating import history
from reader.storage import state
from reader.storage.library import Library

_LOCAL = ("id", "rev", "created_at", "updated_at")
"""What an undo need not bring back: it is a step in an entity's life, too."""

_CONTENT = ("article_version", "codebook", "tag", "op")


_STAYS = ("annotator", "article")
"""Who was named, and what was captured, stays known when everything is undone."""


def rows(library: Library, *, live: bool) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the state by table and uid: all of it, or what is not deleted and shows."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for entity in state.ENTITIES.values():
        cursor = library.connection.execute(f"SELECT * FROM {entity.table}")
        names = [column[0] for column in cursor.description]
        drop = _LOCAL if live else ("id",)
        found[entity.table] = {
            row["uid"]: {name: value for name, value in row.items() if name not in drop}
            for row in (dict(zip(names, values, strict=True)) for values in cursor)
            if not (live and row["deleted_at"])
        }
    return found


def everything(library: Library) -> list[str]:
    """Return all that is kept of the user's: state, content and log."""
    found = [repr(rows(library, live=False))]
    for table in _CONTENT:
        found += map(repr, library.connection.execute(f"SELECT * FROM {table} ORDER BY rowid"))
    return found


def see_words(error: ReaderError) -> None:
    """Assert that an error says something."""
    assert error.message
    assert "Traceback" not in f"{error.message} {error.hint}"


def check_log(library: Library) -> None:
    """Assert that the log adds up to the state."""
    before = rows(library, live=False)
    library.log.rebuild()
    assert rows(library, live=False) == before, "the log says something else than the tables"


def check_undo(library: Library, at_first: dict[str, dict[str, dict[str, Any]]]) -> int:
    """Take everything back, and do it all again; return how many actions that were.

    Args:
        library: The library.
        at_first: The live state before anything was done.

    Raises:
        AssertionError: Something is left, or does not come back.
    """
    at_last = rows(library, live=True)
    scopes = [
        (article, annotator)
        for article in (*library.articles.in_order(), None)
        for annotator in library.annotators.handles()
    ]
    counts: dict[tuple[str | None, str], int] = {}
    for scope in scopes:
        counts[scope] = 0
        while history.undo(library, *scope):
            counts[scope] += 1
    left = rows(library, live=True)
    for table, first in at_first.items():
        now = left[table]
        if table in _STAYS:
            now = {uid: row for uid, row in now.items() if uid in first}
        assert now == first, f"undoing everything leaves in {table}: {left[table]}"
    for scope in reversed(scopes):  # as it was taken back: the library's own before what is on it
        for _ in range(counts[scope]):
            assert history.redo(library, *scope), "what was undone is not done again"
    assert rows(library, live=True) == at_last, "redoing everything does not bring all back"
    return sum(counts.values())
