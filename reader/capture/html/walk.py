"""The walk: a page's blocks, each with what it is and where it stands."""

from __future__ import annotations

from reader.capture.html.events import Place
from reader.capture.html.head import Head
from reader.capture.html.naming import is_hidden, told_by
from reader.domain.records import dataclass
from reader.domain.text import Role

_SKIPPED = frozenset((
    "script", "style", "template", "svg", "math", "iframe", "object", "canvas", "audio",
    "video", "select", "textarea", "button", "noscript", "head", "datalist", "map", "dialog",
))  # fmt: skip
"""Elements whose text is not part of what one reads."""
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "img", "picture", "source",
))  # fmt: skip
_QUOTES = {"q": ("“", "”")}


@dataclass(slots=True)
class Found:
    """A block of a page.

    Attributes:
        words: Its text, white space collapsed (except in code).
        role: What its element says that it is.
        level: As in :class:`~reader.domain.text.Block`.
        zone: The part of the page that it is in: ``nav``, ``footer``, ``aside``, ``form``,
            ``cookies``, ``comments``, ``related``, ``paywall``, or empty.
        hint: What a class says that it is: ``standfirst``, ``byline``, ``date``, ``credit``,
            ``caption``, ``title``, or empty.
        linked: Code points of it that are links.
        parent: Number of the element that holds the block's own.
        tag: The block's element.
        place: Where its text begins in the tree, or None.
        code: Whether white space at its start counts.
    """

    words: str
    role: Role
    level: int
    zone: str
    hint: str
    linked: int
    parent: int
    tag: str
    place: Place | None
    code: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    tag: str
    number: int
    zone: str
    hint: str
    skips: bool


class Walk:
    """Makes blocks of what it is told; see :class:`~reader.capture.html.events.Listener`.

    Attributes:
        blocks: The blocks, in order.
        head: What the page says of itself.
    """

    def __init__(self) -> None:
        self.blocks: list[Found] = []
        self.head = Head()
        self._stack: list[_Open] = []
        self._holders: list[_Open] = []  # those in the stack that are no inline elements
        self._number = 0
        self._skipping = 0
        self._links = self._quotes = self._pre = self._headings = 0
        self._lists: list[int | None] = []
        self._mark: str | None = None
        self._rows: list[list[list[Found]]] = []  # of each open row, its cells' blocks
        self._row_counts: list[int] = []
        self._parts: list[str] = []
        self._linked = 0
        self._breaks = 0
        self._line = 0
        self._place: Place | None = None

    # ------------------------------------------------------------------ events

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        self.head.start(tag, attributes)
        if tag == "br":
            self._break()
            return
        inline = tag in _INLINE
        if not inline:
            self._flush()
        elif tag == "span":
            self._set_apart()
        self._number += 1
        above = self._stack[-1] if self._stack else None
        zone, hint = self._look(tag, attributes, above)
        skips = tag in _SKIPPED or is_hidden(tag, attributes)
        self._stack.append(_Open(tag, self._number, zone, hint, skips))
        if not inline:
            self._holders.append(self._stack[-1])
        self._skipping += skips
        if not self._skipping:
            self._begin(tag)

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""
        self.head.end(tag)
        if tag == "br":
            return
        if tag not in _INLINE:
            self._flush()
        if not self._skipping:
            self._finish(tag)
        if self._stack:
            gone = self._stack.pop()
            self._skipping -= gone.skips
            if self._holders and self._holders[-1] is gone:
                self._holders.pop()

    def text(self, words: str, place: Place | None) -> None:
        """Take note of text."""
        self.head.text(words)
        if self._skipping:
            return
        if not words.strip() and not self._parts:
            return
        if self._breaks and words.strip():
            self._flush_line()
        if self._place is None and words.strip():
            self._place = place
        self._parts.append(words)
        if self._links:
            self._linked += len(words.strip())

    def _set_apart(self) -> None:
        """Set parts of captions and bylines apart that only their looks keep from each other."""
        if not self._parts or self._parts[-1][-1:].isspace():
            return
        if self._is_in("figcaption"):
            self._parts.append(" ")
        elif self._stack and self._stack[-1].hint == "byline":
            self._flush()

    # ------------------------------------------------------------------ elements

    def _look(self, tag: str, attributes: dict[str, str], above: _Open | None) -> tuple[str, str]:
        """Return the zone and the hint of an element: its own, else those of what it is in."""
        zone, hint = told_by(tag, attributes)
        if above is not None:
            zone, hint = zone or above.zone, hint or above.hint
        return zone, hint

    def _begin(self, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag in _QUOTES:
            self._parts.append(_QUOTES[tag][0])
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ul", "ol", "menu"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._mark = self._next_mark()
        elif tag == "table":
            self._row_counts.append(0)
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append([])

    def _finish(self, tag: str) -> None:
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _QUOTES:
            self._parts.append(_QUOTES[tag][1])
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        elif tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = None
        elif tag == "table" and self._row_counts:
            self._row_counts.pop()
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())

    def _next_mark(self) -> str:
        """Return what an item of the innermost list begins with."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_row(self, cells: list[list[Found]]) -> None:
        """Make one block of a table's row; a row that only lays out the page stays as it is."""
        pieces = [block for cell in cells for block in cell]
        if not pieces:
            return
        longest = max((sum(len(block.words) for block in cell) for cell in cells), default=0)
        if any(len(cell) > 2 for cell in cells) or longest > _LONG_CELL or len(cells) == 1:
            for block in pieces:
                self._put(block)
            return
        first = pieces[0]
        first.words = " | ".join(" ".join(block.words for block in cell) for cell in cells)
        first.linked = sum(block.linked for block in pieces)
        first.role, first.tag = Role.BODY, "tr"
        first.level = 1 if self._row_counts and self._row_counts[-1] else 0
        if self._row_counts:
            self._row_counts[-1] += 1
        self._put(first)

    # ------------------------------------------------------------------ text

    def _break(self) -> None:
        if self._parts:
            self._breaks += 1

    def _flush_line(self) -> None:
        """End a line: one break ends a line, two end a paragraph."""
        breaks, self._breaks = self._breaks, 0
        if self._pre or self._holder_tag() in _HEADINGS:
            self._parts.append("\n" * breaks if self._pre else " ")
            return
        line = self._line + 1 if breaks == 1 else 0
        self._make()
        self._line = line

    def _flush(self) -> None:
        """End a block."""
        self._breaks = 0
        if self._parts:
            self._make()
        self._line = 0

    def _holder_tag(self) -> str:
        return self._holders[-1].tag if self._holders else ""

    def _make(self) -> None:
        """Make a block of the text that was gathered."""
        parts, self._parts = self._parts, []
        place, self._place = self._place, None
        linked, self._linked = self._linked, 0
        if self._pre:
            self._make_code("".join(parts), place)
            return
        words = " ".join("".join(parts).replace("\xad", "").split())
        if not words:
            return
        tag = self._holder_tag()
        role, level = self._role(tag)
        if self._mark is not None and role is Role.LIST_ITEM:
            words, self._mark = self._mark + words, None
        self._put(self._found(words, role, level, linked, tag, place))

    def _make_code(self, words: str, place: Place | None) -> None:
        level = 0
        for line in words.expandtabs(4).split("\n"):
            if line.strip():
                block = self._found(line.rstrip(), Role.BODY, level, 0, "pre", place)
                block.code = True
                self._put(block)
                level = 1
            else:
                level = 0

    def _found(
        self, words: str, role: Role, level: int, linked: int, tag: str, place: Place | None
    ) -> Found:
        inner = self._stack[-1] if self._stack else None
        parent = self._holders[-2].number if len(self._holders) > 1 else 0
        zone, hint = (inner.zone, inner.hint) if inner else ("", "")
        return Found(words, role, level, zone, hint, linked, parent, tag, place)

    def _role(self, tag: str) -> tuple[Role, int]:
        """Return what a block is by its element, and its level."""
        if tag == "figcaption" or self._is_in("figcaption"):
            return Role.CAPTION, 0
        if tag in _HEADINGS:
            return Role.SUBHEAD, int(tag[1])
        if self._mark is not None and self._lists:
            return Role.LIST_ITEM, len(self._lists)
        if self._quotes:
            return Role.QUOTE, self._quotes
        return Role.BODY, min(self._line, 1)

    def _is_in(self, tag: str) -> bool:
        return any(item.tag == tag for item in self._holders[-4:])

    def _put(self, block: Found) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(block)
        elif self._rows:
            self._rows[-1].append([block])
        else:
            self.blocks.append(block)


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONG_CELL = 300
"""Code points in a cell from which a table is there for the layout."""
