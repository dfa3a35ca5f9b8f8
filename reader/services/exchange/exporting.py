"""Writes highlights to a file, from any front end, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.domain.article import Article
from reader.domain.codebook import Codebook
from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.formats.atomic import replacing
from reader.formats.csv_export import Writable, write_lines
from reader.services.codebooks.finding import statement_facet
from reader.services.codebooks.tags import Tags
from reader.services.exchange.export_lines import Kinds, lines_of
from reader.services.exchange.export_said import Telling
from reader.storage.library import Library

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


def export_csv(
    library: Library,
    article_uids: Sequence[str] | None,
    target: Path | Writable,
    *,
    codebook: Codebook,
    facet: str | None = None,
    spreadsheet: bool = False,
    all_statements: bool = False,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportResult:
    """Write the highlights of all annotators as CSV.

    What is read is one state of the library, whatever is saved meanwhile by others.

    Args:
        library: The library.
        article_uids: The articles; None is all, in the order of adding.
        target: A file, replaced as a whole or not at all, or a stream.
        codebook: Whose facet the tag columns are of.
        facet: Id of the facet; None is the first one for statements.
        spreadsheet: Make it safe to open in a spreadsheet.
        all_statements: Add a row for each statement without a highlight.
        force: Replace a file that is there.
        progress: Called with the number of rows so far.
        cancelled: Asked now and then; True ends it.

    Raises:
        Cancelled: ``cancelled`` said so.
        UsageError: The file is there already, an article is not, or the codebook has no such facet.
        ReaderError: The file cannot be written.
        StorageError: The library cannot be read.
    """
    chosen = statement_facet(codebook, facet)
    with library.snapshot():
        articles = articles_of(library, article_uids)
        tags = Tags(library, codebook)
        handles = library.annotators.handles()
        kinds = Kinds(codebook, chosen, tags, handles, Telling(library, handles), spreadsheet)
        lines = _watched(
            (
                line
                for article in articles
                for line in lines_of(library, article, kinds, all_statements)
            ),
            progress or (lambda count: None),
            cancelled or (lambda: False),
        )
        if isinstance(target, Path):
            with replacing(target, force=force) as file:
                count = write_lines(lines, file)
            return ExportResult(count, len(articles), target)
        return ExportResult(write_lines(lines, target), len(articles), None)


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


def _watched(
    lines: Iterator[str], progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> Iterator[str]:
    """Yield the lines, telling the progress and ending when that is wished."""
    count = 0
    if cancelled():
        raise Cancelled
    for count, line in enumerate(lines, 1):
        yield line
        if count % STEP == 0:
            progress(count)
            if cancelled():
                raise Cancelled
    progress(count)
