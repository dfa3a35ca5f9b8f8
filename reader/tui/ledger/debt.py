"""The screen of evidence debt: judgements that lack what their codebook wants, oldest first."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from rich.segment import Segment

from reader.domain.codebook import kind_of, wanted_in_words
from reader.domain.fates import told
from reader.domain.text import Span, quoted, shortened
from reader.services.ledger.debt import KINDS, PAGE, Debt, DebtList, debts, page
from reader.tui.commands import command_of, key_for
from reader.tui.ledger.entries import EntryList
from reader.tui.ledger.opening import open_place
from reader.tui.ledger.screen import LedgerScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.widgets.cells import cells_of, clip, fit, seg, wrap

EDITORS = {"note": "note", "evidence": "evidence", "relation": "relation", "source": "source"}
"""The command that gives a judgement what it lacks."""

_WANT_CELLS, _DATE_CELLS = 10, 12
_DATE_FROM, _LABEL_FROM, _ARTICLE_FROM = 64, 50, 100
"""Columns from which on date, label and article are shown in one row."""


class DebtEntries(EntryList[Debt]):
    """Judgements that lack something."""

    def one_row(self, entry: Debt, width: int) -> list[Segment]:
        """Return a judgement in one row: what it lacks, its tag, the words."""
        judged = entry.judged
        parts = [
            seg(fit(" ".join(map(kind_of, judged.wants)), _WANT_CELLS), self.part("ledger--warn"))
        ]
        if width >= _DATE_FROM:
            parts.append(self.dim(fit(judged.since[:10], _DATE_CELLS)))
        parts += self._tag(entry, label=width >= _LABEL_FROM)
        right = []
        if width >= _ARTICLE_FROM:
            right = [self.dim(f"  {clip(entry.article.name, width // 4)}")]
        room = width - cells_of(parts) - cells_of(right)
        parts.append(seg(fit(_words(entry), room)))
        return [*parts, *right]

    def _tag(self, entry: Debt, *, label: bool) -> list[Segment]:
        tag = entry.tag
        code = entry.judged.highlight.tags[0][3]
        name = f" {clip(tag.label if tag else code, 14)}" if label else ""
        sign = seg(tag.symbol, self.tag_ink(tag.color)) if tag else self.dim("·")
        return [sign, self.dim(fit(name, 16) if label else " ")]

    def all_rows(self, entry: Debt, width: int, most: int) -> list[list[Segment]]:
        """Return a judgement in full."""
        highlight = entry.judged.highlight
        facts = [entry.article.name, entry.article.outlet or "", f"since {entry.judged.since[:10]}"]
        wanted = wanted_in_words(entry.judged.wants, " and ")
        return [
            self.one_row(entry, width),
            *([seg(line)] for line in wrap(quoted(_words(entry)), width, max(1, most - 3))),
            [self.dim(clip(" · ".join(filter(None, facts)), width))],
            [self.dim(clip(f"wants {wanted}; by {highlight.annotator}", width))],
        ]


def _words(entry: Debt) -> str:
    highlight = entry.judged.highlight
    return told(highlight.fate) + shortened(highlight.exact, 2_000)


class DebtScreen(LedgerScreen[Debt]):
    """Judgements that lack something, across the library; Enter opens one with its editor."""

    LEFT_OUT = frozenset({"ledger.scope"})

    def __init__(self) -> None:
        super().__init__("Evidence debt", DebtEntries())
        self._found = DebtList(array("q"), b"")
        self._ids: Sequence[int] = ()
        self._read = 0
        self._want: str | None = None

    async def begin(self) -> None:
        """Read which judgements lack something, and the first of them."""
        self.entries.say("Looking …")
        await self._look(0)

    async def come_back(self) -> None:
        """Leave out what has been paid meanwhile; the entry after it is current then."""
        await self._look(self.entries.current or 0)

    async def _look(self, current: int) -> None:
        me = self.app.annotator_uid
        self._found = await self.read(lambda library: debts(library, [me]))
        self._ids = self._found.lacking(self._want)
        self._read = -(-(current + 1) // PAGE) * PAGE
        rows = await self.read(partial(page, ids=self._ids[: self._read]))
        self.entries.say(
            "Every judgement of yours has what its codebook wants."
            if self._want is None
            else f"No judgement of yours lacks {self._want}."
        )
        self.entries.show(rows, min(current, max(0, len(rows) - 1)))
        self._tell()

    def _tell(self) -> None:
        """Say how many lack what."""
        counts = [
            f"{self._found.count(want):,} {want}" for want in KINDS if self._found.count(want)
        ]
        total = len(self._found.ids)
        shown = "" if self._want is None else f" Shown: those that want {self._want}."
        lack = f": {', '.join(counts)}" if counts else ""
        lacking = "judgement of yours lacks" if total == 1 else "judgements of yours lack"
        self.about.show(f"{total:,} {lacking} what the codebook wants{lack}.{shown}")

    async def more(self) -> None:
        """Read another page."""
        start = self._read
        if start < len(self._ids):
            self._read = start + PAGE
            ids = self._ids
            rows = await self.read(partial(page, ids=ids[start : start + PAGE]))
            if ids is self._ids:
                self.entries.add(rows)

    def action_filter(self) -> None:
        """List only those that lack one thing; then the next one, then all."""
        there = [None, *(want for want in KINDS if self._found.count(want))]
        here = there.index(self._want) if self._want in there else 0
        self._want = there[(here + 1) % len(there)]
        self.work_holding_keys(partial(self._look, 0), "begin")

    async def open_entry(self, entry: Debt) -> None:
        """Open the statement, and the editor of what the judgement lacks."""
        highlight = entry.judged.highlight
        self.opened_any = True
        screen = await open_place(
            self.app,
            entry.article.uid,
            highlight.version_uid,
            Span(highlight.start, highlight.end),
            highlight_uid=highlight.uid,
        )
        edit(screen, sorted(entry.judged.wants, key=lambda want: kind_of(want) != self._want))


def edit(screen: ReadingScreen, wants: Sequence[str]) -> None:
    """Open the editor of the first thing that is wanted, if something can be changed."""
    if screen.session.opened.older or not screen.may_change():
        return
    command = command_of(EDITORS[kind_of(wants[0])])
    wanted = wanted_in_words(wants, " and ")
    screen.say(f"Its tag wants {wanted}. {key_for(command.id)}: {command.title}.")
    getattr(screen, f"action_{command.action}")()
