"""The tables, as migrations; imported only when a database has to be made or brought up to date."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from reader.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.storage.ledger.schema import add_overlap
from reader.storage.schema.captures import add_capture_details
from reader.storage.schema.drafts import add_kinds, add_windows
from reader.storage.schema.first import make_first_tables
from reader.storage.schema.flat import add_flat_views
from reader.storage.schema.library import add_status
from reader.storage.schema.made_twice import say_again
from reader.storage.schema.named import name_index_of_judgements
from reader.storage.schema.narrow import make_log_narrow
from reader.storage.schema.overall import add_overall
from reader.storage.schema.speaking import add_speaking
from reader.storage.schema.taken_back import stand_again
from reader.storage.schema.versions import add_versions
from reader.storage.search.schema import add_search, add_speakers_to_search

migrations = Migrations("reader")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date. Call it inside a transaction: all steps happen or none."""
    database = Database(connection, execute_plugins=False)
    migrations.apply(database)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


@migrations()
def m001_initial(db: Database) -> None:
    """Make the first tables."""
    make_first_tables(db)


@migrations()
def m002_overall(db: Database) -> None:
    """Let an article as a whole have a note, verdicts and labels."""
    add_overall(db)


@migrations()
def m003_joined_annotators(db: Database) -> None:
    """Let one annotator be said to be another one."""
    db.execute("ALTER TABLE annotator ADD COLUMN joined_into TEXT REFERENCES annotator(uid)")


@migrations()
def m004_bookmarks(db: Database) -> None:
    """Let annotators set marks in articles, to come back to."""
    db.execute(
        """
        CREATE TABLE bookmark (
            annotator_uid TEXT NOT NULL,
            version_uid TEXT NOT NULL,
            letter TEXT NOT NULL,
            offset INTEGER NOT NULL,
            PRIMARY KEY (annotator_uid, version_uid, letter)
        ) STRICT
        """
    )


@migrations()
def m005_capture_details(db: Database) -> None:
    """Let captures have pages, a quality, and the address they came from in the end."""
    add_capture_details(db)


@migrations()
def m006_status(db: Database) -> None:
    """Let articles have a status, and remember which were purged."""
    add_status(db)


@migrations()
def m007_versions(db: Database) -> None:
    """Let an article have several versions, and highlights be carried over from one to the next."""
    add_versions(db)


@migrations()
def m008_search(db: Database) -> None:
    """Let everything in the library be found by its words."""
    add_search(db)


@migrations()
def m009_speaking(db: Database) -> None:
    """Let statements have sources, relations and evidence, and what a detector proposed a fate."""
    add_speaking(db)


@migrations()
def m013_overlap(db: Database) -> None:
    """Let passages be found that stand in other articles, too."""
    add_overlap(db)


@migrations()
def m014_speakers_shown(db: Database) -> None:
    """Let who said a statement, and the evidence for it, be searched, and be read as flat views."""
    add_speakers_to_search(db)
    add_flat_views(db)


@migrations()
def m015_long_highlights(db: Database) -> None:
    """Let highlights near a place be found without looking at all that begin before it."""
    db.execute(
        'CREATE INDEX highlight_long ON highlight(version_uid, "end", start, uid)'
        ' WHERE "end" - start > 2000'
    )


@migrations()
def m016_windows(db: Database) -> None:
    """Let each window have its own note that is being typed on the same words."""
    add_windows(db)


@migrations()
def m017_kinds_of_drafts(db: Database) -> None:
    """Let forms that are being filled in be kept as notes are."""
    add_kinds(db)


@migrations()
def m018_narrow_log(db: Database) -> None:
    """Let what the operations of an action have in common stand in the log once."""
    make_log_narrow(db)


@migrations()
def m019_index_of_judgements(db: Database) -> None:
    """Let the index of the ids of judgements be put off while very many are written."""
    name_index_of_judgements(db)


@migrations()
def m020_made_twice(db: Database) -> None:
    """Let what was corrected by hand stand over what another library found by itself."""
    say_again(db.conn)


@migrations()
def m021_taken_back(db: Database) -> None:
    """Let what was taken back on one machine stand where another one had done it, too."""
    stand_again(db.conn)
