"""The nineteenth migration: that ids of judgements are unique is seen by an index with a name.

An index that belongs to a table's definition cannot be put off while very many rows are written,
and these ids come in no order. SQLite cannot take it out of there, so the table is made anew.
"""

from __future__ import annotations

from sqlite_utils import Database

_UNIQUE = "uid TEXT NOT NULL UNIQUE"

_OTHERS = """
    SELECT type, name, sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND (
        (tbl_name = 'judgement' AND type IN ('index', 'trigger')) OR type = 'view'
        OR (type = 'trigger' AND tbl_name IN (SELECT name FROM sqlite_schema WHERE type = 'view'))
    )
    ORDER BY type = 'view', type = 'index', rowid DESC
"""
"""What has to be made anew with the table: its indexes and triggers, and all views, which SQLite
looks at when a table gets another name; those that need others first."""


def name_index_of_judgements(db: Database) -> None:
    """Bring the judgements of the eighteenth version to this one, in the caller's transaction."""
    (made,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'judgement'").fetchone()
    others = db.execute(_OTHERS).fetchall()
    for kind, name, _ in others:
        db.execute(f"DROP {kind} {name}")
    columns = made.partition("(")[2].replace(_UNIQUE, "uid TEXT NOT NULL", 1)
    db.execute(f"CREATE TABLE new_judgement ({columns}")
    db.execute("INSERT INTO new_judgement SELECT * FROM judgement ORDER BY id")
    db.execute("DROP TABLE judgement")
    db.execute("ALTER TABLE new_judgement RENAME TO judgement")
    db.execute("CREATE UNIQUE INDEX judgement_uid ON judgement(uid)")
    for _, _, statement in reversed(others):
        db.execute(statement)
