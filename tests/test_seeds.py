"""The sample articles: complete, readable, and with what close reading is to find in them."""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata

import pytest

from reader.assets import sample_article, seeds_dir

FIELDS = {"file", "title", "byline", "outlet", "date", "language"}


def articles() -> list[dict[str, object]]:
    return tomllib.loads((seeds_dir() / "seeds.toml").read_text("utf-8"))["article"]


def text_of(name: str) -> str:
    return (seeds_dir() / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def story() -> str:
    return text_of("visitors.txt")


def test_every_article_is_described_and_there() -> None:
    listed = articles()
    assert [set(article) for article in listed] == [FIELDS] * 3
    files = {path.name for path in seeds_dir().iterdir() if path.is_file()}
    assert {str(article["file"]) for article in listed} == files - {"seeds.toml"}
    assert all(isinstance(article["date"], datetime.date) for article in listed)
    assert {article["language"] for article in listed} == {"en"}
    for article in listed:
        assert str(article["title"]) in text_of(str(article["file"])).partition("\n\n")[0]


def test_the_texts_are_clean_utf8() -> None:
    for article in articles():
        raw = (seeds_dir() / str(article["file"])).read_bytes()
        text = raw.decode("utf-8")
        assert b"\r" not in raw
        assert text.endswith("\n")
        assert unicodedata.is_normalized("NFC", text)
        assert not [c for c in text if c != "\n" and unicodedata.category(c).startswith("C")]
        assert 600 <= len(text.split()) <= 1000


def test_the_tour_begins_with_the_story() -> None:
    assert sample_article() == seeds_dir() / "visitors.txt"


def test_head_and_tail_of_the_story(story: str) -> None:
    paragraphs = story.strip().split("\n\n")
    assert paragraphs[0] == articles()[0]["title"]
    assert paragraphs[1].startswith("Adviser denies that secrets were given away")
    assert paragraphs[2] == f"By {articles()[0]['byline']}"
    heading, caption = paragraphs[-1].split("\n")
    assert heading == "In the Oval Office"
    # a photo credit glued to the caption: the agency that is criticised above says nothing here
    assert re.search(r"there to take Tass$", caption)
    assert "the Russian state agency Tass" in story


def test_halves_of_a_sentence_and_a_quotation_split_in_two(story: str) -> None:
    assert (
        "was indeed on the public schedule, and it was, in the view of the White House, no" in story
    )
    assert 'call this a leak," said one of them, who used to advise' in story
    assert '"wholly appropriate to that conversation", and Mr Trump "wasn\'t even aware' in story


def test_chains_with_unknown_hops_and_origins_without_agents(story: str) -> None:
    assert (
        'Details of it, the report went on, had been withheld even from "our own allies".' in story
    )
    assert "followed concerns that" in story
    assert "was also criticised for" in story
    assert "It is believed that" in story
    assert "speaking through an intermediary, was reported to be considering" in story


def test_a_denial_narrower_than_what_is_said_of_it(story: str) -> None:
    assert "denies that secrets were given away" in story
    assert "were any intelligence sources or methods discussed" in story
    assert "The newspaper had not said that they were." in story


def test_the_narrators_own_words(story: str) -> None:
    for word in ("admitted", "dismissed", "denying"):
        assert re.search(rf"\b{word}\b", story)


def test_said_and_so_are_two_questions(story: str) -> None:
    assert 'called the American reports "fake", according to the Interfax news agency' in story


def test_a_pronoun_is_the_source(story: str) -> None:
    assert '\n\nHe added: "At no time' in story


def test_sides_in_tension_with_themselves(story: str) -> None:
    assert "It didn't happen." in story
    assert "wholly appropriate to that conversation" in story
    assert "yet more nonsense" in story
    assert "nothing to confirm or deny" in story


def test_the_lead_misquotes_a_statement_printed_in_full(story: str) -> None:
    lead, _, rest = story.partition("What the president wrote")
    assert '"pertaining to terrorism and airline flights"' in lead
    assert "facts pertaining to terrorism and airline flight safety" in rest
    assert "pertaining to terrorism and airline flights" not in rest


@pytest.mark.parametrize(
    "words",
    [
        "4.25 per cent", "2.9%", "25 basis points", "0.15 percentage points", "base effect",
        "seasonally adjusted", "month to month", "a year earlier", "was revised", "N$240,000",
        "US$95", "$82.40", "2.30 p.m.", "Dr. K. M. Lindqvist", "Prof.", "approx. 5.35", "i.e. it",
        "Governor Ilse Harken", "forecast", "8–1",
    ],
)  # fmt: skip
def test_the_economics_story_has_its_numbers(words: str) -> None:
    assert words in text_of("rates.txt")


@pytest.mark.parametrize(
    "markup",
    [r"^---\ntitle: ", r"^# ", r"^## ", r"^### ", r"^1\. ", r"^   - ", r"^  - ", r"^> ", r"^> > ",
     r"^\|---", r"^!\[.+\]\(.+\)$", r"\*\*.+\*\*", r"\*[a-z ]+\*"],
)  # fmt: skip
def test_the_report_has_its_markup(markup: str) -> None:
    assert re.search(markup, text_of("levees.md"), re.MULTILINE)
