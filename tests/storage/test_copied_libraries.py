"""What other tests take for a new library is one."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from reader.storage.library import Library
from tests.new_libraries import OF_ITS_OWN, Pattern

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+")


def test_a_copy_is_what_the_migrations_make(tmp_path: Path) -> None:
    made, *copies = (tmp_path / name for name in ("made.db", "one.db", "two.db"))
    Library(made).close()
    with Pattern(tmp_path / "pattern.db").copied():
        for copy in copies:
            with Library(copy) as library:
                assert library._made_now
    uids = [taken_out(path) for path in (made, *copies)]
    assert len({uid for found in uids for uid in found}) == len(OF_ITS_OWN) * len(uids)
    assert contents(made) == contents(copies[0]) == contents(copies[1])


def taken_out(path: Path) -> list[str]:
    """Take what a library has of its own out of it."""
    marks = ", ".join("?" * len(OF_ITS_OWN))
    with closing(sqlite3.connect(path)) as one, one:
        sql = f"DELETE FROM meta WHERE key IN ({marks}) RETURNING value"
        return [uid for (uid,) in one.execute(sql, OF_ITS_OWN)]


def contents(path: Path) -> list[str]:
    """Return all that is in a file and how it is kept, but for when it was made."""
    settings = ("user_version", "application_id", "page_size", "journal_mode", "auto_vacuum")
    with closing(sqlite3.connect(path)) as one:
        kept = [str(one.execute(f"PRAGMA {name}").fetchone()) for name in settings]
        return kept + [TIME.sub("", line) for line in one.iterdump()]
