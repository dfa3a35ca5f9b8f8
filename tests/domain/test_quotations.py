"""Quotations by their marks: exact spans, whatever the marks, nested, over paragraphs, unclosed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.speech.quotations import quotations
from reader.domain.text import Block, Role
from tests.domain.paragraphs import blocks


def inner(text: str) -> list[str]:
    """Return what stands between the marks; parts of one quotation joined by a bar."""
    return ["|".join(text[slice(*part)] for part in item.inner)
            for item in quotations(text, blocks(text))]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "this is it" and "that".', ["this is it", "that"]),
        ("“Who said ‘never’?” she asked.", ["Who said ‘never’?", "never"]),
        ("\"Who said 'never'?\" she asked.", ["Who said 'never'?", "never"]),
        ("He has defended his 'absolute right' to share it", ["absolute right"]),
        ("„Das ist gut“, sagte er.", ["Das ist gut"]),
        ("„Das ist gut”, powiedział.", ["Das ist gut"]),
        ("»Wirklich«, sagte sie.", ["Wirklich"]),
        ("«Oui», dit-il. « Non », dit-elle.", ["Oui", "Non"]),
        ("”Ja”, sade han.", ["Ja"]),
        ("‚Nein‘, sagte er.", ["Nein"]),
        ("「はい」と言った。", ["はい"]),
        ("(“yes”)—“no”", ["yes", "no"]),
        ("“First goes on.\n\n“Second ends.” He said.", ["First goes on.|Second ends."]),
        ('"First goes on.\n\n"Second ends." He said.', ["First goes on.|Second ends."]),
        ("“Never closed here.\n\nNext one.", ["Never closed here."]),
        ('"Never closed. Then "another" here.', ["Never closed. Then", "another"]),
        ("‘It’s the workers’ right,’ he said.", ["It’s the workers’ right,"]),
        ("The ministers' plan isn't theirs; it's '90s style.", []),
        ("’Tis the season, ’90s style, rock ’n’ roll.", []),
        ('A 6\'2" man with a 12" record.', []),
        ('An empty "" one.', []),
        ('"Yes," he said, "it is."', ["Yes,", "it is."]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_heading_ends_what_nobody_closed() -> None:
    text = "“Open in a heading\n\n“Body of its own.”"
    there = blocks(text)
    there[0] = Block(there[0].start, there[0].end, Role.HEADLINE)
    found = quotations(text, there)
    assert [(len(item.parts), item.closed) for item in found] == [(1, False), (1, True)]


@given(st.text(alphabet="ab .,\n\"'“”‘’„«»s", max_size=80))
def test_any_marks_give_spans_inside_their_paragraphs(text: str) -> None:
    there = blocks(text)
    for item in quotations(text, there):
        assert item.parts
        for part, within in zip(item.parts, item.inner, strict=True):
            assert any(b.start <= part.start < part.end <= b.end for b in there)
            assert part.start < within.start + 1 <= within.end + 1 <= part.end + 1
        assert text[item.parts[0].start] == item.mark


@given(st.lists(st.sampled_from(["One two.", "He said", "“Three four,”", '"Five six"', "end."])))
def test_what_is_closed_is_found_once_and_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    expected = [piece[1:-1] for piece in pieces if piece[0] in '“"']
    assert inner(text) == expected
