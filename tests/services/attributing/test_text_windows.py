"""No window of a text that is read for names ends inside one, wherever it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reader.domain import whole_statements
from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.speech.remarks import remarks
from reader.domain.text import Span
from reader.domain.whole_statements import within
from reader.services.attributing import candidates as candidates_module
from reader.services.attributing.candidates import candidates
from reader.services.suggesting import proposals as proposals_module
from reader.services.suggesting import remarking
from reader.services.suggesting.proposals import Proposals
from tests.domain.paragraphs import blocks

SENTENCES = (
    "Ada Lowe, the mayor of Temmin, said the bridge was safe.",
    "The department of public works denied it.",
    "According to Dr. Ursula von der Leyen and H. R. McMaster the levee holds.",
    "The U.S. Senate met on 10 May.",
    "He said he knew.",
    "“We waited,” Tom Lind told the Example Post. “Nobody came.”",
    "The firm was criticised by the Temmin Bridge Board; it rained.",
    "It is closed, an official close to the talks said",
    "Lowe claimed that 1,234,567 crowns were paid by Jo Lind-Maier on 3 June 2020!",
    "PARIS, May 3 — The Old Town Council knew.",
    "Photo: Ada Lowe / AP",
)
PLAIN = tuple(words for words in SENTENCES if "“" not in words and words.endswith("."))
"""Sentences that end as such, without marks whose partner may stand outside of a window."""


def joined(sentences: list[str]) -> str:
    return " ".join(sentences).replace(" \n\n ", "\n\n").strip()


def texts(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    part = st.sampled_from([*sentences, *sentences, "\n\n"])
    return st.lists(part, min_size=1, max_size=14).map(joined)


ANY = st.one_of(texts(SENTENCES), st.text("Ab cd.E,“”fé\n", max_size=300))
SIZES = st.tuples(*[st.integers(1, 150)] * 3)


@contextmanager
def looking(before: int, after: int, piece: int, further: int = 2_000) -> Iterator[None]:
    """Let windows end so far from what they are around."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole_statements, "_FURTHER", further)
        patch.setattr(candidates_module, "BEFORE", before)
        patch.setattr(candidates_module, "_AFTER", after)
        patch.setattr(proposals_module, "_BEFORE", before)
        patch.setattr(proposals_module, "_AFTER", after)
        patch.setattr(proposals_module, "_PIECE", piece)
        yield


def is_whole(text: str, span: tuple[int, int] | None) -> bool:
    """Whether no word goes on at either end of a stretch."""
    if span is None:
        return True
    begins, ends = (text[at - 1 : at + 1] if at else "" for at in span)
    return not (begins.isalnum() and len(begins) > 1) and not (len(ends) > 1 and ends.isalnum())


def stands_whole(text: str, name: str) -> bool:
    """Whether a name stands in a text, in any white space, with no word going on behind it."""
    flat = f" {' '.join(text.split())} "
    places = (at for at in range(len(flat)) if flat.startswith(name, at))
    return any(not flat[at + len(name)].isalnum() and not flat[at - 1].isalnum() for at in places)


@example("The council met. It rained. So the department said no.", (1, 25, 1), (0.0, 0.3), 1)
@given(ANY, SIZES, st.tuples(st.floats(0, 1), st.floats(0, 1)), st.integers(1, 200))
def test_nobody_is_offered_by_half_a_name(
    text: str, sizes: tuple[int, int, int], share: tuple[float, float], further: int
) -> None:
    start, end = sorted(round(it * len(text)) for it in share)
    assume(start < end)
    table = blocks(text)
    with looking(*sizes, further):
        found = candidates(text, table, (start, end), most=99)
    for item in found:
        assert is_whole(text, item.mention)
        assert item.name == "" or stands_whole(text, item.name), item.name


@given(texts(PLAIN), SIZES, st.data())
def test_who_is_found_in_a_window_is_found_in_the_whole_text(
    text: str, sizes: tuple[int, int, int], data: st.DataObject
) -> None:
    statements = list(Document(text, BlockTable(blocks(text))).statements())
    assume(statements)
    span = data.draw(st.sampled_from(statements))
    with looking(*sizes):
        near = candidates(text, blocks(text), span, most=99)
    whole = {item.name for item in candidates(text, blocks(text), span, most=99)}
    for item in near:
        assert any(name == item.name or name.endswith(f" {item.name}") for name in whole)


@given(ANY, SIZES, st.integers(1, 200))
def test_nothing_is_proposed_that_ends_in_mid_word(
    text: str, sizes: tuple[int, int, int], further: int
) -> None:
    with looking(*sizes, further):
        found = list(Proposals(Document(text, BlockTable(blocks(text)))).every())
    for item in found:
        it = item.found
        parts = (*item.spans, it.cue, it.speaker, it.role, it.whole, it.meant)
        assert all(is_whole(text, part) for part in parts)
        assert all(is_whole(text, other.span) for other in it.candidates)


@given(texts(PLAIN), SIZES)
def test_what_is_proposed_piece_by_piece_is_what_the_whole_text_says(
    text: str, sizes: tuple[int, int, int]
) -> None:
    def speakers() -> list[tuple[Span, Span | None]]:
        found = Proposals(Document(text, BlockTable(blocks(text)))).every()
        return [(item.span, item.found.speaker) for item in found]

    with looking(*sizes):
        near = speakers()
    assert near == speakers()


@settings(max_examples=50)
@given(st.integers(1, 60))
def test_a_statement_is_read_up_to_the_end_of_a_word(length: int) -> None:
    text = "It may be that probably 1,234,567 crowns were paid in September 2020, perhaps."
    whole = {item.span for item in remarks(text, 0, len(text))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remarking, "_READ", length)
        found = remarking.remarks_of(text, (0, len(text)))
    for item in found:
        assert is_whole(text, item.span)
        assert any(item.span.overlaps(span) for span in whole)


def test_a_statement_of_a_whole_book_is_cut_between_words_of_no_name() -> None:
    text = "on and on, said Ada Lowe, the mayor, " * 400
    (block,) = blocks(text)
    for end in range(3000, 3040):
        cut = within(text, block, (2000, end), (2500, 2600))
        assert cut is not None
        assert 2000 <= cut.start <= 2500
        assert 2600 <= cut.end <= end
        assert not text[: cut.end].endswith(("Ada", "Ad", "L", "may"))
        assert text[cut.start - 1] == " " == text[cut.end]
