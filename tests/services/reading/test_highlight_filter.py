"""What the panel's filter asks of highlights: every field, every value, and what is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.beside import Beside
from reader.domain.errors import UsageError
from reader.services.reading.beginning import load_session
from reader.services.reading.highlight_filter import highlight_filter
from tests.services.exchange_desk import BOOK, Desk

QUERIES = {
    "tag:doubtful": "two", "tag:doubt,contested": "one two", "tag:2": "three",
    "-tag:2": "one two four",
    "by:ana": "one two three", "by:ben": "four", "by:a,b": "one two three four", "-by:ana": "four",
    "has:note": "one", "has:tag": "one two three", "has:flag": "two", "has:reason": "three",
    "has:confidence": "two three", "has:likelihood": "three", "has:": "one",
    "flag:": "two", "flag:yes": "two", "flag:no": "one three four",
    "incomplete:": "one two", "incomplete:yes": "one two", "incomplete:no": "three four",
    "incomplete:relation": "one", "incomplete:note": "two", "incomplete:evidence": "",
    "confidence:": "two three", "confidence:low": "two", "confidence:high": "three",
    "confidence:moderate": "", "confidence:none": "one four", "confidence:low,high": "two three",
    "fate:": "", "fate:none": "one two three four", "-fate:none": "",
    "why": "one", "nothing": "", "tag:contested -has:note": "",
    "-tag:contested -flag:": "three four",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path / "a.db")
    desk.add()
    yield desk
    desk.library.close()


def test_each_field_and_value(desk: Desk) -> None:
    names = {
        desk.tag(11, 23, "contested", note="why so"): "one",
        desk.tag(24, 37, "doubtful", flag=True, confidence="low"): "two",
        desk.tag(39, 45, "plausible", confidence="high", likelihood=60, reason="x"): "three",
        desk.tag(46, 50, who="ben"): "four",
    }
    session = load_session(desk.library, desk.article.uid, desk.me, BOOK)
    session.beside = Beside()  # there is neither evidence nor a relation
    items = desk.library.highlights.all_of(list(names)).values()
    handles = {desk.me: "ana", desk.library.annotator("ben"): "ben"}
    for query, wanted in QUERIES.items():
        test = highlight_filter(session, query, handles)
        assert test is not None, query
        assert [names[item.uid] for item in items if test(item)] == wanted.split(), query
    for query in ("has:eyes", "confidence:huge", "colour:red", "incomplete:x", "flag:perhaps"):
        with pytest.raises(UsageError):
            highlight_filter(session, query, handles)
    assert highlight_filter(session, "  ", handles) is None
