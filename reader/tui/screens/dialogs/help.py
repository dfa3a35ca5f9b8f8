"""The keys that are valid here, and what the tags mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.tui.commands import (
    CONTEXT_TITLES,
    Context,
    commands_for,
)
from reader.tui.commands.pressed import told
from reader.tui.screens.dialogs.base import Dialog
from reader.tui.screens.dialogs.help_text import HelpText, LegendItem
from reader.tui.widgets.bindings import bindings_for, take_own_keys

_FRAME_ROWS = 4

_COMMANDS = [
    replace(item, action="leave") if item.id == "help" else item for item in commands_for("help")
]
"""What keys do in the help; the one that shows it takes it away."""


class HelpDialog(Dialog[None]):
    """Shows the keys of a context.

    Args:
        context: Whose keys.
        legend_title: The active facet's title.
        legend: Its tags.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(_COMMANDS),
        Binding("enter", "leave", "close", show=False),
    ]

    def __init__(
        self, context: Context, legend_title: str = "", legend: Sequence[LegendItem] = ()
    ) -> None:
        closes = told("help.search searches", "list.leave closes") or "Esc closes"
        self._closes = self._keys = closes
        self._searched = ""
        super().__init__(CONTEXT_TITLES[context], closes)
        take_own_keys(self, _COMMANDS)
        self._text = HelpText(context, legend_title, legend)

    def body(self) -> Iterable[Widget]:
        """Return the text."""
        yield self._text

    def action_step(self, rows: int) -> None:
        """Move the text."""
        self._text.scroll_rows(rows)

    def action_page(self, direction: int) -> None:
        """Move the text by a page."""
        self._text.scroll_rows(direction * max(1, self._text.size.height - 1))

    def action_end(self, position: int) -> None:
        """Go to the beginning (0) or the end (-1)."""
        self._text.scroll_rows(100_000 if position else -100_000)

    def action_search(self) -> None:
        """Let what is typed choose what is shown."""
        self._text.search()

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self._fit()
        self._text.focus()

    def on_help_text_searched(self, message: HelpText.Searched) -> None:
        """Show what is searched for."""
        cursor = "_" if message.typing else ""
        searched = message.typing or message.query
        self._searched = f"/ {message.query}{cursor}" if searched else ""
        self.heading.say(self._searched or self._keys)

    def on_help_text_shown(self, message: HelpText.Shown) -> None:
        """Tell the key for the next page where there is one."""
        more = told("list.page-down more") if message.more else ""
        self._keys = f"{more} · {self._closes}" if more else self._closes
        self.heading.say(self._searched or self._keys)

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self._text.styles.max_height = max(1, self.rows_there - _FRAME_ROWS)
