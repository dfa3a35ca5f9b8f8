"""Text fields that hold nothing a terminal could act on. Import late: they bring Textual's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.domain.untrusted import safe


def safe_lines(text: str) -> str:
    """Return the text safe to show, with its line feeds."""
    return "\n".join(safe(line) for line in text.split("\n"))


# To Textual the first base that is a widget is the one whose rules and keys count.
if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class _Leaving(_Base):
    """Draws nothing once it was taken away: a frame may fall between that and the next layout.

    Its component styles are gone then, which Textual's fields do not reckon with.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows of a region."""
        if self.is_attached:
            return super().render_lines(crop)
        return [Strip.blank(crop.width)] * crop.height


class LineField(_Leaving, Input):
    """One line; what is typed, pasted or put into it becomes safe, one character for one.

    Args:
        value: What stands in it at first.
        placeholder: What stands in it while it is empty.
        id: The widget's id.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    TAKES_TEXT = True
    """Characters typed while it has the focus are for it."""

    def validate_value(self, value: str) -> str:
        """Return what the field will hold."""
        return safe(value)


class TextField(_Leaving, TextArea):
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

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit (typing, pasting) with its text made safe."""
        text = safe_lines(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
        return super().edit(replace(edit, text=text))
