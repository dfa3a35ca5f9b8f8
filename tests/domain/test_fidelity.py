"""Short quotations beside longer ones, and what a statement holds."""

from __future__ import annotations

from reader.domain.speech.fidelity import differences
from reader.domain.speech.quotations import quotations
from reader.domain.speech.remarks import remarks
from tests.domain.paragraphs import blocks

LONG = "“I wanted to share facts on safety, which I have the absolute right to do, with them,”"


def _differences(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    found = differences(text, quotations(text, blocks(text)))
    return [(text[slice(*item.short)], item.left_out, item.put_in) for item in found]


def test_a_short_quotation_that_leaves_words_out() -> None:
    short = "He said he had “the right to share facts with them”."
    text = f"He wrote of “facts on which I have the right to do”.\n\n{LONG} he wrote."
    assert _differences(text) == [
        ("facts on which I have the right to do", ("safety", "absolute"), ())
    ]
    assert _differences(f"{short}\n\nThe weather was fine.") == []


def test_word_for_word_is_no_difference() -> None:
    assert _differences(f"He claims “the absolute right to do”.\n\n{LONG} he wrote.") == []


def test_a_changed_word_is_shown() -> None:
    text = f"He has “the total right to do, with them”.\n\n{LONG} he wrote."
    ((_, left_out, put_in),) = _differences(text)
    assert (left_out, put_in) == (("absolute",), ("total",))


def test_hedges_numbers_and_dates() -> None:
    text = "About 40 million may have left on 3 May 2019; perhaps 7 % came."
    assert [(item.kind, text[slice(*item.span)]) for item in remarks(text, 0, len(text))] == [
        ("date", "3 May 2019"),
        ("number", "40 million"),
        ("number", "7 %"),
        ("hedge", "About"),
        ("hedge", "may"),
        ("hedge", "perhaps"),
    ]
    assert {item.reason for item in remarks("In 12 days", 0, 10)} == {"contains a number"}


def test_a_month_and_what_came_out_are_no_hedges() -> None:
    text = "It appeared in May. It appears that June may be late, and appeared to be so in March."
    hedges = [text[slice(*it.span)] for it in remarks(text, 0, len(text)) if it.kind == "hedge"]
    assert hedges == ["appears", "may", "appeared"]
