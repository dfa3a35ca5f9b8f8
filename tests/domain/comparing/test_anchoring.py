"""Highlights found again in another version: edits like real ones, and what must always be true."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.comparing.alignment import Alignment, as_compared, matches
from reader.domain.comparing.anchoring import Anchoring, Found
from reader.domain.highlight import UNCONFIRMED, Fate
from reader.domain.text import Span
from tests.benchmarks.anchoring import counted, similarity

OLD = (
    "The council met on Monday. It approved the plan by nine votes to four.\n\n"
    'The mayor said: "We have no choice." Nobody spoke against it.\n\n'
    "A second vote is planned. No date has been set."
)


def find(new: str, *quotes: str, old: str = OLD) -> list[tuple[Fate, str, bool]]:
    spans = [(old.index(quote), old.index(quote) + len(quote)) for quote in quotes]
    found = Anchoring(old, new, similarity).find(spans)
    return [
        (item.fate, (old if item.fate is Fate.ORPHANED else new)[slice(*item.span)], item.reworded)
        for item in found
    ]


def test_most_highlights_are_found_and_what_is_gone_is_not() -> None:
    counts = counted([101, 102], 2)
    for kind, count in counts.items():
        assert count.there > 200, kind
        assert count.exact >= 0.98 * count.there, kind
        assert count.wrong <= 0.002 * count.there, kind
    assert counts[""].gone > 60
    assert counts[""].false <= 0.03 * counts[""].gone


def test_what_was_quietly_edited_is_told_from_what_was_kept() -> None:
    new = OLD.replace("nine votes to four", "nine votes to five").replace("“", '"')
    assert find(new, "It approved the plan by nine votes to four.", "No date has been set.") == [
        (Fate.REWORDED, "It approved the plan by nine votes to five.", True),
        (Fate.KEPT, "No date has been set.", False),
    ]
    new = OLD.replace('"We have no choice."', "“We\nhave no\u00a0choice.”")
    assert find(new, '"We have no choice."', "have no choice") == [
        (Fate.KEPT, "“We\nhave no\u00a0choice.”", False),
        (Fate.KEPT, "have no\u00a0choice", False),
    ]


def test_what_was_half_rewritten_is_to_be_looked_at() -> None:
    new = OLD.replace("It approved the plan by nine votes to four.", "It approved a new plan then.")
    ((fate, words, reworded),) = find(new, "It approved the plan by nine votes to four.")
    assert (fate, words, reworded) == (Fate.ORPHANED, OLD[27:70], False)
    new = OLD.replace("the plan by nine", "the revised plan by a majority of nine")
    assert find(new, "It approved the plan by nine votes to four.") == [
        (Fate.CHECK, "It approved the revised plan by a majority of nine votes to four.", True)
    ]


def test_a_paragraph_that_was_moved_takes_its_highlights_along() -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([third, first, second])
    assert find(new, "A second vote is planned.", "Nobody spoke against it.", "vote") == [
        (Fate.MOVED, "A second vote is planned.", False),
        (Fate.KEPT, "Nobody spoke against it.", False),
        (Fate.KEPT, "vote", False),
    ]


def test_one_of_two_like_sentences_is_not_taken_for_the_other() -> None:
    old = f"{OLD} He would not comment. The talks go on. He would not comment."
    new = f"{OLD} The talks go on. He would not comment."
    first = old.index("He would")
    found = Anchoring(old, new, similarity).find([(first, first + 21)])
    assert found[0].fate is Fate.ORPHANED


def test_a_word_typed_wrong_is_found_by_its_neighbours() -> None:
    assert find(OLD.replace("planned", "planed"), "planned", "second vote is planned") == [
        (Fate.REWORDED, "planed", True),
        (Fate.REWORDED, "second vote is planed", True),
    ]
    assert find("", "planned") == [(Fate.ORPHANED, "planned", False)]


def test_a_script_without_spaces_is_compared_by_the_letter() -> None:
    old = "議会は月曜日に計画を承認した。市長は何も言わなかった。"
    new = "議会は火曜日に計画を承認した。市長は何も言わなかった。"
    assert find(new, old[:15], old[15:], old=old) == [
        (Fate.REWORDED, new[:15], True),
        (Fate.KEPT, old[15:], False),
    ]


words = st.sampled_from(
    ["a", "the", "vote", "no", "said", "it’s", '"', ".", "…", "計", "🙂", "\u200b"]
)
texts = st.lists(
    st.tuples(words, st.sampled_from([" ", " ", " ", "\n\n", "", "\u00a0"])), max_size=60
).map(lambda parts: "".join(word + space for word, space in parts))


@settings(max_examples=60, deadline=None)
@given(
    old=texts.filter(bool), new=texts, cut=st.floats(0, 1), edit=st.integers(0, 3), data=st.data()
)
def test_nothing_is_outside_or_both_kept_and_changed(old, new, cut, edit, data) -> None:
    head, tail = old[: int(cut * len(old))], old[int(cut * len(old)) :]
    new = [new, head + new, new + tail, tail + head][edit]
    offsets = data.draw(st.lists(st.integers(0, len(old)), max_size=8))
    spans = [tuple(sorted(pair)) for pair in pairwise(offsets) if pair[0] != pair[1]]
    for (start, end), item in zip(spans, Anchoring(old, new, similarity).find(spans), strict=True):
        if item.fate is Fate.ORPHANED:
            assert item.span == (start, end)
            continue
        assert 0 <= item.span.start < item.span.end <= len(new)
        same = as_compared(old[start:end]) == as_compared(new[slice(*item.span)])
        if item.fate is Fate.KEPT:
            assert same
            assert not item.reworded
        else:
            assert item.fate in UNCONFIRMED
    assert Anchoring(old, old, similarity).find(spans) == [
        Found(Fate.KEPT, Span(*span)) for span in spans
    ]


@settings(max_examples=60, deadline=None)
@given(old=texts, new=texts)
def test_an_alignment_rises_in_both_versions(old: str, new: str) -> None:
    aligned = Alignment(old, new)
    i = j = 0
    for first, there, count in matches(aligned.old.words, aligned.new.words):
        assert first >= i
        assert there >= j
        assert count > 0
        i, j = first + count, there + count
        assert aligned.old.words[first:i] == aligned.new.words[there:j]
    for offset in range(len(old) + 1):
        assert 0 <= aligned.offset(offset) <= len(new)
