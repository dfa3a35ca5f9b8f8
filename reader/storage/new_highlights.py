"""Writes new highlights by the page: what imports of hundreds of thousands need.

The rows are those that :meth:`reader.storage.log.Log.write` would write for each of them, in the
log and in the tables, made with less ado: a test holds the two together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any

from reader.domain.errors import ChangeRefused
from reader.domain.highlight import Judgement
from reader.domain.operation import Group, new_uids, now_ms, ticks
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.storage.many_rows import insert, unchecked
from reader.storage.operations import begin_part, common_of, newest

_OPERATION = ("operation", "uid, part, clock, entity, entity_uid, patch", "?, {part}, ?, ?, ?, ?")
"""Table, columns, and values. The part is written into the statement, not bound for each of a
million rows."""

_HIGHLIGHT = (
    "highlight",
    'uid, version_uid, annotator_uid, start, "end", extra_spans, exact, prefix, suffix, note, flag,'
    " implicit, origin, created_at, updated_at, rev",
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
)
_JUDGEMENT = (
    "judgement",
    "uid, highlight_uid, codebook, facet, codebook_version, code, confidence, likelihood, reason,"
    " created_at, updated_at, rev",
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1",
)
_TAG = "SELECT 1 FROM tag WHERE codebook = ? AND facet = ? AND codebook_version = ? AND code = ?"
_CONFIDENCES = (None, "low", "moderate", "high")
_WORDS = {None: "null", True: "true", False: "false"}

Row = tuple[Any, ...]


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
    if not highlights:
        return
    number, last = newest(connection)
    rows = _Rows(device, sum(1 + len(item.judgements) for item in highlights), last)
    for item in highlights:
        rows.add(item)
    _see_that_it_is_there(connection, rows)
    table, columns, values = _OPERATION
    first, *others = rows.operations
    common = common_of(group, device)
    with unchecked(connection):  # here: what the tables would look at, `_Rows` has looked at
        begin_part(connection, number + 1, len(rows.operations), common, (*first, None))
        insert(connection, table, columns, values.format(part=number + 1), others)
        insert(connection, *_HIGHLIGHT, rows.highlights)
        insert(connection, *_JUDGEMENT, rows.judgements)


def _see_that_it_is_there(connection: sqlite3.Connection, rows: _Rows) -> None:
    """See once for all rows that what they refer to is there.

    Raises:
        ChangeRefused: Something is not.
    """
    for query, found in (
        ("SELECT 1 FROM article_version WHERE uid = ?", {(kind[0],) for kind in rows.kinds}),
        ("SELECT 1 FROM annotator WHERE uid = ?", {(kind[1],) for kind in rows.kinds}),
        (_TAG, {said[:4] for said in rows.sayings}),
    ):
        for values in found:
            if connection.execute(query, values).fetchone() is None:
                raise _refused(f"{' '.join(map(str, values))} is not there")


class _Rows:
    """Collects the rows of three tables.

    Attributes:
        operations: Rows of the log.
        highlights: Rows of highlights.
        judgements: Rows of judgements.
        sayings: What they say, in columns; those of one kind share it.
        kinds: What is the same in the patches of highlights of a kind, by what makes it one.

    Args:
        device: Of the log.
        count: How many operations there will be.
        last: The log's newest clock value.
    """

    def __init__(self, device: str, count: int, last: str | None) -> None:
        self.operations: list[tuple[str, str, str, str, str]] = []
        self.highlights: list[Row] = []
        self.judgements: list[Row] = []
        self.sayings: list[Row] = []
        self._clocks = zip(new_uids(count), ticks(last, device, now_ms()), strict=False)
        self._said: dict[int, tuple[str, str, Row]] = {}
        self.kinds: dict[Row, tuple[str, str, str, str]] = {}

    def add(self, item: NewHighlight) -> None:
        """Make the rows of a highlight and what is said on it."""
        uid, (start, end) = item.uid, item.span
        if not 0 <= start < end:
            raise _refused(f"{start} to {end} is no stretch of text")
        own, (clock, made) = next(self._clocks)
        at = made
        self.operations.append((own, clock, "highlight", uid, self._patch(item, start, end)))
        for named, judgement in item.judgements:
            own, (clock, at) = next(self._clocks)
            # Those of one kind share one judgement: what it says is worked out once.
            head, tail, saying = self._said.get(id(judgement)) or self._learn(judgement)
            self.operations.append((own, clock, "judgement", named, f"{head}{uid}{tail}"))
            self.judgements.append((named, uid, *saying, at, at))
        extra = json.dumps(item.extra_spans) if item.extra_spans else "[]"
        # fmt: off
        self.highlights.append((
            uid, item.version_uid, item.annotator_uid, start, end, extra, item.exact, item.prefix,
            item.suffix, item.note, item.flag, item.implicit, item.origin, made, at,
            1 + len(item.judgements),
        ))
        # fmt: on

    def _patch(self, item: NewHighlight, start: int, end: int) -> str:
        """Return the fields of a new highlight as JSON, its names sorted as everywhere in the log.

        Those of one kind share what is the same in all of them.
        """
        kind = (item.version_uid, item.annotator_uid, item.flag, item.implicit, item.origin)
        head, flags, origin, version = self.kinds.get(kind) or self._learn_kind(kind)
        spans, note, text = item.extra_spans, item.note, encode_basestring
        extra = json.dumps(spans, separators=(",", ":")) if spans else "[]"
        return (
            f'{head}{end},"exact":{text(item.exact)},"extra_spans":{extra}{flags}'
            f'{"null" if note is None else text(note)}{origin}{text(item.prefix)},"start":{start}'
            f',"suffix":{text(item.suffix)}{version}'
        )

    def _learn_kind(self, kind: Row) -> tuple[str, str, str, str]:
        """Return what is the same in the patches of a kind, between what differs."""
        version, annotator, flag, implicit, origin = kind
        found = self.kinds[kind] = (
            f'{{"annotator_uid":{encode_basestring(annotator)},"end":',
            f',"fate":null,"flag":{_WORDS[flag]},"implicit":{_WORDS[implicit]},"note":',
            f',"origin":{encode_basestring(origin)},"prefix":',
            f',"version_uid":{encode_basestring(version)},"was":null}}',
        )
        return found

    def _learn(self, item: Judgement) -> tuple[str, str, Row]:
        """Return the patch around the highlight's uid, and what a judgement says, in columns."""
        if item.confidence not in _CONFIDENCES or not 0 <= (item.likelihood or 0) <= 100:
            raise _refused(f"confidence {item.confidence}, likelihood {item.likelihood}")
        where = (item.codebook, item.facet, item.codebook_version)
        said = (*where, item.code, item.confidence, item.likelihood, item.reason)
        found = self._said[id(item)] = (*_judgement_patch(item), said)
        self.sayings.append(said)
        return found


def _refused(what: str) -> ChangeRefused:
    return ChangeRefused(
        f"The library refused the change: {what}.",
        "Run `reader doctor`; if it finds nothing wrong, please report it.",
    )


def _judgement_patch(item: Judgement) -> tuple[str, str]:
    """Return the fields of a new judgement as JSON, before and behind the highlight's uid."""
    likelihood = "null" if item.likelihood is None else item.likelihood
    return (
        f'{{"codebook":{encode_basestring(item.codebook)},"facet":{encode_basestring(item.facet)},'
        '"highlight_uid":"',
        f'","value":{{"code":{encode_basestring(item.code)},'
        f'"codebook_version":{item.codebook_version},"confidence":{_text(item.confidence)},'
        f'"likelihood":{likelihood},"reason":{_text(item.reason)}}}}}',
    )


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)
