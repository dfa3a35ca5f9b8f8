"""Blocks that look like captions and credits of pictures, and those that do not."""

from __future__ import annotations

import pytest

from reader.domain.attribution import suggestions
from reader.domain.speech.pictures import picture
from reader.domain.text import Block, Role


@pytest.mark.parametrize(
    ("text", "role", "credit"),
    [
        ("Photograph: Ann Example", "credit", "Photograph: Ann Example"),
        ("Photograph: Ann Example/The Observer", "credit", "Photograph: Ann Example/The Observer"),
        ("(Photo by Ann Example/Getty Images)", "credit", "(Photo by Ann Example/Getty Images)"),
        ("Ann Example / Reuters", "credit", "Ann Example / Reuters"),
        ("© 2019 Ann Example", "credit", "© 2019 Ann Example"),
        ("A man crosses the bridge. Picture: A. Example/EPA", "caption", "Picture: A. Example/EPA"),
        ("The bridge in May. AFP/Getty Images", "caption", "AFP/Getty Images"),
        ("Image caption: The bridge is closed.", "caption", ""),
        ("The picture: a man said that it was safe.", "", ""),
        ("Credit: the bank gave it. Nobody paid it back.", "", ""),
        ("It was either/or, said Reuters.", "", ""),
        ("She told AFP/Getty Images that she was there.", "", ""),
        ("A long story. " * 30 + "Photograph: Ann Example", "", ""),
    ],
)
def test_what_looks_like_one(text: str, role: str, credit: str) -> None:
    found = picture(text, Block(0, len(text), Role.BODY))
    assert (found.role.value if found else "") == role
    where = found.credit if found else None
    assert (text[slice(*where)] if where else "") == credit
    assert picture(text, Block(0, len(text), Role.CAPTION)) is None
    if found:
        assert found.reason.startswith("looks like a c")


def test_nobody_in_a_credit_is_a_source() -> None:
    text = (
        "The mayor says the bridge is safe. Photograph: Ann Example/Reuters\n\n"
        "He said that it was late."
    )
    end = text.index("\n\n")
    there = [Block(0, end, Role.BODY), Block(end + 2, len(text), Role.BODY)]
    found = suggestions(text, there)
    named = [text[slice(*item.span)] for one in found for item in one.candidates]
    assert named == ["The mayor"]
