import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.formats.csv_lists import join, split
from tests.examples import examples

nasty = st.text(st.sampled_from("a |:\\\n'=é") | st.characters(codec="utf-8"), max_size=8)
# An item made of one empty part cannot be told from no item: the exporter never writes one.
items = st.lists(st.lists(nasty, min_size=1, max_size=3).map(tuple)).filter(lambda v: v != [("",)])


@settings(max_examples=examples(40))
@given(items)
def test_whatever_is_joined_is_split_again(values):
    assert split(join(values)) == values


def test_it_looks_as_documented():
    assert join(["a", ("b", "c:d"), "x | y", "\\"]) == r"a | b:c\:d | x \| y | \\"


@pytest.mark.parametrize("field", ["\\", "a\\n", "a:b\\"])
def test_a_stray_backslash_is_refused(field):
    with pytest.raises(ValueError, match="stray backslash"):
        split(field)
