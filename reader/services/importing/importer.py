"""Takes the rows of an import, page by page: what is there is looked up, and written, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight, Judgement, around
from reader.domain.operation import Change, Group, new_uid
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.formats.csv_import import Imported, Rejected
from reader.services.codebooks import finding as codebooks
from reader.services.codebooks.tags import Tags
from reader.services.importing.locating import Locator, Place
from reader.services.importing.meaning import Meaning, Meanings, Rejection
from reader.services.importing.report import ImportReport, Problem
from reader.storage.library import Library
from reader.storage.new_highlights import NewHighlight

if TYPE_CHECKING:
    from reader.services.importing.beside import Beside
    from reader.storage.upkeep import PutOff

PAGE = 4_000
"""Rows, about, that are looked up and written together."""

_SHOWN = 200
"""Characters of an orphan's words in the report."""

Spot = tuple[str, str, Span]
"""Version, annotator and stretch of a highlight."""


@dataclass(slots=True)
class _Action:
    """The group that what is new on one article belongs to, and the codebooks kept with it."""

    group: Group
    codebooks: set[tuple[str, int]] = field(default_factory=set)


@dataclass(slots=True)  # not frozen: a million are made
class _Wanted:
    """A row whose place is known.

    Attributes:
        row: The row.
        meaning: What its kind says.
        article_uid: The article that it is on.
        by_quote: It was found by its words, not by its offsets.
        highlight: What it would become; owner and judgements are not filled in yet.
    """

    row: Imported
    meaning: Meaning
    article_uid: str
    by_quote: bool
    highlight: NewHighlight


class Importer:
    """Takes rows one by one, inside one transaction; :meth:`finish` ends it.

    Attributes:
        report: What was done so far.

    Args:
        library: The library.
        actor: Uid of who imports.
        waiting: What upkeep is put off in the transaction.
    """

    def __init__(self, library: Library, actor: str, waiting: PutOff) -> None:
        self.report = ImportReport()
        self._waiting = waiting
        self._library = library
        self._actor = actor
        self._tags = Tags(library, *codebooks.available(library))
        self._meanings = Meanings(self._tags)
        self._locator = Locator(library)
        self._annotators: dict[str, str] = {"": actor}
        self._actions: dict[str, _Action] = {}
        self._page: list[Imported | Rejected] = []
        self._beside: Beside | None = None

    def take(self, rows: Sequence[Imported | Rejected | None]) -> None:
        """Import rows, or note why not; None is a row that stands for no highlight."""
        self.report.read += len(rows)
        said = [row for row in rows if row is not None]
        self.report.skipped += len(rows) - len(said)
        self._page += said
        if len(self._page) >= PAGE:
            self.finish()

    def finish(self) -> None:
        """Write what was taken."""
        page = [self._understood(row) for row in self._page]
        self._page = []
        wanted = [item for item in page if isinstance(item, _Wanted)]
        there = _There(self._library, [item.highlight for item in wanted], self._waiting)
        new: dict[str, list[NewHighlight]] = {}
        for item in page:
            if isinstance(item, Problem):
                self._note(item)
            elif self._is_new(item, there):
                new.setdefault(item.article_uid, []).append(item.highlight)
                self._keep_codebooks(item)
            elif self._differs(item, there, new):
                said = "it is there already with other content, which stays"
                self._note(Problem(item.row.line, "differs", said))
        self._write(new)
        if self._beside is not None:
            self._waiting.settle()
            self._beside.write()

    def end(self) -> None:
        """Write what was taken, and tell what leads nowhere: there is no more to come."""
        self.finish()
        if self._beside is not None:
            self._beside.end()

    @property
    def beside(self) -> Beside:
        """What takes in who said it, relations, evidence, from the first such row on."""
        if self._beside is None:
            from reader.services.importing.beside import Beside  # late: many files have none

            tags, report = self._tags, self.report
            enter, group = self._entered, self._group_of
            self._beside = Beside(self._library, self._actor, tags, report, enter, group)
        return self._beside

    def _note(self, problem: Problem) -> None:
        report = self.report
        report.rejected += problem.kind == "rejected"
        report.unplaced += problem.kind == "unplaced"
        report.differing += problem.kind == "differs"
        report.trouble(problem.line, problem.kind, problem.reason, problem.article)

    # ------------------------------------------------------------------ what a row says

    def _understood(self, row: Imported | Rejected) -> _Wanted | Problem:
        """Return what a row would become, or why it becomes nothing."""
        if isinstance(row, Rejected):
            return Problem(row.line, "rejected", row.reason)
        meaning = self._meanings.of(row.kind)
        if isinstance(meaning, Rejection):
            return Problem(row.line, "rejected", str(meaning))
        try:
            if row.said is not None:
                self.beside.check(row.said)
        except Rejection as rejection:
            return Problem(row.line, "rejected", str(rejection))
        place = self._locator.place(row)
        if row.kind.orphaned and (place is None or place.by_quote) and not self._locator.missing:
            self.report.orphans += 1
            return Problem(row.line, "unplaced", _orphan(row))
        if place is None:
            return Problem(row.line, "unplaced", self._locator.why, self._locator.missing)
        highlight = _highlight(row, place, bool(meaning.judgements))
        return _Wanted(row, meaning, place.article.uid, place.by_quote, highlight)

    def _owner(self, handle: str) -> str | None:
        """Return the uid of an annotator, or None for one who was never mentioned here."""
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

    def _entered(self, handle: str) -> str:
        """Return the uid of an annotator, entered if need be."""
        return self._owner(handle) or self._enter(handle)

    def _group_of(self, article_uid: str) -> Group:
        """Return the group of what is done in an article, without changes."""
        return (self._actions.get(article_uid) or self._begin(article_uid)).group

    # ------------------------------------------------------------------ what is there

    def _is_new(self, item: _Wanted, there: _There) -> bool:
        """Fill in what a highlight lacks and note that it is there now, unless it was already."""
        highlight, handle = item.highlight, item.meaning.handle
        owner = self._owner(handle)
        known = there.uid_of(highlight, owner)
        said = item.row.said
        if known is not None:
            highlight.annotator_uid = owner or ""
            if said is not None or known != item.row.highlight_id:
                self._is_there(item, known)
            return False
        highlight.annotator_uid = owner or self._enter(handle)
        there.add(highlight)
        if highlight.uid != item.row.highlight_id:
            self.beside.called(item.row.highlight_id, highlight.uid)
        if said is not None:
            where = (item.article_uid, highlight.uid, highlight.annotator_uid)
            self.beside.new(item.row.line, *where, said)
        highlight.judgements = item.meaning.judged(highlight.uid, item.row.reason)
        self.report.imported += 1
        self.report.by_quote += item.by_quote
        self.report.without_fate += item.row.kind.carried
        return True

    def _is_there(self, item: _Wanted, known: str) -> None:
        """Take what a row tells beside a highlight that is there already."""
        if known != item.row.highlight_id:
            self.beside.called(item.row.highlight_id, known)
        if item.row.said is not None:
            where = (item.article_uid, known, item.highlight.annotator_uid)
            self.beside.there(item.row.line, *where, item.row.said)

    def _differs(self, item: _Wanted, there: _There, new: dict[str, list[NewHighlight]]) -> bool:
        """Whether what is there already has other content."""
        self.report.present += 1
        uid = there.uid_of(item.highlight, item.highlight.annotator_uid) or ""
        if uid not in there.found:  # it came in with this page
            self._write(new)
            self._waiting.settle()
            there.found.update(self._library.highlights.all_of([uid]))
        said_of = item.meaning.said_of
        judgements = [made for _, made in item.meaning.judged(uid, item.row.reason)]
        full = judgements[said_of : said_of + 1] if said_of >= 0 else []
        old = there.found[uid]
        if self._beside is not None and self._beside.differs(uid, item.row.said):
            return True
        return _content(old, old.judgements, full) != _content(item.highlight, judgements, full)

    # ------------------------------------------------------------------ writing

    def _write(self, new: dict[str, list[NewHighlight]]) -> None:
        """Write the new highlights of each article, and forget them."""
        for article_uid, highlights in new.items():
            self._library.log.write_new(self._actions[article_uid].group, highlights, self._waiting)
        new.clear()

    def _keep_codebooks(self, item: _Wanted) -> None:
        """See that the library has a copy of each codebook before a judgement refers to it."""
        action = self._actions.get(item.article_uid) or self._begin(item.article_uid)
        for judgement in item.meaning.judgements:
            key = (judgement.codebook, judgement.codebook_version)
            if key not in action.codebooks:
                action.codebooks.add(key)
                kept = self._group(item.article_uid, action.group.uid, key)
                self._library.log.write([kept])

    def _begin(self, article_uid: str) -> _Action:
        action = self._actions[article_uid] = _Action(self._group(article_uid, new_uid()))
        return action

    def _group(self, article_uid: str, uid: str, book: tuple[str, int] | None = None) -> Group:
        """Return a part of an article's group; all parts have its uid."""
        codebook = self._tags.codebook(*book) if book else None
        summary = "import from CSV"
        return Group("import", self._actor, article_uid, (), None, summary, codebook, uid)


class _There:
    """What a library has of the highlights of a page, and what of them was added.

    Attributes:
        found: Those that were there, by uid.

    Args:
        library: The library.
        page: The highlights; who owns them is not known yet.
    """

    def __init__(self, library: Library, page: Sequence[NewHighlight], waiting: PutOff) -> None:
        highlights = library.highlights
        self._made = highlights.made([item.uid for item in page])
        self._spots: dict[Spot, str] = {}
        starts: dict[str, list[int]] = {}
        for item in page:
            starts.setdefault(item.version_uid, []).append(item.span.start)
        for version, places in starts.items():
            for annotator, start, end, uid in highlights.starting_at(version, places):
                self._spots.setdefault((version, annotator, Span(start, end)), uid)
        wanted = {(item.version_uid, item.span) for item in page}
        on_spots = [uid for spot, uid in self._spots.items() if (spot[0], spot[2]) in wanted]
        uids = {*on_spots, *(uid for uid, live in self._made.items() if live)}
        if uids:
            waiting.settle()
        self.found: dict[str, Highlight] = highlights.all_of(list(uids)) if uids else {}

    def uid_of(self, item: NewHighlight, owner: str | None) -> str | None:
        """Return the live highlight of that uid, or of that person on the same words, or None."""
        if self._made.get(item.uid):
            return item.uid
        return None if owner is None else self._spots.get((item.version_uid, owner, item.span))

    def add(self, item: NewHighlight) -> None:
        """Note that one is there now; if its uid belongs to a deleted one, it gets another."""
        if item.uid in self._made:
            item.uid = new_uid()
        self._made[item.uid] = True
        self._spots[item.version_uid, item.annotator_uid, item.span] = item.uid


def _highlight(row: Imported, place: Place, judged: bool) -> NewHighlight:
    """Return what a row becomes, as far as its place and its own fields say it."""
    kind, span = row.kind, place.span
    start, end = span
    prefix, suffix = around(place.text, start, end)
    return NewHighlight(
        row.highlight_id,
        place.version.uid,
        "",
        span,
        _shifted(row, place) if row.extra_spans else (),
        place.text[start:end],
        prefix,
        suffix,
        row.note,
        kind.flag,
        row.said is None and bool(judged or row.note or kind.flag),
        kind.origin or "import:csv",
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


def _content(
    highlight: Highlight | NewHighlight,
    judgements: Sequence[Judgement],
    full: Sequence[Judgement],
) -> tuple[object, ...]:
    """Return what the CSV holds of a highlight, to see whether two are the same.

    Args:
        highlight: The highlight.
        judgements: Its judgements.
        full: The judgement that the row says more of than its tag; of others it has the tag alone.
    """
    said_of = [_tag(item) for item in full]
    said = [
        (_tag(j), *((j.confidence, j.likelihood, j.reason) if _tag(j) in said_of else ()))
        for j in judgements
    ]
    whose = (highlight.version_uid, highlight.annotator_uid)
    own = (highlight.note, highlight.flag, said)
    return (*whose, highlight.span, highlight.extra_spans, *own)


def _tag(item: Judgement) -> tuple[object, ...]:
    return item.codebook, item.codebook_version, item.facet, item.code
