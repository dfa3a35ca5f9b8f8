"""Shares in per cent, and texts cut short."""

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.text import per_cent, shortened


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_none_and_all_are_said_only_of_none_and_all(part, whole):
    found = per_cent(part, whole)
    assert (found == 0) == (part == 0 or whole == 0)
    assert (found == 100) == (0 < whole <= part)
    if 0 < part < whole:
        assert found in (1, 99) or abs(found - 100 * part / whole) <= 0.5


def test_a_half_is_rounded_up():
    assert [per_cent(part, 200) for part in (1, 3, 5, 198, 199)] == [1, 2, 3, 99, 99]


@given(st.text(), st.integers(1, 20))
def test_a_cut_text_says_so(text, most):
    found = shortened(text, most)
    assert len(found) <= most
    whole = " ".join(text.split())
    assert found == whole or found.endswith("…")
