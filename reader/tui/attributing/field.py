"""A line field whose keys are looked at first by its dialog, in the order in which they come."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.tui.widgets.fields import LineField


class KeyedField(LineField):
    """A field that asks its dialog about each key, when all that was typed before is in it.

    A binding of the dialog would be run before the letters in front of it are written.

    Args:
        first: Does what a key means in the dialog; False if it is for the field.
        keep: Takes the keys that come when the dialog is about to go.
    """

    def __init__(
        self,
        first: Callable[[events.Key], bool],
        *,
        placeholder: str = "",
        keep: Callable[[events.Key], None] | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, keep=keep)
        self._first = first

    @property
    def before_cursor(self) -> str:
        """What is typed in front of the cursor."""
        return self.value[: self.cursor_position]

    async def _on_key(self, event: events.Key) -> None:
        """Do what keys mean in the order in which they were typed."""
        if not self._entered and self._first(event):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
