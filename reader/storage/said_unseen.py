"""Whether something stands on a highlight of which whoever takes its making back did not know."""

from __future__ import annotations

import sqlite3

ANY_TIME = "9"
"""A clock later than all."""

_UNSEEN = """
    WITH said(uid) AS (
        SELECT uid FROM judgement WHERE highlight_uid = ?1 AND deleted_at IS NULL
        UNION SELECT uid FROM attribution WHERE highlight_uid = ?1 AND deleted_at IS NULL
        UNION SELECT uid FROM evidence_link WHERE highlight_uid = ?1 AND deleted_at IS NULL
        UNION SELECT uid FROM relation WHERE from_uid = ?1 AND deleted_at IS NULL
        UNION SELECT uid FROM relation WHERE to_uid = ?1 AND deleted_at IS NULL
    )
    SELECT 1 FROM op WHERE entity_uid IN said AND kind NOT IN ('join', 'annotators')
        AND (actor <> ?2 OR device <> ?3 OR clock > ?4) LIMIT 1
"""


def is_said_unseen(
    connection: sqlite3.Connection, highlight: str, actor: str, device: str, clock: str = ANY_TIME
) -> bool:
    """Whether somebody else said something on a highlight, or on another machine, or later.

    Args:
        connection: A connection to the library.
        highlight: Uid of the highlight.
        actor: Who takes its making back.
        device: On which machine.
        clock: When.
    """
    found = connection.execute(_UNSEEN, (highlight, actor, device, clock)).fetchone()
    return found is not None
