"""The list of what was found: an article, and below it the places with the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.finding.found import Hit
from reader.services.finding.rows import Row
from reader.tui.widgets.cells import PLAIN, cells_of, clip, fit, seg, split_row
from reader.tui.widgets.growing_list import GrowingList

_KIND_CELLS = 8
_FACTS_FROM = 70
"""Columns from which on an article's outlet and date are shown, and who says a statement."""
_MOST_TAGS = 4


class ResultList(GrowingList[Row]):
    """What was found, as far as it has been read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
        "choice--hit",
    }
    can_focus = False

    class Jumped(GrowingList.Jumped):
        """The user chose something. A class of its own: handlers are found by its name."""

    def __init__(self) -> None:
        super().__init__(id="results")

    @property
    def place(self) -> Row | None:
        """What opening the current row leads to: in an article's own row, the first place in it.

        The row itself if nothing was found in the text that is shown: a title, a label.
        """
        here = self.here
        if here is None or here.hit is not None:
            return here
        rows = islice(self.entries, (self.current or 0) + 1, None)
        below = takewhile(lambda row: row.hit is not None, rows)
        return next(filter(_in_text, below), here)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a row that is not current."""
        return self._draw(self.entries[position], width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current row."""
        return [self._draw(self.entries[position], width, current=True)]

    def _draw(self, item: Row, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else PLAIN
        bar = seg("▌" if current else " ", ground + self.part("choice--bar"))
        if item.hit is None:
            return self._article(item, bar, width, ground)
        return self._place(item, item.hit, bar, width, ground)

    def _article(self, item: Row, bar: Segment, width: int, ground: Style) -> Strip:
        dim = ground + self.part("choice--dim")
        article = item.article
        facts = [article.outlet or "", (article.published_at or "")[:10]]
        told = [fact for fact in facts if fact] if width >= _FACTS_FROM else []
        if article.status == "archived":
            told.append("archived")
        counted = _counted(item)
        known = clip(" · ".join(told), max(0, width // 2 - cell_len(counted) - 3))
        right = [seg(f"{' · '.join(filter(None, (known, counted)))} ", dim)]
        room = width - cells_of(right) - 3
        title = seg(clip(article.name, room), ground + Style(bold=True))
        return split_row([bar, seg(" ", ground), title], right, width, ground)

    def _place(self, item: Row, hit: Hit, bar: Segment, width: int, ground: Style) -> Strip:
        dim = ground + self.part("choice--dim")
        left = [bar, seg("  ", ground)]
        if hit.marks:  # else all are highlights, and need not say so
            left.append(seg(fit(hit.kind, _KIND_CELLS), dim))
        for tag in item.tags[:_MOST_TAGS]:
            ink = self.tag_ink(tag.color) if tag else dim
            left.append(seg(f"{tag.symbol if tag else '·'} ", ground + ink))
        if len(item.tags) > _MOST_TAGS:
            left.append(seg("… ", dim))
        source = clip(item.source, width // 4) if width >= _FACTS_FROM else ""
        right = [seg(f" {source} ", dim)] if source else []
        left += self._words(hit, width - cells_of(left) - cells_of(right) - 1, ground)
        return split_row(left, right, width, ground)

    def _words(self, hit: Hit, room: int, ground: Style) -> list[Segment]:
        """Return the words around a hit, from where it is sure to be seen."""
        text, found = hit.excerpt, ground + self.part("choice--hit")
        start = hit.marks[0].start if hit.marks else 0
        begin = _begin(text, start, room // 3)
        parts = [seg("… ", ground)] if begin and not text.startswith("… ", begin) else []
        at = begin
        for mark in hit.marks:
            parts += [seg(text[at : mark.start], ground), seg(text[mark.start : mark.end], found)]
            at = mark.end
        parts.append(seg(text[at:], ground))
        return _cut(parts, room)


def _counted(item: Row) -> str:
    """Return how often something was found in an article: in its text, and elsewhere."""
    hits = f"{item.in_text:,} hit{'' if item.in_text == 1 else 's'}" if item.in_text else ""
    beside = f"{item.elsewhere:,} {'elsewhere' if hits else 'not in the text'}"
    return ", ".join(filter(None, (hits, beside if item.elsewhere else "")))


def _in_text(row: Row) -> bool:
    """Return whether a place stands in the text that is shown when the article is opened."""
    hit = row.hit
    return hit is not None and hit.end > 0 and hit.version_uid == row.article.version_uid


def _begin(text: str, start: int, room: int) -> int:
    """Return where to begin so that what comes before a hit takes no more than some cells."""
    begin = 0
    while cell_len(text[begin:start]) > room:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else start
    return begin


def _cut(parts: Sequence[Segment], room: int) -> list[Segment]:
    """Return segments cut to a number of cells."""
    kept: list[Segment] = []
    for part in parts:
        cells = cell_len(part.text)
        if cells > room:
            kept.append(Segment(clip(part.text, room), part.style))
            break
        kept.append(part)
        room -= cells
    return kept
