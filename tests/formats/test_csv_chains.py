import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.csv_chains import join_chain, split_chain

NAMES = st.text(st.sampled_from(list("\\>?[] ab")), min_size=1).map(lambda it: " ".join(it.split()))


def test_a_chain_reads_from_the_origin_to_the_outlet():
    assert join_chain(["Ministry", None, "agency"]) == "Ministry > ? > agency > [outlet]"
    assert join_chain([]) == "[outlet]"
    assert join_chain(["a > b", "?", "[x]", "c\\"]) == r"a \> b > \? > \[x] > c\\ > [outlet]"
    assert split_chain("Ministry>?> agency") == ["Ministry", None, "agency"]
    assert split_chain("") == split_chain("[outlet]") == []


@given(st.lists(st.one_of(st.none(), NAMES.filter(bool)), max_size=5))
def test_every_chain_comes_back(names):
    assert split_chain(join_chain(names)) == names


@pytest.mark.parametrize("field", ["a >  > b", "[outlet] > a", "> a", ">"])
def test_what_is_no_chain_is_told(field):
    with pytest.raises(ValueError, match=r"outlet|empty"):
        split_chain(field)
