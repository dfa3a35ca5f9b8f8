"""Highlights with their words and who marked them, as exports and comparisons want them.

Import late: no first screen needs them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.highlight import Anchor, Highlight
from reader.domain.records import dataclass
from reader.storage.connection import decoded, worded
from reader.storage.highlights import COLUMNS, PAGE, highlight_from, of_annotators

if TYPE_CHECKING:
    from reader.storage.highlights import Highlights

_OWN = 15
"""How many columns are the highlight's own; those of the anchor follow, and the handle."""


@dataclass(frozen=True, slots=True)
class AnchoredHighlight:
    """A highlight with its stored anchor and its annotator's handle."""

    highlight: Highlight
    anchor: Anchor
    annotator: str


def anchored(
    highlights: Highlights,
    connection: sqlite3.Connection,
    path: Path,
    version_uid: str,
    by: Collection[str] | None = None,
) -> Iterator[AnchoredHighlight]:
    """Yield the live highlights on a version, in document order, by the page.

    Args:
        highlights: Reads their judgements.
        connection: To the library.
        path: Its file, for messages.
        version_uid: The version.
        by: Uids of the annotators whose highlights are wanted; None is all.

    Raises:
        StorageError: They cannot be read.
    """
    whose, uids = of_annotators(by)
    after: tuple[int, int, str] | None = (-1, -1, "")
    while after is not None:
        with worded(path):
            rows = connection.execute(
                f"SELECT {COLUMNS}, exact, prefix, suffix, handle FROM highlight"  # noqa: S608 - own names
                " JOIN annotator ON annotator.uid = annotator_uid"
                f" WHERE highlight.deleted_at IS NULL AND version_uid = ? {whose}"
                ' AND (start, "end", highlight.uid) > (?, ?, ?)'
                f' ORDER BY start, "end", highlight.uid LIMIT {PAGE}',
                (version_uid, *uids, *after),
            ).fetchall()
            judgements = highlights.judgements_on([row[0] for row in rows])
        for row in rows:
            with decoded(path):
                highlight = highlight_from(row, judgements.get(row[0], ()))
            yield AnchoredHighlight(highlight, Anchor(*row[_OWN : _OWN + 3]), row[_OWN + 3])
        last = rows[-1] if len(rows) == PAGE else None
        after = (last[3], last[4], last[0]) if last else None
