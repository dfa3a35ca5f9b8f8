"""Who said it, relations and evidence in the CSV: there, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.csv_columns import NAMES
from tests.services.saying import Saying
from tests.services.test_exchange import Desk

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
