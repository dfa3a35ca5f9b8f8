"""Refuses a change that was made from a state which is no longer the stored one.

Two windows on one library each work from what they read. What one of them writes from an old state
would put its values over the other's without anybody having seen them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from reader.domain.errors import ChangedMeanwhile
from reader.domain.operation import Change, Fields
from reader.storage.state import ENTITIES, columns_of

_REFERS: Mapping[str, Mapping[str, str]] = {
    "judgement": {
        "highlight_uid": "highlight",
        "attribution_uid": "attribution",
        "source_uid": "source",
        "relation_uid": "relation",
    },
    "attribution": {"highlight_uid": "highlight"},
    "relation": {"from_uid": "highlight", "to_uid": "highlight"},
    "evidence_link": {"evidence_uid": "evidence", "highlight_uid": "highlight"},
}
"""Which fields of an entity name something that must not have been removed meanwhile."""

SPOT = ("version_uid", "annotator_uid", "start", "end")
"""What two highlights of the same words have in common."""


def check(connection: sqlite3.Connection, change: Change) -> None:
    """See that a change finds what it was made from, inside the caller's transaction.

    Raises:
        ChangedMeanwhile: It does not.
    """
    known = ENTITIES.get(change.entity)
    if known is None:
        return  # applying it is refused, with a better reason
    stored = _row(connection, known.table, change.uid)
    live = stored is not None and stored["deleted_at"] is None
    if change.before is None:
        fits = not live and not _is_marked(connection, change)
    else:
        fits = stored is not None and is_as_before(stored, change)
    if fits and change.knows is not None and stored is not None:
        there = judged_on(connection, [change.uid]) if change.entity == "highlight" else {}
        fits = is_as_known(stored, there.get(change.uid, {}), change.knows)
    if not fits or not _stands(connection, change, stored):
        raise _changed()


def judged_on(
    connection: sqlite3.Connection, highlights: Sequence[str]
) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Return tag, confidence, likelihood and reason of judgements by highlight and by their uid."""
    query = (
        "SELECT highlight_uid, uid, code, confidence, likelihood, reason FROM judgement"
        " WHERE highlight_uid IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL"
    )
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for highlight, uid, *said in connection.execute(query, (json.dumps(highlights),)):
        found.setdefault(highlight, {})[uid] = tuple(said)
    return found


def is_as_known(
    stored: dict[str, Any], judgements: Mapping[str, tuple[Any, ...]], knows: Fields
) -> bool:
    """Whether an entity says what whoever removes it has seen, and a highlight bears that alone.

    Args:
        stored: Its row.
        judgements: The judgements on a highlight, see :func:`judged_on`.
        knows: What was seen: fields by name, and of a highlight its judgements.
    """
    fields = all(stored[name] == value for name, value in knows.items() if name != "judgements")
    return fields and judgements == knows.get("judgements", {})


def check_untouched(connection: sqlite3.Connection, article_uid: str, newest: int) -> None:
    """See that nothing was done in an article since, inside the caller's transaction.

    Args:
        connection: The connection.
        article_uid: The article.
        newest: What :meth:`reader.storage.log.Log.newest` said before it was looked at.

    Raises:
        ChangedMeanwhile: Something was.
    """
    query = "SELECT 1 FROM op WHERE id > ? AND +article_uid = ? LIMIT 1"
    if connection.execute(query, (newest, article_uid)).fetchone() is not None:
        raise _changed()


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "Another window has changed this meanwhile: what you did there was not done.",
        "What is shown now is what is stored; do it again if you still want it.",
    )


def _row(connection: sqlite3.Connection, table: str, uid: str) -> dict[str, Any] | None:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE uid = ?", (uid,))  # noqa: S608 - own names
    row = cursor.fetchone()
    if row is None:
        return None
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def is_as_before(stored: dict[str, Any], change: Change) -> bool:
    """Whether a row has the values that a change says were there."""
    wanted = columns_of(ENTITIES[change.entity], change.before or {})
    removed = wanted.pop("deleted_at", None)
    if (removed is None) != (stored["deleted_at"] is None):
        return False
    return all(stored[name] == value for name, value in wanted.items())


def _is_marked(connection: sqlite3.Connection, change: Change) -> bool:
    """Whether a new highlight is on words that the same annotator has marked already."""
    if change.entity != "highlight" or change.patch.get("extra_spans"):
        return False
    found = connection.execute(
        "SELECT 1 FROM highlight WHERE version_uid = ? AND annotator_uid = ? AND start = ?"
        ' AND "end" = ? AND deleted_at IS NULL',
        [change.patch.get(name) for name in SPOT],
    )
    return found.fetchone() is not None


def _stands(connection: sqlite3.Connection, change: Change, stored: dict[str, Any] | None) -> bool:
    """Whether what a change refers to is there: the highlight that a judgement is on, and so on."""
    for name, table in _REFERS.get(change.entity, {}).items():
        uid = (stored or {}).get(name) or change.patch.get(name)
        query = f"SELECT 1 FROM {table} WHERE uid = ? AND deleted_at IS NULL"  # noqa: S608 - own names
        if uid is not None and connection.execute(query, (uid,)).fetchone() is None:
            return False
    return True
