"""What is being typed, one of each window."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    CREATE TABLE new_draft (
        annotator_uid TEXT NOT NULL,
        version_uid TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        "window" TEXT NOT NULL DEFAULT '',
        base TEXT,
        PRIMARY KEY (annotator_uid, version_uid, start, "end", "window")
    ) STRICT
    """,
    'INSERT INTO new_draft SELECT annotator_uid, version_uid, start, "end", text, updated_at,'
    " '', NULL FROM draft",
    "DROP TABLE draft",
    "ALTER TABLE new_draft RENAME TO draft",
)


def add_windows(db: Database) -> None:
    """Let each window have its own note on the same words, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)


_KINDS = (
    """
    CREATE TABLE new_draft (
        annotator_uid TEXT NOT NULL,
        version_uid TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        "window" TEXT NOT NULL DEFAULT '',
        base TEXT,
        kind TEXT NOT NULL DEFAULT 'note',
        PRIMARY KEY (annotator_uid, version_uid, start, "end", kind, "window")
    ) STRICT
    """,
    'INSERT INTO new_draft SELECT annotator_uid, version_uid, start, "end", text, updated_at,'
    " \"window\", base, 'note' FROM draft",
    "DROP TABLE draft",
    "ALTER TABLE new_draft RENAME TO draft",
)


def add_kinds(db: Database) -> None:
    """Let other things than notes be typed on the same words, inside the caller's transaction."""
    for statement in _KINDS:
        db.execute(statement)
