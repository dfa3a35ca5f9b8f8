"""What a search finds, window by window and in any order."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import UsageError
from reader.domain.finding import hits as windows
from reader.domain.finding.hits import Hits
from reader.domain.finding.search import compile_query, scan
from reader.domain.text import Span

STORY = "The Dam broke.\nThe dam’s wall was “high”. A 30-year-old DAM\n\n  broke again. the end"


def looked(text: str, pattern: re.Pattern[str], order: list[int] | None = None) -> Hits:
    """Return the hits in a text, its windows looked at in some order."""
    hits = Hits(text)
    for window in order or range(hits.windows):
        hits.put(window, *scan(text, pattern, *hits.bounds(window), hits.room + 1))
    return hits


def _found(query: str, regex: bool = False) -> list[str]:
    return [STORY[a:b] for a, b in looked(STORY, compile_query(query, regex))]


def test_smart_case() -> None:
    assert _found("dam") == ["Dam", "dam", "DAM"]
    assert _found("Dam") == ["Dam"]


def test_phrases_across_line_breaks() -> None:
    assert _found("dam broke") == ["Dam broke", "DAM\n\n  broke"]


def test_typed_quotes_find_typeset_ones() -> None:
    assert _found("dam's") == ["dam’s"]
    assert _found('"high"') == ["“high”"]


def test_plain_queries_are_no_regular_expressions() -> None:
    assert _found("d.m") == []
    assert _found("d.m", regex=True) == ["Dam", "dam", "DAM"]
    assert _found(r"\Sam", regex=True) == ["Dam", "dam", "DAM"]
    assert _found("^the", regex=True) == ["The", "The"]
    assert _found("x*", regex=True) == []


@pytest.mark.parametrize(
    ("query", "place"),
    [("(", "1"), ("ab[a", "3"), ("*", "1"), ("a{5,2}", "3"), ("(?P<n", "5"), ("a\\", "2")],
)
def test_a_bad_regular_expression_is_refused_and_its_place_is_told(query: str, place: str) -> None:
    with pytest.raises(UsageError, match=rf"No regular expression: .+ \(character {place}\)"):
        compile_query(query, regex=True)
    compile_query(query)


@pytest.mark.parametrize("query", ["", "  \n", "x" * 2000])
def test_nothing_or_too_much_to_search_for(query: str) -> None:
    with pytest.raises(UsageError):
        compile_query(query)


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.sampled_from(["a", "ab", "b a"]),
    st.integers(0, 65),
    st.randoms(use_true_random=False),
)
def test_search_goes_round_in_both_directions(
    text: str, query: str, offset: int, chance: random.Random
) -> None:
    """Whatever the order of looking; a window is a few characters here."""
    pattern = compile_query(query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "WINDOW", 7)
        patch.setattr(windows, "_NEAR", 3)
        order = list(range(Hits(text).windows))
        chance.shuffle(order)
        hits = looked(text, pattern, order)
        assert hits.complete
        every = [hit for window in range(hits.windows) for hit in _in(text, pattern, hits, window)]
        assert list(hits) == every
        assert len(hits) == len(every)
        assert [hits.position(hit) for hit in every] == list(range(len(every)))
        assert hits.between(0, len(text)) == every
        after = [hit for hit in every if hit.start >= offset] or every
        assert hits.nearest(offset, forward=True) == (after[0] if after else None)
        before = [hit for hit in every if hit.start < offset] or every
        assert hits.nearest(offset, forward=False) == (before[-1] if before else None)
        if len(query) == 1:  # no hit lies across two windows
            assert every == [Span(*match.span()) for match in pattern.finditer(text)]


def _in(text: str, pattern: re.Pattern[str], hits: Hits, window: int) -> list[Span]:
    start, end = hits.bounds(window)
    spans = [Span(*match.span()) for match in pattern.finditer(text, start)]
    return [span for span in spans if span.start < end]


def test_it_says_where_to_look_before_it_can_tell() -> None:
    text = "needle" + " hay" * 100_000 + " needle" + " hay" * 100_000
    pattern, hits = compile_query("needle"), Hits(text)
    looks = []
    while (window := hits.missing(len(text), forward=False)) is not None:
        looks.append(window)
        hits.put(window, *scan(text, pattern, *hits.bounds(window), hits.room + 1))
    assert hits.nearest(len(text), forward=False) == (400_007, 400_013)
    assert looks == list(range(hits.windows - 1, hits.window_at(400_007) - 1, -1))
    assert hits.position(Span(400_007, 400_013)) is None  # what is before it is not known
    assert not hits.complete
    for window in hits.unknown(5):
        hits.put(window, *scan(text, pattern, *hits.bounds(window), hits.room + 1))
    assert hits.position(Span(400_007, 400_013)) == 1
    assert hits.nearest(400_007, forward=False) == (0, 6)
    assert hits.nearest(0, forward=False) == (400_007, 400_013)


def test_more_hits_than_are_kept_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MOST_HITS", 70_000)
    hits = looked("a" * 150_000, compile_query("a"))
    assert (hits.total, hits.capped) == (70_000, True)
    assert hits[69_999] == (69_999, 70_000)
    with pytest.raises(IndexError):
        hits[70_000]
