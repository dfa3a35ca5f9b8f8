"""Whom a last name means: in articles marked by hand, and where it must not be said."""

from __future__ import annotations

import pytest

from reader.domain.attribution import suggestions
from reader.domain.speech.full_names import FullNames
from reader.domain.text import Span
from tests.domain.attributed_articles import labelled, paragraphs
from tests.test_seeds import text_of

MEANT = {
    "02-feature": {"Aas": "Henrik Aas"},
    "03-court": {"Mr Pratt": "Colin Pratt"},
    "04-webcast": {"Whitlock": "Dana Whitlock"},
    "07-sport": {"Sears": "Will Sears", "Brandt": "Ludo Brandt"},
    "11-consumer": {"Obi": "Adaeze Obi"},
    "12-health": {"Levine": "Ruth Levine"},
    "12-sport": {"Salas": "Diego Salas"},
    "01-election": {"Brennan": "Hal Brennan"},
    "rates": {"Ms. Harken": "Ilse Harken"},
}
"""Every speaker called by the last name in the articles marked by hand, and who that is.

Read and written down by a person. "Kessler", "Brenner" and "Alpmilk" are firms, "Toland" and
"Kyrat" are countries, "Sir Anthony" is no last name: they stay as they are.
"""


def test_each_last_name_in_the_articles_marked_by_hand() -> None:
    found: dict[str, dict[str, str]] = {}
    articles = [(item.name, item.text) for kind in ("known", "blind", "unseen")
                for item in labelled(kind)]  # fmt: skip
    articles += [(name, text_of(f"{name}.txt")) for name in ("visitors", "rates")]
    for name, text in articles:
        for item in suggestions(text, paragraphs(text)):
            if item.whole is not None and item.speaker is not None:
                called = found.setdefault(name, {})
                called[text[slice(*item.speaker)]] = text[slice(*item.whole)]
    assert found == MEANT


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("Paul Okoro left. Okoro said so.", "Okoro", "Paul Okoro"),
        ("Okoro denies it\n\nThe mayor, Paul Okoro, denied it.", "Okoro", "Paul Okoro"),
        ("Foreign Minister Ana Lind left. Minister Lind said so.", "Minister Lind", "Ana Lind"),
        ("Paul Okoro left with P. Okoro. Okoro said so.", "Okoro", "Paul Okoro"),
        ("Paul Okoro's car. Okoro’s lawyer left. Okoro said so.", "Okoro", "Paul Okoro"),
        ("Luis van Berg left. Berg said so.", "Berg", "Luis van Berg"),
        ("Ana Lind KC left. Lind said so.", "Lind", "Ana Lind"),
        ("Ana de la Cruz left. De la Cruz said so.", "De la Cruz", "Ana de la Cruz"),
        # Who is meant is not certain, or nobody is.
        ("Paul Okoro and Ada Okoro left. Okoro said so.", "Okoro", None),
        ("Paul Okoro left. Ms Okoro's sister, Ada Okoro, and Mr Okoro said so.", "Mr Okoro", None),
        ("Okoro said so. Nobody else did.", "Okoro", None),
        ("Paul Okoro Lind left. Okoro said so.", "Okoro", None),
        ("President Okoro left. Okoro said so.", "Okoro", None),
        ("Henry Ford left. He works at Ford. Ford said so.", "Ford", None),
        (
            "Denzel Washington left. In Washington it rained. Washington said so.",
            "Washington",
            None,
        ),
        ("South Korea left. Korea said so.", "Korea", None),
        ("Example Bank closed. Bank said so.", "Bank", None),
        ("The Daily Ledger closed. Ledger said so.", "Ledger", None),
        ("Paul Okoro left. Paul said so.", "Paul", None),
        ("Paul Okoro left. The Okoro said so.", "The Okoro", None),
        ("Sue NATO left. NATO said so.", "NATO", None),
    ],
)
def test_what_is_certain_and_what_is_not(text: str, mention: str, expected: str | None) -> None:
    start = text.rindex(mention) if expected or text.count(mention) > 1 else text.index(mention)
    found = FullNames(text).of(Span(start, start + len(mention)))
    assert (None if found is None else text[slice(*found)]) == expected
