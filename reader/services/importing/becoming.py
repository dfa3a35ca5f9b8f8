"""Says what the rows of an import become: highlights in their places, or problems."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.highlight import CONTEXT, around
from reader.domain.operation import new_uid
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.formats.csv_import import KINDS
from reader.formats.csv_row import Imported, Rejected, RowKind
from reader.formats.csv_said import SaidRow
from reader.services.codebooks.tags import Tags
from reader.services.importing.locating import Locator, Place
from reader.services.importing.meaning import Meaning, Meanings, Rejection
from reader.services.importing.report import ImportReport, Problem
from reader.storage.library import Library
from reader.storage.new_highlights import NewHighlight

_SHOWN = 200
"""Characters of an orphan's words in the report."""


@dataclass(slots=True)  # what is not known at first is filled in
class Common:
    """What the rows of one kind become, on one version; it is worked out once for all of them.

    Attributes:
        meaning: What the kind says.
        article_uid: The article.
        version_uid: Its version.
        by_quote: Its rows were found by their words, not by their offsets.
        carried: Their highlights were carried over from another version.
        flag: They are flagged to check later.
        implicit: They are made by a tag or a flag, and gone with the last of them.
        origin: How they came about.
        owner: Uid of whose they are; empty until it is known.
        kept: Whether the library was seen to have a copy of their codebooks.
    """

    meaning: Meaning
    article_uid: str
    version_uid: str
    by_quote: bool
    carried: bool
    flag: bool
    implicit: bool
    origin: str
    owner: str = ""
    kept: bool = False


Wanted = tuple[Imported, Common, NewHighlight]
"""A row whose place is known, and what it would become; owner and judgements are not filled in."""


class Becoming:
    """Finds out what rows become.

    Args:
        library: The library.
        tags: Finds the codebooks that are built in or used in the library.
        report: Told which rows are orphans.
        check: Sees that what a row tells beside its highlight can be taken in.
        as_mine: Whether rows become new highlights of who imports, whosever they are.
    """

    def __init__(
        self,
        library: Library,
        tags: Tags,
        report: ImportReport,
        check: Callable[[SaidRow], None],
        *,
        as_mine: bool = False,
    ) -> None:
        self._report, self._check, self._as_mine = report, check, as_mine
        self._meanings = Meanings(tags, as_mine=as_mine)
        self._locator = Locator(library)
        self._version = self._text = ""
        self._commons: dict[int, Common] = {}

    def of(self, row: Imported | Rejected) -> Wanted | Problem:
        """Return what a row would become, or why it becomes nothing.

        Most rows are of a kind and on a version of which there were others, and nothing but a
        highlight with tags: of those only the words have to be looked at.
        """
        if isinstance(row, Rejected):
            return Problem(row.line, "rejected", row.reason)
        common, text = self._commons.get(row.kind.number), self._text
        start, end = row.start, row.end
        if common is None or row.said is not None or row.extra_spans:
            return self._looked_at(row)
        if common.version_uid != self._version:
            return self._looked_at(row)
        if text[start:end] != row.text:
            return self._looked_at(row)
        highlight = NewHighlight(
            new_uid() if self._as_mine else row.highlight_id,
            common.version_uid,
            "",
            Span(start, end),
            (),
            row.text,
            text[max(0, start - CONTEXT) : start],
            text[end : end + CONTEXT],
            row.note,
            common.flag,
            common.implicit or row.note is not None,
            common.origin,
            [],
        )
        return row, common, highlight

    def _looked_at(self, row: Imported) -> Wanted | Problem:
        meaning = self._meanings.of(row.kind)
        if isinstance(meaning, Rejection):
            return Problem(row.line, "rejected", str(meaning))
        try:
            if row.said is not None:
                self._check(row.said)
        except Rejection as rejection:
            return Problem(row.line, "rejected", str(rejection))
        place = self._locator.place(row)
        if row.kind.orphaned and (place is None or place.by_quote) and not self._locator.missing:
            self._report.orphans += 1
            return Problem(row.line, "unplaced", _orphan(row))
        if place is None:
            return Problem(row.line, "unplaced", self._locator.why, self._locator.missing)
        common = _common(row, meaning, place)
        if self._as_mine:
            common.origin = "import:csv"
        if not place.by_quote:
            common = self._remembered(row.kind.number, common, place.text)
        highlight = _highlight(row, common, place)
        if self._as_mine:
            highlight.uid = new_uid()
        return row, common, highlight

    def known(self, kind: RowKind) -> Common | None:
        """Return what rows of a kind become, if one of them was seen in its place lately."""
        return self._commons.get(kind.number)

    def text_of(self, version_uid: str) -> str:
        """Return the text of a version."""
        return self._locator.text_of(version_uid)

    def _remembered(self, kind: int, common: Common, text: str) -> Common:
        """Return what is known of a kind of rows, and keep the text of the last at hand."""
        if len(self._commons) >= KINDS:
            self._commons.clear()
        self._version, self._text = common.version_uid, text
        return self._commons.setdefault(kind, common)


def _common(row: Imported, meaning: Meaning, place: Place) -> Common:
    kind = row.kind
    return Common(
        meaning=meaning,
        article_uid=place.article.uid,
        version_uid=place.version.uid,
        by_quote=place.by_quote,
        carried=kind.carried,
        flag=kind.flag,
        implicit=bool(meaning.judgements) or kind.flag,
        origin=kind.origin or "import:csv",
    )


def _highlight(row: Imported, common: Common, place: Place) -> NewHighlight:
    """Return what a row becomes, as far as its place and its own fields say it."""
    span = place.span
    start, end = span
    prefix, suffix = around(place.text, start, end)
    return NewHighlight(
        row.highlight_id,
        common.version_uid,
        "",
        span,
        _shifted(row, place) if row.extra_spans else (),
        place.text[start:end],
        prefix,
        suffix,
        row.note,
        common.flag,
        row.said is None and (common.implicit or row.note is not None),
        common.origin,
        [],
    )


def _orphan(row: Imported) -> str:
    """Return what is said of an orphan whose version is not here: it is put nowhere else."""
    words = " ".join(row.text[:_SHOWN].split())
    more = "…" if len(row.text) > _SHOWN else ""
    return f"it is an orphan, and the version that has it is not in the library: “{words}{more}”"


def _shifted(row: Imported, place: Place) -> tuple[Span, ...]:
    """Return further stretches, moved with the first; those that fall out of the text go."""
    by = place.span.start - row.start
    moved = (Span(start + by, end + by) for start, end in row.extra_spans)
    length = len(place.text)
    return tuple(span for span in moved if span.start >= 0 and span.end <= length)
