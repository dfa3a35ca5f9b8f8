"""Evidence completes a tag only if it bears on the verdict, wherever that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.evidence import STANCES
from reader.services.showing import lacks
from tests.services.exchange_desk import BOOK, VERDICT, Desk
from tests.services.saying import Saying

COMPLETE = {
    "refuted": {"refutes"},
    "corroborated": {"supports"},
    "false": {"refutes"},
    "half-true": {"supports", "refutes"},
    "unproven": {"supports", "refutes", "insufficient"},
}
"""By tag, the stances of evidence that complete it; *unproven* is off the scale."""


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path / "a.db")
    yield desk
    desk.library.close()


def test_only_evidence_that_bears_on_the_verdict_completes_it(desk: Desk) -> None:
    desk.add(" ".join(f"Sentence {number:02}." for number in range(50)))
    saying = Saying(desk.library, desk.me)
    looked_at = saying.evidence("Report")
    marks, at = {}, 0
    for code in COMPLETE:
        book = BOOK if code in ("refuted", "corroborated") else VERDICT
        for stance in (*STANCES, ""):
            uid = desk.tag(at, at + 12, code, book=book)
            marks[uid] = (book, code, stance)
            if stance:
                saying.shows(uid, stance, looked_at)
            at += 13
    due = {uid for uid, (_, code, stance) in marks.items() if stance not in COMPLETE[code]}
    assert len(due) == 5 * 5 - (1 + 1 + 1 + 2 + 3)
    # In the debts.
    found = desk.library.debts.all([desk.me])
    assert {item.highlight.uid for item in desk.library.debts.rows(found.ids)} == due
    # In the article; evidence of any stance is evidence that is there.
    beside = desk.library.beside.on(desk.version.uid)
    assert beside.evidence == {uid for uid, (_, _, stance) in marks.items() if stance}
    lacking = set()
    for item in desk.library.highlights.all_of(list(marks)).values():
        book, code, _ = marks[item.uid]
        if lacks(item, item.judgements[0], book.facets[0].tag(code), beside):
            lacking.add(item.uid)
    assert lacking == due
    # In the table.
    for book in (BOOK, VERDICT):
        told = {row["highlight_id"]: row["incomplete"] for row in desk.rows(codebook=book)}
        mine = {uid for uid, (its, _, _) in marks.items() if its is book}
        assert {uid for uid in mine if told[uid] == "true"} == due & mine
    # A verdict on the article rests on what bears.
    judgement, tag = item.judgements[0], BOOK.facets[0].tag("refuted")
    assert beside.overall_lacks(judgement, tag, "") == ()
    beside.take(beside.refuted.copy(), type(beside)())
    assert beside.supported
    assert beside.overall_lacks(judgement, tag, "") == ("evidence:refutes",)
    assert beside.overall_lacks(judgement, BOOK.facets[0].tag("corroborated"), "") == ()
    beside.take(beside.supported.copy(), type(beside)())
    assert beside.undecided
    assert beside.overall_lacks(judgement, VERDICT.facets[0].tag("unproven"), "") == ()
