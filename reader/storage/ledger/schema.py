"""The thirteenth migration: the prints of texts, by which passages are found that stand elsewhere.

Local state, like the index of the search: it is made from the texts, later and in slices; see
:mod:`reader.storage.ledger.prints`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_FORGET = (
    "DELETE FROM overlap WHERE version_id ="
    " (SELECT id FROM article_version WHERE uid = {row}.version_uid)"
)

_STATEMENTS = (
    # The prints are packed: asking which texts share some means reading them all in one pass,
    # which takes less time, and a twentieth of the room, than a row for each of them.
    """
    CREATE TABLE overlap (
        version_id INTEGER PRIMARY KEY REFERENCES article_version(id) ON DELETE CASCADE,
        method INTEGER NOT NULL,
        prints BLOB NOT NULL
    ) STRICT
    """,
    # Whether a paragraph counts depends on its role, which may be changed.
    *(
        f"CREATE TRIGGER overlap_role_{name} AFTER {event} ON block"
        f" BEGIN {_FORGET.format(row=row)}; END"
        for name, event, row in (
            ("new", "INSERT", "new"),
            ("changed", "UPDATE", "new"),
            ("gone", "DELETE", "old"),
        )
    ),
)


def add_overlap(db: Database) -> None:
    """Bring the tables of the version before to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
