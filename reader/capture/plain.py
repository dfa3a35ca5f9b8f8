"""Plain text: paragraphs, and what the lines at its head and tail are."""

from __future__ import annotations

from reader.capture.head import HEAD, find_head
from reader.capture.head_lines import day, names_in
from reader.capture.head_lines import outlet as outlet_of
from reader.capture.lines import Outline, outline
from reader.capture.marks import (
    CHAPTER,
    byline,
    credit_start,
    date_of,
    ends_open,
    is_boilerplate,
    is_caption,
    is_credit,
    is_signed,
    signed,
)
from reader.capture.paragraphs import (
    LONGEST_CAPTION,
    flat,
    is_line,
    is_sentence,
    is_short,
    length_of,
    line_at,
)
from reader.capture.pieces import pieces
from reader.domain.article import Metadata
from reader.domain.document import BlockTable
from reader.domain.text import Role

EXTRACTOR = "plain/5"
"""Name and version; raised whenever the same text would give other blocks."""

_LONGEST_SUBHEAD = 80
_LONGEST_IMAGE_HEADING = 60
_LEVELLED = (Role.BODY, Role.SUBHEAD, Role.LIST_ITEM, Role.QUOTE)
_BODY = 80  # a paragraph of that length needs no full stop to be one
_TAIL = 12  # paragraphs in which captions are looked for


def blocks(text: str) -> BlockTable:
    """Return the blocks of a plain text; linear in its length.

    Signs before quotations and list items are left out of the blocks, numbers are not. No block is
    longer than :data:`reader.capture.pieces.LONGEST_BLOCK`.

    Args:
        text: Canonical text.
    """
    found = outline(text)
    find_head(text, found)
    _find_tail(text, found)
    _find_lines(text, found)
    return _table(text, found)


def metadata(text: str, table: BlockTable) -> Metadata:
    """Return title, byline, outlet and date as far as the blocks show them."""
    title = names = outlet = published = None
    for index in range(min(len(table), HEAD)):
        block = table[index]
        words = text[block.start : block.end]
        of = outlet_of(words) if block.role is Role.BOILERPLATE else None
        if block.role is Role.HEADLINE:
            title = " ".join(words.split())
        elif (
            block.role is Role.CREDIT
            and names is None
            and (said := byline(words) or names_in(words))
        ):
            names, outlet = signed(said)
        elif of is not None:
            outlet, published = outlet or of[0], published or of[1]
        elif block.role is Role.BOILERPLATE and published is None:
            published = date_of(words) or day(words)
    return Metadata(title=title, byline=names, outlet=outlet, published_at=published)


def _table(text: str, found: Outline) -> BlockTable:
    table = BlockTable()
    for index in range(len(found)):
        role = found.roles.get(index, Role.BODY)
        level = found.levels[index] if role in _LEVELLED else 0
        for start, end in pieces(text, found.starts[index], found.ends[index]):
            table.append(start, end, role, level)
            if role is Role.BODY:
                level = 1  # what was one paragraph has no empty row inside
    return table


# ---------------------------------------------------------------------- between


def _find_lines(text: str, found: Outline) -> None:
    """Find subheads, credits and boilerplate among the short lines."""
    for index in range(len(found)):
        if is_short(found, index) and is_caption(flat(text, found, index)):
            found.roles[index] = Role.CAPTION
        if not is_line(found, index, 250):
            continue
        line = line_at(text, found, index)
        if is_boilerplate(line):
            found.roles[index] = Role.BOILERPLATE
        elif is_credit(line):
            found.roles[index] = Role.CREDIT
        elif _is_subhead(text, found, index, line):
            found.roles[index] = Role.SUBHEAD
            found.levels[index] = 2


def _is_subhead(text: str, found: Outline, index: int, line: str) -> bool:
    """Whether a short line without a full stop stands between paragraphs."""
    if len(line) > _LONGEST_SUBHEAD or index + 1 >= len(found):
        return False
    alone = found.gaps[index + 1] > 1 and (index == 0 or found.gaps[index] > 1)
    if CHAPTER.match(line):
        return alone
    if index == 0 or not ends_open(line) or line[0].islower():
        return False
    if not any(map(str.isalpha, line)):
        return False
    if not is_sentence(text, found, index + 1) and length_of(found, index + 1) < _BODY:
        return False
    if alone:
        return True
    long_enough = length_of(found, index + 1) >= max(_BODY, 2 * len(line))
    return (
        not found.wrapped
        and found.gaps[index] == found.gaps[index + 1] == 1
        and long_enough
        and is_sentence(text, found, index - 1)
    )


# ---------------------------------------------------------------------- tail


def _find_tail(text: str, found: Outline) -> None:
    """Find captions and photo credits after the last sentence."""
    index = len(found) - 1
    first = max(1, len(found) - _TAIL)
    while index >= first:
        if not is_short(found, index) or not _has_body(text, found, index):
            return
        start, line = found.starts[index], flat(text, found, index)
        at = 0 if is_signed(line) else credit_start(line)
        if at is None and not is_caption(line):
            return
        if at is None:
            found.roles[index] = Role.CAPTION
            index = _image_headings(text, found, index - 1)
        elif at == 0:
            found.roles[index] = Role.CREDIT
            index = _caption_before_credit(text, found, index - 1)
        else:
            end = start + len(text[start : start + at].rstrip())
            found.split_last(index, end, start + at)
            found.roles[index] = Role.CAPTION
            found.roles[index + 1] = Role.CREDIT
            index = _image_headings(text, found, index - 1)


def _has_body(text: str, found: Outline, index: int) -> bool:
    """Whether running text stands somewhere before a paragraph."""
    return any(is_sentence(text, found, before) for before in range(max(0, index - _TAIL), index))


def _caption_before_credit(text: str, found: Outline, index: int) -> int:
    """Take the line directly above a credit of its own as its caption if it is no sentence."""
    if index > 0 and is_line(found, index, LONGEST_CAPTION) and found.gaps[index + 1] == 1:
        if not ends_open(line_at(text, found, index)) or credit_start(line_at(text, found, index)):
            return index
        found.roles[index] = Role.CAPTION
        return _image_headings(text, found, index - 1)
    return index


def _image_headings(text: str, found: Outline, index: int) -> int:
    """Take a short line directly above a caption as part of it; return what is before."""
    if (
        index > 0
        and found.gaps[index + 1] == 1
        and is_line(found, index, _LONGEST_IMAGE_HEADING)
        and ends_open(line_at(text, found, index))
        and credit_start(line_at(text, found, index)) is None
    ):
        found.roles[index] = Role.CAPTION
        return index - 1
    return index
