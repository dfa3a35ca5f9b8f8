"""SELECT without a screen: each key moves one end, and a key always does the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.plain import blocks
from reader.domain.document import Document
from reader.domain.text import Span
from reader.services.reading import selection as select
from reader.services.reading.selection import Selection

TEXT = """The mayor said nothing. The council, however, met on Monday; it was short.

"We know," she wrote, "that it is late." Nobody answered.

Last words stand here.
"""
DOCUMENT = Document(TEXT, blocks(TEXT))
FIRST, SECOND = list(DOCUMENT.statements())[:2]


def words(selection: Selection) -> str:
    return TEXT[slice(*select.result(DOCUMENT, selection))]


def test_a_selection_begins_with_a_word_or_a_statement() -> None:
    assert words(select.by_word(DOCUMENT, TEXT.index("mayor"))) == "mayor"
    assert words(select.by_statement(FIRST)) == "The mayor said nothing."


def test_the_end_goes_on_and_back_by_words() -> None:
    it = select.by_word(DOCUMENT, 0)
    it = select.to_next_word(DOCUMENT, it)
    assert words(it) == "The mayor"
    it = select.to_next_word(DOCUMENT, it)
    assert words(it) == "The mayor said"
    it = select.to_previous_word(DOCUMENT, it)
    assert words(it) == "The mayor"


def test_the_other_end_moves_after_o() -> None:
    it = select.other_end(select.by_word(DOCUMENT, TEXT.index("council")))
    assert words(select.to_previous_word(DOCUMENT, it)) == "The council"
    assert words(select.to_next_word(DOCUMENT, it)) == "however"
    single = select.by_word(DOCUMENT, TEXT.index("council"))
    assert words(select.to_previous_word(DOCUMENT, single)) == "The"


def test_statements_and_paragraphs() -> None:
    it = select.by_statements(DOCUMENT, select.by_statement(FIRST), 1)
    assert words(it) == TEXT[FIRST.start : SECOND.end]
    it = select.by_paragraphs(DOCUMENT, it, 1)
    assert words(it).endswith("Nobody answered.")
    it = select.by_statements(DOCUMENT, it, -1)
    assert words(it).endswith('late."')


def test_the_ends_of_a_statement() -> None:
    it = select.by_word(DOCUMENT, TEXT.index("council"))
    assert (
        words(select.to_statement_end(DOCUMENT, it))
        == "council, however, met on Monday; it was short"
    )
    back = select.to_statement_start(DOCUMENT, select.other_end(it))
    assert words(back) == "The council"


def test_snapping_takes_whole_statements() -> None:
    it = Selection(TEXT.index("council") + 3, TEXT.index("said"))
    assert words(select.snapped(DOCUMENT, it)) == TEXT[FIRST.start : SECOND.end]


@pytest.mark.parametrize("text", ["e\u0301a", "👩\u200d👧x", "👍🏽y", "हिx", "❤\ufe0fx"])
def test_a_character_keeps_its_marks(text: str) -> None:
    document = Document(text, blocks(text))
    it = select.by_characters(document, Selection(len(text), 0), -1)
    assert it.moving == len(text) - 1
    assert select.by_characters(document, it, -1).moving == it.moving  # nothing would be left


MOVES = [
    lambda it: select.by_characters(DOCUMENT, it, 1),
    lambda it: select.by_characters(DOCUMENT, it, -1),
    lambda it: select.to_next_word(DOCUMENT, it),
    lambda it: select.to_previous_word(DOCUMENT, it),
    lambda it: select.to_word_end(DOCUMENT, it),
    lambda it: select.by_statements(DOCUMENT, it, 1),
    lambda it: select.by_statements(DOCUMENT, it, -1),
    lambda it: select.by_paragraphs(DOCUMENT, it, 1),
    lambda it: select.by_paragraphs(DOCUMENT, it, -1),
    lambda it: select.to_statement_start(DOCUMENT, it),
    lambda it: select.to_statement_end(DOCUMENT, it),
    lambda it: select.snapped(DOCUMENT, it),
    select.other_end,
]


@given(st.integers(0, len(TEXT) - 1), st.lists(st.sampled_from(MOVES), max_size=30))
def test_no_key_empties_it_or_leaves_the_text(offset: int, moves) -> None:
    it = select.by_word(DOCUMENT, offset)
    for move in moves:
        it = move(it)
        assert 0 <= it.span.start < it.span.end <= len(TEXT)
        result = select.result(DOCUMENT, it)
        assert it.span.start <= result.start < result.end <= it.span.end


@given(st.integers(0, len(TEXT) - 1))
def test_going_on_and_back_by_a_character_is_where_one_was(offset: int) -> None:
    it = Selection(min(offset + 2, len(TEXT) - 1), 0)
    there = select.by_characters(DOCUMENT, it, 1)
    assert select.by_characters(DOCUMENT, there, -1) == it


def test_a_span_is_never_empty() -> None:
    assert Selection(5, 5).span == Span(5, 6)
