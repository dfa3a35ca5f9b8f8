"""The log as JSON lines: there and back, cut, doubled, hostile; and two files directly."""

import itertools
import json
import random
import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.codebook import parse_codebook
from reader.domain.errors import DatabaseNewer, InputError, StorageError, UsageError
from reader.domain.operation import Change, Group, new_uid, now, now_ms
from reader.domain.text import Role, Span
from reader.formats import jsonl
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.exchange import logs as exchange
from reader.storage.library import Library
from tests.storage.stored import state

TEXT = "One is here. Two is there.\n\nThree, with ümläuts and 漢字, is the last.\n"


@pytest.fixture
def library(tmp_path: Path):
    """A library with a bit of everything."""
    story = tmp_path / "story.md"
    story.write_text(TEXT, "utf-8")
    with Library(tmp_path / "one" / "library.db") as library:
        me = library.annotator("ana")
        article = adding.add_file(library, story, me).article
        book = load_builtin("credibility-7")
        known = Annotations(article.uid, article.version_uid, me, TEXT.rstrip("\n"))
        for number, span in enumerate((Span(0, 12), Span(13, 26))):
            tag = book.facets[0].tags[number]
            edit = known.toggle_tag(known.target(span), book, book.facets[0], tag)
            known.apply(edit)
            library.log.commit(edit.group)
        library.log.commit(known.set_note(known.target(Span(0, 12)), "why\nnot?").group)
        library.log.commit(known.delete(known.index[1]).group)
        library.log.undo(article.uid, me)
        library.log.commit(known.role_change(0, Role.BODY, Role.QUOTE, changed_before=False))
        yield library


@pytest.fixture
def other(tmp_path: Path):
    with Library(tmp_path / "two" / "library.db") as other:
        yield other


def exported(library: Library, path: Path) -> list[dict]:
    exchange.export_jsonl(library, path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write(path: Path, records: list[dict]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def everything(library: Library) -> tuple[object, ...]:
    contents = library.contents()
    operations = list(library.log.operations(everything=True))
    return operations, list(contents.captures()), list(contents.codebooks()), state(library)


def test_an_empty_library_becomes_the_same(library, other, tmp_path) -> None:
    path = tmp_path / "log.jsonl"
    records = exported(library, path)
    report = exchange.import_jsonl(other, path)
    assert report.is_whole
    assert report.imported == report.read == len(everything(library)[0])
    assert (report.articles, report.codebooks, report.present) == (1, 1, 0)
    assert everything(other) == everything(library)
    assert doctor.examine(other.path).findings == []
    again = exported(other, tmp_path / "again.jsonl")
    assert again[1:] == records[1:]


def test_again_changes_nothing(library, other, tmp_path) -> None:
    path = tmp_path / "log.jsonl"
    exported(library, path)
    exchange.import_jsonl(other, path)
    before = everything(other)
    report = exchange.import_jsonl(other, path)
    assert (report.imported, report.present, report.articles) == (0, report.read, 0)
    assert everything(other) == before
    assert exchange.import_jsonl(library, path).imported == 0


def test_any_order_and_doubled_lines(library, other, tmp_path) -> None:
    head, *records, end = exported(library, tmp_path / "log.jsonl")
    random.Random(7).shuffle(records)
    path = write(
        tmp_path / "x.jsonl", [head, *records, *records, {**end, "records": 2 * len(records)}]
    )
    assert exchange.import_jsonl(other, path).is_whole
    assert everything(other) == everything(library)


def test_undo_goes_on_in_the_other_library(library, other, tmp_path) -> None:
    exchange.merge_library(other, library.path)
    me = other.annotators.find("ana")
    (article,) = other.articles.in_order()
    while history.undo(other, article, me):
        pass
    version = other.articles.get(article).version_uid
    assert other.highlights.overlapping(version, me, 0, 99) == []
    report = exchange.merge_library(library, other.path)
    assert report.is_whole
    assert library.highlights.overlapping(version, me, 0, 99) == []
    assert state(library) == state(other)


def test_what_two_machines_took_back_and_one_did_again_can_be_taken_back(
    library, other, monkeypatch
) -> None:
    times = itertools.count(now_ms() + 1_000)
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: next(times))
    exchange.merge_library(other, library.path)
    me = library.annotators.find("ana")
    (article,) = library.articles.in_order()
    for where in (library, other):
        assert history.undo(where, article, me)
    assert history.redo(library, article, me)
    exchange.merge_library(library, other.path)
    exchange.merge_library(other, library.path)
    for where in (library, other):
        undone = history.undo(where, article, me)
        assert undone.summary == "paragraph is quote"
        assert undone.roles == {0: None}


def test_the_last_writer_wins_field_by_field(library, other, monkeypatch) -> None:
    times = itertools.count(now_ms() + 1_000)
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: next(times))
    exchange.merge_library(other, library.path)
    me = library.annotators.find("ana")
    (article,) = library.articles.in_order()
    version = library.articles.get(article).version_uid
    uid = library.highlights.overlapping(version, me, 0, 12)[0].uid

    def change(where: Library, field: str, before, after) -> None:
        patch = Change("highlight", uid, {field: after}, {field: before})
        where.log.commit(Group("note", me, article, (patch,)))

    change(other, "note", "why\nnot?", "older")
    change(library, "note", "why\nnot?", "newer")
    change(other, "flag", False, True)
    for _ in range(2):
        exchange.merge_library(library, other.path)
        exchange.merge_library(other, library.path)
    for where in (library, other):
        found = where.highlights.get(uid)
        assert (found.note, found.flag) == ("newer", True)
        notes = [op.patch["note"] for op in where.log.of_entities([uid]) if "note" in op.patch]
        assert "older" in notes  # nothing is lost
    assert state(library) == state(other)


def test_local_numbers_and_places_stay(library, other, tmp_path) -> None:
    exchange.merge_library(other, library.path)
    story = tmp_path / "second.txt"
    story.write_text("Another story.\n")
    adding.add_file(other, story, other.annotator("ben"))
    before = library.articles.in_order()
    exchange.merge_library(library, other.path)
    assert library.articles.in_order()[: len(before)] == before
    assert len(library.articles.in_order()) == 2


def test_people_of_one_name_stay_two(library, other) -> None:
    mine = other.annotator("ana")
    exchange.merge_library(other, library.path)
    assert list(other.annotators.handles().values()) == ["ana", "ana"]
    assert other.annotators.find("ana") == mine


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_cut_file_gives_what_is_whole(library, other, tmp_path, part) -> None:
    path = tmp_path / "log.jsonl"
    exported(library, path)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * part)])
    report = exchange.import_jsonl(other, path)
    assert report.cut
    assert any("cut" in problem.reason for problem in report.problems)
    assert doctor.examine(other.path).findings == []
    path.write_bytes(raw)
    assert exchange.import_jsonl(other, path).is_whole
    assert everything(other)[0] == everything(library)[0]
    assert state(other) == state(library)


def test_a_file_cut_between_two_lines_is_noticed(library, other, tmp_path) -> None:
    *records, _, _ = exported(library, tmp_path / "log.jsonl")
    assert exchange.import_jsonl(other, write(tmp_path / "x.jsonl", records)).cut


def test_missing_lines_are_noticed(library, other, tmp_path) -> None:
    records = exported(library, tmp_path / "log.jsonl")
    del records[-3]
    assert exchange.import_jsonl(other, write(tmp_path / "x.jsonl", records)).cut


# ---------------------------------------------------------------------- hostile


def capture(records: list[dict]) -> dict:
    return next(record for record in records if record["record"] == "capture")


def operation(records: list[dict], entity: str) -> dict:
    return next(r for r in records if r["record"] == "operation" and r["entity"] == entity)


LATE = f"{9 * 10**14:015d}-00000-{new_uid()}"

SPOILERS = {
    "unknown entity": lambda r: operation(r, "highlight").update(entity="planet"),
    "unknown field": lambda r: operation(r, "highlight")["patch"].update(owner="me"),
    "a column as field": lambda r: operation(r, "highlight")["patch"].update(rev=9),
    "a wrong type": lambda r: operation(r, "highlight")["patch"].update(start="0"),
    "a number too large": lambda r: operation(r, "highlight")["patch"].update(end=10**30),
    "not a number": lambda r: operation(r, "highlight")["patch"].update(end=float("nan")),
    "other words": lambda r: operation(r, "highlight")["patch"].update(exact="Something else"),
    "outside the text": lambda r: operation(r, "highlight")["patch"].update(start=900, end=999),
    "a field missing": lambda r: operation(r, "highlight")["patch"].pop("exact"),
    "another's judgement": lambda r: operation(r, "judgement").update(entity_uid=new_uid()),
    "an unknown tag": lambda r: operation(r, "judgement")["patch"]["value"].update(code="x"),
    "half a value": lambda r: operation(r, "judgement")["patch"]["value"].pop("reason"),
    "a likelihood": lambda r: operation(r, "judgement")["patch"]["value"].update(likelihood=101),
    "a clock": lambda r: operation(r, "highlight").update(clock="noon"),
    "a late clock": lambda r: operation(r, "highlight").update(clock=LATE, device=LATE[22:]),
    "a newer schema": lambda r: operation(r, "highlight").update(schema=2),
    "no author": lambda r: operation(r, "highlight").update(actor=new_uid()),
    "no article": lambda r: operation(r, "highlight").update(article=new_uid()),
    "a handle": lambda r: operation(r, "annotator")["patch"].update(handle="\x1b[2J"),
    "a role": lambda r: operation(r, "block")["patch"].update(role="king"),
    "a block's id": lambda r: operation(r, "block").update(entity_uid="x:0"),
    "a lone surrogate": lambda r: operation(r, "article")["patch"].update(title="\ud800"),
    "a text": lambda r: capture(r).update(text="other"),
    "a source": lambda r: capture(r).update(raw="*"),
    "blocks": lambda r: capture(r).update(blocks=[[0, 999, "body", 0]]),
    "a codebook": lambda r: next(x for x in r if x["record"] == "codebook").update(source="x = 1"),
    "a codebook's name": lambda r: next(x for x in r if x["record"] == "codebook").update(id="y"),
    "a record": lambda r: r[1].update(record="virus"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILERS)
def test_what_is_refused_changes_nothing_and_the_rest_adds_up(library, other, tmp_path, name):
    records = exported(library, tmp_path / "log.jsonl")
    SPOILERS[name](records)
    path = write(tmp_path / "x.jsonl", records)
    report = exchange.import_jsonl(other, path)
    assert report.rejected > 0
    assert len(report.problems) == report.rejected
    assert not report.cut
    assert doctor.examine(other.path).findings == []
    before = everything(other)
    assert exchange.import_jsonl(other, path).imported == 0
    assert everything(other) == before
    exported(library, tmp_path / "true.jsonl")  # it mends what the other one lacked
    assert exchange.import_jsonl(other, tmp_path / "true.jsonl").is_whole
    assert state(other) == state(library)


def test_into_its_own_library_nothing_false_comes_in(library, tmp_path) -> None:
    records = exported(library, tmp_path / "log.jsonl")
    operation(records, "highlight")["patch"]["note"] = "put into her mouth"
    before = everything(library)
    report = exchange.import_jsonl(library, write(tmp_path / "x.jsonl", records))
    assert report.rejected == 1
    assert "other content" in report.problems[0].reason
    assert everything(library) == before


def test_a_codebook_of_the_same_version_with_other_content(library, other, tmp_path) -> None:
    book = load_builtin("credibility-7")
    changed = book.source + "\n# of another mind\n"
    records = exported(library, tmp_path / "log.jsonl")
    next(r for r in records if r["record"] == "codebook")["source"] = changed
    exchange.import_jsonl(other, write(tmp_path / "x.jsonl", records))
    before = everything(library)
    report = exchange.merge_library(library, other.path)
    assert report.rejected == 1
    assert "other content" in report.problems[0].reason
    assert (
        "(reader codebook rename credibility-7 OLD NEW makes version" in report.problems[0].reason
    )
    assert everything(library) == before
    # What was judged by it there would be another judgement here.
    (article,) = other.articles.in_order()
    version = other.articles.get(article).version_uid
    known = Annotations(article, version, other.annotator("ana"), TEXT.rstrip("\n"))
    theirs = parse_codebook(changed, book.id)
    facet = theirs.facets[0]
    edit = known.toggle_tag(known.target(Span(28, 40)), theirs, facet, facet.tags[0])
    other.log.commit(edit.group)
    report = exchange.merge_library(library, other.path)
    assert any("has other content here" in problem.reason for problem in report.problems)
    assert everything(library) == before


def test_lines_that_are_no_records(library, other, tmp_path) -> None:
    path = tmp_path / "log.jsonl"
    exported(library, path)
    first, *rest = path.read_bytes().splitlines(keepends=True)
    bad = [b"not json\n", b"[]\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"\n", b"7\n"]
    path.write_bytes(first + b"".join(bad) + b"".join(rest))
    report = exchange.import_jsonl(other, path)
    assert report.rejected == 5
    assert report.cut  # the count at the end does not hold
    assert [problem.line for problem in report.problems][:5] == [2, 3, 4, 5, 7]


def test_a_line_without_end_is_not_read_into_memory(library, other, tmp_path, monkeypatch) -> None:
    path = tmp_path / "log.jsonl"
    exported(library, path)
    monkeypatch.setattr(exchange, "LINE_LIMIT", 5_000)
    path.write_bytes(path.read_bytes() + b"x" * 20_000)
    report = exchange.import_jsonl(other, path)
    assert any("longer than 5,000 bytes" in problem.reason for problem in report.problems)
    assert [line.trouble for line in jsonl.read_lines(path.open("rb"), 5_000)][-1]


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"a,b\n1,2\n", b'{"record": "operation"}\n', b"\xff"]
)
def test_a_file_of_another_kind(library, tmp_path, raw) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw)
    before = everything(library)
    with pytest.raises(InputError, match="is no file that"):
        exchange.import_jsonl(library, path)
    assert everything(library) == before


def test_a_newer_file_and_no_file(library, tmp_path) -> None:
    head, *_ = exported(library, tmp_path / "log.jsonl")
    with pytest.raises(InputError, match="newer version"):
        exchange.import_jsonl(library, write(tmp_path / "x.jsonl", [{**head, "version": 2}]))
    with pytest.raises(InputError, match="does not exist"):
        exchange.import_jsonl(library, tmp_path / "no.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        exchange.import_jsonl(library, tmp_path)


def test_what_cannot_be_merged(library, other, tmp_path) -> None:
    with pytest.raises(UsageError, match="library itself"):
        exchange.merge_library(library, library.path)
    with pytest.raises(InputError, match="does not exist"):
        exchange.merge_library(library, tmp_path / "no.db")
    other.annotator("ben")
    other.connection.execute("PRAGMA user_version=99")
    before = everything(library)
    with pytest.raises(DatabaseNewer):
        exchange.merge_library(library, other.path)
    assert everything(library) == before


def test_an_export_replaces_only_when_told_to(library, tmp_path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        exchange.export_jsonl(library, path)
    assert path.read_text() == "mine"
    assert (
        exchange.export_jsonl(library, path, force=True) == len(path.read_bytes().splitlines()) - 2
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_bytes_in_the_middle(library, other, tmp_path, data) -> None:
    raw = exported_bytes(library, tmp_path / "log.jsonl")
    start = data.draw(st.integers(0, len(raw)))
    length = data.draw(st.integers(0, 30))
    noise = data.draw(st.binary(max_size=12))
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw[:start] + noise + raw[start + length :])
    before = everything(library)
    try:
        exchange.import_jsonl(library, path)
    except InputError:
        assert everything(library) == before
    ask = library.connection.execute
    assert ask("PRAGMA foreign_key_check").fetchall() == []
    assert ask("SELECT count(*) FROM temp.sqlite_schema").fetchone() == (0,)


def exported_bytes(library: Library, path: Path) -> bytes:
    exchange.export_jsonl(library, path, force=True)
    return path.read_bytes()


def test_a_failed_taking_in_leaves_nothing(library, other, tmp_path) -> None:
    path = tmp_path / "log.jsonl"
    exported(library, path)
    before = everything(other)
    blocker = sqlite3.connect(other.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    other.connection.execute("PRAGMA busy_timeout=10")
    with pytest.raises(StorageError, match="locked"):
        exchange.import_jsonl(other, path)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert everything(other) == before
    assert exchange.import_jsonl(other, path).is_whole


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_change_of_what_was_deleted_elsewhere_is_told(library, other, deleted_first) -> None:
    """It stays deleted in both; that somebody goes on working on it must not pass in silence."""
    exchange.merge_library(other, library.path)
    (article,) = library.articles.in_order()
    me = library.annotators.find("ana")
    version = library.articles.get(article).version_uid
    uid = library.highlights.overlapping(version, me, 0, 99)[0].uid

    def delete() -> None:
        change = Change("highlight", uid, {"deleted_at": now()}, {"deleted_at": None})
        other.log.commit(Group("delete", me, article, (change,)))

    def edit() -> None:
        change = Change("highlight", uid, {"flag": True}, {"flag": False})
        library.log.commit(Group("flag", me, article, (change,)))

    for step in (delete, edit) if deleted_first else (edit, delete):
        step()
        time.sleep(0.002)  # within one ms the order of two machines is that of their names
    assert exchange.merge_library(other, library.path).stay_deleted == 1
    # Which came first is not known here of what was done before it was deleted there.
    assert exchange.merge_library(library, other.path).stay_deleted == int(deleted_first)
    assert state(library) == state(other)
    assert exchange.merge_library(library, other.path).stay_deleted == 0
