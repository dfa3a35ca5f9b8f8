"""What a person has said of who says what, beside what is proposed."""

from __future__ import annotations

import pytest

from reader.domain.text import Span
from reader.services.attributing.given import Given
from reader.services.suggesting.by_hand import ByHand
from reader.services.suggesting.proposals import Proposal
from reader.services.suggesting.wording import likely
from tests.domain.paragraphs import suggested

TEXT = (
    "The council says that officials claim that the old bridge is safe. Kok left in the night. "
    "She said it was late. Tom Lind said it was not, and he said it was dear."
)
FOUND = [Proposal(item, TEXT) for item in suggested(TEXT)]


def given(words: str, name: str = "Ines Kok", kind: str = "person") -> Given:
    start = TEXT.index(words)
    return Given(Span(start, start + len(words)), name, kind, "named", source="s1" if name else "")


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        (TEXT.partition(" Kok")[0], ["The council", "officials"]),
        ("officials claim that the old bridge is safe", ["The council", "officials"]),
        ("the old bridge is safe", ["officials"]),
        ("old bridge is safe", ["officials"]),  # most of what is proposed, of the nearest one
        ("old", []),
        ("Kok left in the night.", []),
    ],
)  # fmt: skip
def test_what_has_an_attribution_is_answered(words: str, answered: list[str]) -> None:
    ours = ByHand([given("it was dear", "Tom Lind"), given(words)])
    still = [item.speaker for item in ours.open(FOUND, FOUND)]
    assert still == [item.speaker for item in FOUND[:-1] if item.speaker not in answered]


def test_whom_a_pronoun_behind_it_means() -> None:
    she = next(item for item in FOUND if item.speaker == "She")
    he = next(item for item in FOUND if item.speaker == "he")

    def meant(*stretches: Given) -> tuple[str, str]:
        found = ByHand(stretches).beside(she, FOUND)
        return found.given.name if found.given else "", likely(found)

    kok = given("Kok left in the night.")
    assert meant(kok) == ("Ines Kok", "Ines Kok")
    assert meant(given("The council says"), kok) == ("Ines Kok", "Ines Kok")
    assert meant(given("Kok left in the night.", "Bridge Board", "organisation")) == (
        "Bridge Board",
        "",
    )
    assert meant(kok, given("in the night.", "")) == ("", "")  # nobody knows who: nearer
    assert meant(given("it was late")) == ("", "")  # behind it
    assert ByHand([kok]).beside(he, FOUND).given is None  # another one is named since
