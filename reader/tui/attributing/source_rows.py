"""Draws the list of sources: each in one row, the current one with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.services.attributing.chains import source_words
from reader.services.attributing.listing import Listed
from reader.tui.commands.pressed import sentence
from reader.tui.widgets.cells import PLAIN, cells_of, clip, row, seg, split_row, wrap
from reader.tui.widgets.line_list import LineList

Facts = Sequence[tuple[str, str]]
"""What is known of a source: labels and texts."""

_LABEL = 10
_MARKED = "✱"


class SourceList(LineList):
    """Sources by position; those that are marked have a sign."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    class Jumped(LineList.Jumped):
        """The user chose a source. A class of its own: handlers are found by its name."""

    @dataclass
    class Rested(Message):
        """Another source is current now."""

        uid: str

    def __init__(self) -> None:
        super().__init__(id="sources")
        says = sentence("source", "on a statement says who said it")
        self.EMPTY = f"No sources yet.{says}{sentence('sources.add', 'adds one here')}"
        self.rows: Sequence[Listed] = ()
        self.marked: set[str] = set()
        self._facts: dict[str, Facts] = {}

    @property
    def here(self) -> Listed | None:
        """The current source."""
        at = self.current
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def show(self, rows: Sequence[Listed], uid: str | None) -> None:
        """Show sources, one of them current; what was known of them is read anew."""
        self.rows, self._facts = rows, {}
        uids = [item.source.uid for item in rows]
        self.marked &= set(uids)
        at = uids.index(uid) if uid in uids else min(self.current or 0, len(rows) - 1)
        self.set_current(at if rows else None)
        self.refresh_entries()
        self._rest()

    def set_current(self, position: int | None) -> None:
        """Make a source current, and have read what is known of it."""
        super().set_current(position)
        self._rest()

    def _rest(self) -> None:
        here = self.here
        if here is not None and here.source.uid not in self._facts and self.is_attached:
            self.post_message(self.Rested(here.source.uid))

    def know(self, uid: str, facts: Facts) -> None:
        """Show what is known of a source."""
        self._facts[uid] = facts
        here = self.here
        if here is not None and here.source.uid == uid:
            self.reopen()

    def mark(self) -> None:
        """Mark the current source, or take its mark off, and go on."""
        here = self.here
        if here is not None:
            self.marked ^= {here.source.uid}
            self.refresh_entries()
            self.move(1)

    def unmark(self) -> None:
        """Take all marks off."""
        self.marked.clear()
        self.refresh_entries()

    def entry_count(self) -> int:
        """Return how many there are."""
        return len(self.rows)

    # ------------------------------------------------------------------ drawing

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a source."""
        return self._draw(self.rows[position], width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current source with what is known of it."""
        item = self.rows[position]
        first = self._draw(item, width, current=True)
        return [first, *self._known(self._facts.get(item.source.uid, ()), width)]

    def _known(self, facts: Facts, width: int) -> list[Strip]:
        ground = self.part("choice--current")
        dim, bar = ground + self.part("choice--dim"), ground + self.part("choice--bar")
        rows = []
        for label, text in facts:
            for number, line in enumerate(wrap(text, width - _LABEL - 5, 3)):
                shown = clip(label if not number else "", _LABEL - 1)
                parts = [seg("▌   ", bar), seg(f"{shown:<{_LABEL}}", dim), seg(line, dim)]
                rows.append(row(parts, width, ground))
        return rows

    def _draw(self, item: Listed, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else PLAIN
        dim = ground + self.part("choice--dim")
        mark = _MARKED if item.source.uid in self.marked else " "
        left = [seg(f"{'▌' if current else ' '}{mark} ", ground + self.part("choice--bar"))]
        count = item.use.statements
        told = [item.source.kind] if width >= 60 else []
        told.append(
            f"{count:,} statement{'' if count == 1 else 's'}" if width >= 50 else f"{count:,}"
        )
        right = [seg(f"{' · '.join(told)} ", dim)]
        room = width - cells_of(right) - 4
        name = clip(source_words(item.source), room)
        left.append(seg(name, ground + Style(bold=current)))
        role = item.source.role or item.source.affiliation or ""
        if role and room - cells_of(left) > 12:
            left.append(seg(f"  {clip(role, room - cells_of(left))}", dim))
        return split_row(left, right, width, ground)
