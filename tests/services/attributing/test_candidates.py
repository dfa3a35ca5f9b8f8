"""Who may say a statement: from the text around it, with reasons, at one cost."""

from __future__ import annotations

import time

import pytest

from reader.domain.blocks import BlockTable
from reader.domain.source import guess_kind
from reader.domain.speech.datelines import behind_dateline
from reader.domain.speech.kinds import named
from reader.domain.text import Span
from reader.services.attributing.candidates import Candidate, candidates
from reader.services.attributing.given import Given
from tests.domain.paragraphs import blocks, suggested

STORY = """Ada Lowe, the mayor of Temmin, said the bridge was safe. \
A US official close to the talks said it was not.

Farmer Jo Lind asked for a new one. "He never listens," Lowe said. She added that it was late.

The plan was criticised as too dear. It rained all day."""


def offered(statement: str) -> list[Candidate]:
    """Return the candidates for the statement that begins so."""
    start = STORY.index(statement)
    return candidates(STORY, blocks(STORY), (start, start + len(statement)))


def test_who_says_it_comes_first_and_says_why() -> None:
    first, *others = offered("Ada Lowe, the mayor of Temmin, said the bridge was safe.")
    assert (first.name, first.kind, first.naming, first.voice) == (
        "Ada Lowe", "person", "named", "indirect")  # fmt: skip
    assert "“said”" in first.why
    assert STORY[slice(*first.mention or (0, 0))] == "Ada Lowe"
    assert STORY[slice(*first.cue or (0, 0))] == "said"
    official = next(item for item in others if item.naming == "anonymous")
    assert official.name == "A US official close to the talks"
    assert (official.why, official.cue, official.mention) == ("speaks just after it", None, None)


def test_a_last_name_is_offered_as_the_full_name() -> None:
    first = offered('"He never listens," Lowe said.')[0]
    assert first.name == "Ada Lowe"
    assert "in full elsewhere" in first.why
    assert STORY[slice(*first.mention or (0, 0))] == "Lowe"


def test_a_pronoun_is_no_source_but_those_whom_it_may_mean_are_offered() -> None:
    found = offered("She added that it was late.")
    assert found[0].name == "Ada Lowe"
    assert found[0].why.startswith("“She” may be meant: spoke last")
    assert STORY[slice(*found[0].mention or (0, 0))] == "She"
    assert "She" not in [item.name for item in found]


def test_a_source_that_is_left_out_can_be_taken_as_such() -> None:
    first = offered("The plan was criticised as too dear.")[0]
    assert (first.name, first.naming, first.mention) == ("", "agentless", None)
    assert "nobody is named" in first.why


def test_speakers_nearby_are_offered_where_the_statement_names_nobody() -> None:
    found = offered("It rained all day.")
    assert [item.cue for item in found] == [None] * len(found)
    assert "Ada Lowe" in [item.name for item in found]
    assert all(item.why for item in found)


def test_names_are_names_and_descriptions_stay_descriptions() -> None:
    text = (
        "By Max Specimen\n\nIn April Jo Lind fell in March. It May Help. In Moscow nobody knew. "
        "“We wait,” said Governor Ilse Harken at her press conference.\n\n"
        "The finance ministry said that it was so. It said no more."
    )
    at = text.index("It said")
    found = candidates(text, blocks(text), (at, len(text)))
    names = [item.name for item in found]
    assert {"Max Specimen", "Ilse Harken"} <= set(names)
    assert not {"By Max Specimen", "In April", "March. It", "In Moscow"} & set(names)
    meant = next(item for item in found if item.name == "The finance ministry")
    assert meant.naming == "described"


def test_a_place_is_no_person_whom_a_pronoun_may_mean() -> None:
    text = (
        "Paul Okoro said it was late. Ada Lowe came to the West Wing and met no one at Fenmouth "
        "Lock. She said it was dear. The bank and the Kremlin said no more would come. "
        "It added that it was cold."
    )
    at = text.index("She")
    found = candidates(text, blocks(text), (at, at + 24))
    assert [item.name for item in found[:2]] == ["Ada Lowe", "Paul Okoro"]
    assert {item.name: item.kind for item in found}["West Wing"] == "unknown"
    last = candidates(text, blocks(text), (text.index("It added"), len(text)))
    meant = [item.name for item in last if "may be meant" in item.why]
    assert meant == ["The bank and the Kremlin"]


DATELINES = [
    "LONDON, May 3 — ",
    "BERLIN (Example Wire) - ",
    "NEW YORK, Feb. 12, 2024 (Example Wire) -- ",
    "Oslo (EW) – ",
    "WASHINGTON, D.C. — ",
    "KYIV/MOSCOW, 3 March (Example News) - ",
    "By Max Specimen\nBERLIN, Monday — ",
    "(Example Wire) — ",
]


@pytest.mark.parametrize("dateline", ["", *DATELINES])
def test_a_dateline_is_nobody_who_speaks_and_nothing_that_is_said(dateline: str) -> None:
    text = f"{dateline}The bridge is shut, Ada Lowe said on Monday. “No more cars,” she said."
    at = text.index("The bridge")
    first, *others = candidates(text, blocks(text), (0, text.index(" “No")))
    assert (first.name, first.sure, others) == ("Ada Lowe", True, [])
    said, quoted = suggested(text)
    assert text[said.start : said.end] == "The bridge is shut"
    assert said.start == at
    assert text[slice(*quoted.candidates[0].span)] == "Ada Lowe"


@pytest.mark.parametrize("opening", ["NATO — which said so — left. ", "PARIS: ", "Ada Lowe – "])
def test_what_only_looks_like_a_dateline_stays(opening: str) -> None:
    text = f"{opening}The bridge is shut."
    assert behind_dateline(text, blocks(text)[0]) == 0


def test_the_cost_does_not_grow_with_the_article() -> None:
    long = "\n\n".join([STORY] * 4000)
    table = blocks(long)
    middle = long.index("She added", len(long) // 2)

    def spent(text: str, at: int, there: BlockTable) -> float:
        before = time.process_time()
        candidates(text, there, (at, at + 20))
        return time.process_time() - before

    packed, short = BlockTable(table), BlockTable(blocks(STORY * 30))
    near = min(spent(STORY * 30, 4000, short) for _ in range(3))
    far = min(spent(long, middle, packed) for _ in range(3))
    assert far < 20 * near + 0.01


@pytest.mark.parametrize(
    ("phrase", "naming", "expected"),
    [
        ("House Speaker Bill Trask", "named", ("Bill Trask", "House Speaker", "person")),
        ("farmer Josef Aigner", "named", ("Josef Aigner", "farmer", "person")),
        (
            "Prof. Lena Moss of the University of Arle",
            "named",
            ("Lena Moss", "Prof., University of Arle", "person"),
        ),
        ("Bank of England", "named", ("Bank of England", "", "organisation")),
        ("Ministry of Defence", "named", ("Ministry of Defence", "", "office")),
        ("Maria de la Cruz", "named", ("Maria de la Cruz", "", "person")),
        ("Petra Vos and Tom Lind", "named", ("Petra Vos and Tom Lind", "", "group")),
        ("Spokesman Tom Lind", "named", ("Tom Lind", "Spokesman", "person")),
        ("mayor of Arle Ines Kok", "named", ("Ines Kok", "mayor of Arle", "person")),
        ("Head of research Tom Lind", "named", ("Tom Lind", "Head of research", "person")),
        ("the Example Post", "named", ("the Example Post", "", "organisation")),
        ("the foreign ministry", "described", ("the foreign ministry", "", "office")),
        ("A report by the council", "described", ("A report by the council", "", "document")),
        ("three former employees", "anonymous", ("three former employees", "", "group")),
        ("@example", "named", ("@example", "", "account")),
        ("Ardent Works", "named", ("Ardent Works", "", "organisation")),
        ("Blue House", "named", ("Blue House", "", "organisation")),
        ("House of Deputies", "named", ("House of Deputies", "", "organisation")),
        ("a county register", "described", ("a county register", "", "document")),
        ("a works manager", "described", ("a works manager", "", "person")),
        # Places that speak for who works there.
        ("Downing Street", "named", ("Downing Street", "", "office")),
        ("the Kremlin", "named", ("the Kremlin", "", "office")),
        ("The White House", "named", ("The White House", "", "office")),
        ("Capitol Hill", "named", ("Capitol Hill", "", "organisation")),
        ("City Hall", "named", ("City Hall", "", "office")),
        ("Rebecca Hall", "named", ("Rebecca Hall", "", "person")),
        ("Downing Street spokesman Tom Lind", "named",
         ("Tom Lind", "Downing Street spokesman", "person")),
        ("Washington Post", "named", ("Washington Post", "", "organisation")),
        ("North Norland", "named", ("North Norland", "", "unknown")),
        ("Radio Halve", "named", ("Radio Halve", "", "organisation")),
        ("Ana Lind KC", "named", ("Ana Lind", "KC", "person")),
        ("Energy Minister Tariq al-Badri", "named",
         ("Tariq al-Badri", "Energy Minister", "person")),
        # What a phrase means by its noun.
        ("the statistics office", "described", ("the statistics office", "", "office")),
        ("Economists polled by this newspaper", "anonymous",
         ("Economists polled by this newspaper", "", "group")),
        ("US official close to it", "anonymous", ("US official close to it", "", "person")),
        ("the author of the posts", "described", ("the author of the posts", "", "person")),
        ("a partner country", "described", ("a partner country", "", "organisation")),
        ("several of the aides", "anonymous", ("several of the aides", "", "group")),
    ],
)  # fmt: skip
def test_a_phrase_is_taken_apart(phrase: str, naming: str, expected: tuple[str, str, str]) -> None:
    assert named(phrase, naming) == expected


DYKE = (
    "Paul Okoro said on Friday that the dyke would last.\n\nThe night was wet.\n\n"
    "Mayor Ines Kok rejected the view. “Nobody warned us,” she told reporters. She added that the "
    "sirens were silent. Tom Lind left. She said it was late. Okoro said no, but she said yes."
)


def likely(statement: str, given: Given | None = None) -> tuple[str, bool]:
    """Return who is offered first for a statement, and whether that is sure."""
    start = DYKE.index(statement)
    found = candidates(DYKE, blocks(DYKE), (start, start + len(statement)), given)
    assert not any(item.sure for item in found[1:])
    return found[0].name, found[0].sure


def test_only_who_alone_can_be_meant_is_sure() -> None:
    told, added = (
        "“Nobody warned us,” she told reporters.",
        "She added that the sirens were silent.",
    )
    assert likely("Paul Okoro said on Friday that the dyke would last.") == ("Paul Okoro", True)
    assert likely("The night was wet.") == ("Paul Okoro", False)
    assert likely("Mayor Ines Kok rejected the view.") == ("Ines Kok", False)
    assert likely(told) == ("Ines Kok", False)
    assert likely(added) == ("Ines Kok", False)
    assert not likely("Okoro said no, but she said yes.")[1]  # two of them

    def by_hand(statement: str, name: str = "Ines Kok", kind: str = "person") -> Given:
        start = DYKE.index(statement)
        return Given(Span(start, start + len(statement)), name, kind, "named")

    assert likely(told, by_hand("Mayor Ines Kok rejected the view.")) == ("Ines Kok", True)
    assert likely(added, by_hand(told)) == ("Ines Kok", True)
    assert likely(added, by_hand(told, "Bridge Board", "organisation")) == ("Ines Kok", False)
    first = "Paul Okoro said on Friday that the dyke would last."
    assert likely(added, by_hand(first, "Paul Okoro")) == ("Ines Kok", False)
    assert likely("She said it was late.", by_hand(added)) == ("Tom Lind", False)


def test_kinds_are_guessed_by_the_last_noun() -> None:
    guessed = {
        "a county register": "document", "Ardent Works": "organisation",
        "Blue House": "organisation", "Land Office": "organisation",
        "Bill Trask": "person", "a works manager": "unknown", "Downing Street": "office",
        "a report": "document", "Mark Dunn": "person",
    }  # fmt: skip
    assert {name: guess_kind(name) for name in guessed} == guessed
