"""Reads highlights from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from reader.domain.article import Article
from reader.domain.codebook import Codebook
from reader.domain.errors import InputError, UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import Change, Group, new_uid, now
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.formats.csv_import import Imported, Rejected, RowReader, lines_of
from reader.services import codebooks
from reader.services.edits import changes_between
from reader.services.imported_judgements import JudgementReader, Rejection
from reader.services.locating import Locator, Place
from reader.services.places import check_handle
from reader.services.tags import Tags
from reader.storage.library import Library

STEP = 200
"""Rows after which progress is told and a cancellation is noticed."""
LISTED = 1_000
"""Problems that a report lists; more are only counted."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user has called it off; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that did not become a highlight, or not the same one.

    Attributes:
        line: Where the row begins in the file, from 1.
        kind: ``rejected``, ``unplaced`` or ``differs``.
        reason: Why, in words.
        article: What the article is called that the row needs and the library has not, or empty.
    """

    line: int
    kind: str
    reason: str
    article: str = ""


@dataclass(slots=True)
class ImportReport:
    """What an import did: ``read`` is the sum of all that follow it but ``differing`` and down.

    Attributes:
        read: Rows.
        imported: New highlights.
        present: Were there already.
        unplaced: Their words were not found, or not in one place only.
        rejected: Could not be understood.
        skipped: Rows of statements without a highlight.
        differing: Of those present: with other content, which was left as it is.
        by_quote: Of those imported: placed by their words.
        unknown_columns: Columns that were passed over.
        missing: How many of those not placed belong to an article that is not in the library, by
            what the article is called.
        problems: Why; at most :data:`LISTED`.
    """

    read: int = 0
    imported: int = 0
    present: int = 0
    unplaced: int = 0
    rejected: int = 0
    skipped: int = 0
    differing: int = 0
    by_quote: int = 0
    unknown_columns: tuple[str, ...] = ()
    missing: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def trouble(self, line: int, kind: str, reason: str, article: str = "") -> None:
        """Note why a row is not what it could be."""
        if article:
            self.missing[article] = self.missing.get(article, 0) + 1
        if len(self.problems) < LISTED:
            self.problems.append(Problem(line, kind, reason, article))


def import_csv(
    library: Library,
    path: Path,
    actor: str,
    *,
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
        progress: Called with the number of rows so far.
        cancelled: Asked now and then; True ends it.

    Raises:
        Cancelled: ``cancelled`` said so.
        InputError: The file cannot be read, or is no CSV of this kind.
        StorageError: The library cannot be written.
    """
    with _opened(path) as lines, library.unit_of_work():
        reader = RowReader(lines, str(path))
        importer = _Importer(library, actor)
        importer.report.unknown_columns = reader.unknown_columns
        for row in reader.rows():
            importer.take(row)
            if importer.report.read % STEP == 0:
                if progress:
                    progress(importer.report.read)
                if cancelled and cancelled():
                    raise Cancelled
        if progress:
            progress(importer.report.read)
    return importer.report


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[str]]:
    """Open the file, in lines, and word what can go wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield lines_of(file, str(path))
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


@dataclass(slots=True)
class _Action:
    """The group that what is new on one article belongs to."""

    uid: str
    codebooks: set[tuple[str, int]] = field(default_factory=set)


class _Importer:
    """Takes rows one by one, inside one transaction.

    Args:
        library: The library.
        actor: Who imports.
    """

    def __init__(self, library: Library, actor: str) -> None:
        self.report = ImportReport()
        self._library = library
        self._actor = actor
        self._tags = Tags(library, *codebooks.available(library))
        self._reader = JudgementReader(self._tags)
        self._locator = Locator(library)
        self._annotators: dict[str, str] = {}
        self._actions: dict[str, _Action] = {}

    def take(self, row: Imported | Rejected | None) -> None:
        """Import a row, or note why not; None is a row that stands for no highlight."""
        report = self.report
        report.read += 1
        if row is None:
            report.skipped += 1
        elif isinstance(row, Rejected):
            self._reject(row.line, row.reason)
        else:
            try:
                self._import(row)
            except Rejection as rejection:
                self._reject(row.line, str(rejection))

    def _reject(self, line: int, reason: str) -> None:
        self.report.rejected += 1
        self.report.trouble(line, "rejected", reason)

    def _import(self, row: Imported) -> None:
        judgements = self._reader.judgements(row)
        handle = self._handle(row)
        place = self._locator.place(row)
        if place is None:
            self.report.unplaced += 1
            locator = self._locator
            self.report.trouble(row.line, "unplaced", locator.why, locator.missing)
            return
        there = self._there(row, place, self._find_owner(handle))
        if there is not None:
            owner = self._find_owner(handle) or ""
            self._compare(row, there, _highlight(row, place, owner, there.uid, judgements))
            return
        owner = self._find_owner(handle) or self._enter(handle)
        uid = self._free_uid(row.highlight_id)
        highlight = _highlight(row, place, owner, uid, judgements)
        self._write(place, self._reader.named(highlight))

    # ------------------------------------------------------------------ what the row says

    def _handle(self, row: Imported) -> str:
        """Return the handle of whose highlight it is; empty is the actor."""
        try:
            return check_handle(row.annotator) if row.annotator else ""
        except UsageError as error:
            raise Rejection(f"the annotator is refused: {error.message}") from error

    def _find_owner(self, handle: str) -> str | None:
        """Return the uid of an annotator, or None for one who was never mentioned here."""
        if not handle:
            return self._actor
        if handle not in self._annotators:
            known = self._library.find_annotator(handle)
            if known is None:
                return None
            self._annotators[handle] = known
        return self._annotators[handle]

    def _enter(self, handle: str) -> str:
        """Enter an annotator and return the uid."""
        uid = self._annotators[handle] = new_uid()
        fields = {"handle": handle, "name": None, "kind": "human"}
        change = Change("annotator", uid, fields)
        group = Group("annotator", self._actor, None, (change,), summary=handle)
        self._library.log.write([group])
        return uid

    # ------------------------------------------------------------------ what is there

    def _there(self, row: Imported, place: Place, owner: str | None) -> Highlight | None:
        """Return the live highlight of that id, or of that person on the same words, or None."""
        highlights = self._library.highlights
        same = highlights.get(row.highlight_id)
        if same is not None or owner is None:
            return same
        return highlights.with_span(place.version.uid, owner, *place.span)

    def _compare(self, row: Imported, there: Highlight, wanted: Highlight) -> None:
        self.report.present += 1
        full = wanted.judgements[len(row.other_tags) :][:1]  # those before are of other facets
        if _content(there, full) != _content(self._reader.named(wanted), full):
            self.report.differing += 1
            self.report.trouble(
                row.line, "differs", "it is there already with other content, which stays"
            )

    def _free_uid(self, uid: str) -> str:
        """Return the id, or a new one if it belongs to a highlight that was deleted here."""
        return new_uid() if self._library.highlights.exists(uid) else uid

    # ------------------------------------------------------------------ writing

    def _write(self, place: Place, highlight: Highlight) -> None:
        action = self._actions.setdefault(place.article.uid, _Action(new_uid()))
        for item in highlight.judgements:
            self._keep_codebook(action, place.article, item)
        changes = changes_between(None, highlight, place.version.text)
        self._library.log.write([self._group(action, place.article, changes)])
        self.report.imported += 1
        self.report.by_quote += place.by_quote

    def _keep_codebook(self, action: _Action, article: Article, item: Judgement) -> None:
        """See that the library has a copy of the codebook before a judgement refers to it."""
        key = (item.codebook, item.codebook_version)
        if key not in action.codebooks:
            action.codebooks.add(key)
            book = self._tags.codebook(*key)
            self._library.log.write([self._group(action, article, (), book)])

    def _group(
        self,
        action: _Action,
        article: Article,
        changes: Sequence[Change],
        codebook: Codebook | None = None,
    ) -> Group:
        """Return a part of an article's group; all parts have its uid."""
        return Group(
            "import",
            self._actor,
            article.uid,
            tuple(changes),
            summary="import from CSV",
            codebook=codebook,
            uid=action.uid,
        )


def _highlight(
    row: Imported, place: Place, owner: str, uid: str, judgements: tuple[Judgement, ...]
) -> Highlight:
    made = now()
    return Highlight(
        uid=uid,
        version_uid=place.version.uid,
        annotator_uid=owner,
        start=place.span.start,
        end=place.span.end,
        extra_spans=_shifted(row, place),
        note=row.note,
        flag=row.flag,
        implicit=bool(judgements or row.note or row.flag),
        origin=row.origin or "import:csv",
        created_at=made,
        updated_at=made,
        judgements=judgements,
    )


def _shifted(row: Imported, place: Place) -> tuple[Span, ...]:
    """Return further stretches, moved with the first; those that fall out of the text go."""
    by = place.span.start - row.start
    moved = (Span(start + by, end + by) for start, end in row.extra_spans)
    length = len(place.version.text)
    return tuple(span for span in moved if span.start >= 0 and span.end <= length)


def _content(highlight: Highlight, full: Sequence[Judgement]) -> tuple[object, ...]:
    """Return what the CSV holds of a highlight, to see whether two are the same.

    Args:
        highlight: The highlight.
        full: The judgement that the row says more of than its tag; of others it has the tag alone.
    """
    said_of = [_tag(item) for item in full]
    judgements = [
        (_tag(j), *((j.confidence, j.likelihood, j.reason) if _tag(j) in said_of else ()))
        for j in highlight.judgements
    ]
    whose = (highlight.version_uid, highlight.annotator_uid)
    said = (highlight.note, highlight.flag, judgements)
    return (*whose, highlight.span, highlight.extra_spans, *said)


def _tag(item: Judgement) -> tuple[object, ...]:
    return item.codebook, item.codebook_version, item.facet, item.code
