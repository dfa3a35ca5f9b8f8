"""The parts of the dialog on a relation: its kind, what is judged of it, a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, cast

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.codebook import Tag
from reader.domain.relation import TYPES, RelationType
from reader.tui.commands import Command
from reader.tui.commands.pressed import first_key, is_key_of
from reader.tui.screens.dialogs.base import Line
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import clip, fit, row, seg, wrap
from reader.tui.widgets.line_list import LineList
from reader.tui.widgets.verdict import CARRIED, VerdictPicker

_LABEL, _KEY = 22, 3
"""Cells of what a kind is called, and of its key, which it may be without."""
_BESIDE = 60
"""Cells of a row from which on the whole definition stands beside what the kind is called."""
_DEFINITION_ROWS = 4
_INDENT = _KEY + 1
_END = 6
"""Cells of the label before a statement's words."""
_SIGN = 3
"""Cells at the right edge that a definition leaves to the sign for more kinds."""


class Asking(Protocol):
    """The dialog, as its parts know it."""

    phase: str
    """Which of the parts keys are for: ``kind``, ``judge``, ``note``."""

    def takes_key(self, event: events.Key) -> bool:
        """Do what a key means, if it means something."""

    def go_on(self) -> None:
        """Go on from the kind to what is judged of it."""


class EndLine(Line):
    """The words of one of the two statements, behind what it is in the relation.

    Args:
        label: ``from`` or ``to``.
        words: The statement.
    """

    def __init__(self, label: str, words: str) -> None:
        super().__init__(f"“{words}”")
        self._label = label

    def give(self, rows: int) -> None:
        """Take so many rows at most."""
        if rows != self._max_rows:
            self._max_rows = rows
            self.refresh(layout=True)

    def rows_for(self, width: int) -> int:
        """Return how many rows it takes."""
        return super().rows_for(width - _END)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the words with the label before them."""
        label = seg(fit(self._label, _END), self.part("dialog--title"))
        blank = seg(" " * _END)
        words = super().draw(width - _END, height)
        return [row([label if not at else blank, *it], width) for at, it in enumerate(words)]


def _pressed(widget: Widget, event: events.Key) -> None:
    """Give a key to the dialog, which knows what is asked."""
    if cast("Asking", widget.screen).takes_key(event):
        event.stop()
        event.prevent_default()


class TypeList(LineList):
    """The kinds of relation; a letter chooses one at once.

    The bar stands at the chosen one while the keys are for this part, and its definition is whole;
    brackets do afterwards. Arrows at the right edge say that there are more kinds than are seen.
    """

    HELP = "A letter chooses that kind and goes on; or go to it with j k and press Enter."
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--current", "choice--bar", "choice--dim"}
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("kind", CARRIED))

    def __init__(self) -> None:
        super().__init__()
        take_own_keys(self, carried("kind", CARRIED))

    asked = True
    """Whether the keys are for this part."""

    def ask(self, asked: bool) -> None:
        """Show whether the keys are for this part."""
        self.asked = asked
        self.reopen()

    @property
    def type(self) -> RelationType:
        """The kind that is chosen."""
        return TYPES[self.current or 0]

    def entry_count(self) -> int:
        """Return how many kinds there are."""
        return len(TYPES)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a kind."""
        return self._draw(position, width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the chosen kind, with its whole definition while it is asked for."""
        if not self.asked:
            return [self._draw(position, width, current=True)]
        ground = self.part("choice--current")
        beside = width >= _BESIDE
        indent = _INDENT + _LABEL if beside else _INDENT
        room = width - indent - _SIGN
        about = wrap(TYPES[position].definition, room, _DEFINITION_ROWS)
        first = self._draw(position, width, current=True, about=about.pop(0) if beside else "")
        return [first, *(self._definition(text, indent, width, ground) for text in about)]

    def _definition(self, text: str, indent: int, width: int, ground: Style) -> Strip:
        """Return one more row of a definition."""
        bar = seg("▌", ground + self.part("choice--bar"))
        words = seg(" " * (indent - 1) + text, ground + self.part("choice--dim"))
        return row([bar, words], width, ground)

    def _draw(self, position: int, width: int, *, current: bool, about: str | None = None) -> Strip:
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        kind = TYPES[position]
        sign, end = ("▌", "") if self.asked else ("[", "]")
        bar = seg(sign if current else " ", ground + self.part("choice--bar"))
        label = f"{kind.label}{end if current else ''}"
        label = fit(label, _LABEL) if width >= 2 * _LABEL else label
        if about is None:
            about = kind.definition if width >= 2 * _LABEL else ""
        cells = [
            bar,
            seg(fit(first_key(f"kind.{kind.code}"), _KEY), dim),
            seg(label, ground),
            seg(clip(about, width - _LABEL - _INDENT - 1), dim),
        ]
        return row(cells, width, ground)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible kinds, with signs where there are more above or below."""
        strips = super().draw(width, height)
        if self._top > 0:
            strips[0] = self._leading_on(strips[0], "↑", width)
        if self._top + len(strips) < self._row_count():
            last = len(strips) - 1
            sign = "↓" if self.position_at(last) == self.current else "↓ more"
            strips[last] = self._leading_on(strips[last], sign, width)
        return strips

    def _leading_on(self, strip: Strip, sign: str, width: int) -> Strip:
        more = seg(f" {sign}", self.part("choice--bar"))
        return Strip.join([strip.crop(0, width - more.cell_length), Strip([more])])

    def on_key(self, event: events.Key) -> None:
        """Have the dialog take a letter, and Enter."""
        _pressed(self, event)

    def take(self, event: events.Key) -> bool:
        """Make the kind of a letter the current one; False if there is none."""
        found = (at for at, kind in enumerate(TYPES) if is_key_of(event, f"kind.{kind.code}"))
        position = next(found, None)
        if position is not None:
            self.set_current(position)
        return position is not None

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Choose what was clicked."""
        message.stop()
        cast("Asking", self.screen).go_on()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    def action_step(self, step: int) -> None:
        """Go to another kind; the ends meet."""
        self.set_current(((self.current or 0) + step) % len(TYPES))


class StancePicker(VerdictPicker, inherit_bindings=False):
    """What is judged of the relation; Enter keeps all of it.

    There is a cursor only once an arrow was pressed, so that Space pressed here by mistake judges
    nothing.
    """

    HELP = (
        "A letter judges the relation and goes on to the note, or takes that back;"
        " any other begins the note, Enter keeps it."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("relating", CARRIED))

    def own_commands(self) -> list[Command]:
        """Return the commands whose keys it has."""
        return carried("relating", CARRIED)

    def show(self, tags: Sequence[tuple[str, Tag]], given: Sequence[bool]) -> None:
        """Show tags, and which of them is given; no cursor is put on it."""
        at = self._at if self._tags else -1
        super().show(tags, given)
        self._at = at

    def action_step(self, step: int) -> None:
        """Go to another tag; at first to the one at that end."""
        if self._at < 0 and step < 0:
            self._at = 0
        super().action_step(step)

    def action_choose(self) -> None:
        """Choose the tag under the cursor, if there is one."""
        if self._at >= 0:
            super().action_choose()

    def on_key(self, event: events.Key) -> None:
        """Have the dialog take a letter, and Enter."""
        _pressed(self, event)
