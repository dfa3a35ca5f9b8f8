"""Keys, those used most first, and what the tags mean: in one or two columns, to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.commands import (
    Command,
    Context,
    digits_shown,
    in_palette,
    key_for,
    key_name,
    keys_of,
    listed,
)
from reader.tui.commands.pressed import told
from reader.tui.widgets.cells import fit, row, seg, wrap
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

_TWO_COLUMNS_FROM = 96
_GAP = 3
_KEY_CELLS = 13
_LABEL_CELLS = 16
_TEXT_CELLS = 22
"""Cells that a text needs beside its key; with fewer it stands below."""
_MANY = 30
"""So many commands from which on those that are used most are told first."""
_ALSO = frozenset(
    {"statement.previous", "panel.previous", "library.previous", "page.down", "focus.switch"}
)
"""Much used commands for which the bottom line has no room."""


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A tag of the active facet; ``color`` is ``#RRGGBB``."""

    key: str
    symbol: str
    label: str
    definition: str
    color: str


class HelpText(StripWidget, can_focus=True):
    """Keys, those used most first, and the legend, in one column or two; it scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--heading", "help--key", "help--dim"}

    @dataclass
    class Searched(Message):
        """The user searches: what is typed so far, and whether typing goes on."""

        query: str
        typing: bool

    @dataclass
    class Shown(Message):
        """Other rows are shown: whether there are more below."""

        more: bool

    def __init__(self, context: Context, legend_title: str, legend: Sequence[LegendItem]) -> None:
        super().__init__()
        self._where = context
        self._legend_title, self._legend = legend_title, legend
        self._top = 0
        self._query = ""
        self._typing = False
        self._more: bool | None = None

    def rows_for(self, width: int) -> int:
        """Return how many rows everything takes."""
        return len(self._rows(width))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible rows."""
        rows = self._rows(width)
        self._top = max(0, min(self._top, len(rows) - height))
        more = self._top + height < len(rows)
        if more != self._more:
            self._more = more
            self.post_message(self.Shown(more))
        return rows[self._top : self._top + height]

    def _rows(self, width: int) -> list[Strip]:
        """Return all rows: blocks one below the other, or in two columns of like height."""
        if width < _TWO_COLUMNS_FROM:
            return _stack(self._blocks(width), width)
        column = (width - _GAP) // 2
        blocks = self._blocks(column)
        left = _stack(blocks[: _middle(blocks)], column)
        right = _stack(blocks[_middle(blocks) :], column)
        blank = Strip.blank(column)
        gap = Strip.blank(_GAP)
        rows = max(len(left), len(right))
        left += [blank] * (rows - len(left))
        right += [blank] * (rows - len(right))
        pairs = zip(left, right, strict=True)
        return [Strip.join([one, gap, other]).adjust_cell_length(width) for one, other in pairs]

    def _blocks(self, width: int) -> list[list[Strip]]:
        commands = listed(self._where)
        blocks = [
            self._section(name, list(each), width)
            for name, each in groupby(commands, lambda command: command.section)
        ]
        if len(commands) >= _MANY and not self._query:  # who searches finds each once
            used = [command for command in commands if _is_much_used(command)]
            blocks.insert(0, self._section("Most used", used, width))
        if self._legend:
            blocks.append(self._legend_rows(width))
        found = [block for block in blocks if len(block) > 1]
        return found or [[row([seg("Nothing matches.", self.part("help--dim"))], width)]]

    def _matches(self, *texts: str) -> bool:
        """Whether each word that is searched for is in one of the texts."""
        said = " ".join(texts).casefold()
        return all(word in said for word in self._query.casefold().split())

    def _section(self, name: str, commands: list[Command], width: int) -> list[Strip]:
        rows = [self._heading(name, width)]
        together, digits = digits_shown(commands)
        for shown, text in digits:
            if not self._matches(name, shown, text):
                continue
            rows.extend(_beside([seg(shown, self.part("help--key"))], text, _KEY_CELLS, width))
        for command in commands:
            keys = _keys(command)
            within_reach = keys_of(command) or in_palette(command)
            if (
                within_reach
                and command.id not in together
                and self._matches(name, keys, command.title, command.tooltip)
            ):
                head = [seg(keys, self.part("help--key"))]
                rows.extend(_beside(head, _told(command), _KEY_CELLS, width))
        return rows

    def _legend_rows(self, width: int) -> list[Strip]:
        rows = [self._heading(self._legend_title, width)]
        keys = max(1, *(cell_len(item.key) for item in self._legend))
        for item in self._legend:
            if not self._matches(self._legend_title, item.key, item.label, item.definition):
                continue
            head = [
                seg(f"{fit(item.key, keys)} ", self.part("help--key")),
                seg(f"{item.symbol} ", self.tag_ink(item.color) + Style(bold=True)),
                seg(fit(item.label, _LABEL_CELLS)),
            ]
            rows.extend(_beside(head, item.definition, _LABEL_CELLS + keys + 5, width))
        return rows

    def _heading(self, text: str, width: int) -> Strip:
        return row([seg(text, self.part("help--heading"))], width)

    # ------------------------------------------------------------------ searching

    def told(self) -> tuple[str, str]:
        """Return the first row that is seen, so that going on reads row by row."""
        rows = self._rows(self.size.width or 80)
        top = min(self._top, max(0, len(rows) - self.size.height))
        text = " ".join(rows[top].text.split()) if rows else ""
        return text or "(an empty row)", told("list.next goes on", "list.previous back")

    def search(self) -> None:
        """Let what is typed choose what is shown."""
        self._typing = True
        self._found("")

    def on_key(self, event: events.Key) -> None:
        """Take what is typed while searching; Enter keeps what is found, Esc shows everything."""
        if not self._typing and not (self._query and event.key == "escape"):
            return
        event.stop()
        event.prevent_default()
        if event.key in ("enter", "escape", "down"):
            self._typing = False
            self._found("" if event.key == "escape" else self._query)
        elif event.key == "backspace":
            self._found(self._query[:-1])
        elif event.character and event.is_printable:
            self._found(self._query + event.character)

    def _found(self, query: str) -> None:
        self._query, self._top = query, 0
        self.content_changed()
        tell(self)
        self.post_message(self.Searched(query, self._typing))

    def scroll_rows(self, rows: int) -> None:
        """Move the text."""
        self._top = max(0, self._top + rows)
        self.redraw()
        tell(self)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on."""
        event.stop()
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back."""
        event.stop()
        self.scroll_rows(-3)


def _is_much_used(command: Command) -> bool:
    """Whether a command is one of those that the bottom line offers, or that tag."""
    return bool(command.hint) or command.id in _ALSO or command.action.startswith("tag('")


def _keys(command: Command) -> str:
    """Return a command's keys as people write them; the palette's for one that has none."""
    return " ".join(key_name(key) for key in keys_of(command)) or key_for("palette")


def _told(command: Command) -> str:
    """Return what a command does; for one without a key first what to type in the palette."""
    return command.tooltip if keys_of(command) else f"{command.title}: {command.tooltip}"


def _beside(head: list[Segment], text: str, column: int, width: int) -> list[Strip]:
    """Return a head and a text wrapped beside it, or below it where there is too little room."""
    used = sum(cell_len(part.text) for part in head)
    if width - column < _TEXT_CELLS:
        below = wrap(text, max(width - 2, 1), 12)
        return [row(head, width), *(row([seg(f"  {line}")], width) for line in below)]
    lines = wrap(text, width - column, 12) or [""]
    first = row([*head, seg(" " * max(column - used, 1)), seg(lines[0])], width)
    return [first, *(row([seg(" " * column), seg(line)], width) for line in lines[1:])]


def _stack(blocks: Sequence[list[Strip]], width: int) -> list[Strip]:
    """Return blocks one below the other with an empty row between."""
    rows: list[Strip] = []
    for block in blocks:
        if rows:
            rows.append(Strip.blank(width))
        rows.extend(block)
    return rows


def _middle(blocks: Sequence[list[Strip]]) -> int:
    """Return how many blocks go in the left column so that the longer one is shortest."""
    heights = [len(block) + 1 for block in blocks]
    return min(
        range(1, len(blocks) + 1),
        key=lambda count: max(sum(heights[:count]), sum(heights[count:])),
    )
