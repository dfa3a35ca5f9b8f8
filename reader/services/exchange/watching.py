"""What exports have in common: which articles, how far they are, and whether to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

from reader.domain.article import Article
from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.formats.atomic import Writable
from reader.storage.library import Library

Item = TypeVar("Item")

STEP = 500
"""Rows after which progress is told and a cancellation is noticed."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user has called it off; the old file is as it was."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written.

    Attributes:
        rows: Rows without the header.
        articles: How many articles were gone through.
        path: The file, or None if the target was a stream.
    """

    rows: int
    articles: int
    path: Path | None

    @classmethod
    def of(cls, target: Path | Writable, rows: int, articles: Sequence[Article]) -> Self:
        """Return what was written to a file or stream."""
        return cls(rows, len(articles), target if isinstance(target, Path) else None)


class Watch:
    """Tells how far an export is, and ends it when that is wished.

    Args:
        progress: Called with the number of rows so far.
        cancelled: Asked now and then; True ends it.
    """

    def __init__(
        self,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._count = 0

    def look(self) -> None:
        """End the export if that is wished.

        Raises:
            Cancelled: It is.
        """
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def one_more(self) -> None:
        """Count a row that was written.

        Raises:
            Cancelled: The export shall end.
        """
        self._count += 1
        if self._count % STEP == 0:
            self._tell()
            self.look()

    def all_of(self, rows: Iterable[Item]) -> Iterator[Item]:
        """Yield rows, all there are, and count them; the last number is told in any case.

        Raises:
            Cancelled: The export shall end.
        """
        self.look()
        for row in rows:
            yield row
            self.one_more()
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._count)


def articles_of(library: Library, uids: Sequence[str] | None) -> list[Article]:
    """Return articles by their uids, each once; None is all, in the order of adding.

    Raises:
        UsageError: One is not in the library.
    """
    found = []
    for uid in dict.fromkeys(library.articles.in_order() if uids is None else uids):
        article = library.articles.get(uid)
        if article is None:
            raise UsageError("The article is not in the library.", "See `reader list`.")
        found.append(article)
    return found
