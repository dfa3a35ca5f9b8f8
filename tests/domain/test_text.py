from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.text import canonical

ANY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\t\ufeff\x00\x1b\x7f\x85\x9f\ud800\udfff\ufffda é"),
        st.characters(exclude_categories=()),
    ),
    max_size=60,
)


def test_line_ends_become_line_feeds() -> None:
    assert canonical("a\r\nb\rc\nd\r\r\ne") == "a\nb\nc\nd\n\ne"


def test_leading_byte_order_marks_go_and_others_stay() -> None:
    assert canonical("\ufeffa\ufeffb") == "a\ufeffb"
    assert canonical("\ufeff\ufeffa") == "a"


def test_controls_are_replaced_one_for_one() -> None:
    assert canonical("a\x00b\x1b[0mc\x9bd\te") == "a\ufffdb\ufffd[0mc\ufffdd\te"


def test_nothing_else_changes() -> None:
    text = "e\u0301 ﬁ “x” \u202e \u2028 \u200b 😀"
    assert canonical(text) == text


@given(ANY)
def test_canonical_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    once.encode("utf-8")


@given(ANY)
def test_offsets_stay_where_no_line_end_is_joined(text: str) -> None:
    body = text.lstrip("\ufeff").replace("\r\n", "\n")
    once = canonical(text)
    assert len(once) == len(body)
    kept = [(a, b) for a, b in zip(body, once, strict=True) if a != b]
    assert all(b == "\ufffd" or (a, b) == ("\r", "\n") for a, b in kept)
