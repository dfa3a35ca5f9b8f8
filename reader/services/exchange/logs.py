"""Exchanges the log itself: as JSON lines, or directly between two library files.

Taking in is the union of both logs; what a field holds is what the latest operation by the clock
said of it. It can be repeated, in any order, and gives the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.domain.errors import DatabaseNewer, InputError, NotADatabase, UsageError
from reader.domain.operation import now
from reader.domain.records import dataclass
from reader.formats.atomic import Writable, written_to
from reader.formats.jsonl import (
    FORMAT,
    LINE_LIMIT,
    VERSION,
    Line,
    Record,
    fields_of,
    read_lines,
    write_jsonl,
)
from reader.formats.jsonl_check import operation_from
from reader.formats.jsonl_content import capture_from, codebook_from
from reader.formats.jsonl_fields import Refused
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.domain.operation import Change
    from reader.storage.merging.merge import Merge, Settling

STEP = 500
"""Records after which progress is told."""
LISTED = 1_000
"""Problems that a report lists; more are only counted."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was not taken in.

    Attributes:
        line: Its line in the file (or number in the other library), from 1.
        reason: Why, in words.
    """

    line: int
    reason: str


@dataclass(slots=True)
class TakenIn:
    """What taking in did.

    Attributes:
        read: Operations read.
        imported: Operations that are new here.
        present: Operations that were here already.
        rejected: Records of any kind that were not taken in.
        articles: Captures that are new here.
        codebooks: Codebook versions that are new here.
        joined: Highlights that were joined into older ones of the same annotator on the same words.
        stay_deleted: Highlights that one library had deleted and the other changed; the changes
            are in the log only.
        purged: Records that were left out, because their article was purged from this library.
        cut: Whether the file ends before its end.
        problems: Why records were rejected; at most :data:`LISTED`.
    """

    read: int = 0
    imported: int = 0
    present: int = 0
    rejected: int = 0
    articles: int = 0
    codebooks: int = 0
    joined: int = 0
    stay_deleted: int = 0
    purged: int = 0
    cut: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything was taken in."""
        return not (self.rejected or self.cut)


def records_of(library: Library) -> Iterator[Record]:
    """Yield everything another library needs: content first, then operations in clock order."""
    contents = library.contents()
    yield from contents.codebooks()
    yield from contents.captures()
    yield from library.log.operations(everything=True)


def export_jsonl(
    library: Library,
    target: Path | Writable,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the whole library as JSON lines and return the number of records.

    Args:
        library: The library.
        target: A file, replaced as a whole or not at all, or a stream.
        force: Replace a file that is there.
        progress: Called with the number of records so far.

    Raises:
        UsageError: The file is there already.
        ReaderError: The file cannot be written.
        StorageError: The library cannot be read.
    """
    with library.snapshot():
        records = _counted(records_of(library), progress)
        about = {"library": library.contents().library_uid(), "at": now()}
        with written_to(target, force=force) as file:
            return write_jsonl(records, file, **about)


def _counted(records: Iterator[Record], progress: Progress | None) -> Iterator[Record]:
    count = 0
    for count, record in enumerate(records, 1):
        yield record
        if progress and count % STEP == 0:
            progress(count)
    if progress:
        progress(count)


def import_jsonl(library: Library, path: Path, *, progress: Progress | None = None) -> TakenIn:
    """Take in a file of JSON lines: into an empty library it gives the same library again.

    A line that cannot be taken in is rejected with its whole group of operations, and with the
    groups that need it; all others are taken in, in one transaction.

    Args:
        library: The library.
        path: The file.
        progress: Called with the number of lines so far.

    Raises:
        InputError: The file cannot be read, or is none of this kind; nothing was changed.
        StorageError: The library cannot be written; nothing was changed.
    """
    try:
        with path.open("rb") as file:
            return _import(library, file, path, progress)
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist.", "Check the name and the folder.") from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the name."
        ) from error


def _import(library: Library, file: BinaryIO, path: Path, progress: Progress | None) -> TakenIn:
    with library.merging(_settling(library)) as merge:
        taker = _Taker(merge)
        lines = read_lines(file, LINE_LIMIT)
        _see_header(next(lines, None), path)
        for count, line in enumerate(lines, 1):
            taker.line(line)
            if progress and count % STEP == 0:
                progress(count)
        taker.end_of_file()
        return taker.finish()


def _see_header(line: Line | None, path: Path) -> None:
    """Refuse a file that is none of this kind.

    Raises:
        InputError: It is none.
    """
    fields = line.fields if line else None
    if not fields or fields.get("record") != "header" or fields.get("format") != FORMAT:
        raise InputError(
            f"{path} is no file that `reader export jsonl` wrote.", "See the first line of it."
        )
    if fields.get("version") != VERSION:
        raise InputError(f"{path} was written by a newer version of reader.", "Update reader.")


def merge_library(library: Library, path: Path, *, progress: Progress | None = None) -> TakenIn:
    """Take in another library file; see :func:`import_jsonl`.

    Args:
        library: The library that takes in.
        path: The other one's file; it is only read.
        progress: Called with the number of records so far.

    Raises:
        UsageError: It is the library itself.
        InputError: There is no such file, or it cannot be looked at.
        StorageError: One of them cannot be opened, or ours not be written; nothing was changed.
    """
    _check_other(library, path)
    with _other(path) as other:
        if other.is_newer:
            raise DatabaseNewer(
                f"{path} was written by a newer version of reader.", "Update reader."
            )
        with library.merging(_settling(library)) as merge, other.snapshot():
            taker = _Taker(merge)
            for number, record in enumerate(_counted(records_of(other), progress), 1):
                taker.record(number, fields_of(record))
            return taker.finish()


def _check_other(library: Library, path: Path) -> None:
    """See that a library that is to be taken in is a file, and another one."""
    try:
        if path.exists() and path.samefile(library.path):
            raise UsageError(f"{path} is the library itself.", "Name another one.")
        if not path.exists():
            raise InputError(f"{path} does not exist.", "Check the name and the folder.")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Check the name, and who may read there.",
        ) from error
    if path.is_dir():
        raise InputError(f"{path} is a folder.", "Name a library file in it.")


def _other(path: Path) -> Library:
    """Open the library that is taken in."""
    try:
        return Library(path, read_only=True)
    except NotADatabase as error:
        raise NotADatabase(error.message, "Name another library file to take in.") from error


def _settling(library: Library) -> Settling:
    """Return what works out the changes where one library captured again what the other marked."""

    def settling(article_uid: str) -> list[tuple[str, Change]]:
        from reader.services.changes.settling import settling_changes  # late: seldom needed

        return settling_changes(library, article_uid)

    return settling


class _Taker:
    """Takes records one by one, checking each.

    Args:
        merge: The taking in.
    """

    def __init__(self, merge: Merge) -> None:
        self.report = TakenIn()
        self._merge = merge
        self._count = 0
        self._ended = False
        self._last_group = ""

    def line(self, line: Line) -> None:
        """Take a line of a file, of which several may follow each other."""
        kind = line.fields.get("record") if line.fields is not None else None
        if kind == "header":
            self._ended, self._count = False, 0
        elif kind == "end" and line.fields is not None:
            self._ended = True
            self.report.cut |= line.fields.get("records") != self._count
        else:
            self._ended = False
            self._count += 1
            if line.fields is None:
                self._reject(line.number, line.trouble)
            else:
                self.record(line.number, line.fields)

    def end_of_file(self) -> None:
        """See whether that was all; of an action that may be cut through nothing is taken."""
        self.report.cut |= not self._ended
        if not self._ended and self._last_group:
            self._merge.spoil(self._last_group, "the file is cut, perhaps within this action")

    def record(self, number: int, fields: Mapping[str, Any]) -> None:
        """Take a record, or note why not."""
        kind = fields.get("record")
        try:
            if kind == "operation":
                self.report.read += 1
                operation = operation_from(fields)
                self._last_group = operation.group_uid
                self._merge.operation(number, operation)
            elif kind == "capture":
                self._merge.capture(number, capture_from(fields))
            elif kind == "codebook":
                self._merge.codebook(number, codebook_from(fields))
            else:
                raise Refused(f"unknown kind of record: {str(kind)[:40]}")
        except Refused as refusal:
            self._reject(number, str(refusal))
            group = fields.get("group")
            if kind == "operation" and isinstance(group, str):
                self._merge.spoil(group)

    def _reject(self, number: int, reason: str) -> None:
        self.report.rejected += 1
        if len(self.report.problems) < LISTED:
            self.report.problems.append(Problem(number, reason))

    def finish(self) -> TakenIn:
        """Apply what was taken and return the report."""
        report, done = self.report, self._merge.finish()
        for number, reason in done.refused:
            self._reject(number, reason)
        report.problems.sort(key=lambda problem: problem.line)
        report.imported, report.present = done.operations, done.present
        report.articles, report.codebooks = done.captures, done.codebooks
        report.joined, report.purged = done.joined, done.purged
        report.stay_deleted = done.stay_deleted
        return report
