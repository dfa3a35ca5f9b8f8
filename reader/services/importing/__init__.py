"""Reads highlights from a file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, TextIOWrapper
from itertools import islice
from pathlib import Path

from reader.domain.errors import InputError
from reader.formats.csv_exported import ExportedReader, is_exported
from reader.formats.csv_import import RowReader, lines_of
from reader.services.importing.importer import Importer
from reader.services.importing.report import ImportReport
from reader.storage.library import Library

STEP = 200
"""Rows after which progress is told and a cancellation is noticed."""

_ROW_BYTES = 500
"""What a row of the file takes, about."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user has called it off; nothing was changed."""


def import_csv(
    library: Library,
    path: Path,
    actor: str,
    *,
    as_mine: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Read highlights from a CSV file into the library; all of it or, if it fails, nothing.

    What is new on one article is one group of the actor's: one undo takes it back. Highlights keep
    their owner, id and origin; when they were made is when they are imported, since that is what
    the log can vouch for. A highlight that is there already is left as it is, as is one of the same
    annotator on the same words.

    Args:
        library: The library; the articles must be in it.
        path: The file.
        actor: Uid of the annotator who imports.
        as_mine: Whether all rows become new highlights of the actor's, whosever they are.
        progress: Called with the number of rows so far.
        cancelled: Asked now and then; True ends it.

    Raises:
        Cancelled: ``cancelled`` said so.
        InputError: The file cannot be read, or is no CSV of this kind.
        StorageError: The library cannot be written.
    """
    with (
        _opened(path) as raw,
        library.large_unit_of_work(_operations_in(path)) as waiting,
        _no_search_for_garbage(),
    ):
        reader = _reader(raw, str(path))
        importer = Importer(library, actor, waiting, as_mine=as_mine)
        importer.report.unknown_columns = reader.unknown_columns
        for _ in _taken(reader, importer):
            if progress:
                progress(importer.report.read)
            if cancelled and cancelled():
                raise Cancelled
        importer.end()
    return importer.report


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Do not look for garbage meanwhile: rows leave none, and each look goes through a page."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _operations_in(path: Path) -> int:
    """Return about how many operations the rows of a file become."""
    return path.stat().st_size // _ROW_BYTES * 2  # a highlight and a tag on it


def _reader(raw: BufferedReader, name: str) -> RowReader:
    """Return what reads a file: if it lies as it was exported, most of it in columns."""
    if is_exported(raw):
        return ExportedReader(raw, name)
    # To look for the ends of lines of all systems takes longer than to decode.
    newline = "\n" if b"\n" in raw.peek() else ""
    return RowReader(
        lines_of(TextIOWrapper(raw, encoding="utf-8-sig", newline=newline), name), name
    )


def _taken(reader: RowReader, importer: Importer) -> Iterator[None]:
    """Give the rows of a file to the importer; yield now and then."""
    if isinstance(reader, ExportedReader):
        for page in reader.pages():
            importer.take_page(page)
            yield
        return
    rows = reader.rows()
    while some := list(islice(rows, STEP)):
        importer.take(some)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Open the file, and word what can go wrong with it."""
    try:
        with path.open("rb") as raw:
            yield raw
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text.", "Save it as CSV UTF-8 (comma separated) and try again."
        ) from error
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist.", "Check the name and the folder.") from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the name."
        ) from error
