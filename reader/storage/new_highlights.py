"""Writes new highlights by the page: what imports of hundreds of thousands need.

The rows are those that :meth:`reader.storage.log.Log.write` would write for each of them, in the
log and in the tables, made with less ado: a test holds the two together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

from reader.domain.highlight import Judgement
from reader.domain.operation import SCHEMA, Group, new_uids, now_ms, ticks
from reader.domain.records import dataclass
from reader.domain.text import Span

_OPERATION = (
    "INSERT INTO op (uid, clock, entity, entity_uid, patch, group_uid, article_uid, actor, device,"
    " kind, undoes, summary, schema) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HIGHLIGHT = (
    'INSERT INTO highlight (uid, version_uid, annotator_uid, start, "end", extra_spans, exact,'
    " prefix, suffix, note, flag, implicit, origin, created_at, updated_at, rev)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_JUDGEMENT = (
    "INSERT INTO judgement (uid, highlight_uid, codebook, facet, codebook_version, code,"
    " confidence, likelihood, reason, created_at, updated_at, rev)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
)
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
    connection: sqlite3.Connection, device: str, group: Group, highlights: Sequence[NewHighlight]
) -> None:
    """Write new highlights with their judgements, inside the caller's transaction.

    Args:
        connection: The writing connection.
        device: Of the log.
        group: What the operations belong to; its own changes are not looked at.
        highlights: The highlights; their codebooks must be kept already.
    """
    last = connection.execute("SELECT max(clock) FROM op").fetchone()[0]
    rows = _Rows(device, group, sum(1 + len(item.judgements) for item in highlights), last)
    for item in highlights:
        rows.add(item)
    connection.executemany(_OPERATION, rows.operations)
    connection.executemany(_HIGHLIGHT, rows.highlights)
    connection.executemany(_JUDGEMENT, rows.judgements)


class _Rows:
    """Collects the rows of three tables.

    Args:
        device: Of the log.
        group: What the operations belong to.
        count: How many operations there will be.
        last: The log's newest clock value.
    """

    def __init__(self, device: str, group: Group, count: int, last: str | None) -> None:
        self.operations: list[Row] = []
        self.highlights: list[Row] = []
        self.judgements: list[Row] = []
        self._ticks = ticks(last, device, now_ms())
        self._uids: Iterator[str] = iter(new_uids(count))
        self._common = (
            *(group.uid, group.article_uid, group.actor, device),
            *(group.kind, group.undoes, group.summary, SCHEMA),
        )

    def add(self, item: NewHighlight) -> None:
        """Make the rows of a highlight and what is said on it."""
        clock, at = made = next(self._ticks)
        self._operation(clock, "highlight", item.uid, _highlight_patch(item))
        for uid, judgement in item.judgements:
            clock, at = next(self._ticks)
            self._operation(clock, "judgement", uid, _judgement_patch(item.uid, judgement))
            said = (judgement.confidence, judgement.likelihood, judgement.reason)
            where = (uid, item.uid, judgement.codebook, judgement.facet)
            what = (judgement.codebook_version, judgement.code)
            self.judgements.append((*where, *what, *said, at, at))
        extra = json.dumps(item.extra_spans) if item.extra_spans else "[]"
        self.highlights.append(
            (
                *(item.uid, item.version_uid, item.annotator_uid, *item.span, extra),
                *(item.exact, item.prefix, item.suffix, item.note, item.flag, item.implicit),
                *(item.origin, made[1], at, 1 + len(item.judgements)),
            )
        )

    def _operation(self, clock: str, entity: str, uid: str, patch: str) -> None:
        self.operations.append((next(self._uids), clock, entity, uid, patch, *self._common))


def _highlight_patch(item: NewHighlight) -> str:
    """Return the fields of a new highlight as JSON, with sorted names as everywhere in the log."""
    extra = json.dumps(item.extra_spans, separators=(",", ":")) if item.extra_spans else "[]"
    text = encode_basestring
    return (
        f'{{"annotator_uid":{text(item.annotator_uid)},"end":{item.span[1]},'
        f'"exact":{text(item.exact)},'
        f'"extra_spans":{extra},"fate":null,"flag":{_WORDS[item.flag]},"implicit":{_WORDS[item.implicit]},'
        f'"note":{_text(item.note)},"origin":{text(item.origin)},"prefix":{text(item.prefix)},'
        f'"start":{item.span[0]},"suffix":{text(item.suffix)},'
        f'"version_uid":{text(item.version_uid)},"was":null}}'
    )


def _judgement_patch(highlight_uid: str, item: Judgement) -> str:
    likelihood = "null" if item.likelihood is None else item.likelihood
    return (
        f'{{"codebook":{encode_basestring(item.codebook)},"facet":{encode_basestring(item.facet)},'
        f'"highlight_uid":"{highlight_uid}","value":{{"code":{encode_basestring(item.code)},'
        f'"codebook_version":{item.codebook_version},"confidence":{_text(item.confidence)},'
        f'"likelihood":{likelihood},"reason":{_text(item.reason)}}}}}'
    )


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)
