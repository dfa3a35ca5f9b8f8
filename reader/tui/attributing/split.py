"""Chooses what is said by another source after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.attributed import Attribution
from reader.services.attributing.listing import Statement
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, told
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.walking import WalkingDialog
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import PLAIN, clip, seg, split_row
from reader.tui.widgets.line_list import LineList


class StatementList(LineList):
    """Statements, those that are chosen with a sign."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }
    EMPTY = "It says nothing."

    def __init__(self, statements: Sequence[Statement]) -> None:
        super().__init__()
        self._statements = statements
        self.chosen: set[int] = set()

    def turn(self) -> None:
        """Choose the current statement, or not, and go on."""
        if self.current is not None:
            self.chosen ^= {self.current}
            self.refresh_entries()
            self.move(1)

    def turn_all(self) -> None:
        """Choose all, or none if all are chosen."""
        every = set(range(len(self._statements)))
        self.chosen = set() if self.chosen == every else every
        self.refresh_entries()

    def entry_count(self) -> int:
        """Return how many there are."""
        return len(self._statements)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a statement."""
        return self._draw(position, width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current statement."""
        return [self._draw(position, width, current=True)]

    def _draw(self, position: int, width: int, *, current: bool) -> Strip:
        item = self._statements[position]
        ground = self.part("choice--current") if current else PLAIN
        mark = "✱" if position in self.chosen else "·"
        left = [seg(f"{'▌' if current else ' '}{mark} ", ground + self.part("choice--bar"))]
        where = clip(item.article, width // 4)
        room = width - len(where) - 6
        left.append(seg(clip(" ".join(item.text[:400].split()), room), ground))
        right = [seg(f"{where} ", ground + self.part("choice--dim"))]
        return split_row(left, right, width, ground)


class SplitDialog(WalkingDialog[list[Attribution] | None]):
    """Gives back what is chosen; an empty list is all that was so before a merge.

    Args:
        name: Whom it is counted for.
        statements: What that one says.
        merged: Whether something was merged into it, so that nothing need be chosen.
    """

    HELP = "x marks, * marks all, Enter goes on, Esc leaves."
    CONTEXTS = ("split",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("split")),
        Binding("enter", "done", "go on", show=False),
    ]

    def __init__(self, name: str, statements: Sequence[Statement], *, merged: bool) -> None:
        super().__init__(f"What is said by another one than {name}?")
        self._statements, self._merged = statements, merged
        self._list = StatementList(statements)
        self._told = Line("", "dim", max_rows=2, id="description")

    @property
    def walked(self) -> LineList:
        """The list."""
        return self._list

    def body(self) -> Iterable[Widget]:
        """Return the list and what keys do."""
        yield self._list
        yield self._told

    def on_mount(self) -> None:
        """Begin at the first one."""
        rows = max(2, min(len(self._statements), self.rows_there - 8))
        self._list.styles.height = rows
        self._list.focus()
        self._list.set_current(0 if self._statements else None)
        without = " Nothing marked: all that another one said before it was merged."
        keys = told("split.mark mark", "split.mark-all mark all", "Enter go on")
        self._told.show(f"{keys}.{without if self._merged else ''}")

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Choose what was clicked."""
        message.stop()
        self._list.turn()

    def action_turn(self) -> None:
        """Choose the current one, or not."""
        self._list.turn()

    def action_turn_all(self) -> None:
        """Choose all, or none."""
        self._list.turn_all()

    def action_done(self) -> None:
        """Give back what is chosen."""
        if not self._list.chosen and not self._merged:
            self._told.show(
                f"Mark with {first_key('split.mark')} what is said by another one.", "error"
            )
            return
        self.dismiss([self._statements[n].attribution for n in sorted(self._list.chosen)])
