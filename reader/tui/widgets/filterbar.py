"""The filter line below the article, and what the panel's head says of filter, order and marks.

Import late: it brings Textual's input.
"""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from reader.domain.records import dataclass
from reader.tui.widgets.cells import clip, row, seg
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.searchbar import SearchLabel
from reader.tui.widgets.strips import StripWidget

PLACEHOLDER = "words  tag:  has:  source:  naming:  voice:  act:  flag:  incomplete:  by:  -not"


class FilterBar(Horizontal):
    """One line to filter the panel with.

    Args:
        query: What stands in it at first.
        placeholder: What stands in the empty line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "all", show=False)]

    @dataclass
    class Changed(Message):
        """The filter changed while typing."""

        query: str

    @dataclass
    class Submitted(Message):
        """The user is done with the filter; what is listed stays."""

        query: str

    class Cancelled(Message):
        """The user wants all of them."""

    def __init__(self, query: str, *, placeholder: str = PLACEHOLDER) -> None:
        super().__init__()
        self._query, self._placeholder = query, placeholder
        self._status = SearchLabel("search--error")

    def compose(self) -> ComposeResult:
        """Compose sign, field and status."""
        yield SearchLabel("search--label", " filter ")
        field = LineField(self._query, placeholder=self._placeholder)
        field.called = "Filter"
        yield field
        yield self._status

    def on_mount(self) -> None:
        """Begin typing."""
        self.query_one(LineField).focus()

    def show_error(self, text: str) -> None:
        """Say what is wrong with the filter; an empty text takes it away."""
        self._status.set(f" {text} " if text else "", "search--error")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        if event.value != self._query:
            self._query = event.value
            self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on Enter."""
        event.stop()
        self.post_message(self.Submitted(event.value))

    def action_cancel(self) -> None:
        """Leave without a filter."""
        self.post_message(self.Cancelled())


@dataclass(frozen=True, slots=True)
class ListState:
    """What is to be said of the panel's list.

    Attributes:
        shown: How many entries are listed.
        total: How many there are.
        query: The filter, or an empty text.
        order: The order in words, or an empty text for the usual one.
        marked: How many are marked and listed.
        marked_away: How many are marked and not listed.
    """

    shown: int
    total: int
    query: str = ""
    order: str = ""
    marked: int = 0
    marked_away: int = 0

    @property
    def says_something(self) -> bool:
        """Whether the list is any different from all entries in document order."""
        return bool(self.query or self.order or self.marked or self.marked_away)


class ListHead(StripWidget):
    """``3 of 23 · tag:doubtful · newest change first · 2 marked``, over the panel's entries."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"listhead--marked", "listhead--query", "listhead--dim"}

    def __init__(self) -> None:
        super().__init__()
        self._state = ListState(0, 0)

    def set_state(self, state: ListState) -> None:
        """Say something else."""
        if state != self._state:
            self._state = state
            self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the line: what is marked is said first, the filter is cut where it must be."""
        state = self._state
        parts = [seg("  ")]
        if state.marked or state.marked_away:
            away = f", {state.marked_away:,} more not shown" if state.marked_away else ""
            parts.append(seg(f"{state.marked:,} marked{away}", self.part("listhead--marked")))
            parts.append(seg(" · ", self.part("listhead--dim")))
        count = f"{state.shown:,} of {state.total:,}"
        order = f" · {state.order}" if state.order else ""
        parts.append(seg(count, self.part("listhead--dim")))
        if state.query:
            used = sum(cell_len(part.text) for part in parts) + 3
            room = max(width - used - cell_len(order) - 1, 8)
            parts.append(seg(" · ", self.part("listhead--dim")))
            parts.append(seg(clip(state.query, room), self.part("listhead--query")))
        parts.append(seg(order, self.part("listhead--dim")))
        return [row(parts, width)]
