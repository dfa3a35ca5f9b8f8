"""Reads the rows of a CSV that the exporter wrote, or a spreadsheet after it; believes none."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TextIO

from reader.domain.errors import InputError
from reader.formats.csv_columns import NAMES, VERSIONS_READ
from reader.formats.csv_export import unguarded
from reader.formats.csv_row import (
    COMMON,
    OWN,
    Imported,
    Rejected,
    RowKind,
    kind_of,
    row_of,
    unguarded_of,
)
from reader.formats.csv_said import GUARDED, NOTHING, SAID, SaidRow, said_row

FIELD_LIMIT = 64 * 1024 * 1024
"""Characters of one line or field."""
ROW_LIMIT = 5_000_000
"""Rows of one file."""
REQUIRED = ("text", "start", "end", "article_sha256", "highlight_id", "format_version")
"""Columns without which a file is not read."""

KINDS = 2_000
"""Kinds of rows that are kept."""


def lines_of(file: TextIO, name: str) -> Iterator[str]:
    """Yield the lines of a file, none of them longer than memory allows.

    Raises:
        InputError: A line is too long.
    """
    while line := file.readline(FIELD_LIMIT):
        if len(line) >= FIELD_LIMIT:
            raise InputError(f"{name} has a line that is too long.", "Is it the right file?")
        yield line


class RowReader:
    """Reads a file of rows.

    Attributes:
        unknown_columns: Columns that mean nothing here.

    Args:
        lines: The file's lines with their ends, decoded, without byte order mark.
        name: What to call the file in errors.

    Raises:
        InputError: It is no CSV with the columns that are needed.
    """

    def __init__(self, lines: Iterator[str], name: str) -> None:
        csv.field_size_limit(FIELD_LIMIT)
        self._name = name
        self._reader = csv.reader(lines, strict=True)
        self._line = 0
        self._header = self._next() or []
        self.unknown_columns = tuple(c for c in self._header if c not in NAMES)
        self._version = ""
        self._check_header()
        self._common, self._own = self._picker(COMMON), self._picker(OWN)
        self._said = self._picker(SAID)
        self._spreadsheet = False
        self._kinds: dict[tuple[str, ...], RowKind] = {}
        self._kinds_met = 0

    def _picker(self, names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
        """Return what takes fields out of a record that has an empty one behind its last."""
        places = {name: place for place, name in enumerate(self._header)}
        return itemgetter(*(places.get(name, len(self._header)) for name in names))

    def _next(self) -> list[str] | None:
        """Return the next record; None at the end."""
        self._line = self._reader.line_num + 1
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise self._invalid(error) from error

    def _invalid(self, error: csv.Error) -> InputError:
        return InputError(
            f"{self._name} is no valid CSV: line {self._line}: {error}.",
            "Nothing was imported. Export it again, or save it as CSV UTF-8.",
        )

    def _check_header(self) -> None:
        missing = [column for column in REQUIRED if column not in self._header]
        if missing:
            raise InputError(
                f"{self._name} has no column {', '.join(missing)}.",
                f"It must be comma-separated, with at least {', '.join(REQUIRED)} in its first"
                " line, as `reader export csv` writes them.",
            )
        doubled = {column for column in self._header if self._header.count(column) > 1}
        if doubled:
            raise InputError(f"{self._name} has a column twice: {sorted(doubled)[0]}.", "")

    def rows(self) -> Iterator[Imported | Rejected | None]:
        """Yield the rows; None stands for a statement without a highlight.

        Raises:
            InputError: The file is no valid CSV from here on, or too long.
        """
        count = 0
        reader = self._reader
        self._line = reader.line_num + 1
        try:
            for record in reader:
                if record:  # no empty line
                    count += 1
                    if count > ROW_LIMIT:
                        raise self._too_many()
                    yield self._row(record)
                self._line = reader.line_num + 1
        except csv.Error as error:
            raise self._invalid(error) from error

    def _too_many(self) -> InputError:
        return InputError(f"{self._name} has more than {ROW_LIMIT:,} rows.", "Split it.")

    def _row(self, record: list[str]) -> Imported | Rejected | None:
        if len(record) != len(self._header):
            have, want = len(record), len(self._header)
            return Rejected(self._line, f"it has {have} fields, the header has {want}")
        record.append("")  # what a column holds that is not there
        try:
            common = self._common(record)
            kind = self._kinds.get(common)
            if kind is None:
                self._check_version(common[0])  # of a kind that is known, it was looked at
            own = self._own(record)
            if self._spreadsheet:
                own = tuple(map(unguarded_of, OWN, own))
            if not own[0]:
                return None
            row = row_of(self._line, kind or self._learn(common), own)
            said = self._said(record)
            if said != NOTHING:
                row.said = self._understood(said)
            return row
        except ValueError as error:
            return Rejected(self._line, str(error))

    def _understood(self, said: tuple[str, ...]) -> SaidRow:
        """Return what a row says of who said it, and so on.

        Raises:
            ValueError: A field is not what it should be; the message says which.
        """
        if self._spreadsheet:
            said = tuple(
                unguarded(field) if name in GUARDED else field
                for name, field in zip(SAID, said, strict=True)
            )
        return said_row(dict(zip(SAID, said, strict=True)))

    def _learn(self, common: tuple[str, ...]) -> RowKind:
        """Return a kind that was not met, or not lately.

        Raises:
            ValueError: A field is not what it should be; the message says which.
        """
        values = dict(zip(COMMON, common, strict=True))
        if self._spreadsheet:
            values = {name: unguarded_of(name, value) for name, value in values.items()}
        if len(self._kinds) >= KINDS:
            self._kinds.clear()
        self._kinds_met += 1
        self._kinds[common] = kind = kind_of(self._kinds_met, values)
        return kind

    def _check_version(self, version: str) -> None:
        if version not in VERSIONS_READ:
            if not self._version:
                raise InputError(
                    f"{self._name} is of a format that is not known: {version or 'none given'}.",
                    f"This version reads the formats {', '.join(VERSIONS_READ)}.",
                )
            raise ValueError(f"format_version {version or '(empty)'} is not known")
        if not self._version:
            self._version, self._spreadsheet = version, version.endswith("-spreadsheet")
        if version != self._version:
            raise ValueError(f"format_version is {version}, before it was {self._version}")
