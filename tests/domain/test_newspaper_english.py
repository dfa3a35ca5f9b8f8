"""Sentences as newspapers write them: who says what, by which words, to what effect.

They are our own; each shows one way of attributing, or a trap beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.paragraphs import suggested

SENTENCES = (Path(__file__).parent / "newspaper_sentences.txt").read_text("utf-8")
"""A sentence, and below it for each attribution: speaker ; cue ; what is said ; act.

Stretches of what is said are joined by a bar, ``-`` is nobody, and what is ``*`` is not looked at.
"""


def found_in(text: str) -> list[list[str]]:
    """Return what is suggested for a sentence, as it is written in the file."""
    return [
        [
            text[slice(*item.speaker)] if item.speaker else "-",
            text[slice(*item.cue)] if item.cue else "-",
            "|".join(text[a:b] for a, b in ((item.start, item.end), *item.extra_spans)),
            item.act or "-",
        ]
        for item in suggested(text)
    ]


def test_who_says_what_as_newspapers_tell_it() -> None:
    wrong, parts = [], SENTENCES.strip().split("\n\n")
    for part in parts:
        text, *lines = part.split("\n")
        wanted, found = [line.strip().split(" ; ") for line in lines], found_in(text)
        same = len(found) == len(wanted) and all(
            theirs in ("*", mine)
            for told, want in zip(found, wanted, strict=True)
            for mine, theirs in zip(told, want, strict=True)
        )
        wrong += [] if same else [(text, found)]
    assert wrong == []
    assert len(parts) > 160


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A spokeswoman, Petra Vos, said it was safe.", "A spokeswoman"),
        ("The council's spokesman, Tom Lind, said it was safe.", "The council's spokesman"),
        ("Petra Vos, a spokeswoman for the council, said it was safe.",
         "a spokeswoman for the council"),
        ('"It is safe," said Petra Vos, the council\'s spokeswoman.', "the council's spokeswoman"),
        ('"It is safe," said the council\'s spokeswoman, Petra Vos.', "the council's spokeswoman"),
        ('"It is safe," said Petra Vos, spokeswoman.', "spokeswoman"),
        ('"It is safe," said Petra Vos, a day after the vote.', None),
        ("Petra Vos, who runs the harbour, said it was safe.", None),
        ("Petra Vos said it was safe.", None),
    ],
)  # fmt: skip
def test_what_the_speaker_is_stands_beside_the_name(text: str, role: str | None) -> None:
    (found,) = suggested(text)
    assert (found.role and text[slice(*found.role)]) == role
    assert text[slice(*found.speaker or (0, 0))] in ("Petra Vos", "Tom Lind")
    assert found.naming == "named"


def test_who_says_nothing_is_told_by_the_article() -> None:
    (found,) = suggested("A spokeswoman, Petra Vos, declined to comment on the report.")
    assert (found.voice, found.act, found.scope_certain) == ("narrator", "non-answer", True)
    assert found.reason == "“declined to comment”"
