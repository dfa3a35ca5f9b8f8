"""The row of a form that says what a piece of evidence says of the statement."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from reader.domain.evidence import STANCE_SIGNS, STANCES
from reader.tui.commands.pressed import first_key, is_key_of
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import cells_of, row, seg
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

_CARRIED = ("step(1)", "step(-1)", "choose")


class StanceRow(StripWidget, can_focus=True):
    """What the evidence says of the statement: a letter chooses it, Tab or Enter goes on."""

    HELP = "s r c i choose what the evidence says of the statement; Tab or Enter goes on."
    COMPONENT_CLASSES: ClassVar[set[str]] = {"verdict--key", "verdict--current"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(carried("stance", _CARRIED)),
        Binding("enter", "screen.focus_next", "go on", show=False),
    ]

    class Chosen(Message):
        """Another stance was chosen."""

    def __init__(self, stance: str) -> None:
        super().__init__()
        take_own_keys(self, carried("stance", _CARRIED))
        self.stance = stance

    def rows_for(self, width: int) -> int:
        """Return how many rows it takes."""
        return 1 if width >= cells_of(self._cells()) else 2

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the stances; the chosen one is in brackets."""
        cells = self._cells()
        if height == 1:
            return [row(cells, width)]
        half = len(cells) // 2
        return [row(cells[:half], width), row(cells[half:], width)]

    def _cells(self) -> list[Segment]:
        found = []
        for stance in STANCES:
            given = stance == self.stance
            style = Style(bold=given)
            if given and self.has_focus:
                style += self.part("verdict--current")
            left, right = ("[", "]") if given else (" ", " ")
            found += [
                seg(left, style),
                seg(f"{first_key(f'stance.{stance}')} ", style + self.part("verdict--key")),
                seg(f"{STANCE_SIGNS[stance]} {stance}{right} ", style),
            ]
        return found

    def told(self) -> tuple[str, str]:
        """Return in words what is chosen, and what else can be."""
        others = (f"{first_key(f'stance.{name}')} {name}" for name in STANCES)
        return f"What it says of the statement: {self.stance}", ", ".join(others)

    def on_key(self, event: events.Key) -> None:
        """Choose a stance by its letter, and stay, as in the form for verdicts."""
        found = [name for name in STANCES if is_key_of(event, f"stance.{name}")]
        if found:
            event.stop()
            self.stance = found[0]
            self._chosen()

    def _chosen(self) -> None:
        self.redraw()
        tell(self)
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Go to the next stance."""
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """Go to another stance; the ends meet."""
        self.stance = STANCES[(STANCES.index(self.stance) + step) % len(STANCES)]
        self._chosen()

    def action_choose(self) -> None:
        """Go to the next stance: there is nothing else to choose."""
        self.action_step(1)

    def on_focus(self) -> None:
        """Show where one is."""
        self.redraw()

    def on_blur(self) -> None:
        """Show that one is elsewhere."""
        self.redraw()
