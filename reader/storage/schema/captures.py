"""The fifth migration: what is known of a capture besides its text.

In a table of its own: in a column behind the text, it would be read by way of the text's pages.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    CREATE TABLE capture_details (
        version_uid TEXT PRIMARY KEY REFERENCES article_version(uid) ON DELETE CASCADE,
        final_url TEXT,
        quality TEXT NOT NULL,
        pages BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER capture_details_frozen BEFORE UPDATE ON capture_details
    BEGIN SELECT raise(ABORT, 'a captured version never changes'); END
    """,
)


def add_capture_details(db: Database) -> None:
    """Bring the tables of the fourth version to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
