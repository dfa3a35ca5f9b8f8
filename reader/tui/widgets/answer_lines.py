"""Lines of a form that are answered with a key: one of several, a box to check, a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.formats.registry import Format
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, told
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.plain_current import tell
from reader.tui.widgets.strips import StripWidget

_ROOMY = 50
"""Columns from which on a line says how to get there while the focus is elsewhere."""


class _AnswerLine(StripWidget, can_focus=True):
    """What is answered, in as many rows as its words take."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"check--focus", "check--plain"}

    def rows_for(self, width: int) -> int:
        """Return how many rows the words take."""
        return len(self._lines(width))

    def on_focus(self) -> None:
        """Say which key answers it."""
        self.content_changed()

    def on_blur(self) -> None:
        """Say it no more, where there is little room."""
        self.content_changed()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the words, with a bar where the focus is."""
        style = self.part("check--focus" if self.has_focus else "check--plain")
        bar = "▌" if self.has_focus else " "
        return [row([seg(f"{bar}{text}", style)], width) for text in self._lines(width)]

    def _lines(self, width: int) -> list[str]:
        raise NotImplementedError


class FormatLine(_AnswerLine):
    """``format: CSV …``: Space, the arrows or a click go to the next one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(commands_for("answer"))

    @dataclass
    class Turned(Message):
        """Another format was chosen."""

        line: FormatLine

    def __init__(self, formats: Sequence[Format]) -> None:
        super().__init__()
        take_own_keys(self, commands_for("answer"))
        self._formats = formats
        self.chosen = formats[0]

    def _lines(self, width: int) -> list[str]:
        number = f"format {self._formats.index(self.chosen) + 1}/{len(self._formats)}  "
        return _beside(number, f"{self.chosen.title}{self._way(width)}", width - 1)

    def _way(self, width: int) -> str:
        """Return which key switches where the focus is here, else which one comes here."""
        if not self.has_focus:
            return " · Tab comes here" if width >= _ROOMY else ""
        key = first_key("answer.choose")
        return f" · {key} switches" if key else ""

    def told(self) -> tuple[str, str]:
        """Return in words which format is chosen."""
        number = f"{self._formats.index(self.chosen) + 1} of {len(self._formats)}"
        return f"Format {number}: {self.chosen.title}", told("answer.next another")

    def action_step(self, step: int) -> None:
        """Go to the next or the previous format."""
        here = self._formats.index(self.chosen)
        self.chosen = self._formats[(here + step) % len(self._formats)]
        self.content_changed()
        tell(self)
        self.post_message(self.Turned(self))

    def action_choose(self) -> None:
        """Go to the next format."""
        self.action_step(1)

    def on_click(self) -> None:
        """Go to the next format."""
        self.action_step(1)


class CheckLine(_AnswerLine):
    """``[x] label``: Space or a click toggles it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("answer", ["choose"]))

    @dataclass
    class Toggled(Message):
        """It was checked or unchecked."""

        line: CheckLine
        checked: bool

    def __init__(self, label: str, checked: bool = False) -> None:
        super().__init__()
        take_own_keys(self, carried("answer", ["choose"]))
        self._label = label
        self.checked = checked

    def _lines(self, width: int) -> list[str]:
        return _beside(f"[{'x' if self.checked else ' '}] ", self._label, width - 1)

    def told(self) -> tuple[str, str]:
        """Return in words what it is for, and whether it is checked."""
        state = "checked" if self.checked else "not checked"
        return f"Box, {state}: {self._label}", told("answer.choose checks or not")

    def action_choose(self) -> None:
        """Check or uncheck."""
        self.checked = not self.checked
        self.redraw()
        tell(self)
        self.post_message(self.Toggled(self, self.checked))

    def on_click(self) -> None:
        """Check or uncheck."""
        self.action_choose()


class PushLine(StripWidget, can_focus=True):
    """``label``, reversed: Enter, Space or a click pushes it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"push--focus", "push--plain"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(carried("answer", ["choose"])),
        Binding("enter", "choose", "push", show=False),
    ]

    class Pushed(Message):
        """The button was pushed, by a key or the mouse."""

    def __init__(self, label: str) -> None:
        super().__init__()
        take_own_keys(self, carried("answer", ["choose"]))
        self._label = label

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the button, with a bar where the focus is, as the other lines have it."""
        style = self.part("push--focus" if self.has_focus else "push--plain")
        bar = "▌" if self.has_focus else " "
        return [row([seg(bar), seg(f" {self._label} ", style)], width)]

    def told(self) -> tuple[str, str]:
        """Return in words what it does."""
        return f"Button: {self._label}", "Enter pushes it"

    def action_choose(self) -> None:
        """Say that it was pushed."""
        self.post_message(self.Pushed())

    def on_click(self) -> None:
        """Push it."""
        self.action_choose()


def _beside(head: str, text: str, width: int) -> list[str]:
    """Return a head with a text beside it, in rows of so many cells."""
    first, *others = wrap(text, width - len(head), 4) or [""]
    return [f"{head}{first}", *(f"{' ' * len(head)}{line}" for line in others)]
