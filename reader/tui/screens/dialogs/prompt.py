"""Ask for one line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.untrusted import safe
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import IN_FORMS, bindings_for, carried, take_own_keys
from reader.tui.widgets.fields import LineField

_KEYS = (*IN_FORMS, "save")


class PromptDialog(Dialog[str | None]):
    """Gives back the text without spaces around it, or None.

    Args:
        title: What is asked.
        label: One sentence on what to type.
        value: What stands in the field at first.
        check: Returns what is wrong with a text, or an empty string.
        remark: Returns what is shown below a text while it is typed.
        suggester: Completes what is typed.
        asks: Returns what is asked once, before Enter takes a text; empty is no question.
        replaces: Whether what is typed first replaces all that stands in the field.
    """

    HELP = "Enter takes the text, Esc leaves."
    typed: str | None = None
    """What stands in the field instead of `value`: it was typed before and could not be saved."""
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("form", _KEYS))

    def __init__(
        self,
        title: str,
        label: str = "",
        value: str = "",
        check: Callable[[str], str] | None = None,
        remark: Callable[[str], str] | None = None,
        suggester: Suggester | None = None,
        *,
        asks: Callable[[str], str] | None = None,
        replaces: bool = False,
    ) -> None:
        super().__init__(title)
        take_own_keys(self, carried("form", _KEYS))
        self._label, self.value = label, safe(value.strip())
        self._check, self._remark = check, remark
        self._suggester = suggester
        self._asks, self._replaces = asks, replaces
        self._asked_of: str | None = None
        """The text of which it was asked whether it shall be taken."""
        self._error = Line("", "error", max_rows=2)

    def body(self) -> Iterable[Widget]:
        """Return label, field and error."""
        if self._label:
            yield Line(self._label, "dim", max_rows=6)
        field = LineField(self.value if self.typed is None else self.typed)
        field.called = "Text"
        field.suggester = self._suggester
        yield field
        yield self._error

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return "Enter takes it · Esc leaves"

    @property
    def told_about(self) -> str:
        """What can be typed, and what that means or what is wrong with it."""
        return f"{self._label} {self._error.text}".strip()

    def on_mount(self) -> None:
        """Begin typing."""
        self.fit_frame()
        field = self.query_one(LineField)
        field.focus()
        if self._replaces:
            field.select_all()

    def on_resize(self) -> None:
        """Do without empty rows in a low window."""
        self.fit_frame()

    async def action_save(self) -> None:
        """Take the text as Enter does: the key that saves a note or a form."""
        await self.query_one(LineField).action_submit()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the error away as soon as the text changes, and remark on what it means."""
        event.stop()
        self._asked_of = None
        self._error.show(self._remark(event.value) if self._remark else "", "dim")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the text back, or say what is wrong with it, or ask whether it is meant."""
        event.stop()
        text = event.value.strip()
        error = self._check(text) if self._check else ""
        asks = self._asks and not error and text != self._asked_of
        question = self._asks(text) if self._asks and asks else ""
        if error:
            self._error.show(error, "error")
        elif question:
            self._asked_of = text
            self._error.show(question, "warning")
        else:
            self.dismiss(text)
