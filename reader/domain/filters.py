"""The language of filters: ``tag:doubtful -has:note "central bank"``.

Words are joined by *and*. ``field:value`` asks one thing of an item, ``field:one,other`` either of
two, ``field:`` whether it has any; what has no field is looked for in the item's text. A minus
negates, quotation marks keep spaces (and colons) together. Which fields there are, and what they
ask, is told by whoever filters: the language is the same for annotations and articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from reader.domain.errors import UsageError
from reader.domain.records import dataclass

T = TypeVar("T")

Test = Callable[[T], bool]
"""Whether an item fits."""

Make = Callable[[str], Test[T]]
"""Makes a test of what stands behind the colon; raises ``UsageError`` if it means nothing."""

_TERM = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)(?:"|\Z)|(\S*))\s*')


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a filter.

    Attributes:
        field: In lower case; empty for text.
        values: What stands behind the colon: one, or several of which any will do.
        negated: Whether a minus stands in front.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False


def parse(query: str) -> list[Term]:
    """Return the terms of a filter; one that is only half typed is no mistake."""
    terms = []
    for minus, field, quoted, plain in _TERM.findall(query.strip()):
        value = quoted or plain
        if not (field or value):
            continue
        values = value.split(",") if field and not quoted else [value]
        kept = tuple(item for item in values if item) or ("",)
        terms.append(Term(field.lower(), kept, bool(minus)))
    return terms


def compile_filter(query: str, fields: Mapping[str, Make[T]], text: Make[T]) -> Test[T] | None:
    """Return the test that a filter makes of an item; None if it asks nothing.

    Args:
        query: What the user typed.
        fields: What each field asks.
        text: What words without a field ask.

    Raises:
        UsageError: There is no such field, or a value means nothing in it.
    """
    tests = [_test(term, fields, text) for term in parse(query)]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else lambda item: all(test(item) for test in tests)


def _test(term: Term, fields: Mapping[str, Make[T]], text: Make[T]) -> Test[T]:
    make = fields.get(term.field) if term.field else text
    if make is None:
        known = ", ".join(f"{name}:" for name in fields)
        raise UsageError(
            f"There is no field “{term.field}:”.",
            f"Known are {known}; in quotation marks it is text.",
        )
    either = [make(value) for value in term.values]
    found: Test[T] = either[0] if len(either) == 1 else lambda item: any(t(item) for t in either)
    return (lambda item: not found(item)) if term.negated else found


def one_of(name: str, tests: Mapping[str, Test[T]], default: str) -> Make[T]:
    """Return what a field asks that knows a few values only.

    Args:
        name: The field's name, for the message.
        tests: The values and what they ask; the beginning of one is enough.
        default: The value that is meant where none is given.
    """

    def make(value: str) -> Test[T]:
        wanted = value.casefold() or default
        fitting = [word for word in tests if word == wanted] or [
            word for word in tests if word.startswith(wanted)
        ]
        if not fitting:
            raise UsageError(f"“{name}:{value}” means nothing.", f"Known are {', '.join(tests)}.")
        return tests[fitting[0]]

    return make
