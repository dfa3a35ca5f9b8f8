"""Markdown: the plain text that it stands for, with its blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reader.capture import frontmatter, markdown_notes, plain
from reader.capture.head import find_head_in
from reader.capture.markdown_inline import Inline, read
from reader.capture.marks import (
    byline,
    credit_start,
    is_boilerplate,
    is_caption,
    is_credit,
    is_dateline,
)
from reader.capture.pieces import pieces
from reader.capture.tags import strip_tags
from reader.domain.article import Metadata
from reader.domain.document import BlockTable
from reader.domain.text import Role, canonical

if TYPE_CHECKING:
    from markdown_it.token import Token

EXTRACTOR = "markdown/4"
"""Name and version; raised whenever the same source would give another text or other blocks."""

_BUDGET = 8_000_000  # in about microseconds of parsing
_PER_LINE, _PER_BRACKET, _PER_MARK = 50, 15, 3
_NESTING = 20
_TOO_DEAR = "The Markdown is too large or too tangled to be parsed; it was read as plain text."


class Extract(NamedTuple):
    """What a Markdown source gives."""

    text: str
    blocks: BlockTable
    metadata: Metadata
    warnings: tuple[str, ...]


def extract(source: str) -> Extract:
    """Return the text that a Markdown source stands for, with blocks and metadata.

    Markup, the targets of links, bullets and quotation signs are not in the text; numbers of
    ordered lists are. A footnote stands below the paragraph, list or table that first refers to
    it, with its label and as a credit, since it says what the text goes by; a reference is not in
    the text. A source that would take too long to parse is read as plain text, with a warning.

    Args:
        source: Canonical text of the file.
    """
    metadata, body = frontmatter.split(source)
    if _cost(body) > _BUDGET:
        text = body.strip()
        return Extract(text, plain.blocks(text), metadata, (_TOO_DEAR,))
    from markdown_it import MarkdownIt  # late: it takes time to import

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    markdown_notes.enable(parser, body)
    tokens, notes = markdown_notes.take_out(parser.parse(body))
    walk = _Walk(notes)
    walk.text(tokens)
    text = "".join(walk.parts)
    if not text and any(map(str.isalnum, body)):  # such as what stands behind 100,000 ">"
        text = body.strip()
        return Extract(text, plain.blocks(text), metadata, (_TOO_DEAR,))
    find_head_in(text, walk.table)
    head = plain.metadata(text, walk.table)
    found = replace(
        metadata,
        title=metadata.title or walk.title,
        byline=metadata.byline or head.byline,
        outlet=metadata.outlet or (None if metadata.byline else head.outlet),
        published_at=metadata.published_at or head.published_at,
    )
    return Extract(text, walk.table, found, ())


def _cost(source: str) -> int:
    """Return about how many microseconds the parser needs, from what it is slow at."""
    marks = sum(map(source.count, "*_`<&!\\~|>-#"))
    lines = source.count("\n") - source.count("\n\n")
    brackets = source.count("[")
    return len(source) // 4 + _PER_LINE * lines + _PER_BRACKET * brackets + _PER_MARK * marks


class _Walk:
    """Goes through the tokens once and writes text and blocks.

    Args:
        notes: The tokens of each footnote, by its label.
    """

    def __init__(self, notes: dict[str, list[Token]]) -> None:
        self.parts: list[str] = []
        self.table = BlockTable()
        self.title: str | None = None
        self._signed = False
        self._length = 0
        self._quotes = 0
        self._lists: list[int | None] = []  # the next number of each open list
        self._mark: str | None = None  # what the first paragraph of an item begins with
        self._heading = 0
        self._row: list[str] | None = None
        self._rows = 0
        self._notes = notes  # those that are not written yet
        self._wanted: deque[str] = deque()  # labels of those to be written next
        self._note: str | None = None  # what the first block of a note begins with, in a note

    def text(self, tokens: Sequence[Token]) -> None:
        """Write every token, and each note behind what refers to it; others come last."""
        for token in tokens:
            self._token(token)
            if self._wanted and token.level == 0 and token.nesting < 1:
                self._write_notes()
        self._wanted.extend(self._notes)
        self._write_notes()

    def _write_notes(self) -> None:
        """Write the notes that are wanted, and those that are wanted in these."""
        while self._wanted:
            label = self._wanted.popleft()
            tokens = self._notes.pop(label, ())
            self._note = f"[{label}] "
            for token in tokens:
                self._token(token)
            self._note = None

    def _token(self, token: Token) -> None:
        if token.type == "inline":
            self._inline(read(token.children or [], in_note=self._note is not None))
        elif token.type in ("fence", "code_block"):
            self._code(token.content)
        elif token.type == "html_block":
            for index, line in enumerate(strip_tags(token.content)):
                self._add(line, Role.BODY, min(index, 1))
        else:
            self._structure(token)

    def _structure(self, token: Token) -> None:
        """Keep count of where we are: quotations, lists, headings, tables."""
        kind, step = token.type, token.nesting
        if kind.startswith("blockquote"):
            self._quotes += step
        elif kind.startswith(("bullet_list", "ordered_list")):
            if step > 0:
                ordered = kind.startswith("ordered")
                self._lists.append(int(token.attrGet("start") or 1) if ordered else None)
            else:
                self._lists.pop()
        elif kind == "list_item_open":
            self._mark = self._next_mark()
        elif kind == "list_item_close":
            self._mark = None
        elif kind.startswith("heading"):
            self._heading = int(token.tag[1]) if step > 0 else 0
        elif kind == "table_open":
            self._rows = 0
        elif kind == "tr_open":
            self._row = []
        elif kind == "tr_close":
            self._end_row()

    def _next_mark(self) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        if any(cells):
            self._add(" | ".join(cells), Role.BODY, min(self._rows, 1))
            self._rows += 1

    def _inline(self, inline: Inline) -> None:
        """Write a paragraph, heading or cell."""
        self._wanted.extend(inline.notes)
        words = " ".join(inline.lines)
        if self._row is not None:
            self._row.append(words)
            return
        if self._heading:
            self._add_heading(words)
        elif self._mark is not None and inline.lines:
            self._add(self._mark + words, Role.LIST_ITEM, len(self._lists))
            self._mark = None
        elif self._quotes:
            for line in inline.lines:
                self._add(line, Role.QUOTE, self._quotes)
        elif inline.lines:
            self._add_paragraph(inline)
        for alternative in inline.images:
            self._add_caption(alternative)

    def _add_heading(self, words: str) -> None:
        if self._heading == 1 and not len(self.table) and words:
            self.title = words
            self._add(words, Role.HEADLINE)
        else:
            role = Role.QUOTE if self._quotes else Role.SUBHEAD
            self._add(words, role, self._quotes or self._heading)

    def _add_caption(self, words: str) -> None:
        """Write a caption; a credit at its end is a block of its own, in the same line."""
        words = canonical(words).strip()
        at = credit_start(words) or 0
        if not at:
            self._add(words, Role.CREDIT if is_credit(words) else Role.CAPTION)
            return
        self._add(words[:at], Role.CAPTION)
        self._add(words[at:], Role.CREDIT, gap=" ")

    def _add_paragraph(self, inline: Inline) -> None:
        first = inline.lines[0]
        role = Role.BODY
        if len(inline.lines) == 1 and not self._lists:
            role = self._role_of_line(first, inline.emphasised)
        for index, line in enumerate(inline.lines):
            self._add(line, role, min(index, 1))

    def _role_of_line(self, line: str, emphasised: bool) -> Role:
        """What a paragraph of one line is: byline, date, credit, standfirst, or body."""
        count = len(self.table)
        if 0 < count < 4 and not self._signed and byline(line):
            self._signed = True
            return Role.CREDIT
        if is_boilerplate(line) or (count < 4 and is_dateline(line)):
            return Role.BOILERPLATE
        if is_credit(line):
            return Role.CREDIT
        if is_caption(line):
            return Role.CAPTION
        if count == 1 and emphasised and self.table[0].role is Role.HEADLINE:
            return Role.STANDFIRST
        return Role.BODY

    def _code(self, content: str) -> None:
        """Write code line by line, indentation kept; an empty line stays an empty row."""
        level = 0
        for line in content.split("\n"):
            if line.strip():
                self._add(line, Role.BODY, level, keep_indent=True)
                level = 1
            else:
                level = 0

    def _add(
        self,
        words: str,
        role: Role,
        level: int = 0,
        *,
        keep_indent: bool = False,
        gap: str | None = None,
    ) -> None:
        """Write a block: directly below the last one, or after an empty line, or after a gap."""
        words = canonical(words).rstrip() if keep_indent else canonical(words).strip()
        if not words:
            return
        if self._note is not None:
            words, self._note = self._note + words, ""
            role, level, gap = Role.CREDIT, 0, None
        if self.parts:
            close = (role is Role.BODY and level == 1) or self._follows_item(role)
            gap = gap or ("\n" if close else "\n\n")
            self.parts.append(gap)
            self._length += len(gap)
        start = self._length
        for begin, end in pieces(words, 0, len(words)):
            self.table.append(start + begin, start + end, role, level)
            level = 1 if role is Role.BODY else level
        self.parts.append(words)
        self._length += len(words)

    def _follows_item(self, role: Role) -> bool:
        last = len(self.table) - 1
        return role is Role.LIST_ITEM and self.table[last].role is Role.LIST_ITEM
