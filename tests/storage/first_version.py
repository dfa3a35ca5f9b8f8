"""A library as the first version of the program made it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.schema import tables as schema


def first_version(path: Path) -> None:
    """Write a library as the first version wrote it, with a judgement in it."""
    dump = Path(__file__).with_name("first_version.sql").read_text("utf-8")
    with sqlite3.connect(path) as connection:
        connection.executescript(dump)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
    connection.close()
