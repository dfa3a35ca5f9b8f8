"""Two versions of a text as paragraphs, each with the words that were taken out and put in.

Which paragraph became which is worked out for all at once; the words of one are put together when
it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from reader.domain.blocks import BlockTable
from reader.domain.comparing.alignment import Alignment, Words
from reader.domain.comparing.whole_words import by_whole_words, unmatched
from reader.domain.records import dataclass

_SPACE = re.compile(r"\s+")


class Sign(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph that had one fate.

    Attributes:
        sign: Which.
        text: The words, white space as single spaces; of what is the same, as it is now.
    """

    sign: Sign
    text: str


_Stretch = tuple[Piece, bool, bool]
"""A piece, and whether there is white space before and behind it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the new version, or one of the old version that is not in the new one.

    Attributes:
        old: First word in the old version, and the one behind the last; empty if it is new.
        new: The same in the new version; empty if it was taken out.
        changed: Whether a word in it was taken out or put in.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    changed: bool

    @property
    def sign(self) -> Sign:
        """Whether it was there in both versions, taken out, or put in."""
        if self.old[0] == self.old[1]:
            return Sign.ADDED
        return Sign.REMOVED if self.new[0] == self.new[1] else Sign.SAME


class Comparison:
    """Two versions compared.

    Attributes:
        alignment: Which words are the same; a number, a date or an address is one word.
        paragraphs: All paragraphs, in the order of the new version; what was taken out stands
            where it stood.
        removed: How many words were taken out (or changed).
        added: How many were put in.

    Args:
        alignment: The two versions.
        old: Blocks of the old one.
        new: Blocks of the new one.
    """

    def __init__(self, alignment: Alignment, old: BlockTable, new: BlockTable) -> None:
        self.alignment = alignment = by_whole_words(alignment)
        self.removed = unmatched(alignment.old, alignment.there)
        self.added = unmatched(alignment.new, alignment.back)
        self._old_begins = _begins(alignment.old, old)
        self.paragraphs = list(self._paired(_begins(alignment.new, new)))

    def _paired(self, begins: Sequence[int]) -> Iterator[Paragraph]:
        """Yield the paragraphs; ``begins`` are the first words of those of the new version."""
        done = 0
        for first, end in zip(begins, [*begins[1:], len(self.alignment.new)], strict=False):
            matched = [old for old in self.alignment.back[first:end] if old >= 0]
            if not matched:
                yield Paragraph((done, done), (first, end), changed=True)
                continue
            start = self._start_of(done, matched[0])
            yield from self._taken_out(done, start)
            done = self._end_of(matched[-1] + 1, end)
            unchanged = len(matched) == end - first == done - start
            yield Paragraph((start, done), (first, end), changed=not unchanged)
        yield from self._taken_out(done, len(self.alignment.old))

    def _start_of(self, done: int, matched: int) -> int:
        """Return where the old paragraph of a word begins, not before what is done."""
        number = bisect_left(self._old_begins, matched + 1) - 1
        return max(done, self._old_begins[number] if number >= 0 else 0)

    def _end_of(self, end: int, new_end: int) -> int:
        """Return where the old paragraph ends of which the words up to ``end`` have been found.

        What is left of it belongs to it, unless the next found word is of the same paragraph.
        """
        number = bisect_left(self._old_begins, end)
        after = self._old_begins[number] if number < len(self._old_begins) else None
        stop = len(self.alignment.old) if after is None else after
        return end if any(there >= new_end for there in self.alignment.there[end:stop]) else stop

    def _taken_out(self, first: int, end: int) -> Iterator[Paragraph]:
        """Yield what was taken out, by paragraph."""
        here = len(self.alignment.new)
        if end < len(self.alignment.old) and self.alignment.there[end] >= 0:
            here = self.alignment.there[end]
        while first < end:
            number = bisect_left(self._old_begins, first + 1)
            stop = self._old_begins[number] if number < len(self._old_begins) else end
            yield Paragraph((first, min(stop, end)), (here, here), changed=True)
            first = min(stop, end)

    def pieces(self, paragraph: Paragraph) -> list[Piece]:
        """Return the words of a paragraph with what became of them."""
        return _spaced(self._pieces(paragraph))

    def _pieces(self, paragraph: Paragraph) -> Iterator[_Stretch]:
        old, new = self.alignment.old, self.alignment.new
        at, (first, end) = paragraph.old[0], paragraph.new
        while first < end:
            there = self.alignment.back[first]
            stop = first + 1
            if there < 0:
                while stop < end and self.alignment.back[stop] < 0:
                    stop += 1
                after = self.alignment.back[stop] if stop < end else paragraph.old[1]
                yield from _piece(Sign.REMOVED, old, at, after)
                yield from _piece(Sign.ADDED, new, first, stop)
                at = max(at, after)
            else:
                yield from _piece(Sign.REMOVED, old, at, there)
                while stop < end and self.alignment.back[stop] == there + stop - first:
                    stop += 1
                yield from _piece(Sign.SAME, new, first, stop)
                at = there + stop - first
            first = stop
        yield from _piece(Sign.REMOVED, old, at, paragraph.old[1])


def _begins(words: Words, blocks: BlockTable) -> list[int]:
    """Return the first word of each paragraph that has any; the first begins the text."""
    begins: list[int] = []
    for block in blocks:
        first = words.within((block.start, block.end))[0]
        if first < len(words) and (not begins or first > begins[-1]):
            begins.append(first)
    if len(words) and (not begins or begins[0] > 0):
        begins.insert(0, 0)
    return begins


def _piece(sign: Sign, words: Words, first: int, end: int) -> Iterator[_Stretch]:
    """Yield some words as they stand, with whether there is white space around them."""
    if first >= end:
        return
    text, start, stop = words.text, words.starts[first], words.ends[end - 1]
    spaced = (text[start - 1 : start].isspace(), text[stop : stop + 1].isspace())
    yield Piece(sign, _SPACE.sub(" ", text[start:stop])), *spaced


def _spaced(stretches: Iterator[_Stretch]) -> list[Piece]:
    """Return the pieces with the white space between them, in what is the same if there is any."""
    found: list[Piece] = []
    after_last = False
    for piece, before, after in stretches:
        replaces = found and (found[-1].sign, piece.sign) == (Sign.REMOVED, Sign.ADDED)
        if found and not replaces and (before or after_last):
            if found[-1].sign is Sign.SAME:
                found[-1] = replace(found[-1], text=found[-1].text + " ")
            else:
                piece = replace(piece, text=" " + piece.text)
        found.append(piece)
        after_last = after
    return found
