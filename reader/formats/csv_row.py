"""Checks what one row of a CSV says, field by field; believes none of it."""

from __future__ import annotations

import re
import uuid
from typing import TypeVar

from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.formats.csv_columns import COLUMNS
from reader.formats.csv_export import unguarded
from reader.formats.csv_lists import parsed, tag_of
from reader.formats.csv_said import SaidRow

OWN = (
    *("highlight_id", "start", "end", "text", "prefix", "suffix", "extra_spans"),
    *("reason", "note"),
)
"""The columns in which rows of one kind differ."""
COMMON = (
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
"""The columns in which they are the same."""

UID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
"""Matches an id in its canonical form."""

_UID = re.compile(UID)
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


def unguarded_of(name: str, field: str) -> str:
    """Return a field of a column without the guard that a file for spreadsheets has."""
    return unguarded(field) if name in _GUARDED else field


def row_of(line: int, kind: RowKind, own: tuple[str, ...]) -> Imported:
    """Return a row from its own fields.

    Raises:
        ValueError: A field is not what it should be; the message says which.
    """
    uid, first, last, text, prefix, suffix, extra, reason, note = own
    start: int | None
    end: int | None
    digits = first + last  # as all are in what was exported
    if digits.isdigit() and digits.isascii() and first and last and len(digits) < 16:
        start, end = int(first), int(last)
    else:
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


def kind_of(number: int, values: dict[str, str]) -> RowKind:
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
