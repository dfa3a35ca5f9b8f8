"""Plain text: paragraphs, and what the lines at its head and tail are."""

from __future__ import annotations

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
    is_dateline,
    is_signed,
    is_terminated,
    runs_on,
    signed,
)
from reader.capture.pieces import pieces
from reader.domain.article import Metadata
from reader.domain.document import BlockTable
from reader.domain.statements import segment
from reader.domain.text import Role

EXTRACTOR = "plain/3"
"""Name and version; raised whenever the same text would give other blocks."""

_LONGEST_HEADLINE = 160
_MOST_HEADLINES = 3  # lines of one headline
_LONGEST_SUBHEAD = 80
_LONGEST_STANDFIRST = 400
_LONGEST_CAPTION = 300
_LONGEST_IMAGE_HEADING = 60
_LEVELLED = (Role.BODY, Role.SUBHEAD, Role.LIST_ITEM, Role.QUOTE)
_BODY = 80  # a paragraph of that length needs no full stop to be one
_HEAD = 5  # paragraphs in which byline and date are looked for
_TAIL = 12  # paragraphs in which captions are looked for


def blocks(text: str) -> BlockTable:
    """Return the blocks of a plain text; linear in its length.

    Signs before quotations and list items are left out of the blocks, numbers are not. No block is
    longer than :data:`reader.capture.pieces.LONGEST_BLOCK`.

    Args:
        text: Canonical text.
    """
    found = outline(text)
    _find_head(text, found)
    _find_tail(text, found)
    _find_lines(text, found)
    return _table(text, found)


def metadata(text: str, table: BlockTable) -> Metadata:
    """Return title, byline, outlet and date as far as the blocks show them."""
    title = names = outlet = published = None
    for index in range(min(len(table), _HEAD)):
        block = table[index]
        words = text[block.start : block.end]
        if block.role is Role.HEADLINE:
            title = " ".join(words.split())
        elif block.role is Role.CREDIT and names is None and (said := byline(words)):
            names, outlet = signed(said)
        elif block.role is Role.BOILERPLATE and published is None:
            published = date_of(words)
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


def _words(text: str, found: Outline, index: int) -> str:
    """The beginning of a paragraph, or all of it if it is short."""
    start = found.starts[index]
    return text[start : min(found.ends[index], start + 512)]


def _length(found: Outline, index: int) -> int:
    return found.ends[index] - found.starts[index]


def _is_line(found: Outline, index: int, longest: int) -> bool:
    """Whether a paragraph is one short line of body text."""
    return _length(found, index) <= longest and found.lines[index] == 1 and index not in found.roles


def _is_short(found: Outline, index: int) -> bool:
    """Whether a paragraph of body text is short enough for a caption, on however many lines."""
    return _length(found, index) <= _LONGEST_CAPTION and index not in found.roles


def _flat(text: str, found: Outline, index: int) -> str:
    """A short paragraph as if it were one line; offsets in it stay."""
    return _words(text, found, index).replace("\n", " ")


def _is_sentence(text: str, found: Outline, index: int) -> bool:
    """Whether a paragraph is running text."""
    if index >= len(found) or index in found.roles:
        return False
    return is_terminated(text[max(found.starts[index], found.ends[index] - 16) : found.ends[index]])


# ---------------------------------------------------------------------- head


def _find_head(text: str, found: Outline) -> None:
    """Find headline, standfirst, byline and date at the beginning."""
    _join_headline(text, found)
    headed = _is_headline(text, found)
    names = None
    for index in range(int(headed), min(len(found), _HEAD)):
        if not _is_line(found, index, 120):
            continue
        line = _words(text, found, index)
        if byline(line) and names is None:
            found.roles[index] = Role.CREDIT
            names = index
        elif is_dateline(line):
            found.roles[index] = Role.BOILERPLATE
    if headed:
        found.roles[0] = Role.HEADLINE
        if names == 2 and _length(found, 1) <= _LONGEST_STANDFIRST and 1 not in found.roles:
            found.roles[1] = Role.STANDFIRST


def _join_headline(text: str, found: Outline) -> None:
    """Make one paragraph of the lines at the top that are one broken phrase."""
    count = 1
    while count < min(len(found), _MOST_HEADLINES) and _phrase_goes_on(text, found, count):
        count += 1
    length = found.ends[count - 1] - found.starts[0] if len(found) else 0
    if count < len(found) and _has_capitals(text[found.starts[0] : found.ends[count - 1]][:512]):
        below = _words(text, found, count)
        if not (byline(below) or is_dateline(below)):
            return  # two lines of names, an address
    if 1 < count < len(found) and found.gaps[count] > 1 and length <= _LONGEST_HEADLINE:
        found.join_first(count)


def _phrase_goes_on(text: str, found: Outline, index: int) -> bool:
    """Whether a line goes on with the phrase of the line above it, both without a stop."""
    if found.gaps[index] != 1 or index in found.roles or index - 1 in found.roles:
        return False
    above, line = _words(text, found, index - 1), _words(text, found, index)
    if not ends_open(above, allowed=",") or byline(line) or is_dateline(line):
        return False
    return line[0].islower() or runs_on(above) or (_has_capitals(above) and _has_capitals(line))


def _has_capitals(line: str) -> bool:
    """Whether the words of a line have capitals, as in some headlines; none is a number."""
    words = line.split()
    long = [word for word in words if len(word) > 3]
    return len(words) > 1 and all(word[0].isupper() for word in long) and ":" not in line


def _is_headline(text: str, found: Outline) -> bool:
    """Whether the first paragraph is a short one without a full stop, with running text after."""
    if len(found) < 2 or 0 in found.roles or _length(found, 0) > _LONGEST_HEADLINE:
        return False
    line, following = _words(text, found, 0), _words(text, found, 1)
    signed = bool(byline(following)) or is_dateline(following)
    if found.lines[0] > 1 and not _is_wrapped_headline(text, found, signed):
        return False
    if not ends_open(line, allowed="?!") or line[0].islower() or byline(line) or is_dateline(line):
        return False
    if CHAPTER.match(line) or not any(map(str.isalpha, line)):
        return False
    if found.gaps[1] < 2 and _length(found, 1) <= len(line) and not signed:
        return False
    return any(_is_sentence(text, found, index) for index in range(1, _HEAD))


def _is_wrapped_headline(text: str, found: Outline, signed: bool) -> bool:
    """Whether the lines of the first paragraph can be one headline: one phrase, set apart.

    One that ends as a sentence does must have a byline or date below it.
    """
    if found.lines[0] > _MOST_HEADLINES or not (signed or found.gaps[1] > 1):
        return False
    start, end = found.starts[0], found.ends[0]
    if is_terminated(text[start:end]) and not signed:
        return False
    return sum(1 for _ in segment(text, start, end)) == 1


# ---------------------------------------------------------------------- between


def _find_lines(text: str, found: Outline) -> None:
    """Find subheads, credits and boilerplate among the short lines."""
    for index in range(len(found)):
        if _is_short(found, index) and is_caption(_flat(text, found, index)):
            found.roles[index] = Role.CAPTION
        if not _is_line(found, index, 250):
            continue
        line = _words(text, found, index)
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
    if not _is_sentence(text, found, index + 1) and _length(found, index + 1) < _BODY:
        return False
    if alone:
        return True
    long_enough = _length(found, index + 1) >= max(_BODY, 2 * len(line))
    return (
        not found.wrapped
        and found.gaps[index] == found.gaps[index + 1] == 1
        and long_enough
        and _is_sentence(text, found, index - 1)
    )


# ---------------------------------------------------------------------- tail


def _find_tail(text: str, found: Outline) -> None:
    """Find captions and photo credits after the last sentence."""
    index = len(found) - 1
    first = max(1, len(found) - _TAIL)
    while index >= first:
        if not _is_short(found, index) or not _has_body(text, found, index):
            return
        start, line = found.starts[index], _flat(text, found, index)
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
    return any(_is_sentence(text, found, before) for before in range(max(0, index - _TAIL), index))


def _caption_before_credit(text: str, found: Outline, index: int) -> int:
    """Take the line directly above a credit of its own as its caption if it is no sentence."""
    if index > 0 and _is_line(found, index, _LONGEST_CAPTION) and found.gaps[index + 1] == 1:
        if not ends_open(_words(text, found, index)) or credit_start(_words(text, found, index)):
            return index
        found.roles[index] = Role.CAPTION
        return _image_headings(text, found, index - 1)
    return index


def _image_headings(text: str, found: Outline, index: int) -> int:
    """Take a short line directly above a caption as part of it; return what is before."""
    if (
        index > 0
        and found.gaps[index + 1] == 1
        and _is_line(found, index, _LONGEST_IMAGE_HEADING)
        and ends_open(_words(text, found, index))
        and credit_start(_words(text, found, index)) is None
    ):
        found.roles[index] = Role.CAPTION
        return index - 1
    return index
