"""Writes new highlights by the page: what imports of hundreds of thousands need.

The rows are those that :meth:`reader.storage.log.Log.write` would write for each of them, in the
log and in the tables, made with less ado: a test holds the two together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from operator import lt

from reader.domain.highlight import Judgement, named_judgement_uid
from reader.domain.operation import TICKS, Group
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.storage.new_rows import Marked, NewRows, Said, as_json, refused


@dataclass(slots=True)  # not frozen: a million are made
class NewHighlight:
    """A highlight that is not stored yet.

    Attributes:
        uid: Its uid.
        version_uid: Version that it is on.
        annotator_uid: Whose it is.
        span: The main stretch.
        extra_spans: Further stretches.
        exact: Its words.
        prefix: What stands before them.
        suffix: What stands behind them.
        note: The note, or None.
        flag: Marked to check later.
        implicit: Made by a tag or a note, and gone with the last of them.
        origin: How it came about.
        judgements: Uid and judgement (whose own uid is not looked at), in the library's order.
    """

    uid: str
    version_uid: str
    annotator_uid: str
    span: Span
    extra_spans: tuple[Span, ...]
    exact: str
    prefix: str
    suffix: str
    note: str | None
    flag: bool
    implicit: bool
    origin: str
    judgements: list[tuple[str, Judgement]]


@dataclass(frozen=True, slots=True)
class Alike:
    """What plain highlights of one kind have in common.

    Attributes:
        version_uid: Version that they are on.
        annotator_uid: Whose they are.
        flag: Marked to check later.
        implicit: Made by a tag, and gone with the last of them.
        origin: How they came about.
        named: What is said on each of them, in the library's order, without reasons: what the
            judgement's uid is derived from besides the highlight's, and the judgement.
    """

    version_uid: str
    annotator_uid: str
    flag: bool
    implicit: bool
    origin: str
    named: tuple[tuple[str, Judgement], ...]


@dataclass(frozen=True, slots=True)
class PlainHighlights:
    """Many highlights of one stretch each and without notes, in columns: none is made by itself.

    Attributes:
        alike: What each has in common with others.
        uids: Their uids.
        starts: First code points.
        ends: One past the last code points.
        exacts: Their words.
        prefixes: What stands before them.
        suffixes: What stands behind them.
    """

    alike: Sequence[Alike]
    uids: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    exacts: Sequence[str]
    prefixes: Sequence[str]
    suffixes: Sequence[str]


def write_plain(
    connection: sqlite3.Connection, device: str, group: Group, new: PlainHighlights
) -> None:
    """Do what :func:`write_new` does with highlights that are plain: none is made an object.

    Their operations must be at most :data:`reader.domain.operation.TICKS`.

    Raises:
        ChangeRefused: As there.
    """
    if not (min(new.starts) >= 0 and all(map(lt, new.starts, new.ends))):
        raise refused("a highlight is no stretch of text")
    rows = NewRows(connection, device, group, sum(1 + len(kind.named) for kind in new.alike))
    _add(rows, _plain_rows(rows, new))
    rows.write()


def write_new(
    connection: sqlite3.Connection,
    device: str,
    group: Group,
    highlights: Sequence[NewHighlight],
) -> None:
    """Write new highlights with their judgements, inside the caller's transaction.

    Args:
        connection: The writing connection.
        device: Of the log.
        group: What the operations belong to; its own changes are not looked at.
        highlights: The highlights; their codebooks must be kept already.

    Raises:
        ChangeRefused: A highlight is no stretch of text, a judgement says what cannot be said, or
            one of them refers to what is not there.
    """
    for page in _pages(highlights):
        count = sum(1 + len(item.judgements) for item in page)
        rows = NewRows(connection, device, group, count)
        _add(rows, (_row(rows, item) for item in page))
        rows.write()


def _pages(highlights: Sequence[NewHighlight]) -> Iterator[list[NewHighlight]]:
    """Yield as many at a time as a millisecond of the clock has operations for."""
    page: list[NewHighlight] = []
    left = TICKS
    for item in highlights:
        left -= 1 + len(item.judgements)
        if left < 0:
            yield page
            page, left = [], TICKS - 1 - len(item.judgements)
        page.append(item)
    if page:
        yield page


Row = tuple[Marked, str, int, int, str, str, str, str | None, list[tuple[Said, str, str | None]]]
"""What a highlight shares with others, its uid, start, end, words, prefix, suffix and note; what is
said on it: what that shares with others, the judgement's uid, and the reason."""


def _row(rows: NewRows, item: NewHighlight) -> Row:
    start, end = item.span
    if not 0 <= start < end:
        raise refused(f"{start} to {end} is no stretch of text")
    extra = json.dumps(item.extra_spans, separators=(",", ":")) if item.extra_spans else "[]"
    whose = (item.version_uid, item.annotator_uid)
    where = (*whose, item.flag, item.implicit, item.origin, extra)
    marked = rows.marked(where, len(item.judgements))
    said = [(rows.said(judgement), uid, judgement.reason) for uid, judgement in item.judgements]
    words = (item.exact, item.prefix, item.suffix, item.note)
    return (marked, item.uid, start, end, *words, said)


def _plain_rows(rows: NewRows, new: PlainHighlights) -> Iterator[Row]:
    """Yield the rows of plain highlights; what those of a kind share is looked up once."""
    known: dict[int, tuple[Marked, list[tuple[str, Said]]]] = {}
    for kind in {id(kind): kind for kind in new.alike}.values():
        whose = (kind.version_uid, kind.annotator_uid)
        where = (*whose, kind.flag, kind.implicit, kind.origin, "[]")
        named = [(name, rows.said(judgement)) for name, judgement in kind.named]
        known[id(kind)] = rows.marked(where, len(kind.named)), named
    columns = (new.starts, new.ends, new.exacts, new.prefixes, new.suffixes)
    places = zip(new.uids, *columns, strict=True)
    for kind, place in zip(new.alike, places, strict=True):
        uid, start, end, exact, prefix, suffix = place
        marked, named = known[id(kind)]
        said: list[tuple[Said, str, str | None]] = [
            (one, named_judgement_uid(uid, name), None) for name, one in named
        ]
        yield marked, uid, start, end, exact, prefix, suffix, None, said


def _add(rows: NewRows, made: Iterable[Row]) -> None:
    """Add the rows of highlights and of what is said on them, in the log and in the tables."""
    text, uids, clocks, operations = encode_basestring, rows.uids, rows.clocks, rows.operations
    for marked, uid, start, end, exact, prefix, suffix, note, said in made:
        head, flags, origin, version = marked.patch
        patch = (
            f'{head}{end},"exact":{text(exact)}{flags}{"null" if note is None else text(note)}'
            f'{origin}{text(prefix)},"start":{start},"suffix":{text(suffix)}{version}'
        )
        operations += (next(uids), next(clocks), "highlight", uid, patch)
        marked.rows += (uid, start, end, exact, prefix, suffix, note)
        for one, named, reason in said:
            patch = f"{one.head}{uid}{one.middle}{as_json(reason)}}}}}"
            operations += (next(uids), next(clocks), "judgement", named, patch)
            one.rows += (named, uid, reason)
