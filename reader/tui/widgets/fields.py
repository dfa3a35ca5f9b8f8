"""Text fields that hold nothing a terminal could act on. Import late: they bring Textual's own."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import Input, TextArea

from reader.domain.untrusted import safe


def safe_lines(text: str) -> str:
    """Return the text safe to show, with its line feeds."""
    return "\n".join(safe(line) for line in text.split("\n"))


class LineField(Input):
    """One line; what is typed, pasted or put into it becomes safe, one character for one."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Return what the field will hold."""
        return safe(value)


class TextField(TextArea):
    """Several lines of plain text, wrapped; safe like `LineField`."""

    HELP = "Plain text. Ctrl-S or Esc saves and closes."
    BINDINGS: ClassVar = []

    def __init__(self, text: str = "") -> None:
        super().__init__(
            safe_lines(text), soft_wrap=True, compact=True, highlight_cursor_line=False
        )
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit (typing, pasting) with its text made safe."""
        text = safe_lines(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
        return super().edit(replace(edit, text=text))
