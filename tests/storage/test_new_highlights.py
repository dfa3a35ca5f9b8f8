"""New highlights written by the page are just those that the log would write one by one."""

import json
import re
import uuid
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.errors import ChangedMeanwhile, ChangeRefused, StorageError
from reader.domain.highlight import Anchor, Highlight, Judgement, judgement_uid
from reader.domain.operation import Change, Group, clock_time, new_uid, new_uids, tick, ticks
from reader.domain.text import Block, Role, Span
from reader.services.annotating.edits import changes_between, deletion, ordered
from reader.storage import capturing, log, many_changes
from reader.storage.library import Library
from reader.storage.new_highlights import NewHighlight

NAMESPACE = uuid.UUID("6f1c1b0e-5d0a-5f0e-9b57-0b3f3c1d7c11")
TEXT = 'One "quoted" \\ word. Zwei \u2028 Wörter. \U0001f642 Three\tand more.'
BOOK, MANY = load_builtin("credibility-7"), load_builtin("checkworthy")
TABLES = ("op", "highlight", "judgement")
words = st.none() | st.sampled_from(["", "n", 'a "b"\n\\', "\x00\x1f\x7f", "é\u2028\U0001f642"])
judgements = st.lists(
    st.tuples(
        st.sampled_from([(BOOK, 0, 0), (BOOK, 0, 3), *((MANY, 1, number) for number in range(3))]),
        st.sampled_from([None, "low", "high"]),
        st.none() | st.integers(0, 100),
        words,
    ),
    max_size=3,
    unique_by=lambda item: (item[0][0].id, item[0][2] if item[0][0] is MANY else 0),
)
marks = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(1, 15),
        st.lists(st.tuples(st.integers(20, 25), st.integers(26, 30)), max_size=2),
        words,
        st.booleans(),
        st.sampled_from(["manual", "import:csv"]),
        judgements,
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library(tmp_path_factory.mktemp("new") / "a.db") as library:
        me = library.annotator("ana")
        blocks = BlockTable([Block(0, len(TEXT), Role.BODY)])
        raw = TEXT.encode()
        capturing.add(library, ArticleDraft(TEXT, blocks, raw, "/x", "text/plain", "plain/1"), me)
        library.log.commit(*(Group("x", me, None, (), codebook=book) for book in (BOOK, MANY)))
        yield library


def judged(uid: str, item) -> Judgement:
    (book, facet_number, number), confidence, likelihood, reason = item
    facet = book.statement_facets[facet_number]
    code = facet.tags[number].code
    named = judgement_uid(uid, book.id, facet.id, code if facet.select == "many" else None)
    said = (confidence, likelihood, reason)
    return Judgement(named, book.id, book.version, facet.id, code, *said)


def highlight(version: str, annotator: str, item) -> Highlight:
    start, length, extra, note, flag, origin, tags = item
    uid = new_uid()
    return Highlight(
        uid=uid,
        version_uid=version,
        annotator_uid=annotator,
        start=start,
        end=start + length,
        extra_spans=tuple(Span(*span) for span in extra),
        note=note,
        flag=flag,
        implicit=bool(tags),
        origin=origin,
        judgements=ordered([judged(uid, tag) for tag in tags]),
    )


def as_new(item: Highlight) -> NewHighlight:
    anchor = Anchor.of(TEXT, item.start, item.end)
    return NewHighlight(
        item.uid,
        item.version_uid,
        item.annotator_uid,
        item.span,
        item.extra_spans,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        item.note,
        item.flag,
        item.implicit,
        item.origin,
        [(judgement.uid, replace(judgement, uid="")) for judgement in item.judgements],
    )


def newest(library: Library, table: str) -> int:
    return library.connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]


def rows(library: Library, table: str, after: int = 0) -> list[dict]:
    query = f"SELECT * FROM {table} WHERE id > ? ORDER BY id"
    cursor = library.connection.execute(query, (after,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def written(library: Library, last: dict[str, int]) -> list[str]:
    """Return what is new in log and tables, without what is random or a time."""
    after, ours, said = (rows(library, table, last[table]) for table in TABLES)
    times = {}
    for op in after:
        owner = json.loads(op["patch"]).get("highlight_uid", op["entity_uid"])
        times[op["entity_uid"]] = times[owner] = clock_time(op["clock"])
    names = {op["entity_uid"]: place for place, op in enumerate(after)}
    assert all(row["updated_at"] == times[row["uid"]] for row in (*ours, *said))
    for table in (ours, said):
        table.sort(key=lambda row: names[row["uid"]])  # those of one kind are written together
    found = []
    for table in (after, ours, said):
        text = json.dumps([{**row, "id": 0, "created_at": "", "updated_at": ""} for row in table])
        for op in after:
            text = text.replace(op["uid"], "?").replace(op["clock"], "?")
        for uid, place in names.items():
            text = text.replace(uid, f"<{place}>")
        found.append(text)
    return found


@contextmanager
def by_the_page(*, many: bool):
    """Have all groups written by pages of two changes, or none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "MANY", 1 if many else 1_000_000)
        patch.setattr(many_changes, "PAGE", 2)
        yield


UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\d{15}-\d{5}-")


def added(library: Library, last: dict[str, int]) -> str:
    """Return what is new in log and tables, with ids by their first mention and without times."""
    rows_of = {table: rows(library, table, last[table]) for table in TABLES}
    text = json.dumps([{**row, "id": 0} for found in rows_of.values() for row in found])
    known: dict[str, int] = {}
    text = UUIDS.sub(lambda found: f"<{known.setdefault(found[0], len(known))}>", text)
    return TIMES.sub("", text)


def changed(old: Highlight, how: str) -> tuple[Change, ...]:
    if how == "delete":
        return (deletion(old, old),)
    new = {
        "note": replace(old, note=f"{old.note} more"),
        "flag": replace(old, flag=not old.flag),
        "untag": replace(old, judgements=old.judgements[1:]),
        "doubt": replace(
            old, judgements=tuple(replace(item, confidence="moderate") for item in old.judgements)
        ),
    }
    return changes_between(old, replace(new[how], implicit=False), TEXT)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(marks, st.data())
def test_very_many_changes_are_written_like_few(library, items, data):
    me, article = library.annotator("ana"), library.articles.in_order()[0]
    version = library.articles.get(article).version_uid
    items = list({item[:2]: item for item in items}.values())  # no two on the same words
    ways = [data.draw(st.sampled_from(["note", "delete", "untag", "flag", "doubt"])) for _ in items]
    kept = library.articles.get(article)
    found = []
    for many in (False, True):
        last = {table: newest(library, table) for table in TABLES}
        olds = [highlight(version, me, item) for item in items]
        made = [change for old in olds for change in changes_between(None, old, TEXT)]
        steps = [
            change for old, how in zip(olds, ways, strict=True) for change in changed(old, how)
        ]
        with by_the_page(many=many):
            for changes in (made, steps):
                group = Group("x", me, article, tuple(changes))
                library.log.commit(group, guarded=True)
            for again in (library.log.undo, library.log.redo, library.log.undo, library.log.undo):
                assert again(article, me) or not steps
        found.append(added(library, last))
        assert not library.highlights.all_of([old.uid for old in olds])
    assert found[0] == found[1]
    assert library.articles.get(article) == kept


def test_of_very_many_changes_one_that_does_not_fit_refuses_all(library):
    me, article = library.annotator("ana"), library.articles.in_order()[0]
    version = library.articles.get(article).version_uid
    olds = [highlight(version, me, (at, 3, [], None, False, "manual", [])) for at in range(5)]
    made = [change for old in olds for change in changes_between(None, old, TEXT)]
    twice = highlight(version, me, (2, 3, [], None, False, "manual", []))
    stale = changes_between(replace(olds[3], note="x"), replace(olds[3], note="y"), TEXT)
    gone = changes_between(None, replace(olds[1], uid=new_uid()), TEXT)
    last = {table: newest(library, table) for table in TABLES}
    with by_the_page(many=True):
        for wrong in (changes_between(None, twice, TEXT), stale):
            with pytest.raises(StorageError):
                library.log.commit(Group("x", me, article, (*made, *wrong)), guarded=True)
            assert {table: newest(library, table) for table in TABLES} == last
        library.log.commit(Group("x", me, article, tuple(made)), guarded=True)
        after = {table: newest(library, table) for table in TABLES}
        with pytest.raises(ChangedMeanwhile):
            library.log.commit(Group("x", me, article, gone), guarded=True)
        assert {table: newest(library, table) for table in TABLES} == after
        library.log.commit(Group("x", me, article, changed(olds[4], "note")))
        unseen = tuple(deletion(old, old) for old in olds)
        with pytest.raises(ChangedMeanwhile):  # one has a note that was not seen
            library.log.commit(Group("x", me, article, unseen), guarded=True)
        library.log.commit(Group("x", me, article, unseen[:4]), guarded=True)
        library.log.undo(article, me)


def state(library: Library) -> list[list[dict]]:
    tables = [rows(library, "highlight"), rows(library, "judgement")]
    plain = [[{**row, "id": 0} for row in table] for table in tables]
    return [sorted(table, key=lambda row: row["uid"]) for table in plain]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(marks)
def test_the_rows_are_those_that_the_log_writes(library, items):
    me, article = library.annotator("ana"), library.articles.in_order()[0]
    version = library.articles.get(article).version_uid
    group = Group("import", me, article, (), summary="import from CSV", uid=new_uid())
    made = [[highlight(version, me, item) for item in items] for _ in range(3)]
    found = []
    for number, highlights in enumerate(made):
        last = {table: newest(library, table) for table in TABLES}
        with library.unit_of_work():
            if number == 1:
                library.log.write_new(group, [as_new(item) for item in highlights])
            else:
                changes = [c for h in highlights for c in changes_between(None, h, TEXT)]
                with by_the_page(many=number > 0):
                    library.log.write([replace(group, changes=tuple(changes))])
        found.append(written(library, last))
    assert found[0] == found[1] == found[2]
    assert library.highlights.all_of([h.uid for h in made[1]]).keys() == {h.uid for h in made[1]}
    assert library.log.undo(article, me).undoes == group.uid  # the words are free again


def test_replaying_the_log_gives_what_was_written(library):
    me, article = library.annotator("ana"), library.articles.in_order()[0]
    version = library.articles.get(article).version_uid
    tags = [((BOOK, 0, 0), "low", 30, "é"), ((MANY, 1, 1), None, None, None)]
    for how in ("import", "log"):  # its own: it may be the only test that this process runs
        olds = [highlight(version, me, (at, 4, [], how, False, "manual", tags)) for at in range(3)]
        made = [change for old in olds for change in changes_between(None, old, TEXT)]
        with library.unit_of_work():
            if how == "import":
                library.log.write_new(Group(how, me, article, ()), [as_new(old) for old in olds])
            else:
                library.log.write([Group(how, me, article, tuple(made))])
        library.log.commit(Group("x", me, article, changed(olds[0], "doubt")))
        library.log.commit(Group("x", me, article, changed(olds[1], "delete")))
    before = state(library)
    assert all(before)
    library.log.rebuild()
    assert state(library) == before
    for _ in range(6):
        library.log.undo(article, me)
    assert not library.highlights.all_of([old.uid for old in olds])


def test_the_clock_goes_on_as_tick_by_tick():
    for last in (None, "000000000000500-99997-other", "000000000000499-00003-d"):
        clock, expected = last, []
        for _ in range(6):
            clock = tick(clock, "d", 500)
            expected.append((clock, clock_time(clock)))
        assert list(islice(ticks(last, "d", 500), 6)) == expected


def test_ids_made_at_once_are_those_that_the_standard_library_would_make():
    uids = new_uids(5_000)  # more than there are numbers within a millisecond
    assert len(uids) == 5_000
    assert uids == sorted(set(uids))
    assert not new_uids(0)
    assert {(uuid.UUID(uid).version, uuid.UUID(uid).variant) for uid in uids} == {
        (7, uuid.RFC_4122)
    }
    assert abs(int(uids[0][:8], 16) - int(new_uid()[:8], 16)) <= 1
    for code in (None, "é"):
        name = "judgement\nt\nb\nf" + ("" if code is None else f"\n{code}")
        assert judgement_uid("t", "b", "f", code) == str(uuid.uuid5(NAMESPACE, name))


def schema(library: Library) -> list[tuple]:
    query = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    return library.connection.execute(query).fetchall()


def test_what_was_put_off_is_there_again_afterwards(library):
    me, article = library.annotator("ana"), library.articles.get(library.articles.in_order()[0])
    before, last = schema(library), {table: newest(library, table) for table in TABLES}
    item = highlight(article.version_uid, me, (0, 3, [], None, False, "manual", []))
    with suppress(ZeroDivisionError), library.large_unit_of_work(10_000) as waiting:
        library.log.write_new(Group("import", me, article.uid, ()), [as_new(item)])
        assert schema(library) != before
        raise ZeroDivisionError
    assert schema(library) == before
    assert {table: newest(library, table) for table in TABLES} == last
    tags = [((BOOK, 0, 0), "low", 30, "é"), ((MANY, 1, 1), None, None, None)]
    for count, early in ((10_000, False), (10_000, True), (0, False)):  # put off or not
        items = [
            highlight(article.version_uid, me, (at, 3, [], None, False, "manual", tags))
            for at in range(4)
        ]
        group = Group("import", me, article.uid, ())
        with library.large_unit_of_work(count) as waiting:
            library.log.write_new(group, [as_new(item) for item in items[:2]])
            if early:
                waiting.settle()
                assert library.highlights.get(items[0].uid).judgements
            library.log.write_new(group, [as_new(item) for item in items[2:]])
        assert schema(library) == before
        found = library.highlights.all_of([item.uid for item in items])
        for item in items:
            assert [replace(one, rev=0) for one in found[item.uid].judgements] == [
                replace(one, rev=0) for one in item.judgements
            ]
            noted = "SELECT 1 FROM search_todo JOIN highlight USING (id) WHERE uid = ?"
            assert library.connection.execute(noted, (item.uid,)).fetchone()
        assert library.log.undo(article.uid, me).undoes == group.uid
        assert not library.highlights.all_of([item.uid for item in items])


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": Span(3, 3)},
        {"span": Span(-1, 3)},
        {"annotator_uid": "nobody"},
        {"version_uid": "nowhere"},
        {"said": {"code": "nothing"}},
        {"said": {"confidence": "very"}},
        {"said": {"likelihood": 101}},
    ],
    ids=str,
)
def test_what_the_tables_would_refuse_is_refused_of_many_at_once(library, wrong):
    me, article = library.annotator("ana"), library.articles.get(library.articles.in_order()[0])
    last = {table: newest(library, table) for table in TABLES}
    tags = [((BOOK, 0, 0), None, None, None)]
    made = [
        as_new(highlight(article.version_uid, me, (0, 3, [], None, False, "manual", tags)))
        for _ in range(120)  # more than are written at once
    ]
    said = wrong.get("said", {})
    made[60].judgements = [(uid, replace(one, **said)) for uid, one in made[60].judgements]
    for name, value in wrong.items():
        if name != "said":
            setattr(made[60], name, value)
    with pytest.raises(ChangeRefused), library.large_unit_of_work(10_000):
        library.log.write_new(Group("import", me, article.uid, ()), made)
    assert {table: newest(library, table) for table in TABLES} == last
    for switch, on in (("foreign_keys", 1), ("ignore_check_constraints", 0)):
        assert library.connection.execute(f"PRAGMA {switch}").fetchone() == (on,)
    with library.large_unit_of_work(10_000):
        del made[60]
        library.log.write_new(Group("import", me, article.uid, ()), made)
    assert len(rows(library, "highlight", last["highlight"])) == 119
    library.log.undo(article.uid, me)
