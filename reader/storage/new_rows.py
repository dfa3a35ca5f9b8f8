"""Makes the rows of new highlights, in the log and in the tables, and writes them together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any

from reader.domain.errors import ChangeRefused
from reader.domain.highlight import Judgement
from reader.domain.operation import Group, new_uids, now_ms, ticks_at_once
from reader.domain.records import dataclass
from reader.storage.many_rows import insert, unchecked
from reader.storage.operations import begin_part, common_of, newest

_OPERATION = ("uid", "clock", "entity", "entity_uid", "patch")
_HIGHLIGHT = ("uid", "start", '"end"', "exact", "prefix", "suffix", "note")
_JUDGEMENT = ("uid", "highlight_uid", "reason")
"""Columns in which rows of one kind differ."""

_TAG = "SELECT 1 FROM tag WHERE codebook = ? AND facet = ? AND codebook_version = ? AND code = ?"
_CONFIDENCES = (None, "low", "moderate", "high")
_WORDS = {None: "null", True: "true", False: "false"}

Where = tuple[str, str, bool, bool, str, str]
"""Version, annotator, flag, implicit, origin, and further stretches as JSON, of highlights."""


@dataclass(slots=True)
class Said:
    """What is the same in judgements of one kind.

    Attributes:
        head: Of the patch, before the highlight's uid.
        middle: Between that and the reason.
        shared: The columns that are the same.
        rows: What differs, in the order of the columns, of one row after the other.
    """

    head: str
    middle: str
    shared: dict[str, Any]
    rows: list[Any]


@dataclass(slots=True)
class Marked:
    """What is the same in highlights of one kind.

    Attributes:
        patch: The pieces of the patch between what differs.
        shared: The columns that are the same.
        rows: What differs, in the order of the columns, of one row after the other.
    """

    patch: tuple[str, str, str, str]
    shared: dict[str, Any]
    rows: list[Any]


class NewRows:
    """Collects the rows of three tables: those of one kind share what is the same in them.

    Attributes:
        clocks: Clock values of the operations, in order.
        uids: Uids of the operations, in order.
        operations: Rows of the log, one after the other.

    Args:
        connection: The writing connection.
        device: Of the log.
        group: What the operations belong to.
        count: How many operations there will be; at most
            :data:`reader.domain.operation.TICKS`.
    """

    def __init__(
        self, connection: sqlite3.Connection, device: str, group: Group, count: int
    ) -> None:
        self._connection, self._common = connection, common_of(group, device)
        self._number, last = newest(connection)
        made, self._at = ticks_at_once(last, device, now_ms(), count)
        self.clocks: Iterator[str] = iter(made)
        self.uids: Iterator[str] = iter(new_uids(count))
        self.operations: list[Any] = []
        self._marked: dict[tuple[Where, int], Marked] = {}
        self._said: dict[tuple[Any, ...], Said] = {}

    def write(self) -> None:
        """Write all of them, inside the caller's transaction.

        Raises:
            ChangeRefused: One of them refers to what is not there.
        """
        self._see_that_it_is_there()
        connection, part, width = self._connection, self._number + 1, len(_OPERATION)
        first, others = self.operations[:width], self.operations[width:]
        with unchecked(connection):  # here: what the tables would look at was looked at
            uid, clock, entity, entity_uid, patch = first
            count = len(self.operations) // width
            own = (uid, clock, entity, entity_uid, patch, None)
            begin_part(connection, part, count, self._common, own)
            insert(connection, "operation", {"part": part}, _OPERATION, others)
            for marked in self._marked.values():
                insert(connection, "highlight", marked.shared, _HIGHLIGHT, marked.rows)
            for said in self._said.values():
                insert(connection, "judgement", said.shared, _JUDGEMENT, said.rows)

    def marked(self, where: Where, judgements: int) -> Marked:
        """Return what is the same in highlights that have so many judgements."""
        found = self._marked.get((where, judgements))
        if found is None:
            found = self._marked[where, judgements] = _marked(where, 1 + judgements, self._at)
        return found

    def said(self, item: Judgement) -> Said:
        """Return what is the same in all that say this; its uid and reason are not looked at.

        Raises:
            ChangeRefused: It says what cannot be said.
        """
        where = (item.codebook, item.codebook_version, item.facet)
        what = (*where, item.code, item.confidence, item.likelihood)
        found = self._said.get(what)
        if found is None:
            found = self._said[what] = _said(item, self._at)
        return found

    def _see_that_it_is_there(self) -> None:
        """See once for all rows that what they refer to is there.

        Raises:
            ChangeRefused: Something is not.
        """
        wheres = [where for where, _ in self._marked]
        names = ("codebook", "facet", "codebook_version", "code")
        for query, found in (
            ("SELECT 1 FROM article_version WHERE uid = ?", {(where[0],) for where in wheres}),
            ("SELECT 1 FROM annotator WHERE uid = ?", {(where[1],) for where in wheres}),
            (_TAG, {tuple(said.shared[name] for name in names) for said in self._said.values()}),
        ):
            for values in found:
                if self._connection.execute(query, values).fetchone() is None:
                    raise refused(f"{' '.join(map(str, values))} is not there")


def refused(what: str) -> ChangeRefused:
    """Return the error of what the library does not take."""
    return ChangeRefused(
        f"The library refused the change: {what}.",
        "Run `reader doctor`; if it finds nothing wrong, please report it.",
    )


def as_json(value: str | None) -> str:
    """Return words as they stand in a patch."""
    return "null" if value is None else encode_basestring(value)


def _marked(where: Where, rev: int, at: str) -> Marked:
    """Return what is the same in highlights; the names in a patch are sorted, as in all the log."""
    version, annotator, flag, implicit, origin, extra = where
    patch = (
        f'{{"annotator_uid":{encode_basestring(annotator)},"end":',
        f',"extra_spans":{extra},"fate":null,"flag":{_WORDS[flag]}'
        f',"implicit":{_WORDS[implicit]},"note":',
        f',"origin":{encode_basestring(origin)},"prefix":',
        f',"version_uid":{encode_basestring(version)},"was":null}}',
    )
    shared = {
        "version_uid": version,
        "annotator_uid": annotator,
        "extra_spans": extra.replace(",", ", "),  # as the tables have it
        "flag": flag,
        "implicit": implicit,
        "origin": origin,
        "created_at": at,
        "updated_at": at,
        "rev": rev,
    }
    return Marked(patch, shared, [])


def _said(item: Judgement, at: str) -> Said:
    if item.confidence not in _CONFIDENCES or not 0 <= (item.likelihood or 0) <= 100:
        raise refused(f"confidence {item.confidence}, likelihood {item.likelihood}")
    head = (
        f'{{"codebook":{encode_basestring(item.codebook)},"facet":{encode_basestring(item.facet)},'
        '"highlight_uid":"'
    )
    middle = (
        f'","value":{{"code":{encode_basestring(item.code)},'
        f'"codebook_version":{item.codebook_version},"confidence":{as_json(item.confidence)},'
        f'"likelihood":{"null" if item.likelihood is None else item.likelihood},"reason":'
    )
    shared = {
        "codebook": item.codebook,
        "facet": item.facet,
        "codebook_version": item.codebook_version,
        "code": item.code,
        "confidence": item.confidence,
        "likelihood": item.likelihood,
        "created_at": at,
        "updated_at": at,
        "rev": 1,
    }
    return Said(head, middle, shared, [])
