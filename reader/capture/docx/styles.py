"""What the styles and lists of a Word document mean: headings, titles, quotations, numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from reader.capture.archive import local
from reader.domain.text import Role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {
    "title": (Role.HEADLINE, 0),
    "subtitle": (Role.STANDFIRST, 0),
    "caption": (Role.CAPTION, 0),
    "quote": (Role.QUOTE, 1),
    "intense quote": (Role.QUOTE, 1),
    "block text": (Role.QUOTE, 1),
}
_OF_ID = re.compile(r"(\d)$")
"""What parts the id of a heading's style, ``Heading1``, from its name, ``heading 1``."""
_LONGEST_CHAIN = 20
_DEEPEST = 9


class Look(NamedTuple):
    """What a paragraph style means."""

    role: Role
    level: int


class Styles:
    """The paragraph styles of a document.

    Args:
        root: Of ``styles.xml``, or None if there is none.
    """

    def __init__(self, root: Any) -> None:
        self._styles = {
            each.get(f"{W}styleId"): each for each in (root if root is not None else ())
            if local(each) == "style"
        }  # fmt: skip
        self._known: dict[str | None, tuple[Look, Any]] = {}
        self._are_there = root is not None

    def of(self, name: str | None) -> tuple[Look, Any]:
        """Return what a style means, and its list settings (``numPr``) or None."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str | None) -> tuple[Look, Any]:
        if not self._are_there:
            return _look_named(_OF_ID.sub(r" \1", (name or "").lower())), None
        look, numbers = Look(Role.BODY, 0), None
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                break
            if look.role is Role.BODY:
                look = _look_of(style)
            numbers = numbers if numbers is not None else style.find(f"{W}pPr/{W}numPr")
            based = style.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        return look, numbers


def _look_of(style: Any) -> Look:
    named = style.find(f"{W}name")
    name = (named.get(f"{W}val") or "").lower() if named is not None else ""
    look = _look_named(name)
    return look if look.role is not Role.BODY else outline_of(style.find(f"{W}pPr")) or look


def _look_named(name: str) -> Look:
    """Return what a style of that name, in lower case, means."""
    if name in _NAMES:
        return Look(*_NAMES[name])
    if name.startswith("heading ") and (level := _whole(name[8:])) is not None:
        return Look(Role.SUBHEAD, min(6, level))
    return Look(Role.BODY, 0)


def outline_of(properties: Any) -> Look | None:
    """Return the heading that paragraph properties make of it, whatever its style, or None."""
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    number = int_of(level)
    return Look(Role.SUBHEAD, min(6, number + 1)) if number is not None and number < 9 else None


def int_of(element: Any) -> int | None:
    """Return the whole number that an element has as its value, or None."""
    value = element.get(f"{W}val") if element is not None else None
    return None if value is None else _whole(value)


def _whole(text: str) -> int | None:
    """Return the whole number that a text is, or None: it may be anything, such as “²”."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class Lists:
    """Counts the items of numbered lists.

    Args:
        root: Of ``numbering.xml``, or None if there is none.
    """

    def __init__(self, root: Any) -> None:
        elements = list(root) if root is not None else []
        abstract = {e.get(f"{W}abstractNumId"): e for e in elements if local(e) == "abstractNum"}
        self._formats: dict[tuple[str, int], tuple[str, int]] = {}
        for each in elements:
            if local(each) != "num":
                continue
            link = each.find(f"{W}abstractNumId")
            levels = abstract.get(link.get(f"{W}val")) if link is not None else None
            for level in levels.iter(f"{W}lvl") if levels is not None else ():
                self._note(each.get(f"{W}numId") or "", level)
        self._counts: dict[tuple[str, int], int] = defaultdict(int)

    def _note(self, number: str, level: Any) -> None:
        depth = _whole(level.get(f"{W}ilvl") or "0")
        kind = level.find(f"{W}numFmt")
        if depth is not None and kind is not None:
            first = int_of(level.find(f"{W}start"))
            start = 1 if first is None else first
            self._formats[number, depth] = (kind.get(f"{W}val") or "", start)

    def item(self, settings: Any) -> tuple[str, int] | None:
        """Return what an item begins with (empty for a bullet) and its level, or None if none."""
        link, depth = settings.find(f"{W}numId"), int_of(settings.find(f"{W}ilvl")) or 0
        number = link.get(f"{W}val") if link is not None else None
        if not number or number == "0":
            return None
        depth = min(depth, _DEEPEST)
        kind, start = self._formats.get((number, depth), ("bullet", 1))
        for deeper in range(depth + 1, _DEEPEST + 1):
            self._counts.pop((number, deeper), None)
        self._counts[number, depth] += 1
        return _sign(kind, start - 1 + self._counts[number, depth]), depth + 1


def _sign(kind: str, count: int) -> str:
    if kind in ("decimal", "decimalZero"):
        return f"{count}. "
    if kind in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        first = "a" if kind == "lowerLetter" else "A"
        return f"{chr(ord(first) + count - 1)}. "
    return ""
