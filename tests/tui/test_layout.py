"""Wrapping and cell arithmetic, on any text that there may be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.domain.text import Block, Role
from reader.tui.layout import Flow, clusters, displayed, is_narrow, wrap
from reader.tui.widgets.article.rows import fronts

LATIN = ["a", "statement", "which", "—", "“quoted”", "naïve", "Ole\u0301", "x" * 90]
WIDE = [
    "漢字仮名",
    "交じり文。",
    "「はい」",
    "한국어",
    "👩\u200d👩\u200d👧",
    "🇩🇪🇫🇷",
    "👍🏽",
    "❤\ufe0f",
]
ODD = ["\t", "  ", "\n", " \n  ", "a\u200db", "\xad", "\u202e", "\x1b["]
WORDS = st.sampled_from([*LATIN, *WIDE, *ODD])
TEXTS = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
    st.text(max_size=300),
)
WIDTHS = st.integers(min_value=0, max_value=100)


def rows_of(flow: Flow) -> list[str]:
    return [flow.row_text(row) for row in range(len(flow))]


@given(TEXTS, WIDTHS)
def test_every_character_is_in_exactly_one_row_in_order(text: str, width: int) -> None:
    flow = Flow(text, 0, len(text), width)
    whole = [flow.text[flow.starts[row] : flow.row_end(row)] for row in range(len(flow))]
    assert "".join(whole) == flow.text
    assert all(whole) or not text
    assert [row.rstrip(" ") for row in whole] == rows_of(flow)


@given(TEXTS, st.integers(min_value=2, max_value=100))
def test_no_row_is_wider_than_asked(text: str, width: int) -> None:
    flow = Flow(text, 0, len(text), width)
    assert max(map(cell_len, rows_of(flow))) <= width


@given(TEXTS, WIDTHS)
def test_only_line_ends_and_the_space_around_them_are_hidden(text: str, width: int) -> None:
    flow = Flow(text, 0, len(text), width)
    shown = [flow.offset(position) for position in range(len(flow.text))]
    assert shown == sorted(set(shown))
    hidden = "".join(text[i] for i in sorted(set(range(len(text))) - set(shown)))
    assert not hidden.strip()
    assert flow.text == displayed(re.sub(r"[ \t]*\n\s*", " ", text))


@given(TEXTS, WIDTHS, st.data())
def test_offset_to_cell_and_back(text: str, width: int, data: st.DataObject) -> None:
    around = "before " + text + " after"
    flow = Flow(around, 7, 7 + len(text), width)
    offset = data.draw(st.integers(min_value=7, max_value=7 + max(0, len(text) - 1)))
    position = flow.position(offset)
    if not text or position >= len(flow.text):
        return
    assert flow.position(flow.offset(position)) == position
    row = flow.row_of(position)
    assert flow.starts[row] <= position < flow.row_end(row)
    found = flow.position_at(row, flow.cell(row, position))
    shown = flow.row_text(row)
    if position < flow.starts[row] + len(shown):
        begins = {flow.starts[row] + first for first, _, size in clusters(shown) if size}
        if position in begins:
            assert found == position


@given(TEXTS)
def test_clusters_touch_and_add_up(text: str) -> None:
    text = displayed(text)
    found = list(clusters(text))
    assert "".join(text[first:end] for first, end, _ in found) == text
    assert sum(size for _, _, size in found) == cell_len(text)


@given(TEXTS)
def test_both_ways_of_wrapping_agree_where_both_apply(text: str) -> None:
    from reader.tui.layout import _wrap_any, _wrap_narrow

    text = displayed(text)
    if is_narrow(text):
        assert _wrap_any(text, 17) == _wrap_narrow(text, 17)


@given(st.lists(st.sampled_from([*" \t\n\n", "\u00a0", "a", "é", "…"]), max_size=30).map("".join))
def test_line_ends_are_folded_with_the_white_space_around_them(text: str) -> None:
    assert Flow(text, 0, len(text), 9).text == displayed(
        re.sub(r"(?<![ \t])[ \t]*\n\s*", " ", text)
    )


@given(st.lists(st.sampled_from([*"-*+•–((12٣²aZé.)) \n\tx"]), max_size=12).map("".join))
def test_list_items_have_a_bullet_or_number_of_their_own(item: str) -> None:
    own = re.match(r"(?:[-*+•‣–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)", item)
    first, rest = fronts(Block(0, len(item), Role.LIST_ITEM, 1), item, 80)
    assert (first, len(rest)) == (("", len(own.group())) if own else ("• ", 2))


def test_the_characters_of_most_texts_are_narrow() -> None:
    from reader.tui.layout import _EUROPEAN

    assert [character for character in _EUROPEAN if not is_narrow(character)] == []


def test_what_counts_as_narrow_takes_one_cell() -> None:
    for code in range(0x20, 0x3000):
        if is_narrow(chr(code)):
            assert cell_len(displayed(chr(code))) == 1 or chr(code).isascii(), hex(code)


@pytest.mark.parametrize(
    "whole",
    ["👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "❤\ufe0f", "e\u0301", "각", "क्"],
    ids=lambda text: ascii(text),
)
def test_what_belongs_together_is_not_split(whole: str) -> None:
    text = whole * 20
    for row in rows_of(Flow(text, 0, len(text), 7)):
        assert row == whole * (len(row) // len(whole))


def test_flags_are_parted_between_flags() -> None:
    assert [end - first for first, end, _ in clusters("🇩🇪🇫🇷🇮🇹")] == [2, 2, 2]


def test_words_wrap_and_spaces_hang() -> None:
    flow = Flow("one two   three", 0, 15, 7)
    assert rows_of(flow) == ["one two", "three"]
    assert flow.row_end(0) == 10


def test_hard_wrapped_lines_flow_together() -> None:
    text = "one two \n   three\nfour"
    flow = Flow(text, 0, len(text), 40)
    assert rows_of(flow) == ["one two three four"]
    assert flow.offset(8) == text.index("three")
    assert flow.position(text.index("four")) == flow.text.index("four")
    assert flow.position(text.index("\n")) == 7


def test_runs_of_space_inside_a_row_stay() -> None:
    assert rows_of(Flow("a   b\tc", 0, 7, 40)) == ["a   b c"]


def test_a_word_longer_than_a_row_is_broken() -> None:
    assert rows_of(Flow("abcdefghij k", 0, 12, 4)) == ["abcd", "efgh", "ij k"]


def test_ideographs_break_anywhere_but_before_closing_punctuation() -> None:
    assert rows_of(Flow("漢字仮名。交じり", 0, 8, 8)) == ["漢字仮", "名。交じ", "り"]


@pytest.mark.parametrize("width", [-1, 0, 1])
@pytest.mark.parametrize("text", ["", "a b", "漢字", "👩\u200d👩\u200d👧 x", "\u0301", " ", "\n"])
def test_no_width_is_too_small(text: str, width: int) -> None:
    assert len(wrap(displayed(text), width)) >= 1


def test_controls_are_drawn_as_harmless_characters_of_their_own() -> None:
    flow = Flow("a\x1b[31mb\u202ec", 0, 9, 40)
    assert rows_of(flow) == ["a\ufffd[31mb\u2060c"]
    assert flow.offset(flow.text.index("c")) == 8
