"""The language of filters."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import UsageError
from reader.domain.finding.filters import Term, compile_filter, one_of, parse

WORDS = {"kind": one_of("kind", {"plain": str.islower, "loud": str.isupper}, "plain")}


def fits(query: str, item: str) -> bool:
    test = compile_filter(query, WORDS, lambda word: lambda text: word.lower() in text.lower())
    return test is None or test(item)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("  a  b ", [Term("", ("a",)), Term("", ("b",))]),
        ("tag:x -by:ana", [Term("tag", ("x",)), Term("by", ("ana",), True)]),
        ("Tag:x,y,", [Term("tag", ("x", "y"))]),
        ("tag:", [Term("tag", ("",))]),
        ('"a b" t:"one, two"', [Term("", ("a b",)), Term("t", ("one, two",))]),
        ('-"half typed', [Term("", ("half typed",), True)]),
        ('"http://x"', [Term("", ("http://x",))]),
        ("10:30 a,b", [Term("", ("10:30",)), Term("", ("a,b",))]),
        ("- -", []),
    ],
)  # fmt: skip
def test_terms(query: str, terms: list[Term]) -> None:
    found = parse(query)
    assert [Term(term.field, term.values, term.negated) for term in found] == terms
    assert parse(" ".join(term.source for term in found)) == found


def test_words_are_and_commas_are_or_minus_negates() -> None:
    assert fits("bank central", "the central bank")
    assert not fits("bank -central", "the central bank")
    assert fits('-"bank central"', "the central bank")
    assert fits("kind:loud,plain", "ABC")
    assert not fits("-kind:loud,plain", "ABC")
    assert fits("kind:", "abc")
    assert fits("kind:l", "ABC")


def test_what_is_unknown_is_named_with_what_is_known() -> None:
    with pytest.raises(UsageError, match="no field “color:”") as error:
        fits("color:red", "")
    assert "kind:" in error.value.hint
    with pytest.raises(UsageError, match="“kind:x” means nothing") as error:
        fits("kind:x", "")
    assert error.value.hint == "Known are plain, loud."


@given(st.text(alphabet='ab -:",\t kind', max_size=30), st.text(alphabet="abAB ", max_size=8))
def test_whatever_is_typed_filters_or_is_refused_in_words(query: str, item: str) -> None:
    with suppress(UsageError):
        assert fits(query, item) in (True, False)
