"""Highlights in document order: in several lists as in a single one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain import ordered_highlights
from reader.domain.highlight import Highlight
from reader.domain.highlight_index import HighlightIndex


@pytest.fixture(autouse=True, scope="module")
def short_lists() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordered_highlights, "PART", 2)
        yield


_places = st.tuples(st.integers(0, 60), st.sampled_from([1, 5, 40, 400]))
_some = st.dictionaries(st.integers(0, 20), st.none() | _places, max_size=20)


def _made(number: int, place: tuple[int, int] | None) -> Highlight | None:
    if place is None:
        return None
    start, length = place
    return Highlight(f"h{number:02}", "v", "a", start, start + length)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.booleans(), _some), max_size=4))
def test_it_is_as_one_list(steps: list[tuple[bool, dict[int, tuple[int, int] | None]]]) -> None:
    index, plain = HighlightIndex(), dict[str, Highlight]()
    for at_once, places in steps:
        changed = {f"h{number:02}": _made(number, place) for number, place in places.items()}
        if at_once:
            index.put_all(changed)
        for uid, item in changed.items():
            plain.pop(uid, None)
            if item is not None:
                plain[uid] = item
            if at_once:
                continue
            if item is None:
                index.discard(uid)
            else:
                index.put(item)
        _is_as(index, sorted(plain.values(), key=lambda item: (item.start, item.end, item.uid)))


def _is_as(index: HighlightIndex, wanted: list[Highlight]) -> None:
    assert list(index) == wanted
    assert [index[number] for number in range(len(index))] == wanted
    assert [index.position(item.uid) for item in wanted] == list(range(len(wanted)))
    oldest = {item.span: item for item in reversed(wanted)}
    assert {span: index.with_span(*span) for span in oldest} == oldest
    assert index.with_span(7, 900) is None
    for number in (-1, len(wanted)):
        with pytest.raises(IndexError):
            index[number]
    for start in range(0, 70, 12):
        assert index.position_from(start) == sum(item.start < start for item in wanted)
        for end in (start, start + 1, start + 30):
            over = [item for item in wanted if item.start < end and item.end > start]
            assert index.overlapping(start, end) == over


def test_one_more_or_less_moves_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists stay short, and none is left empty, wherever one puts and takes."""
    monkeypatch.setattr(ordered_highlights, "PART", 8)
    every = [Highlight(f"h{at:04}", "v", "a", at, at + 3) for at in range(1000)]
    index = HighlightIndex(every[::2])
    for item in every[1::2]:
        index.put(item)
    for item in every[:700]:
        index.discard(item.uid)
    assert list(index) == every[700:]
    for ordered in (index._ordered, *index._classes.values()):
        assert all(0 < len(items) < 16 for items in ordered._parts)
