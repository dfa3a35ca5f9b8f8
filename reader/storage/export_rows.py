"""Highlights as plain tuples, for exports of millions: no object is made of any of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.late import Late
from reader.domain.text import Span
from reader.storage.connection import decoded, worded
from reader.storage.highlights import of_annotators

if TYPE_CHECKING:
    import json
else:
    json = Late("json")

OWN = 13
"""Values at the beginning of a row that differ from highlight to highlight: uid, start, end, extra
spans (a tuple, None if there are none), note, created_at, updated_at, rev, exact, prefix, suffix,
the words in an earlier version if they were others; and the reason of the judgement."""

_SPANS = 3
_ROWS = """
SELECT
    highlight.uid, highlight.start, highlight."end", nullif(highlight.extra_spans, '[]'),
    highlight.note, highlight.created_at, highlight.updated_at, highlight.rev,
    highlight.exact, highlight.prefix, highlight.suffix,
    nullif(json_extract(highlight.was, '$.exact'), highlight.exact), judgement.reason,
    highlight.annotator_uid, highlight.flag, highlight.origin, highlight.fate, highlight.note > '',
    judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code,
    judgement.confidence, judgement.likelihood, judgement.reason > ''
FROM highlight
LEFT JOIN judgement ON judgement.highlight_uid = highlight.uid AND judgement.deleted_at IS NULL
WHERE highlight.version_uid = ? AND highlight.deleted_at IS NULL
"""
_ORDER = 'ORDER BY highlight.start, highlight."end", highlight.uid'
_by_judgement = itemgetter(OWN + 5, OWN + 7, OWN + 8)

Row = tuple[Any, ...]


def export_rows(
    connection: sqlite3.Connection,
    path: Path,
    version_uid: str,
    by: Collection[str] | None = None,
) -> Iterator[list[Row]]:
    """Yield the live highlights on a version, in document order.

    Args:
        connection: To the library.
        path: Its file, for messages.
        version_uid: The version.
        by: Uids of the annotators whose highlights are wanted; None is all.

    Yields:
        The rows of one highlight: one for each live judgement, ordered by codebook, facet and code,
        or a single one with None in their place. A row is what differs from highlight to highlight
        (see :data:`OWN`), then what many have in common: annotator uid, flag, origin, fate,
        whether there is a note; codebook, version, facet, code, confidence, likelihood of the
        judgement, whether there is a reason.
    """
    whose, uids = of_annotators(by)
    found = _read(connection.execute(f"{_ROWS} {whose} {_ORDER}", (version_uid, *uids)), path)
    for _, group in groupby(found, itemgetter(0)):
        rows = list(group)
        if len(rows) > 1:
            rows.sort(key=_by_judgement)
        if rows[0][_SPANS] is not None:
            with decoded(path):
                spans = tuple(Span(*span) for span in json.loads(rows[0][_SPANS]))
            rows = [(*row[:_SPANS], spans, *row[_SPANS + 1 :]) for row in rows]
        yield rows


def _read(cursor: sqlite3.Cursor, path: Path) -> Iterator[Row]:
    """Yield the rows of a query, wording what can go wrong while they are read."""
    while True:
        with worded(path):
            page = cursor.fetchmany(1_000)
        if not page:
            return
        yield from page
