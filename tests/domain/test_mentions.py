"""Where names stand in a text: whole, without the words before them, never beyond a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.speech.mentions import names_in
from reader.domain.statements import segment
from tests.domain.paragraphs import blocks


def names(text: str) -> list[str]:
    return [text[slice(*span)] for span in names_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A sentence ends, and with it a name.
        ("They met on 10 May. He left.", []),
        ("He works for NATO. The rest is known.", []),
        ("She thanked Ada Lowe. Tom Lind left.", ["Ada Lowe", "Tom Lind"]),
        ("He saw Ada. Tom Lind left.", ["Tom Lind"]),
        ("It was plan B. He left.", []),
        # A stop that ends none.
        ("It was Mr. Lowe who left.", ["Mr. Lowe"]),
        ("Two members, J. R. Smith and Dr. K. M. Lind.", ["J. R. Smith", "Dr. K. M. Lind"]),
        ("It rained in St. Petersburg.", ["St. Petersburg"]),
        ("So the U.S. Senate voted.", ["U.S. Senate"]),
        ("H.R. McMaster met John F. Kennedy Jr. there.", ["H.R. McMaster", "John F. Kennedy Jr."]),
        # What stands before it is no part of it.
        ("In May Ada Lowe left. On 3 June Tom Lind did.", ["Ada Lowe", "Tom Lind"]),
        ("May Britt left, and so did A. Lind.", ["May Britt", "A. Lind"]),
        ("One US official, a Western one, met Ada.", []),
        ("Meanwhile Ada Lowe left.", ["Ada Lowe"]),
        ("Ada Lowe KC met Tom Lind MP.", ["Ada Lowe", "Tom Lind"]),
        ("As President I say no.", []),
        ("The Charity Commission and The Bank of Arle.", ["The Charity Commission"]),
        # Letters and small words of other languages.
        ("Émile Żak met Ursula von der Leyen.", ["Émile Żak", "Ursula von der Leyen"]),
        ("Tariq al-Badri met Siân O’Brien.", ["Tariq al-Badri", "Siân O’Brien"]),
    ],
)
def test_names_are_whole_and_alone(text: str, expected: list[str]) -> None:
    assert names(text) == expected


_PIECES = [
    "Mr.", "J. R.", "Ada", "Lowe", "May", "10 May.", "He", "The", "U.S.", "Senate.", "St.", "left",
    "B.", "Inc.", "p.m.", "I", "No.", "“Yes.”", "Jr.", "(It is.)", "…", "Oslo?", "Am", "3.", "\n\n",
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_no_name_goes_beyond_a_statement(pieces: list[str]) -> None:
    text = " ".join(pieces).replace(" \n\n ", "\n\n")
    statements = [span for block in blocks(text) for span in segment(text, block.start, block.end)]
    for name in names_in(text, 0, len(text)):
        assert any(start <= name.start and name.end <= end for start, end in statements)
