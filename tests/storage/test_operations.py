"""What the operations of an action have in common stands in the log once, and no reader notices."""

import sqlite3
from pathlib import Path

import pytest

from reader.domain.operation import Change, Group, Operation, new_uid, tick
from reader.services.care import doctor
from reader.storage import operations
from reader.storage.library import Library
from tests.storage.first_version import first_version
from tests.storage.stored import state


def source(name: str) -> Change:
    return Change("source", new_uid(), {"name": name, "kind": "person", "naming": "named"})


def whole(connection: sqlite3.Connection) -> list[tuple]:
    names = "id, uid, group_uid, article_uid, clock, actor, device, kind, entity, entity_uid"
    query = f"SELECT {names}, patch, before, undoes, summary, schema FROM op ORDER BY id"
    return connection.execute(query).fetchall()


def parts(library: Library) -> list[tuple[int, int]]:
    query = "SELECT id, until FROM operation WHERE id = part ORDER BY id"
    return library.connection.execute(query).fetchall()


def test_the_log_of_the_seventeenth_version_becomes_narrow(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    columns = "uid, clock, entity, entity_uid, patch, group_uid, article_uid, actor, device, kind"
    with sqlite3.connect(path) as old:
        (article,) = old.execute("SELECT uid FROM article").fetchone()
        (ana,) = old.execute("SELECT uid FROM annotator").fetchone()
        (ms,) = old.execute("SELECT substr(max(clock), 1, 15) + 0 FROM op").fetchone()
        for number, (group, count) in enumerate(
            [("a", 1), ("a", 2), ("b", 3), ("c", -4), ("a", 5)]
        ):
            clock = f"{ms + count:015d}-00000-d"  # that of c came in by a merge
            row = (f"o{number}", clock, "label", f"l{number}", '{"name": "x"}', group, article, ana)
            marks = "?, ?, ?, ?, ?, ?, ?, ?, 'd', 'label', 'x', 1"
            old.execute(f"INSERT INTO op ({columns}, summary, schema) VALUES ({marks})", row)
        before = whole(old)
        (judged,) = old.execute("SELECT id, uid, code FROM judgement").fetchall()
    old.close()
    with Library(path) as library:
        assert whole(library.connection) == before
        ask = library.connection.execute
        assert ask("SELECT id, uid, code FROM judgement").fetchall() == [judged]
        names = ", ".join(row[1] for row in ask("PRAGMA table_info(judgement)") if row[1] != "id")
        twice = f"INSERT INTO judgement ({names}) SELECT {names} FROM judgement"
        with pytest.raises(sqlite3.IntegrityError, match=r"judgement\.uid"):
            ask(twice)
        first = before[-5][0]
        assert parts(library)[-4:] == [
            (first, first + 1), (first + 2,) * 2, (first + 3,) * 2, (first + 4,) * 2
        ]  # fmt: skip
        assert not operations.in_clock_order(library.connection)
        number, clock = operations.newest(library.connection)
        assert (number, clock) == (before[-1][0], f"{ms + 5:015d}-00000-d")
        clocks = [op.clock for op in library.log.operations(everything=True)]
        assert clocks == sorted(clocks)


def test_operations_written_together_are_a_part(library: Library) -> None:
    me = library.annotator("ana")
    began = operations.newest(library.connection)[0]
    group = Group("x", me, None, tuple(source(f"l{n}") for n in range(3)), summary="s")
    library.log.commit(group, Group("y", me, None, (source("one"),)))
    assert parts(library)[-2:] == [(began + 1, began + 3), (began + 4, began + 4)]
    found = library.log.of_group(group.uid)
    assert [op.entity_uid for op in found] == [change.uid for change in group.changes]
    assert {(op.kind, op.actor, op.summary) for op in found} == {("x", me, "s")}
    assert operations.in_clock_order(library.connection)
    table = "SELECT count(*) FROM operation WHERE actor IS NULL"
    assert library.connection.execute(table).fetchone() == (2,)
    for statement in ("INSERT INTO operation (uid, part, clock, entity, entity_uid, patch)"
                      " VALUES ('u', 999, 'c', 'e', 'e', '{}')",
                      "DELETE FROM operation", "UPDATE operation SET part = 1"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            library.connection.execute(statement)


def test_the_clock_goes_on_from_the_newest_that_came_in(library: Library) -> None:
    me = library.annotator("ana")
    late, early = f"{4 * 10**12:015d}-00007-other", f"{5:015d}-00000-other"

    def foreign(group: str, clock: str) -> Operation:
        change, by = source("l"), (clock, me, "other", "x")
        said = (change.entity, change.uid, dict(change.patch), None, None, "s")
        return Operation(new_uid(), group, None, *by, *said)

    came = [foreign("g", late), foreign("g", tick(late, "other", 0)), foreign("h", early)]
    with library.merging(lambda article: []) as merge:
        for number, op in enumerate(came):
            merge.operation(number, op)
        assert not merge.finish().refused
    assert not operations.in_clock_order(library.connection)
    assert [first == last for first, last in parts(library)[-2:]] == [True, False]
    last = operations.newest(library.connection)[1]
    assert last == came[1].clock
    library.log.commit(Group("x", me, None, (source("mine"),)))
    everything = [op.clock for op in library.log.operations(everything=True)]
    assert everything == sorted(everything)
    assert everything[-1].startswith(f"{4 * 10**12:015d}-00009-")
    before = state(library)
    library.log.rebuild()
    assert state(library) == before


def test_who_did_it_stays_when_the_beginning_of_an_action_is_purged(library: Library) -> None:
    me = library.annotator("ana")
    group = Group("x", me, None, tuple(source(f"l{n}") for n in range(4)), summary="s")
    library.log.commit(group)
    kept = library.log.of_group(group.uid)[2:]
    ask = library.connection.execute
    first = operations.newest(library.connection)[0] - 3
    for trigger in ("op_no_update", "op_no_delete"):
        ask(f"DROP TRIGGER {trigger}")
    ask("CREATE TEMP TABLE going AS SELECT ? AS id UNION SELECT ?", (first, first + 1))
    operations.behead(library.connection, "temp.going")
    ask("DELETE FROM operation WHERE id IN temp.going")
    assert library.log.of_group(group.uid) == kept
    assert parts(library)[-2:] == [(first + 2, first + 2), (first + 3, first + 3)]


def test_an_operation_without_its_beginning_is_found(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        me = library.annotator("ana")
        library.log.commit(Group("x", me, None, (source("a"), source("b"))))
    with sqlite3.connect(path) as other:
        (trigger,) = other.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'op_no_delete'"
        ).fetchone()
        other.execute("DROP TRIGGER op_no_delete")
        other.execute("DELETE FROM operation WHERE id = (SELECT max(id) - 1 FROM operation)")
        other.execute(trigger)
    other.close()
    found = [finding.message for finding in doctor.examine(path).findings]
    assert any("not said whose it is" in message for message in found), found


OFTEN = (
    "FROM op WHERE group_uid = ? ORDER BY clock, uid",
    "FROM op WHERE entity_uid = ? AND clock > ? ORDER BY clock, uid",
    "FROM op WHERE entity_uid = ? AND group_uid = ?",
    "FROM op WHERE id > ? AND id <= ? AND (+article_uid = ? OR +article_uid IS NULL)",
    "FROM op WHERE uid = ?",
    "FROM op WHERE article_uid IS ? ORDER BY clock, uid",
    "FROM operation WHERE group_uid IS NOT NULL AND article_uid IS ? AND actor IN (?, ?)"
    " ORDER BY clock DESC",
)


def test_what_is_asked_often_goes_through_no_whole_table(library: Library) -> None:
    for query in OFTEN:
        values = [None] * query.count("?")
        plan = library.connection.execute(f"EXPLAIN QUERY PLAN SELECT * {query}", values)
        steps = [row[3] for row in plan]
        assert steps, query
        assert not [step for step in steps if step.startswith("SCAN")], (query, steps)


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "a.db") as library:
        yield library
