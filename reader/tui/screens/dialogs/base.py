"""What every dialog is: a frame in the middle, a title, Esc to leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker

from reader import assets
from reader.domain.untrusted import safe
from reader.tui.commands import Context, command_of, commands_for, key_name, keys_of
from reader.tui.undocumented import decide_bar_anew
from reader.tui.widgets.bindings import take_own_keys
from reader.tui.widgets.cells import cells_of, clip, row, seg, split_row, width_of, wrap
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.notices import Notices
    from reader.tui.screens.dialogs.footer import Footer
    from reader.tui.widgets.statusbar import StatusBar

Result = TypeVar("Result")
_FRAME = 2
"""Rows of the frame, which plain mode does without."""
COVERED = " "
"""What stands in a bottom line that a dialog covers but for its ends: nothing."""
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

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show(self, text: str, part: str | None = None) -> None:
        """Show another text."""
        appears = bool(text) != bool(self._text)
        self._text, self._part = text, part or self._part
        if appears and self._is_low:
            self.refresh(layout=True)
        self.content_changed()
        if text and self._part in ("error", "warning"):
            tell(self, said=text)
        elif self.id == "description":
            tell(self)

    def take_away(self) -> None:
        """Show nothing, such as when a field was changed that an error was about."""
        if self._text:
            self.show("")

    def rows_for(self, width: int) -> int:
        """Return how many rows the text takes, at least one; in a low window none for no text."""
        if not self._text and self._is_low:
            return 0
        return max(1, len(wrap(self._text, width, self._max_rows)))

    @property
    def _is_low(self) -> bool:
        return self.is_attached and self.screen.has_class("-short")

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

    @property
    def title(self) -> str:
        """The title."""
        return self._text

    @property
    def remark(self) -> str:
        """The remark."""
        return self._remark

    def say(self, remark: str) -> None:
        """Show another remark."""
        self._remark = remark
        self.redraw()
        tell_keys(self)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return title and remark."""
        free = width - width_of(safe(self._text)) - 2
        remark = [seg(clip(self._remark, max(width // 2, free)), self.part("dialog--dim"))]
        title = clip(self._text, width - cells_of(remark) - 1)
        return [split_row([seg(title, self.part("dialog--title"))], remark, width)]


def tell_keys(widget: Widget) -> None:
    """Say what keys do in the dialog that a widget is in, because it is something else now."""
    if widget.is_attached and isinstance(widget.screen, Dialog):
        widget.screen.keys_changed()


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
    works = False
    """Whether it only shows how far something is: keys wait for its end, all but Esc."""
    leaves_line = True
    """Whether the bottom line of the screen below stays in sight where there is room."""
    asker: Worker[Any] | None = None
    """Who waits for its answer; None is nobody."""
    holds_keys = False
    """Whether keys typed after it are held until what it was asked for is done."""
    _is_seen = False

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__()
        if self.CONTEXTS:
            take_own_keys(self, commands_for(*self.CONTEXTS))
        self.heading = Heading(title, remark)

    def body(self) -> Iterable[Widget]:
        """Return what stands below the title."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Compose the frame; in plain mode, what has the focus is told below it."""
        with Vertical(classes="dialog") as frame:
            self._leave_line_free(frame)
            yield self.heading
            yield from self.body()
        if getattr(self.app, "plain", False):
            from reader.tui.widgets.plain_current import PlainCurrent  # late: plain mode only

            yield PlainCurrent()

    @property
    def told_title(self) -> str:
        """What the dialog is called."""
        return self.heading.title

    @property
    def told_keys(self) -> str:
        """What keys do in all of the dialog, in words."""
        listed = (getattr(widget, "words", "") for widget in self.query("#keys"))
        return next(filter(None, listed), self.heading.remark or "Esc leaves")

    @property
    def told_about(self) -> str:
        """What is said of the current thing, in words."""
        return " ".join(line.text for line in self.query(Line) if line.id == "description")

    @property
    def rows_there(self) -> int:
        """Rows of the window that are the dialog's, its frame among them.

        These are not the bottom line's, nor plain lines; a low window has no row to spare.
        """
        rows = self.app.size.height
        if not getattr(self.app, "plain", False):
            return rows - 1 if rows > LOW else rows
        from reader.tui.widgets.plain_current import rows_taken  # late: plain mode only

        return rows - rows_taken(rows) + _FRAME

    def on_resize(self) -> None:
        """Leave the bottom line free, if there is room."""
        self._leave_line_free(self.query_one(".dialog"))
        self.call_after_refresh(self.keys_changed)

    def _leave_line_free(self, frame: Widget) -> None:
        free = self.leaves_line and self.app.size.height - self.rows_there == 1
        self.set_class(free, "-above-line")
        frame.styles.max_height = self.rows_there if free else None

    def fit_frame(self) -> bool:
        """Do without empty rows in a low window; return whether it is one.

        To be called on mount and on resize, before the height of a list is chosen.
        """
        low = self.rows_there < LOW
        self.set_class(low, "-short")
        for frame in self.query(".dialog"):
            if frame.show_vertical_scrollbar:
                decide_bar_anew(frame)
        return low

    def on_screen_resume(self) -> None:
        """Show it without what was said before, and its keys in the bottom line below it."""
        self.tell_keys(is_seen=False)
        self._is_seen = True
        self.call_after_refresh(self.keys_changed)  # whether the frame covers that line is known
        notices: Notices | None = getattr(self.app, "notices", None)
        if notices is not None:
            notices.uncover_dialog()

    def tell_keys(self, *, is_seen: bool) -> None:
        """Say in the bottom line what keys do now, if this is on top."""
        if self.app.screen is self:
            if self._covers_line:
                self._lend(COVERED, is_seen=is_seen)
                return
            told = self.told_keys
            leaves = {"Esc", *map(key_name, keys_of(command_of("list.leave")))}
            way_out = "" if leaves.intersection(told.split()) else "Esc leaves"
            self._lend(" · ".join(filter(None, (told, way_out, self._help_key()))), is_seen=is_seen)

    @property
    def _covers_line(self) -> bool:
        """Whether the frame stands on the bottom line, so that only its ends are in sight."""
        return any(frame.region.bottom >= self.app.size.height for frame in self.query(".dialog"))

    def keys_changed(self) -> None:
        """Say in the bottom line what keys do now, unless that is said in a moment."""
        if self._is_seen:
            self.tell_keys(is_seen=True)

    def _help_key(self) -> str:
        """Return the key that shows all keys, ``F1 help``; empty if there is none."""
        found = (item for item in commands_for(*self.CONTEXTS) if item.action == "help")
        keys = (key for item in found for key in keys_of(item))
        return next((f"{key_name(key)} help" for key in keys), "") if self.CONTEXTS else ""

    def _lend(self, keys: str, *, is_seen: bool = False) -> None:
        """Say in the bottom line of the screen below what keys do; nothing gives it back."""
        line = self._bottom_line()
        if line is not None:
            line.lend(keys, is_seen=is_seen)

    def _bottom_line(self) -> StatusBar | Footer | None:
        """Return the bottom line of the screen below, if that has one."""
        below = next(filter(_is_no_dialog, reversed(self.app.screen_stack)), None)
        bar: StatusBar | None = getattr(below, "status_bar", None)
        footer: Footer | None = getattr(below, "footer", None)
        return footer if bar is None else bar

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked in the bottom line, where no frame covers it."""
        at, line = event.screen_offset, self._bottom_line()
        covered = any(frame.region.contains_point(at) for frame in self.query(".dialog"))
        if line is not None and line.region.contains_point(at) and not covered:
            from reader.tui.widgets.hint_clicks import press  # late: not everybody has a mouse

            press(self.app, line.key_at(*(at - line.region.offset)))

    def begin_at(self, widget: Widget) -> None:
        """Give the focus to a widget, with the beginning of the dialog in sight."""
        widget.focus(scroll_visible=False)
        frame = self.query_one(".dialog")
        self.call_after_refresh(frame.scroll_home, animate=False)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, unless that was done: Textual would take the screen below away instead."""
        if self.app.screen is not self:
            return AwaitComplete()
        self._lend("")
        if self.asker is not None and self.asker not in self.app.workers:
            return self.app.pop_screen()  # it was cancelled: to Textual an answer is a mistake
        if self.holds_keys:
            self.app.hold_keys(self.asker)
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


def _is_no_dialog(screen: Screen[Any]) -> bool:
    return not isinstance(screen, Dialog)
