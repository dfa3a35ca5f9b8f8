"""Words in quotation marks: never in two of them."""

from __future__ import annotations

import pytest

from reader.domain.text import quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is safe.", "“It is safe.”"),
        ("“It is safe.”", "“It is safe.”"),
        ("“It is…", "“It is…"),
        ('"It is safe."', '"It is safe."'),
        ("„Es ist sicher“, sagte er.", "“„Es ist sicher“, sagte er.”"),
        ("He said “no”", "“He said “no””"),
        ("", "“”"),
        ('"', '“"”'),
    ],
)
def test_what_stands_in_marks_of_its_own_gets_no_more(text: str, shown: str) -> None:
    assert quoted(text) == shown
