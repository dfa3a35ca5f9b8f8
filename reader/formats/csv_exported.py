"""Reads a CSV that lies just as it was exported: by the page, and most of its rows in columns.

In such a file every field is quoted, so that a quotation mark, a comma and another mark are the end
of a field, unless a field has such marks itself. To split there takes half as long as to read
character by character; only rows with quotation marks in them are read like that.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from io import BufferedReader
from itertools import compress
from operator import attrgetter

from reader.domain.errors import InputError
from reader.domain.records import dataclass
from reader.formats.csv_columns import NAMES
from reader.formats.csv_import import FIELD_LIMIT, KINDS, ROW_LIMIT, RowReader
from reader.formats.csv_plain import (
    NEXT,
    Key,
    Own,
    PlainRows,
    all_fit,
    columns_of,
    is_whole,
    no_rows,
    plain_rows,
)
from reader.formats.csv_row import Imported, Rejected, RowKind

PAGE = 4_000
"""Rows, about, that are taken together."""

_BLOCK = 128 * 1024
"""Bytes that are split together: all that comes of them fits into the processor's cache."""

_LAST = b'"\r\n'
_END = _LAST + b'"'
_NEXT = NEXT.decode()
_BOM = b"\xef\xbb\xbf"
_HEADER = b",".join(f'"{name}"'.encode() for name in NAMES) + b"\r\n"


@dataclass(slots=True)
class Page:
    """Rows that follow each other in a file.

    Attributes:
        plain: Those that are plain, in columns.
        others: The others, in order.
        read: How many rows they are, with those that stand for no highlight.
    """

    plain: PlainRows
    others: list[Imported | Rejected]
    read: int = 0


def is_exported(raw: BufferedReader) -> bool:
    """Whether a file begins like one that was exported; leaves it where it is."""
    return raw.peek().removeprefix(_BOM).startswith(_HEADER + b'"')


class ExportedReader(RowReader):
    """Reads a file that begins like one that was exported.

    Args:
        raw: The file.
        name: What to call it in errors.

    Raises:
        UnicodeDecodeError: It is not in UTF-8; also later on.
    """

    def __init__(self, raw: BufferedReader, name: str) -> None:
        self._raw = raw
        self._waiting = deque([raw.readline().removeprefix(_BOM).decode()])
        self._rows: deque[bytes] = deque()
        self._rest = b""
        self._next_line = 1
        self._read = 0
        self._plain: dict[Key, RowKind] = {}
        super().__init__(self._lines(), name)

    def pages(self) -> Iterator[Page]:
        """Yield the rows.

        Raises:
            InputError: The file is no valid CSV from here on, or too long.
        """
        page = Page(no_rows(), [])
        while self._rows or self._waiting or self._more():
            self._read_on(page)
            if page.read >= PAGE:
                yield self._counted(page)
                page = Page(no_rows(), [])
        yield self._counted(page)

    def _counted(self, page: Page) -> Page:
        self._read += page.read
        if self._read > ROW_LIMIT:
            raise self._too_many()
        page.others.sort(key=attrgetter("line"))
        return page

    # ------------------------------------------------------------------ blocks

    def _more(self) -> bool:
        """Read on in the file; False at its end."""
        while more := self._raw.read(max(_BLOCK, len(self._rest))):
            block = self._rest + more
            cut = block.rfind(_END)
            if cut > 0:
                self._rest = block[cut + len(_END) - 1 :]
                self._take_rows(block[1:cut])
                return True
            if len(block) > FIELD_LIMIT:
                raise InputError(
                    f"{self._name} has a row that is too long.", "Is it the right file?"
                )
            self._rest = block
        last, self._rest = self._rest, b""
        if last.endswith(_LAST) and len(last) > len(_LAST):
            self._take_rows(last[1 : -len(_LAST)])
        elif last:
            self._wait_for(last.decode())
        return bool(last)

    def _take_rows(self, block: bytes) -> None:
        block.decode()  # all of it must be in UTF-8, also what is not looked at
        self._rows.extend(block.split(_END))

    def _wait_for(self, text: str) -> None:
        """Have a stretch of the file parsed."""
        *lines, last = text.split("\n")
        self._waiting.extend(f"{line}\n" for line in lines)
        if last:
            self._waiting.append(last)

    def _lines(self) -> Iterator[str]:
        """Yield the lines that are parsed: what waits, and what follows if a row goes on there."""
        while True:
            while not self._waiting:
                if self._rows:
                    self._wait_for(f'"{self._rows.popleft().decode()}"\r\n')
                elif not self._more():
                    return
            self._next_line += 1
            yield self._waiting.popleft()

    # ------------------------------------------------------------------ rows

    def _read_on(self, page: Page) -> None:
        """Read what is left of the block."""
        rows = list(self._rows)
        columns = columns_of(rows)
        if columns is None or self._waiting or not self._version:
            rows, lines = self._without_marks(page)
            columns = columns_of(rows)
        else:
            self._rows.clear()
            lines = [self._begun(row) for row in rows]
        if rows and columns is not None:
            self._take(page, lines, rows, *columns)

    def _without_marks(self, page: Page) -> tuple[list[bytes], list[int]]:
        """Return the rows of the block that are whole and where they begin; parse the others."""
        self._parse(page)
        rows, lines = [], []
        while self._rows:
            row = self._rows.popleft()
            if self._version and is_whole(row):  # the first row says which version it is
                rows.append(row)
                lines.append(self._begun(row))
            else:
                self._wait_for(f'"{row.decode()}"\r\n')
                self._parse(page)
        return rows, lines

    def _begun(self, row: bytes) -> int:
        """Return in which line a row begins that was passed."""
        line = self._next_line
        self._next_line += row.count(b"\n") + 1
        return line

    def _parse(self, page: Page) -> None:
        """Read what waits."""
        while self._waiting:
            self._line = self._next_line
            try:
                record = next(self._reader, None)
            except csv.Error as error:
                raise self._invalid(error) from error
            if record:
                page.read += 1
                self._add(page, record)

    def _add(self, page: Page, record: list[str]) -> Imported | Rejected | None:
        """Add a row by itself; return it."""
        row = self._row(record)
        if row is not None:
            page.others.append(row)
        return row

    def _take(
        self, page: Page, lines: list[int], rows: list[bytes], keys: list[Key], own: Own
    ) -> None:
        """Add rows in columns, and by themselves those that are not plain or not yet known."""
        page.read += len(rows)
        kinds: list[RowKind | None] = list(map(self._plain.get, keys))
        fit = all_fit(own)
        if not (fit and all(kinds)):
            for place, key in enumerate(keys):
                kinds[place] = kinds[place] or self._plain.get(key)
                if not (fit or all_fit([[column[place]] for column in own])):
                    kinds[place] = None
                if kinds[place] is None:
                    self._line = lines[place]
                    self._remember(key, self._add(page, rows[place].decode().split(_NEXT)))
            lines, rows = list(compress(lines, kinds)), list(compress(rows, kinds))
            own = [list(compress(column, kinds)) for column in own]
        known = [kind for kind in kinds if kind is not None]
        if known:
            page.plain.extend(plain_rows(lines, known, own, rows))

    def _remember(self, key: Key, row: Imported | Rejected | None) -> None:
        """Remember of a plain row what it has in common with others."""
        if not isinstance(row, Imported) or self._spreadsheet or row.said is not None:
            return
        if row.reason is None and row.note is None and not row.extra_spans:
            if len(self._plain) >= KINDS:
                self._plain.clear()
            self._plain[key] = row.kind
