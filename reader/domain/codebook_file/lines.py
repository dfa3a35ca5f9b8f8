"""On which line of a codebook file a value stands, since ``tomllib`` does not say.

The file is read line by line, only far enough to count the ``[[facet]]`` and ``[[facet.tag]]``
headers and the keys below them. Whoever writes a codebook in another of TOML's spellings (inline
tables, dotted keys) gets the line of what stands around the value, or none.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[\s*facet\s*(\.\s*tag\s*)?\]\]")
_KEY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=(.*)")
_QUOTES = re.compile(r"\"\"\"|'''")

Place = tuple[int, int]
"""Number of the facet and of its tag, from 0; -1 means above all facets, or the facet itself."""

TOP: Place = (-1, -1)


class Lines:
    """The lines of a codebook's tables and keys.

    Args:
        source: The TOML.
    """

    def __init__(self, source: str) -> None:
        self._found: dict[tuple[Place, str], int] = {}
        self._place = TOP
        closing = ""
        for number, line in enumerate(source.split("\n"), start=1):
            if not closing:
                closing = self._read(line, number)
            elif closing in line:
                closing = ""

    def find(self, place: Place, key: str = "") -> int:
        """Return the line of a key, else of its tag, else of its facet, else 0; the first is 1."""
        facet = (place[0], -1)
        for candidate in ((place, key), (place, ""), (facet, "")):
            if candidate in self._found:
                return self._found[candidate]
        return 0

    def _read(self, line: str, number: int) -> str:
        """Note what the line begins, and return the quotes that would end its string, if open."""
        header = _HEADER.match(line)
        if header:
            self._enter(is_tag=header[1] is not None, number=number)
            return ""
        pair = _KEY.match(line)
        if not pair:
            return ""
        self._found.setdefault((self._place, pair[1]), number)
        return _left_open(pair[2])

    def _enter(self, is_tag: bool, number: int) -> None:
        facet, tag = self._place
        self._place = (facet, tag + 1) if is_tag else (facet + 1, -1)
        self._found[self._place, ""] = number


def _left_open(value: str) -> str:
    """Return the triple quotes that the value opens and does not close, or an empty string."""
    opening = _QUOTES.match(value.lstrip())
    if not opening or value.count(opening[0]) > 1:
        return ""
    return opening[0]
