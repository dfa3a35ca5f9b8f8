"""Plausible English of any length, the same at each call: headings, paragraphs, quotations."""

from __future__ import annotations

import random

FIRST_WORDS = "Morning came late to the harbour"
"""How each text's first paragraph begins."""

_WHO = (
    "The minister", "A spokeswoman for the port", "Dr. Okafor", "The council", "An engineer",
    "The U.S. delegation", "One of the residents", "Mrs. van der Berg", "The auditors' report",
    "A union official", "The prime minister's office", "Two former employees", "The agency",
)  # fmt: skip
_DID = (
    "confirmed", "denied", "said", "had long suspected", "told reporters", "could not say",
    "repeated", "wrote in a letter", "admitted", "insisted", "learned only later",
)  # fmt: skip
_WHAT = (
    "that the bridge had been closed since 4 a.m.",
    "that costs rose by 3.7 per cent, to $1.2 million",
    "that nobody had read the second contract",
    "that the figures in the annex were estimates",
    "that the vote would be held again on Tuesday",
    "that the samples, taken in March, were never tested",
    "that water levels stood 12 cm above the mark of 1953",
    "that the ships would be turned away at the outer harbour",
)  # fmt: skip
_ASIDE = (
    "", "", "", ", according to two people who were there", ", a claim that the firm rejects",
    " – not for the first time", ", although the minutes of the meeting (see p. 4) differ",
    "; the agency did not answer questions",
)  # fmt: skip
_SAID = (
    "“We were told nothing. We had to read it in the paper,” {who} said.",
    "“It is, frankly, a mess,” {who} said. “But it is our mess.”",
    "Was it legal? {who} would not say.",
    "{who} put it more simply: “Nobody asked.”",
    "It was the third such case in a year.",
    "No date has been set.",
)  # fmt: skip
_HEADINGS = (
    "What is known", "The second contract", "A question of money", "Voices from the harbour",
    "How it began", "What comes next",
)  # fmt: skip


def prose(characters: int, seed: int = 1) -> str:
    """Return a text of about that many characters, as plain text with headings.

    Args:
        characters: Length in code points; the text is a paragraph longer at most.
        seed: Another seed is another text.
    """
    chance = random.Random(seed)
    pool = [_paragraph(chance) for _ in range(400)]
    parts = [f"{FIRST_WORDS}, and the ferries with it. {_paragraph(chance)}"]
    length = len(parts[0])
    number = 0
    while length < characters:
        number += 1
        part = f"{number}. {chance.choice(_HEADINGS)}" if number % 12 == 0 else chance.choice(pool)
        parts.append(part)
        length += len(part) + 2
    return "\n\n".join(parts) + "\n"


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 6)))


def _sentence(chance: random.Random) -> str:
    who = chance.choice(_WHO)
    if chance.random() < 0.25:
        return chance.choice(_SAID).format(who=who)
    return f"{who} {chance.choice(_DID)} {chance.choice(_WHAT)}{chance.choice(_ASIDE)}."
