"""Takes the rows of an import, page by page: what is there is looked up, and written, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from reader.domain.operation import IMPORTED, Change, Group, new_uid
from reader.domain.records import dataclass
from reader.formats.csv_exported import Page
from reader.formats.csv_plain import PlainRows
from reader.formats.csv_row import Imported, Rejected
from reader.formats.csv_said import SaidRow
from reader.services.codebooks import finding as codebooks
from reader.services.codebooks.tags import Tags
from reader.services.importing.becoming import Becoming, Common, Wanted
from reader.services.importing.plain import by_version, meet, new_of
from reader.services.importing.report import ImportReport, Problem
from reader.services.importing.there import There, content_of
from reader.storage.library import Library
from reader.storage.new_highlights import NewHighlight

if TYPE_CHECKING:
    from reader.services.importing.beside import Beside
    from reader.storage.upkeep import PutOff

PAGE = 4_000
"""Rows, about, that are looked up and written together."""


@dataclass(slots=True)
class _Action:
    """The group that what is new on one article belongs to, and the codebooks kept with it."""

    group: Group
    codebooks: set[tuple[str, int]] = field(default_factory=set)


class Importer:
    """Takes rows one by one, inside one transaction; :meth:`finish` ends it.

    Attributes:
        report: What was done so far.

    Args:
        library: The library.
        actor: Uid of who imports.
        waiting: What upkeep is put off in the transaction.
        as_mine: Whether all rows become new highlights of the importer's, whosever they are.
    """

    def __init__(
        self, library: Library, actor: str, waiting: PutOff, *, as_mine: bool = False
    ) -> None:
        self.report = ImportReport()
        self._waiting = waiting
        self._library = library
        self._actor = actor
        self._as_mine = as_mine
        self._tags = Tags(library, *codebooks.available(library))
        self._becoming = Becoming(library, self._tags, self.report, self._check, as_mine=as_mine)
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

    def take_page(self, page: Page) -> None:
        """Import rows of which most are given in columns, or note why not."""
        plain, others = page.plain, page.others
        self.report.read += page.read
        self.report.skipped += page.read - len(others) - len(plain.uids)
        if self._as_mine or meet(plain, others):
            self._page = sorted([*others, *plain.one_by_one()], key=attrgetter("line"))
            self.finish()
            return
        self._page = others  # first: of each kind there is one among them before others are plain
        self.finish()
        for rows, commons in by_version(plain, self._becoming):
            if not (commons and self._written(rows, commons)):
                self._page += rows.one_by_one()
                self.finish()
        self.report.problems.sort(key=attrgetter("line"))  # those of others were told first

    def _written(self, rows: PlainRows, commons: Sequence[Common]) -> bool:
        """Write rows on one version together if they are all new and in their places."""
        text = self._becoming.text_of(commons[0].version_uid)
        new = new_of(rows, commons, text, self._library.highlights)
        if new is None:
            return False
        group = self._group_of(commons[0].article_uid)
        self._library.log.write_plain(group, new)
        self.report.imported += len(commons)
        self.report.without_fate += sum(common.carried for common in commons)
        return True

    def finish(self) -> None:
        """Write what was taken."""
        if not self._page:
            return
        page = list(map(self._becoming.of, self._page))
        self._page = []
        wanted = [item[2] for item in page if not isinstance(item, Problem)]
        there = There(self._library, wanted, self._waiting)
        new: dict[str, list[NewHighlight]] = {}
        for item in page:
            if isinstance(item, Problem):
                self._note(item)
            elif self._is_new(item, there):
                new.setdefault(item[1].article_uid, []).append(item[2])
            elif self._differs(item, there, new):
                said = "it is there already with other content, which stays"
                self._note(Problem(item[0].line, "differs", said))
            else:
                self._is_there(item, there)
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
            given = (self._library, self._actor, tags, report, enter, group)
            self._beside = Beside(*given, as_mine=self._as_mine)
        return self._beside

    def _check(self, said: SaidRow) -> None:
        self.beside.check(said)

    def _note(self, problem: Problem) -> None:
        report = self.report
        report.rejected += problem.kind == "rejected"
        report.unplaced += problem.kind == "unplaced"
        report.differing += problem.kind == "differs"
        report.trouble(problem.line, problem.kind, problem.reason, problem.article)

    # ------------------------------------------------------------------ who and where

    def _owner(self, handle: str) -> str | None:
        """Return the uid of an annotator, or None for one who was never mentioned here."""
        if handle not in self._annotators:
            known = self._library.annotators.find(handle)
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

    @cached_property
    def _handles(self) -> dict[str, str]:
        """The handles by uid of those who have highlights in the library already."""
        return self._library.annotators.handles()

    # ------------------------------------------------------------------ what is there

    def _is_new(self, item: Wanted, there: There) -> bool:
        """Fill in what a highlight lacks and note that it is there now, unless it was already."""
        row, common, highlight = item
        owner = common.owner or self._owner(common.meaning.handle)
        known = there.uid_of(highlight, owner)
        if known is not None:
            highlight.annotator_uid = owner or ""
            if known != row.highlight_id:
                self.beside.called(row.highlight_id, known)
            return False
        highlight.annotator_uid = common.owner = owner or self._enter(common.meaning.handle)
        there.add(highlight)
        if highlight.uid != row.highlight_id:
            self.beside.called(row.highlight_id, highlight.uid)
        if row.said is not None:
            where = (common.article_uid, highlight.uid, highlight.annotator_uid)
            self.beside.new(row.line, *where, row.said)
        if not common.kept:
            self._keep_codebooks(common)
        highlight.judgements = common.meaning.judged(highlight.uid, row.reason)
        self.report.imported += 1
        self.report.by_quote += common.by_quote
        self.report.without_fate += common.carried
        return True

    def _is_there(self, item: Wanted, there: There) -> None:
        """Take what a row tells beside a highlight that is there already, just as it says."""
        row, common, highlight = item
        if row.said is not None:
            known = there.uid_of(highlight, highlight.annotator_uid) or ""
            where = (common.article_uid, known, highlight.annotator_uid)
            self.beside.there(row.line, *where, row.said)

    def _differs(self, item: Wanted, there: There, new: dict[str, list[NewHighlight]]) -> bool:
        """Whether what is there already has other content."""
        row, common, highlight = item
        self.report.present += 1
        uid = there.uid_of(highlight, highlight.annotator_uid) or ""
        if uid not in there.found:  # it came in with this page
            self._write(new)
            self._waiting.settle()
            there.found.update(self._library.highlights.all_of([uid]))
        said_of = common.meaning.said_of
        judgements = [made for _, made in common.meaning.judged(uid, row.reason)]
        full = judgements[said_of : said_of + 1] if said_of >= 0 else []
        old = there.found[uid]
        if old.annotator_uid != self._actor:
            handle = self._handles[old.annotator_uid]
            self.report.others[handle] = self.report.others.get(handle, 0) + 1
        if self._beside is not None and self._beside.differs(uid, row.said):
            return True
        return content_of(old, old.judgements, full) != content_of(highlight, judgements, full)

    # ------------------------------------------------------------------ writing

    def _write(self, new: dict[str, list[NewHighlight]]) -> None:
        """Write the new highlights of each article, and forget them."""
        for article_uid, highlights in new.items():
            self._library.log.write_new(self._actions[article_uid].group, highlights)
        new.clear()

    def _keep_codebooks(self, common: Common) -> None:
        """See that the library has a copy of each codebook before a judgement refers to it."""
        common.kept = True
        action = self._actions.get(common.article_uid) or self._begin(common.article_uid)
        for judgement in common.meaning.judgements:
            key = (judgement.codebook, judgement.codebook_version)
            if key not in action.codebooks:
                action.codebooks.add(key)
                kept = self._group(common.article_uid, action.group.uid, key)
                self._library.log.write([kept])

    def _begin(self, article_uid: str) -> _Action:
        action = self._actions[article_uid] = _Action(self._group(article_uid, new_uid()))
        return action

    def _group(self, article_uid: str, uid: str, book: tuple[str, int] | None = None) -> Group:
        """Return a part of an article's group; all parts have its uid."""
        codebook = self._tags.codebook(*book) if book else None
        return Group("import", self._actor, article_uid, (), None, IMPORTED, codebook, uid)
