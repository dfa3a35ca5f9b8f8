from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.words import (
    LONGEST_WORD,
    clings,
    next_word,
    previous_word,
    trimmed,
    word_at,
    word_end,
)

TEXT = (
    'He said "we are (mostly) done", but U.S. officials don’t agree: well-known e\u0301te\u0301, '
    "3.5 km or 1,000. 日本のカタカナ 👍🏽 हिन्दी end"
)
WORDS = [
    "He", "said", "we", "are", "mostly", "done", "but", "U.S", "officials", "don’t", "agree",
    "well-known", "e\u0301te\u0301", "3.5", "km", "or", "1,000", "日", "本", "の", "カタカナ",
    "👍🏽", "हिन्दी", "end",
]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["e\u0301", "हि", "👍🏽", "❤\ufe0f", "👩\u200d👧", "a\u0301\u0327"]
)
def test_what_is_drawn_together_clings(text: str) -> None:
    assert all(clings(text, offset) for offset in range(1, len(text)))
    assert not any(clings("x" + text[:1] + "y", offset) for offset in (1, 2))


def _forward(text: str) -> list[tuple[int, int]]:
    found = []
    word = next_word(text, -1)
    while word:
        found.append((word.start, word.end))
        word = next_word(text, word.start)
    return found


def test_next_word_visits_every_word() -> None:
    assert [TEXT[a:b] for a, b in _forward(TEXT)] == WORDS


def test_previous_word_visits_them_backwards() -> None:
    found = []
    word = previous_word(TEXT, len(TEXT))
    while word:
        found.append(TEXT[word.start : word.end])
        word = previous_word(TEXT, word.start)
    assert found[::-1] == WORDS


def test_word_at_between_words_is_the_next_then_the_last() -> None:
    assert word_at("ab  cd !", 2) == (4, 6)
    assert word_at("ab  cd !", 7) == (4, 6)
    assert word_at("ab", 99) == (0, 2)
    assert word_at("", 0) == (0, 0)
    assert word_at("...", 1) == (1, 1)


def test_word_end_goes_on() -> None:
    assert word_end("ab cd", 0) == 2
    assert word_end("ab cd", 2) == 5
    assert word_end("ab cd", 5) is None


def test_a_very_long_word_is_cut_at_the_same_places_from_everywhere() -> None:
    text = "x " + "a" * 3000 + " y"
    cuts = {word_at(text, offset) for offset in range(2, 3002, 7)}
    assert sorted(cuts) == _forward(text)[1:-1]
    assert max(b - a for a, b in cuts) <= LONGEST_WORD
    assert len({word_at("a" * 600, offset) for offset in range(600)}) == 2


MIXED = st.text(
    alphabet=st.sampled_from(list("abZ1 .,'’-\n\"()日のカ\u0301\u200d👍é_!…")), max_size=40
)


@given(st.one_of(MIXED, st.text(max_size=40)))
def test_words_are_in_order_and_every_letter_is_in_one(text: str) -> None:
    words = _forward(text)
    covered = set()
    at = 0
    for a, b in words:
        assert at <= a < b
        at = b
        covered.update(range(a, b))
    assert all(i in covered for i, letter in enumerate(text) if letter.isalnum())


@given(st.one_of(MIXED, st.text(max_size=40)), st.integers(-2, 45))
def test_any_offset_is_answered(text: str, offset: int) -> None:
    here = word_at(text, offset)
    assert 0 <= here.start <= here.end <= len(text)
    after, before = next_word(text, offset), previous_word(text, offset)
    assert after is None or after.start > offset
    assert before is None or before.start < offset
    ending = word_end(text, offset)
    assert ending is None or ending > offset


STORY = (
    'He said "we are (mostly) done", but U.S. officials don’t agree. "It\'s 3.5 km," she said. '
    "She called it ‘fake’, then left. Why? Nobody knows."
)


@pytest.mark.parametrize(
    ("selected", "kept"),
    [
        ("we are ", "we are"),
        ('"we are (mostly) done",', '"we are (mostly) done"'),
        ('we are (mostly) done",', "we are (mostly) done"),
        (" (mostly) ", "(mostly)"),
        ("(mostly", "mostly"),
        ("mostly)", "mostly"),
        ("but U.S.", "but U.S."),
        ('agree. "', "agree"),
        ("don’t agree.", "don’t agree"),
        ('"It\'s 3.5 km," she said.', '"It\'s 3.5 km," she said.'),
        ('"It\'s 3.5 km," she said. ', '"It\'s 3.5 km," she said.'),
        ('3.5 km,"', "3.5 km"),
        ("called it ‘fake’,", "called it ‘fake’"),
        ("‘fake’", "‘fake’"),
        ("fake’,", "fake"),
        (" Why? ", "Why?"),
        ("then left. Why?", "then left. Why"),
        (", ", ","),
        (" ", ""),
    ],
)
def test_trimming(selected: str, kept: str) -> None:
    start = STORY.index(selected)
    span = trimmed(STORY, start, start + len(selected))
    assert STORY[span.start : span.end] == kept


@given(st.one_of(MIXED, st.text(max_size=40)), st.integers(0, 40), st.integers(0, 40))
def test_trimming_stays_inside_and_is_idempotent(text: str, start: int, end: int) -> None:
    span = trimmed(text, start, end)
    if start < end and start < len(text):
        assert start <= span.start <= span.end <= min(end, len(text))
    chosen = text[span.start : span.end]
    assert chosen == chosen.strip()
    if any(letter.isalnum() for letter in text[start:end]):
        assert chosen
    assert trimmed(text, *span) == span


@pytest.mark.parametrize("unit", ["a", " ", ".", "'", '"', "日", "a-", "\u0301", "👍", "\n"])
def test_a_megabyte_of_anything_is_local(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    middle = len(text) // 2
    for answer in (word_at(text, middle), next_word(text, middle), previous_word(text, middle)):
        assert answer is None or answer.end - answer.start <= LONGEST_WORD
    trimmed(text, middle, middle + 50_000)
