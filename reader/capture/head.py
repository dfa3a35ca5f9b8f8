"""The head of a plain text: headline, standfirst, byline, date, where it is from."""

from __future__ import annotations

from reader.capture.head_lines import is_by, is_moment, is_name, outlet
from reader.capture.lines import Outline
from reader.capture.marks import (
    CHAPTER,
    byline,
    ends_open,
    is_dateline,
    is_terminated,
    runs_on,
)
from reader.capture.paragraphs import is_line, is_sentence, length_of, line_at
from reader.domain.blocks import BlockTable
from reader.domain.statements import segment
from reader.domain.text import Role

HEAD = 6
"""Paragraphs in which byline and date are looked for."""
_LONGEST_HEADLINE = 160
_MOST_HEADLINES = 3  # lines of one headline
_LONGEST_STANDFIRST = 400


def find_head(text: str, found: Outline) -> None:
    """Find headline, standfirst, byline and date at the beginning."""
    _join_headline(text, found)
    headed = _is_headline(text, found)
    names = None
    for index in range(int(headed), min(len(found), HEAD)):
        if not is_line(found, index, 120):
            continue
        line = line_at(text, found, index)
        if byline(line) and names is None:
            found.roles[index] = Role.CREDIT
            names = index
        elif is_dateline(line):
            found.roles[index] = Role.BOILERPLATE
    if headed:
        _find_below_headline(text, found, names)
        found.roles[0] = Role.HEADLINE


def find_head_in(text: str, table: BlockTable) -> None:
    """Find the same below the headline of a text whose blocks are known; it changes roles there."""
    if not len(table) or table[0].role is not Role.HEADLINE:
        return
    found, end = Outline(), 0
    for index in range(min(len(table), HEAD + 1)):  # one more: what stands below decides, too
        block = table[index]
        found.add(block.start, block.end, block.role, 0, text.count("\n", end, block.start))
        end = block.end
    credits_ = (index for index, role in found.roles.items() if role is Role.CREDIT)
    names = next((index for index in credits_ if byline(line_at(text, found, index))), None)
    _find_below_headline(text, found, names)
    for index, role in found.roles.items():
        if role is not table[index].role:
            table.with_role(index, role)


def _find_below_headline(text: str, found: Outline, names: int | None) -> None:
    names = _find_more_of_head(text, found, names)
    if names == 2 and length_of(found, 1) <= _LONGEST_STANDFIRST and 1 not in found.roles:
        found.roles[1] = Role.STANDFIRST


def _find_more_of_head(text: str, found: Outline, names: int | None) -> int | None:
    """Find what else stands between the headline and the first sentence; return the byline."""
    signed = names is not None
    for index in range(1, min(len(found), HEAD)):
        role = found.roles.get(index)
        if role is None and (is_sentence(text, found, index) or not is_line(found, index, 120)):
            if index > 1 or signed:
                break
            continue  # the standfirst
        line = line_at(text, found, index)
        if role is None and is_by(line):
            found.roles[index] = Role.CREDIT
            names = index if names is None else names
        elif role is None and (is_moment(line) or _is_outlet(text, found, index)):
            found.roles[index] = Role.BOILERPLATE
        elif role is None and names is None and is_name(line) and _is_over_date(text, found, index):
            found.roles[index] = Role.CREDIT
            names = index
    return names


def _is_outlet(text: str, found: Outline, index: int) -> bool:
    """Whether a line names the outlet: with a date, or below a byline or date, or over one."""
    named = outlet(line_at(text, found, index))
    beside = found.roles.get(index - 1) in (Role.CREDIT, Role.BOILERPLATE)
    return named is not None and (
        named[1] is not None or beside or _is_over_date(text, found, index)
    )


def _is_over_date(text: str, found: Outline, index: int) -> bool:
    """Whether a date stands directly below a line."""
    if index + 1 >= len(found) or found.gaps[index + 1] != 1:
        return False
    below = line_at(text, found, index + 1)
    return is_dateline(below) or is_moment(below)


def _join_headline(text: str, found: Outline) -> None:
    """Make one paragraph of the lines at the top that are one broken phrase."""
    count = 1
    while count < min(len(found), _MOST_HEADLINES) and _phrase_goes_on(text, found, count):
        count += 1
    length = found.ends[count - 1] - found.starts[0] if len(found) else 0
    if count < len(found) and _has_capitals(text[found.starts[0] : found.ends[count - 1]][:512]):
        below = line_at(text, found, count)
        if not (byline(below) or is_dateline(below)):
            return  # two lines of names, an address
    if 1 < count < len(found) and found.gaps[count] > 1 and length <= _LONGEST_HEADLINE:
        found.join_first(count)


def _phrase_goes_on(text: str, found: Outline, index: int) -> bool:
    """Whether a line goes on with the phrase of the line above it, both without a stop."""
    if found.gaps[index] != 1 or index in found.roles or index - 1 in found.roles:
        return False
    above, line = line_at(text, found, index - 1), line_at(text, found, index)
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
    if len(found) < 2 or 0 in found.roles or length_of(found, 0) > _LONGEST_HEADLINE:
        return False
    line, following = line_at(text, found, 0), line_at(text, found, 1)
    signed = bool(byline(following)) or is_dateline(following)
    if found.lines[0] > 1 and not _is_wrapped_headline(text, found, signed):
        return False
    if not ends_open(line, allowed="?!") or line[0].islower() or byline(line) or is_dateline(line):
        return False
    if CHAPTER.match(line) or not any(map(str.isalpha, line)):
        return False
    if found.gaps[1] < 2 and length_of(found, 1) <= len(line) and not signed:
        return False
    return any(is_sentence(text, found, index) for index in range(1, HEAD))


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
