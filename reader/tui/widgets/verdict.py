"""Picks a verdict: tags in rows, one of them under a cursor. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from reader.domain.codebook import Tag
from reader.tui.commands import Command, command_of, keys_of
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import cells_of, row, seg
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

CARRIED = ("step(1)", "step(-1)", "choose")
"""Actions of commands that a picker has itself."""

_GAP = 2


class VerdictPicker(StripWidget, can_focus=True):
    """The tags that can be given; those given are marked by brackets, not by colour alone."""

    HELP = "A digit gives that verdict or takes it off; or go to it with ← → and press Space."
    SAID: ClassVar[tuple[str, ...]] = ("confidence", "likelihood", "reason")
    """Commands of the reading screen whose keys say more of the verdict that is given."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {"verdict--key", "verdict--current"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(carried("verdict", CARRIED)),
        Binding("enter", "screen.focus_next", "go on", show=False),
    ]

    class Chosen(Message):
        """A tag was chosen: give it, or take it off."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position
            """Which of the tags."""

    class SayMore(Message):
        """More is to be said of the verdict that is given."""

        def __init__(self, position: int, what: str) -> None:
            super().__init__()
            self.position = position
            """Which of the tags the cursor is on."""
            self.what = what
            """One of `VerdictPicker.SAID`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        take_own_keys(self, self.own_commands())
        self._tags: Sequence[tuple[str, Tag]] = ()
        self._given: Sequence[bool] = ()
        self._at = 0

    def own_commands(self) -> list[Command]:
        """Return the commands whose keys it has."""
        return carried("verdict", CARRIED)

    def show(self, tags: Sequence[tuple[str, Tag]], given: Sequence[bool]) -> None:
        """Show tags, each with its key, and which of them are given."""
        if not self._tags and True in given:
            self._at = list(given).index(True)  # where one is, at first
        self._tags, self._given = tags, given
        self.content_changed()
        if self.is_mounted:
            tell(self)

    def rows_for(self, width: int) -> int:
        """Return how many rows the tags take."""
        return max(1, len(self._rows(width)))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the tags."""
        return [
            row([part for _, parts in items for part in parts], width)
            for items in self._rows(width)
        ]

    def _rows(self, width: int) -> list[list[tuple[int, list[Segment]]]]:
        """Return rows of tags: position and what is drawn."""
        rows: list[list[tuple[int, list[Segment]]]] = [[]]
        used = 0
        for position in range(len(self._tags)):
            cells = self._cells(position)
            if rows[-1] and used + cells_of(cells) > width:
                rows.append([])
                used = 0
            rows[-1].append((position, cells))
            used += cells_of(cells)
        return rows

    def _cells(self, position: int) -> list[Segment]:
        key, tag = self._tags[position]
        here = self.has_focus and position == self._at
        style = self.part("verdict--current") if here else Style()
        left, right = ("[", "]") if self._given[position] else (" ", " ")
        strong = style + Style(bold=True) if self._given[position] else style
        return [
            seg(left, strong),
            seg(f"{key} " if key else "", style + self.part("verdict--key")),
            seg(f"{tag.symbol} ", style + self.tag_ink(tag.color)),
            seg(f"{tag.label}{right}", strong),
            seg(" " * (_GAP - 1)),
        ]

    called = ""
    """What is asked, for who cannot see what stands above it."""

    def told(self) -> tuple[str, str]:
        """Return in words what is given, where the cursor is, and the keys of all."""
        given = [tag.label for (_, tag), on in zip(self._tags, self._given, strict=True) if on]
        at = f"; at {self._tags[self._at][1].label}" if 0 <= self._at < len(self._tags) else ""
        keys = ", ".join(f"{key} {tag.label}" for key, tag in self._tags if key)
        return f"{self.called}: {', '.join(given) or 'none'}{at}", keys

    def on_focus(self) -> None:
        """Show where one is."""
        self.redraw()

    def on_blur(self) -> None:
        """Show that one is elsewhere."""
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Choose the tag on a digit; say more of it on the keys that do so while reading."""
        for what in self.SAID:
            if {event.key, event.character} & {*keys_of(command_of(what))}:
                event.stop()
                self.post_message(self.SayMore(self._at, what))
                return
        found = (at for at, (key, _) in enumerate(self._tags) if key and key == event.character)
        position = next(found, None)
        if position is not None:
            event.stop()
            self._choose(position)

    def on_click(self, event: events.Click) -> None:
        """Choose the tag that was clicked."""
        rows = self._rows(self.size.width)
        if 0 <= event.y < len(rows):
            right = 0
            for position, cells in rows[event.y]:
                right += cells_of(cells)
                if event.x < right:
                    self._choose(position)
                    return

    def action_step(self, step: int) -> None:
        """Go to another tag; the ends meet."""
        if self._tags:
            self._at = (self._at + step) % len(self._tags)
            self.redraw()
            tell(self)

    def action_choose(self) -> None:
        """Choose the tag under the cursor."""
        if self._tags:
            self._choose(self._at)

    def _choose(self, position: int) -> None:
        self._at = position
        self.post_message(self.Chosen(position))
