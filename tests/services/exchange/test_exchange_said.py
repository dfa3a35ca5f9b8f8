"""Who said it, relations and evidence in the CSV: there, and back."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import assets
from reader.cli.main import cli
from reader.domain.errors import InputError
from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, Group, new_uid
from reader.domain.rating import rating_uid
from reader.formats.csv_columns import NAMES
from reader.formats.csv_import import REQUIRED
from reader.services.annotating import history
from reader.services.annotating.edits import judgement_changes
from reader.services.attributing.chains import chains
from reader.services.attributing.rating import rate
from reader.services.care import doctor
from reader.services.exchange.reporting import export_markdown
from reader.services.pieces import pieces
from reader.services.relating.relations import relation_facets
from reader.services.showing import as_document
from tests.docs import README
from tests.services.exchange_desk import BOOK, Desk, csv_text, portable
from tests.services.saying import Saying
from tests.storage.stored import state

STANCE = assets.load_builtin("stance")
SAID = (
    *("source", "source_kind", "source_naming", "chain", "as_in_text"),
    *("voice", "act", "scope_certain", "source_tags", "attribution_tags"),
    *("relations", "relation_tags", "evidence", "because", "attribution_origin"),
)


def said_in(row: dict[str, str]) -> dict[str, str]:
    """What a row says beside its tags, without what it does not say."""
    return {name: row[name] for name in SAID if row[name]}


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path / "a.db")
    yield desk
    desk.library.close()


def test_a_row_tells_who_said_it_and_what_stands_beside_it(desk: Desk) -> None:
    desk.add()
    saying = Saying(desk.library, desk.me)
    one, two, three = desk.tag(11, 23, "contested"), desk.tag(24, 37, "doubtful"), desk.tag(39, 45)
    old = saying.source("MoF")
    ministry = saying.source('Ministry > "Finance"', "organisation", "described")
    saying.merge(old, ministry)
    agency = saying.source("agency")
    origin = "suggestion:speech@1:edited"
    saying.said(one, old, None, agency, voice="indirect", act="deny", scope=True, origin=origin)
    saying.said(two, None, voice="direct")
    saying.said(three, voice="narrator", scope=False)
    relation = (one, "contradicts", two, "not: both")
    saying.relate(*relation)
    report = saying.evidence("Report | 12", url="https://x.example/1")
    saying.shows(one, "refutes", report)
    saying.shows(two, "context", report)
    first, second, third = desk.rows()
    assert said_in(first) == {
        "source": 'Ministry > "Finance"',
        "source_kind": "organisation",
        "source_naming": "described",
        "chain": 'Ministry \\> "Finance" > ? > agency > [outlet]',
        "voice": "indirect",
        "act": "deny",
        "scope_certain": "true",
        "relations": f"contradicts:{two}:not\\: both",
        "evidence": rf"refutes:Report \| 12::https\://x.example/1::::{report}",
        "attribution_origin": origin,
    }
    assert first["incomplete"] == "false"  # it wants a relation, and has one
    assert said_in(second) == {
        "source": "?",
        "chain": "? > [outlet]",
        "voice": "direct",
        "evidence": rf"context:Report \| 12::https\://x.example/1::::{report}",
        "attribution_origin": "manual",
    }
    assert said_in(third) == {
        "chain": "[outlet]",
        "voice": "narrator",
        "scope_certain": "false",
        "attribution_origin": "manual",
    }
    view = "SELECT highlight_id, chain FROM highlights"
    chains = {row["highlight_id"]: row["chain"] for row in (first, second, third)}
    assert dict(desk.library.connection.execute(view)) == chains
    flat = desk.rows(all_statements=True)
    assert [said_in(row) for row in flat if row["highlight_id"]] == [
        said_in(row) for row in (first, second, third)
    ]
    assert {len(row) for row in flat} == {len(NAMES)}
    saying.remove("attribution", next(iter(desk.library.attributions.of_all([three]).values())).uid)
    assert said_in(desk.rows()[2]) == {}


def test_report_json_and_text_tell_the_same(desk: Desk, capsys: pytest.CaptureFixture) -> None:
    article = desk.add(title="Budget", published_at="2020-05-02")
    saying = Saying(desk.library, desk.me)
    one, two = desk.tag(11, 23, "contested"), desk.tag(24, 37, "doubtful")
    minister = saying.source("Ann Example", role="member of parliament")
    role = {"source_uid": minister, "role": "minister", "since": "2019", "until": "2021-03"}
    saying.write(None, "source", Change("source_role", new_uid(), {**role, "affiliation": None}))
    said = saying.said(one, minister, saying.source("Wire"), voice="partial", act="admit")
    place = {"annotator_uid": desk.me, "codebook": "admiralty", "facet": "reliability"}
    admiralty = assets.load_builtin("admiralty")
    facet = next(item for item in admiralty.facets if "source" in item.applies_to)
    place["facet"] = facet.id
    value = {"codebook_version": admiralty.version, "code": facet.tags[1].code}
    value |= dict.fromkeys(("confidence", "likelihood", "reason"))
    for on, uid in (("source_uid", minister), ("attribution_uid", said)):
        target = rating_uid(uid, desk.me)
        judged = judgement_uid(target, "admiralty", facet.id, None)
        change = Change("judgement", judged, {**place, on: uid, "value": value})
        where = article.uid if on == "attribution_uid" else None
        group = Group("rate", desk.me, where, (change,), codebook=admiralty)
        desk.library.log.commit(group)
    relation = saying.relate(one, "denies", two)
    stance = assets.load_builtin("stance")
    on_relation = next(item for item in stance.facets if "relation" in item.applies_to)
    given = {"codebook_version": stance.version, "code": on_relation.tags[0].code}
    given |= {"confidence": None, "likelihood": None, "reason": "word by word"}
    target = rating_uid(relation, desk.me)
    fields = {"annotator_uid": desk.me, "relation_uid": relation, "codebook": "stance"}
    judged = judgement_uid(target, "stance", on_relation.id, None)
    change = Change("judgement", judged, {**fields, "facet": on_relation.id, "value": given})
    desk.library.log.commit(Group("rate", desk.me, article.uid, (change,), codebook=stance))
    saying.shows(two, "supports", saying.evidence("Minutes", excerpt="agreed"))
    report = io.StringIO()
    export_markdown(desk.library, None, report, codebook=BOOK, with_history=True)
    tag = f"{facet.tags[1].symbol} {facet.tags[1].label}"
    of_relation = f"{on_relation.tags[0].symbol} {on_relation.tags[0].label}"
    for line in (
        "- said by: Ann Example, minister",
        "- via: Wire",
        "- voice: partial",
        "- act: admit",
        f"- source is: {tag}",
        f"- was it said: {tag}",
        "- relation: denies no. 2 “Two is there.”",
        "- relation: denied by no. 1 “One is here.”",
        f"- judged as: {of_relation}: word by word",
        "- evidence: supports: Minutes: “agreed”",
        f"was it said: – → {tag}",
        "said by Ann Example via Wire, voice partial, act admit",
    ):
        assert line in report.getvalue().replace("\\", ""), line
    first, second = as_document(desk.library, article)["highlights"]
    hops = first["attribution"]["hops"]
    assert [hop["source"]["name"] for hop in hops] == ["Ann Example", "Wire"]
    assert hops[0]["source"]["role"] == "minister"
    assert first["attribution"]["source_judgements"][0]["code"] == facet.tags[1].code
    assert (first["relations"][0]["type"], second["relations"][0]["outgoing"]) == ("denies", False)
    assert second["evidence"][0]["citation"] == "Minutes"
    assert (second["attribution"], first["evidence"]) == (None, [])
    found = [piece.facts for _, all_ in pieces(desk.library, desk.version) for piece in all_]
    assert ("relation", "denies “Two is there.”") in found[1]
    row, _ = desk.rows()
    shown = f"admiralty@{admiralty.version}.{facet.id}:{facet.tags[1].code}"
    assert (row["source_tags"], row["attribution_tags"]) == (shown, shown)
    cli(["--db", str(desk.library.path), "show", article.uid], standalone_mode=False)
    assert "> said by: Ann Example, minister" in capsys.readouterr().out


def copied(desk: Desk, folder: Path) -> Desk:
    """Another library with the same articles, and a person of another name."""
    other = Desk(folder / f"{new_uid()}.db", "ben")
    for uid in desk.library.articles.in_order():
        version = desk.library.articles.version(desk.library.articles.get(uid).version_uid)
        other.add(version.text, title=desk.library.articles.get(uid).metadata.title)
    return other


STANCES = [(STANCE, facet, tag) for facet in relation_facets(STANCE) for tag in facet.tags]


def because(saying: Saying, highlight: str, evidence: list[str]) -> None:
    """Have the judgements on a highlight rest on evidence."""
    before = saying.library.highlights.get(highlight).judgements
    after = [replace(item, because=tuple(evidence)) for item in before]
    changes = judgement_changes(before, after, {"highlight_uid": highlight})
    saying.write(saying.article_of(highlight), "because", *changes)


SPEAKERS = ("Ministry", "a > b | c: d\\e", "Wire", "the [outlet]", "Ann")


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_what_is_told_comes_back_in_an_empty_library(tmp_path_factory, seed: int) -> None:
    choice, folder = random.Random(seed), tmp_path_factory.mktemp("said")
    desk = Desk(folder / "a.db")
    desk.add(title="One")
    saying, article = Saying(desk.library, desk.me), desk.article
    marks = [desk.tag(11, 23, "contested"), desk.tag(24, 37, "doubtful"), desk.tag(39, 45)]
    desk.add("Elsewhere it is told. And again.", title="Two")
    marks.append(desk.tag(0, 21, "refuted"))
    assert article.uid != desk.article.uid
    kinds, namings = ("person", "organisation"), ("named", "described")
    sources = [
        saying.source(name, choice.choice(kinds), choice.choice(namings)) for name in SPEAKERS
    ]
    sources.append(saying.source("ann", "group", "anonymous"))
    evidence = [
        saying.evidence("Report | 12", url="https://x.example/a:b", excerpt="two\nlines"),
        saying.evidence("", archive_url="https://y.example/", kind="web page"),
    ]
    for mark in marks:
        if choice.random() < 0.8:
            chain = [choice.choice([*sources, None]) for _ in range(choice.randrange(4))]
            voice = choice.choice(["direct", "narrator"] if not chain else ["direct", None])
            act = choice.choice(["deny", None]) if chain else None
            scope = choice.choice([True, False, None])
            word = choice.choice([None, "he: |\\", "=she"])
            saying.said(mark, *chain, voice=voice, act=act, scope=scope, word=word)
        pieces = choice.sample(evidence, choice.randrange(3))
        for piece in pieces:
            saying.shows(mark, choice.choice(["supports", "context"]), piece)
        because(saying, mark, choice.sample(pieces, choice.randrange(len(pieces) + 1)))
        for other in choice.sample([one for one in marks if one != mark], choice.randrange(3)):
            note = choice.choice([None, "|:"])
            made = saying.relate(mark, choice.choice(["denies", "before"]), other, note)
            for who in choice.sample(
                [desk.me, desk.library.annotator("cleo")], choice.randrange(3)
            ):
                rate(desk.library, "relation", made, who, choice.choice(STANCES), article.uid)
    spreadsheet = choice.random() < 0.5
    before = desk.rows(spreadsheet=spreadsheet)
    path = desk.file(folder / "out.csv", spreadsheet=spreadsheet)
    there = copied(desk, folder)
    report = there.read(path)
    assert (report.imported, report.rejected, report.loose) == (4, 0, 0), report
    for new, old in zip(
        portable(there.rows(spreadsheet=spreadsheet)), portable(before), strict=True
    ):
        assert {k: (v, old[k]) for k, v in new.items() if v != old[k]} == {}
    count = there.operations()
    again = there.read(path)
    assert (again.present, again.differing, again.relations, again.evidence) == (4, 0, 0, 0), again
    assert there.operations() == count
    assert desk.read(path).present == 4
    assert portable(desk.rows(spreadsheet=spreadsheet)) == portable(before)
    state_before = state(there.library)
    there.library.log.rebuild()
    assert state(there.library) == state_before
    assert doctor.examine(there.library.path).findings == []
    for uid in there.library.articles.in_order():
        history.undo(there.library, uid, there.me)
    assert there.rows() == []
    there.library.close()
    desk.library.close()


def test_rows_by_hand_loose_relations_and_what_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.add(title="One")
    saying = Saying(desk.library, desk.me)
    wire = saying.source("Wire Agency", "organisation")
    saying.alias(wire, "WA")
    mark, other = desk.tag(11, 23, "contested"), desk.tag(24, 37, "doubtful")
    (row, second) = desk.rows()
    there = copied(desk, tmp_path)
    known = Saying(there.library, there.me).source("wire agency", "account")
    file = tmp_path / "rows.csv"

    def read(*rows: dict[str, str]):
        file.write_text(csv_text([{**row, **more} for more in rows]), "utf-8", newline="")
        return there.read(file)

    nobody = new_uid()
    given = {
        "source": "WIRE  Agency", "source_kind": "organisation", "voice": "Indirect",
        "relations": f"denies:{other} | before:{nobody}", "evidence": "supports:Minutes",
    }  # fmt: skip
    report = read(given)
    assert (report.imported, report.relations, report.evidence, report.loose) == (1, 0, 1, 2)
    assert [item.kind for item in report.problems] == ["relation", "relation"]
    said = chains(there.library, [mark])[mark]
    assert (said.origin.uid, said.attribution.voice) == (known, "indirect")
    assert said.attribution.origin == "import:csv"
    assert not there.library.highlights.get(mark).implicit
    # A relation and evidence are taken in late, but nothing of a row that says something else.
    minutes = {"evidence": "supports:Minutes | refutes:Minutes of the other"}
    later = {**second, "source": "WA", "evidence": "context:Minutes"}
    report = read({**given, **minutes, "source": "Ann"}, later)
    assert (report.imported, report.present, report.differing) == (1, 1, 1)
    assert (report.relations, report.evidence, report.loose) == (0, 1, 0)
    report = read({**given, **minutes, "annotator": "zoe"})
    assert (report.present, report.differing, report.relations, report.evidence) == (1, 1, 0, 0)
    assert there.library.relations.of([other]) == []
    assert there.library.annotators.find("zoe") is None
    report = read({**given, **minutes})
    assert (report.imported, report.present, report.differing) == (0, 1, 0)
    assert (report.relations, report.evidence, report.loose) == (1, 1, 1)
    assert chains(there.library, [mark])[mark].origin.uid == known
    assert chains(there.library, [other])[other].origin.name == "WA"
    assert len(there.library.evidence.all()) == 2
    assert [(it.type, it.to_uid) for it in there.library.relations.of([other])] == [
        ("denies", other)
    ]
    assert not there.library.highlights.get(other).implicit
    refused = {
        "voice": ("loud", "voice is none of"),
        "chain": ("a >  > b", "a hop is empty"),
        "source": ("x" * 301, "longer than"),
        "scope_certain": ("maybe", "neither true nor false"),
        "relations": ("hates:" + other, "no relation hates"),
        "evidence": ("supports:x:y:ftp\\://z", "no web address"),
        "source_tags": ("admiralty@1.x:A", "no source"),
        "attribution_tags": ("admiralty@1.x:A", "nothing is attributed"),
        "as_in_text": ("1:he:3:5", "a hop that is known, or not there"),
        "relation_tags": (f"denies:{other}:stance@1.x:deny", "a relation that is not there"),
        "because": (f"x@1.y:z:{other}", "evidence that is not there"),
    }
    for name, (value, why) in refused.items():
        report = read({name: value, "highlight_id": new_uid()})
        assert (report.rejected, report.imported) == (1, 0), name
        assert why in report.problems[0].reason
    report = read({"source": "Ann", "source_tags": "admiralty@1.reliability:Z"})
    assert "has no tag reliability:Z for a source" in report.problems[0].reason
    report = read({"source": "Ann", "chain": "Bob > [outlet]"})
    assert "source is not the first one of the chain" in report.problems[0].reason
    assert doctor.examine(there.library.path).findings == []
    # Joined with one's own on the same words, relations lead to that.
    third = copied(desk, tmp_path)
    own = third.tag(24, 37, "plausible", who="ana")
    file.write_text(
        csv_text([{**row, "relations": f"denies:{other}"}, second]), "utf-8", newline=""
    )
    report = third.read(file)
    assert (report.imported, report.present, report.relations) == (1, 1, 1)
    assert third.library.relations.of([mark])[0].to_uid == own
    there.library.close()
    third.library.close()


def test_a_file_of_ones_own_needs_the_columns_that_the_readme_names(
    desk: Desk, tmp_path: Path
) -> None:
    article, file = desk.add(title="One"), tmp_path / "own.csv"
    told = README.read_text("utf-8").split("A file of one's own needs the columns")[1]
    named = re.findall("`([a-z0-9_]+)`", told.split(":")[0])
    assert sorted(named) == sorted(REQUIRED)
    file.write_text("text,source,tag\r\nOne is here.,Ann,doubtful\r\n", "utf-8", newline="")
    with pytest.raises(InputError) as refused:
        desk.read(file)
    assert all(name in refused.value.hint for name in REQUIRED)
    row = dict.fromkeys(named, "") | {
        "text": "One is here.", "start": "0", "end": "12", "format_version": "4",
        "highlight_id": new_uid(), "source": "Ann", "article_title": "One",
    }  # fmt: skip
    facet = BOOK.statement_facets[0]
    book = {"codebook": BOOK.id, "codebook_version": str(BOOK.version), "facet": facet.id}
    tagged = {**row, "tag": facet.tags[0].code, **book}
    file.write_text(csv_text([tagged, {**tagged, "highlight_id": ""}]), "utf-8", newline="")
    report = desk.read(file)
    assert (report.imported, report.problems) == (1, [])
    (row,) = desk.rows()
    assert (row["article_id"], row["start"], row["source"]) == (article.uid, "11", "Ann")
    assert (row["tag"], row["revision"]) == (facet.tags[0].code, "2")
    saying = Saying(desk.library, desk.me)
    saying.shows(row["highlight_id"], "supports", saying.evidence("Minutes"))
    assert desk.rows()[0]["revision"] == "2"
