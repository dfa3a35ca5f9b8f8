"""Who said it, relations and evidence in the CSV: there, and back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reader import assets
from reader.cli.main import cli
from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, Group, new_uid
from reader.domain.rating import rating_uid
from reader.formats.csv_columns import NAMES
from reader.services.exchange.reporting import export_markdown
from reader.services.showing import as_document, pieces
from tests.services.saying import Saying
from tests.services.test_exchange import BOOK, Desk

SAID = (
    *("source", "source_kind", "source_naming", "chain", "voice", "act", "scope_certain"),
    *("source_tags", "attribution_tags", "relations", "evidence", "attribution_origin"),
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
    saying.relate(one, "denies", two)
    saying.shows(two, "supports", saying.evidence("Minutes", excerpt="agreed"))
    report = io.StringIO()
    export_markdown(desk.library, None, report, codebook=BOOK, with_history=True)
    tag = f"{facet.tags[1].symbol} {facet.tags[1].label}"
    for line in (
        "- said by: Ann Example, minister",
        "- via: Wire",
        "- voice: partial",
        "- act: admit",
        f"- source is: {tag}",
        f"- was it said: {tag}",
        "- relation: denies “Two is there.”",
        "- relation: denied by “One is here.”",
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
