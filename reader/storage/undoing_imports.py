"""What is told of an import that is taken back: how much it is, and whose."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.operation import IMPORTED
from reader.storage.annotators import Annotators


def in_words(connection: sqlite3.Connection, group: str, summary: str) -> str:
    """Return what is taken back, or done again, in words: of an import how much it is, and whose.

    Args:
        connection: A connection.
        group: The group that is taken back, or the one that does it.
        summary: What it is in a few words.
    """
    if summary != IMPORTED:
        return summary
    rows = connection.execute(
        "SELECT coalesce(json_extract(patch, '$.annotator_uid'),"
        " json_extract(before, '$.annotator_uid')) AS whose, count(*) FROM op"
        " WHERE group_uid = ? AND entity = 'highlight' GROUP BY whose HAVING whose IS NOT NULL",
        (group,),
    )
    handles = Annotators(connection, Path()).handles()
    said = [
        f"{count:,} highlight{'' if count == 1 else 's'} by {handles.get(uid, '?')}"
        for uid, count in rows
    ]
    return f"{summary} ({', '.join(sorted(said))})" if said else summary
