"""Prints of texts, and the passages that two of them share."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.blocks import BlockTable
from reader.domain.comparing.shared_text import Shared, SharedText
from reader.domain.comparing.shingles import SURE, Words, paragraphs, prints
from reader.domain.text import Block, Role, Span

WIRE = (
    "The harbour board closed the old pier on Monday after divers found cracks in four of its"
    " twelve concrete piles.\n\n"
    "Engineers expect the repair to take at least seven weeks, and ferries will leave from the"
    " northern quay until then.\n\n"
    "“We would rather be late than in the water,” said Ines Falk, who runs the harbour."
)
OWN = (
    "Our reporter spent the day at the fish market.\n\n"
    "Engineers expect the repair to take at least nine weeks, and ferries will leave from the"
    " northern quay until then, the board says.\n\n"
    "Nobody at the market had been told. “We would rather be late than in the water,” Falk said"
    " when she was asked."
)


def spans(text: str) -> list[Span]:
    return [Span(*found.span()) for found in re.finditer(r"[^\n]+", text)]


def of(text: str) -> SharedText:
    return SharedText(text, spans(text))


def shared(one: str, other: str) -> Shared:
    return of(one).with_other(of(other))


def words(text: str, some: tuple[Span, ...]) -> str:
    return " … ".join(text[start:end] for start, end in some)


def test_passages_are_found_with_every_shared_word_and_quotations_told_apart() -> None:
    found = shared(OWN, WIRE)
    copied, quoted = found.passages
    assert OWN[slice(*copied.here)].startswith("Engineers expect")
    assert OWN[slice(*copied.here)].endswith("the board says.")
    assert WIRE[slice(*copied.there)].endswith("until then.")
    assert words(OWN, copied.shared_here) == (
        "Engineers expect the repair to take at least … weeks, and ferries will leave from the"
        " northern quay until then"
    )
    assert words(OWN, copied.shared_here) == words(WIRE, copied.shared_there)
    assert not copied.is_quotation
    assert quoted.is_quotation
    assert OWN[slice(*quoted.shared_here[0])] == "We would rather be late than in the water"
    assert (found.words_here, found.words_there, found.quoted) == (28, 28, 9)
    # Turned round it is the same.
    other = shared(WIRE, OWN)
    assert [(item.there, item.here) for item in other.passages] == [
        (item.here, item.there) for item in found.passages
    ]


def test_what_everybody_says_is_no_passage_and_a_short_sentence_as_a_whole_is() -> None:
    phrase = "did not immediately respond to a request for comment"
    one = f"The ministry of works and its press office {phrase} on the closing of the pier."
    other = f"Asked about the budget that leaked last week, the mayor of Sandvik {phrase}, again."
    assert shared(one, other) == Shared()
    short = "The council voted to close the old pier."
    assert len(shared(f"{one} {short}", f"{short} {other}").passages) == 1


def test_cut_otherwise_quoted_otherwise_and_in_capitals_it_is_the_same() -> None:
    changed = WIRE.replace("“", '"').replace("”", '"').upper().replace("\n\n", " ")
    assert prints(WIRE, spans(WIRE)) == prints(changed, spans(changed))
    found = shared(WIRE, changed)
    assert len(found.passages) == 3  # by the paragraphs of the one
    assert found.words_here == len(of(WIRE).words) == found.words_there
    assert prints("naïve éclair", []) == prints("", [])
    japanese = "大学の研究者は月曜日に新しい結果を発表した。"
    assert len(shared(japanese, f"速報: {japanese}").passages) == 1


def test_captions_credits_and_surroundings_do_not_count() -> None:
    blocks = BlockTable(
        [Block(0, 4, Role.BODY), Block(5, 9, Role.CREDIT), Block(10, 14, Role.QUOTE)]
    )
    assert paragraphs(blocks) == [Span(0, 4), Span(10, 14)]
    assert paragraphs(blocks, {0: "boilerplate", 5: "body"}) == [Span(5, 9), Span(10, 14)]


def test_prints_are_the_same_in_every_process() -> None:
    code = (
        "from reader.domain.comparing.shingles import prints; from reader.domain.text import Span\n"
        f"print(prints({WIRE!r}, [Span(0, {len(WIRE)})]).tolist())"
    )
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == str(prints(WIRE, [Span(0, len(WIRE))]).tolist())


WORD = st.sampled_from("the a of pier harbour board said ferry crack water Monday seven".split())  # noqa: SIM905 - easier to read


@given(st.lists(WORD, max_size=40), st.lists(WORD, max_size=40), st.lists(WORD, min_size=SURE))
def test_what_two_texts_share_leaves_the_same_print_and_only_same_words_are_shared(
    before: list[str], after: list[str], common: list[str]
) -> None:
    one, other = " ".join([*before, *common]), " ".join([*common, *after])
    assert set(prints(one, spans(one))) & set(prints(other, spans(other)))
    found = shared(one, other)
    for passage in found.passages:
        pairs = zip(passage.shared_here, passage.shared_there, strict=True)
        assert all(one[slice(*here)] == other[slice(*there)] for here, there in pairs)
        assert passage.here.start <= passage.shared_here[0].start
        assert passage.here.end >= passage.shared_here[-1].end
    assert found.words_here <= len(Words(one, spans(one)))
