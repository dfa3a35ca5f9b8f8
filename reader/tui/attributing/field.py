"""A line field whose keys are looked at first by its dialog."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.tui.widgets.fields import LineField


class KeyedField(LineField):
    """A field that asks its dialog about each key: what it means depends on what is typed.

    Args:
        first: Does what a key means in the dialog; False if it is for the field.
    """

    def __init__(self, first: Callable[[events.Key], bool], *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._first = first

    @property
    def before_cursor(self) -> str:
        """What is typed in front of the cursor."""
        return self.value[: self.cursor_position]

    async def _on_key(self, event: events.Key) -> None:
        """Ask the dialog first."""
        if self._first(event):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
