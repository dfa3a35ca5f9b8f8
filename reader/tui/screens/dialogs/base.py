"""What every dialog is: a frame in the middle, a title, Esc to leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reader import assets
from reader.tui.commands import Context, commands_for
from reader.tui.widgets.bindings import take_own_keys
from reader.tui.widgets.cells import cells_of, clip, row, seg, split_row, wrap
from reader.tui.widgets.strips import StripWidget

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

Result = TypeVar("Result")
LOW = 18
"""Rows of the window below which a dialog does without empty ones."""


class Line(StripWidget):
    """Plain text in a dialog, wrapped to at most so many rows.

    Args:
        text: What it says.
        part: One of the component classes.
        max_rows: Where it is cut.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dialog--text",
        "dialog--title",
        "dialog--dim",
        "dialog--warning",
        "dialog--error",
    }

    def __init__(
        self,
        text: str,
        part: str = "text",
        *,
        max_rows: int = 1,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._text, self._part, self._max_rows = text, part, max_rows

    def show(self, text: str, part: str | None = None) -> None:
        """Show another text."""
        self._text, self._part = text, part or self._part
        self.content_changed()

    def rows_for(self, width: int) -> int:
        """Return how many rows the text takes, at least one."""
        return max(1, len(wrap(self._text, width, self._max_rows)))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the text."""
        style = self.part(f"dialog--{self._part}")
        rows = wrap(self._text, width, min(height, self._max_rows))
        return [row([seg(text, style)], width) for text in rows]


class Heading(Line):
    """A dialog's title with a remark at the right."""

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__(title, "title")
        self._remark = remark

    def set_remark(self, remark: str) -> None:
        """Show another remark."""
        self._remark = remark
        self.redraw()

    def say(self, remark: str) -> None:
        """Show another remark."""
        self._remark = remark
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return title and remark."""
        room = max(width // 2, width - cells_of([seg(self._text)]) - 2)
        remark = [seg(clip(self._remark, room), self.part("dialog--dim"))]
        title = clip(self._text, width - cells_of(remark) - 1)
        return [split_row([seg(title, self.part("dialog--title"))], remark, width)]


class Dialog(ModalScreen[Result]):
    """A modal screen with a frame; Esc leaves it without a result.

    Args:
        title: What it is about.
        remark: Stands at the right of the title.
    """

    app: ReaderApp
    CSS_PATH = str(assets.styles_dir() / "dialogs.tcss")  # read when the first one opens
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]
    CONTEXTS: ClassVar[tuple[Context, ...]] = ()
    """Whose commands its keys are, besides Enter and Esc; help tells those of the first."""
    holds_keys = False
    """Whether keys typed after it are held until what it was asked for is done."""

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__()
        if self.CONTEXTS:
            take_own_keys(self, commands_for(*self.CONTEXTS))
        self.heading = Heading(title, remark)

    def body(self) -> Iterable[Widget]:
        """Return what stands below the title."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Compose the frame."""
        with Vertical(classes="dialog"):
            yield self.heading
            yield from self.body()

    def fit_frame(self) -> bool:
        """Do without empty rows in a low window; return whether it is one.

        To be called on mount and on resize, before the height of a list is chosen.
        """
        low = self.app.size.height < LOW
        self.set_class(low, "-short")
        return low

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, unless that was done: Textual would take the screen below away instead."""
        if self.app.screen is not self:
            return AwaitComplete()
        if self.holds_keys:
            self.app.hold_keys()
        return super().dismiss(result)

    def action_leave(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys that are valid here, or say what the few do that there are."""
        if not self.CONTEXTS:
            self.app.notify(str(self.HELP or ""), markup=False)
            return
        from reader.tui.screens.dialogs.help import HelpDialog  # late: it is a dialog itself

        self.app.push_screen(HelpDialog(self.CONTEXTS[0]))
