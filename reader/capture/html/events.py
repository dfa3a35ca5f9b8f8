"""What a walk is told of a page: tags that begin and end, and the text between.

From a tree, where the place of each text is known too; or straight from the source, for pages that
are too large or too deep for a tree.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import islice
from typing import Any, NamedTuple, Protocol

from reader.domain.errors import InputError

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "basefont",
))  # fmt: skip
"""Elements without an end."""
_IMPLIED = {
    "p": ("p",),
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "tr": ("td", "th", "tr", "p"),
    "option": ("option",),
}
"""What an element ends by its beginning, if it is the one that was opened last."""
_ENDS_PARAGRAPH = frozenset((
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "pre",
    "section", "table", "ul",
))  # fmt: skip
MOST_MARKS = 500_000
"""Signs ``<`` from which a page is refused."""
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noembed", "noframes"))
"""Elements in which there are no tags."""

# A tag ends at the next "<" at the latest, and no quotation in it is longer than 20,000: so what
# is looked at twice is bounded, and the time grows with the length of the source only.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/<>]{0,60}+)[^\s/<>]*+"
    r"((?:[^\"'<>]++|\"[^\"]{0,20000}+\"|'[^']{0,20000}+'|[\"'])*+)>?"
)
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]{1,60})[^\s\"'<>/=]*+"
    r"(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?+"
)
_MOST_ATTRIBUTES = 100
_LONGEST_DECLARATION = 10_000


class Place(NamedTuple):
    """Where a text stands in a tree: the element, and whether it is the text behind it."""

    element: Any
    tail: bool


class Listener(Protocol):
    """Is told of elements and text, in the order of the page."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""

    def text(self, words: str, place: Place | None) -> None:
        """Take note of text."""


def from_tree(root: Any, listener: Listener) -> None:
    """Tell all of a tree."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
        named = isinstance(element.tag, str)
        if event == "start":
            listener.start(element.tag.lower(), dict(element.items()))
            if element.text:
                listener.text(element.text, Place(element, tail=False))
            continue
        if named:
            listener.end(element.tag.lower())
        if element.tail and element is not root:
            listener.text(element.tail, Place(element, tail=True))


def from_source(source: str, listener: Listener) -> None:
    """Tell all of a page without making a tree: time and memory grow with its length only.

    Raises:
        InputError: It has more tags than anybody would read.
    """
    reading = _Reading(listener)
    at = 0
    if source.count("<") > MOST_MARKS:
        raise InputError(
            f"The page has more than {MOST_MARKS:,} tags.", "No article has; is it the right file?"
        )
    while (sign := source.find("<", at)) >= 0:
        reading.words(source[at:sign])
        at = reading.markup(source, sign)
    reading.words(source[at:])
    reading.end_all()


class _Reading:
    """Tells a listener what a source says, with the ends that it leaves out."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._open: list[str] = []
        self._counts: dict[str, int] = {}

    def words(self, words: str) -> None:
        """Tell text."""
        if words:
            self._listener.text(unescape(words) if "&" in words else words, None)

    def markup(self, source: str, sign: int) -> int:
        """Tell what begins at a sign ``<``, and return where it ends."""
        tag = _TAG.match(source, sign)
        if tag is None:
            return self._other(source, sign)
        name = tag[2].lower()
        if tag[1]:
            self._end(name)
            return tag.end()
        self._start(name, _attributes(tag[3]))
        return self._raw(source, tag.end(), name) if name in RAW else tag.end()

    def _other(self, source: str, sign: int) -> int:
        """Pass over a comment or declaration; any other sign is text."""
        if source.startswith("<!--", sign):
            stop = source.find("-->", sign + 2)
            return len(source) if stop < 0 else stop + 3
        if source.startswith(("<!", "<?", "</"), sign):
            stop = source.find(">", sign, sign + _LONGEST_DECLARATION)
            return sign + 2 if stop < 0 else stop + 1
        self.words("<")
        return sign + 1

    def _raw(self, source: str, at: int, name: str) -> int:
        """Tell the text of an element in which there are no tags, and return where it ends."""
        stop = _ends_of(name).search(source, at)
        end = stop.start() if stop else len(source)
        self._listener.text(source[at:end], None)
        return end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        implied = ("p",) if tag in _ENDS_PARAGRAPH else _IMPLIED.get(tag, ())
        while self._open and self._open[-1] in implied:
            self._end_last()
        self._listener.start(tag, attributes)
        if tag in VOID:
            self._listener.end(tag)
        else:
            self._open.append(tag)
            self._counts[tag] = self._counts.get(tag, 0) + 1

    def _end(self, tag: str) -> None:
        if self._counts.get(tag):
            while self._end_last() != tag:
                pass

    def _end_last(self) -> str:
        tag = self._open.pop()
        self._counts[tag] -= 1
        self._listener.end(tag)
        return tag

    def end_all(self) -> None:
        """End what is open."""
        while self._open:
            self._end_last()


def _attributes(words: str) -> dict[str, str]:
    """Return the attributes of a tag: the first of each name, and of a bomb the first few."""
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(words), _MOST_ATTRIBUTES):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found


@cache
def _ends_of(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE)
