"""The language of filters: ``tag:doubtful -has:note "central bank"``.

Words are joined by *and*. ``field:value`` asks one thing of an item, ``field:one,other`` either of
two, ``field:`` whether it has any; what has no field is looked for in the item's text. A minus
negates, quotation marks keep spaces (and colons) together. Which fields there are, and what they
ask, is told by whoever filters: the language is the same for annotations and articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from reader.domain.errors import UsageError
from reader.domain.records import dataclass

T = TypeVar("T")
C = TypeVar("C")

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
        quoted: Whether it stands in quotation marks.
        source: The term as it was typed.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False
    quoted: bool = False
    source: str = ""


def parse(query: str) -> list[Term]:
    """Return the terms of a filter; one that is only half typed is no mistake."""
    terms = []
    for match in _TERM.finditer(query.strip()):
        minus, field, quoted, plain = match.groups("")
        value = quoted or plain
        if not (field or value):
            continue
        values = value.split(",") if field and not quoted else [value]
        kept = tuple(item for item in values if item) or ("",)
        source = match.group().rstrip()
        terms.append(Term(field.lower(), kept, bool(minus), bool(quoted), source))
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
    tests = [_test(either, negated) for either, negated in read_filter(query, fields, text)]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else lambda item: all(test(item) for test in tests)


def _test(either: Sequence[Test[T]], negated: bool) -> Test[T]:
    found: Test[T] = either[0] if len(either) == 1 else lambda item: any(t(item) for t in either)
    return (lambda item: not found(item)) if negated else found


def read_filter(
    query: str, fields: Mapping[str, Callable[[str], C]], text: Callable[[str], C]
) -> list[tuple[list[C], bool]]:
    """Return what a filter asks, for those who do not test items one by one.

    Args:
        query: What the user typed.
        fields: Makes of each field's value what it asks; raises ``UsageError`` if that is nothing.
        text: The same for words without a field.

    Returns:
        All that must be so: any of a list, or (if the second is true) none of it.

    Raises:
        UsageError: There is no such field, or a value means nothing in it.
    """
    return [(_asked(term, fields, text), term.negated) for term in parse(query)]


def _asked(
    term: Term, fields: Mapping[str, Callable[[str], C]], text: Callable[[str], C]
) -> list[C]:
    make = fields.get(term.field) if term.field else text
    if make is None:
        known = ", ".join(f"{name}:" for name in fields)
        raise UsageError(
            f"There is no field “{term.field}:”.",
            f"Known are {known}; in quotation marks it is text.",
        )
    return [make(value) for value in term.values]


def one_of(name: str, tests: Mapping[str, Test[T]], default: str) -> Make[T]:
    """Return what a field asks that knows a few values only.

    Args:
        name: The field's name, for the message.
        tests: The values and what they ask; the beginning of one is enough.
        default: The value that is meant where none is given.
    """

    def make(value: str) -> Test[T]:
        return tests[word_of(name, value, tests, default)]

    return make


def word_of(name: str, value: str, known: Iterable[str], default: str) -> str:
    """Return the word that a value means, of those a field knows; its beginning is enough.

    Raises:
        UsageError: It means none of them.
    """
    wanted, words = value.casefold() or default, list(known)
    if wanted in words:
        return wanted
    for word in words:
        if word.startswith(wanted):
            return word
    raise UsageError(f"“{name}:{value}” means nothing.", f"Known are {', '.join(words)}.")
