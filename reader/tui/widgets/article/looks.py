"""What lies on the rows of the screen: cursor, marks, search hits, selection, symbols."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reader.domain.records import dataclass
from reader.tui.widgets.article.look import BARE, Glyph, Look, Stretch, Wash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from reader.domain.document import Document
    from reader.domain.text import Span
    from reader.tui.layout import Flow
    from reader.tui.widgets.article.rows import Place, Rows
else:
    Protocol = object


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight as the pane needs it.

    Attributes:
        uid: The highlight's uid.
        spans: Its stretches of text, in order.
        glyphs: Its symbols; the first one's colour tints the text. None for a plain highlight.
    """

    uid: str
    spans: tuple[tuple[int, int], ...]
    glyphs: tuple[Glyph, ...] = ()


class MarkSource(Protocol):
    """Where the pane asks for marks, at each change of the view: a call must be cheap."""

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        """Return the marks that overlap a stretch of text, in document order."""


class HitSource(Protocol):
    """Where the pane asks for what is searched for, as often as for marks."""

    def between(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the hits that share a character with a stretch of text, in order."""


_KEPT = 512
"""Stretches of text of which is kept on which cells of a screen they lie."""


_KEPT_SCREENS = 8
"""Screens of which is kept how they looked."""


class _Cuts:
    """Where stretches of text lie on one screen: found once, until it shows something else.

    Attributes:
        flows: What each row of the screen is a row of; None for an empty one between blocks.
        rows: The rows that stretches lie on.
        stretches: What lies on them, row by row.
    """

    def __init__(self) -> None:
        self.flows: list[Flow | None] = []
        self.rows: dict[tuple[int, int], list[int]] = {}
        self.stretches: dict[tuple[int, int, str | Wash], list[tuple[int, Stretch]]] = {}

    def clear(self) -> None:
        """Forget all of them."""
        self.rows.clear()
        self.stretches.clear()


class _Screenful:
    """Collects what lies on each row of the screen."""

    def __init__(self, starts: list[int], end: int, cuts: _Cuts) -> None:
        self.starts = starts
        self.end = end
        self._cuts = cuts
        self.under: Sequence[Look] = [BARE] * len(starts)
        """What was laid on the rows before all the rest."""
        self.stretches: dict[int, list[Stretch]] = {}
        self.glyphs: dict[int, list[Glyph]] = {}
        self.bars: set[int] = set()
        self.dots: set[int] = set()

    @property
    def start(self) -> int:
        return self.starts[0]

    def row_of(self, offset: int) -> int:
        """Return the row that shows an offset, -1 if it is above the screen."""
        return bisect_right(self.starts, offset) - 1

    def over(self, start: int, end: int) -> list[int]:
        """Return the rows of text that a stretch lies on."""
        found = self._cuts.rows.get((start, end))
        if found is None:
            if len(self._cuts.rows) >= _KEPT:
                self._cuts.clear()
            found = self._cuts.rows[start, end] = list(self._over(start, end))
        return found

    def _over(self, start: int, end: int) -> Iterator[int]:
        if start >= self.end:
            return
        for row in range(max(0, self.row_of(start)), bisect_left(self.starts, end)):
            if self._cuts.flows[row] is not None:
                yield row

    def lay(self, start: int, end: int, what: str | Wash) -> None:
        """Lay something on a stretch of text."""
        found = self._cuts.stretches.get((start, end, what))
        if found is None:
            found = list(self._cut(start, end, what))
            self._cuts.stretches[start, end, what] = found
        for row, stretch in found:
            self.stretches.setdefault(row, []).append(stretch)

    def _cut(self, start: int, end: int, what: str | Wash) -> Iterator[tuple[int, Stretch]]:
        flow, stretch = None, Stretch(0, 0, what)
        for row in self.over(start, end):
            its = self._cuts.flows[row]
            if its is not None and its is not flow:
                flow, stretch = its, Stretch(its.position(start), its.position(end), what)
            if stretch.first < stretch.end:
                yield row, stretch

    def looks(self) -> list[Look]:
        """Return the look of each row."""
        found = list(self.under)
        for row in self.stretches.keys() | self.glyphs.keys() | self.bars | self.dots:
            if 0 <= row < len(found):
                found[row] = self._look(row, found[row])
        return found

    def _look(self, row: int, under: Look) -> Look:
        once = tuple(dict.fromkeys((*under.glyphs, *self.glyphs.get(row, ()))))
        stretches = (*under.stretches, *self.stretches.get(row, ()))
        return Look(once, row in self.bars, stretches, under.dots or row in self.dots)


class _Laid:
    """One screen: where its rows begin, and the marks as they were laid on them last."""

    def __init__(self, rows: Rows, places: Sequence[Place]) -> None:
        self.starts = [rows.offset_of(place) for place in places]
        self.end = rows.end_of(places[-1])
        self.cuts = _Cuts()
        self.cuts.flows = [rows.flow_of(place) for place in places]
        self.key: object = None
        self.looks: Sequence[Look] = ()
        self.statements: Sequence[Span] | None = None
        """The statements on it, from the first time that something is marked there on."""


class LaidMarks:
    """The marks as they were laid last: a move of the cursor, or a page back, need not do it again.

    Screens are known by their first row and their height, for as long as the rows are the same.
    """

    def __init__(self) -> None:
        self._rows: Rows | None = None
        self._screens: dict[tuple[Place, int], _Laid] = {}
        self._now: _Laid | None = None

    def forget(self) -> None:
        """Lay them anew next time, because rows or statements are others."""
        self._rows = None

    def screen(self, rows: Rows, places: Sequence[Place]) -> _Screenful:
        """Return the rows on the screen, with nothing on them; where they begin is kept."""
        if rows is not self._rows:
            self._rows = rows
            self._screens.clear()
        which = places[0], len(places)
        found = self._screens.get(which)
        if found is None:
            while len(self._screens) >= _KEPT_SCREENS:
                del self._screens[next(iter(self._screens))]
            found = self._screens[which] = _Laid(rows, places)
        self._now = found
        return _Screenful(found.starts, found.end, found.cuts)

    def lay(
        self,
        screen: _Screenful,
        document: Document,
        marks: Sequence[Mark],
        target: str | None,
        suggested: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Lay the marks, and what is proposed, on the screen that was asked for last."""
        laid = self._now
        assert laid is not None  # noqa: S101 - it was asked for
        key = (list(marks), target, list(suggested))
        if key != laid.key:
            if marks:
                if laid.statements is None:
                    laid.statements = list(document.statements(screen.start, screen.end))
                _lay_marks(screen, laid.statements, marks, target)
            for start, end in suggested:
                screen.lay(start, end, "suggestion")
                screen.dots.update(screen.over(start, end))
            laid.key, laid.looks = key, screen.looks()
            screen.stretches, screen.glyphs, screen.dots = {}, {}, set()
        screen.under = laid.looks


def looks(
    rows: Rows,
    places: Sequence[Place],
    marks: MarkSource | None,
    *,
    cursor: Span | None = None,
    target: str | None = None,
    selection: Span | None = None,
    hits: HitSource | None = None,
    suggested: HitSource | None = None,
    laid: LaidMarks | None = None,
) -> list[Look]:
    """Return how each row of the screen looks.

    Args:
        rows: The rows of the document.
        places: Those on the screen, from top to bottom.
        marks: Where to ask for the marks.
        cursor: The statement under the cursor.
        target: Uid of the highlight that the cursor was moved to.
        selection: What is selected.
        hits: Where to ask for what is searched for.
        suggested: Where to ask for what is proposed.
        laid: The marks as they were laid last.
    """
    laid = laid or LaidMarks()
    screen = laid.screen(rows, places)
    if marks is not None:
        proposed = suggested.between(screen.start, screen.end) if suggested is not None else ()
        laid.lay(screen, rows.document, marks.marks(screen.start, screen.end), target, proposed)
    if hits is not None:
        for start, end in hits.between(screen.start, screen.end):
            screen.lay(start, end, "hit")
    if selection is not None:
        screen.lay(selection.start, selection.end, "selection")
    if cursor is not None:
        screen.lay(cursor.start, cursor.end, "cursor")
        screen.bars.update(screen.over(cursor.start, cursor.end))
    return screen.looks()


def _lay_marks(
    screen: _Screenful, statements: Sequence[Span], marks: Sequence[Mark], target: str | None
) -> None:
    ends = [statement.end for statement in statements]
    for mark in marks:
        size = sum(end - start for start, end in mark.spans)
        color = mark.glyphs[0].color if mark.glyphs else None
        wash = Wash(size, color, mark.uid == target)
        for start, end in mark.spans:
            if start < screen.end and end > screen.start:
                screen.lay(start, end, wash)
        if mark.glyphs:
            for row in _rows_with_symbols(screen, statements, ends, mark):
                screen.glyphs.setdefault(row, []).extend(mark.glyphs)


def _rows_with_symbols(
    screen: _Screenful, statements: Sequence[Span], ends: Sequence[int], mark: Mark
) -> set[int]:
    """Return the first rows of the statements that a mark overlaps, else the mark's own first."""
    found: set[int] = set()
    overlapped = False
    for start, end in mark.spans:
        for number in range(bisect_right(ends, start), len(statements)):
            if statements[number].start >= end:
                break
            overlapped = True
            found.add(screen.row_of(statements[number].start))
    if not overlapped:
        found.add(screen.row_of(mark.spans[0][0]))
    return {row for row in found if row >= 0}
