"""Words and shingles of a text: what tells in linear time which texts have passages in common.

A *shingle* is a run of six words, hashed. Of every three that follow one another the one with the
least hash is kept (winnowing, after Schleimer, Wilkerson and Aiken 2003), so that any eight words
in a row that two texts share leave the same *print* in both. Case, quotation marks, accents set
apart, soft hyphens and white space do not count; paragraphs may be cut elsewhere. Hashes are the
same in every process and on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from operator import itemgetter

from reader.domain.blocks import BlockTable
from reader.domain.text import STATEMENT_ROLES, Role, Span

METHOD = 1
"""Rises when a text's prints become other ones: those that were stored are then made anew."""

SHINGLE = 6
"""Words of a shingle."""

WINDOW = 3
"""Shingles of which one is kept."""

SURE = SHINGLE + WINDOW - 1
"""So many words in a row that two texts share are never overlooked."""

SEED = 4
"""Words of the short shingles by which the places are found, once it is known which texts."""

_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff"
"""Scripts written without spaces: each character counts as a word."""
_INSIDE = "\u00ad\u0300-\u036f\u200b-\u200d\u2060"
"""What stands within words and is none: soft hyphens, accents set apart, joiners."""
_PLAIN_WORD = re.compile(r"[^\W_]+")
_UNUSUAL = re.compile(f"[{_SINGLE}{_INSIDE}]")
_WORD = re.compile(f"[{_SINGLE}][{_INSIDE}]*|[^\\W_{_SINGLE}][^\\W_{_SINGLE}{_INSIDE}]*"
                   f"(?:[{_INSIDE}]+[^\\W_{_SINGLE}{_INSIDE}]*)*")  # fmt: skip
_LEFT_OUT = re.compile(f"[{_INSIDE}]+")
_MASK = 0xFFFFFFFF
_KNOWN = 200_000
"""Different words whose hashes are kept."""


class _Hashes(dict[str, int]):
    """The hash of each word, 32 bits; worked out when a word is first met."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        plain = word.casefold()
        if not plain.isascii():
            plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", plain))
        digest = blake2b(plain.encode("utf-8", "replace"), digest_size=4).digest()
        value = self[word] = int.from_bytes(digest, "little")
        return value


_hashes = _Hashes()


def paragraphs(blocks: BlockTable, roles: Mapping[int, str] | None = None) -> list[Span]:
    """Return where a text says something: its blocks that hold statements.

    Captions, credits and what surrounds an article stand the same in many, and say nothing.

    Args:
        blocks: Its blocks.
        roles: Other roles that were given to them, by where they begin.
    """
    given = roles or {}
    return [
        Span(block.start, block.end)
        for block in blocks
        if Role(given.get(block.start, block.role)) in STATEMENT_ROLES
    ]


def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text; where nothing unusual is in it, a quicker one."""
    return _PLAIN_WORD if text.isascii() or not _UNUSUAL.search(text) else _WORD


def _hashed(text: str, where: Iterable[Span]) -> list[int]:
    words: list[str] = []
    pattern = _pattern(text)
    for span in where:
        words += pattern.findall(text, span.start, span.end)
    return list(map(_hashes.__getitem__, words))


def _joined(one: Sequence[int], other: Sequence[int], factor: int) -> list[int]:
    """Return the hashes of runs that are made of two shorter ones, as many as there are pairs."""
    return [(a * factor ^ b) & _MASK for a, b in zip(one, other, strict=False)]


def _pairs_and_fours(words: Sequence[int]) -> tuple[list[int], list[int]]:
    pairs = _joined(words, words[1:], 0x9E3779B1)
    return pairs, _joined(pairs, pairs[2:], 0x85EBCA6B)


def prints(text: str, where: Iterable[Span]) -> array[int]:
    """Return the prints of a text, each once, in rising order; 32 bits each.

    Args:
        text: The text.
        where: Its paragraphs that count, in order.
    """
    pairs, fours = _pairs_and_fours(_hashed(text, where))
    shingles = _joined(fours, pairs[4:], 0xC2B2AE35)
    if len(shingles) < WINDOW:
        return array("I", {min(shingles)} if shingles else ())
    return array("I", sorted(set(map(min, shingles, shingles[1:], shingles[2:]))))


class Words:
    """The words of a text, with where they stand.

    Attributes:
        hashes: The hash of each word.
        fours: The hash of each run of :data:`SEED` words.
        starts: Where each word begins, in code points.
        ends: One past where each ends.

    Args:
        text: The text.
        where: Its paragraphs that count, in order.
    """

    def __init__(self, text: str, where: Iterable[Span]) -> None:
        pattern = _pattern(text)
        self.hashes: list[int] = []
        self.starts, self.ends = array("I"), array("I")
        for span in where:  # one after the other: each word found takes much memory for a moment
            found = list(pattern.finditer(text, span.start, span.end))
            self.hashes += map(_hashes.__getitem__, map(itemgetter(0), found))
            self.starts.extend([word.start() for word in found])
            self.ends.extend([word.end() for word in found])
        self.fours = array("I", _pairs_and_fours(self.hashes)[1])

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, first: int, end: int) -> Span:
        """Return where the words from one up to another stand; there must be one at least."""
        return Span(self.starts[first], self.ends[end - 1])
