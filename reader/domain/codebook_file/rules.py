"""What a codebook file has to keep to: each rule, and what to do when it is broken.

Rules look at what ``tomllib`` returns and know nothing of the types made from it. They are written
for people who make their first codebook: a problem names the line, the tag, and the way out.

A symbol is one character that is one cell wide everywhere. Unicode's East Asian width decides:
neutral, narrow and half-width pass; wide and full-width take two cells; *ambiguous* ones (``→``,
``●``, ``½``, ``§``) take one or two, depending on the terminal's settings, and are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from reader.domain.codebook import REQUIREMENTS
from reader.domain.records import dataclass
from reader.domain.untrusted import safe

FORMAT = "reader-codebook/1"
"""The format that this version of the program reads."""
TARGETS = ("statement", "attribution", "source", "relation", "article")
"""What a facet can apply to."""
PICKER_TARGETS = frozenset({"source", "attribution", "relation"})
"""Targets that are tagged inside a picker, where letters are free to be keys."""
SELECTS = ("one", "many")
"""How many tags of a facet can stand on one target."""
SCALES = ("nominal", "ordinal")
"""Whether the tags of a facet have an order."""
MIN_CONTRAST = 4.5
"""Lowest contrast of a tag's colour with the black text on its chip (WCAG 2, level AA)."""
_LARGEST = 10**9


class Complaint(NamedTuple):
    """What is wrong with a value, and what to do."""

    message: str
    hint: str


Rule = Callable[[object], Complaint | None]


@dataclass(frozen=True, slots=True)
class Field:
    """A key that a table of the file may have.

    Attributes:
        rule: Returns what is wrong with a value, or None.
        required: Whether the file is refused without it.
    """

    rule: Rule
    required: bool = True


def contrast_with_black(color: str) -> float:
    """Return the WCAG contrast ratio of ``#RRGGBB`` with black: 1 for black, 21 for white."""
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / 0.05


def _linear(channel: float) -> float:
    """Return the linear light of an sRGB channel, both from 0 to 1."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def quoted(value: object) -> str:
    """Return a value of the file in quotes, short and harmless, for use in a message."""
    if isinstance(value, int) and abs(value) > _LARGEST:  # its digits could fill the screen
        return "a very large number"
    text = safe(str(value))
    return f'"{text[:39]}…"' if len(text) > 40 else f'"{text}"'


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Return a hint that names the known word closest to this one, or all of them."""
    close = closest(word, known)
    return f'Did you mean "{close}"?' if close else f"Known are: {', '.join(known)}."


def closest(word: str, known: Sequence[str]) -> str:
    """Return the word that this one may be a misspelling of, or an empty string."""
    from difflib import get_close_matches  # only for errors, and would delay every start

    return next(iter(get_close_matches(word, known, n=1)), "")


# --- rules for single values -----------------------------------------------------------------


def _text(longest: int, multiline: bool = False) -> Rule:
    def rule(value: object) -> Complaint | None:
        if not isinstance(value, str):
            return Complaint("is not a text", "Write it in quotes.")
        if not value.strip():
            return Complaint("is empty", "Write something that people will understand.")
        if len(value) > longest:
            message = f"has {len(value)} characters, {longest} is the most"
            return Complaint(message, "Shorten it.")
        visible = value.replace("\n", " ") if multiline else value
        if safe(visible) != visible or "\t" in visible:
            message = "contains a control character, a line break or an invisible direction mark"
            return Complaint(message, "Delete the character, or type the text anew.")
        return None

    return rule


def _pattern(expression: str, message: str, hint: str) -> Rule:
    compiled = re.compile(expression)

    def rule(value: object) -> Complaint | None:
        if isinstance(value, str) and compiled.fullmatch(value):
            return None
        return Complaint(f"{message}: {quoted(value)}", hint)

    return rule


def _one_of(known: tuple[str, ...]) -> Rule:
    def rule(value: object) -> Complaint | None:
        if value in known:
            return None
        return Complaint(f"is unknown: {quoted(value)}", suggestion(str(value), known))

    return rule


def _list_of(known: tuple[str, ...], may_be_empty: bool) -> Rule:
    def rule(value: object) -> Complaint | None:
        if not isinstance(value, list) or not (value or may_be_empty):
            return Complaint("is not a list of words", f'Write it like this: ["{known[0]}"].')
        for item in value:
            if item not in known:
                message = f"has an unknown word: {quoted(item)}"
                return Complaint(message, suggestion(str(item), known))
        if len(set(value)) < len(value):
            return Complaint("names the same word twice", "Take one of them out.")
        return None

    return rule


def _version(value: object) -> Complaint | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31:
        return None
    return Complaint(
        f"is not a whole number from 1: {quoted(value)}",
        "Write version = 1 and raise it by one on any change.",
    )


def _rank(value: object) -> Complaint | None:
    truth = isinstance(value, bool)  # which Python counts among the numbers
    if isinstance(value, int | float) and not truth and abs(value) <= _LARGEST:
        return None
    return Complaint(
        f"is not a number: {quoted(value)}",
        "Higher is more credible; leave the line out for a tag that is off the scale.",
    )


def _key(value: object) -> Complaint | None:
    if isinstance(value, str) and re.fullmatch("[0-9a-z]", value):
        return None
    if isinstance(value, int):
        return Complaint("is a number", f'Write it in quotes: key = "{value}".')
    message = f"is not one digit or small letter: {quoted(value)}"
    return Complaint(message, "Give the tag one key, or leave the line out.")


def _symbol(value: object) -> Complaint | None:
    other = "Choose another, for instance one of ✓ + ! ✗ ? ∅ ~ » or a letter."
    if not isinstance(value, str) or len(value) != 1:
        return Complaint(f"is not one character: {quoted(value)}", other)
    if unicodedata.category(value)[0] in "CMZ":
        return Complaint(f"cannot be seen by itself: U+{ord(value):04X}", other)
    width = unicodedata.east_asian_width(value)
    if width in "WF" and len(width) == 1:
        return Complaint(f"is two cells wide: {quoted(value)}", other)
    if width == "A":
        return Complaint(f"is one or two cells wide, as the terminal likes: {quoted(value)}", other)
    return None


def _color(value: object) -> Complaint | None:
    if not isinstance(value, str) or not re.fullmatch("#[0-9A-Fa-f]{6}", value):
        message = f"is not a colour: {quoted(value)}"
        return Complaint(message, 'Write it as six hexadecimal digits, like "#56B4E9".')
    contrast = contrast_with_black(value)
    if contrast >= MIN_CONTRAST:
        return None
    return Complaint(
        f"is too dark under black text: {value} has a contrast of {contrast:.2f}:1",
        f"Choose a lighter one; {MIN_CONTRAST}:1 is the least.",
    )


_ID = _pattern(
    "[a-z0-9-]{1,40}",
    "is not made of small letters, digits and hyphens",
    "Up to 40 of a-z, 0-9 and the hyphen, no spaces.",
)
# Capitals because established gradings have them (A to F).
_CODE = _pattern(
    "[A-Za-z0-9-]{1,40}",
    "is not made of letters, digits and hyphens",
    "Up to 40 of a-z, A-Z, 0-9 and the hyphen; the label may say it more nicely.",
)
_ASCII = _pattern("[!-~]", "is not one ASCII character", 'Write one, for instance ascii = "Y".')
_CONDITION = _pattern(
    "[a-z0-9-]+:[A-Za-z0-9-]+(,[A-Za-z0-9-]+)*",
    "is not a facet and its tags",
    'Write it as "facet:tag", or "facet:tag,tag" for any of several.',
)


def _anything(value: object) -> Complaint | None:
    return None


BOOK_FIELDS: Mapping[str, Field] = {
    "format": Field(_anything),
    "id": Field(_ID),
    "version": Field(_version),
    "title": Field(_text(100)),
    "lang": Field(
        _pattern("[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", "is not a language", 'Write it like "en".'),
        required=False,
    ),
    "about": Field(_text(2000, multiline=True), required=False),
    "facet": Field(_anything, required=False),  # seen to apart, as is "tag" below
}
"""What may stand above the first facet."""
FACET_FIELDS: Mapping[str, Field] = {
    "id": Field(_ID),
    "title": Field(_text(100)),
    "applies_to": Field(_list_of(TARGETS, may_be_empty=False), required=False),
    "select": Field(_one_of(SELECTS), required=False),
    "scale": Field(_one_of(SCALES), required=False),
    "visible_if": Field(_CONDITION, required=False),
    "tag": Field(_anything, required=False),
}
"""What a ``[[facet]]`` may have."""
TAG_FIELDS: Mapping[str, Field] = {
    "code": Field(_CODE),
    "label": Field(_text(40)),
    "key": Field(_key, required=False),
    "symbol": Field(_symbol),
    "ascii": Field(_ASCII, required=False),
    "color": Field(_color),
    "rank": Field(_rank, required=False),
    "definition": Field(_text(1000, multiline=True)),
    "requires": Field(_list_of(tuple(REQUIREMENTS), may_be_empty=True), required=False),
}
"""What a ``[[facet.tag]]`` may have."""
