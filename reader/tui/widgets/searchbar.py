"""The search line below the article. Import late: it brings Textual's input."""

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
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import clip, row, seg
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.strips import StripWidget


class SearchLabel(StripWidget):
    """A text beside the field, as wide as it is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--label", "search--dim", "search--error"}

    def __init__(self, part: str, text: str = "") -> None:
        super().__init__()
        self._part, self._text = part, text

    def set(self, text: str, part: str) -> None:
        """Show another text."""
        if (text, part) != (self._text, self._part):
            self._text, self._part = text, part
            self.fit()
            self.redraw()

    def fit(self) -> None:
        """Be as wide as the text; half of the line is left for what is typed."""
        self.styles.width = cell_len(clip(self._text, self.app.size.width // 2))

    def on_mount(self) -> None:
        """Take the width of the text."""
        self.fit()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the text."""
        return [row([seg(clip(self._text, width), self.part(self._part))], width)]


class SearchField(LineField):
    """What is searched for; ↓, which Textual would take for scrolling, lists what is found."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("line", ["list_hits"]))

    def on_mount(self) -> None:
        """Take the user's own keys."""
        take_own_keys(self, carried("line", ["list_hits"]))

    def action_list_hits(self) -> None:
        """Find it and list all hits."""
        self.query_ancestor(SearchBar).list_hits()


class SearchBar(Horizontal):
    """One line to search with; Ctrl-R toggles regular expressions, ↓ lists what is found.

    Args:
        query: What stands in it at first.
        regex: Whether it is a regular expression.
        id: The widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "leave", show=False),
        *bindings_for(carried("line", ["toggle_regex"])),
    ]

    @dataclass
    class Changed(Message):
        """The query or its kind changed while typing."""

        query: str
        regex: bool

    @dataclass
    class Submitted(Message):
        """The user wants to find it."""

        query: str
        regex: bool
        listed: bool = False
        """Whether all hits shall be listed."""

    class Cancelled(Message):
        """The user leaves the search."""

    def __init__(
        self,
        query: str = "",
        regex: bool = False,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        take_own_keys(self, carried("line", ["toggle_regex"]))
        self._regex = regex
        self._query = query
        self._label = SearchLabel("search--label", self._label_text())
        self._status = SearchLabel("search--dim")

    def compose(self) -> ComposeResult:
        """Compose sign, field and status."""
        yield self._label
        yield SearchField(self._query, placeholder="search in the article")
        yield self._status

    def on_mount(self) -> None:
        """Begin typing."""
        self.query_one(LineField).focus()

    @property
    def typed(self) -> str:
        """What stands in the search line."""
        return self.query_one(LineField).value

    def show_error(self, text: str) -> None:
        """Say what is wrong with the query; an empty text takes it away."""
        self._status.set(f" {text} " if text else "", "search--error")

    def show_hits(self, text: str) -> None:
        """Say how many hits there are, such as ``3 of ~12``."""
        self._status.set(f" {text} " if text else "", "search--dim")

    def _label_text(self) -> str:
        return " regex / " if self._regex else " / "

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        if event.value == self._query:
            return
        self._query = event.value
        self._status.set("", "search--dim")
        self.post_message(self.Changed(event.value, self._regex))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on Enter."""
        event.stop()
        self.post_message(self.Submitted(event.value, self._regex))

    def action_cancel(self) -> None:
        """Leave."""
        self.post_message(self.Cancelled())

    def list_hits(self) -> None:
        """Find it and list all hits."""
        self.post_message(self.Submitted(self.typed, self._regex, listed=True))

    def action_toggle_regex(self) -> None:
        """Search for a regular expression, or for words again."""
        self._regex = not self._regex
        self._label.set(self._label_text(), "search--label")
        self.post_message(self.Changed(self._query, self._regex))
