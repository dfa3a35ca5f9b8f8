"""What lies on the rows of the screen: cursor, marks, search hits, selection, symbols."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import compress, count
from operator import ne

from reader.domain.records import NamedTuple
from reader.tui.widgets.article.look import (
    BARE,
    Glyph,
    HitSource,
    Look,
    Mark,
    MarkSource,
    Stretch,
    Wash,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from reader.domain.text import Span
    from reader.tui.widgets.article.rows import Place, Rows

    _Thing = tuple[Mark | tuple[int, int], bool]
    """A mark and whether the cursor was moved to it, or a stretch that is proposed and False."""

_KEPT = 512
"""Stretches of text of which is kept on which cells of a screen they lie."""

_KEPT_SCREENS = 8
"""Screens of which is kept how they looked."""


class _Screen:
    """Where stretches of text lie on one screen: found once, until it shows something else.

    Attributes:
        starts: The offset that each row begins with.
        start: The first offset.
        end: One past the last offset.
        flows: What each row is a row of; None for an empty one between blocks.
    """

    def __init__(self, rows: Rows, places: Sequence[Place]) -> None:
        self.starts = [rows.offset_of(place) for place in places]
        self.start, self.end = self.starts[0], rows.end_of(places[-1])
        self.flows = [rows.flow_of(place) for place in places]
        self._document = rows.document
        self._rows: dict[tuple[int, int], list[int]] = {}
        self._stretches: dict[tuple[int, int, str | Wash], list[tuple[int, Stretch]]] = {}
        self._statements: tuple[Sequence[Span], Sequence[int]] | None = None

    def row_of(self, offset: int) -> int:
        """Return the row that shows an offset, -1 if it is above the screen."""
        return bisect_right(self.starts, offset) - 1

    def over(self, start: int, end: int) -> list[int]:
        """Return the rows of text that a stretch lies on."""
        found = self._rows.get((start, end))
        if found is None:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
                self._stretches.clear()
            found = self._rows[start, end] = list(self._over(start, end))
        return found

    def _over(self, start: int, end: int) -> Iterator[int]:
        if start >= self.end:
            return
        for row in range(max(0, self.row_of(start)), bisect_left(self.starts, end)):
            if self.flows[row] is not None:
                yield row

    def cut(self, start: int, end: int, what: str | Wash) -> Sequence[tuple[int, Stretch]]:
        """Return what lies on each row when something is laid on a stretch of text."""
        found = self._stretches.get((start, end, what))
        if found is None:
            found = list(self._cut(start, end, what))
            self._stretches[start, end, what] = found
        return found

    def _cut(self, start: int, end: int, what: str | Wash) -> Iterator[tuple[int, Stretch]]:
        flow, stretch = None, Stretch(0, 0, what)
        for row in self.over(start, end):
            its = self.flows[row]
            if its is not None and its is not flow:
                flow, stretch = its, Stretch(its.position(start), its.position(end), what)
            if stretch.first < stretch.end:
                yield row, stretch

    def statements(self) -> tuple[Sequence[Span], Sequence[int]]:
        """Return the statements on it, and where each ends; found when something is marked."""
        if self._statements is None:
            found = list(self._document.statements(self.start, self.end))
            self._statements = found, [statement.end for statement in found]
        return self._statements


class _Laid(NamedTuple):
    """What one thing lays on a screen.

    Attributes:
        rows: All rows that it changes the look of.
        stretches: What lies on their text, row by row.
        glyphs: Its symbols.
        signs: The rows that have them beside them.
        dots: The rows that have dots beside them.
    """

    rows: AbstractSet[int]
    stretches: Sequence[tuple[int, Stretch]]
    glyphs: tuple[Glyph, ...] = ()
    signs: AbstractSet[int] = frozenset()
    dots: Sequence[int] = ()


class _Pile:
    """Collects what lies on each row, one upon the other."""

    def __init__(self) -> None:
        self.stretches: dict[int, list[Stretch]] = {}
        self.glyphs: dict[int, list[Glyph]] = {}
        self.bars: set[int] = set()
        self.dots: set[int] = set()

    def lay(self, stretches: Sequence[tuple[int, Stretch]]) -> None:
        """Lay stretches on their rows."""
        for row, stretch in stretches:
            self.stretches.setdefault(row, []).append(stretch)

    def add(self, laid: _Laid) -> None:
        """Lay all that one thing lays."""
        self.lay(laid.stretches)
        for row in laid.signs:
            self.glyphs.setdefault(row, []).extend(laid.glyphs)
        self.dots.update(laid.dots)

    def look(self, row: int, under: Look) -> Look:
        """Return the look of a row with all that lies there on another look."""
        once = tuple(dict.fromkeys((*under.glyphs, *self.glyphs.get(row, ()))))
        stretches = (*under.stretches, *self.stretches.get(row, ()))
        return Look(once, row in self.bars, stretches, under.dots or row in self.dots)

    def looks(self, under: Sequence[Look]) -> list[Look]:
        """Return the look of each row of a screen, upon what lay there before."""
        found = list(under)
        for row in self.stretches.keys() | self.bars:
            found[row] = self.look(row, found[row])
        return found


class _Marked:
    """One screen with the marks as they were laid on it last.

    Attributes:
        screen: Where what lies on it.
        looks: How its rows look with them.
    """

    def __init__(self, screen: _Screen) -> None:
        self.screen = screen
        self.looks = [BARE] * len(screen.starts)
        self._key: object = None
        self._things: Sequence[_Thing] = ()
        self._laid: list[_Laid] = []

    def take(
        self, marks: Sequence[Mark], target: str | None, suggested: Sequence[tuple[int, int]]
    ) -> int:
        """Lay marks, and what is proposed; return on how many rows something has changed.

        What is as it was before and after all that has changed stays where it lies: a tag costs
        its own rows, however many marks the screen has.
        """
        key = (list(marks), target, list(suggested))
        if key == self._key:
            return 0
        self._key = key
        things: list[_Thing] = [(mark, mark.uid == target) for mark in marks]
        things.extend((stretch, False) for stretch in suggested)
        first, last = _alike(self._things, things)
        old = slice(first, len(self._things) - last)
        new = [self._lay(*thing) for thing in things[first : len(things) - last]]
        changed = set[int]().union(*(laid.rows for laid in (*self._laid[old], *new)))
        self._laid[old], self._things = new, things
        pile = _Pile()
        for laid in self._laid:
            if not changed.isdisjoint(laid.rows):
                pile.add(laid)
        for row in changed:
            self.looks[row] = pile.look(row, BARE)
        return len(changed)

    def _lay(self, what: Mark | tuple[int, int], targeted: bool) -> _Laid:
        screen = self.screen
        if not isinstance(what, Mark):
            rows = screen.over(*what)
            return _Laid({*rows}, screen.cut(*what, "suggestion"), dots=rows)
        size = sum(end - start for start, end in what.spans)
        wash = Wash(size, what.glyphs[0].color if what.glyphs else None, targeted)
        stretches = [
            found
            for start, end in what.spans
            if start < screen.end and end > screen.start
            for found in screen.cut(start, end, wash)
        ]
        signs = _rows_with_symbols(screen, what) if what.glyphs else set()
        return _Laid(signs.union(row for row, _ in stretches), stretches, what.glyphs, signs)


def _alike(old: Sequence[_Thing], new: Sequence[_Thing]) -> tuple[int, int]:
    """Return how many things are the same at the beginning, and how many others at the end."""
    most = min(len(old), len(new))
    first = next(compress(count(), map(ne, old, new)), most)
    last = next(compress(count(), map(ne, reversed(old), reversed(new))), most)
    return first, min(last, most - first)


def _rows_with_symbols(screen: _Screen, mark: Mark) -> set[int]:
    """Return the first rows of the statements that a mark overlaps, else the mark's own first."""
    statements, ends = screen.statements()
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


class LaidMarks:
    """The marks as they were laid last: a move of the cursor, or a page back, need not do it again.

    Screens are known by their first row and their height, for as long as the rows are the same.

    Attributes:
        changed: Rows of which marks have changed the look so far, for tests.
    """

    def __init__(self) -> None:
        self.changed = 0
        self._rows: Rows | None = None
        self._screens: dict[tuple[Place, int], _Marked] = {}

    def forget(self) -> None:
        """Lay them anew next time, because rows or statements are others."""
        self._rows = None

    def on(self, rows: Rows, places: Sequence[Place]) -> _Marked:
        """Return the screen that shows some rows, with the marks as they were there."""
        if rows is not self._rows:
            self._rows = rows
            self._screens.clear()
        which = places[0], len(places)
        found = self._screens.get(which)
        if found is None:
            while len(self._screens) >= _KEPT_SCREENS:
                del self._screens[next(iter(self._screens))]
            found = self._screens[which] = _Marked(_Screen(rows, places))
        return found


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
    marked = laid.on(rows, places)
    screen = marked.screen
    if marks is not None:
        proposed = suggested.between(screen.start, screen.end) if suggested is not None else ()
        laid.changed += marked.take(marks.marks(screen.start, screen.end), target, proposed)
    pile = _Pile()
    if hits is not None:
        for start, end in hits.between(screen.start, screen.end):
            pile.lay(screen.cut(start, end, "hit"))
    if selection is not None:
        pile.lay(screen.cut(selection.start, selection.end, "selection"))
    if cursor is not None:
        pile.lay(screen.cut(cursor.start, cursor.end, "cursor"))
        pile.bars.update(screen.over(cursor.start, cursor.end))
    return pile.looks(marked.looks)
