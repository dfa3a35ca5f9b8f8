"""Writes highlights as CSV: UTF-8 with BOM, RFC 4180, CRLF, every field quoted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Protocol

from reader.formats.csv_columns import NAMES, VERSION_EXACT, VERSION_SPREADSHEET, HighlightRow
from reader.formats.csv_lists import join

BOM = "\ufeff"
"""First character of the file: spreadsheets read it as UTF-8 then."""

_ACTIVE = re.compile("'*[=+\\-@\t\r]")
"""Beginnings that a spreadsheet evaluates, or would lose an apostrophe of."""

_fields = attrgetter(*NAMES[:-1])


class Writable(Protocol):
    """What is written to; in text mode, UTF-8, newlines left alone."""

    def write(self, text: str, /) -> object:
        """Write a piece of text."""


def write_csv(rows: Iterable[HighlightRow], target: Writable, *, spreadsheet: bool = False) -> int:
    """Write rows as they come, holding none of them.

    Args:
        rows: The rows, in order.
        target: Where to; the encoding must be UTF-8 and newlines must not be changed.
        spreadsheet: Put an apostrophe before values that a spreadsheet would evaluate.

    Returns:
        The number of rows, without the header.
    """
    target.write(BOM)
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(NAMES)
    version = VERSION_SPREADSHEET if spreadsheet else VERSION_EXACT
    as_text = _guarded if spreadsheet else _exact
    count = 0
    for row in rows:
        writer.writerow([*map(as_text, _fields(row)), version])
        count += 1
    return count


def _exact(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return join(value) if isinstance(value, tuple) else str(value)


def _guarded(value: Any) -> str:
    text = _exact(value)
    if isinstance(value, str | tuple) and _ACTIVE.match(text):
        return f"'{text}"
    return text


def unguarded(field: str) -> str:
    """Return a text field of a spreadsheet-safe file as it was: without the one apostrophe."""
    return field[1:] if field.startswith("'") and _ACTIVE.match(field) else field
