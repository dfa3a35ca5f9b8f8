"""Sources: names, days, guesses, and chains of merges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain import attributed, source
from reader.domain.errors import UsageError
from reader.domain.source import Role, Source


@pytest.mark.parametrize(
    ("name", "kind", "naming"),
    [
        ("Ada Lovelace", "person", "named"),
        ("Ministry of Finance", "organisation", "named"),
        ("@waterboard", "account", "named"),
        ("two officials", "group", "anonymous"),
        ("officials", "group", "anonymous"),
        ("a spokesman for the ministry", "office", "described"),
        ("an unnamed diplomat", "person", "anonymous"),
        ("BBC", "organisation", "named"),
        ("prime minister", "office", "described"),
    ],
)
def test_kind_and_naming_are_guessed_plainly(name: str, kind: str, naming: str) -> None:
    assert (source.guess_kind(name), source.guess_naming(name)) == (kind, naming)


def test_what_is_given_is_checked() -> None:
    assert source.checked("name", "  Ada \n Lovelace ") == "Ada Lovelace"
    assert source.checked("kind", "org") == "organisation"
    assert source.checked("role", "  ") is None
    for field, value in [
        ("name", " "), ("kind", "o"), ("kind", "ghost"), ("naming", ""), ("url", "ftp://x"),
        ("role", "x" * 301), ("name", "a\x07b"),
    ]:  # fmt: skip
        with pytest.raises(UsageError):
            source.checked(field, value)
    assert [source.checked_day(day) for day in ("2019", "2019-02", "2019-02-03", "")] == [
        "2019", "2019-02", "2019-02-03", None,
    ]  # fmt: skip
    for day in ("19", "2019-13", "2019-02-31", "yesterday", "2019-W01"):
        with pytest.raises(UsageError):
            source.checked_day(day)


def test_the_role_is_that_of_the_articles_day() -> None:
    ada = Source("ada", "Ada", role="countess", affiliation=None)
    roles = [
        Role("1", "ada", "clerk", "mill", None, "2018-06"),
        Role("2", "ada", "minister", "state", "2018-07", "2020"),
    ]
    assert source.role_on(ada, roles, "2017-01-01T10:00") == ("clerk", "mill")
    assert source.role_on(ada, roles, "2018-06-30") == ("clerk", "mill")
    assert source.role_on(ada, roles, "2020-12-31") == ("minister", "state")
    assert source.role_on(ada, roles, "2018") == ("minister", "state")
    assert source.role_on(ada, roles, "2021") == ("countess", None)
    assert source.role_on(ada, roles, None) == ("countess", None)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8))
def test_every_chain_of_merges_has_one_end(merged: dict[str, str]) -> None:
    found = source.ends(merged)
    for uid in merged:
        end = found.get(uid, uid)
        assert found.get(end, end) == end  # an end is one with itself
        assert found.get(merged[uid], merged[uid]) == end  # and with all on the way to it


def test_a_chain_is_stored_and_read_as_it_was() -> None:
    words = attributed.words_at("He said so.", 3, 7)
    hops = (attributed.Hop("a", words, None), attributed.Hop(), attributed.Hop("b", None, words))
    assert attributed.hops_from_fields(attributed.hops_to_fields(hops)) == hops
    for wrong in ([1], [{"mention": {"start": 1}}], [{"cue": "x"}]):
        with pytest.raises(ValueError, match="no chain"):
            attributed.hops_from_fields(wrong)  # type: ignore[arg-type]
