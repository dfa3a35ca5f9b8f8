"""Text fields that hold nothing a terminal could act on. Import late: they bring Textual's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual._callback import invoke
from textual.actions import SkipAction
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.events import Key, Paste
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.domain.text import shortened
from reader.domain.untrusted import JOINERS, safe
from reader.tui.widgets.cells import ELLIPSIS, Row, clip
from reader.tui.widgets.plain_current import tell


def safe_lines(text: str) -> str:
    """Return the text safe to show, with its line feeds."""
    return "\n".join(safe(line) for line in text.split("\n"))


def told_field(name: str, value: str, form: str = "") -> str:
    """Return in words what a field is called, what it holds, and what it may hold."""
    empty = f"empty ({form})" if form and form != name else "empty"
    return f"{name or 'Field'}: {value or empty}"


# To Textual the first base that is a widget is the one whose rules and keys count.
if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class _Joining(_Base):
    """Takes joiners where they are typed: without them words are spelled otherwise."""

    async def _on_key(self, event: Key) -> None:
        if event.character and event.character in JOINERS:
            event.stop()
            event.prevent_default()
            await invoke(self._on_paste, Paste(event.character))  # type: ignore[attr-defined]  # Textual's


class _Leaving(_Base):
    """Draws nothing once it was taken away: a frame may fall between that and the next layout.

    Its component styles are gone then, which Textual's fields do not reckon with.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows of a region."""
        if self.is_attached:
            return super().render_lines(crop)
        return [Strip.blank(crop.width)] * crop.height


class LineField(_Joining, _Leaving, Input):
    """One line; what is typed, pasted or put into it becomes safe, one character for one.

    Args:
        value: What stands in it at first.
        placeholder: What stands in it while it is empty.
        id: The widget's id.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._form = self._clipped_form = placeholder

    def on_resize(self) -> None:
        """Cut what stands in the empty field where it ends, and show where the cursor is."""
        if self.placeholder != self._clipped_form:
            self._form = str(self.placeholder)
        self.placeholder = self._clipped_form = clip(self._form, self.size.width)
        if self.has_focus:
            self._show_cursor()

    def on_focus(self) -> None:
        """Show where the cursor is, when the field is laid out."""
        self.call_after_refresh(self._show_cursor)

    def on_blur(self) -> None:
        """Show the beginning of what is in the field."""
        self.scroll_to(x=0, animate=False)

    def render_line(self, y: int) -> Strip:
        """Return the text; where one is not in the field, an ellipsis ends what has no room."""
        strip, width = super().render_line(y), self.size.width
        if self.has_focus or self.scroll_offset.x or not width or cell_len(self.value) <= width:
            return strip
        last = Row([Segment(ELLIPSIS, self.rich_style)], 1)
        return Strip.join([strip.crop(0, width - 1), last])

    def _show_cursor(self) -> None:
        """Scroll the text of the field so that the cursor is seen."""
        if not self.has_focus or not self.is_attached:
            return
        column = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(column, 0, 1, 1), animate=False, force=True)

    TAKES_TEXT = True
    """Characters typed while it has the focus are for it."""

    called = ""
    """What the field is called, for who cannot see what stands beside it."""

    def told(self) -> tuple[str, str]:
        """Return in words what it is called and holds."""
        return told_field(self.called or self._form, self.value, self._form), ""

    def validate_value(self, value: str) -> str:
        """Return what the field will hold."""
        if self.is_mounted:
            tell(self, soon=True)
        return safe(value)


class TextField(_Joining, _Leaving, TextArea):
    """Several lines of plain text, wrapped; safe like `LineField`."""

    HELP = "Plain text. Ctrl-S or Esc saves and closes."
    TAKES_TEXT = True
    """Characters typed while it has the focus are for it."""
    BINDINGS: ClassVar = []

    def __init__(self, text: str = "") -> None:
        super().__init__(
            safe_lines(text), soft_wrap=True, compact=True, highlight_cursor_line=False
        )
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go a line down; leave the key to the form while there is no text to move in."""
        self._has_use()
        super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go a line up; leave the key to the form while there is no text to move in."""
        self._has_use()
        super().action_cursor_up(select)

    def _has_use(self) -> None:
        if not self.text:
            raise SkipAction

    called = ""
    """What the field is called, for who cannot see what stands beside it."""

    def told(self) -> tuple[str, str]:
        """Return in words what it is called and holds."""
        return told_field(f"{self.called}, several lines", shortened(self.text, 400)), ""

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit (typing, pasting) with its text made safe."""
        if self.is_mounted:
            tell(self, soon=True)
        text = safe_lines(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
        return super().edit(replace(edit, text=text))
