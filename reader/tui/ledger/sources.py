"""The ledger: one row for each source; Enter lists what it says, Enter there opens it in place."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from rich.segment import Segment
from textual.strip import Strip

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.records import dataclass
from reader.domain.text import Span, per_cent
from reader.domain.untrusted import safe
from reader.services.codebooks.finding import called
from reader.services.finding.highlights import FoundHighlights
from reader.services.finding.rows import Row
from reader.services.ledger.sources import Ledger, LedgerRow, Scope, ledger_of
from reader.tui.ledger.entries import EntryList
from reader.tui.ledger.opening import open_place
from reader.tui.ledger.screen import LedgerScreen
from reader.tui.widgets.cells import cells_of, clip, fit, row, seg, uncut, width_of, wrap

_NAMING_FROM, _VOICES_FROM, _TAGS_FROM, _WIDE = 58, 70, 46, 100
"""Columns from which on naming, voices, tags are shown, and these wide, with what was said."""
_COUNT_CELLS, _NAMING_CELLS, _SAID_CELLS = 6, 12, 12
_VOICE_CELLS, _LEAST_TAG_CELLS = (19, 28), (16, 24)
"""Cells for voices, and for tags at least, where it is narrow and where it is wide."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the ledger can be about.

    Attributes:
        title: How it is called: ``this article``, ``the library``.
        scope: Which highlights these are.
    """

    title: str
    scope: Scope


class SourceList(EntryList[LedgerRow]):
    """One row for each source, in columns as wide as what is in them."""

    _name_cells = _tag_cells = 0
    """Cells that the longest name takes, and the tags of the row with most."""

    def show(self, entries: Sequence[LedgerRow], current: int = 0) -> None:
        """Show other rows."""
        self._name_cells = max((width_of(safe(entry.name)) for entry in entries), default=0)
        self._tag_cells = max((_cells_of_tags(entry) for entry in entries), default=0)
        super().show(entries, current)

    def one_row(self, entry: LedgerRow, width: int) -> list[Segment]:
        """Return a source in one row; what matters least goes first where it is narrow."""
        wide = width >= _WIDE
        right = [seg(f" {len(entry.statements):>{_COUNT_CELLS - 1},}")]
        if width >= _NAMING_FROM:
            naming = entry.source.naming if entry.source else ""
            right.insert(0, self.dim(fit(f" {naming}", _NAMING_CELLS)))
        if width >= _VOICES_FROM:
            right.append(self.dim(fit(f"  {_voices(entry, wide=wide)}", _VOICE_CELLS[wide])))
        said = f"said? {entry.judged:,}" if entry.judged else ""
        last = [self.dim(fit(said, _SAID_CELLS))] if wide else []
        room = width - cells_of(right) - cells_of(last)
        tags = self._room_for_tags(room, wide=wide) if width >= _TAGS_FROM else 0
        style = self.part("ledger--head" if entry.source else "ledger--dim")
        name = seg(fit(entry.name, room - tags), style)
        return [name, *right, *self._tags(entry, tags), *last]

    def _room_for_tags(self, room: int, *, wide: bool) -> int:
        """Return the cells for tags of those that names and tags have together."""
        return min(self._tag_cells, max(_LEAST_TAG_CELLS[wide], room - self._name_cells))

    def _tags(self, entry: LedgerRow, width: int) -> list[Segment]:
        """Return the tags with how often each was given; an ellipsis stands for more of them."""
        parts: list[Segment] = [seg("  ")]
        for tag, count in entry.tags:
            more = [seg(tag.symbol, self.tag_ink(tag.color)), seg(f"{count:,} ")]
            last = (tag, count) == entry.tags[-1]
            if cells_of(parts) + cells_of(more) + (0 if last else 2) > width:
                parts.append(self.dim("…"))
                break
            parts += more
        return list(row(parts, width))

    def all_rows(self, entry: LedgerRow, width: int, most: int) -> list[list[Segment]]:
        """Return a source with all that the ledger knows of it."""
        lines = [line for text in _told(entry) for line in wrap(text, width - 2, 3)]
        tags = [self._tag(tag, count) for tag, count in entry.tags]
        return [
            self.one_row(entry, width),
            *([self.dim(f"  {line}")] for line in lines),
            *([seg("  "), *parts] for parts in tags),
        ]

    def tell_entry(self, position: int, width: int) -> list[Strip]:
        """Return a source in words."""
        entry = self.entries[position]
        given = ", ".join(f"{tag.label} {count:,}" for tag, count in entry.tags)
        told = [entry.name, *_told(entry), f"tags: {given}" if given else "no tags"]
        return uncut(told, width)

    def _tag(self, tag: Tag, count: int) -> list[Segment]:
        return [seg(tag.symbol, self.tag_ink(tag.color)), self.dim(f" {tag.label}  {count:,}")]


def _cells_of_tags(entry: LedgerRow) -> int:
    """Return the cells that the tags of a row take."""
    return 2 + sum(width_of(tag.symbol) + len(f"{count:,} ") for tag, count in entry.tags)


def _voices(entry: LedgerRow, *, wide: bool) -> str:
    names = ("direct", "indirect") if wide else ("dir", "ind")
    parts = zip((entry.direct, entry.indirect), names, strict=True)
    return " ".join(f"{percent(count, entry)} {name}" for count, name in parts if count)


def percent(count: int, entry: LedgerRow) -> str:
    """Return the share of a row's statements that are so, in per cent."""
    return f"{per_cent(count, len(entry.statements))} %"


def _told(entry: LedgerRow) -> list[str]:
    """Return in words what is known of a row."""
    count = len(entry.statements)
    source = entry.source
    if source is None:
        return [f"{count:,} statement{'' if count == 1 else 's'}."]
    about = [source.kind, source.naming, source.role or "", source.affiliation or ""]
    said = f"{count:,} statement{'' if count == 1 else 's'}"
    if entry.passed_on:
        said += f": {entry.origin:,} of its own, {entry.passed_on:,} passed on from others"
    voices = ", ".join(f"{voice} {number:,}" for voice, number in sorted(entry.voices.items()))
    told = [" · ".join(filter(None, about)), f"{said}."]
    if voices:
        told.append(f"Told: {voices}.")
    told.append(f"Whether it was said: judged {entry.judged:,} of {count:,}.")
    return told


class SourcesScreen(LedgerScreen[LedgerRow]):
    """Who says what in a selection, an article, some articles, or the library.

    Args:
        choices: What it can be about, the narrowest first.
        codebook: Whose tags are counted.
        facet: Which of its questions.
    """

    LEFT_OUT = frozenset({"ledger.filter"})

    def __init__(self, choices: Sequence[Choice], codebook: Codebook, facet: Facet) -> None:
        super().__init__(f"Ledger · {choices[0].title}", SourceList())
        self._choices, self._chosen = choices, 0
        self._codebook, self._facet = codebook, facet

    async def begin(self) -> None:
        """Read the ledger."""
        self.entries.say("Looking …")
        await self._look(0)

    async def come_back(self) -> None:
        """Read the ledger anew: in the article it may have been changed."""
        await self._look(self.entries.current or 0)

    async def _look(self, current: int) -> None:
        choice = self._choices[self._chosen]
        self.title_bar.set_title(f"Ledger · {choice.title}")
        found = await self.read(
            partial(ledger_of, scope=choice.scope, codebook=self._codebook, facet=self._facet)
        )
        self.entries.say("Nobody has been named yet who says anything here.")
        self.entries.show(found.rows, min(current, max(0, len(found.rows) - 1)))
        self._tell(found)

    def _tell(self, found: Ledger) -> None:
        several = len(found.codebook.statement_facets) > 1
        told = [
            f"{found.statements:,} statement{'' if found.statements == 1 else 's'}",
            f"{found.attributed:,} with a source",
            f"{found.hidden:,} anonymous or agentless",
            f"{found.unsourced:,} judged without a source",
            f"{called(found.codebook)}{f', {found.facet.id}' if several else ''}",
        ]  # a row ends between two of them
        whole = (part.replace(" ", "\N{NO-BREAK SPACE}") for part in told)
        self.about.show(" · ".join(whole))

    def action_scope(self) -> None:
        """Go from the selection to the article, to the library, and back."""
        if len(self._choices) > 1:
            self._chosen = (self._chosen + 1) % len(self._choices)
            self.work_holding_keys(partial(self._look, 0), "begin")

    async def open_entry(self, entry: LedgerRow) -> None:
        """List the statements of a source."""
        self.opened_any = True
        await self.app.push_screen(StatementsScreen(entry.name, entry.statements))


# ---------------------------------------------------------------------- what a source says


class StatementList(EntryList[Row]):
    """Articles, and below each the statements in it."""

    def one_row(self, entry: Row, width: int) -> list[Segment]:
        """Return an article, or a statement with its tags."""
        hit = entry.hit
        if hit is None:
            facts = [entry.article.outlet or "", (entry.article.published_at or "")[:10]]
            right = f"  {clip(' · '.join(filter(None, facts)), width // 3)}"
            name = clip(entry.article.name, width - width_of(right))
            gap = " " * (width - width_of(name) - width_of(right))
            return [seg(name, self.part("ledger--head")), self.dim(f"{gap}{right}")]
        return [*self._tags(entry), seg(clip(hit.excerpt, width - 2 - 2 * len(entry.tags)))]

    def _tags(self, entry: Row) -> list[Segment]:
        parts = [seg("  ")]
        for tag in entry.tags:
            parts += [seg(tag.symbol, self.tag_ink(tag.color)) if tag else self.dim("·"), seg(" ")]
        return parts

    def all_rows(self, entry: Row, width: int, most: int) -> list[list[Segment]]:
        """Return a statement in full, with the names of its tags."""
        if entry.hit is None:
            return [self.one_row(entry, width)]
        lines = wrap(entry.hit.excerpt, width - 2, max(1, most - 1))
        names = ", ".join(f"{tag.symbol} {tag.label}" for tag in entry.tags if tag)
        return [
            *([seg(f"  {line}")] for line in lines),
            [self.dim(clip(f"  {names or 'not judged'}", width))],
        ]


class StatementsScreen(LedgerScreen[Row]):
    """The statements of one row of the ledger.

    Args:
        name: Whose they are.
        ids: Their local ids, by article and place.
    """

    LEFT_OUT = frozenset({"ledger.filter", "ledger.scope"})

    def __init__(self, name: str, ids: array[int]) -> None:
        super().__init__(f"Ledger · {name}", StatementList())
        self._ids = ids
        self._found: FoundHighlights | None = None
        self._pages_read = 0

    async def begin(self) -> None:
        """Read the first page."""
        await self._look(None)

    async def come_back(self) -> None:
        """Read what is shown anew."""
        await self._look(self.entries.current)

    async def _look(self, current: int | None) -> None:
        found = self._found = FoundHighlights(self._ids, self.app.annotator_uid)
        wanted = max(1, self._pages_read)
        rows: list[Row] = []
        for number in range(wanted):
            rows += await self.read(partial(found.page, number=number))
        self._pages_read = wanted
        self.entries.say("None of them is there any more.")
        first = min(1, max(0, len(rows) - 1))  # the row of the article says nothing new
        self.entries.show(rows, first if current is None else min(current, max(0, len(rows) - 1)))
        count = len(self._ids)
        self.about.show(f"{count:,} statement{'' if count == 1 else 's'}")

    async def more(self) -> None:
        """Read another page."""
        found, number = self._found, self._pages_read
        if found is not None and number < found.pages:
            self._pages_read += 1
            rows = await self.read(partial(found.page, number=number))
            if found is self._found:
                self.entries.add(rows)

    async def open_entry(self, entry: Row) -> None:
        """Open a statement in its place; an article at its first one."""
        hit = entry.hit
        if hit is None:
            hit = next(
                (
                    row.hit
                    for row in self.entries.entries
                    if row.hit and row.article is entry.article
                ),
                None,
            )
        if hit is None:
            return
        self.opened_any = True
        await open_place(
            self.app,
            entry.article.uid,
            hit.version_uid,
            Span(hit.start, hit.end),
            highlight_uid=hit.highlight_uid,
        )
