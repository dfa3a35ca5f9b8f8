"""Shows what was taken of a page that looks wrong, before it is kept, and asks what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.article_draft import ArticleDraft
from reader.domain.text import Role
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import told
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.choice import Choice, ChoiceList
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.strips import StripWidget

KEEP, WHOLE, PASTE = "keep", "whole", "paste"
"""What can be done: keep it as it is, take the whole page, paste the text instead."""

_MOST_ROWS = 400
_ROWS_OF_BLOCK = 60
_MOST_REASONS = 4
_AROUND = 9
"""Rows of the dialog besides preview and choices."""
_ASIDE = frozenset((Role.CAPTION, Role.CREDIT, Role.BOILERPLATE))

CHOICES = (
    Choice(KEEP, "Keep it as it is", "The article has this text; the warning stays with it."),
    Choice(WHOLE, "Use the whole page", "Menus and what else stands around the article, too."),
    Choice(PASTE, "Paste the text instead", "Copy the article in your browser, and paste it here."),
)


class PreviewText(StripWidget, can_focus=True):
    """The beginning of a text, which can be scrolled.

    Args:
        draft: The text with its blocks.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dialog--text",
        "dialog--title",
        "dialog--dim",
        "preview--bar",
    }

    def __init__(self, draft: ArticleDraft) -> None:
        super().__init__()
        self._draft = draft
        self._top = 0
        self._width = 0
        self._rows: list[tuple[str, str]] = []

    def scroll_rows(self, step: int) -> None:
        """Go on by so many rows, or back."""
        self._top = max(0, min(self._top + step, len(self._rows) - self.size.height))
        self.redraw()

    def rows_for(self, width: int) -> int:
        """Return how many rows the text takes, as far as it is shown at all."""
        return len(self._wrapped(width - 2))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible rows."""
        if width != self._width:
            self._width, self._rows = width, self._wrapped(width - 2)
        shown = self._rows[self._top : self._top + height]
        bar = seg("▏ ", self.part("preview--bar"))
        return [row([bar, seg(text, self.part(f"dialog--{part}"))], width) for text, part in shown]

    def _wrapped(self, width: int) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        for block in self._draft.blocks:
            if len(rows) > _MOST_ROWS:
                break
            words = self._draft.text[block.start : min(block.end, block.start + 8_000)]
            part = "dim" if block.role in _ASIDE else "text"
            part = "title" if block.role in (Role.HEADLINE, Role.SUBHEAD) else part
            close = block.role is Role.LIST_ITEM or block.level
            rows += [("", "text")] if rows and not close else []
            rows += [(text, part) for text in wrap(words, width, _ROWS_OF_BLOCK)]
        return rows

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the view on."""
        event.stop()
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the view back."""
        event.stop()
        self.scroll_rows(-3)


class PreviewDialog(Dialog[str | None]):
    """Gives back :data:`KEEP`, :data:`WHOLE` or :data:`PASTE`; None adds nothing.

    Args:
        draft: What was taken; the first of its warnings say what looks wrong.
        choices: What can be done.
    """

    HELP = "↑ ↓ to choose, Enter takes it; PgUp PgDn turn the preview; Esc adds nothing."
    CONTEXTS = ("list",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("list")),
        Binding("enter", "take", "take", show=False, priority=True),
    ]

    def __init__(self, draft: ArticleDraft, choices: Sequence[Choice] = CHOICES) -> None:
        super().__init__(
            "This may not be the article", told("list.page-down scrolls", "Esc adds nothing")
        )
        count = len(draft.text.split())
        words = "One word was taken." if count == 1 else f"{count:,} words were taken."
        self._why = (*draft.warnings[:_MOST_REASONS], words)
        self._reasons = Line("\n".join(self._why), "warning", max_rows=_MOST_REASONS + 3)
        self._text = PreviewText(draft)
        self._choices = choices
        self._list = ChoiceList(choices)
        self._description = Line("", "dim", max_rows=2)

    def body(self) -> Iterable[Widget]:
        """Return reasons, preview, choices and what the current one means."""
        yield self._reasons
        yield self._text
        yield self._list
        yield self._description

    def on_mount(self) -> None:
        """Begin with the first choice."""
        self._fit()
        self._list.show(self._choices)
        self._describe()
        self._text.focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        """Show the choices in any case; on a small screen one reason, and little of the text."""
        short = self.fit_frame()
        self._description.display = not short
        self._reasons.show("\n".join(self._why[:1] if short else self._why))
        self._list.styles.height = len(self._choices)
        width = max(20, min(72, self.app.size.width - 6))
        reasons = self._reasons.rows_for(width)
        room = self.rows_there - (_AROUND - 4 * short) - len(self._choices) - reasons
        self._text.styles.height = max(1, min(room, 14, self._text.rows_for(width)))

    def _describe(self) -> None:
        choice = self._list.highlighted
        self._description.show(choice.description if choice else "")

    def action_step(self, step: int) -> None:
        """Go to the next or previous choice; the ends meet."""
        self._list.set_current(((self._list.current or 0) + step) % len(self._choices))
        self._describe()

    def action_page(self, direction: int) -> None:
        """Turn the page of the preview."""
        self._text.scroll_rows(direction * max(1, self._text.size.height - 1))

    def action_end(self, position: int) -> None:
        """Go to the beginning (0) or the end (-1) of the preview."""
        self._text.scroll_rows((1 if position else -1) * 100_000)

    def on_line_list_jumped(self) -> None:
        """Take what was clicked."""
        self.action_take()

    def action_take(self) -> None:
        """Take the current choice."""
        choice = self._list.highlighted
        if choice is not None:
            self.dismiss(choice.id)
