"""Writes highlights to a file, from any front end, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from reader.domain.codebook import Codebook
from reader.formats.atomic import Writable, written_to
from reader.formats.csv_export import write_lines
from reader.services.codebooks.finding import statement_facet
from reader.services.codebooks.tags import Tags
from reader.services.exchange.export_lines import Kinds, lines_of
from reader.services.exchange.export_said import Telling
from reader.services.exchange.watching import ExportResult, Watch, articles_of
from reader.storage.library import Library


def export_csv(
    library: Library,
    article_uids: Sequence[str] | None,
    target: Path | Writable,
    *,
    codebook: Codebook,
    facet: str | None = None,
    by: Collection[str] | None = None,
    spreadsheet: bool = False,
    all_statements: bool = False,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportResult:
    """Write highlights as CSV.

    What is read is one state of the library, whatever is saved meanwhile by others.

    Args:
        library: The library.
        article_uids: The articles; None is all, in the order of adding.
        target: A file, replaced as a whole or not at all, or a stream.
        codebook: Whose facet the tag columns are of.
        facet: Id of the facet; None is the first one for statements.
        by: Uids of the annotators whose highlights, relations and judgements are written; None is
            all.
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
        telling = Telling(library, handles, by)
        kinds = Kinds(codebook, chosen, tags, handles, telling, spreadsheet)
        lines = (
            line
            for article in articles
            for line in lines_of(library, article, kinds, all_statements, by)
        )
        with written_to(target, force=force) as file:
            count = write_lines(Watch(progress, cancelled).all_of(lines), file)
        return ExportResult.of(target, count, articles)
