"""Text fields that hold nothing a terminal could act on. Import late: they bring Textual's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.domain.untrusted import safe
from reader.tui.undocumented import run_own_binding


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
        on_enter: Asked at Enter, at once, whether the text is taken. Keys typed after it then
            belong to what comes next: they are given to ``keep`` instead of written.
        keep: Takes a key that came after Enter.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        on_enter: Callable[[str], bool] | None = None,
        keep: Callable[[events.Key], None] | None = None,
    ) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._entered = False
        self._keep = keep
        self._at_enter = on_enter

    def hand_over(self) -> None:
        """Keep what is typed from now on, as after Enter."""
        self._entered = True

    def go_on(self) -> None:
        """Write what is typed again: what came at Enter was not taken after all."""
        self._entered = False

    TAKES_TEXT = True
    """Characters typed while it has the focus are for it."""

    async def _on_key(self, event: events.Key) -> None:
        """Do what keys mean in the order in which they were typed."""
        if self._entered:
            event.stop()
            event.prevent_default()
            if self._keep is not None:
                self._keep(event)
            return
        if event.key == "enter" and self._at_enter is not None:
            self._entered = True
            if not self._at_enter(self.value):  # it may also have had it go on by now
                self._entered = False
        await run_own_binding(self, event)

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

    async def _on_key(self, event: events.Key) -> None:
        """Do what keys mean in the order in which they were typed."""
        await run_own_binding(self, event)

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit (typing, pasting) with its text made safe."""
        text = safe_lines(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
        return super().edit(replace(edit, text=text))
