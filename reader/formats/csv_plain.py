"""Plain rows of a CSV, in columns: what is nothing but a highlight of one stretch and its tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import lt
from typing import Any

from reader.domain.records import dataclass
from reader.formats.csv_columns import NAMES
from reader.formats.csv_row import COMMON, UID, Imported, RowKind
from reader.formats.csv_said import SAID

NEXT = b'","'
"""What stands between fields that are quoted and have no quotation mark in them."""
_NEXT = NEXT.decode()

_FIELDS = len(NAMES)
_QUOTES = 2 * (_FIELDS - 1)
"""Quotation marks between the fields of a row."""

_KIND = tuple(map(NAMES.index, (*COMMON, *SAID, "reason", "note", "extra_spans")))
_OWN = tuple(map(NAMES.index, ("start", "end", "text", "highlight_id")))
_PREFIX, _SUFFIX = NAMES.index("prefix"), NAMES.index("suffix")
_UIDS = re.compile(f"(?:{UID},)*")
_DIGITS = 15
"""Most digits of an offset."""

Key = tuple[bytes, ...]
"""The fields that say what a row has in common with others."""
Own = list[list[bytes]]
"""The columns in which plain rows differ: start, end, text, id."""


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Plain rows, in columns.

    Attributes:
        lines: Where each begins in the file, from 1.
        kinds: What it has in common with others.
        starts: First code points.
        ends: One past the last code points, each behind its start.
        texts: The marked words, of at least one character.
        uids: The ids of the highlights, in their canonical form.
        whole: All of each row, as :func:`is_whole` takes it.
    """

    lines: list[int]
    kinds: list[RowKind]
    starts: list[int]
    ends: list[int]
    texts: list[str]
    uids: list[str]
    whole: list[bytes]

    def extend(self, other: PlainRows) -> None:
        """Add rows."""
        for mine, more in zip(self._columns(), other._columns(), strict=True):
            mine.extend(more)

    def part(self, first: int, end: int) -> PlainRows:
        """Return those from a number to one before another."""
        return PlainRows(*(column[first:end] for column in self._columns()))

    def one_by_one(self) -> list[Imported]:
        """Return each row by itself."""
        made = []
        for line, kind, start, end, text, uid, row in zip(*self._columns(), strict=True):
            fields = row.decode().split(_NEXT)
            around = fields[_PREFIX], fields[_SUFFIX]
            made.append(Imported(line, kind, start, end, text, *around, (), None, None, uid))
        return made

    def _columns(self) -> tuple[list[Any], ...]:
        where = (self.lines, self.kinds, self.starts, self.ends)
        return (*where, self.texts, self.uids, self.whole)


def no_rows() -> PlainRows:
    """Return no rows, to be extended."""
    return PlainRows([], [], [], [], [], [], [])


def is_whole(row: bytes) -> bool:
    """Whether what stands between two ends of rows is a row whose fields have no quotation mark.

    Args:
        row: What is behind its first quotation mark and before its last.
    """
    return row.count(b'"') == _QUOTES and row.count(NEXT) == _FIELDS - 1


def columns_of(rows: Sequence[bytes]) -> tuple[list[Key], Own] | None:
    """Return what rows have in common with others, and the columns that differ.

    None if one of them is not whole: with as many marks as all separators have, none is in a field.
    """
    flat = NEXT.join(rows).split(NEXT)
    if len(flat) != _FIELDS * len(rows) or any(row.count(b'"') != _QUOTES for row in rows):
        return None
    keys = list(zip(*(flat[place::_FIELDS] for place in _KIND), strict=True))
    return keys, [flat[place::_FIELDS] for place in _OWN]


def all_fit(own: Own) -> bool:
    """Whether the columns of rows are what they should be."""
    starts, ends, texts, uids = own
    return (
        all(map(bytes.isdigit, starts))
        and all(map(bytes.isdigit, ends))
        and max(map(len, ends)) <= _DIGITS
        and max(map(len, starts)) <= _DIGITS
        and all(map(lt, map(int, starts), map(int, ends)))
        and all(texts)
        and _UIDS.fullmatch(b",".join((*uids, b"")).decode()) is not None
    )


def plain_rows(lines: list[int], kinds: list[RowKind], own: Own, whole: list[bytes]) -> PlainRows:
    """Return rows, at least one, whose columns fit."""
    starts, ends, texts, uids = own
    places = (list(map(int, starts)), list(map(int, ends)))
    words = NEXT.join(texts).decode().split(_NEXT)
    ids = b",".join(uids).decode().split(",")
    return PlainRows(lines, kinds, *places, words, ids, whole)
