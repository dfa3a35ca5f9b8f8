"""Questions with their answers, each of which is a key away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.commands.pressed import first_key, is_key_of
from reader.tui.widgets.cells import cells_of, row, seg
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a key sets.

    Attributes:
        key: The key of a codebook's tag, or the id of a command, which has a dot.
        label: What it is called.
        about: What it means, in one sentence.
        do: Sets it, or takes it off.
        symbol: A sign before the label, or empty.
        color: ``#RRGGBB`` of the sign, or empty.
        on: Whether it is set.
    """

    key: str
    label: str
    about: str
    do: Callable[[], None]
    symbol: str = ""
    color: str = ""
    on: bool = False


Rows = Sequence[tuple[str, Sequence[Item]]]
"""Questions, each with what can be answered."""


class Answers(StripWidget, can_focus=True):
    """Questions with the keys of their answers; a click does what the key does.

    Args:
        act: Does what an item stands for.
        leave: Leaves.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--title",
        "answers--here",
        "answers--key",
        "answers--label",
        "answers--on",
    }

    def __init__(self, act: Callable[[Item], None], leave: Callable[[], None]) -> None:
        super().__init__(id="answers")
        self._act, self._leave = act, leave
        self._rows: Rows = ()
        self._places: list[list[tuple[int, int, Item]]] = []
        self.here = 0
        """Number of the question whose keys come first."""
        self._top = 0
        self.most = 100
        """Rows that there are at most; what has no room is scrolled to."""

    def show(self, rows: Rows) -> None:
        """Show the questions as they are answered now."""
        self._rows = rows
        self.content_changed()
        tell(self)

    def told(self) -> tuple[str, str]:
        """Return in words which question one is at, how it is answered, and the keys of others."""
        if not self._rows:
            return "", ""
        title, items = self._rows[self.here]
        given = ", ".join(item.label for item in items if item.on)
        keys = ", ".join(f"{_shown(item)} {item.label}" for item in items)
        return f"{title}: {given or 'not said'}", keys

    def item_for(self, event: events.Key) -> Item | None:
        """Return what a key sets: of the question that one is at, else of the first that has it."""
        ordered = [*self._rows[self.here : self.here + 1], *self._rows]
        return next(
            (item for _, items in ordered for item in items if _stands_for(event, item)), None
        )

    def step(self, step: int) -> None:
        """Go to the next or previous question; the ends meet."""
        self.here = (self.here + step) % max(1, len(self._rows))
        if self.size.width:
            self._into_view(self.size.width)
        self.redraw()
        tell(self)

    def _into_view(self, width: int) -> None:
        """Show as much as there is room for of the question that one is at."""
        firsts = [n for n, (_, places) in enumerate(self._laid(width)) if not places]
        first = firsts[self.here]
        last = [*firsts, len(self._laid(width))][self.here + 1]
        self._top = min(max(self._top, last - self.size.height), first)

    def _laid(self, width: int) -> list[tuple[Strip, list[tuple[int, int, Item]]]]:
        rows: list[tuple[Strip, list[tuple[int, int, Item]]]] = []
        for number, (title, items) in enumerate(self._rows):
            mark = "▸ " if number == self.here else "  "
            style = self.part("answers--here" if number == self.here else "answers--title")
            rows.append((row([seg(f"{mark}{title}", style)], width), []))
            parts: list[Segment] = [seg("  ")]
            places: list[tuple[int, int, Item]] = []
            for item in items:
                piece = self._piece(item)
                if places and cells_of(parts) + cells_of(piece) > width:
                    rows.append((row(parts, width), places))
                    parts, places = [seg("  ")], []
                start = cells_of(parts)
                parts += piece
                places.append((start, cells_of(parts), item))
            rows.append((row(parts, width), places))
        return rows

    def _piece(self, item: Item) -> list[Segment]:
        style = self.part("answers--on" if item.on else "answers--label")
        sign = [seg(f"{item.symbol} ", self.tag_ink(item.color))] if item.symbol else []
        before, behind = ("[", "]") if item.on else (" ", " ")
        return [
            seg(before, style),
            seg(f"{_shown(item)} ", self.part("answers--key")),
            *sign,
            seg(f"{item.label}{behind}", style),
            seg(" "),
        ]

    def rows_for(self, width: int) -> int:
        """Return how many rows the questions get."""
        return max(1, min(len(self._laid(width)), self.most))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the questions with their answers."""
        laid = self._laid(width)
        self._top = max(0, min(self._top, len(laid) - height))
        laid = laid[self._top : self._top + height]
        self._places = [places for _, places in laid]
        return [strip for strip, _ in laid]

    def on_click(self, event: events.Click) -> None:
        """Set what was clicked."""
        event.stop()
        if event.y < len(self._places):
            for start, end, item in self._places[event.y]:
                if start <= event.x < end:
                    self._act(item)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show what is below."""
        event.stop()
        self._top += 1
        self.redraw()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show what is above."""
        event.stop()
        self._top -= 1
        self.redraw()

    async def _on_key(self, event: events.Key) -> None:
        """Set what a key stands for, or leave."""
        item = self.item_for(event)
        leaves = event.key in ("enter", "escape") or is_key_of(event, "list.leave")
        if not (leaves or item):
            return
        event.stop()
        event.prevent_default()
        if leaves:
            self._leave()
        elif item is not None:
            self._act(item)


def _is_command(item: Item) -> bool:
    return len(item.key) > 1 and "." in item.key


def _stands_for(event: events.Key, item: Item) -> bool:
    if _is_command(item):
        return is_key_of(event, item.key)
    return bool(item.key) and item.key == event.character


def _shown(item: Item) -> str:
    return first_key(item.key) if _is_command(item) else item.key
