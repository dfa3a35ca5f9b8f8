"""What is not sent again is as it was before, cell by cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.widgets.differing import changed_runs

STYLES = (None, Style(bold=True), Style(color="red"))
SEGMENTS = st.lists(
    st.tuples(st.text("ab ▌✓世界", max_size=9), st.sampled_from(STYLES)).map(
        lambda pair: Segment(*pair)
    ),
    max_size=5,
)


@given(SEGMENTS, SEGMENTS)
@settings(max_examples=150, deadline=None)
def test_the_runs_hold_all_that_differs(left: list[Segment], right: list[Segment]) -> None:
    width = max(sum(one.cell_length for one in side) for side in (left, right))
    before, after = (Strip(side).adjust_cell_length(width) for side in (left, right))
    at = 0
    for start, end in [*changed_runs(before, after), (width, width)]:
        assert at <= start <= end <= width
        kept = (before.crop(at, start), after.crop(at, start))
        assert kept[0].text == kept[1].text
        if start - at == len(kept[0].text):
            assert [c.style for c in _cells(kept[0])] == [c.style for c in _cells(kept[1])]
        at = end


def _cells(strip: Strip) -> list[Segment]:
    return [Segment(cell, one.style) for one in strip for cell in one.text]


def test_a_number_at_the_end_of_a_line_is_sent_alone() -> None:
    dim = Style(dim=True)
    before = Strip([Segment("words  ", dim), Segment("statement 1/12 of them", dim)])
    after = Strip([Segment("words  ", dim), Segment("statement 2/12 of them", dim)])
    assert changed_runs(before, after) == [(17, 18)]


def test_the_rest_of_a_line_is_not_sent_when_its_pieces_are_cut_elsewhere() -> None:
    bold = Style(bold=True)
    before = Strip([Segment("One here. Two there, and more.")])
    after = Strip([Segment("One here.", bold), Segment(" Two there, and more.")])
    assert changed_runs(before, after) == [(0, 9)]
