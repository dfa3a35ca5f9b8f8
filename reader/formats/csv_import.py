"""Reads the rows of a CSV that the exporter wrote, or a spreadsheet after it; believes none."""

from __future__ import annotations

import csv
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TextIO, TypeVar

from reader.domain.errors import InputError
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.formats.csv_columns import (
    COLUMNS,
    NAMES,
    VERSIONS_READ,
)
from reader.formats.csv_export import unguarded
from reader.formats.csv_lists import parsed, tag_of
from reader.formats.csv_said import GUARDED, NOTHING, SAID, SaidRow, said_row

FIELD_LIMIT = 64 * 1024 * 1024
"""Characters of one line or field."""
ROW_LIMIT = 5_000_000
"""Rows of one file."""
REQUIRED = ("text", "start", "end", "article_sha256", "highlight_id", "format_version")
"""Columns without which a file is not read."""

KINDS = 2_000
"""Kinds of rows that are kept."""

_OWN = (
    *("highlight_id", "start", "end", "text", "prefix", "suffix", "extra_spans"),
    *("reason", "note"),
)
"""The columns in which rows of one kind differ."""
_COMMON = (
    *(
        "format_version",
        "article_id",
        "article_sha256",
        "article_title",
        "article_url",
        "tag",
        "confidence",
    ),
    *("likelihood_pct", "codebook", "codebook_version", "facet", "other_tags", "flag"),
    *("annotator", "origin", "fate"),
)
_UID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_GUARDED = frozenset(c.name for c in COLUMNS if c.kind in ("text", "time", "list", "id"))
_BOOLEANS = {"": False, "true": True, "false": False}
_CONFIDENCES = {"": None, "low": "low", "moderate": "moderate", "high": "high"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be understood.

    Attributes:
        line: Where it begins in the file, from 1.
        reason: Why, in words.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class RowKind:
    """What many rows of a file have in common; it is understood once.

    Attributes:
        number: Different for each kind of a file.
        article_id: Id of the article, or empty.
        article_sha256: Of the text.
        article_title: Its title, or empty.
        article_url: Its address, or empty.
        tags: The tag column as it is: a code, or a list of codes.
        confidence: ``low``, ``moderate``, ``high`` or None.
        likelihood: Per cent, or None.
        codebook: Id of the tag's codebook.
        codebook_version: Its version, 0 if it is not given.
        facet: Id of the facet.
        other_tags: Codebook, version, facet and code of all other judgements.
        flag: Flagged to check later.
        annotator: Handle of whose highlight it is, or empty.
        origin: How it came about, or empty.
        orphaned: Whether only an earlier version of its article has it.
        carried: Whether it was carried over from another version, and how is told.
    """

    number: int
    article_id: str
    article_sha256: str
    article_title: str
    article_url: str
    tags: str
    confidence: str | None
    likelihood: int | None
    codebook: str
    codebook_version: int
    facet: str
    other_tags: tuple[tuple[str, int, str, str], ...]
    flag: bool
    annotator: str
    origin: str
    orphaned: bool = False
    carried: bool = False


@dataclass(slots=True)  # not frozen: a million are made
class Imported:
    """A row, understood but not yet believed: nothing in it is known to be in the library.

    Attributes:
        line: Where it begins in the file, from 1.
        kind: What it has in common with others.
        start: First code point.
        end: One past the last code point.
        text: The marked words.
        prefix: What stands before them.
        suffix: What stands behind them.
        extra_spans: Further stretches.
        reason: Why the tag, or None.
        note: The note, or None.
        highlight_id: Its id, a UUID.
        said: Who said it, its relations, the evidence for it; None if nothing of that is told.
    """

    line: int
    kind: RowKind
    start: int
    end: int
    text: str
    prefix: str
    suffix: str
    extra_spans: tuple[tuple[int, int], ...]
    reason: str | None
    note: str | None
    highlight_id: str
    said: SaidRow | None = None


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
        self._common, self._own = self._picker(_COMMON), self._picker(_OWN)
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
                        raise InputError(
                            f"{self._name} has more than {ROW_LIMIT:,} rows.", "Split it."
                        )
                    yield self._row(record)
                self._line = reader.line_num + 1
        except csv.Error as error:
            raise self._invalid(error) from error

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
                own = tuple(map(_unguarded, _OWN, own))
            if not own[0]:
                return None
            row = _imported(self._line, kind or self._learn(common), own)
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
        values = dict(zip(_COMMON, common, strict=True))
        if self._spreadsheet:
            values = {name: _unguarded(name, value) for name, value in values.items()}
        if len(self._kinds) >= KINDS:
            self._kinds.clear()
        self._kinds_met += 1
        self._kinds[common] = kind = _kind(self._kinds_met, values)
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


def _unguarded(name: str, field: str) -> str:
    return unguarded(field) if name in _GUARDED else field


def _imported(line: int, kind: RowKind, own: tuple[str, ...]) -> Imported:
    """Return a row from its own fields.

    Raises:
        ValueError: A field is not what it should be; the message says which.
    """
    uid, first, last, text, prefix, suffix, extra, reason, note = own
    start, end = _number(first, "start"), _number(last, "end")
    if start is None or end is None or start >= end:
        raise ValueError("start and end are no stretch of text")
    if not text:
        raise ValueError("text is empty")
    spans = parsed(extra, "extra_spans", _span) if extra else ()
    uid = uid if _UID.fullmatch(uid) else _uuid(uid)
    return Imported(
        line, kind, start, end, text, prefix, suffix, spans, reason or None, note or None, uid
    )


def _kind(number: int, values: dict[str, str]) -> RowKind:
    """Return a kind of rows from the fields that they have in common.

    Raises:
        ValueError: A field is not what it should be; the message says which.
    """
    fate = values["fate"].strip().lower()
    return RowKind(
        number=number,
        article_id=values["article_id"],
        article_sha256=values["article_sha256"].strip().lower(),
        article_title=values["article_title"],
        article_url=values["article_url"],
        tags=values["tag"],
        confidence=_one_of(values, "confidence", _CONFIDENCES),
        likelihood=_likelihood(values),
        codebook=values["codebook"],
        codebook_version=_number(values["codebook_version"], "codebook_version") or 0,
        facet=values["facet"],
        other_tags=parsed(values["other_tags"], "other_tags", tag_of),
        flag=_one_of(values, "flag", _BOOLEANS),
        annotator=values["annotator"],
        origin=_origin(values),
        orphaned=fate == Fate.ORPHANED,
        carried=bool(fate) and fate != Fate.ORPHANED,
    )


def _number(field: str, name: str) -> int | None:
    if field.isdigit() and field.isascii() and len(field) < 16:  # as all are in what was exported
        return int(field)
    field = field.strip()
    if not field:
        return None
    if not (field.isascii() and field.isdigit() and len(field) < 16):
        raise ValueError(f"{name} is no number")
    return int(field)


def _likelihood(values: dict[str, str]) -> int | None:
    found = _number(values["likelihood_pct"], "likelihood_pct")
    if found is not None and found > 100:
        raise ValueError("likelihood_pct is not between 0 and 100")
    return found


def _one_of(values: dict[str, str], name: str, known: dict[str, T]) -> T:
    field = values[name].strip().lower()
    if field not in known:
        raise ValueError(f"{name} is none of {', '.join(filter(None, known))}")
    return known[field]


def _span(parts: tuple[str, ...]) -> tuple[int, int]:
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("an item is no start:end")
    start, end = int(parts[0][:16]), int(parts[1][:16])
    if start >= end:
        raise ValueError("an item is no stretch of text")
    return start, end


def _origin(values: dict[str, str]) -> str:
    origin = values["origin"].strip()
    if len(origin) > 200:
        raise ValueError("origin is too long")
    return origin


def _uuid(field: str) -> str:
    try:
        return str(uuid.UUID(field.strip()))
    except ValueError:
        raise ValueError("highlight_id is no UUID") from None
