"""The screen of passages that stand in other articles: beside each other, what is shared dimmed."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial

from rich.segment import Segment

from reader.domain.comparing.shared_text import Passage
from reader.domain.errors import ReaderError
from reader.domain.records import dataclass
from reader.domain.text import per_cent
from reader.services.ledger.overlap import Compared, Overlap, Twin
from reader.tui.finding.filling import filled
from reader.tui.ledger.entries import EntryList
from reader.tui.ledger.opening import open_place
from reader.tui.ledger.screen import LedgerScreen
from reader.tui.ledger.side import in_rows, pieces, side_by_side
from reader.tui.widgets.cells import cells_of, clip, fit, seg

PAGE = 8
"""Articles that are compared at a time."""

SLICE = 120_000
"""Code points whose passages are noted at a time while somebody waits: about 30 ms."""

AGAIN_S = 1.0
"""While passages are still being noted, what is shown is looked for anew so often."""

_KIND_CELLS = 8
_OF_THIS_FROM = 60
"""Columns from which on it is said of what a share is."""
_FACTS_FROM = 90
"""Columns from which on outlet and date are shown in the row of an article."""


@dataclass(frozen=True, slots=True)
class OverlapEntry:
    """An article, or a passage in it.

    Attributes:
        twin: The two articles.
        passage: The passage; None in the row of the article itself.
    """

    twin: Twin
    passage: Passage | None = None


class OverlapList(EntryList[OverlapEntry]):
    """Articles, and below each the passages that it shares."""

    def one_row(self, entry: OverlapEntry, width: int) -> list[Segment]:
        """Return an entry in one row."""
        if entry.passage is None:
            return self._article(entry.twin, width)
        passage = entry.passage
        words = f"{passage.words:,} words"
        head = [self.dim(f"  {fit(_kind(passage), _KIND_CELLS)}{fit(words, 11)}")]
        styles = (self.part("ledger--dim"), self.part("ledger--own"))
        side = pieces(entry.twin.this.text, passage.here, passage.shared_here)
        return [*head, *next(iter(in_rows(side, width - cells_of(head), 1, *styles)), [])]

    def _article(self, twin: Twin, width: int) -> list[Segment]:
        listed = twin.other.listed
        facts = (
            [listed.outlet or "", (listed.published_at or "")[:10]] if width > _FACTS_FROM else []
        )
        facts += [
            _earlier(twin),
            f"{percent(twin.share_here)}{' of this' if width > _OF_THIS_FROM else ''}",
        ]
        right = [self.dim(f"{clip(' · '.join(filter(None, facts)), width // 2)}")]
        room = width - cells_of(right) - 2
        title = seg(clip(listed.name, room), self.part("ledger--head"))
        return [title, seg(" " * (width - cells_of([title]) - cells_of(right))), *right]

    def all_rows(self, entry: OverlapEntry, width: int, most: int) -> list[list[Segment]]:
        """Return an entry in full: what is known of the two articles, or the passage in both."""
        twin, passage = entry.twin, entry.passage
        if passage is None:
            told = in_rows([(_in_words(twin), True)], width, most, *(self.part("ledger--dim"),) * 2)
            return [self._article(twin, width), *told]
        styles = (self.part("ledger--dim"), self.part("ledger--dim"), self.part("ledger--own"))
        sides = (
            pieces(twin.this.text, passage.here, passage.shared_here),
            pieces(twin.other.text, passage.there, passage.shared_there),
        )
        labels = (f"{_KINDS[passage.is_quotation]} · here", twin.other.listed.name)
        return side_by_side(labels, sides, width, most, styles)


_KINDS = {False: "copied", True: "a quotation that both have"}


def _kind(passage: Passage) -> str:
    return "quoted" if passage.is_quotation else "copied"


def percent(share: float) -> str:
    """Return a share in per cent."""
    return f"{per_cent(share, 1)} %"


def _earlier(twin: Twin) -> str:
    return {"this": "later", "other": "earlier", "same": "same time"}.get(
        twin.before.first or "", ""
    )


def _in_words(twin: Twin) -> str:
    """Say what two articles share, and which is the earlier one."""
    shared = twin.shared
    count = len(shared.passages)
    told = [
        f"{count:,} passage{'' if count == 1 else 's'}, {shared.words_here:,} words:"
        f" {percent(twin.share_here)} of this article, {percent(twin.share_there)} of that one."
    ]
    if shared.quoted:
        told.append(f"{shared.quoted:,} of the words stand in quotation marks in both.")
    dates = (_dates(twin.this), _dates(twin.other))
    which = {
        "this": f"This article is the earlier one, by when they were {twin.before.by}.",
        "other": f"That article is the earlier one, by when they were {twin.before.by}.",
        "same": f"Both were {twin.before.by} at the same time.",
    }.get(twin.before.first or "", "Which is the earlier one is not known.")
    told.append(f"{which} This: {dates[0]}; that: {dates[1]}.")
    return " ".join(told)


def _dates(article: Compared) -> str:
    published = (article.listed.published_at or "")[:16].replace("T", " ")
    captured = article.listed.added_at[:16].replace("T", " ")
    return f"{f'published {published}, ' if published else ''}captured {captured} UTC"


# ---------------------------------------------------------------------- the screen


class OverlapScreen(LedgerScreen[OverlapEntry]):
    """Passages of an article that stand in others.

    Args:
        uid: The article's uid.
        name: Its title.
        at: A place in it: the passage there is current at first.
    """

    def __init__(self, uid: str, name: str, at: int | None = None) -> None:
        super().__init__(f"Stands elsewhere, too · {name}", OverlapList())
        self._uid, self._at = uid, at
        self._found: Overlap | None = None
        self._compared = 0
        self._behind = 0

    async def begin(self) -> None:
        """Look in what is noted; then note what is not, and look again."""
        self.entries.say("Looking …")
        await self._look()
        if self._found is not None and self._found.behind and not self.app.database.read_only:
            self.work(self._keep_up, "index")

    async def _keep_up(self) -> None:
        looked = time.monotonic()
        async for left in filled(self.app.database, lambda library: library.prints, SLICE):
            self._behind = left
            if time.monotonic() - looked > AGAIN_S and not self.entries.current:
                await self._look()
                looked = time.monotonic()
            self._tell()
        here = self.entries.current or 0
        await self._look(keep=here)

    async def _look(self, keep: int = 0) -> None:
        """Show the first page of articles that share something, or as many as were shown."""
        uid = self._uid
        found = await self.read(lambda library: Overlap(library, uid))
        shown: list[OverlapEntry] = []
        compared = 0
        while compared < len(found.candidates) and len(shown) <= keep:
            twins = await self.read(partial(found.twins, start=compared, end=compared + PAGE))
            compared += PAGE
            shown += _entries(twins)
        self._found, self._compared = found, compared
        self.entries.say(self._nothing())
        self.entries.show(shown, keep or self._first(shown))
        self._tell()
        if len(shown) < self.size.height:
            self.work(self.more, "more")

    def _first(self, shown: list[OverlapEntry]) -> int:
        """Return the passage at the place where one was reading, or the first entry."""
        at = self._at
        if at is None:
            return 0
        there = (
            number
            for number, entry in enumerate(shown)
            if entry.passage and entry.passage.here.start <= at < entry.passage.here.end
        )
        return next(there, 0)

    def _nothing(self) -> str:
        return (
            "No passage of this article stands in another one, as far as they are known yet."
            if self._unknown()
            else "No passage of this article stands in another one of the library."
        )

    def _unknown(self) -> int:
        found = self._found
        return self._behind or (found.behind if found is not None else 0)

    def _tell(self) -> None:
        """Say what the list is, and how far it has come."""
        told = "What is dimmed stands in both: printed twice, it is still said once."
        if self._unknown():
            told = f"{self._unknown():,} articles to be looked through. {told}"
            if self.app.database.read_only:
                told = f"{told} The library cannot be written, so that they are left out."
        elif self._found is not None and self._found.left_out:
            told = f"{self._found.left_out:,} articles that share less are left out. {told}"
        self.about.show(told)

    async def more(self) -> None:
        """Compare with more articles."""
        found = self._found
        if found is None or self._compared >= len(found.candidates):
            return
        start, self._compared = self._compared, self._compared + PAGE
        with suppress(ReaderError):
            twins = await self.read(partial(found.twins, start=start, end=start + PAGE))
            if found is self._found:
                self.entries.add(_entries(twins))
                if not twins:
                    await self.more()

    async def open_entry(self, entry: OverlapEntry) -> None:
        """Open the other article at the passage; its passages are gone through like hits."""
        twin, passage = entry.twin, entry.passage
        spans = sorted(item.there for item in twin.shared.passages)
        there = passage.there if passage is not None else spans[0]
        self.opened_any = True
        await open_place(
            self.app, twin.other.listed.uid, twin.other.listed.version_uid, there, marked=spans
        )


def _entries(twins: list[Twin]) -> list[OverlapEntry]:
    return [
        OverlapEntry(twin, passage) for twin in twins for passage in (None, *twin.shared.passages)
    ]
