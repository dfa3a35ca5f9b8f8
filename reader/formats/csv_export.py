"""Writes highlights as CSV: UTF-8 with BOM, RFC 4180, CRLF, every field quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from reader.formats.atomic import Writable
from reader.formats.csv_columns import NAMES, VERSION_EXACT, VERSION_SPREADSHEET, HighlightRow
from reader.formats.csv_lists import join

BOM = "\ufeff"
"""First character of the file: spreadsheets read it as UTF-8 then."""

END = "\r\n"
"""End of a line."""

_AT_ONCE = 100  # lines given to the target together
_ACTIVE = re.compile("'*[=+\\-@\t\r]")
"""Beginnings that a spreadsheet evaluates, or would lose an apostrophe of."""

_fields = attrgetter(*NAMES[:-1])


def write_lines(lines: Iterable[str], target: Writable) -> int:
    """Write the header and lines that :class:`Line` made, holding few of them.

    Args:
        lines: The lines, in order.
        target: Where to; the encoding must be UTF-8 and newlines must not be changed.

    Returns:
        The number of rows, without the header.
    """
    target.write(BOM + ",".join(f'"{name}"' for name in NAMES) + END)
    count = 0
    left = iter(lines)
    while some := list(islice(left, _AT_ONCE)):
        target.write("".join(some))
        count += len(some)
    return count


class Line:
    """The line of a row, and of others that differ from it in few fields.

    What they have in common is made into text once: that is most of the work.

    Args:
        row: A row.
        varying: Names of the fields that differ; their values are text, whole numbers or None.
        spreadsheet: Put an apostrophe before values that a spreadsheet would evaluate.
    """

    def __init__(
        self, row: HighlightRow, varying: Sequence[str], *, spreadsheet: bool = False
    ) -> None:
        self._inside = _guarded if spreadsheet else _plain
        version = VERSION_SPREADSHEET if spreadsheet else VERSION_EXACT
        fixed = (str(self._inside(value)).replace("%", "%%") for value in _fields(row))
        texts = dict(zip(NAMES, (*fixed, version), strict=True))
        if [name for name in NAMES if name in varying] != list(varying):
            raise ValueError("the varying fields must be in the order of the columns")
        texts.update((name, "%s") for name in varying)
        self._template = ",".join(f'"{text}"' for text in texts.values()) + END
        self._quotes = self._template.count('"')

    def of(self, values: tuple[Any, ...]) -> str:
        """Return the line with these values in the varying fields, in the order of the columns."""
        if self._inside is _plain:
            line = self._template % tuple(["" if value is None else value for value in values])
            if line.count('"') == self._quotes:
                return line  # none within the values: nothing to double
        return self._template % tuple(map(self._inside, values))


def field_of(value: Any, *, spreadsheet: bool = False) -> str | int:
    """Return what stands between the quotes for a value, in a table of any columns."""
    return _guarded(value) if spreadsheet else _plain(value)


def _plain(value: Any) -> str | int:
    """Return what stands between the quotes for a value; the quickest tests come first."""
    kind = type(value)
    if kind is int:
        return value  # type: ignore[no-any-return]  # an int, which formatting makes text
    if value is None:
        return ""
    text: str = value if kind is str else _exact(value)
    return text.replace('"', '""') if '"' in text else text


def _guarded(value: Any) -> str | int:
    text = _plain(value)
    if isinstance(value, str | tuple) and _ACTIVE.match(str(text)):
        return f"'{text}"
    return text


def _exact(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return join(value) if isinstance(value, tuple) else str(value)


def unguarded(field: str) -> str:
    """Return a text field of a spreadsheet-safe file as it was: without the one apostrophe."""
    return field[1:] if field.startswith("'") and _ACTIVE.match(field) else field
