"""Highlights near a place are found without looking at all the others."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.services.capturing import adding
from reader.storage.glance import NEAR
from reader.storage.library import Library

spans = st.tuples(st.integers(0, 9_000), st.sampled_from([1, 40, 1_999, 2_000, 2_001, 6_000]))
places = st.tuples(st.integers(0, 12_000), st.integers(1, 3_000))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    folder = tmp_path_factory.mktemp("near")
    (folder / "a.txt").write_text("A text. " * 2_000)
    with Library(folder / "l.db") as made:
        adding.add_file(made, folder / "a.txt", made.annotator("ana"))
    connection = sqlite3.connect(folder / "l.db", isolation_level=None)
    connection.execute("PRAGMA synchronous=off")
    return connection


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(spans, max_size=30), places)
def test_all_that_touch_a_stretch_are_found(
    library: sqlite3.Connection, made: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    (version,) = library.execute("SELECT uid FROM article_version").fetchone()
    (ana,) = library.execute("SELECT uid FROM annotator").fetchone()
    library.execute("BEGIN")
    library.executemany(
        'INSERT INTO highlight (uid, version_uid, annotator_uid, start, "end", exact, prefix,'
        " suffix, created_at, updated_at, rev) VALUES (?, ?, ?, ?, ?, 'x', '', '', '', '', 1)",
        [
            (f"h{number}", version, ana, start, start + length)
            for number, (start, length) in enumerate(made)
        ],
    )
    begin, end = place[0], sum(place)
    found = [uid for (uid,) in library.execute(NEAR, (version, ana, begin, end))]
    library.execute("ROLLBACK")
    assert sorted(found) == sorted(
        f"h{number}"
        for number, (start, length) in enumerate(made)
        if start < end and start + length > begin
    )


def test_both_indexes_are_used(library: sqlite3.Connection) -> None:
    plan = library.execute(f"EXPLAIN QUERY PLAN {NEAR}", ("v", "a", 5_000, 6_000)).fetchall()
    said = " ".join(row[3] for row in plan)
    assert "COVERING INDEX highlight_place (version_uid=? AND start>? AND start<?)" in said
    assert "COVERING INDEX highlight_long (version_uid=? AND end>?)" in said
