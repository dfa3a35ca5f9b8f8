"""Filters that ask who said it: the same in lists of highlights, of articles, and in the panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.errors import UsageError
from reader.domain.finding.filters import parse
from reader.services.finding.highlights import find_highlights
from reader.services.finding.query import read_query
from reader.services.finding.search import catch_up, find
from reader.services.finding.spoken import asked_of, such_on
from reader.services.library.filters import article_query
from tests.services.exchange_desk import Desk
from tests.services.saying import Saying


@pytest.fixture
def desk(tmp_path: Path):
    """Three highlights in one article: an agency's, an anonymous one, and one of nobody."""
    desk = Desk(tmp_path / "a.db")
    desk.add("Nothing is marked here.", title="Empty")
    desk.add(title="Budget")
    yield desk
    desk.library.close()


def test_what_is_asked_of_sources_and_attributions(desk: Desk) -> None:
    saying = Saying(desk.library, desk.me)
    one, two, three = desk.tag(11, 23, "contested"), desk.tag(24, 37, "doubtful"), desk.tag(39, 45)
    wire = saying.source("Wire Agency", "organisation")
    old, minister = saying.source("A. Beispiel"), saying.source("Änne Beispiel")
    saying.alias(minister, "The Minister")
    saying.merge(old, minister)
    leak = saying.source("people familiar with it", "group", "anonymous")
    saying.said(one, old, wire, voice="direct", act="deny")
    saying.said(two, leak, None, voice="indirect")
    saying.relate(two, "restates", three)
    (link,) = saying.shows(three, "context", saying.evidence("Minutes"))
    names = {one: "one", two: "two", three: "three"}
    expected = {
        "source:": "one two", "source:wire": "one", "source:agency": "one",
        "source:änne": "one", '"source:x"': "", "source:minister": "one", 'source:"A. B"': "one",
        f"source:{minister}": "one", "source:?": "two", "-source:": "three",
        "source:wire,people": "one two", "naming:anon": "two", "naming:named": "one",
        "naming:": "one two", "voice:direct": "one", "voice:": "one two", "voice:indirect": "two",
        "act:deny": "one", "act:": "one", "has:source": "one two", "has:relation": "two three",
        "has:evidence": "three", "tag:doubtful source:people": "two", "-has:evidence": "one two",
    }  # fmt: skip
    with pytest.raises(UsageError, match="There is no source “gency”"):
        find_highlights(desk.library, "source:gency", desk.me)
    ids = dict(desk.library.connection.execute("SELECT id, uid FROM highlight"))
    catch_up(desk.library)
    for query, wanted in expected.items():
        found = [names[ids[number]] for number in find_highlights(desk.library, query, desk.me)]
        assert " ".join(found) == wanted, query
        asked = list(asked_of(query))
        if len(parse(query)) == len(asked) == 1:
            on = such_on(desk.library, desk.version.uid, asked[0])
            on = names.keys() - on if query.startswith("-") else on
            assert " ".join(names[uid] for uid in (one, two, three) if uid in on) == wanted, query
        if not query.startswith('"'):
            articles = desk.library.lists.ids(article_query(desk.library, query, desk.me))
            spare = 1 if query.startswith("-") else 0  # the article without any
            assert len(articles) == (bool(wanted) if not spare else 1), query
    assert [len(find(desk.library, read_query(f"two {it}"), desk.me).articles) for it in
            ("source:wire", "source:?", "naming:anonymous")] == [1, 1, 1]  # fmt: skip
    for query in ("naming:secret", "voice:loud", "act:sing", "has:eyes"):
        with pytest.raises(UsageError, match="means nothing"):
            find_highlights(desk.library, query, desk.me)
        with pytest.raises(UsageError, match="means nothing"):
            article_query(desk.library, query, desk.me)
    saying.remove("evidence_link", link)
    saying.remove("highlight", two)
    assert list(find_highlights(desk.library, "has:evidence has:relation", desk.me)) == []
