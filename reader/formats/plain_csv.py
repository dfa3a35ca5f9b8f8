"""Tables of any columns as CSV, by the rules of the main one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reader.formats.atomic import Writable
from reader.formats.csv_export import BOM, END, field_of


def write_table(
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    target: Writable,
    *,
    spreadsheet: bool = False,
) -> int:
    """Write a header and rows as they come, holding none of them.

    Args:
        names: The columns.
        rows: Their values: text, numbers, truth values, lists as tuples, None.
        target: Where to; the encoding must be UTF-8 and newlines must not be changed.
        spreadsheet: Put an apostrophe before values that a spreadsheet would evaluate.

    Returns:
        The number of rows, without the header.
    """
    target.write(BOM + _line(names, spreadsheet=False))
    count = 0
    for row in rows:
        target.write(_line(row, spreadsheet=spreadsheet))
        count += 1
    return count


def _line(row: Sequence[Any], *, spreadsheet: bool) -> str:
    values = (field_of(value, spreadsheet=spreadsheet) for value in row)
    return ",".join(f'"{value}"' for value in values) + END
