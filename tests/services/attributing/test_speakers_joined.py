"""Who said it, relations and evidence where two highlights, annotators or libraries become one."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest

from reader.domain.operation import now_ms
from reader.domain.text import Span
from reader.services import annotators
from reader.services.annotating import history
from reader.services.attributing.chains import chains
from reader.services.care import doctor
from reader.services.changes.refreshing import add_version
from reader.services.exchange import logs as exchange
from reader.services.finding.search import catch_up
from reader.storage.purging import Purging
from tests.services.meeting_desk import Desk
from tests.services.replicas import TEXTS, draft
from tests.services.saying import Saying
from tests.storage.stored import state

ONE, TWO, THREE = Span(0, 14), Span(15, 36), Span(37, 40)


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two machines of one person, whose clock goes on by itself."""
    times = itertools.count(now_ms())
    monkeypatch.setattr("reader.storage.log.now_ms", lambda: next(times))
    first = Desk(tmp_path / "1.db", "ana")
    second = Desk(tmp_path / "2.db", "ana")
    second.take(first)
    second.me = first.me
    yield first, second
    first.library.close()
    second.library.close()


def mark(desk: Desk, span: Span, number: int = 0) -> str:
    desk.tag(span, number)
    return desk.known().index.with_span(*span).uid


def exchanged(first: Desk, second: Desk) -> None:
    """Assert that both hold the same, once each has taken the other in."""
    second.take(first)
    first.take(second)
    second.take(first)
    assert state(first.library) == state(second.library)
    for desk in (first, second):
        assert doctor.examine(desk.library.path).findings == []


def test_what_stands_beside_a_highlight_goes_where_it_goes(desks) -> None:
    first, second = desks
    kept, kept_two = mark(first, ONE), mark(first, TWO)
    time.sleep(0.002)  # the older of two ids is the one that stays
    other, other_two = mark(second, ONE), mark(second, TWO)
    here, there = Saying(first.library, first.me), Saying(second.library, second.me)
    wire = there.source("Wire")
    there.said(other, wire, voice="direct")
    report = there.evidence("Report")
    there.shows(other, "refutes", report)
    there.relate(other, "denies", other_two)
    third = mark(second, THREE)
    there.relate(third, "restates", other)
    exchanged(first, second)
    (said,) = chains(first.library, [kept]).values()
    assert [source.name for source in said.chain] == ["Wire"]
    evidence = first.library.evidence.of([kept])
    assert [(it.link.stance, it.evidence.citation) for it in evidence[kept]] == [
        ("refutes", "Report")
    ]
    ends = {(it.type, it.from_uid, it.to_uid) for it in first.library.relations.of([kept])}
    assert ends == {("denies", kept, kept_two), ("restates", third, kept)}
    # Said on a machine that does not know it yet: it comes to the one that stays as well.
    here.shows(kept, "supports", report)
    again = Desk(first.library.path.with_name("3.db"), "cy")
    again.me = first.me
    again.take(first)
    far = Saying(again.library, again.me)
    lone = mark(again, Span(15, 40))
    mark(first, Span(15, 40), 1)
    exchanged(first, second)
    far.relate(lone, "before", kept)
    far.shows(lone, "context", report)
    first.take(again)
    exchanged(first, second)
    (stays,) = [it for it in first.known().index if it.span == Span(15, 40)]
    assert [it.type for it in first.library.relations.of([stays.uid])] == ["before"]
    assert first.library.evidence.counts([stays.uid]) == {stays.uid: 1}
    again.library.close()


def test_annotators_who_are_one_have_their_relations_and_evidence(desks) -> None:
    first, _ = desks
    ben = first.library.annotator("ben")
    first.tag(ONE, 0, ben)
    first.tag(TWO, 1, ben)
    one, two = (item.uid for item in first.known(ben).index)
    saying = Saying(first.library, ben)
    saying.relate(one, "denies", two)
    saying.shows(one, "context", saying.evidence("Report"))
    annotators.join(first.library, ben, first.me, first.me)
    assert first.library.relations.of([one])[0].annotator_uid == first.me
    assert first.library.evidence.of([one])[one][0].evidence.annotator_uid == first.me
    assert history.undo(first.library, None, first.me)
    assert first.library.relations.of([one])[0].annotator_uid == ben
    assert doctor.examine(first.library.path).findings == []


def test_lines_are_checked_and_a_new_version_keeps_who_said_it(desks, tmp_path: Path) -> None:
    first, _ = desks
    saying = Saying(first.library, first.me)
    one, two = mark(first, ONE), mark(first, TWO)
    wire = saying.source("Wire")
    saying.alias(wire, "W. A.")
    said = saying.said(one, wire, None, voice="indirect", act="deny", scope=True)
    saying.relate(one, "denies", two)
    saying.shows(two, "supports", saying.evidence("Report"))
    add_version(first.library, first.article.uid, draft(TEXTS[1]), first.me)
    assert chains(first.library, [one])[one].attribution.voice == "indirect"
    assert [it.type for it in first.library.relations.of([two])] == ["denies"]
    while history.undo(first.library, first.article.uid, first.me):
        pass
    assert chains(first.library, [one]) == {}
    while history.redo(first.library, first.article.uid, first.me):
        pass
    assert chains(first.library, [one])[one].names == ("Wire", "?")
    path = tmp_path / "log.jsonl"
    exchange.export_jsonl(first.library, path)
    fresh = Desk(tmp_path / "fresh.db", "cy")
    assert exchange.import_jsonl(fresh.library, path).is_whole
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wrong = {
        "source": {"kind": "robot"},
        "source_alias": {"name": "other"},
        "attribution": {"hops": [{"source": "nobody"}]},
        "relation": {"type": "hates"},
        "evidence_link": {"stance": "likes"},
        "evidence": {"url": 5},
    }
    for entity, patch in wrong.items():
        bad = [
            {**line, "patch": {**line["patch"], **patch}}
            if line.get("entity") == entity and line["before"] is None
            else line
            for line in lines
        ]
        file = tmp_path / f"{entity}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in bad), "utf-8")
        target = Desk(tmp_path / f"{entity}.db", "cy")
        report = exchange.import_jsonl(target.library, file)
        assert report.rejected, entity
        assert doctor.examine(target.library.path).findings == []
        target.library.close()
    assert said in {op.entity_uid for op in fresh.library.log.operations(everything=True)}
    fresh.library.close()


def test_a_purge_takes_who_said_it_along_and_leaves_the_source(desks) -> None:
    first, second = desks
    saying = Saying(first.library, first.me)
    one = mark(first, ONE)
    wire = saying.source("Wire")
    said = saying.said(one, wire, voice="direct")
    catch_up(first.library)
    ask = first.library.connection.execute
    assert ask("SELECT count(*) FROM search_words WHERE search_words MATCH 'wire'").fetchone()[0]
    exchanged(first, second)
    Purging(first.library.connection, first.library.path).purge(first.article.uid)
    for table in ("attribution", "hop", "highlight"):
        assert ask(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert ask("SELECT count(*) FROM op WHERE entity_uid = ?", (said,)).fetchone() == (0,)
    assert [source.name for source in first.library.sources.named("wire")] == ["Wire"]
    assert not ask("SELECT count(*) FROM search_words WHERE search_words MATCH 'wire'").fetchone()[
        0
    ]
    there = Saying(second.library, second.me)
    there.relate(mark(second, TWO), "denies", one)
    report = exchange.merge_library(first.library, second.library.path)
    assert (report.rejected, report.purged > 0) == (0, True)
    assert ask("SELECT count(*) FROM attribution").fetchone() == (0,)
    assert doctor.examine(first.library.path).findings == []
